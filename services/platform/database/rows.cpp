#include "services/platform/database/rows.h"
