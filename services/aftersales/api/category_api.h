#pragma once

#include "redress/aftersales/v1/category_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// CategoryService: goods that cannot be returned.
class CategoryApi final : public v1::CategoryService::CallbackService {
 public:
  CategoryApi(platform::Guard& guard, CaseEngine& engine, Commands& commands)
      : guard_(guard), engine_(engine), commands_(commands) {}

  grpc::ServerUnaryReactor* MarkNotReturnable(grpc::CallbackServerContext* context,
                                              const v1::MarkNotReturnableRequest* request,
                                              v1::MarkNotReturnableResponse* response) override;

 private:
  platform::Guard& guard_;
  CaseEngine& engine_;
  Commands& commands_;
};

}  // namespace redress::aftersales
