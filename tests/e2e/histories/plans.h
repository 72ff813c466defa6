#pragma once

// What the real data sets say happened, as cases to be opened and the way each is to go.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/e2e/histories/tables.h"

namespace redress::e2e {

// What a case is about. An empty line means the order's only one, or the order as a whole.
struct PlannedSubject {
  std::string platform;
  std::string order_number;
  std::string line_number;
};

struct PlannedRefund {
  PlannedSubject subject;
  int quantity = 1;
  std::int64_t amount = 0;
  std::string currency;
  bool returns_goods = false;
  std::string rejected_for;  // empty: it is paid
};

enum class DisputeWay { kRefund, kCompensation, kRuledForShop, kRuledForBuyer };
struct PlannedDispute {
  PlannedSubject subject;
  std::int64_t about_s = 0;
  DisputeWay way = DisputeWay::kCompensation;
};

enum class ReviewWay {
  kRemoved,      // malicious, and taken away
  kTurnedDown,   // malicious, and left standing
  kUnreachable,  // nobody answers
  kNoContact,    // the buyer asks to be left alone
  kAgreed,       // an offer is accepted, and given
  kRefused,
  kRevised,
  kConcluded,
};
struct PlannedReview {
  PlannedSubject subject;
  int stars = 1;
  std::string text;
  std::int64_t written_s = 0;
  ReviewWay way = ReviewWay::kRefused;
};

// Cancellations, each with the purchase that it is of: the latest before it of the same customer,
// article and price with as many units, which no other cancellation has used up where there is one.
struct UciPlan {
  Table purchases;                     // to be imported
  Table claims;                        // cancellations without a purchase
  std::vector<PlannedRefund> refunds;  // one per cancelled line
  int matched = 0;
  int unmatched_with_customer = 0;
};
UciPlan PlanUci(const std::filesystem::path& data);

// One refund per paid order that has one.
std::vector<PlannedRefund> PlanTmall(const std::filesystem::path& data);

struct OlistPlan {
  Table orders;  // to be imported, with what was paid
  std::vector<PlannedDispute> disputes;
  std::vector<PlannedReview> reviews;
};
OlistPlan PlanOlist(const std::filesystem::path& data);

inline constexpr char kNoPurchase[] = "no_purchase";
inline constexpr char kRefundedBefore[] = "refunded_before";

}  // namespace redress::e2e
