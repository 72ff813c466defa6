#include "services/aftersales/api/settlement_api.h"

#include "services/aftersales/api/answering.h"
#include "services/aftersales/api/mapping.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;

PaymentAnswer ToAnswer(const v1::RecordSettlementResultRequest& request) {
  PaymentAnswer answer;
  answer.payment_reference = request.payment_reference();
  answer.reason = request.reason();
  switch (request.result()) {
    case v1::SETTLEMENT_STATE_SETTLED:
      if (answer.payment_reference.empty()) {
        throw platform::InvalidField("payment_reference",
                                     "is missing; give the payment's reference at the bank or "
                                     "platform");
      }
      answer.result = PaymentResult::kSettled;
      return answer;
    case v1::SETTLEMENT_STATE_FAILED:
      answer.result = PaymentResult::kFailed;
      return answer;
    case v1::SETTLEMENT_STATE_UNKNOWN:
      answer.result = PaymentResult::kUnknown;
      return answer;
    default:
      break;
  }
  throw platform::InvalidField("result", "is no result; say settled, failed or unknown");
}

}  // namespace

grpc::ServerUnaryReactor* SettlementApi::ListSettlements(grpc::CallbackServerContext* context,
                                                         const v1::ListSettlementsRequest* request,
                                                         v1::ListSettlementsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListSettlementsRequest& request,
             v1::ListSettlementsResponse& response) {
        SettlementQuery query;
        query.shop = call.caller.shop;
        if (request.state() != v1::SETTLEMENT_STATE_UNSPECIFIED) {
          query.state = static_cast<SettlementState>(request.state());
        }
        const platform::PageQuery page("ListSettlements", query.shop,
                                       {std::to_string(request.state())});
        if (const auto after = page.Decode(request.page_token(), 1)) query.after = {after->at(0)};
        const std::size_t size = platform::PageSize(request.page_size());
        query.limit = size + 1;
        std::vector<Settlement> found = settlements_.List(query);
        if (found.size() > size) {
          found.pop_back();
          response.set_next_page_token(page.Encode({found.back().case_id.value}));
        }
        for (const Settlement& one : found) ToProto(one, *response.add_settlements());
      });
}

grpc::ServerUnaryReactor* SettlementApi::RecordSettlementResult(
    grpc::CallbackServerContext* context, const v1::RecordSettlementResultRequest* request,
    v1::RecordSettlementResultResponse* response) {
  return guard_.Async(context, request, response,
                      [this](const Call& call, const v1::RecordSettlementResultRequest& request,
                             v1::RecordSettlementResultResponse& response, platform::Done done) {
                        auto command = commands_.Make(call, request.request_id(), request, "");
                        command->case_id = platform::ParseId<CaseId>(request.case_id(), "case_id");
                        command->body = RecordPayment{ToAnswer(request), request.attempts()};
                        AnswerLater(engine_, std::move(command), std::move(done),
                                    [&response](const Answer& answer) {
                                      if (!answer.settlement)
                                        throw std::logic_error("no settlement answered");
                                      ToProto(*answer.settlement, *response.mutable_settlement());
                                    });
                      });
}

}  // namespace redress::aftersales
