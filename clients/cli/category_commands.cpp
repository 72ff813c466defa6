#include <redress/aftersales/v1/category_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"

// `category …`: goods that cannot be returned.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace identity = redress::identity::v1;
using google::protobuf::Message;

RpcCommand Mark(bool marks) {
  RpcCommand command{
      .name = marks ? "mark" : "unmark",
      .help = marks ? "Mark a refund's goods as not returnable: approving needs a supervisor"
                    : "Take the mark back, as a supervisor",
      .request = &aftersales::MarkNotReturnableRequest::default_instance(),
      .flags = {{"case", "case_id", kCaseHelp, true,
                 [](Context& run, Message& request, const std::string& text) {
                   static_cast<aftersales::MarkNotReturnableRequest&>(request).set_case_id(
                       CaseId(run, text));
                 }},
                {"--version", "version", "The version you saw; absent means the current one"}},
      .complete = [](Context& run, Message& message) {
        auto& request = static_cast<aftersales::MarkNotReturnableRequest&>(message);
        if (request.version() == 0) {
          request.set_version(FindCase(run, request.case_id()).version());
        }
      }};
  if (marks) {
    command.flags.push_back({"reason", "reason", "custom_made, fresh, digital or opened", true});
  }
  return command;
}

RpcCommand Set() {
  return {.name = "set",
          .help = "Set which lines cannot be returned, as an administrator",
          .request = &identity::SetShopSettingRequest::default_instance(),
          .flags = {{"categories", "value",
                     "Beginnings of article codes or words of titles, separated by commas", true},
                    {"--from", "effective_time", "From when; absent means now"}},
          .complete = [](Context&, Message& request) {
            static_cast<identity::SetShopSettingRequest&>(request).set_name(
                "non_returnable_categories");
          }};
}

}  // namespace

void AddCategoryCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("category", "Goods that cannot be returned");
  group->require_subcommand(1);
  AddRpc(*group, context, Mark(true));
  AddRpc(*group, context, Mark(false));
  AddRpc(*group, context, Set());
}

}  // namespace redress::cli
