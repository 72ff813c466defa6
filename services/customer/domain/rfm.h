// How recently, how often and for how much a person bought, compared with the shop's others.
//
// Raw values are exact. Bounds are values of the sorted list at the places ⌈n/5⌉, ⌈2n/5⌉, ⌈3n/5⌉
// and ⌈4n/5⌉, counted from one (nearest rank). Frequency and money: up to the first bound is a 1,
// above the last a 5. Recency is the other way round: up to the first bound is a 5. A value that
// equals a bound stands on its lower side, so equal values get equal scores, and a score may stay
// empty.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "services/customer/domain/customer_facts.h"
#include "services/customer/domain/write.h"
#include "services/platform/base/clock.h"

namespace redress::customer {

// Of one person who paid in the shop's main currency.
struct RfmRaw {
  CustomerId head;
  std::int64_t last_paid_at = 0;
  std::int64_t frequency = 0;
  std::int64_t monetary_minor = 0;  // paid less given back

  bool operator==(const RfmRaw&) const = default;
};

using Quintiles = std::array<std::int64_t, 4>;

struct RfmBounds {
  std::uint32_t version = 0;
  std::int64_t computed_at = 0;
  std::int64_t as_of_at = 0;  // recency is counted to here
  std::string currency;
  std::int64_t people = 0;
  Quintiles recency_us{};
  Quintiles frequency{};
  Quintiles monetary_minor{};

  bool operator==(const RfmBounds&) const = default;
};

// Zeros for an empty list. Sorts the values.
Quintiles QuintilesOf(std::vector<std::int64_t>& values);
// The bounds of these people; version, computed_at and currency are the caller's.
RfmBounds BoundsOf(const std::vector<RfmRaw>& people, std::int64_t as_of_at);
// Who paid after the moment that recency is counted to did so just now.
RfmScores ScoresOf(const RfmRaw& raw, const RfmBounds& bounds);
// Of a person as they are now, by the bounds in force; nothing for who paid nothing in their
// currency. Who buys today has today's score, though bounds are found once a day.
std::optional<RfmScores> ScoresOf(const CustomerFigures& figures, const RfmBounds& bounds);

// "recency 12 days: bound of 5 is ≤ 17 days"; "frequency 1: bound of 1 is ≤ 1".
std::string ExplainRecency(const RfmScores& scores, const RfmBounds& bounds);
std::string ExplainFrequency(const RfmScores& scores, const RfmBounds& bounds);
std::string ExplainMonetary(const RfmScores& scores, const RfmBounds& bounds);

class RfmRepository {
 public:
  virtual ~RfmRepository() = default;

  // Everybody who paid in the currency, under the heads of their groups.
  virtual std::vector<RfmRaw> People(ShopId shop, const std::string& currency) = 0;
  // Puts the bounds in force under the next version; a repeat of the write answers the first ones.
  virtual RfmBounds PutBounds(ShopId shop, const std::optional<Write>& write,
                              const RfmBounds& bounds) = 0;
  // Remembers the scores of these people, who are all that have any then; those whose scores or raw
  // values are others than when it was done last are due to be judged again.
  virtual void PutScores(ShopId shop, const std::vector<RfmRaw>& people, const RfmBounds& bounds,
                         std::int64_t now_us) = 0;
  virtual void MarkScored(ShopId shop, std::uint32_t version, std::int64_t now_us) = 0;
  // In force; nothing before the first computation.
  virtual std::optional<RfmBounds> Newest(ShopId shop) = 0;
  // Whether everybody has the scores of that version.
  virtual bool IsScored(ShopId shop, std::uint32_t version) = 0;
};

// Thread-safe; both outlive it.
class Rfm {
 public:
  Rfm(RfmRepository& repository, const platform::Clock& clock)
      : repository_(repository), clock_(clock) {}

  // `as_of_at` 0 means now. With a write it is done once.
  RfmBounds Compute(ShopId shop, const std::string& currency, std::int64_t as_of_at,
                    const std::optional<Write>& write);
  // What the daily job does: computes when the newest is of an earlier day or of a time when nobody
  // had paid yet, and finishes one that was interrupted. `day_of` tells the shop's day of a moment.
  // Answers whether it did anything.
  bool ComputeIfDue(ShopId shop, const std::string& currency,
                    const std::function<std::int64_t(std::int64_t)>& day_of);

 private:
  RfmRepository& repository_;
  const platform::Clock& clock_;
};

}  // namespace redress::customer
