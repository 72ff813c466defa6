#include <redress/customer/v1/care_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

// `care …`: whom to contact at which occasion, and the queue of those who are.

namespace redress::cli {
namespace {

namespace customer = redress::customer::v1;

const Flag kCustomer = {"customer", "customer_id", "The customer's id", true};
const Flag kTask = {"task", "task_id", "The task's id", true};
const Flag kVersion = {"--version", "version", "The version that you saw", true};
const std::vector<Column> kTaskColumns = {{"TASK", "task_id"},         {"RULE", "rule_code"},
                                          {"CUSTOMER", "customer_id"}, {"DAY", "occasion_day"},
                                          {"STATE", "state"},          {"DUE", "due_time"},
                                          {"WORKER", "worker_id"},     {"RESULT", "result"},
                                          {"COUPON", "coupon_code"},   {"VERSION", "version"}};

const std::vector<Column> kRuleColumns = {{"RULE", "rule_code"},      {"ENABLED", "enabled"},
                                          {"OCCASION", "occasion"},   {"QUIET", "quiet_days"},
                                          {"COUPON", "coupon"},       {"VERSION", "version"},
                                          {"CONDITION", "expression"}};

RpcCommand SetRule() {
  return {.name = "set-rule",
          .help = "Make a care rule or change one; what is left out is empty, 0 or off",
          .request = &customer::SetCareRuleRequest::default_instance(),
          .flags = {{"rule", "rule_code", "The rule's code, e.g. birthday", true},
                    {"--version", "version", "The version that you saw; absent for a new rule"},
                    {"--name-zh", "name_zh", "Its name in Chinese", true},
                    {"--name-en", "name_en", "Its name in English", true},
                    {"--condition", "expression", "Whom it means, e.g. 'paid_orders > 0'", true},
                    {"--occasion", "occasion", "The occasion", true},
                    {"--days", "days", "Days of a festival, e.g. 2026-11-11"},
                    {"--days-ahead", "days_ahead", "Days before the occasion"},
                    {"--quiet-days", "quiet_days", "Nobody is contacted twice in so long", true},
                    {"--coupon", "coupon", "Whether a coupon is to be sent"},
                    {"--enabled", "enabled", "Whether it makes tasks"}}};
}

std::vector<RpcCommand> RuleCommands() {
  return {SetRule(),
          {.name = "rules",
           .help = "List the care rules",
           .request = &customer::ListCareRulesRequest::default_instance(),
           .list = "rules",
           .columns = kRuleColumns},
          {.name = "adopt",
           .help = "Take over the care rules that ship, switched off; what the shop has stays",
           .request = &customer::AdoptShippedCareRulesRequest::default_instance(),
           .list = "rules",
           .columns = kRuleColumns},
          {.name = "try",
           .help = "Count whom a condition means, of all customers; no task is made",
           .request = &customer::TryCareRuleRequest::default_instance(),
           .flags = {{"--condition", "expression", "Whom it means, e.g. 'paid_orders > 0'", true},
                     {"--occasion", "occasion", "The occasion", true}}},
          {.name = "set-wishes",
           .help = "Record a customer's birthday, or that they ask for no contact",
           .request = &customer::SetCareWishesRequest::default_instance(),
           .flags = {kCustomer,
                     {"--version", "version", "The version that you saw; absent for none"},
                     {"--birthday", "birthday", "Month and day, e.g. 08-31"},
                     {"--no-contact", "no_contact", "Whether they ask for no contact"}}},
          {.name = "wishes",
           .help = "Show what is recorded of a customer",
           .request = &customer::GetCareWishesRequest::default_instance(),
           .flags = {kCustomer}}};
}

std::vector<RpcCommand> TaskCommands() {
  return {{.name = "list",
           .help = "List tasks, the earliest due first",
           .request = &customer::ListCareTasksRequest::default_instance(),
           .flags = {{"--in-state", "state", "Tasks in this state; absent means open ones"}},
           .list = "tasks",
           .columns = kTaskColumns},
          {.name = "claim",
           .help = "Take a task into work; nobody else contacts the person meanwhile",
           .request = &customer::ClaimCareTaskRequest::default_instance(),
           .flags = {kTask, kVersion}},
          {.name = "release",
           .help = "Put a task back into the queue; the person was not contacted",
           .request = &customer::ReleaseCareTaskRequest::default_instance(),
           .flags = {kTask, kVersion}},
          {.name = "done",
           .help = "Record that the person was contacted",
           .request = &customer::FinishCareTaskRequest::default_instance(),
           .flags = {kTask,
                     kVersion,
                     {"--result", "result", "What came of it, e.g. reached", true},
                     {"--coupon", "coupon_code",
                      "The coupon that was sent; required where the rule gives one"}}},
          {.name = "skip",
           .help = "Record that the person is not contacted at this occasion",
           .request = &customer::SkipCareTaskRequest::default_instance(),
           .flags = {kTask, kVersion, {"--reason", "reason", "Why, e.g. wrong_time", true}}}};
}

}  // namespace

void AddCareCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("care", "Contacting customers unasked");
  group->require_subcommand(1);
  for (RpcCommand& command : RuleCommands()) AddRpc(*group, context, std::move(command));
  for (RpcCommand& command : TaskCommands()) AddRpc(*group, context, std::move(command));
}

}  // namespace redress::cli
