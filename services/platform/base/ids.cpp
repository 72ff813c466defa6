#include "services/platform/base/ids.h"
