#include "services/customer/domain/person_facts.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <unordered_map>

namespace redress::customer::rules {
namespace {

constexpr std::int64_t kMillionthsOfThousandth = 1000;

using Reading = std::function<std::optional<FactValue>(const CustomerFacts&)>;

// A moment; 0 is never, and not known.
std::optional<FactValue> At(std::int64_t at_us) {
  if (at_us == 0) return std::nullopt;
  return FactValue(at_us);
}

template <class Number>
Reading Count(Number CustomerFigures::*member) {
  return [member](const CustomerFacts& facts) {
    return FactValue(std::int64_t{facts.figures.*member});
  };
}

Reading Moment(std::int64_t CustomerFigures::*member) {
  return [member](const CustomerFacts& facts) { return At(facts.figures.*member); };
}

Reading Score(std::uint8_t RfmScores::*member) {
  return [member](const CustomerFacts& facts) -> std::optional<FactValue> {
    if (!facts.rfm) return std::nullopt;
    return FactValue(std::int64_t{(*facts.rfm).*member});
  };
}

template <class Amount>
Reading Amounts(Amount amount) {
  return [amount](const CustomerFacts& facts) {
    std::vector<platform::Money> amounts;
    for (const MoneyFigures& one : facts.figures.money) {
      amounts.push_back({one.currency, amount(one)});
    }
    return FactValue(std::move(amounts));
  };
}

std::optional<FactValue> RefundShare(const CustomerFacts& facts) {
  if (facts.figures.paid_orders == 0) return std::nullopt;
  return FactValue(std::int64_t{facts.figures.RefundShareThousandths()} * kMillionthsOfThousandth);
}

std::optional<FactValue> Articles(const CustomerFacts& facts) {
  std::vector<std::string> articles;
  for (const RecentOrder& order : facts.recent_orders) {
    for (const BoughtArticle& one : order.articles) {
      if (!one.sku.empty()) articles.push_back(one.sku);
    }
  }
  std::sort(articles.begin(), articles.end());
  articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
  return FactValue(std::move(articles));
}

// Whether `properties`, written 颜色:红;尺码:L, has the property.
bool HasProperty(std::string_view properties, std::string_view wanted) {
  while (!properties.empty()) {
    const std::size_t end = std::min(properties.find(';'), properties.size());
    if (properties.substr(0, end) == wanted) return true;
    properties.remove_prefix(std::min(end + 1, properties.size()));
  }
  return false;
}

std::int64_t Bought(const CustomerFacts& facts, std::string_view property) {
  std::int64_t units = 0;
  for (const RecentOrder& order : facts.recent_orders) {
    if (order.paid_at == 0) continue;
    for (const BoughtArticle& one : order.articles) {
      if (HasProperty(one.properties, property)) units += one.quantity;
    }
  }
  return units;
}

const std::unordered_map<std::string_view, Reading>& Readings() {
  using F = CustomerFigures;
  static const std::unordered_map<std::string_view, Reading> kReadings = {
      {"orders", Count(&F::orders)},
      {"paid_orders", Count(&F::paid_orders)},
      {"first_order_at", Moment(&F::first_order_at)},
      {"last_order_at", Moment(&F::last_order_at)},
      {"first_paid_at", Moment(&F::first_paid_at)},
      {"last_paid_at", Moment(&F::last_paid_at)},
      {"lifetime_paid", Amounts([](const MoneyFigures& one) { return one.paid_minor; })},
      {"lifetime_refunded", Amounts([](const MoneyFigures& one) { return one.refunded_minor; })},
      {"lifetime_value", Amounts([](const MoneyFigures& one) { return one.LifetimeMinor(); })},
      {"average_paid", Amounts([](const MoneyFigures& one) { return one.AverageMinor(); })},
      {"refunds", Count(&F::refunds)},
      {"refunded_orders", Count(&F::refunded_orders)},
      {"refund_share", RefundShare},
      {"last_refund_at", Moment(&F::last_refund_at)},
      {"cases", Count(&F::cases)},
      {"open_cases", Count(&F::open_cases)},
      {"disputes", Count(&F::disputes)},
      {"lost_disputes", Count(&F::lost_disputes)},
      {"last_case_at", Moment(&F::last_case_at)},
      {"reviews", Count(&F::reviews)},
      {"bad_reviews", Count(&F::bad_reviews)},
      {"malicious_reviews", Count(&F::malicious_reviews)},
      {"revised_reviews", Count(&F::revised_reviews)},
      {"conversations", Count(&F::conversations)},
      {"last_contact_at", Moment(&F::last_contact_at)},
      {"coupons", Count(&F::coupons)},
      {"last_coupon_at", Moment(&F::last_coupon_at)},
      {"first_seen_at", [](const CustomerFacts& facts) { return At(facts.first_seen_at); }},
      {"recency_score", Score(&RfmScores::recency_score)},
      {"frequency_score", Score(&RfmScores::frequency_score)},
      {"monetary_score", Score(&RfmScores::monetary_score)},
      {"accounts",
       [](const CustomerFacts& facts) {
         return FactValue(static_cast<std::int64_t>(facts.members.size()));
       }},
      {"platform", [](const CustomerFacts& facts) { return FactValue(facts.platform); }},
      {"articles", Articles},
  };
  return kReadings;
}

}  // namespace

std::optional<FactValue> PersonFacts::Read(const Fact& fact, std::string_view argument) const {
  if (fact.name == kTagFact) return FactValue(tags_.contains(std::string(argument)));
  if (fact.name == kSegmentFact) return FactValue(segments_.contains(std::string(argument)));
  if (fact.name == "bought") return FactValue(Bought(facts_, argument));
  if (fact.name == "favourite") return Favourite(argument);
  const auto reading = Readings().find(fact.name);
  if (reading == Readings().end()) throw std::logic_error("a fact of the catalogue is not read");
  return reading->second(facts_);
}

std::optional<FactValue> PersonFacts::Favourite(std::string_view property) const {
  if (!favourites_) favourites_.emplace(facts_.recent_orders);
  auto value = favourites_->Of(property);
  if (!value) return std::nullopt;
  return FactValue(*std::move(value));
}

}  // namespace redress::customer::rules
