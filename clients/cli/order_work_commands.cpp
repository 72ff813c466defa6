#include <redress/order/v1/change_service.pb.h>
#include <redress/order/v1/memo_service.pb.h>
#include <redress/order/v1/parcel_service.pb.h>
#include <redress/order/v1/reminder_service.pb.h>
#include <redress/order/v1/rules_service.pb.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/commands.h"
#include "clients/cli/fields.h"
#include "clients/cli/password.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"

// `order memo`, `address`, `price`, `changes`, `parcel`, `remind`, `rules`: what people work with
// on orders.

namespace redress::cli {
namespace {

namespace order = redress::order::v1;
using google::protobuf::Message;

template <class Request>
Flag OrderFlag() {
  return {"order", "order_id", kOrderHelp, true,
          [](Context& run, Message& request, const std::string& text) {
            static_cast<Request&>(request).set_order_id(OrderId(run, text));
          }};
}

Flag EtagFlag(const char* help) { return {"--etag", "etag", help, true}; }

const Flag kReason = {"--reason", "reason", "Why, for colleagues", true};

template <class Request>
void AddPrice(Context&, Message& request, const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos) throw UsageError("--line takes LINE_ID=MINOR_UNITS");
  try {
    order::LinePrice& line = *static_cast<Request&>(request).add_lines();
    line.set_line_id(text.substr(0, at));
    line.set_payable_minor(std::stoll(text.substr(at + 1)));
  } catch (const std::exception&) {
    throw UsageError("--line takes LINE_ID=MINOR_UNITS, e.g. 123=4500");
  }
}

void AddMemo(CLI::App& group, Context& context) {
  CLI::App* memo = group.add_subcommand("memo", "The shop's note on an order");
  memo->require_subcommand(1);
  const std::vector<Flag> fields = {
      {"--stage", "fields.stage", "PRE_SALE or AFTER_SALES", true},
      {"--flag", "fields.flag", "0 grey, 1 red, 2 yellow, 3 green, 4 blue, 5 purple"},
      {"--what", "fields.what", "What it is about", true},
      {"--who", "fields.who", "Who works on it", true},
      {"--next", "fields.next_step", "What comes next"}};
  std::vector<Flag> write = {OrderFlag<order::WriteMemoRequest>(),
                             EtagFlag("The memo's version that you saw; 0 for the first")};
  write.insert(write.end(), fields.begin(), fields.end());
  AddRpc(*memo, context,
         {.name = "show",
          .help = "Show the memo as it is now",
          .request = &order::GetMemoRequest::default_instance(),
          .flags = {OrderFlag<order::GetMemoRequest>()}});
  AddRpc(*memo, context,
         {.name = "write",
          .help = "Write the memo; what it said before stays in its history",
          .request = &order::WriteMemoRequest::default_instance(),
          .flags = write});
  AddRpc(*memo, context,
         {.name = "check",
          .help = "Show what a memo would look like and what could come next",
          .request = &order::CheckMemoRequest::default_instance(),
          .flags = fields});
  AddRpc(*memo, context,
         {.name = "history",
          .help = "List what the memo has said, newest first",
          .request = &order::ListMemoVersionsRequest::default_instance(),
          .flags = {OrderFlag<order::ListMemoVersionsRequest>()},
          .list = "versions",
          .columns = {{"VERSION", "etag"},
                      {"WHEN", "write_time"},
                      {"BY", "account_id"},
                      {"FLAG", "flag"},
                      {"TEXT", "text"}}});
}

std::vector<Flag> AddressFlags() {
  return {{"--name", "address.name", "The person's name", true},
          {"--phone", "address.phone", "The phone number", true},
          {"--province", "address.province", "The province", true},
          {"--city", "address.city", "The city or prefecture"},
          {"--district", "address.district", "The district or county", true},
          {"--town", "address.town", "The town or street office"},
          {"--detail", "address.detail", "Street, house and door"}};
}

void AddAddress(CLI::App& group, Context& context) {
  CLI::App* address =
      group.add_subcommand("address", "Who receives an order, before it is shipped");
  address->require_subcommand(1);
  std::vector<Flag> change = {OrderFlag<order::ChangeAddressRequest>(),
                              EtagFlag("The order's version that you saw"), kReason};
  for (Flag& flag : AddressFlags()) change.push_back(std::move(flag));
  AddRpc(*address, context,
         {.name = "check",
          .help = "Tell what is wrong with an order's receiver",
          .request = &order::CheckAddressRequest::default_instance(),
          .flags = {OrderFlag<order::CheckAddressRequest>()},
          .list = "problems",
          .columns = {{"FIELD", "field"}, {"REFUSED", "refused"}, {"PROBLEM", "description"}}});
  AddRpc(*address, context,
         {.name = "change",
          .help = "Change the receiver; refused once a parcel has left",
          .request = &order::ChangeAddressRequest::default_instance(),
          .flags = change});
  AddRpc(*address, context,
         {.name = "changed",
          .help = "List the changed receivers of the shop, newest first",
          .request = &order::ListAddressChangesRequest::default_instance(),
          .flags = {{"--since", "since", "Only from this time on"},
                    {"--unacknowledged", "unacknowledged_only",
                     "Only those that a warehouse has to acknowledge and none has"},
                    {"--order", "order_id", "Only those of this order"}},
          .list = "changes",
          .columns = {{"WHEN", "change_time"},
                      {"ORDER", "order_id"},
                      {"NUMBER", "order_number"},
                      {"RECEIVER", "receiver_version"},
                      {"STATUS", "status"},
                      {"BY", "account_id"},
                      {"ACKNOWLEDGED", "acknowledge_time"}}});
  AddRpc(
      *address, context,
      {.name = "acknowledge",
       .help = "Record that the warehouse knows of an order's changed receiver",
       .request = &order::AcknowledgeAddressChangeRequest::default_instance(),
       .flags = {OrderFlag<order::AcknowledgeAddressChangeRequest>(),
                 {"--receiver", "receiver_version",
                  "The newest receiver that was read, as `address changed` numbers them", true}}});
}

void AddPrices(CLI::App& group, Context& context) {
  AddRpc(group, context,
         {.name = "price",
          .help = "Change what the buyer has to pay; refused once the order is paid",
          .request = &order::ChangePriceRequest::default_instance(),
          .flags = {OrderFlag<order::ChangePriceRequest>(),
                    EtagFlag("The order's version that you saw"),
                    kReason,
                    {"--line", "lines", "LINE_ID=MINOR_UNITS", false,
                     AddPrice<order::ChangePriceRequest>},
                    {"--postage", "postage_minor", "The postage in minor units"}}});
  AddRpc(group, context,
         {.name = "changes",
          .help = "List the changes of an order, newest first",
          .request = &order::ListOrderChangesRequest::default_instance(),
          .flags = {OrderFlag<order::ListOrderChangesRequest>()},
          .list = "changes",
          .columns = {{"NUMBER", "change_number"},
                      {"WHEN", "change_time"},
                      {"KIND", "kind"},
                      {"BY", "account_id"},
                      {"REASON", "reason"}}});
}

void AddParcels(CLI::App& group, Context& context) {
  const std::vector<Column> columns = {{"SINCE", "since"},
                                       {"ORDER", "order_id"},
                                       {"NUMBER", "order_number"},
                                       {"PARCEL", "shipment.tracking_number"},
                                       {"CARRIER", "shipment.carrier"},
                                       {"STATE", "shipment.state"}};
  AddRpc(group, context,
         {.name = "stuck",
          .help = "List parcels of which nothing was heard, the longest silent first",
          .request = &order::ListStuckParcelsRequest::default_instance(),
          .flags = {{"--hours", "silent_hours", "Silent for so long, instead of the shop's rule"}},
          .list = "parcels",
          .columns = columns});
  AddRpc(group, context,
         {.name = "untold",
          .help = "List parcels that have left without the buyer being told",
          .request = &order::ListUntoldParcelsRequest::default_instance(),
          .list = "parcels",
          .columns = columns});
  AddRpc(group, context,
         {.name = "told",
          .help = "Record that the buyer was told of a parcel",
          .request = &order::MarkParcelToldRequest::default_instance(),
          .flags = {OrderFlag<order::MarkParcelToldRequest>(),
                    {"parcel", "tracking_number", "The tracking number", true}}});
  AddRpc(group, context,
         {.name = "tracks",
          .help = "List what carriers told of an order's parcels, newest first",
          .request = &order::ListTracksRequest::default_instance(),
          .flags = {OrderFlag<order::ListTracksRequest>()},
          .list = "tracks",
          .columns = {{"WHEN", "track_time"}, {"PARCEL", "tracking_number"}, {"TEXT", "text"}}});
  AddRpc(group, context,
         {.name = "track",
          .help = "Pass on what Kuaidi100 pushed: the form's param and sign as they came",
          .request = &order::PushTracksRequest::default_instance(),
          .flags = {{"--param", "param", "The form's param", true},
                    {"--sign", "sign", "The form's sign", true}}});
}

void AddReminders(CLI::App& group, Context& context) {
  CLI::App* remind = group.add_subcommand("remind", "Reminders of payment");
  remind->require_subcommand(1);
  AddRpc(*remind, context,
         {.name = "unpaid",
          .help = "List orders that wait to be paid",
          .request = &order::ListUnpaidOrdersRequest::default_instance(),
          .flags = {{"--by", "ordering", "AGE (the oldest first) or AMOUNT (the largest first)"},
                    {"--minutes", "minimum_age_minutes", "Only those at least so old"},
                    {"--minimum", "minimum_minor", "Only those of at least this, minor units"},
                    {"--not-reminded", "not_reminded", "Only those that nobody reminded of"}},
          .list = "orders",
          .columns = {{"ORDER", "order_id"},
                      {"NUMBER", "order_number"},
                      {"PLACED", "order_time"},
                      {"PAYABLE", "payable"},
                      {"REMINDERS", "reminders"},
                      {"LAST", "last_remind_time"}}});
  AddRpc(*remind, context,
         {.name = "record",
          .help = "Record that the buyer was reminded",
          .request = &order::RecordReminderRequest::default_instance(),
          .flags = {OrderFlag<order::RecordReminderRequest>(),
                    {"--channel", "channel", "CHAT, TEXT_MESSAGE or PHONE", true},
                    {"--phrase", "phrase_id", "The phrase that was used"}}});
  AddRpc(*remind, context,
         {.name = "list",
          .help = "List reminders, newest first, with what they brought",
          .request = &order::ListRemindersRequest::default_instance(),
          .flags = {{"--account", "account_id", "Only those of this account"}},
          .list = "reminders",
          .columns = {{"WHEN", "remind_time"},
                      {"ORDER", "order_id"},
                      {"BY", "account_id"},
                      {"CHANNEL", "channel"},
                      {"PAYABLE", "payable"},
                      {"PAID", "pay_time"}}});
  AddRpc(*remind, context,
         {.name = "sum",
          .help = "Add up what reminders of a time have brought, by agent",
          .request = &order::SummariseRemindersRequest::default_instance(),
          .flags = {{"--from", "from", "From this time on", true},
                    {"--until", "until", "Until before this time", true}},
          .list = "sums",
          .columns = {{"ACCOUNT", "account_id"},
                      {"SENT", "sent"},
                      {"PAID ORDERS", "paid_orders"},
                      {"PAID", "paid"}}});
}

// 0 would be read as "not given", so that the rule would stay.
Flag RuleFlag(const char* name, const char* field, const char* help) {
  return {name, field, help, false,
          [field](Context& run, Message& request, const std::string& text) {
            SetField(request, field, text, run.locale());
            if (text.find_first_not_of('0') == std::string::npos) {
              throw UsageError("takes a number from 1 on");
            }
          }};
}

// What is left out stays as it is.
void FillRules(Context& context, order::SetOrderRulesRequest& request, bool without_steps) {
  const order::OrderRules now =
      context.account().Call<order::GetOrderRulesResponse>(order::GetOrderRulesRequest()).rules();
  order::OrderRules& rules = *request.mutable_rules();
  if (without_steps && !rules.next_steps().empty()) {
    throw UsageError("--next-step and --no-next-steps exclude each other; give one of them");
  }
  if (request.etag().empty()) request.set_etag(now.etag());
  if (rules.stuck_after_hours() == 0) rules.set_stuck_after_hours(now.stuck_after_hours());
  if (rules.reminder_window_hours() == 0) {
    rules.set_reminder_window_hours(now.reminder_window_hours());
  }
  if (rules.most_reminders() == 0) rules.set_most_reminders(now.most_reminders());
  if (!without_steps && rules.next_steps().empty()) *rules.mutable_next_steps() = now.next_steps();
}

void AddSetRules(CLI::App& group, Context& context) {
  const auto without_steps = std::make_shared<bool>(false);
  AddRpc(group, context,
         {.name = "set",
          .help = "Change the rules; what is left out stays as it is",
          .request = &order::SetOrderRulesRequest::default_instance(),
          .flags = {{"--etag", "etag", "The version that you saw; absent means the present one"},
                    RuleFlag("--stuck-hours", "rules.stuck_after_hours",
                             "A silent parcel is stuck then; 72 is usual"),
                    RuleFlag("--window-hours", "rules.reminder_window_hours",
                             "A payment counts for a reminder so long; 24 is usual"),
                    RuleFlag("--most-reminders", "rules.most_reminders",
                             "Most reminders of one order; 3 is usual"),
                    {"--next-step", "rules.next_steps",
                     "A next step that memos are offered, once for each; they replace all"}},
          .complete =
              [without_steps](Context& run, Message& request) {
                FillRules(run, static_cast<order::SetOrderRulesRequest&>(request), *without_steps);
              },
          .options =
              [without_steps](CLI::App& app) {
                app.add_flag("--no-next-steps", *without_steps,
                             "Memos are offered the standard next steps only");
              }});
}

void AddRules(CLI::App& group, Context& context) {
  CLI::App* rules = group.add_subcommand("rules", "What the shop settles about its orders");
  rules->require_subcommand(1);
  AddRpc(*rules, context,
         {.name = "show",
          .help = "Show the rules",
          .request = &order::GetOrderRulesRequest::default_instance()});
  AddSetRules(*rules, context);
  const auto salt = std::make_shared<PasswordSource>();
  AddRpc(*rules, context,
         {.name = "salt",
          .help = "Keep the salt that Kuaidi100 signs its pushes with",
          .request = &order::SetCarrierSaltRequest::default_instance(),
          .complete =
              [salt](Context& run, Message& request) {
                static_cast<order::SetCarrierSaltRequest&>(request).set_salt(
                    salt->Read(run, "Salt: "));
              },
          .options = [salt](CLI::App& app) { salt->AddTo(app); }});
}

}  // namespace

void AddOrderWorkCommands(CLI::App& order_group, Context& context) {
  AddMemo(order_group, context);
  AddAddress(order_group, context);
  AddPrices(order_group, context);
  AddParcels(order_group, context);
  AddReminders(order_group, context);
  AddRules(order_group, context);
}

}  // namespace redress::cli
