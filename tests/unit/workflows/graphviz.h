#pragma once

#include <string>

namespace redress::test {

// What `dot -Tplain` answers; throws std::runtime_error, with its complaint, when it fails.
std::string LayOut(const std::string& dot);

}  // namespace redress::test
