#pragma once

#include "redress/desk/v1/conversation_service.grpc.pb.h"
#include "services/desk/api/conversation_mapping.h"
#include "services/platform/server/guard.h"

namespace redress::desk {

class ConversationApi final : public v1::ConversationService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    platform::Directory& directory;
    ConversationImport& past;
    ConversationRepository& conversations;
  };
  explicit ConversationApi(const Uses& uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* ImportConversations(grpc::CallbackServerContext* context,
                                                const v1::ImportConversationsRequest* request,
                                                v1::ImportConversationsResponse* response) override;
  grpc::ServerUnaryReactor* ListConversations(grpc::CallbackServerContext* context,
                                              const v1::ListConversationsRequest* request,
                                              v1::ListConversationsResponse* response) override;
  grpc::ServerUnaryReactor* GetConversation(grpc::CallbackServerContext* context,
                                            const v1::GetConversationRequest* request,
                                            v1::GetConversationResponse* response) override;

 private:
  AgentAccounts AccountsOf(ShopId shop, const v1::ImportConversationsRequest& request) const;
  void List(const platform::Call& call, const v1::ListConversationsRequest& request,
            v1::ListConversationsResponse& response);
  void Get(const platform::Call& call, const v1::GetConversationRequest& request,
           v1::GetConversationResponse& response);

  const Uses uses_;
};

}  // namespace redress::desk
