#pragma once

// What has to hold once the load has ended and everything came to rest. Each finding goes to the
// violations, with its evidence.

#include "tests/chaos/caller.h"
#include "tests/chaos/journal.h"
#include "tests/chaos/violations.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"

namespace redress::chaos {

// Lets every short deadline fire, and waits until outboxes are empty and consumers have caught up.
void AwaitQuiescence(e2e::Stack& stack, Violations& violations);

// Steps against the journal: every acknowledged one exactly once and as acknowledged, none that
// nobody asked for, none of a refused call; hash chains.
void CheckSteps(e2e::Stack& stack, const Journal& journal, Violations& violations);

// Every case's steps, taken once more by the service itself, lead to its row. Prints how many
// cases.
void CheckHistories(e2e::Shop& shop, Violations& violations);

// Orders, claims, customers and members against the journal.
void CheckOtherWrites(e2e::Stack& stack, const e2e::Shop& shop, const Journal& journal,
                      Violations& violations);

// Rows against each other, in and between the schemas: statements that find nothing.
void CheckRows(e2e::Stack& stack, Violations& violations);

// Calls whose outcome was unknown, and some others, once more: each gets its first answer.
void CheckRepeats(Caller& caller, const Journal& journal, Violations& violations);

// The buyers' words that came with cases can still be read.
void CheckTexts(Caller& caller, const Journal& journal, Violations& violations);

// Figures against plain SQL over the steps, and against the rebuild from the events.
void CheckFigures(e2e::Stack& stack, e2e::Shop& shop, Violations& violations);

}  // namespace redress::chaos
