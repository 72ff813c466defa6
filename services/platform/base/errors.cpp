#include "services/platform/base/errors.h"
