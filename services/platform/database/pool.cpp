#include "services/platform/database/pool.h"
