#include <redress/aftersales/v1/late_report_service.pb.h>
#include <redress/aftersales/v1/warehouse_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"
#include "clients/cpp/text.h"

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;

const std::vector<Column> kTaskColumns = {{"TASK", "task_id"},
                                          {"CASE", "case_id"},
                                          {"KIND", "kind"},
                                          {"STATE", "state"},
                                          {"SKU", "sku"},
                                          {"TITLE", "title"},
                                          {"UNITS", "quantity"},
                                          {"STOPPED", "intercept_outcome"},
                                          {"CARRIER", "carrier"},
                                          {"TRACKING", "tracking_number"},
                                          {"HELD BY", "claimed_by"},
                                          {"UNTIL", "lease_expire_time"}};

const Flag kTask = {"task", "task_id", "The task's id", true};
const Flag kLease = {"--lease-seconds", "lease_seconds", "How long; absent means 15 minutes"};

// A repeat under the same reference is harmless; one made up here makes the retries of this call
// repeats, and nothing more.
void CompleteReference(Context& context, google::protobuf::Message& request) {
  const auto& field = FieldAt(*request.GetDescriptor(), "wms_reference");
  const auto& reflection = *request.GetReflection();
  if (!reflection.GetString(request, &field).empty()) return;
  reflection.SetString(&request, &field,
                       context.request_id.empty() ? client::RandomRequestId() : context.request_id);
}

std::vector<Flag> ReportFlags(const std::vector<Flag>& fields) {
  std::vector<Flag> flags = {kTask,
                             {"--wms-reference", "wms_reference",
                              "Your own reference of this report; absent means a random one"},
                             {"--text", "text", "Free text for the agent"}};
  flags.insert(flags.end(), fields.begin(), fields.end());
  return flags;
}

RpcCommand Report(const std::string& name, const std::string& help,
                  const std::vector<Flag>& fields) {
  return {.name = name,
          .help = help,
          .request = &aftersales::ReportTaskRequest::default_instance(),
          .flags = ReportFlags(fields),
          .complete = CompleteReference};
}

void AddReplacementReports(CLI::App& report, Context& context) {
  AddRpc(report, context,
         {.name = "packed",
          .help = "A replacement is packed and has not left",
          .request = &aftersales::ReportTaskRequest::default_instance(),
          .flags = ReportFlags({}),
          .complete = [](Context& run, google::protobuf::Message& request) {
            static_cast<aftersales::ReportTaskRequest&>(request).mutable_packed();
            CompleteReference(run, request);
          }});
  AddRpc(report, context,
         Report("intercepted", "It is known whether the parcel was stopped",
                {{"--outcome", "intercepted.outcome", "caught, or missed when it was too late",
                  true}}));
}

void AddReportCommands(CLI::App& group, Context& context) {
  CLI::App* report = group.add_subcommand("report", "Report what happened to the goods of a task");
  report->require_subcommand(1);
  AddRpc(*report, context,
         Report("received", "The goods have arrived",
                {{"--quantity", "received.quantity", "Units that arrived", true}}));
  AddRpc(*report, context,
         Report("inspected", "The goods were looked at",
                {{"--quantity-good", "inspected.quantity_good", "Units in good condition", true},
                 {"--reason", "inspected.reason", "Why not all of them, e.g. box_damage"}}));
  AddRpc(*report, context,
         Report("failed", "The work cannot be done", {{"--reason", "failed.reason", "Why", true}}));
  AddRpc(*report, context,
         Report("shipped", "The goods have left for the buyer",
                {{"--carrier", "shipped.carrier", "The carrier", true},
                 {"--tracking-number", "shipped.tracking_number", "The tracking number", true}}));
  AddReplacementReports(*report, context);
}

void AddUnexpectedCommands(CLI::App& group, Context& context) {
  CLI::App* unexpected = group.add_subcommand("unexpected", "Goods that no task announced");
  unexpected->require_subcommand(1);
  AddRpc(*unexpected, context,
         {.name = "report",
          .help = "Record goods, so that a person sees them",
          .request = &aftersales::ReportUnexpectedGoodsRequest::default_instance(),
          .flags = {{"--wms-reference", "wms_reference",
                     "Your own reference of this report; absent means a random one"},
                    {"--carrier", "carrier", "The carrier"},
                    {"--tracking-number", "tracking_number", "The tracking number"},
                    {"--sku", "sku", "The article code, as far as it can be read"},
                    {"--quantity", "quantity", "Units", true}},
          .complete = CompleteReference});
  AddRpc(*unexpected, context,
         {.name = "list",
          .help = "List them, newest first",
          .request = &aftersales::ListUnexpectedGoodsRequest::default_instance(),
          .list = "goods"});
}

void AddLateReportCommands(CLI::App& group, Context& context) {
  CLI::App* late = group.add_subcommand("late", "Reports on cases that had ended");
  late->require_subcommand(1);
  AddRpc(*late, context,
         {.name = "list",
          .help = "List those that nobody has looked at, oldest first",
          .request = &aftersales::ListLateReportsRequest::default_instance(),
          .list = "reports",
          .columns = {{"NUMBER", "case_number"},
                      {"CASE", "case_id"},
                      {"STEP", "sequence"},
                      {"TASK", "task_id"},
                      {"REASON", "reason"},
                      {"SINCE", "report_time"}}});
  AddRpc(*late, context,
         {.name = "acknowledge",
          .help = "Say that you have looked, and take a report off the list",
          .request = &aftersales::AcknowledgeLateReportRequest::default_instance(),
          .flags = {{"case", "case_id", kCaseHelp, true,
                     [](Context& run, google::protobuf::Message& request, const std::string& text) {
                       static_cast<aftersales::AcknowledgeLateReportRequest&>(request).set_case_id(
                           CaseId(run, text));
                     }},
                    {"step", "sequence", "The case's step, as the list names it", true}}});
}

}  // namespace

void AddWarehouseCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("warehouse", "Goods work");
  group->require_subcommand(1);
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show one task",
          .request = &aftersales::GetTaskRequest::default_instance(),
          .flags = {kTask}});
  AddRpc(*group, context,
         {.name = "list",
          .help = "List tasks, oldest first; the open ones unless --in-state says otherwise",
          .request = &aftersales::ListTasksRequest::default_instance(),
          .flags = {{"--in-state", "state", "Only tasks in this state"},
                    {"--case", "case_id", kCaseHelp, false,
                     [](Context& run, google::protobuf::Message& request, const std::string& text) {
                       static_cast<aftersales::ListTasksRequest&>(request).set_case_id(
                           CaseId(run, text));
                     }}},
          .list = "tasks",
          .columns = kTaskColumns});
  AddRpc(*group, context,
         {.name = "watch",
          .help = "Show every open task, then each again whenever it changes",
          .request = &aftersales::WatchTasksRequest::default_instance()});
  AddRpc(*group, context,
         {.name = "claim",
          .help = "Take a task for a while",
          .request = &aftersales::ClaimTaskRequest::default_instance(),
          .flags = {kTask, kLease}});
  AddRpc(*group, context,
         {.name = "renew",
          .help = "Hold a claimed task longer",
          .request = &aftersales::RenewTaskLeaseRequest::default_instance(),
          .flags = {kTask, kLease}});
  AddRpc(*group, context,
         {.name = "release",
          .help = "Give a claimed task back to the queue",
          .request = &aftersales::ReleaseTaskRequest::default_instance(),
          .flags = {kTask}});
  AddReportCommands(*group, context);
  AddUnexpectedCommands(*group, context);
  AddLateReportCommands(*group, context);
}

}  // namespace redress::cli
