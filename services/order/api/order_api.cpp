#include "services/order/api/order_api.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/order/api/mapping.h"
#include "services/order/api/trade_mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/ids.h"
#include "services/platform/paging/paging.h"
#include "services/platform/rules/field_rules.h"
#include "services/platform/server/call.h"

namespace redress::order {
namespace {

using platform::Call;
using platform::PageQuery;
using platform::PageSize;
using platform::ParseId;
using platform::ParseOptionalId;

// The digest of who asked for what. Receiver and details are left out: their keyed hashes join in
// the domain, since a plain digest of contact data could be guessed; so does the buyer as a
// customer, since a nick could be, too.
platform::Digest DigestOf(const Call& call, const v1::PushOrderRequest& request) {
  v1::PushOrderRequest asked = request;
  v1::OrderInput& order = *asked.mutable_order();
  order.clear_receiver();
  order.clear_buyer_message();
  order.clear_memo();
  order.clear_buyer_account();
  order.clear_buyer_nick();
  order.clear_raw_fields();
  return platform::Sha256(platform::ToString(call.caller.account) + "|" + call.caller.service +
                          "|" + asked.SerializeAsString());
}

// Field rules first: a broken item is answered for itself and never reaches the domain.
template <class Item, class Message>
std::vector<Item> JudgeEach(const google::protobuf::RepeatedPtrField<Message>& messages) {
  std::vector<Item> items;
  items.reserve(static_cast<std::size_t>(messages.size()));
  for (const Message& message : messages) {
    const auto violations = platform::FindViolations(message);
    if (violations.empty()) {
      items.emplace_back(FromProto(message));
    } else {
      items.emplace_back(Problem{violations.front().field, violations.front().description});
    }
  }
  return items;
}

std::optional<ListKey> ToListKey(const std::optional<platform::PageKey>& key) {
  if (!key) return std::nullopt;
  return ListKey{static_cast<std::int64_t>(key->at(0)), key->at(1)};
}

template <class Item>
std::string NextToken(const PageQuery& query, const Page<Item>& page) {
  if (!page.next) return {};
  return query.Encode({static_cast<std::uint64_t>(page.next->at), page.next->id});
}

}  // namespace

grpc::ServerUnaryReactor* OrderApi::PushOrder(grpc::CallbackServerContext* context,
                                              const v1::PushOrderRequest* request,
                                              v1::PushOrderResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::PushOrderRequest& request,
             v1::PushOrderResponse& response) {
        const std::string answer = intake_.Push(
            call.caller.shop,
            {request.request_id(), DigestOf(call, request), FromProto(request.order())},
            call.expires, [](const Order& order) {
              v1::Order stored;
              ToProto(order, stored);
              return stored.SerializeAsString();
            });
        v1::Order& order = *response.mutable_order();
        order.ParseFromString(answer);
        // Remembered answers hold no contact data, not even masked.
        const auto id = ParseId<OrderId>(order.order_id(), "order_id");
        ToProto(reading_.MaskedReceiver(call.caller.shop, id), *order.mutable_masked_receiver());
      });
}

grpc::ServerUnaryReactor* OrderApi::ImportOrders(grpc::CallbackServerContext* context,
                                                 const v1::ImportOrdersRequest* request,
                                                 v1::ImportOrdersResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ImportOrdersRequest& request,
             v1::ImportOrdersResponse& response) {
        const auto orders = JudgeEach<OrderItem>(request.orders());
        const auto adjustments = JudgeEach<AdjustmentItem>(request.adjustments());
        const ImportReport report = intake_.Import(call.caller.shop, orders, adjustments,
                                                   call.expires, request.validate_only());
        for (const ImportResult& each : report.orders) ToProto(each, *response.add_orders());
        for (const ImportResult& each : report.adjustments) {
          ToProto(each, *response.add_adjustments());
        }
      });
}

grpc::ServerUnaryReactor* OrderApi::PushTrades(grpc::CallbackServerContext* context,
                                               const v1::PushTradesRequest* request,
                                               v1::PushTradesResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::PushTradesRequest& request,
             v1::PushTradesResponse& response) { TakeTrades(call, request, response); });
}

// What could be read goes the way of an import: judged by the same rules, merged the same way.
void OrderApi::TakeTrades(const Call& call, const v1::PushTradesRequest& request,
                          v1::PushTradesResponse& response) {
  std::vector<ReadTrade> trades = ReadTrades(request.platform(), request.bodies());
  google::protobuf::RepeatedPtrField<v1::OrderInput> orders;
  std::vector<v1::TradeResult*> taken;
  for (ReadTrade& trade : trades) {
    v1::TradeResult& result = *response.add_results();
    result.set_body(static_cast<std::uint32_t>(trade.body));
    result.set_order_number(trade.order.order_number());
    if (trade.problem) {
      ToProto({ImportOutcome::kRefused, *trade.problem}, *result.mutable_result());
      continue;
    }
    taken.push_back(&result);
    *orders.Add() = std::move(trade.order);
  }
  const ImportReport report =
      intake_.Import(call.caller.shop, JudgeEach<OrderItem>(orders), {}, call.expires);
  for (std::size_t i = 0; i < taken.size(); ++i) {
    ToProto(report.orders[i], *taken[i]->mutable_result());
  }
}

grpc::ServerUnaryReactor* OrderApi::GetOrder(grpc::CallbackServerContext* context,
                                             const v1::GetOrderRequest* request,
                                             v1::GetOrderResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetOrderRequest& request, v1::GetOrderResponse& response) {
        const ShopId shop = call.caller.shop;
        const OrderView view =
            request.has_number()
                ? reading_.GetByNumber(
                      shop, {request.number().platform(), request.number().order_number()})
                : reading_.Get(shop, ParseId<OrderId>(request.order_id(), "order_id"));
        ToProto(view.order, *response.mutable_order());
        ToProto(view.masked_receiver, *response.mutable_order()->mutable_masked_receiver());
        ToProto(view.masked_details, *response.mutable_order());
      });
}

grpc::ServerUnaryReactor* OrderApi::ListOrders(grpc::CallbackServerContext* context,
                                               const v1::ListOrdersRequest* request,
                                               v1::ListOrdersResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListOrdersRequest& request,
             v1::ListOrdersResponse& response) {
        const ShopId shop = call.caller.shop;
        const PageQuery query("ListOrders", shop, {request.customer_id()});
        const Page<OrderView> page = reading_.List(
            shop, ParseOptionalId<CustomerId>(request.customer_id(), "customer_id"),
            ToListKey(query.Decode(request.page_token(), 2)), PageSize(request.page_size()));
        for (const OrderView& view : page.items) {
          v1::Order& order = *response.add_orders();
          ToProto(view.order, order);
          ToProto(view.masked_receiver, *order.mutable_masked_receiver());
        }
        response.set_next_page_token(NextToken(query, page));
      });
}

grpc::ServerUnaryReactor* OrderApi::ListAdjustments(grpc::CallbackServerContext* context,
                                                    const v1::ListAdjustmentsRequest* request,
                                                    v1::ListAdjustmentsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListAdjustmentsRequest& request,
             v1::ListAdjustmentsResponse& response) {
        const ShopId shop = call.caller.shop;
        const PageQuery query("ListAdjustments", shop, {request.customer_id()});
        const Page<Adjustment> page = reading_.ListAdjustments(
            shop, ParseOptionalId<CustomerId>(request.customer_id(), "customer_id"),
            ToListKey(query.Decode(request.page_token(), 2)), PageSize(request.page_size()));
        for (const Adjustment& each : page.items) ToProto(each, *response.add_adjustments());
        response.set_next_page_token(NextToken(query, page));
      });
}

grpc::ServerUnaryReactor* OrderApi::GetLineFacts(grpc::CallbackServerContext* context,
                                                 const v1::GetLineFactsRequest* request,
                                                 v1::GetLineFactsResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetLineFactsRequest& request,
             v1::GetLineFactsResponse& response) {
        const ShopId shop = call.caller.shop;
        if (request.has_number()) {
          const NumberKey number{request.number().platform(), request.number().order_number()};
          return ToProto(request.whole_order()
                             ? reading_.FactsOf(shop, number)
                             : reading_.FactsOf(shop, number, request.line_number()),
                         response);
        }
        const auto order = ParseId<OrderId>(request.order_id(), "order_id");
        const auto line = ParseOptionalId<LineId>(request.line_id(), "line_id");
        ToProto(request.whole_order() ? reading_.FactsOf(shop, order)
                                      : reading_.FactsOf(shop, order, line),
                response);
      });
}

grpc::ServerUnaryReactor* OrderApi::ListOrderNumbers(grpc::CallbackServerContext* context,
                                                     const v1::ListOrderNumbersRequest* request,
                                                     v1::ListOrderNumbersResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::ListOrderNumbersRequest& request,
             v1::ListOrderNumbersResponse& response) {
        std::vector<OrderId> orders;
        for (const std::string& id : request.order_ids()) {
          orders.push_back(ParseId<OrderId>(id, "order_ids"));
        }
        for (const KnownNumber& one : reading_.NumbersOf(call.caller.shop, orders)) {
          v1::OrderNumber& added = *response.add_orders();
          added.set_order_id(platform::ToString(one.order));
          added.set_platform(one.key.platform);
          added.set_order_number(one.key.number);
        }
      });
}

}  // namespace redress::order
