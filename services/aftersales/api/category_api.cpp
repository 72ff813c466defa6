#include "services/aftersales/api/category_api.h"

#include "services/aftersales/api/answering.h"
#include "services/aftersales/api/mapping.h"

namespace redress::aftersales {
namespace {

using platform::Call;

std::string NameOf(v1::NotReturnableReason reason) {
  switch (reason) {
    case v1::NOT_RETURNABLE_REASON_UNSPECIFIED:
      return "";
    case v1::NOT_RETURNABLE_REASON_CUSTOM_MADE:
      return "custom_made";
    case v1::NOT_RETURNABLE_REASON_FRESH:
      return "fresh";
    case v1::NOT_RETURNABLE_REASON_DIGITAL:
      return "digital";
    case v1::NOT_RETURNABLE_REASON_OPENED:
      return "opened";
    default:
      throw platform::InvalidField(
          "reason", "is none that is known; say custom_made, fresh, digital or opened");
  }
}

}  // namespace

grpc::ServerUnaryReactor* CategoryApi::MarkNotReturnable(
    grpc::CallbackServerContext* context, const v1::MarkNotReturnableRequest* request,
    v1::MarkNotReturnableResponse* response) {
  return guard_.Async(context, request, response,
                      [this](const Call& call, const v1::MarkNotReturnableRequest& request,
                             v1::MarkNotReturnableResponse& response, platform::Done done) {
                        auto command = commands_.Make(call, request.request_id(), request, "");
                        command->case_id = platform::ParseId<CaseId>(request.case_id(), "case_id");
                        command->body = aftersales::MarkNotReturnable{NameOf(request.reason())};
                        RequireVersion(*command, request.version());
                        AnswerLater(engine_, std::move(command), std::move(done),
                                    [&response](const Answer& answer) {
                                      ToProto(answer.after, *response.mutable_case_());
                                    });
                      });
}

}  // namespace redress::aftersales
