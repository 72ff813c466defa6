#include "services/customer/domain/fact_rebuild.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <thread>
#include <utility>

namespace redress::customer {
namespace {

constexpr std::uint64_t kHighest = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t kIdsAtOnce = 2000;
constexpr std::size_t kFactsAtOnce = 500;
constexpr auto kLookAgainAfter = std::chrono::milliseconds(100);

FactKind KindOf(const OrderFact&) { return FactKind::kOrder; }
FactKind KindOf(const CaseFact&) { return FactKind::kCase; }
FactKind KindOf(const ConversationFact&) { return FactKind::kConversation; }
FactKind KindOf(const AdjustmentFact&) { return FactKind::kAdjustment; }

std::string_view NameOf(FactKind kind) {
  switch (kind) {
    case FactKind::kOrder:
      return "order";
    case FactKind::kCase:
      return "case";
    case FactKind::kConversation:
      return "conversation";
    case FactKind::kAdjustment:
      return "adjustment";
  }
  return "";
}

std::vector<FactKind> KindsOf(const std::string& source) {
  if (source == "order") return {FactKind::kOrder, FactKind::kAdjustment};
  if (source == "desk") return {FactKind::kConversation};
  return {FactKind::kCase};
}

std::uint32_t SequenceOf(const OrderFact& fact) { return fact.version; }
template <class Fact>
std::uint32_t SequenceOf(const Fact& fact) {
  return fact.sequence;
}

// When a gap was noticed is no fact.
template <class Fact>
bool Same(const Fact& a, const Fact& b) {
  return a == b;
}
bool Same(const CaseFact& a, const CaseFact& b) {
  CaseFact other = b;
  other.gap_noticed_at = a.gap_noticed_at;
  return a == other;
}

template <class Fact>
std::string Where(const Fact& fact) {
  return std::string(NameOf(KindOf(fact))) + " " + platform::ToString(fact.id);
}

auto Kept(FactBook& book, std::span<const FactKey<OrderId>> keys) { return book.Orders(keys); }
auto Kept(FactBook& book, std::span<const FactKey<CaseId>> keys) { return book.Cases(keys); }
auto Kept(FactBook& book, std::span<const FactKey<ConversationId>> keys) {
  return book.Conversations(keys);
}
auto Kept(FactBook& book, std::span<const FactKey<AdjustmentId>> keys) {
  return book.Adjustments(keys);
}

template <class Fact>
using FactsById = std::map<std::uint64_t, Fact>;

}  // namespace

void FactRebuildReport::Add(FactMismatch mismatch) {
  ++mismatch_count;
  if (mismatches.size() < kMostMismatches) mismatches.push_back(std::move(mismatch));
}

// One source of one shop, read through once.
class FactRebuild::Reading {
 public:
  Reading(FactArchive& archive, const platform::Clock& clock, ShopId shop, bool replace,
          std::int64_t catch_up_us, FactRebuildReport& report)
      : archive_(archive),
        clock_(clock),
        shop_(shop),
        replace_(replace),
        looks_left_(std::chrono::microseconds(catch_up_us) / kLookAgainAfter),
        report_(report) {}

  void Take(const FactBatch& page, const std::vector<FactKind>& kinds) {
    report_.events += page.size();
    const std::uint64_t before = last_;
    Fold(page.orders, orders_);
    Fold(page.cases, cases_);
    Fold(page.conversations, conversations_);
    Fold(page.adjustments, adjustments_);
    // The last fact may go on with the next page.
    if (last_ > before && last_ > 0) Finish(last_ - 1, kinds);
  }

  void Finish(std::uint64_t up_to, const std::vector<FactKind>& kinds) {
    for (const FactKind kind : kinds) RemoveUnknown(kind, up_to);
    Compare(orders_, up_to);
    Compare(cases_, up_to);
    Compare(conversations_, up_to);
    Compare(adjustments_, up_to);
    finished_ = up_to;
  }

 private:
  template <class Fact>
  void Fold(const std::vector<Fact>& events, FactsById<Fact>& facts) {
    for (const Fact& event : events) {
      Fact& fact = facts[event.id.value];
      Join(fact, event);
      fact.shop = event.shop;
      fact.id = event.id;
      last_ = std::max(last_, event.id.value);
    }
  }

  bool IsRead(FactKind kind, std::uint64_t id) const {
    switch (kind) {
      case FactKind::kOrder:
        return orders_.contains(id);
      case FactKind::kCase:
        return cases_.contains(id);
      case FactKind::kConversation:
        return conversations_.contains(id);
      case FactKind::kAdjustment:
        return adjustments_.contains(id);
    }
    return false;
  }

  // Facts that no history knows. At the end of the history there may be younger ones.
  void RemoveUnknown(FactKind kind, std::uint64_t up_to) {
    if (up_to == kHighest) up_to = last_;
    for (std::uint64_t after = finished_; after < up_to;) {
      const auto ids = archive_.IdsBetween(kind, shop_, after, up_to, kIdsAtOnce);
      std::vector<std::uint64_t> unknown;
      for (const std::uint64_t id : ids) {
        if (IsRead(kind, id)) continue;
        unknown.push_back(id);
        report_.Add({std::string(NameOf(kind)) + " " + std::to_string(id), "kept", "unknown"});
      }
      if (replace_ && !unknown.empty()) archive_.Remove(kind, shop_, unknown);
      if (ids.size() < kIdsAtOnce) return;
      after = ids.back();
    }
  }

  template <class Fact>
  void Compare(FactsById<Fact>& facts, std::uint64_t up_to) {
    while (!facts.empty() && facts.begin()->first <= up_to) {
      std::vector<Fact> some;
      while (!facts.empty() && facts.begin()->first <= up_to && some.size() < kFactsAtOnce) {
        some.push_back(std::move(facts.begin()->second));
        facts.erase(facts.begin());
      }
      report_.values += some.size();
      for (bool again = true; again;) {
        again = CompareSome(some, looks_left_ > 0);
        if (!again) break;
        --looks_left_;
        std::this_thread::sleep_for(kLookAgainAfter);
      }
    }
  }

  // Answers whether some are on their way still, and nothing was told.
  template <class Fact>
  bool CompareSome(const std::vector<Fact>& some, bool may_wait) {
    bool lags = false;
    FoundInRuns found;
    archive_.InTransaction([&](FactBook& book) {
      lags = false;
      found.Begin();
      std::vector<FactKey<decltype(Fact::id)>> keys;
      for (const Fact& fact : some) keys.emplace_back(fact.shop, fact.id);
      const auto kept = Kept(book, keys);
      std::vector<const Fact*> missing;
      std::vector<const Fact*> wrong;
      FigureChanges changes;
      for (const Fact& fact : some) {
        const auto known = kept.find({fact.shop, fact.id});
        const std::uint32_t sequence = known == kept.end() ? 0 : SequenceOf(known->second);
        if (sequence > SequenceOf(fact)) continue;
        if (known != kept.end() && Same(known->second, fact)) continue;
        lags = lags || sequence < SequenceOf(fact);
        found.Add({Where(fact), "event " + std::to_string(sequence),
                   "event " + std::to_string(SequenceOf(fact))});
        if (known == kept.end()) {
          missing.push_back(&fact);
          changes.Add(ContributionOf(fact));
        } else {
          wrong.push_back(&fact);
          changes.Replace(ContributionOf(known->second), ContributionOf(fact));
        }
      }
      if (!replace_ || found.empty() || (lags && may_wait)) return;
      if (!missing.empty()) book.Create(missing);
      if (!wrong.empty()) book.Overwrite(wrong);
      book.Apply(changes, clock_.NowUs());
    });
    if (lags && may_wait) return true;
    found.Report(report_);
    return false;
  }

  FactArchive& archive_;
  const platform::Clock& clock_;
  const ShopId shop_;
  const bool replace_;
  std::int64_t looks_left_;
  FactRebuildReport& report_;
  FactsById<OrderFact> orders_;
  FactsById<CaseFact> cases_;
  FactsById<ConversationFact> conversations_;
  FactsById<AdjustmentFact> adjustments_;
  std::uint64_t last_ = 0;      // the highest id that was read
  std::uint64_t finished_ = 0;  // all facts up to here were compared
};

FactRebuildReport FactRebuild::Run(ShopId shop, bool replace) {
  FactRebuildReport report;
  for (const std::string& source : history_.Sources()) {
    const std::vector<FactKind> kinds = KindsOf(source);
    Reading reading(archive_, clock_, shop, replace, catch_up_us_, report);
    history_.ReadShop(source, shop, [&](const FactBatch& page) { reading.Take(page, kinds); });
    reading.Finish(kHighest, kinds);
  }
  CustomerId after;
  do {
    after = archive_.CompareFigures(shop, after, replace, report);
  } while (after);
  return report;
}

}  // namespace redress::customer
