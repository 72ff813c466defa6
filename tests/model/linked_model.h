#pragma once

// A model of a refund and a dispute that act on each other through their inboxes: every order in
// which people, timers, warehouses, the platform and the inboxes can move them, walked in full.
//
// What is carried from one case to the other is kept in the order in which it was asked, arrives
// late or at once, and once more after it arrived. Bounded so that the walk ends, and sound for
// what is asked here: people are supervisors without a limit (limits are the single machines'
// walks' matter), amounts are one full and one part, a payment fails for good or not at all, the
// buyer is offered one set of options, and a few things at most are under way in each direction.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tests/model/script.h"
#include "workflows/dispute/dispute.h"
#include "workflows/refund/refund.h"

namespace redress::model {

inline constexpr std::int64_t kFull = 100;
inline constexpr std::int64_t kPart = 40;
inline constexpr std::uint64_t kRefundCase = 1;
inline constexpr std::uint64_t kDisputeCase = 2;
inline constexpr std::int64_t kArmedNumber = 1;

// What waits in an inbox. An opening has no event: it opens a dispute, or a refund that is granted.
struct Mail {
  std::optional<Event> event = std::nullopt;
  std::int64_t amount = 0;  // of a refund to be opened
};

struct Node {
  std::string refund_state;  // empty: there is none
  refund::RefundProgress refund;
  refund::Line line{kFull, 0, 0, 1, false};
  std::string dispute_state;  // empty: there is none
  dispute::DisputeProgress dispute;
  std::vector<Mail> to_dispute;
  std::vector<Mail> to_refund;
  // What arrived last, and may arrive once more.
  std::optional<Mail> repeat_to_dispute;
  std::optional<Mail> repeat_to_refund;
  bool escalated = false;  // the refund waits for its dispute
  int payments = 0;        // that the refund made or the platform made for it
  int disputes = 0;        // opened by the refund so far
  bool refused = false;    // an inbox's case said no, and a person was called
};

struct Setting {
  bool with_refund = true;    // a refund is open at first
  bool with_dispute = false;  // a dispute is, too, which the refund does not know
  refund::Variant variant = refund::Variant::kRefundOnly;
  bool has_platform_id = false;
  bool platform_speaks = false;
  bool line_used = false;  // other cases have had a part of the line's money
};

// Faults put into a copy of what the walk runs, to see that it finds them.
enum class Fault {
  kNone,
  kSecondEscalation,  // a refund forgets that a dispute decided about it
  kRepeatsForgotten,  // an inbox does not know what it has carried
  kDisputeNotTold,    // a refund that ends tells its dispute nothing
  kRefundNotTold,     // a dispute that ends tells its refund nothing
  kGoodsForgotten,    // a refund with the buyer's goods closes at once
  kPaysOnceMore,      // a refund that has paid takes a ruling as if it had not
  kLineForgotten,     // a guard does not see what others were paid
  kNoDeadline,        // a step that changes the state arms nothing
  kRefusalUnheard,    // what an inbox's case refuses is dropped
  kReplacedAndPaid,   // a ruling does not see that a replacement has left
};
inline constexpr Fault kSeededFaults[] = {Fault::kSecondEscalation, Fault::kRepeatsForgotten,
                                          Fault::kDisputeNotTold,   Fault::kRefundNotTold,
                                          Fault::kGoodsForgotten,   Fault::kPaysOnceMore,
                                          Fault::kLineForgotten,    Fault::kNoDeadline,
                                          Fault::kRefusalUnheard,   Fault::kReplacedAndPaid};
std::string_view NameOf(Fault fault);

struct Move {
  Event event;
  workflows::Actor actor;
};
std::vector<Move> AllMoves(bool platform_speaks);

struct Walk {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::vector<Violation> violations;  // the first few
};

// Visits everything that can happen in this setting, breadth first, so that what is found is found
// by its shortest path. Stops after a few violations.
Walk WalkEverything(const Setting& setting, Fault fault = Fault::kNone);

// The same for nodes that everything that follows treats alike.
std::string KeyOf(const Node& node);

// "Always true": about a single node. Nothing when it is.
std::optional<std::string> WrongIn(const Node& node);
// "Always true": about one step of one of the cases.
std::optional<std::string> WrongAbout(const Node& before, const Node& after, const Event& event,
                                      const refund::RefundEffects& effects);

}  // namespace redress::model
