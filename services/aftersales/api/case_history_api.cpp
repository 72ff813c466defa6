// CaseService's view of the past: a case as it was, and whether its history is what it was.

#include "services/aftersales/api/case_api.h"
#include "services/aftersales/api/mapping.h"
#include "services/aftersales/domain/history.h"
#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;
using platform::ParseId;

// After so many steps a page of verified cases ends.
constexpr std::uint64_t kMostStepsOfAPage = 5'000;

CaseAsOf Past(CaseRepository& cases, const Case& now, const v1::GetCaseAtRequest& request) {
  if (request.moment_case() == v1::GetCaseAtRequest::kSequence) {
    auto past = CaseAfter(cases, now, request.sequence());
    if (past) return *std::move(past);
    throw platform::InvalidField(
        "sequence", "is no step of the case; ask for 1 to " + std::to_string(now.version));
  }
  auto past = CaseAt(cases, now, TimeOf(request.at_time()));
  if (past) return *std::move(past);
  throw platform::InvalidField("at_time",
                               "is before the case was opened; ask for its open_time or later");
}

}  // namespace

grpc::ServerUnaryReactor* CaseApi::GetCaseAt(grpc::CallbackServerContext* context,
                                             const v1::GetCaseAtRequest* request,
                                             v1::GetCaseAtResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetCaseAtRequest& request,
             v1::GetCaseAtResponse& response) { ReadPast(call, request, response); });
}

void CaseApi::ReadPast(const Call& call, const v1::GetCaseAtRequest& request,
                       v1::GetCaseAtResponse& response) {
  const Case now = Find(call, request);
  const CaseAsOf past = Past(uses_.cases, now, request);
  ToProto(past.after, *response.mutable_case_());
  ToProto(past.step, past.previous, *response.mutable_step());
}

grpc::ServerUnaryReactor* CaseApi::VerifyCase(grpc::CallbackServerContext* context,
                                              const v1::VerifyCaseRequest* request,
                                              v1::VerifyCaseResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const v1::VerifyCaseRequest& request,
                                     v1::VerifyCaseResponse& response) {
                                const auto report =
                                    VerifyHistory(uses_.cases, call.caller.shop,
                                                  ParseId<CaseId>(request.case_id(), "case_id"));
                                if (!report) throw platform::NotFound("case", request.case_id());
                                ToProto(*report, *response.mutable_verification());
                              });
}

grpc::ServerUnaryReactor* CaseApi::VerifyCases(grpc::CallbackServerContext* context,
                                               const v1::VerifyCasesRequest* request,
                                               v1::VerifyCasesResponse* response) {
  return uses_.guard.Blocking(
      context, request, response,
      [this](const Call& call, const v1::VerifyCasesRequest& request,
             v1::VerifyCasesResponse& response) { VerifyPage(call, request, response); });
}

void CaseApi::VerifyPage(const Call& call, const v1::VerifyCasesRequest& request,
                         v1::VerifyCasesResponse& response) {
  const ShopId shop = call.caller.shop;
  const platform::PageQuery page("VerifyCases", shop);
  const auto token = page.Decode(request.page_token(), 1);
  const std::size_t size = platform::PageSize(request.page_size());
  const std::vector<CaseId> ids =
      uses_.cases.ListHistories(shop, CaseId{token ? token->at(0) : 0}, size + 1);
  std::uint64_t steps = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i == size || steps >= kMostStepsOfAPage) {
      response.set_next_page_token(page.Encode({ids[i - 1].value}));
      return;
    }
    // Nothing: it was there a moment ago, and what removes cases leaves nothing to verify.
    const auto report = VerifyHistory(uses_.cases, shop, ids[i]);
    if (!report) continue;
    steps += report->steps;
    ToProto(*report, *response.add_verifications());
  }
}

}  // namespace redress::aftersales
