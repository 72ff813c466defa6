#include "services/platform/database/error.h"
