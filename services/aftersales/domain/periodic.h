#pragma once

#include "services/platform/base/periodic.h"

namespace redress::aftersales {

using platform::Periodic;

}  // namespace redress::aftersales
