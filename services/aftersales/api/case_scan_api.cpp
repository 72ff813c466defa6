#include "services/aftersales/api/case_scan_api.h"

#include <algorithm>

#include "services/platform/paging/paging.h"

namespace redress::aftersales {
namespace {

using platform::Call;

// The shop after this one; none behind the last.
ShopId ShopAfter(const platform::Directory& directory, ShopId shop) {
  ShopId next;
  for (const ShopId one : directory.Shops()) {
    if (one.value > shop.value && (!next || one.value < next.value)) next = one;
  }
  return next;
}

void ToProto(const LiveCases& from, ShopId shop, v1::LiveCases& to) {
  to.set_shop_id(std::to_string(shop.value));
  to.set_kind(from.kind);
  to.set_workflow_version(from.workflow_version);
  to.set_state(from.state);
  to.set_deadline_rule(from.deadline_rule);
  to.set_deadline_condition(from.deadline_condition);
  to.set_count(from.count);
  for (const std::uint64_t number : from.numbers) to.add_case_numbers(number);
}

}  // namespace

grpc::ServerUnaryReactor* CaseScanApi::ScanCases(grpc::CallbackServerContext* context,
                                                 const v1::ScanCasesRequest* request,
                                                 v1::ScanCasesResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ScanCasesRequest& request,
             v1::ScanCasesResponse& response) { Scan(call, request, response); });
}

void CaseScanApi::Scan(const Call& call, const v1::ScanCasesRequest& request,
                       v1::ScanCasesResponse& response) {
  const platform::PageQuery page("ScanCases", call.caller.shop);
  const auto token = page.Decode(request.page_token(), 1);
  const std::size_t size = platform::PageSize(request.page_size(), 500, 2000);
  const auto cases = scan_.Scan(call.caller.shop, CaseId{token ? token->at(0) : 0}, size);
  for (const ScannedCase& one : cases) {
    for (const ScanFinding& finding : CheckCase(one)) {
      v1::ScanFinding& added = *response.add_findings();
      added.set_case_id(platform::ToString(finding.id));
      added.set_case_number(finding.number);
      added.set_invariant(std::string(finding.invariant));
      added.set_expected(finding.expected);
      added.set_found(finding.found);
    }
  }
  response.set_scanned(static_cast<std::uint32_t>(cases.size()));
  if (cases.size() == size) {
    response.set_next_page_token(page.Encode({cases.back().id.value}));
  }
}

grpc::ServerUnaryReactor* CaseScanApi::SurveyCases(grpc::CallbackServerContext* context,
                                                   const v1::SurveyCasesRequest* request,
                                                   v1::SurveyCasesResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::SurveyCasesRequest& request,
             v1::SurveyCasesResponse& response) { Survey(call, request, response); });
}

void CaseScanApi::Survey(const Call& call, const v1::SurveyCasesRequest& request,
                         v1::SurveyCasesResponse& response) {
  // Only the operator gets this far without a shop.
  const bool all_shops = !call.caller.shop;
  const platform::PageQuery page("SurveyCases", call.caller.shop);
  const auto token = page.Decode(request.page_token(), 2);
  ShopId shop = call.caller.shop;
  if (all_shops) {
    shop = token ? ShopId{static_cast<std::uint32_t>(token->at(0))} : ShopAfter(directory_, {});
  }
  if (!shop) return;  // an installation without shops
  const std::size_t size = platform::PageSize(request.page_size(), 5000, 20'000);
  const auto cases = scan_.Live(shop, CaseId{token ? token->at(1) : 0}, size);
  for (const LiveCases& group : GroupLive(cases)) ToProto(group, shop, *response.add_groups());
  if (cases.size() == size) {
    response.set_next_page_token(page.Encode({shop.value, cases.back().id.value}));
  } else if (const ShopId next = all_shops ? ShopAfter(directory_, shop) : ShopId{}; next) {
    response.set_next_page_token(page.Encode({next.value, 0}));
  }
}

}  // namespace redress::aftersales
