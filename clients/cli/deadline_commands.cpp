#include <redress/aftersales/v1/deadline_service.pb.h>
#include <redress/aftersales/v1/workflow_service.pb.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "clients/cli/commands.h"
#include "clients/cli/hours.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"
#include "clients/cli/table.h"

// `deadline …`, `calendar …`, and what a case says of its own deadline.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
using google::protobuf::Message;

const std::vector<Column> kRuleColumns = {{"RULE", "rule"},
                                          {"CONDITION", "condition"},
                                          {"PLATFORM", "platform"},
                                          {"VARIANT", "variant"},
                                          {"SECONDS", "duration_seconds"},
                                          {"AGAIN", "repeat_seconds"},
                                          {"WARNS AFTER", "warn_seconds"},
                                          {"CALENDAR", "calendar"},
                                          {"FROM", "effective_time"},
                                          {"OWN", "own"},
                                          {"ENDED", "ended"},
                                          {"VERSION", "version"}};

RpcCommand SetRule() {
  return {.name = "set",
          .help = "Set how long a rule gives, from a moment on",
          .request = &aftersales::SetDeadlineRuleRequest::default_instance(),
          .flags = {{"rule", "rule", "The rule, e.g. seller_answers", true},
                    {"--condition", "condition", "When it holds, e.g. unshipped"},
                    {"--platform", "platform", "Only cases of this marketplace, e.g. taobao"},
                    {"--variant", "variant", "Only cases of this variant, e.g. exchange"},
                    {"--seconds", "duration_seconds", "The duration; needed unless ended"},
                    {"--repeat-seconds", "repeat_seconds",
                     "The duration when armed again; absent means 24 hours"},
                    {"--calendar", "calendar",
                     "The business calendar whose open hours count; absent: every hour counts"},
                    {"--from", "effective_time", "From when; absent means now"},
                    {"--seen", "version",
                     "The version that you saw, 0 for none; refused when there is a newer one"},
                    {"--ended", "ended", "The shop has no rule of its own here any more"}}};
}

struct CalendarOptions {
  std::vector<std::string> open;
  std::vector<std::string> holidays;
  std::vector<std::string> extra;
};

RpcCommand SetCalendar() {
  auto options = std::make_shared<CalendarOptions>();
  return {
      .name = "set",
      .help = "Set a calendar's hours and days from a moment on",
      .request = &aftersales::SetCalendarRequest::default_instance(),
      .flags = {{"name", "name", "The calendar's name; a new one makes a calendar", true},
                {"--from", "effective_time", "From when; absent means now"},
                {"--seen", "version",
                 "The latest version that you saw, 0 for none; refused when there is a newer one"}},
      .complete =
          [options](Context&, Message& message) {
            auto& request = static_cast<aftersales::SetCalendarRequest&>(message);
            for (const auto& text : options->open) ReadWeekdays(text, request);
            for (const auto& text : options->holidays) ReadHoliday(text, request);
            for (const auto& text : options->extra) ReadExtraDay(text, request);
          },
      .options =
          [options](CLI::App& app) {
            app.add_option("--open", options->open,
                           "Weekdays and shifts, e.g. mon-fri=09:00-12:00,13:30-18:00")
                ->required()
                ->type_name("DAYS=HOURS");
            app.add_option("--closed", options->holidays, "A holiday: 2026-10-01='National Day'")
                ->type_name("DATE=NAME");
            app.add_option("--open-on", options->extra,
                           "A day that is open after all: 2026-10-10=09:00-18:00")
                ->type_name("DATE=HOURS");
          }};
}

void ListCalendars(Context& context) {
  aftersales::ListCalendarsRequest request;
  Table table({"NAME", "VERSION", "FROM", "NOW", "WEEK", "SPECIAL DAYS"});
  do {
    const auto page = context.account().Call<aftersales::ListCalendarsResponse>(request);
    if (context.json) context.Print(page, "");
    for (const auto& one : page.calendars()) {
      table.Add({one.name(), std::to_string(one.version()),
                 Cell(one, "effective_time", context.locale()), one.current() ? "yes" : "",
                 WeekText(one), SpecialDaysText(one)});
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  if (context.json) return;
  context.out() << (table.empty() ? "no calendars; `calendar set` makes one\n" : table.Text());
}

std::string SourceText(const aftersales::DeadlineExplanation& why, const Locale& locale) {
  if (why.source() == aftersales::DEADLINE_SOURCE_PLATFORM) {
    return "the platform gave this time; it wins over every rule\n";
  }
  const std::string rule =
      why.rule() + (why.condition().empty() ? "" : " (" + why.condition() + ")");
  if (why.source() == aftersales::DEADLINE_SOURCE_UNSPECIFIED) {
    return "rule " + rule + "; the step was taken before reasons were recorded\n";
  }
  if (why.source() == aftersales::DEADLINE_SOURCE_DEFAULT) {
    return "rule " + rule + ", the default of the product\n";
  }
  std::string scope;
  if (!why.platform().empty()) scope += " on " + why.platform();
  if (!why.variant().empty()) scope += " for " + why.variant();
  return "rule " + rule + ", the shop's own" + (scope.empty() ? " for all cases" : scope) +
         ", version " + std::to_string(why.rule_version()) + ", in force since " +
         Cell(why, "rule_effective_time", locale) + "\n";
}

std::string ArithmeticText(const aftersales::DeadlineExplanation& why, const Locale& locale) {
  std::string text = "start    " + Cell(why, "start_time", locale) + "  (step " +
                     std::to_string(why.sequence()) + ", " + why.state() + ")\n";
  if (why.amount_seconds() > 0) {
    text += "amount   " + SpanText(why.amount_seconds());
    if (why.repeated()) text += ", armed again after the deadline had passed";
    text += why.calendar().empty()
                ? ", every hour counts\n"
                : " of open time by calendar " + why.calendar() + " version " +
                      std::to_string(why.calendar_version()) + " (" + why.time_zone() + ")\n";
  }
  if (!why.calendar().empty()) text += "skipped  " + SpanText(why.skipped_seconds()) + "\n";
  text += "due      " + Cell(why, "due_time", locale) + "\n";
  if (why.has_warn_time()) text += "warning  " + Cell(why, "warn_time", locale) + "\n";
  return text;
}

std::string SpansText(const aftersales::DeadlineExplanation& why, const Locale& locale) {
  if (why.spans_size() == 0) return "";
  Table table({"FROM", "TO", "COUNTS", "HOLIDAY"});
  for (const auto& span : why.spans()) {
    table.Add({Cell(span, "start_time", locale), Cell(span, "end_time", locale),
               span.counts() ? "yes" : "", span.holiday()});
  }
  return table.Text() + (why.more_spans() ? "… and more\n" : "");
}

struct WhyOptions {
  std::string case_text;
  std::uint32_t step = 0;
};

void TellWhyDue(Context& context, const WhyOptions& options) {
  const aftersales::GetCaseRequest key = CaseKey(options.case_text);
  aftersales::WhyDueRequest request;
  if (key.case_id().empty()) {
    request.set_case_number(key.case_number());
  } else {
    request.set_case_id(key.case_id());
  }
  request.set_sequence(options.step);
  const auto answer = context.account().Call<aftersales::WhyDueResponse>(request);
  const auto& why = answer.explanation();
  context.Print(answer, !answer.has_explanation() ? "the case has ended: nothing is due\n"
                                                  : SourceText(why, context.locale()) +
                                                        ArithmeticText(why, context.locale()) +
                                                        SpansText(why, context.locale()));
}

RpcCommand PlatformDeadline() {
  auto version = std::make_shared<std::uint32_t>(0);
  auto text = std::make_shared<std::string>();
  return {.name = "platform-deadline",
          .help = "Record the deadline that the platform gives: it wins over every rule",
          .request = &aftersales::RecordPlatformDeadlineRequest::default_instance(),
          .flags = {{"case", "case_id", kCaseHelp, true,
                     [text](Context&, Message&, const std::string& given) { *text = given; }},
                    {"--due", "due_time", "When the platform's time is up", true}},
          .complete =
              [text, version](Context& context, Message& message) {
                auto& request = static_cast<aftersales::RecordPlatformDeadlineRequest&>(message);
                const aftersales::Case found = FindCase(context, *text);
                request.set_case_id(found.case_id());
                request.set_version(*version > 0 ? *version : found.version());
              },
          .options =
              [version](CLI::App& app) {
                app.add_option("--version", *version,
                               "The version you saw; absent means the current one")
                    ->type_name("N");
              }};
}

}  // namespace

void AddDeadlineCommands(CLI::App& program, Context& context) {
  CLI::App* deadline = program.add_subcommand("deadline", "How long a case may stay in a state");
  deadline->require_subcommand(1);
  AddRpc(*deadline, context,
         {.name = "rules",
          .help = "List the rules: the defaults and the shop's own, past, present and future",
          .request = &aftersales::ListDeadlineRulesRequest::default_instance(),
          .list = "rules",
          .columns = kRuleColumns})
      ->alias("list");
  AddRpc(*deadline, context, SetRule());

  CLI::App* calendar =
      program.add_subcommand("calendar", "When the shop works, for rules that count open hours");
  calendar->require_subcommand(1);
  calendar->add_subcommand("list", "List the calendars with all that was ever set for them")
      ->callback([&context] { ListCalendars(context); });
  AddRpc(*calendar, context, SetCalendar());
}

void AddDueCommands(CLI::App& case_group, Context& context) {
  auto options = std::make_shared<WhyOptions>();
  CLI::App* why = case_group.add_subcommand("why-due", "Tell why a case is due when it is, or was");
  why->add_option("case", options->case_text, kCaseHelp)->required()->type_name("CASE");
  why->add_option("--after-step", options->step, "As this step left it, counted from 1")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  why->callback([&context, options] { TellWhyDue(context, *options); });
  AddRpc(case_group, context, PlatformDeadline());
}

}  // namespace redress::cli
