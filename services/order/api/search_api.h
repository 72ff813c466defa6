// SearchService: maps a request to the domain, calls once, maps the answer back.
#pragma once

#include "redress/order/v1/search_service.grpc.pb.h"
#include "services/order/domain/order_search.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class SearchApi final : public v1::SearchService::CallbackService {
 public:
  // Both outlive the api.
  SearchApi(platform::Guard& guard, OrderSearch& search) : guard_(guard), search_(search) {}

  grpc::ServerUnaryReactor* SearchOrders(grpc::CallbackServerContext* context,
                                         const v1::SearchOrdersRequest* request,
                                         v1::SearchOrdersResponse* response) override;

 private:
  void Search(const platform::Call& call, const v1::SearchOrdersRequest& request,
              v1::SearchOrdersResponse& response);

  platform::Guard& guard_;
  OrderSearch& search_;
};

}  // namespace redress::order
