#pragma once

#include <string>
#include <vector>

#include "tests/chaos/violations.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"

namespace redress::chaos {

// Waits until nothing that cases asked of each other is on its way.
void AwaitInboxes(e2e::Stack& stack, Violations& violations);

// The shop's cases, links, inboxes and money against what must always be true of them.
void CheckLinkedCases(e2e::Stack& stack, const e2e::Shop& shop, Violations& violations);

// Every case's history, taken once more by the service itself, leads to its row.
void CheckHistoriesOf(e2e::Shop& shop, const std::vector<std::string>& cases,
                      Violations& violations);

}  // namespace redress::chaos
