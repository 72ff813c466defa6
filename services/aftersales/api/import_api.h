#pragma once

#include "redress/aftersales/v1/import_service.grpc.pb.h"
#include "services/aftersales/api/past_mapping.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

class ImportApi final : public v1::ImportService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    platform::Directory& directory;
    platform::Sealer& sealer;
    PastImport& past;
  };
  explicit ImportApi(const Uses& uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* ImportCases(grpc::CallbackServerContext* context,
                                        const v1::ImportCasesRequest* request,
                                        v1::ImportCasesResponse* response) override;

 private:
  AgentAccounts AccountsOf(ShopId shop, const v1::ImportCasesRequest& request) const;

  const Uses uses_;
};

}  // namespace redress::aftersales
