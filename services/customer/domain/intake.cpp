#include "services/customer/domain/intake.h"

#include <optional>

namespace redress::customer {
namespace {

// An event may bring a fact without changing it otherwise: a gap that is closed, say.
struct KnownFacts {
  template <class Fact>
  static void Note(Fact&, std::int64_t) {}
  static void Note(CaseFact& fact, std::int64_t now_us) {
    // A gap keeps the time when it was first noticed, as long as there is one.
    fact.gap_noticed_at =
        fact.HasGap() ? std::optional(fact.gap_noticed_at.value_or(now_us)) : std::nullopt;
  }
  // Whether rules may see a change that no figure shows.
  template <class Fact>
  static bool ReadsOtherwise(const Fact&, const Fact&) {
    return false;
  }
  static bool ReadsOtherwise(const OrderFact& before, const OrderFact& after) {
    return before.articles != after.articles || before.ordered_at != after.ordered_at;
  }
};

template <class Fact>
auto KeyOf(const Fact& fact) {
  return std::pair(fact.shop, fact.id);
}

template <class Fact>
auto KeysOf(const std::vector<Fact>& events) {
  using Key = decltype(KeyOf(events.front()));
  std::map<Key, bool> ascending;
  for (const Fact& event : events) ascending.emplace(KeyOf(event), true);
  std::vector<Key> keys;
  keys.reserve(ascending.size());
  for (const auto& [key, unused] : ascending) keys.push_back(key);
  return keys;
}

// Joins the events to what is known, and writes what has changed.
template <class Fact, class Known>
void Fold(FactBook& book, const std::vector<Fact>& events, Known known, std::int64_t now_us,
          FigureChanges& changes) {
  const Known before = known;
  std::map<typename Known::key_type, bool> touched;
  for (const Fact& event : events) {
    const auto key = KeyOf(event);
    if (Join(known[key], event)) touched.emplace(key, true);
  }
  std::vector<const Fact*> created;
  std::vector<const Fact*> changed;
  for (const auto& [key, unused] : touched) {
    Fact& fact = known.at(key);
    fact.shop = key.first;
    fact.id = key.second;
    KnownFacts::Note(fact, now_us);
    const auto old = before.find(key);
    if (old == before.end()) {
      created.push_back(&fact);
      changes.Add(ContributionOf(fact));
    } else {
      changed.push_back(&fact);
      changes.Replace(ContributionOf(old->second), ContributionOf(fact));
      if (KnownFacts::ReadsOtherwise(old->second, fact)) changes.Touch(fact.shop, fact.customer);
    }
  }
  if (!created.empty()) book.Create(created);
  if (!changed.empty()) book.Overwrite(changed);
}

}  // namespace

void FactIntake::Take(const FactBatch& batch) {
  if (batch.size() == 0) return;
  const std::int64_t now = clock_.NowUs();
  repository_.InTransaction([&](FactBook& book) {
    FigureChanges changes;
    if (!batch.orders.empty()) {
      Fold(book, batch.orders, book.Orders(KeysOf(batch.orders)), now, changes);
    }
    if (!batch.cases.empty()) {
      Fold(book, batch.cases, book.Cases(KeysOf(batch.cases)), now, changes);
    }
    if (!batch.conversations.empty()) {
      Fold(book, batch.conversations, book.Conversations(KeysOf(batch.conversations)), now,
           changes);
    }
    if (!batch.adjustments.empty()) {
      Fold(book, batch.adjustments, book.Adjustments(KeysOf(batch.adjustments)), now, changes);
    }
    book.Apply(changes, now);
  });
}

}  // namespace redress::customer
