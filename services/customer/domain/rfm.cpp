#include "services/customer/domain/rfm.h"

#include <algorithm>

namespace redress::customer {
namespace {

constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::size_t kParts = 5;

// How many bounds the value lies above.
std::size_t Above(std::int64_t value, const Quintiles& bounds) {
  return static_cast<std::size_t>(
      std::count_if(bounds.begin(), bounds.end(), [&](std::int64_t one) { return value > one; }));
}

std::int64_t RecencyOf(const RfmRaw& raw, std::int64_t as_of_at) {
  return std::max<std::int64_t>(0, as_of_at - raw.last_paid_at);
}

std::string Days(std::int64_t duration_us) {
  const std::int64_t days = duration_us / kDayUs;
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

std::string Number(std::int64_t number) { return std::to_string(number); }

// The bounds that a score lies between; the lists ascend, `place` is how many lie below the value.
std::string Explain(const std::string& what, const std::string& value, unsigned score,
                    std::size_t place, const Quintiles& bounds, std::string (*show)(std::int64_t)) {
  const std::string rule =
      place < bounds.size() ? "≤ " + show(bounds.at(place)) : "> " + show(bounds.back());
  return what + " " + value + ": bound of " + std::to_string(score) + " is " + rule;
}

}  // namespace

Quintiles QuintilesOf(std::vector<std::int64_t>& values) {
  Quintiles bounds{};
  if (values.empty()) return bounds;
  std::sort(values.begin(), values.end());
  for (std::size_t k = 1; k < kParts; ++k) {
    const std::size_t place = (k * values.size() + kParts - 1) / kParts;
    bounds.at(k - 1) = values.at(place - 1);
  }
  return bounds;
}

RfmBounds BoundsOf(const std::vector<RfmRaw>& people, std::int64_t as_of_at) {
  RfmBounds bounds;
  bounds.as_of_at = as_of_at;
  bounds.people = static_cast<std::int64_t>(people.size());
  std::vector<std::int64_t> values(people.size());
  const auto quintiles = [&](auto value_of) {
    std::transform(people.begin(), people.end(), values.begin(), value_of);
    return QuintilesOf(values);
  };
  bounds.recency_us = quintiles([&](const RfmRaw& raw) { return RecencyOf(raw, as_of_at); });
  bounds.frequency = quintiles([](const RfmRaw& raw) { return raw.frequency; });
  bounds.monetary_minor = quintiles([](const RfmRaw& raw) { return raw.monetary_minor; });
  return bounds;
}

RfmScores ScoresOf(const RfmRaw& raw, const RfmBounds& bounds) {
  RfmScores scores;
  scores.version = bounds.version;
  scores.computed_at = bounds.computed_at;
  scores.currency = bounds.currency;
  scores.recency_us = RecencyOf(raw, bounds.as_of_at);
  scores.frequency = static_cast<std::uint32_t>(raw.frequency);
  scores.monetary_minor = raw.monetary_minor;
  scores.recency_score =
      static_cast<std::uint8_t>(kParts - Above(scores.recency_us, bounds.recency_us));
  scores.frequency_score = static_cast<std::uint8_t>(1 + Above(raw.frequency, bounds.frequency));
  scores.monetary_score =
      static_cast<std::uint8_t>(1 + Above(raw.monetary_minor, bounds.monetary_minor));
  return scores;
}

std::optional<RfmScores> ScoresOf(const CustomerFigures& figures, const RfmBounds& bounds) {
  const MoneyFigures* money = figures.In(bounds.currency);
  if (bounds.people == 0 || money == nullptr || money->paid_orders == 0) return std::nullopt;
  return ScoresOf({.head = {},
                   .last_paid_at = money->last_paid_at,
                   .frequency = money->paid_orders,
                   .monetary_minor = money->LifetimeMinor()},
                  bounds);
}

std::string ExplainRecency(const RfmScores& scores, const RfmBounds& bounds) {
  return Explain("recency", Days(scores.recency_us), scores.recency_score,
                 Above(scores.recency_us, bounds.recency_us), bounds.recency_us, Days);
}

std::string ExplainFrequency(const RfmScores& scores, const RfmBounds& bounds) {
  return Explain("frequency", Number(scores.frequency), scores.frequency_score,
                 Above(scores.frequency, bounds.frequency), bounds.frequency, Number);
}

std::string ExplainMonetary(const RfmScores& scores, const RfmBounds& bounds) {
  return Explain("monetary", Number(scores.monetary_minor), scores.monetary_score,
                 Above(scores.monetary_minor, bounds.monetary_minor), bounds.monetary_minor,
                 Number);
}

RfmBounds Rfm::Compute(ShopId shop, const std::string& currency, std::int64_t as_of_at,
                       const std::optional<Write>& write) {
  const std::int64_t now = clock_.NowUs();
  const std::vector<RfmRaw> people = repository_.People(shop, currency);
  RfmBounds bounds = BoundsOf(people, as_of_at == 0 ? now : as_of_at);
  bounds.computed_at = now;
  bounds.currency = currency;
  const RfmBounds put = repository_.PutBounds(shop, write, bounds);
  if (repository_.IsScored(shop, put.version)) return put;
  repository_.PutScores(shop, people, put, now);
  repository_.MarkScored(shop, put.version, now);
  return put;
}

bool Rfm::ComputeIfDue(ShopId shop, const std::string& currency,
                       const std::function<std::int64_t(std::int64_t)>& day_of) {
  const std::int64_t now = clock_.NowUs();
  const std::optional<RfmBounds> newest = repository_.Newest(shop);
  const bool compares_nobody = !newest || newest->people == 0;
  if (compares_nobody && repository_.People(shop, currency).empty()) return false;
  if (compares_nobody || day_of(newest->computed_at) < day_of(now)) {
    Compute(shop, currency, 0, std::nullopt);
    return true;
  }
  if (repository_.IsScored(shop, newest->version)) return false;
  repository_.PutScores(shop, repository_.People(shop, newest->currency), *newest, now);
  repository_.MarkScored(shop, newest->version, now);
  return true;
}

}  // namespace redress::customer
