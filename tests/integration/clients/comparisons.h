#pragma once

#include "tests/integration/clients/uci_figures.h"

namespace redress::test {

// Fails the test for each mismatch, and counts it in: when all tests have run, the figures
// import_keys_compared and import_mismatches tell the totals.
void CountIn(const Comparison& comparison);

}  // namespace redress::test
