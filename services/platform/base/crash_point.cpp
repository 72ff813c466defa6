#include "services/platform/base/crash_point.h"
