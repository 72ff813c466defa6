#include "services/platform/batching/keyed_queue.h"
