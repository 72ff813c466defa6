// DirectoryService over gRPC: what the other services poll.
#pragma once

#include "redress/identity/v1/directory_service.grpc.pb.h"
#include "services/identity/domain/directory.h"
#include "services/identity/domain/signing_keys.h"
#include "services/platform/server/guard.h"

namespace redress::identity {

class DirectoryApi final : public v1::DirectoryService::CallbackService {
 public:
  // All of them outlive the service.
  DirectoryApi(platform::Guard& guard, DirectoryRepository& directory, const SigningKeys& keys)
      : guard_(guard), directory_(directory), keys_(keys) {}

  grpc::ServerUnaryReactor* ListSigningKeys(grpc::CallbackServerContext* context,
                                            const v1::ListSigningKeysRequest* request,
                                            v1::ListSigningKeysResponse* response) override;
  grpc::ServerUnaryReactor* ListDirectoryChanges(
      grpc::CallbackServerContext* context, const v1::ListDirectoryChangesRequest* request,
      v1::ListDirectoryChangesResponse* response) override;

 private:
  platform::Guard& guard_;
  DirectoryRepository& directory_;
  const SigningKeys& keys_;
};

}  // namespace redress::identity
