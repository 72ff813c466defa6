#include <redress/identity/v1/shop_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/password.h"
#include "clients/cli/rpc_command.h"

namespace redress::cli {
namespace {

namespace identity = redress::identity::v1;

RpcCommand CreateShop() {
  auto password = std::make_shared<PasswordSource>();
  return {
      .name = "create",
      .help = "Create a shop and its first admin (with the operator's certificate)",
      .request = &identity::CreateShopRequest::default_instance(),
      .flags = {{"--name", "name", "The shop's name", true},
                {"--time-zone", "time_zone", "IANA zone of its days, e.g. Asia/Shanghai", true},
                {"--currency", "currency_code", "ISO 4217 code, e.g. CNY", true},
                {"--admin", "first_admin.account_name", "The admin's account name", true},
                {"--admin-name", "first_admin.display_name", "The admin's name to show", true}},
      .as_operator = true,
      .complete =
          [password](Context& context, google::protobuf::Message& request) {
            static_cast<identity::CreateShopRequest&>(request).mutable_first_admin()->set_password(
                password->Read(context, "The admin's first password"));
          },
      .options = [password](CLI::App& app) { password->AddTo(app); }};
}

RpcCommand CreateMember() {
  auto password = std::make_shared<PasswordSource>();
  auto existing = std::make_shared<bool>(false);
  return {.name = "create",
          .help = "Give an account a membership; asks for the password of a new account",
          .request = &identity::CreateMemberRequest::default_instance(),
          .flags = {{"--account", "account_name", "The account's name", true},
                    {"--display-name", "display_name", "The name to show; for a new account"},
                    {"--roles", "roles", "What it does here", true},
                    {"--approval-limit-minor", "approval_limit_minor",
                     "Largest refund approved alone, minor units; absent means no limit"}},
          .complete =
              [password, existing](Context& context, google::protobuf::Message& request) {
                if (*existing) return;
                static_cast<identity::CreateMemberRequest&>(request).set_password(
                    password->Read(context, "The account's first password"));
              },
          .options =
              [password, existing](CLI::App& app) {
                password->AddTo(app);
                app.add_flag("--existing", *existing,
                             "The account exists already and keeps its password");
              }};
}

// The version is asked for: the caller has to have seen what they change.
RpcCommand UpdateMember() {
  return {.name = "update",
          .help = "Change roles or limit; no --roles ends the membership",
          .request = &identity::UpdateMemberRequest::default_instance(),
          .flags = {{"account", "account_id", "The member's account id", true},
                    {"--etag", "etag", "The version you saw (member list shows it)", true},
                    {"--roles", "roles", "Its roles from now on"},
                    {"--approval-limit-minor", "approval_limit_minor",
                     "Its limit from now on, minor units; absent means no limit"}}};
}

}  // namespace

void AddShopCommands(CLI::App& program, Context& context) {
  CLI::App* shop = program.add_subcommand("shop", "Shops and their settings");
  shop->require_subcommand(1);
  AddRpc(*shop, context, CreateShop());
  AddRpc(*shop, context,
         {.name = "show",
          .help = "Show the shop",
          .request = &identity::GetShopRequest::default_instance()});
  AddRpc(*shop, context,
         {.name = "settings",
          .help = "List the settings with their dates",
          .request = &identity::ListShopSettingsRequest::default_instance(),
          .list = "settings"});
  AddRpc(*shop, context,
         {.name = "set",
          .help = "Set one setting from a moment on",
          .request = &identity::SetShopSettingRequest::default_instance(),
          .flags = {{"setting", "name", "The setting's name", true},
                    {"value", "value", "Its value", true},
                    {"--from", "effective_time", "From when; absent means now"}}});

  CLI::App* member = program.add_subcommand("member", "The people who work in the shop");
  member->require_subcommand(1);
  AddRpc(*member, context, CreateMember());
  AddRpc(*member, context,
         {.name = "list",
          .help = "List the members",
          .request = &identity::ListMembersRequest::default_instance(),
          .list = "members"});
  AddRpc(*member, context, UpdateMember());
}

}  // namespace redress::cli
