#include "services/order/api/change_api.h"

#include <algorithm>

#include "services/order/api/mapping.h"
#include "services/order/api/write.h"
#include "services/platform/base/ids.h"
#include "services/platform/paging/paging.h"
#include "services/platform/sealing/masking.h"

namespace redress::order {
namespace {

using platform::ParseId;
using platform::ParseOptionalId;

Address FromProto(const v1::Address& from) {
  return {from.name(),     from.phone(), from.province(), from.city(),
          from.district(), from.town(),  from.detail()};
}

void ToProto(const AddressProblem& from, v1::AddressProblem& to) {
  to.set_field(from.field);
  to.set_description(from.description);
  to.set_refused(from.refused);
}

void MaskedToProto(const Receiver& from, v1::Receiver& to) {
  to.set_name(platform::MaskName(from.name));
  if (!from.phone.empty()) to.set_phone(platform::MaskPhone(from.phone));
  to.set_address(platform::MaskAddress(from.address));
}

std::string Encoded(const Order& order) {
  v1::Order message;
  ToProto(order, message);
  return message.SerializeAsString();
}

void ToProto(const StoredChange& change, const std::string& currency, v1::OrderChange& out) {
  const ChangeRecord& record = change.record;
  out.set_change_number(change.number);
  out.set_kind(static_cast<v1::ChangeKind>(record.kind));
  out.set_account_id(platform::ToString(record.account));
  *out.mutable_change_time() = ToTimestamp(record.at);
  out.set_reason(record.reason);
  out.set_erased(change.erased);
  if (record.kind == ChangeKind::kAddress && !change.erased) {
    MaskedToProto(record.receiver_before, *out.mutable_masked_receiver_before());
    MaskedToProto(record.receiver_after, *out.mutable_masked_receiver_after());
  }
  for (const LinePrice& price : record.prices) {
    v1::PriceOfLine& line = *out.add_prices();
    line.set_line_id(platform::ToString(price.line));
    line.mutable_before()->set_currency_code(currency);
    line.mutable_before()->set_minor_units(price.before_minor);
    line.mutable_after()->set_currency_code(currency);
    line.mutable_after()->set_minor_units(price.after_minor);
  }
  out.set_memo_before(record.memo_before.text);
  out.set_memo_flag_before(record.memo_before.flag);
  out.set_memo_after(record.memo_after.text);
  out.set_memo_flag_after(record.memo_after.flag);
}

}  // namespace

grpc::ServerUnaryReactor* ChangeApi::CheckAddress(grpc::CallbackServerContext* context,
                                                  const v1::CheckAddressRequest* request,
                                                  v1::CheckAddressResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ChangeApi::ChangeAddress(grpc::CallbackServerContext* context,
                                                   const v1::ChangeAddressRequest* request,
                                                   v1::ChangeAddressResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ChangeApi::ChangePrice(grpc::CallbackServerContext* context,
                                                 const v1::ChangePriceRequest* request,
                                                 v1::ChangePriceResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ChangeApi::ListOrderChanges(grpc::CallbackServerContext* context,
                                                      const v1::ListOrderChangesRequest* request,
                                                      v1::ListOrderChangesResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ChangeApi::AcknowledgeAddressChange(
    grpc::CallbackServerContext* context, const v1::AcknowledgeAddressChangeRequest* request,
    v1::AcknowledgeAddressChangeResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

grpc::ServerUnaryReactor* ChangeApi::ListAddressChanges(
    grpc::CallbackServerContext* context, const v1::ListAddressChangesRequest* request,
    v1::ListAddressChangesResponse* response) {
  return uses_.guard.Blocking(context, request, response,
                              [this](const Call& call, const auto& request, auto& response) {
                                Answer(call, request, response);
                              });
}

void ChangeApi::Answer(const Call& call, const v1::CheckAddressRequest& request,
                       v1::CheckAddressResponse& response) {
  const std::vector<AddressProblem> problems =
      request.has_address()
          ? order::CheckAddress(FromProto(request.address()))
          : uses_.editing.CheckReceiver(call.caller.shop,
                                        ParseId<OrderId>(request.order_id(), "order_id"));
  for (const AddressProblem& problem : problems) ToProto(problem, *response.add_problems());
}

void ChangeApi::Answer(const Call& call, const v1::ChangeAddressRequest& request,
                       v1::ChangeAddressResponse& response) {
  v1::ChangeAddressRequest asked = request;
  asked.clear_address();
  asked.clear_reason();
  const auto order = ParseId<OrderId>(request.order_id(), "order_id");
  const AddressEdit edit{FromProto(request.address()), request.reason()};
  response.mutable_order()->ParseFromString(
      uses_.editing.ChangeAddress(MakeWrite(call, request.request_id(), asked),
                                  {order, ParseEtag(request.etag())}, edit, Encoded));
  // Remembered answers hold no contact data, not even masked.
  ToProto(uses_.reading.MaskedReceiver(call.caller.shop, order),
          *response.mutable_order()->mutable_masked_receiver());
  for (const AddressProblem& warning : order::CheckAddress(edit.address)) {
    ToProto(warning, *response.add_warnings());
  }
}

void ChangeApi::Answer(const Call& call, const v1::ChangePriceRequest& request,
                       v1::ChangePriceResponse& response) {
  v1::ChangePriceRequest asked = request;
  asked.clear_reason();
  PriceEdit edit;
  edit.reason = request.reason();
  for (const v1::LinePrice& line : request.lines()) {
    edit.lines.push_back({ParseId<LineId>(line.line_id(), "lines.line_id"), line.payable_minor()});
  }
  if (request.has_postage_minor()) edit.postage_minor = request.postage_minor();
  const auto order = ParseId<OrderId>(request.order_id(), "order_id");
  response.mutable_order()->ParseFromString(
      uses_.editing.ChangePrice(MakeWrite(call, request.request_id(), asked),
                                {order, ParseEtag(request.etag())}, edit, Encoded));
  ToProto(uses_.reading.MaskedReceiver(call.caller.shop, order),
          *response.mutable_order()->mutable_masked_receiver());
}

void ChangeApi::Answer(const Call& call, const v1::ListOrderChangesRequest& request,
                       v1::ListOrderChangesResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto order = ParseId<OrderId>(request.order_id(), "order_id");
  const platform::PageQuery page("ListOrderChanges", shop, {request.order_id()});
  const auto after = page.Decode(request.page_token(), 1);
  const std::uint32_t before = after ? static_cast<std::uint32_t>(after->at(0)) : ~0u;
  const std::size_t size = platform::PageSize(request.page_size());
  std::vector<StoredChange> changes =
      uses_.store.ListChanges(shop, order, std::nullopt, before, size + 1);
  if (changes.size() > size) {
    changes.pop_back();
    response.set_next_page_token(page.Encode({changes.back().number}));
  }
  const std::optional<Order> stored = uses_.store.Find(shop, order);
  const std::string currency = stored ? stored->currency : std::string();
  for (const StoredChange& change : changes) ToProto(change, currency, *response.add_changes());
}

void ChangeApi::Answer(const Call& call, const v1::AcknowledgeAddressChangeRequest& request,
                       v1::AcknowledgeAddressChangeResponse& response) {
  const ShopId shop = call.caller.shop;
  const auto order = ParseId<OrderId>(request.order_id(), "order_id");
  const std::uint32_t newest = uses_.editing.AcknowledgeAddress(
      MakeWrite(call, request.request_id(), request), order, request.receiver_version());
  const std::vector<AddressChange> changes = uses_.store.ListAddressChanges(
      {.shop = shop, .order = order, .after = ChangeKey{.number = newest + 1}, .limit = 1});
  if (!changes.empty()) Show(shop, changes.front(), *response.mutable_change());
}

void ChangeApi::Answer(const Call& call, const v1::ListAddressChangesRequest& request,
                       v1::ListAddressChangesResponse& response) {
  AddressChangeQuery query{.shop = call.caller.shop,
                           .order = ParseOptionalId<OrderId>(request.order_id(), "order_id"),
                           .since = request.has_since() ? ToMicros(request.since()) : 0,
                           .unknown_only = request.unacknowledged_only()};
  const platform::PageQuery page(
      "ListAddressChanges", query.shop,
      {request.order_id(), std::to_string(query.since), query.unknown_only ? "unknown" : "all"});
  if (const auto key = page.Decode(request.page_token(), 3)) {
    query.after = ChangeKey{static_cast<std::int64_t>(key->at(0)), key->at(1),
                            static_cast<std::uint32_t>(key->at(2))};
  }
  const std::size_t size = platform::PageSize(request.page_size());
  query.limit = size + 1;
  std::vector<AddressChange> changes = uses_.store.ListAddressChanges(query);
  if (changes.size() > size) {
    changes.pop_back();
    const AddressChange& last = changes.back();
    response.set_next_page_token(
        page.Encode({static_cast<std::uint64_t>(last.at), last.order.value, last.number}));
  }
  for (const AddressChange& change : changes) Show(query.shop, change, *response.add_changes());
}

void ChangeApi::Show(ShopId shop, const AddressChange& change, v1::AddressChange& out) {
  out.set_order_id(platform::ToString(change.order));
  *out.mutable_change_time() = ToTimestamp(change.at);
  out.set_account_id(platform::ToString(change.account));
  out.set_receiver_version(change.receiver_version);
  if (change.acknowledged_at != 0) {
    *out.mutable_acknowledge_time() = ToTimestamp(change.acknowledged_at);
    out.set_acknowledged_by_id(platform::ToString(change.acknowledged_by));
  }
  const std::optional<Order> order = uses_.store.Find(shop, change.order);
  if (!order) return;
  out.set_platform(order->platform);
  out.set_order_number(order->number);
  out.set_status(static_cast<v1::OrderStatus>(order->status));
  if (change.receiver_version == 0) out.set_receiver_version(order->receiver_version);
  ToProto(uses_.reading.MaskedReceiver(shop, change.order), *out.mutable_masked_receiver());
}

}  // namespace redress::order
