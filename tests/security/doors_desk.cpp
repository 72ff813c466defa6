// Phrases, messages to buyers, and when they are sent.
#include <gtest/gtest.h>
#include <redress/aftersales/v1/case_notice_service.pb.h>
#include <redress/desk/v1/message_service.pb.h>
#include <redress/desk/v1/notification_service.pb.h>
#include <redress/desk/v1/phrase_service.pb.h>

#include <algorithm>
#include <stdexcept>

#include "tests/e2e/cases.h"
#include "tests/security/doors.h"
#include "tests/support/wait_for.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
namespace desk = redress::desk::v1;
using e2e::Shop;
using e2e::Unique;

constexpr auto kNothing = [](auto&...) {};

desk::Phrase NewPhrase(Shop& shop) {
  desk::CreatePhraseRequest request;
  request.set_request_id(Unique("phrase"));
  request.set_name(Unique("name"));
  request.set_language("zh");
  request.set_text("售后单 {{case_number}}");
  return shop.As("supervisor").Call<desk::CreatePhraseResponse>(request).phrase();
}

std::string NewCase(Shop& shop) {
  return e2e::BringTo(shop, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
}

void FillSend(Shop& shop, const std::string&, desk::SendPhraseRequest& request) {
  request.set_request_id(Unique("send"));
  request.set_case_id(NewCase(shop));
  request.set_phrase_id(NewPhrase(shop).phrase_id());
  request.set_channel(desk::CHANNEL_KIND_MANUAL);
}

desk::Message Waiting(Shop& shop) {
  desk::SendPhraseRequest send;
  FillSend(shop, "agent", send);
  desk::GetMessageRequest get;
  get.set_message_id(shop.As("agent").Call<desk::SendPhraseResponse>(send).message().message_id());
  desk::Message message;
  const bool waits = test::WaitFor(
      [&] {
        message = shop.As("agent").Call<desk::GetMessageResponse>(get).message();
        return message.state() == desk::MESSAGE_STATE_WAITING_FOR_PERSON;
      },
      std::chrono::seconds(20));
  if (!waits) throw std::runtime_error("no message waits: " + message.ShortDebugString());
  return message;
}

// The message after what an agent does with it.
template <class ChangeRequest, class ChangeResponse>
desk::Message Changed(Shop& shop, const desk::Message& message) {
  ChangeRequest request;
  request.set_request_id(Unique("change"));
  request.set_message_id(message.message_id());
  request.set_version(message.version());
  return shop.As("agent").Call<ChangeResponse>(request).message();
}

template <class ChangeRequest>
void FillChange(const desk::Message& message, ChangeRequest& request) {
  request.set_request_id(Unique("change"));
  request.set_message_id(message.message_id());
  request.set_version(message.version());
}

// Off, so that no message is made while other doors are tried.
void FillRule(Shop& shop, const std::string& code, desk::SetNotificationRuleRequest& request) {
  request.set_request_id(Unique("rule"));
  request.set_rule_code(code);
  request.set_case_kind("refund");
  request.set_state("Inspecting");
  request.set_phrase_id(NewPhrase(shop).phrase_id());
  request.set_channel(desk::CHANNEL_KIND_MANUAL);
}

// What ships is there already, and off: it stays so.
void FillDefaults(Shop& shop, const std::string&, desk::UseDefaultNotificationsRequest& request) {
  auto& supervisor = shop.As("supervisor");
  if (supervisor.Call<desk::ListNotificationRulesResponse>(desk::ListNotificationRulesRequest())
          .rules_size() < 5) {
    for (const char* code : {"goods_received", "refund_sent", "replacement_shipped", "follow_up",
                             "review_invitation"}) {
      desk::SetNotificationRuleRequest rule;
      FillRule(shop, code, rule);
      supervisor.Call<desk::SetNotificationRuleResponse>(rule);
    }
  }
  request.set_request_id(Unique("defaults"));
  request.set_language("zh");
}

std::vector<Door> PhraseDoors() {
  const MayPass reads{.roles = "agent supervisor admin auditor"};
  const MayPass writes{.roles = "supervisor admin"};
  return {DoorOf<desk::ListPhraseVariablesRequest>({.roles = "agent supervisor admin"}, kNothing),
          DoorOf<desk::ListPhrasesRequest>(reads, kNothing),
          DoorOf<desk::GetPhraseRequest>(reads,
                                         [](Shop& shop, auto&, auto& request) {
                                           request.set_phrase_id(NewPhrase(shop).phrase_id());
                                         }),
          DoorOf<desk::ListPhraseVersionsRequest>(
              reads, [](Shop& shop, auto&,
                        auto& request) { request.set_phrase_id(NewPhrase(shop).phrase_id()); }),
          DoorOf<desk::PreviewPhraseRequest>({.roles = "agent supervisor admin"},
                                             [](Shop& shop, auto&, auto& request) {
                                               request.set_text("{{customer_nick}}");
                                               request.set_language("zh");
                                               request.set_case_id(NewCase(shop));
                                             }),
          DoorOf<desk::CreatePhraseRequest>(writes,
                                            [](Shop&, auto&, auto& request) {
                                              request.set_request_id(Unique("phrase"));
                                              request.set_name(Unique("name"));
                                              request.set_language("zh");
                                              request.set_text("您好");
                                            }),
          DoorOf<desk::RevisePhraseRequest>(writes,
                                            [](Shop& shop, auto&, auto& request) {
                                              request.set_request_id(Unique("phrase"));
                                              request.set_phrase_id(NewPhrase(shop).phrase_id());
                                              request.set_version(1);
                                              request.set_text("再见");
                                            }),
          DoorOf<desk::ArchivePhraseRequest>(writes, [](Shop& shop, auto&, auto& request) {
            request.set_request_id(Unique("phrase"));
            request.set_phrase_id(NewPhrase(shop).phrase_id());
            request.set_version(1);
          })};
}

std::vector<Door> MessageDoors() {
  const MayPass reads{.roles = "agent supervisor finance admin auditor"};
  const MayPass works{.roles = "agent supervisor"};
  return {
      DoorOf<desk::SendPhraseRequest>(works, FillSend),
      DoorOf<desk::ListMessagesRequest>(
          reads,
          [](Shop& shop, auto&, auto& request) { request.set_case_id(Waiting(shop).case_id()); }),
      DoorOf<desk::GetMessageRequest>(reads,
                                      [](Shop& shop, auto&, auto& request) {
                                        request.set_message_id(Waiting(shop).message_id());
                                      }),
      DoorOf<desk::MarkMessageSentRequest>(
          works, [](Shop& shop, auto&, auto& request) { FillChange(Waiting(shop), request); }),
      DoorOf<desk::ResendMessageRequest>(
          works,
          [](Shop& shop, auto&, auto& request) {
            FillChange(Changed<desk::CancelMessageRequest, desk::CancelMessageResponse>(
                           shop, Waiting(shop)),
                       request);
          }),
      DoorOf<desk::CancelMessageRequest>(
          works, [](Shop& shop, auto&, auto& request) { FillChange(Waiting(shop), request); }),
      DoorOf<desk::ReportMessageRequest>({.roles = "integration"}, [](Shop& shop, auto&,
                                                                      auto& request) {
        request.set_request_id(Unique("report"));
        request.set_message_id(Changed<desk::MarkMessageSentRequest, desk::MarkMessageSentResponse>(
                                   shop, Waiting(shop))
                                   .message_id());
        request.set_delivered(true);
      })};
}

std::vector<Door> NotificationDoors() {
  return {
      DoorOf<desk::ListNotificationRulesRequest>({.roles = "agent supervisor admin auditor"},
                                                 kNothing),
      DoorOf<desk::SetNotificationRuleRequest>({.roles = "supervisor admin"},
                                               [](Shop& shop, auto&, auto& request) {
                                                 std::string code = Unique("rule");
                                                 std::replace(code.begin(), code.end(), '-', '_');
                                                 FillRule(shop, code, request);
                                               }),
      DoorOf<desk::UseDefaultNotificationsRequest>({.roles = "supervisor admin"}, FillDefaults),
      DoorOf<desk::GetHttpChannelRequest>({.roles = "supervisor admin"}, kNothing),
      DoorOf<desk::SetHttpChannelRequest>({.roles = "admin"}, [](Shop& shop, auto&, auto& request) {
        request.set_request_id(Unique("channel"));
        request.set_url("https://sender.example/messages");
        request.set_version(shop.As("admin")
                                .Call<desk::GetHttpChannelResponse>(desk::GetHttpChannelRequest())
                                .channel()
                                .version());
      })};
}

}  // namespace

std::vector<Door> DeskDoors() {
  std::vector<Door> doors = PhraseDoors();
  for (Door& door : MessageDoors()) doors.push_back(std::move(door));
  for (Door& door : NotificationDoors()) doors.push_back(std::move(door));
  doors.push_back(DoorOf<aftersales::GetCaseNoticeRequest>(
      {.services = "desk"},
      [](Shop& shop, auto&, auto& request) { request.set_case_id(NewCase(shop)); }));
  return doors;
}

}  // namespace redress::security
