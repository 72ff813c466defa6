#include "services/desk/api/notification_api.h"

#include "services/desk/api/mapping.h"
#include "services/platform/paging/paging.h"
#include "services/platform/webhooks/url.h"

namespace redress::desk {
namespace {

using platform::Call;

constexpr std::size_t kSecretBytes = 32;

}  // namespace

grpc::ServerUnaryReactor* NotificationApi::ListNotificationRules(
    grpc::CallbackServerContext* context, const v1::ListNotificationRulesRequest* request,
    v1::ListNotificationRulesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListNotificationRulesRequest& request,
             v1::ListNotificationRulesResponse& response) { List(call, request, response); });
}

// Rules have codes and no numbers, and a shop has few: a page's place is counted in rules, of which
// none is ever removed.
void NotificationApi::List(const Call& call, const v1::ListNotificationRulesRequest& request,
                           v1::ListNotificationRulesResponse& response) {
  constexpr std::size_t kAllRules = 100;
  const platform::PageQuery page("ListNotificationRules", call.caller.shop);
  const auto after = page.Decode(request.page_token(), 1);
  const std::size_t begin = after ? after->at(0) : 0;
  const std::size_t size = platform::PageSize(request.page_size());
  const auto rules = uses_.rules.List(call.caller.shop, "", kAllRules);
  for (std::size_t i = begin; i < rules.size() && i < begin + size; ++i) {
    ToProto(rules[i], *response.add_rules());
  }
  if (begin + size < rules.size()) response.set_next_page_token(page.Encode({begin + size}));
}

grpc::ServerUnaryReactor* NotificationApi::SetNotificationRule(
    grpc::CallbackServerContext* context, const v1::SetNotificationRuleRequest* request,
    v1::SetNotificationRuleResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SetNotificationRuleRequest& request,
             v1::SetNotificationRuleResponse& response) {
        const NotificationRule rule = RuleOf(request);
        uses_.check_names(call, rule);
        ToProto(uses_.rules.Set(MakeWrite(call, request.request_id(), request), rule),
                *response.mutable_rule());
      });
}

grpc::ServerUnaryReactor* NotificationApi::UseDefaultNotifications(
    grpc::CallbackServerContext* context, const v1::UseDefaultNotificationsRequest* request,
    v1::UseDefaultNotificationsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::UseDefaultNotificationsRequest& request,
             v1::UseDefaultNotificationsResponse& response) {
        const auto rules = uses_.rules.UseDefaults(MakeWrite(call, request.request_id(), request),
                                                   request.language());
        for (const NotificationRule& rule : rules) ToProto(rule, *response.add_rules());
      });
}

grpc::ServerUnaryReactor* NotificationApi::GetHttpChannel(grpc::CallbackServerContext* context,
                                                          const v1::GetHttpChannelRequest* request,
                                                          v1::GetHttpChannelResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::GetHttpChannelRequest&,
                                     v1::GetHttpChannelResponse& response) {
                                const HttpChannelSettings settings =
                                    uses_.channels.Find(call.caller.shop);
                                if (!settings.url.empty())
                                  ToProto(settings, *response.mutable_channel());
                              });
}

grpc::ServerUnaryReactor* NotificationApi::SetHttpChannel(grpc::CallbackServerContext* context,
                                                          const v1::SetHttpChannelRequest* request,
                                                          v1::SetHttpChannelResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::SetHttpChannelRequest& request,
                                     v1::SetHttpChannelResponse& response) {
                                platform::CheckWebhookUrl(request.url(), "url", uses_.http_allowed);
                                const HttpChannelSettings settings = uses_.channels.Set(
                                    MakeWrite(call, request.request_id(), request), request.url(),
                                    request.version(), platform::RandomHex(kSecretBytes));
                                ToProto(settings, *response.mutable_channel());
                                response.set_secret(settings.secret);
                              });
}

}  // namespace redress::desk
