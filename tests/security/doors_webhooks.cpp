// Webhooks: admins make and move them, auditors read.
#include <redress/aftersales/v1/webhook_service.pb.h>

#include "tests/security/doors.h"

namespace redress::security {
namespace {

namespace aftersales = redress::aftersales::v1;
using e2e::Shop;
using e2e::Unique;

constexpr char kReaders[] = "admin auditor";
constexpr char kAdmin[] = "admin";
constexpr int kTidyAbove = 10;

google::protobuf::RepeatedPtrField<aftersales::Webhook> Listed(Shop& shop) {
  return shop.As(kAdmin)
      .Call<aftersales::ListWebhooksResponse>(aftersales::ListWebhooksRequest())
      .webhooks();
}

void Delete(Shop& shop, const aftersales::Webhook& webhook) {
  aftersales::DeleteWebhookRequest request;
  request.set_webhook_id(webhook.webhook_id());
  request.set_version(webhook.version());
  shop.As(kAdmin).Call<aftersales::DeleteWebhookResponse>(request);
}

template <class Message>
void FillSettings(Message& request) {
  request.set_request_id(Unique("webhook"));
  request.set_title("Theirs");
  // Nobody listens there, and hardly anything happens that it would be told of.
  request.set_url("http://127.0.0.1:9/hook");
  request.add_event_types("review.void_case");
}

// A shop has a bounded number of them: what earlier tests made goes first.
void MakeRoom(Shop& shop) {
  const auto listed = Listed(shop);
  for (int i = 0; i + kTidyAbove < listed.size(); ++i) Delete(shop, listed.Get(i));
}

aftersales::Webhook NewWebhook(Shop& shop) {
  MakeRoom(shop);
  aftersales::CreateWebhookRequest request;
  FillSettings(request);
  return shop.As(kAdmin).Call<aftersales::CreateWebhookResponse>(request).webhook();
}

template <class Message>
Door ReadDoor() {
  return DoorOf<Message>({.roles = kReaders}, [](Shop& shop, const std::string&, Message& request) {
    request.set_webhook_id(NewWebhook(shop).webhook_id());
  });
}

template <class Message>
Door WriteDoor() {
  return DoorOf<Message>({.roles = kAdmin}, [](Shop& shop, const std::string&, Message& request) {
    request.set_request_id(Unique("webhook"));
    request.set_webhook_id(NewWebhook(shop).webhook_id());
  });
}

template <class Message>
Door ChangeDoor() {
  return DoorOf<Message>({.roles = kAdmin}, [](Shop& shop, const std::string&, Message& request) {
    const aftersales::Webhook webhook = NewWebhook(shop);
    request.set_request_id(Unique("webhook"));
    request.set_webhook_id(webhook.webhook_id());
    request.set_version(webhook.version());
  });
}

void FillUpdate(Shop& shop, const std::string&, aftersales::UpdateWebhookRequest& request) {
  const aftersales::Webhook webhook = NewWebhook(shop);
  FillSettings(request);
  request.set_webhook_id(webhook.webhook_id());
  request.set_version(webhook.version());
}

void FillReplay(Shop& shop, const std::string&, aftersales::ReplayWebhookDeliveryRequest& request) {
  aftersales::SendTestEventRequest test;
  test.set_webhook_id(NewWebhook(shop).webhook_id());
  request.set_request_id(Unique("replay"));
  request.set_delivery_id(
      shop.As(kAdmin).Call<aftersales::SendTestEventResponse>(test).delivery().delivery_id());
}

}  // namespace

std::vector<Door> WebhookDoors() {
  return {DoorOf<aftersales::ListWebhookEventTypesRequest>({.roles = kReaders},
                                                           [](Shop&, auto&, auto&) {}),
          DoorOf<aftersales::CreateWebhookRequest>({.roles = kAdmin},
                                                   [](Shop& shop, auto&, auto& request) {
                                                     MakeRoom(shop);
                                                     FillSettings(request);
                                                   }),
          DoorOf<aftersales::ListWebhooksRequest>({.roles = kReaders}, [](Shop&, auto&, auto&) {}),
          ReadDoor<aftersales::GetWebhookRequest>(),
          ReadDoor<aftersales::ListWebhookDeliveriesRequest>(),
          DoorOf<aftersales::UpdateWebhookRequest>({.roles = kAdmin}, FillUpdate),
          ChangeDoor<aftersales::DeleteWebhookRequest>(),
          ChangeDoor<aftersales::PauseWebhookRequest>(),
          ChangeDoor<aftersales::ResumeWebhookRequest>(),
          ChangeDoor<aftersales::RotateWebhookSecretRequest>(),
          WriteDoor<aftersales::SendTestEventRequest>(),
          WriteDoor<aftersales::ReplayDeadLettersRequest>(),
          DoorOf<aftersales::ReplayWebhookDeliveryRequest>({.roles = kAdmin}, FillReplay)};
}

}  // namespace redress::security
