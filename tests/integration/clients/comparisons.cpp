#include "tests/integration/clients/comparisons.h"

#include <gtest/gtest.h>

#include "tests/support/figure.h"

namespace redress::test {
namespace {

class Totals final : public testing::Environment {
 public:
  int keys = 0;
  std::size_t mismatches = 0;

  void TearDown() override {
    if (keys == 0) return;
    Figure("import_keys_compared", keys);
    Figure("import_mismatches", static_cast<double>(mismatches));
  }
};

// The framework owns it.
Totals& TheTotals() {
  static auto* const totals = static_cast<Totals*>(testing::AddGlobalTestEnvironment(new Totals()));
  return *totals;
}

// Made before the tests run: environments that come later are not taken down.
[[maybe_unused]] const Totals& made = TheTotals();

}  // namespace

void CountIn(const Comparison& comparison) {
  for (const std::string& mismatch : comparison.mismatches) ADD_FAILURE() << mismatch;
  TheTotals().keys += comparison.keys_compared;
  TheTotals().mismatches += comparison.mismatches.size();
}

}  // namespace redress::test
