#include "services/platform/database/connection.h"
