#pragma once

// The warehouse task's machine. Pure: the same state, event and facts always give the same answer.
// A task is no case: no state of it has a deadline. What it is for is watched by the deadline of
// its case, which no state but the final ones is without (tests/model, model_tasks); a claim, by
// its lease.
//
//   Fired<TaskEffect> fired = Fire("Claimed", Received{2}, facts);
//   if (fired.Applied()) {
//     Apply(fired.effects, facts.progress);      // and store: fired.state, facts.progress
//   } else {
//     // FAILED_PRECONDITION: fired.refusal.code, .expected, .found
//   }

#include <string_view>
#include <vector>

#include "workflows/machine/machine.h"
#include "workflows/task/effects.h"
#include "workflows/task/events.h"
#include "workflows/task/facts.h"

namespace redress::workflows::task {

inline constexpr int kVersion = 1;
inline constexpr std::string_view kInitialState = "Queued";

// Where the work of a task that was given up begins again: what had arrived stays received.
std::string_view StateToBeginIn(const TaskProgress& progress);

// Throws std::invalid_argument for a name that is no state of this machine.
Fired<TaskEffect> Fire(std::string_view state, const TaskEvent& event, const TaskFacts& facts);

// What a report must meet in whichever open state it comes: the reporter's lease, the kind of work.
// Its code is empty where that is met. Who fails it is helped more by that than by the state.
Refusal AskedAnywhere(const TaskEvent& event, const TaskFacts& facts);

// Every event of the table in its order, tried with the most natural contents (all that is
// expected has arrived, all of it good).
std::vector<AllowedEvent> AllowedEvents(std::string_view state, const TaskFacts& facts);

const Workflow& Describe();

RowCount CountRows(std::string_view state, const TaskEvent& event, const TaskFacts& facts);

std::string_view NameOf(WarehouseTaskKind kind);  // in words: "inbound return"

}  // namespace redress::workflows::task
