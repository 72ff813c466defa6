#include "services/platform/base/money.h"
