#include "services/order/store/reminder_store.h"

#include <limits>
#include <stdexcept>

#include "services/order/store/once.h"
#include "services/order/store/order_rows.h"
#include "services/order/store/reminder_sql.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"

namespace redress::order {
namespace {

using platform::Code;
using platform::Connection;
using platform::Refusal;
using platform::Result;

UnpaidOrder ReadUnpaid(const Result& row) {
  return {.order = row.Id<OrderId>(0),
          .key = {row.String(1), row.String(2)},
          .customer = row.Id<CustomerId>(3),
          .order_at = row.Int64(4),
          .currency = row.String(5),
          .payable_minor = row.Int64(6),
          .reminders = static_cast<std::uint32_t>(row.Uint64(7)),
          .reminded_at = row.Int64(8)};
}

Reminder ReadReminder(const Result& row) {
  return {.id = row.Id<ReminderId>(1),
          .order = row.Id<OrderId>(2),
          .account = row.Id<AccountId>(3),
          .channel = static_cast<ReminderChannel>(row.Uint64(4)),
          .phrase = row.Uint64(5),
          .reminded_at = row.Int64(6),
          .window_end_at = row.Int64(7),
          .currency = row.String(8),
          .payable_minor = row.Int64(9),
          .paid_at = row.Int64(10),
          .paid_minor = row.Int64(11)};
}

Order UnpaidOrderOf(Connection& db, ShopId shop, OrderId id) {
  std::vector<Order> orders = ReadOrders(db, shop, {&id, 1}, Lock::kForUpdate);
  if (orders.empty()) throw platform::NotFound("order", platform::ToString(id));
  Order& order = orders.front();
  if (order.status != OrderStatus::kWaitBuyerPay) {
    throw Refusal(Code::kFailedPrecondition, "ORDER_NOT_UNPAID",
                  "The order does not wait to be paid; there is nothing to remind of.")
        .With("status", std::string(StatusName(order.status)));
  }
  return std::move(order);
}

void RequireFew(Connection& db, ShopId shop, OrderId order, std::uint32_t most) {
  Result rows = db.Query(sql::kCountRemindersOfOrder, {shop, order});
  if (!rows.Next()) throw std::logic_error("a count has no row");
  if (rows.Uint64(0) < most) return;
  throw Refusal(Code::kFailedPrecondition, "REMINDED_ENOUGH",
                "The buyer was reminded of this order as often as the shop allows; leave it.")
      .With("reminders", std::to_string(rows.Uint64(0)));
}

Reminder Stored(Connection& db, ShopId shop, const std::string& id) {
  Result rows = db.Query(sql::kFindReminder, {shop, std::stoull(id)});
  if (!rows.Next()) throw std::logic_error("a reminder that was stored is gone");
  return ReadReminder(rows);
}

}  // namespace

std::vector<UnpaidOrder> SqlReminderRepository::ListUnpaid(ShopId shop, const UnpaidQuery& query) {
  const bool by_age = query.ordering == UnpaidOrdering::kAge;
  const ListKey start =
      query.after.value_or(by_age ? ListKey{std::numeric_limits<std::int64_t>::min(), 0}
                                  : ListKey{std::numeric_limits<std::int64_t>::max(),
                                            std::numeric_limits<std::uint64_t>::max()});
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(by_age ? sql::kListUnpaidByAge : sql::kListUnpaidByAmount,
                           {shop, start.at, start.at, start.id, query.placed_until,
                            query.minimum_minor, query.not_reminded ? 1 : 0, query.limit});
    std::vector<UnpaidOrder> orders;
    while (rows.Next()) orders.push_back(ReadUnpaid(rows));
    return orders;
  });
}

std::optional<Reminder> SqlReminderRepository::FindRepeat(const Write& write) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<Reminder> {
    const auto id = platform::KnownAnswer(db, write.shop, platform::kClientOrigin, write.request_id,
                                          write.digest);
    if (!id) return std::nullopt;
    return Stored(db, write.shop, *id);
  });
}

CustomerId SqlReminderRepository::BuyerOf(ShopId shop, OrderId order) {
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(sql::kFindBuyer, {shop, order});
    if (!rows.Next()) throw platform::NotFound("order", platform::ToString(order));
    return rows.Id<CustomerId>(0);
  });
}

Reminder SqlReminderRepository::Record(const Write& write, const NewReminder& reminder) {
  const OrderRules rules = rules_.Find(write.shop);
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        const Order order = UnpaidOrderOf(db, write.shop, reminder.order);
        RequireFew(db, write.shop, order.id, rules.most_reminders);
        const auto id = ids_.New<ReminderId>();
        db.Execute(sql::kInsertReminder,
                   {write.shop, id, order.id, write.account,
                    static_cast<unsigned>(reminder.channel), reminder.phrase, write.now_us,
                    write.now_us + rules.reminder_window_hours * platform::kHourUs, order.currency,
                    order.PaidMinor()});
        db.Execute(sql::kCountReminder, {write.now_us, write.shop, order.id});
        return platform::ToString(id);
      },
      [&](Connection& db, const std::string& answer) { return Stored(db, write.shop, answer); });
}

std::vector<Reminder> SqlReminderRepository::List(ShopId shop, AccountId account,
                                                  std::optional<ReminderId> before,
                                                  std::size_t limit) {
  const std::uint64_t below = before ? before->value : std::numeric_limits<std::uint64_t>::max();
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = account ? db.Query(sql::kListRemindersOfAccount, {shop, account, below, limit})
                          : db.Query(sql::kListReminders, {shop, below, limit});
    std::vector<Reminder> reminders;
    while (rows.Next()) reminders.push_back(ReadReminder(rows));
    return reminders;
  });
}

std::vector<ReminderSum> SqlReminderRepository::Sum(ShopId shop, std::int64_t from,
                                                    std::int64_t until) {
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(sql::kSumReminders, {shop, from, until});
    std::vector<ReminderSum> sums;
    while (rows.Next()) {
      sums.push_back({rows.Id<AccountId>(0), rows.String(1),
                      static_cast<std::uint32_t>(rows.Uint64(2)),
                      static_cast<std::uint32_t>(rows.Int64(3)), rows.Int64(4)});
    }
    return sums;
  });
}

}  // namespace redress::order
