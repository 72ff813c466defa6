#include "services/platform/database/worker_lease.h"
