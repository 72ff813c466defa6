#pragma once

// Where the real data sets are.

#include <filesystem>
#include <optional>

namespace redress::test {

// REDRESS_DATA, else ../shared/data beside the checkout. nullopt when it is absent: the test runs
// on the shipped sample and prints `not run: …`; with CI=true absence throws.
std::optional<std::filesystem::path> DataDirectory();

// The checkout.
std::filesystem::path SourceDirectory();

}  // namespace redress::test
