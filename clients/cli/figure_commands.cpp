#include <redress/scoring/v1/figure_service.pb.h>
#include <redress/scoring/v1/funnel_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

namespace redress::cli {
namespace {

namespace scoring = redress::scoring::v1;

constexpr int kUsualDays = 30;

const std::vector<Column> kDefinitionColumns = {{"FIGURE", "figure_id"}, {"名称", "name_zh"},
                                                {"NAME", "name_en"},     {"UNIT", "unit"},
                                                {"BETTER", "direction"}, {"FORMULA", "formula_en"}};

const std::vector<Column> kValueColumns = {{"FIGURE", "figure_id"},
                                           {"DAY", "day"},
                                           {"AGENT", "agent_id"},
                                           {"KIND", "kind"},
                                           {"VALUE", "value"},
                                           {"NUMERATOR", "numerator"},
                                           {"DENOMINATOR", "denominator"},
                                           {"CURRENCY", "currency_code"}};

// The last 30 days of the shop unless the caller says which. `message` holds the days.
void CompleteDays(Context& context, google::protobuf::Message& message) {
  const auto& from = FieldAt(*message.GetDescriptor(), "from_day");
  const auto& to = FieldAt(*message.GetDescriptor(), "to_day");
  const auto& reflection = *message.GetReflection();
  const absl::CivilDay today = absl::ToCivilDay(absl::Now(), context.locale().time_zone);
  if (reflection.GetString(message, &to).empty()) {
    reflection.SetString(&message, &to, absl::FormatCivilTime(today));
  }
  if (reflection.GetString(message, &from).empty()) {
    absl::CivilDay last = today;
    absl::ParseCivilTime(reflection.GetString(message, &to), &last);
    reflection.SetString(&message, &from, absl::FormatCivilTime(last - (kUsualDays - 1)));
  }
}

void CompleteQuery(Context& context, google::protobuf::Message& request) {
  const auto& field = FieldAt(*request.GetDescriptor(), "query");
  CompleteDays(context, *request.GetReflection()->MutableMessage(&request, &field));
}

const std::vector<Flag> kQueryFlags = {
    {"figures", "query.figure_ids", "The figures; none means all"},
    {"--from", "query.from_day", "First day in the shop's zone; absent means 30 days"},
    {"--to", "query.to_day", "Last day, inclusive; absent means today"},
    {"--by-day", "query.by_day", "One row per day"},
    {"--by-agent", "query.by_agent", "One row per agent"},
    {"--agent", "query.agent_id", "Only this agent's"},
    {"--kind", "query.kind", "Only cases of this kind"}};

const std::vector<Flag> kFunnelFlags = {
    {"kind", "query.kind", "The kind of case, e.g. refund", true},
    {"--from", "query.from_day", "First day in the shop's zone; absent means 30 days"},
    {"--to", "query.to_day", "Last day, inclusive; absent means today"},
    {"--machine-version", "query.workflow_version", "Only steps of this version of the machine"}};

// What two commands show of the same answer.
RpcCommand Funnel(const std::string& name, const std::string& help, const std::string& list,
                  const std::vector<Column>& columns) {
  return {.name = name,
          .help = help,
          .request = &scoring::GetFunnelRequest::default_instance(),
          .flags = kFunnelFlags,
          .list = list,
          .columns = columns,
          .complete = CompleteQuery};
}

void AddFunnelCommands(CLI::App& group, Context& context) {
  AddRpc(group, context,
         Funnel("funnel",
                "Show how many cases entered each state, how long they stayed, and are "
                "there now",
                "states",
                {{"STATE", "state"},
                 {"FINAL", "final"},
                 {"ENTERED", "entered"},
                 {"CASES", "cases"},
                 {"LEFT", "left"},
                 {"MEAN", "mean_stay"},
                 {"MEDIAN", "median_stay"},
                 {"P90", "p90_stay"},
                 {"NOW", "now"}}));
  AddRpc(group, context,
         Funnel("funnel-edges", "Show how many cases took each edge", "edges",
                {{"FROM", "from_state"},
                 {"EVENT", "event"},
                 {"TO", "to_state"},
                 {"TAKEN", "taken"},
                 {"CASES", "cases"}}));
  std::vector<Flag> flags = kFunnelFlags;
  flags.insert(flags.end(),
               {{"--entered", "entered", "Those that entered this state"},
                {"--now", "now", "Those that are in this state now"},
                {"--edge-from", "edge.from_state", "Those that took an edge from here"},
                {"--edge-event", "edge.event", "… by this event"},
                {"--edge-to", "edge.to_state", "… to here"}});
  AddRpc(group, context,
         {.name = "funnel-cases",
          .help = "List the cases behind a count of the funnel",
          .request = &scoring::ListFunnelCasesRequest::default_instance(),
          .flags = std::move(flags),
          .list = "cases",
          .complete = CompleteQuery});
}

}  // namespace

void AddFigureCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("kpi", "Figures");
  group->require_subcommand(1);
  AddRpc(*group, context,
         {.name = "list",
          .help = "List the catalogue",
          .request = &scoring::ListFigureDefinitionsRequest::default_instance(),
          .list = "definitions",
          .columns = kDefinitionColumns});
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show figures over a span of days",
          .request = &scoring::QueryFiguresRequest::default_instance(),
          .flags = kQueryFlags,
          .list = "values",
          .columns = kValueColumns,
          .complete = CompleteQuery});
  AddRpc(*group, context,
         {.name = "watch",
          .help = "Show figures at once and again whenever they change",
          .request = &scoring::WatchFiguresRequest::default_instance(),
          .flags = kQueryFlags,
          .list = "values",
          .columns = kValueColumns,
          .complete = CompleteQuery});
  AddRpc(*group, context,
         {.name = "items",
          .help = "List the cases or orders behind a figure",
          .request = &scoring::ListFigureItemsRequest::default_instance(),
          .flags = {{"figure", "figure_id", "The figure", true},
                    {"--from", "from_day", "First day; absent means 30 days"},
                    {"--to", "to_day", "Last day, inclusive; absent means today"},
                    {"--agent", "agent_id", "Only this agent's"},
                    {"--kind", "kind", "Only this kind"}},
          .list = "items",
          .complete = CompleteDays});
  AddRpc(*group, context,
         {.name = "rebuild",
          .help = "Recompute every figure from the events and compare",
          .request = &scoring::RebuildFiguresRequest::default_instance(),
          .flags = {{"--replace", "replace", "Replace figures that differ"}}});
  AddFunnelCommands(*group, context);
}

}  // namespace redress::cli
