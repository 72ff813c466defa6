#include "services/platform/batching/batch_engine.h"
