#include "services/identity/api/directory_api.h"

#include "services/identity/api/mapping.h"

namespace redress::identity {

using platform::Call;

grpc::ServerUnaryReactor* DirectoryApi::ListSigningKeys(grpc::CallbackServerContext* context,
                                                        const v1::ListSigningKeysRequest* request,
                                                        v1::ListSigningKeysResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call&, const v1::ListSigningKeysRequest&,
                                v1::ListSigningKeysResponse& response) {
                           for (const auto& key : keys_.PublishedKeys()) {
                             auto* out = response.add_keys();
                             out->set_key_id(key.key_id);
                             out->set_public_key_pem(key.public_key_pem);
                           }
                         });
}

grpc::ServerUnaryReactor* DirectoryApi::ListDirectoryChanges(
    grpc::CallbackServerContext* context, const v1::ListDirectoryChangesRequest* request,
    v1::ListDirectoryChangesResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call&, const v1::ListDirectoryChangesRequest& request,
             v1::ListDirectoryChangesResponse& response) {
        constexpr std::size_t kStandardPage = 1000;
        const std::size_t limit = request.page_size() == 0 ? kStandardPage : request.page_size();
        for (const auto& change : directory_.ChangesSince(request.since_version(), limit)) {
          ToProto(change, response.add_changes());
        }
      });
}

}  // namespace redress::identity
