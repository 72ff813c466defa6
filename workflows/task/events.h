#pragma once

// The events of a warehouse task. Plain structs: those of the first group are a warehouse's reports
// and carry the name of the API's oneof field. They hold only what the machine decides on;
// carriers, tracking numbers and reasons are kept beside it.

#include <cstdint>
#include <string_view>
#include <variant>

namespace redress::workflows::task {

// ---- reports, by whoever holds the task's lease -------------------------------------------------

// A parcel has arrived. 0 units: it was empty, and the goods are still waited for.
struct Received {
  static constexpr std::string_view kName = "received";
  std::int32_t quantity = 0;
};
struct Inspected {
  static constexpr std::string_view kName = "inspected";
  std::int32_t quantity_good = 0;
};
struct Packed {
  static constexpr std::string_view kName = "packed";
};
// The goods have left for the buyer.
struct Shipped {
  static constexpr std::string_view kName = "shipped";
};
// Too late is an answer, not a failure: nobody is to try again.
struct Intercepted {
  static constexpr std::string_view kName = "intercepted";
  bool caught = false;
};
// The work cannot be done.
struct Failed {
  static constexpr std::string_view kName = "failed";
};

// ---- the lease ----------------------------------------------------------------------------------

// Takes the task, or lengthens the caller's own hold, until then.
struct Claim {
  static constexpr std::string_view kName = "claim";
  std::int64_t until = 0;
};
struct RenewLease {
  static constexpr std::string_view kName = "renew_lease";
  std::int64_t until = 0;
};
struct Release {
  static constexpr std::string_view kName = "release";
};
// Nobody has renewed it in time.
struct ExpireLease {
  static constexpr std::string_view kName = "expire_lease";
};

// ---- by the case that asked for the work --------------------------------------------------------

// What was to be done has been done, whoever says so.
struct Finish {
  static constexpr std::string_view kName = "finish";
};
// It is no longer wanted.
struct Cancel {
  static constexpr std::string_view kName = "cancel";
};

using TaskEvent = std::variant<Claim, RenewLease, Release, ExpireLease, Received, Inspected, Packed,
                               Shipped, Intercepted, Failed, Finish, Cancel>;

std::string_view NameOf(const TaskEvent& event);

}  // namespace redress::workflows::task
