// The failure of a blob that does not open: altered, or sealed for someone else.
#pragma once

#include <stdexcept>

namespace redress::platform {

class SealBroken : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace redress::platform
