#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <mutex>
#include <string>

#include "redress/aftersales/v1/case_service.grpc.pb.h"
#include "redress/aftersales/v1/warehouse_service.grpc.pb.h"
#include "redress/identity/v1/session_service.grpc.pb.h"
#include "redress/order/v1/order_service.grpc.pb.h"
#include "services/platform/server/guard.h"

namespace redress::test {

using platform::Call;
using platform::Guard;

// Real service definitions with handlers that a test chooses: what matters here is the way to them.
struct Orders final : order::v1::OrderService::CallbackService {
  explicit Orders(Guard& guard) : guard(guard) {}

  grpc::ServerUnaryReactor* GetOrder(grpc::CallbackServerContext* context,
                                     const order::v1::GetOrderRequest* request,
                                     order::v1::GetOrderResponse* response) override {
    return guard.Blocking(context, request, response,
                          [this](const Call& call, const order::v1::GetOrderRequest& request,
                                 order::v1::GetOrderResponse& response) {
                            response.mutable_order()->set_order_id(request.order_id());
                            get_order(call);
                          });
  }
  grpc::ServerUnaryReactor* GetLineFacts(grpc::CallbackServerContext* context,
                                         const order::v1::GetLineFactsRequest* request,
                                         order::v1::GetLineFactsResponse* response) override {
    return guard.Async(context, request, response,
                       [this](const Call& call, const order::v1::GetLineFactsRequest&,
                              order::v1::GetLineFactsResponse&,
                              platform::Done done) { get_line_facts(call, std::move(done)); });
  }

  Guard& guard;
  std::function<void(const Call&)> get_order = [](const Call&) {};
  std::function<void(const Call&, platform::Done)> get_line_facts =
      [](const Call&, platform::Done done) { done(); };
};

struct Sessions final : identity::v1::SessionService::CallbackService {
  explicit Sessions(Guard& guard) : guard(guard) {}

  grpc::ServerUnaryReactor* LogIn(grpc::CallbackServerContext* context,
                                  const identity::v1::LogInRequest* request,
                                  identity::v1::LogInResponse* response) override {
    return guard.Blocking(
        context, request, response,
        [](const Call&, const identity::v1::LogInRequest&, identity::v1::LogInResponse&) {});
  }
  grpc::ServerUnaryReactor* GetMe(grpc::CallbackServerContext* context,
                                  const identity::v1::GetMeRequest* request,
                                  identity::v1::GetMeResponse* response) override {
    return guard.Async(context, request, response,
                       [](const Call& call, const identity::v1::GetMeRequest&,
                          identity::v1::GetMeResponse& response, platform::Done done) {
                         response.set_account_id(ToString(call.caller.account));
                         done();
                       });
  }

  Guard& guard;
};

struct Cases final : aftersales::v1::CaseService::CallbackService {
  explicit Cases(Guard& guard) : guard(guard) {}

  grpc::ServerUnaryReactor* ApplyStep(grpc::CallbackServerContext* context,
                                      const aftersales::v1::ApplyStepRequest* request,
                                      aftersales::v1::ApplyStepResponse* response) override {
    return guard.Async(context, request, response,
                       [](const Call&, const aftersales::v1::ApplyStepRequest&,
                          aftersales::v1::ApplyStepResponse&, platform::Done done) { done(); });
  }

  Guard& guard;
};

struct Tasks final : aftersales::v1::WarehouseService::CallbackService {
  explicit Tasks(Guard& guard) : guard(guard) {}
  using Writer = platform::StreamWriter<aftersales::v1::WatchTasksResponse>;

  grpc::ServerWriteReactor<aftersales::v1::WatchTasksResponse>* WatchTasks(
      grpc::CallbackServerContext* context,
      const aftersales::v1::WatchTasksRequest* request) override {
    return guard.Streaming<aftersales::v1::WatchTasksResponse>(
        context, request,
        [this](const Call& call, const aftersales::v1::WatchTasksRequest&, Writer& writer) {
          watch(call, writer);
        });
  }

  Guard& guard;
  std::function<void(const Call&, Writer&)> watch = [](const Call&, Writer&) {};
};

}  // namespace redress::test
