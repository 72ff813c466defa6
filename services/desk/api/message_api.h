#pragma once

#include <functional>

#include "redress/desk/v1/message_service.grpc.pb.h"
#include "services/desk/domain/case_facts.h"
#include "services/desk/domain/message_repository.h"
#include "services/platform/server/guard.h"

namespace redress::desk {

// MessageService: what a shop tells its buyers.
class MessageApi final : public v1::MessageService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    MessageRepository& messages;
    PhraseRepository& phrases;
    CaseFactsSource& facts;
    std::function<void()> on_due;  // a message can be sent at once
  };
  explicit MessageApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* SendPhrase(grpc::CallbackServerContext* context,
                                       const v1::SendPhraseRequest* request,
                                       v1::SendPhraseResponse* response) override;
  grpc::ServerUnaryReactor* GetMessage(grpc::CallbackServerContext* context,
                                       const v1::GetMessageRequest* request,
                                       v1::GetMessageResponse* response) override;
  grpc::ServerUnaryReactor* ListMessages(grpc::CallbackServerContext* context,
                                         const v1::ListMessagesRequest* request,
                                         v1::ListMessagesResponse* response) override;
  grpc::ServerUnaryReactor* MarkMessageSent(grpc::CallbackServerContext* context,
                                            const v1::MarkMessageSentRequest* request,
                                            v1::MarkMessageSentResponse* response) override;
  grpc::ServerUnaryReactor* ResendMessage(grpc::CallbackServerContext* context,
                                          const v1::ResendMessageRequest* request,
                                          v1::ResendMessageResponse* response) override;
  grpc::ServerUnaryReactor* CancelMessage(grpc::CallbackServerContext* context,
                                          const v1::CancelMessageRequest* request,
                                          v1::CancelMessageResponse* response) override;
  grpc::ServerUnaryReactor* ReportMessage(grpc::CallbackServerContext* context,
                                          const v1::ReportMessageRequest* request,
                                          v1::ReportMessageResponse* response) override;

 private:
  void Send(const platform::Call& call, const v1::SendPhraseRequest& request,
            v1::SendPhraseResponse& response);
  void List(const platform::Call& call, const v1::ListMessagesRequest& request,
            v1::ListMessagesResponse& response);
  template <class Request, class Response>
  grpc::ServerUnaryReactor* Change(grpc::CallbackServerContext* context, const Request* request,
                                   Response* response, MessageAction action);

  const Uses uses_;
};

}  // namespace redress::desk
