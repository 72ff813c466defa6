#include "services/order/domain/order_editing.h"

#include <string>
#include <utility>

#include "services/platform/base/errors.h"

namespace redress::order {
namespace {

using platform::Code;
using platform::Refusal;

// What was asked, with keyed hashes of what must not be guessed from a plain digest.
platform::Digest With(const platform::Digest& digest, const std::string& keyed) {
  return platform::Sha256(std::string(platform::AsBytes(digest)) + keyed);
}

Order Locked(OrderTransaction& transaction, ShopId shop, OrderId id) {
  std::vector<Order> orders = transaction.LockById(shop, {&id, 1});
  if (orders.empty()) throw platform::NotFound("order", platform::ToString(id));
  return std::move(orders.front());
}

Order LockedAt(OrderTransaction& transaction, ShopId shop, const EditTarget& target) {
  Order order = Locked(transaction, shop, target.order);
  if (order.version != target.version) {
    throw platform::VersionConflict(target.version, order.version);
  }
  return order;
}

Refusal Closed(const Order& order) {
  return Refusal(Code::kFailedPrecondition, "ORDER_CLOSED",
                 "The order is over; a new purchase needs an order of its own.")
      .With("status", std::string(StatusName(order.status)));
}

void RequireUnshipped(const Order& order) {
  if (order.Shipped()) {
    throw Refusal(Code::kFailedPrecondition, "ORDER_SHIPPED",
                  "A parcel has left with the old address; intercept it from an after-sales case, "
                  "or agree with the carrier on another delivery.")
        .With("status", std::string(StatusName(order.status)));
  }
  if (MeansOver(order.status)) throw Closed(order);
}

void RequireUnpaid(const Order& order) {
  if (order.status == OrderStatus::kWaitBuyerPay && order.paid_at == 0) return;
  if (!MeansPaid(order.status)) throw Closed(order);
  throw Refusal(Code::kFailedPrecondition, "ORDER_PAID",
                "The order is paid; return a difference by a refund case instead.")
      .With("status", std::string(StatusName(order.status)));
}

void RequireHadReceiver(const Order& order, std::uint32_t receiver_version) {
  if (receiver_version <= order.receiver_version) return;
  throw Refusal(Code::kFailedPrecondition, "RECEIVER_NOT_THERE",
                "receiver_version " + std::to_string(receiver_version) +
                    " is newer than the order's receiver, which is version " +
                    std::to_string(order.receiver_version) +
                    "; read the receiver and acknowledge the version that you read.")
      .With("receiver_version", std::to_string(order.receiver_version));
}

void RequireGoodAddress(const Address& address) {
  std::optional<Refusal> refusal;
  for (const AddressProblem& problem : CheckAddress(address)) {
    if (!problem.refused) continue;
    if (refusal) {
      refusal->Field("address." + problem.field, problem.description);
    } else {
      refusal = platform::InvalidField("address." + problem.field, problem.description);
    }
  }
  if (refusal) throw *std::move(refusal);
}

}  // namespace

std::string OrderEditing::ChangeAddress(const Write& write, const EditTarget& target,
                                        const AddressEdit& edit, const Encode& encode) {
  RequireGoodAddress(edit.address);
  const Receiver receiver = ReceiverOf(edit.address);
  const std::string hash = store_.ReceiverHash(write.shop, receiver);
  const platform::Digest digest =
      With(write.digest, hash + store_.MemoHash(write.shop, {0, edit.reason}));
  std::string answer;
  store_.InTransaction([&](OrderTransaction& transaction) {
    if (auto known = transaction.FindAnswer(write.shop, write.request_id, digest)) {
      answer = std::move(*known);
      return;
    }
    OrderChange change;
    change.order = LockedAt(transaction, write.shop, target);
    RequireUnshipped(change.order);
    ChangeRecord record{.kind = ChangeKind::kAddress, .account = write.account, .at = write.now_us};
    record.reason = edit.reason;
    record.receiver_before = transaction.ReadReceiver(write.shop, target.order);
    record.receiver_after = receiver;
    change.outcome = Outcome::kChanged;
    change.occurred_at = write.now_us;
    change.receiver = receiver;
    ++change.order.version;
    ++change.order.receiver_version;
    change.order.receiver_hash = hash;
    change.order.receiver_at = write.now_us;
    transaction.Record(write.shop, change.order, record);
    transaction.Save(write.shop, {&change, 1}, {});
    answer = encode(change.order);
    transaction.RememberAnswer(write.shop, write.request_id, digest, answer);
  });
  return answer;
}

std::uint32_t OrderEditing::AcknowledgeAddress(const Write& write, OrderId id,
                                               std::uint32_t receiver_version) {
  std::uint32_t newest = 0;
  store_.InTransaction([&](OrderTransaction& transaction) {
    if (auto known = transaction.FindAnswer(write.shop, write.request_id, write.digest)) {
      newest = static_cast<std::uint32_t>(std::stoul(*known));
      return;
    }
    const Order order = Locked(transaction, write.shop, id);
    RequireHadReceiver(order, receiver_version);
    newest = transaction.Acknowledge(
        write.shop, id,
        {.receiver_version = receiver_version, .account = write.account, .at = write.now_us});
    if (newest == 0) throw platform::NotFound("address change of order", platform::ToString(id));
    transaction.RememberAnswer(write.shop, write.request_id, write.digest, std::to_string(newest));
  });
  return newest;
}

std::string OrderEditing::ChangePrice(const Write& write, const EditTarget& target,
                                      const PriceEdit& edit, const Encode& encode) {
  const platform::Digest digest = With(write.digest, store_.MemoHash(write.shop, {0, edit.reason}));
  std::string answer;
  store_.InTransaction([&](OrderTransaction& transaction) {
    if (auto known = transaction.FindAnswer(write.shop, write.request_id, digest)) {
      answer = std::move(*known);
      return;
    }
    const Order order = LockedAt(transaction, write.shop, target);
    RequireUnpaid(order);
    for (const NewPrice& price : edit.lines) {
      if (order.FindLine(price.line) == nullptr) {
        throw platform::NotFound("line", platform::ToString(price.line));
      }
    }
    auto decided = order::ChangePrice(order, edit.lines, edit.postage_minor, write.now_us, ids_);
    if (const auto* problem = std::get_if<Problem>(&decided)) {
      throw platform::InvalidField(problem->field, problem->description);
    }
    const auto& priced = std::get<PriceChange>(decided);
    if (!priced.prices.empty()) {
      ChangeRecord record{.kind = ChangeKind::kPrice, .account = write.account, .at = write.now_us};
      record.reason = edit.reason;
      record.prices = priced.prices;
      transaction.Record(write.shop, priced.change.order, record);
      transaction.Save(write.shop, {&priced.change, 1}, {});
    }
    answer = encode(priced.change.order);
    transaction.RememberAnswer(write.shop, write.request_id, digest, answer);
  });
  return answer;
}

std::uint32_t OrderEditing::WriteMemo(const Write& write, const EditTarget& target,
                                      const MemoEdit& edit) {
  Memo memo = edit.memo;
  memo.at_us = write.now_us;
  const auto zone = zone_of_(write.shop);
  std::optional<Refusal> refusal;
  for (const MemoProblem& problem : order::CheckMemo(memo, *zone)) {
    if (!refusal) {
      refusal = platform::InvalidField("fields." + problem.field, problem.description)
                    .With("bytes_over", std::to_string(problem.bytes_over));
    } else {
      refusal->Field("fields." + problem.field, problem.description);
    }
  }
  if (refusal) throw *std::move(refusal);
  const MemoText text{edit.flag, RenderMemo(memo, *zone)};
  // The time of the write is no part of what was asked.
  const platform::Digest digest = With(
      write.digest,
      store_.MemoHash(write.shop, {edit.flag, memo.what + "|" + memo.who + "|" + memo.next_step}));
  std::uint32_t number = 0;
  store_.InTransaction([&](OrderTransaction& transaction) {
    if (auto known = transaction.FindAnswer(write.shop, write.request_id, digest)) {
      number = static_cast<std::uint32_t>(std::stoul(*known));
      return;
    }
    OrderChange change;
    change.order = Locked(transaction, write.shop, target.order);
    const CurrentMemo current = transaction.ReadMemo(write.shop, target.order);
    if (current.number != target.version) {
      throw platform::VersionConflict(target.version, current.number);
    }
    ChangeRecord record{.kind = ChangeKind::kMemo, .account = write.account, .at = write.now_us};
    record.memo_before = current.memo;
    record.memo_after = text;
    change.newer_source = true;
    change.order.memo_at = write.now_us;
    change.order.memo_hash = store_.MemoHash(write.shop, text);
    number = transaction.Record(write.shop, change.order, record);
    transaction.Save(write.shop, {&change, 1}, {});
    transaction.RememberAnswer(write.shop, write.request_id, digest, std::to_string(number));
  });
  return number;
}

std::vector<AddressProblem> OrderEditing::CheckReceiver(ShopId shop, OrderId order) {
  return CheckAddress(PartsOf(store_.ClearReceiver(shop, order)));
}

}  // namespace redress::order
