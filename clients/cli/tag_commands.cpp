#include <redress/customer/v1/tag_rule_service.pb.h>
#include <redress/customer/v1/tag_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

// `tag …`: tags, who has them, and why; `tag rule …`: the conditions that set them.

namespace redress::cli {
namespace {

namespace customer = redress::customer::v1;

const Flag kTag = {"tag", "tag_code", "The tag's code, e.g. loyal", true};
const Flag kCustomer = {"customer", "customer_id", "The customer's id", true};
const Flag kVersion = {"--version", "version", "The version that you saw", true};
const std::vector<Column> kRuleColumns = {{"TAG", "tag_code"},      {"VERSION", "version"},
                                          {"STATE", "state"},       {"ON", "on_version"},
                                          {"SINCE", "change_time"}, {"CONDITION", "expression"}};

RpcCommand Set() {
  return {.name = "set",
          .help = "Define a tag or change its definition; what is left out is empty, 0 or off",
          .request = &customer::SetTagRequest::default_instance(),
          .flags = {kTag,
                    {"--version", "version", "The version that you saw; absent for a new tag"},
                    {"--group", "group", "The group that it is listed in", true},
                    {"--colour", "colour", "Its colour, e.g. #d4380d", true},
                    {"--name-zh", "name_zh", "Its name in Chinese", true},
                    {"--name-en", "name_en", "Its name in English", true},
                    {"--meaning-zh", "meaning_zh", "What it means, in Chinese"},
                    {"--meaning-en", "meaning_en", "What it means, in English"},
                    {"--expiry-days", "expiry_days", "Days after which it expires, set by hand"},
                    {"--by-hand", "by_hand", "Whether people may set it"}}};
}

std::vector<RpcCommand> DefinitionCommands() {
  return {Set(),
          {.name = "list",
           .help = "List the tags of the shop",
           .request = &customer::ListTagsRequest::default_instance(),
           .flags = {{"--with-archived", "with_archived", "Archived ones as well"}},
           .list = "tags",
           .columns = {{"GROUP", "group"},
                       {"TAG", "tag_code"},
                       {"名称", "name_zh"},
                       {"NAME", "name_en"},
                       {"BY HAND", "by_hand"},
                       {"BY RULE", "by_rule"},
                       {"EXPIRES", "expiry_days"},
                       {"VERSION", "version"}}},
          {.name = "archive",
           .help = "Archive a tag, or take it back into use",
           .request = &customer::ArchiveTagRequest::default_instance(),
           .flags = {kTag, kVersion, {"--restore", "restore", "Back into use instead"}}}};
}

std::vector<RpcCommand> CustomerTagCommands() {
  const std::vector<Column> results = {{"CUSTOMER", "customer_id"}, {"RESULT", "result"}};
  return {{.name = "give",
           .help = "Set a tag by hand, for up to 1,000 customers",
           .request = &customer::TagCustomersRequest::default_instance(),
           .flags = {kTag,
                     {"customers", "customer_ids", "The customers' ids", true},
                     {"--expires", "expire_time", "When it expires"}},
           .list = "results",
           .columns = results},
          {.name = "take",
           .help = "Take a tag away by hand, for up to 1,000 customers",
           .request = &customer::UntagCustomersRequest::default_instance(),
           .flags = {kTag,
                     {"customers", "customer_ids", "The customers' ids", true},
                     {"--let-rule-decide", "let_rule_decide",
                      "Hand the decision back to the tag's rule instead"}},
           .list = "results",
           .columns = results},
          {.name = "show",
           .help = "List the tags of a customer",
           .request = &customer::ListCustomerTagsRequest::default_instance(),
           .flags = {kCustomer},
           .list = "tags",
           .columns = {{"TAG", "tag_code"},
                       {"ORIGIN", "origin"},
                       {"BY", "account_id"},
                       {"RULE VERSION", "rule_version"},
                       {"SINCE", "set_time"},
                       {"EXPIRES", "expire_time"}}},
          {.name = "history",
           .help = "List who or what gave and took a customer's tags, newest first",
           .request = &customer::ListTagChangesRequest::default_instance(),
           .flags = {kCustomer},
           .list = "changes",
           .columns = {{"WHEN", "change_time"},
                       {"TAG", "tag_code"},
                       {"ACTION", "action"},
                       {"ORIGIN", "origin"},
                       {"BY", "account_id"},
                       {"RULE VERSION", "rule_version"}}},
          {.name = "customers",
           .help = "List the people who have a tag",
           .request = &customer::ListTaggedCustomersRequest::default_instance(),
           .flags = {kTag},
           .list = "people",
           .columns = {{"CUSTOMER", "customer_id"}, {"ORIGIN", "origin"}, {"SINCE", "set_time"}}},
          {.name = "explain",
           .help = "Say why a customer has a tag or has it not",
           .request = &customer::ExplainTagRequest::default_instance(),
           .flags = {kCustomer, kTag}}};
}

std::vector<RpcCommand> RuleCommands() {
  return {{.name = "facts",
           .help = "List the facts that a condition may name",
           .request = &customer::ListFactsRequest::default_instance(),
           .list = "facts",
           .columns = {{"FACT", "name"},
                       {"TYPE", "type"},
                       {"说明", "meaning_zh"},
                       {"MEANING", "meaning_en"}}},
          {.name = "set",
           .help = "Write the next version of a tag's rule, as a draft",
           .request = &customer::SetTagRuleRequest::default_instance(),
           .flags = {kTag,
                     {"--version", "version", "The version that you saw; absent for the first"},
                     {"--condition", "expression", "e.g. 'paid_orders >= 2'", true}}},
          {.name = "try",
           .help = "Try the newest version on all customers; nothing is tagged",
           .request = &customer::TryTagRuleRequest::default_instance(),
           .flags = {kTag, kVersion}},
          {.name = "switch",
           .help = "Switch the newest version on, or the rule off",
           .request = &customer::SwitchTagRuleRequest::default_instance(),
           .flags = {kTag, kVersion, {"--on", "on", "On; absent means off"}}},
          {.name = "show",
           .help = "Show the rule of a tag",
           .request = &customer::GetTagRuleRequest::default_instance(),
           .flags = {kTag}},
          {.name = "list",
           .help = "List the rules",
           .request = &customer::ListTagRulesRequest::default_instance(),
           .list = "rules",
           .columns = kRuleColumns},
          {.name = "versions",
           .help = "List the conditions that a rule has had, newest first",
           .request = &customer::ListTagRuleVersionsRequest::default_instance(),
           .flags = {kTag},
           .list = "versions",
           .columns = {{"VERSION", "version"},
                       {"SINCE", "write_time"},
                       {"BY", "author_id"},
                       {"CONDITION", "expression"}}},
          {.name = "adopt-shipped",
           .help = "Take over the tags and rules that ship; rules come as drafts",
           .request = &customer::AdoptShippedRulesRequest::default_instance(),
           .flags = {{"tags", "tag_codes", "Which ones; none means all"}},
           .list = "rules",
           .columns = kRuleColumns}};
}

}  // namespace

void AddTagCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("tag", "Tags of customers, and the rules that set them");
  group->require_subcommand(1);
  for (RpcCommand& command : DefinitionCommands()) AddRpc(*group, context, std::move(command));
  for (RpcCommand& command : CustomerTagCommands()) AddRpc(*group, context, std::move(command));
  CLI::App* rules = group->add_subcommand("rule", "Conditions that set tags");
  rules->require_subcommand(1);
  for (RpcCommand& command : RuleCommands()) AddRpc(*rules, context, std::move(command));
}

}  // namespace redress::cli
