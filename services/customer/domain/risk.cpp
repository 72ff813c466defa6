#include "services/customer/domain/risk.h"

#include <algorithm>

namespace redress::customer {
namespace {

constexpr std::uint32_t kFewestOrders = 3;  // below, a share says nothing
constexpr std::uint32_t kHighShare = 500;   // thousandths
constexpr std::uint32_t kNotableShare = 250;
constexpr std::uint32_t kHighSharePoints = 40;
constexpr std::uint32_t kNotableSharePoints = 20;
constexpr std::uint32_t kMaliciousPoints = 40;
constexpr std::uint32_t kMostMaliciousPoints = 80;
constexpr std::uint32_t kDisputePoints = 10;
constexpr std::uint32_t kMostDisputePoints = 30;
constexpr std::uint32_t kManyBadReviews = 3;
constexpr std::uint32_t kBadReviewPoints = 15;

void AddRefundShare(const CustomerFigures& figures, std::vector<RiskSign>& signs) {
  const std::uint32_t share = figures.RefundShareThousandths();
  if (figures.paid_orders < kFewestOrders || share < kNotableShare) return;
  signs.push_back({"refund_share", share >= kHighShare ? kHighSharePoints : kNotableSharePoints,
                   std::to_string(figures.refunded_orders) + " of " +
                       std::to_string(figures.paid_orders) + " paid orders were refunded"});
}

void AddMaliciousReviews(const CustomerFigures& figures, std::vector<RiskSign>& signs) {
  if (figures.malicious_reviews == 0) return;
  signs.push_back(
      {"malicious_reviews",
       std::min(kMostMaliciousPoints, kMaliciousPoints * figures.malicious_reviews),
       std::to_string(figures.malicious_reviews) + " reviews were confirmed malicious"});
}

void AddDisputes(const CustomerFigures& figures, std::vector<RiskSign>& signs) {
  if (figures.disputes == 0) return;
  signs.push_back({"disputes", std::min(kMostDisputePoints, kDisputePoints * figures.disputes),
                   std::to_string(figures.disputes) + " disputes, " +
                       std::to_string(figures.lost_disputes) + " of them ruled for the buyer"});
}

void AddBadReviews(const CustomerFigures& figures, std::vector<RiskSign>& signs) {
  const std::uint32_t standing =
      figures.bad_reviews - std::min(figures.bad_reviews, figures.revised_reviews);
  if (standing < kManyBadReviews) return;
  signs.push_back({"bad_reviews", kBadReviewPoints,
                   std::to_string(standing) + " bad reviews were not revised"});
}

}  // namespace

Risk RiskOf(const CustomerFigures& figures) {
  Risk risk;
  AddRefundShare(figures, risk.signs);
  AddMaliciousReviews(figures, risk.signs);
  AddDisputes(figures, risk.signs);
  AddBadReviews(figures, risk.signs);
  for (const RiskSign& sign : risk.signs) risk.points += sign.points;
  risk.points = std::min(risk.points, kMostRisk);
  if (risk.points >= kRaisedRisk) risk.level = RiskLevel::kRaised;
  if (risk.points >= kHighRisk) risk.level = RiskLevel::kHigh;
  return risk;
}

}  // namespace redress::customer
