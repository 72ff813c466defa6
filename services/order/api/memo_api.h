// MemoService: the shop's note on an order.
#pragma once

#include <utility>

#include "redress/order/v1/memo_service.grpc.pb.h"
#include "services/order/domain/order_editing.h"
#include "services/order/domain/order_rules.h"
#include "services/platform/server/call.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class MemoApi final : public v1::MemoService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    OrderStore& store;
    OrderEditing& editing;
    RulesRepository& rules;
    OrderEditing::ZoneOf zone_of;
  };
  explicit MemoApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* GetMemo(grpc::CallbackServerContext* context,
                                    const v1::GetMemoRequest* request,
                                    v1::GetMemoResponse* response) override;
  grpc::ServerUnaryReactor* WriteMemo(grpc::CallbackServerContext* context,
                                      const v1::WriteMemoRequest* request,
                                      v1::WriteMemoResponse* response) override;
  grpc::ServerUnaryReactor* CheckMemo(grpc::CallbackServerContext* context,
                                      const v1::CheckMemoRequest* request,
                                      v1::CheckMemoResponse* response) override;
  grpc::ServerUnaryReactor* ListMemoVersions(grpc::CallbackServerContext* context,
                                             const v1::ListMemoVersionsRequest* request,
                                             v1::ListMemoVersionsResponse* response) override;

 private:
  using Call = platform::Call;

  void Answer(const Call& call, const v1::GetMemoRequest& request, v1::GetMemoResponse& response);
  void Answer(const Call& call, const v1::WriteMemoRequest& request,
              v1::WriteMemoResponse& response);
  void Answer(const Call& call, const v1::CheckMemoRequest& request,
              v1::CheckMemoResponse& response);
  void Answer(const Call& call, const v1::ListMemoVersionsRequest& request,
              v1::ListMemoVersionsResponse& response);

  Uses uses_;
};

}  // namespace redress::order
