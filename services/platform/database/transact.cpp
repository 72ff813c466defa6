#include "services/platform/database/transact.h"
