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
          .help = "Show the states, events and table of a kind of case, or of the warehouse task",
          .request = &aftersales::DescribeWorkflowRequest::default_instance(),
          .flags = {
              {"kind", "kind", "The kind, e.g. refund; task for the work of a warehouse", true}}});
  AddWorkflowCheckCommand(*workflow, context);
}

}  // namespace redress::cli
