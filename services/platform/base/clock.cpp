#include "services/platform/base/clock.h"
