#include <redress/aftersales/v1/webhook_service.pb.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <ostream>

#include "clients/cli/commands.h"
#include "clients/cli/rpc_command.h"

// `webhook …`: other people's systems that are told what becomes of cases.

namespace redress::cli {
namespace {

namespace aftersales = redress::aftersales::v1;
using google::protobuf::Message;

constexpr const char* kWebhookHelp = "The webhook's id, as `webhook list` shows it";

const std::vector<Column> kWebhookColumns = {
    {"WEBHOOK", "webhook_id"}, {"TITLE", "title"},       {"URL", "url"},
    {"EVENTS", "event_types"}, {"STATE", "state"},       {"BECAUSE", "pause_reason"},
    {"WAITING", "waiting"},    {"DEAD", "dead_letters"}, {"FAILURES", "failures"}};
const std::vector<Column> kDeliveryColumns = {
    {"DELIVERY", "delivery_id"}, {"EVENT", "event_type"},       {"ID", "event_id"},
    {"STATE", "state"},          {"ATTEMPTS", "attempts"},      {"HTTP", "status"},
    {"PROBLEM", "error"},        {"NEXT", "next_attempt_time"}, {"QUEUED", "queue_time"}};

aftersales::Webhook Read(Context& context, const std::string& id) {
  aftersales::GetWebhookRequest request;
  request.set_webhook_id(id);
  return context.account().Call<aftersales::GetWebhookResponse>(request).webhook();
}

Flag OfWebhook() { return {"webhook", "webhook_id", kWebhookHelp, true}; }

// Without --seen the version is read just before: what a script says of a webhook is about it now.
Flag SeenVersion() {
  return {"--seen", "version", "The version that you saw; absent means the present one"};
}
template <class Request>
void FillVersion(Context& context, Message& request) {
  auto& typed = static_cast<Request&>(request);
  if (typed.version() == 0) typed.set_version(Read(context, typed.webhook_id()).version());
}

// What is left out stays as it is.
void FillSettings(Context& context, Message& request) {
  auto& typed = static_cast<aftersales::UpdateWebhookRequest&>(request);
  const aftersales::Webhook now = Read(context, typed.webhook_id());
  if (typed.version() == 0) typed.set_version(now.version());
  if (typed.title().empty()) typed.set_title(now.title());
  if (typed.url().empty()) typed.set_url(now.url());
  if (typed.event_types().empty()) *typed.mutable_event_types() = now.event_types();
}

std::vector<Flag> SettingsFlags(bool required) {
  return {{"--title", "title", "What people call it", required},
          {"--url", "url", "Where it goes: an https address", required},
          {"--event-types", "event_types",
           "What it is told: types as `webhook types` lists them, refund.*, or '*'", required}};
}

RpcCommand Create() {
  return {.name = "create",
          .help = "Make a webhook; its secret is told now and never again",
          .request = &aftersales::CreateWebhookRequest::default_instance(),
          .flags = SettingsFlags(true)};
}

RpcCommand Update() {
  std::vector<Flag> flags = SettingsFlags(false);
  flags.insert(flags.begin(), OfWebhook());
  flags.push_back(SeenVersion());
  return {.name = "update",
          .help = "Change where it goes or what it is told; what is left out stays",
          .request = &aftersales::UpdateWebhookRequest::default_instance(),
          .flags = std::move(flags),
          .complete = FillSettings};
}

template <class Request>
RpcCommand Change(const char* name, const char* help) {
  return {.name = name,
          .help = help,
          .request = &Request::default_instance(),
          .flags = {OfWebhook(), SeenVersion()},
          .complete = FillVersion<Request>};
}

RpcCommand Rotate() {
  RpcCommand command = Change<aftersales::RotateWebhookSecretRequest>(
      "rotate-secret", "Make a new secret, told now and never again");
  command.flags.push_back({"--overlap-hours", "overlap_hours",
                           "Sign with the old one, too, for so long (at most 168); absent: not"});
  return command;
}

RpcCommand Deliveries() {
  return {.name = "deliveries",
          .help = "List what was sent or is to be sent, newest first",
          .request = &aftersales::ListWebhookDeliveriesRequest::default_instance(),
          .flags = {OfWebhook(), {"--in-state", "state", "Only those in this state"}},
          .list = "deliveries",
          .columns = kDeliveryColumns};
}

RpcCommand DeadLetters() {
  return {.name = "dead-letters",
          .help = "List what was given up, newest first",
          .request = &aftersales::ListWebhookDeliveriesRequest::default_instance(),
          .flags = {OfWebhook()},
          .list = "deliveries",
          .columns = kDeliveryColumns,
          .complete = [](Context&, Message& request) {
            static_cast<aftersales::ListWebhookDeliveriesRequest&>(request).set_state(
                aftersales::WEBHOOK_DELIVERY_STATE_DEAD_LETTER);
          }};
}

void ListTypes(Context& context) {
  aftersales::ListWebhookEventTypesRequest request;
  do {
    const auto page = context.account().Call<aftersales::ListWebhookEventTypesResponse>(request);
    std::string lines;
    for (const std::string& type : page.event_types()) lines += type + "\n";
    context.Print(page, lines);
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
}

// Call after call until none is left; each is safe to repeat under a request_id of its own.
void ReplayAll(Context& context, const std::string& webhook) {
  std::uint32_t replayed = 0;
  for (int call = 1;; ++call) {
    aftersales::ReplayDeadLettersRequest request;
    request.set_webhook_id(webhook);
    context.ApplyRequestId(request);
    if (!request.request_id().empty()) {
      request.set_request_id(request.request_id() + ":" + std::to_string(call));
    }
    const auto answer = context.account().Call<aftersales::ReplayDeadLettersResponse>(request);
    replayed += answer.replayed();
    if (context.json) context.Print(answer, "");
    if (!answer.has_more()) break;
  }
  if (!context.json) context.out() << replayed << " dead letters are sent once more\n";
}

}  // namespace

void AddWebhookCommands(CLI::App& program, Context& context) {
  CLI::App* group = program.add_subcommand("webhook", "Systems that are told of cases");
  group->require_subcommand(1);
  group->add_subcommand("types", "List the types of events, one a line")->callback([&context] {
    ListTypes(context);
  });
  AddRpc(*group, context, Create());
  AddRpc(*group, context,
         {.name = "list",
          .help = "List the shop's webhooks",
          .request = &aftersales::ListWebhooksRequest::default_instance(),
          .list = "webhooks",
          .columns = kWebhookColumns});
  AddRpc(*group, context,
         {.name = "show",
          .help = "Show a webhook",
          .request = &aftersales::GetWebhookRequest::default_instance(),
          .flags = {OfWebhook()}});
  AddRpc(*group, context, Update());
  AddRpc(*group, context,
         Change<aftersales::PauseWebhookRequest>("pause", "Send nothing more; events wait"));
  AddRpc(*group, context,
         Change<aftersales::ResumeWebhookRequest>("resume", "Send again, first what waits"));
  AddRpc(*group, context, Rotate());
  AddRpc(*group, context,
         Change<aftersales::DeleteWebhookRequest>("delete",
                                                  "Forget a webhook, its secret and deliveries"));
  AddRpc(*group, context,
         {.name = "test",
          .help = "Send a test event now and show what became of it",
          .request = &aftersales::SendTestEventRequest::default_instance(),
          .flags = {OfWebhook()}});
  AddRpc(*group, context, Deliveries());
  AddRpc(*group, context, DeadLetters());
  AddRpc(*group, context,
         {.name = "replay",
          .help = "Send a dead letter, or what was taken, once more",
          .request = &aftersales::ReplayWebhookDeliveryRequest::default_instance(),
          .flags = {{"delivery", "delivery_id", "The delivery's id", true}}});
  auto webhook = std::make_shared<std::string>();
  CLI::App* all = group->add_subcommand("replay-all", "Send all dead letters once more");
  all->add_option("webhook", *webhook, kWebhookHelp)->required()->type_name("TEXT");
  all->callback([&context, webhook] { ReplayAll(context, *webhook); });
}

}  // namespace redress::cli
