#include "services/platform/database/fault_plan.h"
