// OrderService: maps a request to the domain, calls once, maps the answer back. Who may call what,
// field rules and deadlines are the guard's.
#pragma once

#include "redress/order/v1/order_service.grpc.pb.h"
#include "services/order/domain/order_intake.h"
#include "services/order/domain/order_reading.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class OrderApi final : public v1::OrderService::CallbackService {
 public:
  // All outlive the api.
  OrderApi(platform::Guard& guard, OrderIntake& intake, OrderReading& reading)
      : guard_(guard), intake_(intake), reading_(reading) {}

  grpc::ServerUnaryReactor* PushOrder(grpc::CallbackServerContext* context,
                                      const v1::PushOrderRequest* request,
                                      v1::PushOrderResponse* response) override;
  grpc::ServerUnaryReactor* ImportOrders(grpc::CallbackServerContext* context,
                                         const v1::ImportOrdersRequest* request,
                                         v1::ImportOrdersResponse* response) override;
  grpc::ServerUnaryReactor* PushTrades(grpc::CallbackServerContext* context,
                                       const v1::PushTradesRequest* request,
                                       v1::PushTradesResponse* response) override;
  grpc::ServerUnaryReactor* GetOrder(grpc::CallbackServerContext* context,
                                     const v1::GetOrderRequest* request,
                                     v1::GetOrderResponse* response) override;
  grpc::ServerUnaryReactor* ListOrders(grpc::CallbackServerContext* context,
                                       const v1::ListOrdersRequest* request,
                                       v1::ListOrdersResponse* response) override;
  grpc::ServerUnaryReactor* ListAdjustments(grpc::CallbackServerContext* context,
                                            const v1::ListAdjustmentsRequest* request,
                                            v1::ListAdjustmentsResponse* response) override;
  grpc::ServerUnaryReactor* GetLineFacts(grpc::CallbackServerContext* context,
                                         const v1::GetLineFactsRequest* request,
                                         v1::GetLineFactsResponse* response) override;
  grpc::ServerUnaryReactor* ListOrderNumbers(grpc::CallbackServerContext* context,
                                             const v1::ListOrderNumbersRequest* request,
                                             v1::ListOrderNumbersResponse* response) override;

 private:
  void TakeTrades(const platform::Call& call, const v1::PushTradesRequest& request,
                  v1::PushTradesResponse& response);

  platform::Guard& guard_;
  OrderIntake& intake_;
  OrderReading& reading_;
};

}  // namespace redress::order
