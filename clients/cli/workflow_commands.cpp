#include <redress/aftersales/v1/workflow_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;

}  // namespace

void AddWorkflowCommands(CLI::App& program, Context& context) {
  CLI::App* workflow = program.add_subcommand("workflow", "The state machines");
  workflow->require_subcommand(1);
  AddRpc(*workflow, context,
         {.name = "describe",
          .help = "Show the states, events and table of a kind of case",
          .request = &aftersales::DescribeWorkflowRequest::default_instance(),
          .flags = {{"kind", "kind", "The kind, e.g. refund", true}}});

  CLI::App* deadline = program.add_subcommand("deadline", "How long a case may stay in a state");
  deadline->require_subcommand(1);
  AddRpc(*deadline, context,
         {.name = "list",
          .help = "List the rules in force, now and later",
          .request = &aftersales::ListDeadlineRulesRequest::default_instance(),
          .list = "rules"});
  AddRpc(*deadline, context,
         {.name = "set",
          .help = "Set a rule's duration from a moment on",
          .request = &aftersales::SetDeadlineRuleRequest::default_instance(),
          .flags = {{"rule", "rule", "The rule, e.g. seller_answers", true},
                    {"--condition", "condition", "When it holds, e.g. unshipped"},
                    {"--seconds", "duration_seconds", "The duration", true},
                    {"--repeat-seconds", "repeat_seconds",
                     "The duration when armed again; absent means 24 hours"},
                    {"--from", "effective_time", "From when; absent means now"}}});
}

}  // namespace redress::cli
