#include <redress/desk/v1/conversation_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

// `conversation list`, `show`.

namespace redress::cli {

namespace desk = redress::desk::v1;

void AddConversationCommands(CLI::App& program, Context& context) {
  CLI::App* group =
      program.add_subcommand("conversation", "What buyers and the shop said to each other");
  group->require_subcommand(1);
  AddRpc(*group, context,
         {.name = "list",
          .help = "List conversations, those with the latest message first",
          .request = &desk::ListConversationsRequest::default_instance(),
          .flags = {{"--customer", "customer_id", "Only of this customer"}},
          .list = "conversations",
          .columns = {{"CONVERSATION", "conversation_id"},
                      {"CUSTOMER", "customer_id"},
                      {"CHANNEL", "channel"},
                      {"SINCE", "start_time"},
                      {"LAST", "last_message_time"},
                      {"CUSTOMER'S", "customer_messages"},
                      {"SHOP'S", "shop_messages"}}});
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show a conversation's messages, oldest first",
          .request = &desk::GetConversationRequest::default_instance(),
          .flags = {{"conversation", "conversation_id", "The conversation's id", true}},
          .list = "messages",
          .columns = {
              {"TIME", "send_time"}, {"SIDE", "side"}, {"AGENT", "agent_name"}, {"TEXT", "text"}}});
}

}  // namespace redress::cli
