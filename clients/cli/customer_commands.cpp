#include <redress/customer/v1/customer_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

namespace redress::cli {
namespace {

namespace customer = redress::customer::v1;

const std::vector<Column> kCustomerColumns = {
    {"ID", "customer_id"},           {"PLATFORM", "platform"},          {"NICK", "nick"},
    {"NAME", "masked_contact.name"}, {"PHONE", "masked_contact.phone"}, {"SINCE", "create_time"}};

}  // namespace

void AddCustomerCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("customer", "The buyers of the shop");
  group->require_subcommand(1);
  CLI::App* find =
      AddRpc(*group, context,
             {.name = "find",
              .help = "Find by nick on a platform, or by phone number",
              .request = &customer::FindCustomerRequest::default_instance(),
              .flags = {{"--platform", "nick.platform", "The marketplace that the nick belongs to"},
                        {"--nick", "nick.nick", "The nick"},
                        {"--phone", "phone", "A phone number in any usual spelling"}},
              .list = "customers",
              .columns = kCustomerColumns});
  find->get_option("--nick")->needs("--platform");
  find->get_option("--platform")->needs("--nick");
  find->get_option("--phone")->excludes("--nick");
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show one customer, contact data masked",
          .request = &customer::GetCustomerRequest::default_instance(),
          .flags = {{"customer", "customer_id", "The customer's id", true}}});
  AddRpc(*group, context,
         {.name = "list",
          .help = "List the customers, newest first",
          .request = &customer::ListCustomersRequest::default_instance(),
          .list = "customers",
          .columns = kCustomerColumns});
  AddRpc(*group, context,
         {.name = "upsert",
          .help = "Create the customer of a nick, or change what is known of them",
          .request = &customer::UpsertCustomerRequest::default_instance(),
          .flags = {{"--platform", "platform", "The marketplace", true},
                    {"--nick", "nick", "The nick", true},
                    {"--name", "contact.name", "The person's name"},
                    {"--phone", "contact.phone", "The phone number"},
                    {"--address", "contact.address", "The postal address in one line"},
                    {"--etag", "etag", "The version you saw; needed to change a known customer"}}});
  AddRpc(*group, context,
         {.name = "reveal",
          .help = "Show contact data in clear; each reveal is recorded with its reason",
          .request = &customer::RevealContactRequest::default_instance(),
          .flags = {{"customer", "customer_id", "The customer's id", true},
                    {"--reason", "reason", "Why you need it", true}}});
  AddPersonCommands(*group, context);
}

}  // namespace redress::cli
