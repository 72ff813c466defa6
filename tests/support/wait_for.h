#pragma once

// Tests wait for conditions, never for time to pass.

#include <chrono>
#include <functional>

namespace redress::test {

// Asks again and again, every few milliseconds; false when the condition never held in time.
bool WaitFor(const std::function<bool()>& condition,
             std::chrono::milliseconds timeout = std::chrono::seconds(60));

}  // namespace redress::test
