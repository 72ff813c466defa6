#include <redress/aftersales/v1/case_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/conflict.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;

const std::vector<Column> kCaseColumns = {{"NUMBER", "case_number"},
                                          {"ID", "case_id"},
                                          {"KIND", "kind"},
                                          {"STATE", "state"},
                                          {"P", "priority"},
                                          {"IMPORTED", "imported"},
                                          {"VARIANT", "variant"},
                                          {"ASKED", "amount_asked"},
                                          {"APPROVED", "amount_approved"},
                                          {"ASSIGNEE", "assignee_id"},
                                          {"DUE", "deadline.due_time"},
                                          {"RULE", "deadline.rule"},
                                          {"NEEDS A PERSON", "needs_person"}};

const std::vector<Column> kStepColumns = {{"#", "sequence"},       {"WHEN", "apply_time"},
                                          {"EVENT", "event"},      {"FROM", "from_state"},
                                          {"TO", "to_state"},      {"BY", "actor_kind"},
                                          {"ACCOUNT", "actor_id"}, {"RULE", "deadline_rule"},
                                          {"CLIENT", "client"},    {"TEXT", "text"}};

// A line is named by its id or by the source's own line number.
std::string LineId(const redress::order::v1::Order& order, const std::string& text) {
  std::string known;
  for (const auto& line : order.lines()) {
    if (line.line_id() == text || line.line_number() == text) return line.line_id();
    known += (known.empty() ? "" : ", ") + line.line_number();
  }
  throw UsageError("--line: the order has no line `" + text + "`; its lines are " + known);
}

constexpr const char* kRepeatsHelp =
    "An earlier case about the same, which has ended: its number or its id";

template <class Request>
void SetRepeated(Context& context, google::protobuf::Message& message, const std::string& text) {
  static_cast<Request&>(message).set_repeats_case_id(CaseId(context, text));
}

RpcCommand OpenCase() {
  auto line = std::make_shared<std::string>();
  auto order = std::make_shared<std::string>();
  return {.name = "open",
          .help = "Open a refund on one order line",
          .request = &aftersales::OpenRefundRequest::default_instance(),
          .flags = {{"--order", "order_id", kOrderHelp, true,
                     [order](Context&, google::protobuf::Message&, const std::string& text) {
                       *order = text;
                     }},
                    {"--quantity", "quantity", "Units", true},
                    {"--amount", "amount_asked", "What the buyer asks for, e.g. 12.34", true},
                    {"--variant", "variant", "What kind of refund", true},
                    {"--reason", "reason", "Why, from the shop's list, e.g. damaged", true},
                    {"--text", "text", "The buyer's words"},
                    {"--platform-refund-id", "platform_refund_id", "The platform's refund id"},
                    {"--repeats", "repeats_case_id", kRepeatsHelp, false,
                     SetRepeated<aftersales::OpenRefundRequest>}},
          .complete =
              [order, line](Context& context, google::protobuf::Message& message) {
                auto& request = static_cast<aftersales::OpenRefundRequest&>(message);
                if (line->empty()) {
                  request.set_order_id(OrderId(context, *order));
                  return;
                }
                const redress::order::v1::Order found = FindOrder(context, *order);
                request.set_order_id(found.order_id());
                request.set_line_id(LineId(found, *line));
              },
          .options =
              [line](CLI::App& app) {
                app.add_option("--line", *line,
                               "The line's number or id; not needed where the order has one line")
                    ->type_name("TEXT");
              }};
}

using Text = std::shared_ptr<std::string>;

// Keeps the flag's text for later.
auto Keep(const Text& text) {
  return [text](Context&, google::protobuf::Message&, const std::string& given) { *text = given; };
}

auto LineOption(const Text& line) {
  return [line](CLI::App& app) {
    app.add_option("--line", *line, "The line's number or id; without it, about the whole order")
        ->type_name("TEXT");
  };
}

// Order and line of a case that may be about the whole order.
template <class Request>
auto FillSubject(const Text& order, const Text& line) {
  return [order, line](Context& context, google::protobuf::Message& message) {
    auto& request = static_cast<Request&>(message);
    if (line->empty()) {
      request.set_order_id(OrderId(context, *order));
      return;
    }
    const redress::order::v1::Order found = FindOrder(context, *order);
    request.set_order_id(found.order_id());
    request.set_line_id(LineId(found, *line));
  };
}

RpcCommand OpenDispute() {
  auto line = std::make_shared<std::string>();
  auto order = std::make_shared<std::string>();
  return {
      .name = "open",
      .help = "Open a dispute about an order or one of its lines",
      .request = &aftersales::OpenDisputeRequest::default_instance(),
      .flags = {{"--order", "order_id", kOrderHelp, true, Keep(order)},
                {"--from", "channel", "Where it came from", true},
                {"--reason", "reason", "What it is about, e.g. not_delivered", true},
                {"--text", "text", "The buyer's words"},
                {"--platform-complaint-id", "platform_complaint_id", "The platform's complaint id"},
                {"--repeats", "repeats_case_id", kRepeatsHelp, false,
                 SetRepeated<aftersales::OpenDisputeRequest>}},
      .complete = FillSubject<aftersales::OpenDisputeRequest>(order, line),
      .options = LineOption(line)};
}

RpcCommand OpenReview() {
  auto line = std::make_shared<std::string>();
  auto order = std::make_shared<std::string>();
  return {
      .name = "open",
      .help = "Open a case of a bad or neutral review of an order or one of its lines",
      .request = &aftersales::OpenReviewRequest::default_instance(),
      .flags = {{"--order", "order_id", kOrderHelp, true, Keep(order)},
                {"--stars", "stars", "Its stars, 1 to 3"},
                {"--rating", "rating", "Or in words: bad, neutral"},
                {"--written-at", "review_time",
                 "When the buyer wrote it, e.g. 2026-03-01T08:00:00Z", true},
                {"--reason", "reason", "What it is about, e.g. quality"},
                {"--text", "text", "The buyer's words"},
                {"--platform-review-id", "platform_review_id", "The platform's id of the review"}},
      .complete = FillSubject<aftersales::OpenReviewRequest>(order, line),
      .options = LineOption(line)};
}

struct ListOptions {
  bool mine = false;
  bool nobodys = false;
};

// Of one kind, or with an empty one of any.
RpcCommand ListCases(const std::string& kind) {
  auto options = std::make_shared<ListOptions>();
  return {
      .name = "list",
      .help = "List " + (kind.empty() ? "case" : kind) +
              "s: the queue (open, by priority and deadline) or the newest first",
      .request = &aftersales::ListCasesRequest::default_instance(),
      .flags = {{"--by", "order", "The order"},
                {"--assignee", "assignee_id", "Only this account's"},
                {"--order", "order_id", "Only cases about this order (newest first)", false,
                 [](Context& context, google::protobuf::Message& message, const std::string& text) {
                   auto& request = static_cast<aftersales::ListCasesRequest&>(message);
                   request.set_order_id(OrderId(context, text));
                   request.set_order(aftersales::CASE_ORDER_NEWEST);
                 }},
                {"--in-state", "state", "Only cases in this state, e.g. Requested"},
                {"--team", "team", "Only cases of this team's agents"},
                {"--kind", "kind", "Only cases of this kind, e.g. dispute"},
                {"--for", "person_queue", "Only cases that these people have to look at"}},
      .list = "cases",
      .columns = kCaseColumns,
      .complete =
          [options, kind](Context& context, google::protobuf::Message& message) {
            auto& request = static_cast<aftersales::ListCasesRequest&>(message);
            if (!kind.empty()) request.set_kind(kind);
            if (options->mine) request.set_assignee_id(context.LoggedIn().account_id);
            if (options->nobodys) request.set_assignee_id("nobody");
          },
      .options =
          [options](CLI::App& app) {
            app.add_flag("--mine", options->mine, "Only my cases");
            app.add_flag("--nobodys", options->nobodys, "Only cases that nobody has");
          }};
}

RpcCommand AssignCase() {
  struct Options {
    std::string text;
    std::uint32_t version = 0;
    bool me = false;
  };
  auto options = std::make_shared<Options>();
  return {.name = "assign",
          .help = "Give a case to an account; without one, to nobody",
          .request = &aftersales::AssignCaseRequest::default_instance(),
          .flags = {{"case", "case_id", kCaseHelp, true,
                     [options](Context&, google::protobuf::Message&, const std::string& text) {
                       options->text = text;
                     }},
                    {"--to", "assignee_id", "The account's id"},
                    {"--note", "note",
                     "What the next one needs to know; agents who transfer a "
                     "case write one"}},
          .complete =
              [options](Context& context, google::protobuf::Message& message) {
                auto& request = static_cast<aftersales::AssignCaseRequest&>(message);
                const aftersales::Case found = FindCase(context, options->text);
                request.set_case_id(found.case_id());
                request.set_version(options->version > 0 ? options->version : found.version());
                if (options->me) request.set_assignee_id(context.LoggedIn().account_id);
              },
          .options =
              [options](CLI::App& app) {
                app.add_option("--version", options->version,
                               "The version you saw; absent means the current one")
                    ->type_name("N");
                app.add_flag("--to-me", options->me, "Take it yourself");
              },
          .on_refusal =
              [](Context& context, const google::protobuf::Message& message,
                 const client::CallError& error) {
                const auto& request = static_cast<const aftersales::AssignCaseRequest&>(message);
                TellOfConflict(context, error, request.case_id());
              }};
}

void SetCaseId(Context& context, google::protobuf::Message& request, const std::string& text) {
  static_cast<aftersales::ListStepsRequest&>(request).set_case_id(CaseId(context, text));
}

}  // namespace

void AddCaseCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("case", "Cases of any kind; opening a refund");
  group->require_subcommand(1);
  AddRpc(*group, context, OpenCase());
  AddShowCommand(*group, context);
  AddRpc(*group, context, ListCases(""));
  AddRpc(*group, context,
         {.name = "steps",
          .help = "Show a case's history",
          .request = &aftersales::ListStepsRequest::default_instance(),
          .flags = {{"case", "case_id", kCaseHelp, true, SetCaseId}},
          .list = "steps",
          .columns = kStepColumns});
  AddVerifyCommand(*group, context);
  AddScanCommand(*group, context);
  AddDueCommands(*group, context);
  AddStepCommands(*group, context, "refund");
  AddRpc(*group, context, AssignCase());
  AddQueueCommands(*group, context);

  CLI::App* dispute = program.add_subcommand("dispute", "Disputes; `case` shows and assigns them");
  dispute->require_subcommand(1);
  AddRpc(*dispute, context, OpenDispute());
  AddRpc(*dispute, context, ListCases("dispute"));
  AddStepCommands(*dispute, context, "dispute");

  CLI::App* review = program.add_subcommand("review", "Bad reviews; `case` shows and assigns them");
  review->require_subcommand(1);
  AddRpc(*review, context, OpenReview());
  AddRpc(*review, context, ListCases("review"));
  AddStepCommands(*review, context, "review");
}

}  // namespace redress::cli
