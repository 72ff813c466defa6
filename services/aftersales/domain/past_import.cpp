#include "services/aftersales/domain/past_import.h"

#include <algorithm>
#include <map>

namespace redress::aftersales {
namespace {

using platform::FieldViolation;
using platform::Refusal;
using Until = std::chrono::steady_clock::time_point;

// Steps of one call, over all its cases.
constexpr std::size_t kMostSteps = 5000;
// One transaction's worth.
constexpr std::size_t kBatchCases = 64;
constexpr std::size_t kBatchSteps = 1000;

void ThrowWhenLate(Until until) {
  if (std::chrono::steady_clock::now() < until) return;
  throw Refusal(platform::Code::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                "the deadline passed before everything was stored; send the same again, with more "
                "time or fewer cases");
}

// Pieces that are each stored at once.
std::vector<std::span<PendingPast>> Batches(std::span<PendingPast> pending) {
  std::vector<std::span<PendingPast>> batches;
  std::size_t begin = 0;
  std::size_t steps = 0;
  for (std::size_t i = 0; i < pending.size(); ++i) {
    const std::size_t more = pending[i].past->steps.size();
    if (i > begin && (i - begin == kBatchCases || steps + more > kBatchSteps)) {
      batches.push_back(pending.subspan(begin, i - begin));
      begin = i;
      steps = 0;
    }
    steps += more;
  }
  if (begin < pending.size()) batches.push_back(pending.subspan(begin));
  return batches;
}

void Refuse(const PendingPast& pending, std::string field, std::string problem) {
  *pending.result = {};
  pending.result->problem = {std::move(field), std::move(problem)};
}

}  // namespace

void SetKnown(const PendingPast& pending, CaseId id, const platform::Digest& digest) {
  if (digest != pending.past->digest) {
    return Refuse(pending, "source_number",
                  "was imported before with other content; what is past is not changed: give the "
                  "other case a number of its own");
  }
  pending.result->fate = PastFate::kUnchanged;
  pending.result->id = id;
}

std::vector<PendingPast> PastImport::JudgeAll(std::span<const Item> items,
                                              std::vector<PastResult>& results) const {
  const std::int64_t now_us = uses_.clock.NowUs();
  std::vector<PendingPast> pending;
  pending.reserve(items.size());
  std::size_t steps = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto* past = std::get_if<PastCase>(&items[i]);
    if (past == nullptr) {
      results[i].problem = std::get<FieldViolation>(items[i]);
      continue;
    }
    steps += past->steps.size();
    if (steps > kMostSteps) {
      results[i].problem = {"steps", "are more than 5000 in the call; send fewer cases at once"};
    } else if (auto problem = Judge(*past, now_us)) {
      results[i].problem = *std::move(problem);
    } else {
      pending.push_back({past, {}, &results[i]});
    }
  }
  return pending;
}

// A line that the order does not have is no reason to lose the case: it is about the order then.
std::optional<LineFacts> PastImport::FindLine(ShopId shop, const PastCase& past) {
  try {
    const bool of_line = past.kind == kRefundKind || !past.line_number.empty();
    if (of_line) {
      try {
        return uses_.lines.Find(shop, past.platform, past.order_number, past.line_number);
      } catch (const Refusal& refusal) {
        if (refusal.code() != platform::Code::kNotFound) throw;
      }
    }
    return uses_.lines.FindOrder(shop, past.platform, past.order_number);
  } catch (const Refusal& refusal) {
    if (refusal.code() != platform::Code::kNotFound) throw;
    return std::nullopt;
  }
}

void PastImport::FindOrders(ShopId shop, std::vector<PendingPast>& pending, Until until) {
  for (PendingPast& one : pending) {
    if (one.past->order_number.empty()) continue;
    ThrowWhenLate(until);
    one.place.line = FindLine(shop, *one.past);
    one.result->order_found = one.place.line.has_value();
    const std::string& currency = one.past->currency;
    if (!one.place.line || currency.empty() || currency == one.place.line->currency) continue;
    Refuse(one, "currency_code",
           "is " + currency + ", but the order is in " + one.place.line->currency);
    one.past = nullptr;
  }
  std::erase_if(pending, [](const PendingPast& one) { return one.past == nullptr; });
}

void PastImport::FindCustomers(ShopId shop, std::span<PendingPast> pending, Until until) {
  std::map<std::string, std::map<std::string, CustomerId>> nicks;
  const auto is_needed = [](const PendingPast& one) {
    return !one.past->buyer_nick.empty() && !(one.place.line && one.place.line->customer);
  };
  for (const PendingPast& one : pending) {
    if (is_needed(one)) nicks[one.past->platform][one.past->buyer_nick] = {};
  }
  for (auto& [platform, of_platform] : nicks) {
    std::vector<std::string> names;
    for (const auto& [nick, customer] : of_platform) names.push_back(nick);
    const std::vector<CustomerId> ids = uses_.customers.Ensure(shop, platform, names, until);
    std::size_t next = 0;
    for (auto& [nick, customer] : of_platform) customer = ids.at(next++);
  }
  for (PendingPast& one : pending) {
    if (is_needed(one)) one.place.customer = nicks[one.past->platform][one.past->buyer_nick];
  }
}

std::vector<PastResult> PastImport::Import(ShopId shop, std::span<const Item> items,
                                           bool validate_only, Until until) {
  std::vector<PastResult> results(items.size());
  std::vector<PendingPast> pending = JudgeAll(items, results);
  const auto known = uses_.store.Find(shop, pending);
  std::vector<PendingPast> fresh;
  for (std::size_t i = 0; i < pending.size(); ++i) {
    if (known[i]) {
      SetKnown(pending[i], known[i]->id, known[i]->digest);
    } else {
      fresh.push_back(pending[i]);
    }
  }
  FindOrders(shop, fresh, until);
  if (validate_only) {
    for (const PendingPast& one : fresh) one.result->fate = PastFate::kCreated;
    return results;
  }
  FindCustomers(shop, fresh, until);
  for (PendingPast& one : fresh) {
    one.place.shop = shop;
    one.place.id = uses_.ids.New<CaseId>();
    one.place.number = uses_.numbers.Next(shop);
  }
  for (const std::span<PendingPast> batch : Batches(fresh)) {
    ThrowWhenLate(until);
    uses_.store.Store(shop, batch, uses_.clock.NowUs());
  }
  return results;
}

}  // namespace redress::aftersales
