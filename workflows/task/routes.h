#pragma once

// Routes of the warehouse task's machine: they choose between the rows of one state and event,
// exclude each other there and together cover every case (see machine/rows.h).

#include <string_view>

#include "workflows/task/facts.h"

namespace redress::workflows::task {

// An empty parcel is not the goods.
struct IsEmptyParcel {
  static constexpr std::string_view kName = "is_empty_parcel";
  static bool Holds(const Received& event, const TaskFacts&) { return event.quantity == 0; }
};

}  // namespace redress::workflows::task
