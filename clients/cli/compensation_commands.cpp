#include <redress/aftersales/v1/compensation_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "clients/cli/commands.h"
#include "clients/cli/fields.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"

// `compensation …`: what buyers are given outside refunds, and how much of it one may give.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace identity = redress::identity::v1;
using google::protobuf::Message;

const std::vector<Column> kColumns = {
    {"CASE", "case_number"}, {"NUMBER", "number"},        {"KIND", "kind"},
    {"STATE", "state"},      {"AMOUNT", "amount"},        {"REASON", "reason"},
    {"MONTH", "month"},      {"BY", "offered_by_id"},     {"DECIDED BY", "decided_by_id"},
    {"V", "version"},        {"TAKEN BY", "taken_by_id"}, {"WHY", "why"},
    {"SINCE", "create_time"}};

// Without --version it is read just before: what a script says is about how it stands now.
constexpr const char* kVersionHelp = "The version you saw; absent means the current one";

template <class Request>
void SetCase(Context& context, Message& request, const std::string& text) {
  static_cast<Request&>(request).set_case_id(CaseId(context, text));
}

void FillCaseVersion(Context& context, Message& message) {
  auto& request = static_cast<aftersales::OfferCompensationRequest&>(message);
  if (request.version() == 0) request.set_version(FindCase(context, request.case_id()).version());
}

template <class Request>
void FillVersion(Context& context, Message& message) {
  auto& request = static_cast<Request&>(message);
  if (request.version() != 0) return;
  aftersales::ListCompensationsRequest list;
  list.set_case_id(request.case_id());
  const auto listed = context.account().Call<aftersales::ListCompensationsResponse>(list);
  for (const auto& one : listed.compensations()) {
    if (one.number() == request.number()) request.set_version(one.version());
  }
  if (request.version() == 0) {
    throw UsageError("the case has no compensation " + std::to_string(request.number()) +
                     "; `compensation list --case` shows them");
  }
}

RpcCommand Offer() {
  return {
      .name = "offer",
      .help = "Offer money or a coupon on an open case",
      .request = &aftersales::OfferCompensationRequest::default_instance(),
      .flags = {{"case", "case_id", kCaseHelp, true, SetCase<aftersales::OfferCompensationRequest>},
                {"--kind", "kind", "money or coupon", true},
                {"--amount", "amount", "What it costs the shop, e.g. 12.34", true},
                {"--reason", "reason", "Why; `compensation budget` lists the reasons", true},
                {"--text", "text",
                 "The words to the buyer; on a review they say that it is for the fault"},
                {"--version", "version", kVersionHelp}},
      .complete = FillCaseVersion};
}

template <class Request>
RpcCommand Move(const std::string& name, const std::string& help) {
  return {.name = name,
          .help = help,
          .request = &Request::default_instance(),
          .flags = {{"case", "case_id", kCaseHelp, true, SetCase<Request>},
                    {"number", "number", "Which of the case's, as `list` shows", true},
                    {"--version", "version", kVersionHelp}},
          .complete = FillVersion<Request>};
}

RpcCommand Record() {
  RpcCommand command = Move<aftersales::RecordCompensationResultRequest>(
      "record", "Record what became of one that is in hand");
  command.flags.insert(
      command.flags.end(),
      {{"--result", "result", "given, failed or unknown", true},
       {"--payment-reference", "payment_reference", "Of money that was given"},
       {"--coupon-code", "coupon_code", "The platform's code of a coupon that was given"},
       {"--why", "why", "Why it failed, or why nobody knows"}});
  return command;
}

RpcCommand List() {
  return {.name = "list",
          .help = "List those that are open, or all of one case",
          .request = &aftersales::ListCompensationsRequest::default_instance(),
          .flags = {{"--case", "case_id", "All of this case: its number or its id", false,
                     SetCase<aftersales::ListCompensationsRequest>},
                    {"--in-state", "state", "Only those in this state, e.g. waiting"},
                    {"--kind", "kind", "Only money, or only coupons"}},
          .list = "compensations",
          .columns = kColumns};
}

// Whose limit, and for what, until the setting's name is complete.
struct Limit {
  std::string role;
  std::string span;
};

void CheckWord(const std::string& what, const std::string& text, const std::string& one,
               const std::string& other) {
  if (text == one || text == other) return;
  throw UsageError(what + ": say " + one + " or " + other + ", not '" + text + "'");
}

// The setting is a bare number of the shop's minor units: another currency would be lost in it.
void CheckCurrency(const common::v1::Money& amount, const Locale& locale) {
  if (amount.currency_code() == locale.currency_code) return;
  throw UsageError("amount: the shop's limits are in " + locale.currency_code + ", not in " +
                   amount.currency_code() + "; say the limit in " + locale.currency_code);
}

RpcCommand SetLimit() {
  auto limit = std::make_shared<Limit>();
  return {.name = "set-limit",
          .help = "Set how much a role may give, as an administrator",
          .request = &identity::SetShopSettingRequest::default_instance(),
          .flags = {{"role", "name", "agent or supervisor", true,
                     [limit](Context&, Message&, const std::string& text) {
                       CheckWord("role", text, "agent", "supervisor");
                       limit->role = text;
                     }},
                    {"span", "name", "single or month", true,
                     [limit](Context&, Message&, const std::string& text) {
                       CheckWord("span", text, "single", "month");
                       limit->span = text;
                     }},
                    {"amount", "value", "The limit, e.g. 200.00", true,
                     [](Context& context, Message& request, const std::string& text) {
                       aftersales::Compensation amount;
                       SetField(amount, "amount", text, context.locale());
                       CheckCurrency(amount.amount(), context.locale());
                       static_cast<identity::SetShopSettingRequest&>(request).set_value(
                           std::to_string(amount.amount().minor_units()));
                     }},
                    {"--from", "effective_time", "From when; absent means now"}},
          .complete = [limit](Context&, Message& request) {
            static_cast<identity::SetShopSettingRequest&>(request).set_name(
                "compensation_" + limit->role + "_" + limit->span);
          }};
}

RpcCommand Reasons() {
  return {.name = "set-reasons",
          .help = "Set the list of reasons, as an administrator",
          .request = &identity::SetShopSettingRequest::default_instance(),
          .flags = {{"reasons", "value", "Separated by commas", true},
                    {"--from", "effective_time", "From when; absent means now"}},
          .complete = [](Context&, Message& request) {
            static_cast<identity::SetShopSettingRequest&>(request).set_name("compensation_reasons");
          }};
}

}  // namespace

void AddCompensationCommands(CLI::App& program, Context& context) {
  CLI::App* group =
      program.add_subcommand("compensation", "Money and coupons given outside refunds");
  group->require_subcommand(1);
  AddRpc(*group, context, Offer());
  AddRpc(*group, context,
         Move<aftersales::ApproveCompensationRequest>("approve", "Grant one that waits"));
  RpcCommand decline =
      Move<aftersales::DeclineCompensationRequest>("decline", "Decline one that waits");
  decline.flags.push_back({"--text", "text", "Why, for who offered it"});
  AddRpc(*group, context, std::move(decline));
  AddRpc(*group, context,
         Move<aftersales::CancelCompensationRequest>("cancel", "Take an offer back"));
  AddRpc(*group, context,
         Move<aftersales::BeginCompensationRequest>(
             "begin", "Take one in hand, before it is paid or issued"));
  AddRpc(*group, context, Record());
  AddRpc(*group, context, List());
  AddRpc(*group, context,
         {.name = "budget",
          .help = "Show what is left of a month, and the reasons that the shop lists",
          .request = &aftersales::GetCompensationBudgetRequest::default_instance(),
          .flags = {{"--account", "account_id", "Whose, as their supervisor; absent: yours"}}});
  AddRpc(*group, context, SetLimit());
  AddRpc(*group, context, Reasons());
}

}  // namespace redress::cli
