#include "services/aftersales/api/webhook_api.h"

#include <algorithm>
#include <string>
#include <vector>

#include "services/aftersales/api/webhook_mapping.h"
#include "services/aftersales/domain/webhook_events.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::ParseId;

template <class Request>
WebhookSettings SettingsOf(const Request& request) {
  return {.title = request.title(),
          .url = request.url(),
          .event_types = {request.event_types().begin(), request.event_types().end()}};
}

template <class Request>
WebhookChange ChangeOf(const Call& call, const Request& request) {
  return {.shop = call.caller.shop,
          .id = ParseId<WebhookId>(request.webhook_id(), "webhook_id"),
          .version = request.version(),
          .now_us = call.clock.NowUs()};
}

// One more than fits is read; answers whether there was one, without it.
template <class Row>
bool CutToPage(std::vector<Row>& rows, std::size_t size) {
  if (rows.size() <= size) return false;
  rows.resize(size);
  return true;
}

Webhook Existing(WebhookRepository& rows, ShopId shop, const std::string& id) {
  const auto found = rows.Find(shop, ParseId<WebhookId>(id, "webhook_id"));
  if (!found) throw platform::NotFound("webhook", id);
  return *found;
}

}  // namespace

grpc::ServerUnaryReactor* WebhookApi::ListWebhookEventTypes(
    grpc::CallbackServerContext* context, const v1::ListWebhookEventTypesRequest* request,
    v1::ListWebhookEventTypesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [](const Call& call, const v1::ListWebhookEventTypesRequest& request,
         v1::ListWebhookEventTypesResponse& response) {
        const std::vector<std::string>& types = WebhookEventTypes();
        const platform::PageQuery page("ListWebhookEventTypes", call.caller.shop);
        const auto after = page.Decode(request.page_token(), 1);
        const std::size_t first = after ? std::min<std::size_t>(after->at(0), types.size()) : 0;
        const std::size_t end =
            std::min(types.size(), first + platform::PageSize(request.page_size(), 500, 1000));
        for (std::size_t i = first; i < end; ++i) response.add_event_types(types[i]);
        if (end < types.size()) response.set_next_page_token(page.Encode({end}));
      });
}

grpc::ServerUnaryReactor* WebhookApi::CreateWebhook(grpc::CallbackServerContext* context,
                                                    const v1::CreateWebhookRequest* request,
                                                    v1::CreateWebhookResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::CreateWebhookRequest& request,
                                     v1::CreateWebhookResponse& response) {
                                const WebhookAndSecret made = uses_.webhooks.Create(
                                    call.caller.shop, SettingsOf(request), call.caller.account,
                                    uses_.commands.MakeWrite(call, request.request_id(), request));
                                ToProto(made.webhook, *response.mutable_webhook());
                                response.set_secret(made.secret);
                              });
}

grpc::ServerUnaryReactor* WebhookApi::ListWebhooks(grpc::CallbackServerContext* context,
                                                   const v1::ListWebhooksRequest* request,
                                                   v1::ListWebhooksResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListWebhooksRequest& request,
             v1::ListWebhooksResponse& response) {
        const platform::PageQuery page("ListWebhooks", call.caller.shop);
        const auto after = page.Decode(request.page_token(), 1);
        const std::size_t size = platform::PageSize(request.page_size());
        auto found = uses_.rows.List(call.caller.shop,
                                     after ? WebhookId{after->at(0)} : WebhookId{}, size + 1);
        if (CutToPage(found, size)) {
          response.set_next_page_token(page.Encode({found.back().id.value}));
        }
        for (const Webhook& one : found) ToProto(one, *response.add_webhooks());
      });
}

grpc::ServerUnaryReactor* WebhookApi::GetWebhook(grpc::CallbackServerContext* context,
                                                 const v1::GetWebhookRequest* request,
                                                 v1::GetWebhookResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::GetWebhookRequest& request,
                                     v1::GetWebhookResponse& response) {
                                ToProto(
                                    Existing(uses_.rows, call.caller.shop, request.webhook_id()),
                                    *response.mutable_webhook());
                              });
}

grpc::ServerUnaryReactor* WebhookApi::UpdateWebhook(grpc::CallbackServerContext* context,
                                                    const v1::UpdateWebhookRequest* request,
                                                    v1::UpdateWebhookResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::UpdateWebhookRequest& request,
             v1::UpdateWebhookResponse& response) {
        ToProto(
            uses_.webhooks.Update(ChangeOf(call, request), SettingsOf(request),
                                  uses_.commands.MakeWrite(call, request.request_id(), request)),
            *response.mutable_webhook());
      });
}

grpc::ServerUnaryReactor* WebhookApi::DeleteWebhook(grpc::CallbackServerContext* context,
                                                    const v1::DeleteWebhookRequest* request,
                                                    v1::DeleteWebhookResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::DeleteWebhookRequest& request,
                                     v1::DeleteWebhookResponse&) {
                                uses_.rows.Delete(
                                    ChangeOf(call, request),
                                    uses_.commands.MakeWrite(call, request.request_id(), request));
                                uses_.on_deleted();
                              });
}

grpc::ServerUnaryReactor* WebhookApi::PauseWebhook(grpc::CallbackServerContext* context,
                                                   const v1::PauseWebhookRequest* request,
                                                   v1::PauseWebhookResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::PauseWebhookRequest& request,
             v1::PauseWebhookResponse& response) {
        ToProto(uses_.rows.Pause(ChangeOf(call, request),
                                 uses_.commands.MakeWrite(call, request.request_id(), request)),
                *response.mutable_webhook());
      });
}

grpc::ServerUnaryReactor* WebhookApi::ResumeWebhook(grpc::CallbackServerContext* context,
                                                    const v1::ResumeWebhookRequest* request,
                                                    v1::ResumeWebhookResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ResumeWebhookRequest& request,
             v1::ResumeWebhookResponse& response) {
        ToProto(uses_.rows.Resume(ChangeOf(call, request),
                                  uses_.commands.MakeWrite(call, request.request_id(), request)),
                *response.mutable_webhook());
        uses_.on_due();
      });
}

grpc::ServerUnaryReactor* WebhookApi::RotateWebhookSecret(
    grpc::CallbackServerContext* context, const v1::RotateWebhookSecretRequest* request,
    v1::RotateWebhookSecretResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::RotateWebhookSecretRequest& request,
             v1::RotateWebhookSecretResponse& response) {
        const WebhookAndSecret rotated = uses_.webhooks.Rotate(
            ChangeOf(call, request), std::int64_t{request.overlap_hours()} * platform::kHourUs,
            uses_.commands.MakeWrite(call, request.request_id(), request));
        ToProto(rotated.webhook, *response.mutable_webhook());
        response.set_secret(rotated.secret);
      });
}

grpc::ServerUnaryReactor* WebhookApi::SendTestEvent(grpc::CallbackServerContext* context,
                                                    const v1::SendTestEventRequest* request,
                                                    v1::SendTestEventResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SendTestEventRequest& request,
             v1::SendTestEventResponse& response) {
        ToProto(uses_.webhooks.SendTest(
                    call.caller.shop, ParseId<WebhookId>(request.webhook_id(), "webhook_id"),
                    uses_.commands.MakeWrite(call, request.request_id(), request)),
                *response.mutable_delivery());
      });
}

grpc::ServerUnaryReactor* WebhookApi::ListWebhookDeliveries(
    grpc::CallbackServerContext* context, const v1::ListWebhookDeliveriesRequest* request,
    v1::ListWebhookDeliveriesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListWebhookDeliveriesRequest& request,
             v1::ListWebhookDeliveriesResponse& response) {
        const ShopId shop = call.caller.shop;
        DeliveryQuery query;
        query.shop = shop;
        query.webhook = Existing(uses_.rows, shop, request.webhook_id()).id;
        if (request.state() != v1::WEBHOOK_DELIVERY_STATE_UNSPECIFIED) {
          query.state = static_cast<DeliveryState>(request.state());
        }
        const platform::PageQuery page("ListWebhookDeliveries", shop,
                                       {request.webhook_id(), std::to_string(request.state())});
        if (const auto after = page.Decode(request.page_token(), 1)) query.before = {after->at(0)};
        const std::size_t size = platform::PageSize(request.page_size());
        query.limit = size + 1;
        auto found = uses_.deliveries.List(query);
        if (CutToPage(found, size)) {
          response.set_next_page_token(page.Encode({found.back().id.value}));
        }
        for (const WebhookDelivery& one : found) ToProto(one, *response.add_deliveries());
      });
}

grpc::ServerUnaryReactor* WebhookApi::ReplayWebhookDelivery(
    grpc::CallbackServerContext* context, const v1::ReplayWebhookDeliveryRequest* request,
    v1::ReplayWebhookDeliveryResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ReplayWebhookDeliveryRequest& request,
             v1::ReplayWebhookDeliveryResponse& response) {
        ToProto(
            uses_.deliveries.Replay(
                call.caller.shop, ParseId<WebhookDeliveryId>(request.delivery_id(), "delivery_id"),
                call.clock.NowUs(), uses_.commands.MakeWrite(call, request.request_id(), request)),
            *response.mutable_delivery());
        uses_.on_due();
      });
}

grpc::ServerUnaryReactor* WebhookApi::ReplayDeadLetters(grpc::CallbackServerContext* context,
                                                        const v1::ReplayDeadLettersRequest* request,
                                                        v1::ReplayDeadLettersResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ReplayDeadLettersRequest& request,
             v1::ReplayDeadLettersResponse& response) {
        const auto replayed = uses_.deliveries.ReplayDeadLetters(
            call.caller.shop, ParseId<WebhookId>(request.webhook_id(), "webhook_id"),
            call.clock.NowUs(), uses_.commands.MakeWrite(call, request.request_id(), request));
        response.set_replayed(replayed.replayed);
        response.set_has_more(replayed.has_more);
        uses_.on_due();
      });
}

}  // namespace redress::aftersales
