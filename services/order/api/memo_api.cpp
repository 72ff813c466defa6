#include "services/order/api/memo_api.h"

#include <stdexcept>

#include "services/order/api/mapping.h"
#include "services/order/api/write.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/ids.h"
#include "services/platform/paging/paging.h"

namespace redress::order {
namespace {

using platform::ParseId;
using platform::TimeZone;

Memo FromProto(const v1::MemoFields& fields) {
  Memo memo;
  memo.stage =
      fields.stage() == v1::MEMO_STAGE_AFTER_SALES ? MemoStage::kAfterSales : MemoStage::kPreSale;
  memo.what = fields.what();
  memo.who = fields.who();
  memo.next_step = fields.next_step();
  return memo;
}

void ToProto(const CurrentMemo& current, const TimeZone& zone, v1::Memo& out) {
  out.set_text(current.memo.text);
  out.set_flag(current.memo.flag);
  out.set_account_id(platform::ToString(current.account));
  if (current.at != 0) *out.mutable_write_time() = ToTimestamp(current.at);
  out.set_etag(std::to_string(current.number));
  out.set_erased(current.erased);
  const auto memo = ParseMemo(current.memo.text, zone);
  out.set_formatted(memo.has_value());
  if (!memo) return;
  v1::MemoFields& fields = *out.mutable_fields();
  fields.set_stage(static_cast<v1::MemoStage>(memo->stage));
  fields.set_flag(current.memo.flag);
  fields.set_what(memo->what);
  fields.set_who(memo->who);
  *fields.mutable_when() = ToTimestamp(memo->at_us);
  fields.set_next_step(memo->next_step);
}

void RequireStage(const v1::MemoFields& fields) {
  if (fields.stage() != v1::MEMO_STAGE_UNSPECIFIED) return;
  throw platform::InvalidField("fields.stage", "is missing; say pre-sale or after-sales");
}

}  // namespace

grpc::ServerUnaryReactor* MemoApi::GetMemo(grpc::CallbackServerContext* context,
                                           const v1::GetMemoRequest* request,
                                           v1::GetMemoResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* MemoApi::WriteMemo(grpc::CallbackServerContext* context,
                                             const v1::WriteMemoRequest* request,
                                             v1::WriteMemoResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* MemoApi::CheckMemo(grpc::CallbackServerContext* context,
                                             const v1::CheckMemoRequest* request,
                                             v1::CheckMemoResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* MemoApi::ListMemoVersions(grpc::CallbackServerContext* context,
                                                    const v1::ListMemoVersionsRequest* request,
                                                    v1::ListMemoVersionsResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

void MemoApi::Answer(const Call& call, const v1::GetMemoRequest& request,
                     v1::GetMemoResponse& response) {
  const ShopId shop = call.caller.shop;
  const CurrentMemo memo = uses_.store.Memo(shop, ParseId<OrderId>(request.order_id(), "order_id"));
  ToProto(memo, *uses_.zone_of(shop), *response.mutable_memo());
}

void MemoApi::Answer(const Call& call, const v1::WriteMemoRequest& request,
                     v1::WriteMemoResponse& response) {
  RequireStage(request.fields());
  v1::WriteMemoRequest asked = request;
  asked.mutable_fields()->clear_what();
  asked.mutable_fields()->clear_who();
  asked.mutable_fields()->clear_when();
  asked.mutable_fields()->clear_next_step();
  const ShopId shop = call.caller.shop;
  const auto order = ParseId<OrderId>(request.order_id(), "order_id");
  const std::uint32_t number = uses_.editing.WriteMemo(
      MakeWrite(call, request.request_id(), asked), {order, ParseEtag(request.etag())},
      {static_cast<std::uint8_t>(request.fields().flag()), FromProto(request.fields())});
  // A repeat is answered with the version that the first call wrote.
  const std::vector<StoredChange> written =
      uses_.store.ListChanges(shop, order, ChangeKind::kMemo, number + 1, 1);
  if (written.empty()) throw std::logic_error("a memo that was written is gone");
  const StoredChange& change = written.front();
  ToProto(
      {number, change.record.memo_after, change.record.account, change.record.at, change.erased},
      *uses_.zone_of(shop), *response.mutable_memo());
}

void MemoApi::Answer(const Call& call, const v1::CheckMemoRequest& request,
                     v1::CheckMemoResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto zone = uses_.zone_of(shop);
  Memo memo = FromProto(request.fields());
  memo.at_us = call.clock.NowUs();
  response.set_text(RenderMemo(memo, *zone));
  response.set_bytes_left(static_cast<std::int32_t>(kMostMemoBytes) -
                          static_cast<std::int32_t>(response.text().size()));
  for (const MemoProblem& problem : order::CheckMemo(memo, *zone)) {
    v1::MemoProblem& out = *response.add_problems();
    out.set_field(problem.field);
    out.set_description(problem.description);
    out.set_bytes_over(static_cast<std::uint32_t>(problem.bytes_over));
  }
  const OrderRules rules = uses_.rules.Find(shop);
  for (std::string& step : NextSteps(memo.stage, memo.next_step, rules.next_steps)) {
    response.add_next_steps(std::move(step));
  }
}

void MemoApi::Answer(const Call& call, const v1::ListMemoVersionsRequest& request,
                     v1::ListMemoVersionsResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto order = ParseId<OrderId>(request.order_id(), "order_id");
  const platform::PageQuery page("ListMemoVersions", shop, {request.order_id()});
  const auto after = page.Decode(request.page_token(), 1);
  const std::uint32_t before = after ? static_cast<std::uint32_t>(after->at(0)) : ~0u;
  const std::size_t size = platform::PageSize(request.page_size());
  std::vector<StoredChange> versions =
      uses_.store.ListChanges(shop, order, ChangeKind::kMemo, before, size + 1);
  if (versions.size() > size) {
    versions.pop_back();
    response.set_next_page_token(page.Encode({versions.back().number}));
  }
  const auto zone = uses_.zone_of(shop);
  for (const StoredChange& change : versions) {
    ToProto({change.number, change.record.memo_after, change.record.account, change.record.at,
             change.erased},
            *zone, *response.add_versions());
  }
}

}  // namespace redress::order
