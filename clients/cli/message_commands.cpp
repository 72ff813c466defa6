#include <redress/desk/v1/message_service.pb.h>
#include <redress/desk/v1/notification_service.pb.h>

#include <CLI/CLI.hpp>

#include "clients/cli/commands.h"
#include "clients/cli/references.h"
#include "clients/cli/rpc_command.h"

// `message …`: what buyers are told. `notification-rule …`: when, and through what.

namespace redress::cli {
namespace {

namespace desk = redress::desk::v1;

const Flag kMessage = {"message", "message_id", "The message's id", true};
const Flag kVersion = {"--version", "version", "The version that you saw", true};

// Sets the request's case_id from a number or an id.
template <class Request>
void SetCase(Context& run, google::protobuf::Message& request, const std::string& text) {
  static_cast<Request&>(request).set_case_id(CaseId(run, text));
}

template <class Request>
RpcCommand Change(const char* name, const char* help) {
  return {.name = name,
          .help = help,
          .request = &Request::default_instance(),
          .flags = {kMessage, kVersion}};
}

RpcCommand List() {
  return {.name = "list",
          .help = "List messages, newest first; those in one state oldest first",
          .request = &desk::ListMessagesRequest::default_instance(),
          .flags = {{"--case", "case_id", kCaseHelp, false, SetCase<desk::ListMessagesRequest>},
                    {"--in-state", "state", "Only messages in this state"}},
          .list = "messages",
          .columns = {{"MESSAGE", "message_id"},
                      {"CASE", "case_number"},
                      {"RULE", "rule_code"},
                      {"CHANNEL", "channel"},
                      {"STATE", "state"},
                      {"REASON", "reason"},
                      {"VERSION", "version"},
                      {"TO", "content.customer_nick"},
                      {"TEXT", "content.text"}}};
}

RpcCommand Send() {
  return {.name = "send",
          .help = "Send a phrase from a case, by hand",
          .request = &desk::SendPhraseRequest::default_instance(),
          .flags = {{"case", "case_id", kCaseHelp, true, SetCase<desk::SendPhraseRequest>},
                    {"phrase", "phrase_id", "The phrase's id", true},
                    {"--channel", "channel", "How it goes out", true}}};
}

RpcCommand SetRule() {
  return {.name = "set",
          .help = "Make a rule or change one; what is left out is empty, 0 or off",
          .request = &desk::SetNotificationRuleRequest::default_instance(),
          .flags = {{"rule", "rule_code", "The rule's code, e.g. refund_sent", true},
                    {"--version", "version", "The version that you saw; absent for a new rule"},
                    {"--kind", "case_kind", "The kind of case, e.g. refund", true},
                    {"--event", "event", "The event that was applied"},
                    {"--state", "state", "The state that was reached"},
                    {"--outcome", "outcome", "The outcome that it brought, e.g. settled"},
                    {"--phrase", "phrase_id", "The phrase's id", true},
                    {"--channel", "channel", "How messages go out", true},
                    {"--delay-seconds", "delay_seconds", "How long after the event"},
                    {"--quiet-days", "quiet_days", "The same buyer is not told again so long"},
                    {"--minimum-score", "minimum_score", "Only after such a follow-up"},
                    {"--invites-review", "invites_review", "Whether it invites to review"},
                    {"--enabled", "enabled", "Whether it is on"}}};
}

}  // namespace

void AddMessageCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("message", "What buyers are told about their cases");
  group->require_subcommand(1);
  AddRpc(*group, context, List());
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show a message",
          .request = &desk::GetMessageRequest::default_instance(),
          .flags = {kMessage}});
  AddRpc(*group, context, Send());
  AddRpc(*group, context,
         Change<desk::MarkMessageSentRequest>("mark-sent",
                                              "Record that you sent it in the platform's chat"));
  AddRpc(*group, context,
         Change<desk::ResendMessageRequest>("resend", "Queue it once more, filled anew"));
  AddRpc(*group, context,
         Change<desk::CancelMessageRequest>("cancel", "Cancel a message that was not sent"));
  AddRpc(*group, context,
         {.name = "report",
          .help = "Tell what became of a sent message, for the shop's own sender",
          .request = &desk::ReportMessageRequest::default_instance(),
          .flags = {kMessage,
                    {"--delivered", "delivered", "Whether the buyer has it", true},
                    {"--reason", "reason", "Why it did not arrive, a short code"}}});
}

void AddNotificationCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("notification-rule", "When buyers hear of their cases");
  group->require_subcommand(1);
  AddRpc(*group, context,
         {.name = "list",
          .help = "List the rules",
          .request = &desk::ListNotificationRulesRequest::default_instance(),
          .list = "rules",
          .columns = {{"RULE", "rule_code"},
                      {"ON", "enabled"},
                      {"KIND", "case_kind"},
                      {"EVENT", "event"},
                      {"STATE", "state"},
                      {"OUTCOME", "outcome"},
                      {"CHANNEL", "channel"},
                      {"DELAY", "delay_seconds"},
                      {"PHRASE", "phrase_id"},
                      {"VERSION", "version"}}});
  AddRpc(*group, context, SetRule());
  AddRpc(*group, context,
         {.name = "use-defaults",
          .help = "Make the rules and phrases that ship, and switch them on",
          .request = &desk::UseDefaultNotificationsRequest::default_instance(),
          .flags = {{"--language", "language", "What the shop's buyers read: zh or en", true}},
          .list = "rules"});
  AddRpc(*group, context,
         {.name = "channel",
          .help = "Show where the shop's own sender listens",
          .request = &desk::GetHttpChannelRequest::default_instance()});
  AddRpc(*group, context,
         {.name = "set-channel",
          .help = "Set where it listens; makes and shows a new secret",
          .request = &desk::SetHttpChannelRequest::default_instance(),
          .flags = {{"--url", "url", "The address, https", true},
                    {"--version", "version", "The version that you saw; absent for the first"}}});
}

}  // namespace redress::cli
