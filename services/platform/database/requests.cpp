#include "services/platform/database/requests.h"
