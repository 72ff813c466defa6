#include "services/order/api/reminder_api.h"

#include "services/order/api/mapping.h"
#include "services/order/api/write.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/ids.h"
#include "services/platform/paging/paging.h"

namespace redress::order {
namespace {

using platform::PageQuery;
using platform::ParseId;

constexpr std::int64_t kLongestTime = 93 * platform::kDayUs;

void SetMoney(const std::string& currency, std::int64_t minor, redress::common::v1::Money& out) {
  out.set_currency_code(currency);
  out.set_minor_units(minor);
}

void ToProto(const UnpaidOrder& order, v1::UnpaidOrder& out) {
  out.set_order_id(platform::ToString(order.order));
  out.set_platform(order.key.platform);
  out.set_order_number(order.key.number);
  out.set_customer_id(platform::ToString(order.customer));
  *out.mutable_order_time() = ToTimestamp(order.order_at);
  SetMoney(order.currency, order.payable_minor, *out.mutable_payable());
  out.set_reminders(order.reminders);
  if (order.reminded_at != 0) *out.mutable_last_remind_time() = ToTimestamp(order.reminded_at);
}

void ToProto(const Reminder& reminder, v1::Reminder& out) {
  out.set_reminder_id(platform::ToString(reminder.id));
  out.set_order_id(platform::ToString(reminder.order));
  out.set_account_id(platform::ToString(reminder.account));
  out.set_channel(static_cast<v1::ReminderChannel>(reminder.channel));
  if (reminder.phrase != 0) out.set_phrase_id(std::to_string(reminder.phrase));
  *out.mutable_remind_time() = ToTimestamp(reminder.reminded_at);
  *out.mutable_window_end_time() = ToTimestamp(reminder.window_end_at);
  SetMoney(reminder.currency, reminder.payable_minor, *out.mutable_payable());
  if (reminder.paid_at == 0) return;
  *out.mutable_pay_time() = ToTimestamp(reminder.paid_at);
  SetMoney(reminder.currency, reminder.paid_minor, *out.mutable_paid());
}

}  // namespace

grpc::ServerUnaryReactor* ReminderApi::ListUnpaidOrders(grpc::CallbackServerContext* context,
                                                        const v1::ListUnpaidOrdersRequest* request,
                                                        v1::ListUnpaidOrdersResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ReminderApi::RecordReminder(grpc::CallbackServerContext* context,
                                                      const v1::RecordReminderRequest* request,
                                                      v1::RecordReminderResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ReminderApi::ListReminders(grpc::CallbackServerContext* context,
                                                     const v1::ListRemindersRequest* request,
                                                     v1::ListRemindersResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ReminderApi::SummariseReminders(
    grpc::CallbackServerContext* context, const v1::SummariseRemindersRequest* request,
    v1::SummariseRemindersResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

void ReminderApi::Answer(const Call& call, const v1::ListUnpaidOrdersRequest& request,
                         v1::ListUnpaidOrdersResponse& response) {
  const ShopId shop = call.caller.shop;
  const PageQuery page(
      "ListUnpaidOrders", shop,
      {std::to_string(request.ordering()), std::to_string(request.minimum_age_minutes()),
       std::to_string(request.minimum_minor()), request.not_reminded() ? "not reminded" : "all"});
  UnpaidQuery query;
  const bool by_amount = request.ordering() == v1::UNPAID_ORDERING_AMOUNT;
  query.ordering = by_amount ? UnpaidOrdering::kAmount : UnpaidOrdering::kAge;
  query.placed_until = call.clock.NowUs() - request.minimum_age_minutes() * platform::kMinuteUs;
  query.minimum_minor = request.minimum_minor();
  query.not_reminded = request.not_reminded();
  if (const auto key = page.Decode(request.page_token(), 2)) {
    query.after = ListKey{static_cast<std::int64_t>(key->at(0)), key->at(1)};
  }
  const std::size_t size = platform::PageSize(request.page_size());
  query.limit = size + 1;
  std::vector<UnpaidOrder> orders = uses_.reminders.ListUnpaid(shop, query);
  if (orders.size() > size) {
    orders.pop_back();
    const UnpaidOrder& last = orders.back();
    const std::int64_t at = by_amount ? last.payable_minor : last.order_at;
    response.set_next_page_token(page.Encode({static_cast<std::uint64_t>(at), last.order.value}));
  }
  for (const UnpaidOrder& order : orders) ToProto(order, *response.add_orders());
}

void ReminderApi::Answer(const Call& call, const v1::RecordReminderRequest& request,
                         v1::RecordReminderResponse& response) {
  const Write write = MakeWrite(call, request.request_id(), request);
  // Whatever the buyer has asked for since.
  if (const auto repeat = uses_.reminders.FindRepeat(write)) {
    ToProto(*repeat, *response.mutable_reminder());
    return;
  }
  NewReminder reminder;
  reminder.order = ParseId<OrderId>(request.order_id(), "order_id");
  reminder.channel = static_cast<ReminderChannel>(request.channel());
  reminder.phrase = platform::ParseOptionalId<PhraseId>(request.phrase_id(), "phrase_id").value;
  RequireContactWanted(write.shop, reminder.order);
  ToProto(uses_.reminders.Record(write, reminder), *response.mutable_reminder());
}

void ReminderApi::RequireContactWanted(ShopId shop, OrderId order) {
  const CustomerId buyer = uses_.reminders.BuyerOf(shop, order);
  if (!buyer || uses_.wishes.MayContact(shop, buyer)) return;
  throw platform::Refusal(platform::Code::kFailedPrecondition, "CONTACT_REFUSED",
                          "The buyer asked not to be contacted; leave the order as it is.")
      .With("customer_id", platform::ToString(buyer));
}

void ReminderApi::Answer(const Call& call, const v1::ListRemindersRequest& request,
                         v1::ListRemindersResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto account = platform::ParseOptionalId<AccountId>(request.account_id(), "account_id");
  const PageQuery page("ListReminders", shop, {request.account_id()});
  std::optional<ReminderId> before;
  if (const auto key = page.Decode(request.page_token(), 1)) before = ReminderId{key->at(0)};
  const std::size_t size = platform::PageSize(request.page_size());
  std::vector<Reminder> reminders = uses_.reminders.List(shop, account, before, size + 1);
  if (reminders.size() > size) {
    reminders.pop_back();
    response.set_next_page_token(page.Encode({reminders.back().id.value}));
  }
  for (const Reminder& reminder : reminders) ToProto(reminder, *response.add_reminders());
}

void ReminderApi::Answer(const Call& call, const v1::SummariseRemindersRequest& request,
                         v1::SummariseRemindersResponse& response) {
  const std::int64_t from = ToMicros(request.from());
  const std::int64_t until = ToMicros(request.until());
  if (until <= from || until - from > kLongestTime) {
    throw platform::InvalidField("until",
                                 "is not within 93 days after `from`; ask for a shorter time");
  }
  for (const ReminderSum& sum : uses_.reminders.Sum(call.caller.shop, from, until)) {
    v1::ReminderSum& out = *response.add_sums();
    out.set_account_id(platform::ToString(sum.account));
    out.set_sent(sum.sent);
    out.set_paid_orders(sum.paid_orders);
    SetMoney(sum.currency, sum.paid_minor, *out.mutable_paid());
  }
}

}  // namespace redress::order
