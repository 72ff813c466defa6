// Who belongs together, what happened with a person, and how people compare.
#include <redress/customer/v1/person_service.pb.h>
#include <redress/customer/v1/rfm_service.pb.h>
#include <redress/customer/v1/timeline_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

namespace redress::cli {
namespace {

namespace customer = redress::customer::v1;

const std::vector<Flag> kIdentityFlags = {
    {"customer", "customer_id", "The customer's id", true},
    {"--kind", "identity.kind", "open_id, union_id or nick", true},
    {"--platform", "identity.platform", "The marketplace", true},
    {"--name", "identity.name", "The name itself", true}};

void AddMergeCommands(CLI::App& group, Context& context) {
  AddRpc(group, context,
         {.name = "duplicates",
          .help = "List customers who seem to be one person, and why",
          .request = &customer::ListDuplicatesRequest::default_instance(),
          .flags = {{"--reason", "reason", "Only for this reason"}},
          .list = "duplicates"});
  AddRpc(group, context,
         {.name = "merge",
          .help = "Merge a customer, with their whole group, into another one's",
          .request = &customer::MergeCustomersRequest::default_instance(),
          .flags = {{"customer", "customer_id", "The customer to merge", true},
                    {"into", "into_customer_id", "The customer whose group they join", true},
                    {"--etag", "etag", "The version of the customer you saw", true},
                    {"--into-etag", "into_etag", "The version of the other one you saw", true},
                    {"--reason", "reason", "Why", true}}});
  AddRpc(group, context,
         {.name = "unmerge",
          .help = "Undo the merge of a customer",
          .request = &customer::UnmergeCustomerRequest::default_instance(),
          .flags = {{"customer", "customer_id", "The customer whose merge is undone", true},
                    {"--etag", "etag", "The version of the customer you saw", true},
                    {"--reason", "reason", "Why", true}}});
  AddRpc(group, context,
         {.name = "merges",
          .help = "List the merges that a customer had a part in, newest first",
          .request = &customer::ListMergesRequest::default_instance(),
          .flags = {{"customer", "customer_id", "The customer's id", true}},
          .list = "merges",
          .columns = {{"ID", "merge_id"},
                      {"CUSTOMER", "customer_id"},
                      {"INTO", "into_customer_id"},
                      {"AT", "merge_time"},
                      {"BY", "merger_id"},
                      {"WHY", "reason"},
                      {"UNDONE", "unmerge_time"}}});
}

void AddIdentityCommands(CLI::App& group, Context& context) {
  AddRpc(group, context,
         {.name = "link",
          .help = "Record what a customer is called besides the nick",
          .request = &customer::LinkIdentityRequest::default_instance(),
          .flags = kIdentityFlags});
  AddRpc(group, context,
         {.name = "unlink",
          .help = "Take such a name away again",
          .request = &customer::UnlinkIdentityRequest::default_instance(),
          .flags = kIdentityFlags});
  AddRpc(group, context,
         {.name = "person",
          .help = "Show who belongs together, by customer or by a name besides the nick",
          .request = &customer::FindPersonRequest::default_instance(),
          .flags = {{"--customer", "customer_id", "Any customer of the person"},
                    {"--kind", "identity.kind", "open_id, union_id or nick"},
                    {"--platform", "identity.platform", "The marketplace"},
                    {"--name", "identity.name", "The name itself"}}});
}

void AddRfmCommands(CLI::App& customer_group, Context& context) {
  CLI::App* group = customer_group.add_subcommand(
      "rfm", "How recently, how often and for how much people bought");
  group->require_subcommand(1);
  AddRpc(*group, context,
         {.name = "compute",
          .help = "Compute bounds and scores of everybody",
          .request = &customer::ComputeRfmRequest::default_instance(),
          .flags = {{"--as-of", "as_of_time", "The moment that recency is counted to"}}});
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show the bounds in force, and one person's scores, explained",
          .request = &customer::GetRfmRequest::default_instance(),
          .flags = {{"customer", "customer_id", "Any customer of the person"}},
          .list = "",
          .columns = {}});
}

}  // namespace

void AddPersonCommands(CLI::App& customer_group, Context& context) {
  AddRpc(customer_group, context,
         {.name = "timeline",
          .help = "Show a person and what happened with them, newest first",
          .request = &customer::GetTimelineRequest::default_instance(),
          .flags = {{"--customer", "customer_id", "Any customer of the person"},
                    {"--platform", "nick.platform", "The marketplace that the nick belongs to"},
                    {"--nick", "nick.nick", "The nick"},
                    {"--kind", "kinds", "Only this kind of entry"}},
          .list = "entries"});
  AddMergeCommands(customer_group, context);
  AddIdentityCommands(customer_group, context);
  AddRfmCommands(customer_group, context);
  AddRpc(customer_group, context,
         {.name = "rebuild",
          .help = "Recompute facts and figures from the events and compare",
          .request = &customer::RebuildFactsRequest::default_instance(),
          .flags = {{"--replace", "replace", "Replace what differs"}}});
}

}  // namespace redress::cli
