#include "services/platform/base/text.h"
