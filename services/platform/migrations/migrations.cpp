#include "services/platform/migrations/migrations.h"
