#include "services/desk/api/conversation_api.h"

#include <vector>

#include "services/desk/api/mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"
#include "services/platform/rules/field_rules.h"

namespace redress::desk {

using platform::Call;

// Names of people who work here, or have.
AgentAccounts ConversationApi::AccountsOf(ShopId shop,
                                          const v1::ImportConversationsRequest& request) const {
  AgentAccounts accounts;
  for (int i = 0; i < request.agents_size(); ++i) {
    const std::string where = "agents[" + std::to_string(i) + "].account_id";
    const auto account = platform::ParseId<AccountId>(request.agents(i).account_id(), where);
    if (!uses_.directory.Find(account, shop)) {
      throw platform::NotFound("account", request.agents(i).account_id());
    }
    accounts[request.agents(i).name()] = account;
  }
  return accounts;
}

grpc::ServerUnaryReactor* ConversationApi::ImportConversations(
    grpc::CallbackServerContext* context, const v1::ImportConversationsRequest* request,
    v1::ImportConversationsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::ImportConversationsRequest& asked,
                                     v1::ImportConversationsResponse& answer) {
                                const ShopId shop = call.caller.shop;
                                const AgentAccounts accounts = AccountsOf(shop, asked);
                                // Field rules first: a broken one is answered for itself and never
                                // reaches the domain.
                                std::vector<ConversationImport::Item> items;
                                items.reserve(static_cast<std::size_t>(asked.conversations_size()));
                                for (const v1::ImportedConversation& one : asked.conversations()) {
                                  const auto violations = platform::FindViolations(one);
                                  if (violations.empty()) {
                                    items.emplace_back(FromProto(one, accounts));
                                  } else {
                                    items.emplace_back(violations.front());
                                  }
                                }
                                for (const ConversationResult& result : uses_.past.Import(
                                         shop, items, asked.validate_only(), call.expires)) {
                                  ToProto(result, *answer.add_conversations());
                                }
                              });
}

grpc::ServerUnaryReactor* ConversationApi::ListConversations(
    grpc::CallbackServerContext* context, const v1::ListConversationsRequest* request,
    v1::ListConversationsResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListConversationsRequest& asked,
             v1::ListConversationsResponse& answer) { List(call, asked, answer); });
}

void ConversationApi::List(const Call& call, const v1::ListConversationsRequest& request,
                           v1::ListConversationsResponse& response) {
  const ShopId shop = call.caller.shop;
  const platform::PageQuery page("ListConversations", shop, {request.customer_id()});
  std::optional<ConversationPlace> after;
  if (const auto key = page.Decode(request.page_token(), 2)) {
    after = ConversationPlace{static_cast<std::int64_t>(key->at(0)), ConversationId{key->at(1)}};
  }
  const std::size_t size = platform::PageSize(request.page_size());
  auto found = uses_.conversations.List(
      shop, platform::ParseOptionalId<CustomerId>(request.customer_id(), "customer_id"), after,
      size + 1);
  if (found.size() > size) {
    found.pop_back();
    const Conversation& last = found.back();
    response.set_next_page_token(
        page.Encode({static_cast<std::uint64_t>(last.last_message_at), last.id.value}));
  }
  for (const Conversation& one : found) ToProto(one, *response.add_conversations());
}

grpc::ServerUnaryReactor* ConversationApi::GetConversation(
    grpc::CallbackServerContext* context, const v1::GetConversationRequest* request,
    v1::GetConversationResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetConversationRequest& asked,
             v1::GetConversationResponse& answer) { Get(call, asked, answer); });
}

void ConversationApi::Get(const Call& call, const v1::GetConversationRequest& request,
                          v1::GetConversationResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto id = platform::ParseId<ConversationId>(request.conversation_id(), "conversation_id");
  const auto found = uses_.conversations.Find(shop, id);
  if (!found) throw platform::NotFound("conversation", request.conversation_id());
  const platform::PageQuery page("GetConversation", shop, {request.conversation_id()});
  std::uint32_t after = 0;
  if (const auto key = page.Decode(request.page_token(), 1)) {
    after = static_cast<std::uint32_t>(key->at(0));
  }
  constexpr std::size_t kUsual = 50;
  constexpr std::size_t kMost = 500;
  const std::size_t size = platform::PageSize(request.page_size(), kUsual, kMost);
  auto messages = uses_.conversations.Messages(*found, after, size + 1, MaySeeContent(call.caller));
  if (messages.size() > size) {
    messages.pop_back();
    response.set_next_page_token(page.Encode({messages.back().sequence}));
  }
  ToProto(*found, *response.mutable_conversation());
  for (const ConversationMessage& one : messages) ToProto(one, *response.add_messages());
}

}  // namespace redress::desk
