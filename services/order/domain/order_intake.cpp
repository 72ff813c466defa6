#include "services/order/domain/order_intake.h"

#include <chrono>
#include <optional>
#include <utility>

#include "services/order/domain/import_batch.h"
#include "services/platform/base/errors.h"

namespace redress::order {
namespace {

using platform::Refusal;

// One transaction's worth: large enough for statements of hundreds of rows, small enough to hold
// locks for some ten milliseconds.
constexpr std::size_t kBatchItems = 256;
constexpr std::size_t kBatchLines = 4096;
constexpr std::size_t kBatchAdjustments = 1024;

void ThrowWhenLate(Deadline until) {
  if (std::chrono::steady_clock::now() < until) return;
  throw Refusal(platform::Code::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                "the deadline passed before everything was stored; send the same again, with "
                "more time or fewer items");
}

template <class Pending, class Item>
std::vector<Pending> PrepareAll(std::span<const Item> items, std::vector<ImportResult>& results) {
  results.resize(items.size());
  std::vector<Pending> pending;
  pending.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Problem* problem = std::get_if<Problem>(&items[i]);
    if (problem == nullptr) {
      auto prepared = Prepare(std::get<0>(items[i]));
      if (auto* good = std::get_if<0>(&prepared)) {
        pending.push_back({std::move(*good), &results[i]});
        continue;
      }
      results[i].problem = std::get<Problem>(std::move(prepared));
    } else {
      results[i].problem = *problem;
    }
    results[i].outcome = ImportOutcome::kRefused;
  }
  return pending;
}

PreparedOrder PrepareOrThrow(const OrderInput& input) {
  auto prepared = Prepare(input);
  if (const Problem* problem = std::get_if<Problem>(&prepared)) {
    throw platform::InvalidField("order." + problem->field, problem->description);
  }
  return std::get<PreparedOrder>(std::move(prepared));
}

}  // namespace

void OrderIntake::HashSealedParts(ShopId shop, PreparedOrder& prepared) {
  prepared.order.receiver_hash = store_.ReceiverHash(shop, prepared.receiver);
  prepared.order.details_hash = store_.DetailsHash(shop, prepared.details);
  prepared.order.memo_hash = store_.MemoHash(shop, {prepared.memo_flag, prepared.details.memo});
}

std::string OrderIntake::Push(ShopId shop, const PushRequest& request, Deadline until,
                              const std::function<std::string(const Order&)>& encode) {
  PreparedOrder prepared = PrepareOrThrow(request.order);
  if (!prepared.buyer_nick.empty()) {
    const Buyer buyer = BuyerOf(prepared, clock_.NowUs());
    prepared.order.customer =
        customers_.Ensure(shop, prepared.order.platform, {&buyer, 1}, until).at(0);
  }
  HashSealedParts(shop, prepared);
  const platform::Digest digest = platform::Sha256(
      std::string(platform::AsBytes(request.digest)) + prepared.order.receiver_hash +
      prepared.order.details_hash + platform::ToString(prepared.order.customer));
  const NumberKey key{prepared.order.platform, prepared.order.number};
  std::string answer;
  store_.InTransaction([&](OrderTransaction& transaction) {
    if (auto known = transaction.FindAnswer(shop, request.request_id, digest)) {
      answer = std::move(*known);
      return;
    }
    const std::vector<Order> stored = transaction.LockByNumber(shop, {&key, 1});
    auto merged = Merge(prepared, stored.empty() ? nullptr : &stored.front(), clock_.NowUs(), ids_);
    if (const Problem* problem = std::get_if<Problem>(&merged)) {
      throw platform::InvalidField("order." + problem->field, problem->description);
    }
    const OrderChange& change = std::get<OrderChange>(merged);
    transaction.Save(shop, {&change, 1}, {});
    answer = encode(change.order);
    transaction.RememberAnswer(shop, request.request_id, digest, answer);
  });
  return answer;
}

ImportReport OrderIntake::Import(ShopId shop, std::span<const OrderItem> orders,
                                 std::span<const AdjustmentItem> adjustments, Deadline until,
                                 bool validate_only) {
  ImportReport report;
  std::vector<PendingOrder> pending_orders = PrepareAll<PendingOrder>(orders, report.orders);
  std::vector<PendingAdjustment> pending_adjustments =
      PrepareAll<PendingAdjustment>(adjustments, report.adjustments);
  const auto customers_of = [&](const std::string& platform, std::span<const Buyer> buyers) {
    if (!validate_only) return customers_.Ensure(shop, platform, buyers, until);
    std::vector<std::string> nicks;
    for (const Buyer& buyer : buyers) nicks.push_back(buyer.nick);
    std::vector<CustomerId> found = customers_.Find(shop, platform, nicks, until);
    // Whoever would be made is nobody that any record tells of yet.
    for (CustomerId& customer : found) {
      if (!customer) customer = ids_.New<CustomerId>();
    }
    return found;
  };
  KnowCustomers(customers_of, pending_orders, pending_adjustments, clock_.NowUs());

  for (PendingOrder& each : pending_orders) HashSealedParts(shop, each.prepared);

  ImportBatch batch(store_, ids_, shop, clock_.NowUs(), validate_only);
  const auto order_batches = Batches(
      std::span<const PendingOrder>(pending_orders),
      [](const PendingOrder& pending) {
        const Order& order = pending.prepared.order;
        return std::pair(NumberKey{order.platform, order.number}, order.lines.size());
      },
      kBatchItems, kBatchLines);
  for (const auto& part : order_batches) {
    ThrowWhenLate(until);
    batch.Store(part);
  }
  const auto adjustment_batches = Batches(
      std::span<const PendingAdjustment>(pending_adjustments),
      [](const PendingAdjustment& pending) {
        const Adjustment& adjustment = pending.prepared.adjustment;
        return std::pair(NumberKey{adjustment.platform, adjustment.number}, std::size_t{1});
      },
      kBatchAdjustments, kBatchAdjustments);
  for (const auto& part : adjustment_batches) {
    ThrowWhenLate(until);
    batch.Store(part);
  }
  return report;
}

}  // namespace redress::order
