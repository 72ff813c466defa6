#pragma once

// How cases hang together, and what one asks of another. A case never changes another one: the step
// that wants something of it writes an inbox row in its own transaction, and the row becomes an
// ordinary command of the other case (see case_inbox.h). Times are UTC microseconds.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/case.h"

namespace redress::aftersales {

// What the linked case is to the case. Stored numbers never move.
enum class LinkRelation : std::uint8_t {
  kEscalatedTo = 1,    // the dispute that decides about this refund
  kEscalatedFrom = 2,  // the refund that waits for this dispute
  kRemedy = 3,         // the refund that gives what this dispute came to
  kRemedyOf = 4,       // the dispute whose remedy this refund gives
  kRepeats = 5,        // an earlier case, which had ended, about the same thing
  kRepeatedBy = 6,     // a later one
  kDisputedIn = 7,     // the dispute about the fault that this review reveals
  kRevealedBy = 8,     // the review that reveals the fault of this dispute
};
LinkRelation Reverse(LinkRelation relation);

// One link, which is written in both directions.
struct CaseLink {
  ShopId shop;
  CaseId from;
  CaseId to;
  LinkRelation relation = LinkRelation::kRepeats;
  std::int64_t linked_at = 0;
};

enum class AskState : std::uint8_t {
  kWaiting = 1,
  kApplied = 2,
  kRefused = 3,  // a person was called
};

// What a step asks of another case: an event of that case, or that it be opened. One per step.
struct CaseAsk {
  ShopId shop;
  CaseId source;
  std::uint32_t sequence = 0;  // of the step that asks
  CaseId target;               // chosen by the step also where the case is yet to be opened
  std::string kind;            // of the target
  std::string event;           // kOpenEvent, or an event of the kind
  std::string members;         // of the event's JSON, as its step will record them
  AskState state = AskState::kWaiting;
  std::string refusal;  // the reason code; kRefused only
  std::uint32_t attempts = 0;
  std::int64_t asked_at = 0;
};

struct LinkedCase {
  LinkRelation relation = LinkRelation::kRepeats;
  Case of;
};

inline constexpr std::size_t kMostLinks = 50;

class CaseLinkRepository {
 public:
  virtual ~CaseLinkRepository() = default;
  // The newest kMostLinks that the case has; those yet to be opened are not among them.
  virtual std::vector<LinkedCase> LinksOf(ShopId shop, CaseId id) = 0;
  // What the case asked and what was not done: waiting or refused; the newest kMostLinks.
  virtual std::vector<CaseAsk> OpenAsksOf(ShopId shop, CaseId id) = 0;
};

}  // namespace redress::aftersales
