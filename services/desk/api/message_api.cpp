#include "services/desk/api/message_api.h"

#include "services/desk/api/mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"

namespace redress::desk {

using platform::Call;
using platform::ParseId;

grpc::ServerUnaryReactor* MessageApi::SendPhrase(grpc::CallbackServerContext* context,
                                                 const v1::SendPhraseRequest* request,
                                                 v1::SendPhraseResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SendPhraseRequest& request,
             v1::SendPhraseResponse& response) { Send(call, request, response); });
}

void MessageApi::Send(const Call& call, const v1::SendPhraseRequest& request,
                      v1::SendPhraseResponse& response) {
  const ShopId shop = call.caller.shop;
  const Write write = MakeWrite(call, request.request_id(), request);
  // Whatever has become of the case and the phrase since.
  if (const auto repeat = uses_.messages.FindRepeat(write)) {
    ToProto(*repeat, true, *response.mutable_message());
    return;
  }
  const auto phrase = uses_.phrases.Find(shop, ParseId<PhraseId>(request.phrase_id(), "phrase_id"));
  if (!phrase) throw platform::NotFound("phrase", request.phrase_id());
  const CaseFacts facts = uses_.facts.Read(shop, ParseId<CaseId>(request.case_id(), "case_id"));
  Message message;
  message.shop = shop;
  message.case_id = facts.id;
  message.case_number = facts.number;
  message.order = facts.order;
  message.customer = facts.customer;
  message.phrase = phrase->id;
  message.channel = ChannelOf(request.channel(), "channel");
  message.created_at = message.asked_at = message.due_at = message.updated_at = write.now_us;
  message.sender = call.caller.account;
  ToProto(uses_.messages.Create(write, message), true, *response.mutable_message());
  uses_.on_due();
}

grpc::ServerUnaryReactor* MessageApi::GetMessage(grpc::CallbackServerContext* context,
                                                 const v1::GetMessageRequest* request,
                                                 v1::GetMessageResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetMessageRequest& request,
             v1::GetMessageResponse& response) {
        const auto message = uses_.messages.Find(
            call.caller.shop, ParseId<MessageId>(request.message_id(), "message_id"));
        if (!message) throw platform::NotFound("message", request.message_id());
        ToProto(*message, MaySeeContent(call.caller), *response.mutable_message());
      });
}

grpc::ServerUnaryReactor* MessageApi::ListMessages(grpc::CallbackServerContext* context,
                                                   const v1::ListMessagesRequest* request,
                                                   v1::ListMessagesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListMessagesRequest& request,
             v1::ListMessagesResponse& response) { List(call, request, response); });
}

void MessageApi::List(const Call& call, const v1::ListMessagesRequest& request,
                      v1::ListMessagesResponse& response) {
  MessageQuery query;
  query.shop = call.caller.shop;
  query.of_case = platform::ParseOptionalId<CaseId>(request.case_id(), "case_id");
  if (request.state() != v1::MESSAGE_STATE_UNSPECIFIED) {
    if (!v1::MessageState_IsValid(request.state())) {
      throw platform::InvalidField("state", "is no state that there is; name one, or none for all");
    }
    query.state = static_cast<MessageState>(request.state());
  }
  const platform::PageQuery page("ListMessages", query.shop,
                                 {request.case_id(), std::to_string(request.state())});
  if (const auto after = page.Decode(request.page_token(), 1)) {
    query.after = MessageId{after->at(0)};
  }
  const std::size_t size = platform::PageSize(request.page_size());
  query.limit = size + 1;
  std::vector<Message> messages = uses_.messages.List(query);
  if (messages.size() > size) {
    messages.pop_back();
    response.set_next_page_token(page.Encode({messages.back().id.value}));
  }
  const bool shows_content = MaySeeContent(call.caller);
  for (const Message& message : messages) {
    ToProto(message, shows_content, *response.add_messages());
  }
}

template <class Request, class Response>
grpc::ServerUnaryReactor* MessageApi::Change(grpc::CallbackServerContext* context,
                                             const Request* request, Response* response,
                                             MessageAction action) {
  return uses_.guard.Blocking(
      context, request, response,
      [this, action](const Call& call, const Request& request, Response& response) {
        const auto id = ParseId<MessageId>(request.message_id(), "message_id");
        ToProto(uses_.messages.Change(MakeWrite(call, request.request_id(), request), id,
                                      request.version(), action, ""),
                MaySeeContent(call.caller), *response.mutable_message());
        uses_.on_due();
      });
}

grpc::ServerUnaryReactor* MessageApi::MarkMessageSent(grpc::CallbackServerContext* context,
                                                      const v1::MarkMessageSentRequest* request,
                                                      v1::MarkMessageSentResponse* response) {
  return Change(context, request, response, MessageAction::kMarkSent);
}

grpc::ServerUnaryReactor* MessageApi::ResendMessage(grpc::CallbackServerContext* context,
                                                    const v1::ResendMessageRequest* request,
                                                    v1::ResendMessageResponse* response) {
  return Change(context, request, response, MessageAction::kResend);
}

grpc::ServerUnaryReactor* MessageApi::CancelMessage(grpc::CallbackServerContext* context,
                                                    const v1::CancelMessageRequest* request,
                                                    v1::CancelMessageResponse* response) {
  return Change(context, request, response, MessageAction::kCancel);
}

grpc::ServerUnaryReactor* MessageApi::ReportMessage(grpc::CallbackServerContext* context,
                                                    const v1::ReportMessageRequest* request,
                                                    v1::ReportMessageResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ReportMessageRequest& request,
             v1::ReportMessageResponse& response) {
        constexpr std::uint32_t kAnyVersion = 0;
        const auto action =
            request.delivered() ? MessageAction::kReportDelivered : MessageAction::kReportFailed;
        ToProto(uses_.messages.Change(MakeWrite(call, request.request_id(), request),
                                      ParseId<MessageId>(request.message_id(), "message_id"),
                                      kAnyVersion, action, request.reason()),
                MaySeeContent(call.caller), *response.mutable_message());
      });
}

}  // namespace redress::desk
