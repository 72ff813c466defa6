#include "services/customer/domain/facts.h"

#include <algorithm>

namespace redress::customer {
namespace {

constexpr std::uint32_t kAheadBits = 64;

template <class Fact>
bool TakeNewer(Fact& known, const Fact& event, std::uint32_t of_known, std::uint32_t of_event) {
  if (of_event <= of_known) return false;
  known = event;
  return true;
}

// What the newest step tells of the case as it is; what single steps brought stays.
void TakeStanding(CaseFact& known, const CaseFact& newer) {
  CaseFact joined = newer;
  joined.outcome = known.outcome;
  joined.outcome_sequence = known.outcome_sequence;
  joined.settled_minor = known.settled_minor;
  joined.settled_at = known.settled_at;
  joined.coupons = known.coupons;
  joined.seen = known.seen;
  joined.gap_noticed_at = known.gap_noticed_at;
  known = joined;
}

// What was given stays given: a coupon is told of once.
void TakeCoupon(std::vector<CaseCoupon>& known, const CaseCoupon& told) {
  const auto place = std::lower_bound(
      known.begin(), known.end(), told.number,
      [](const CaseCoupon& one, std::uint32_t number) { return one.number < number; });
  if (place == known.end() || place->number != told.number) known.insert(place, told);
}

}  // namespace

void SeenEvents::Add(std::uint32_t sequence) {
  if (sequence <= whole_to || sequence - whole_to > kAheadBits) return;
  ahead |= std::uint64_t{1} << (sequence - whole_to - 1);
  while ((ahead & 1) != 0) {
    ahead >>= 1;
    ++whole_to;
  }
}

bool Join(OrderFact& known, const OrderFact& event) {
  return TakeNewer(known, event, known.version, event.version);
}

bool Join(ConversationFact& known, const ConversationFact& event) {
  return TakeNewer(known, event, known.sequence, event.sequence);
}

bool Join(AdjustmentFact& known, const AdjustmentFact& event) {
  return TakeNewer(known, event, known.sequence, event.sequence);
}

bool Join(CaseFact& known, const CaseFact& event) {
  const CaseFact before = known;
  if (event.sequence > known.sequence) TakeStanding(known, event);
  if (event.outcome_sequence > known.outcome_sequence) {
    known.outcome = event.outcome;
    known.outcome_sequence = event.outcome_sequence;
  }
  if (event.settled_at > known.settled_at) {
    known.settled_at = event.settled_at;
    known.settled_minor = event.settled_minor;
  }
  for (const CaseCoupon& told : event.coupons) TakeCoupon(known.coupons, told);
  known.seen.Add(event.sequence);
  return known != before;
}

}  // namespace redress::customer
