#include <redress/aftersales/v1/agent_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

// `agent list`, `agent update`, `agent begin-shift` and `agent end-shift`.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;

RpcCommand List() {
  return {.name = "list",
          .help = "List teams, skills, shifts and open cases",
          .request = &aftersales::ListAgentsRequest::default_instance(),
          .flags = {{"--team", "team", "Only this team's"}},
          .list = "agents"};
}

RpcCommand Update() {
  return {.name = "update",
          .help = "Say how an agent works: what is left out is none, every kind, 15",
          .request = &aftersales::UpdateAgentRequest::default_instance(),
          .flags = {{"account", "account_id", "The account's id", true},
                    {"--version", "version", "The version that you saw; absent for a new entry"},
                    {"--team", "team", "Their team"},
                    {"--kinds", "kinds", "Kinds of case that they are given, e.g. refund"},
                    {"--most-open-cases", "most_open_cases",
                     "They are given none while they have this many open"}}};
}

RpcCommand Shift(bool begins) {
  RpcCommand command{
      .name = begins ? "begin-shift" : "end-shift",
      .help = begins ? "Begin a shift: from now on cases are given by themselves"
                     : "End a shift: cases that are open stay",
      .request = &aftersales::SetShiftRequest::default_instance(),
      .flags = {{"--account", "account_id", "Whose, as their supervisor; absent: yours"}},
      .complete = [begins](Context&, google::protobuf::Message& request) {
        static_cast<aftersales::SetShiftRequest&>(request).set_on_shift(begins);
      }};
  if (begins) {
    command.flags.push_back({"--until", "end_time", "When it ends by itself, within 24 hours"});
  }
  return command;
}

}  // namespace

void AddAgentCommands(CLI::App& program, Context& context) {
  CLI::App* agent = program.add_subcommand("agent", "Who works cases: teams, skills, shifts");
  agent->require_subcommand(1);
  AddRpc(*agent, context, List());
  AddRpc(*agent, context, Update());
  AddRpc(*agent, context, Shift(true));
  AddRpc(*agent, context, Shift(false));
}

}  // namespace redress::cli
