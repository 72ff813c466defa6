// KeyService: one implementation, served by every service that seals.
#pragma once

#include <functional>
#include <string>

#include "redress/privacy/v1/key_service.grpc.pb.h"
#include "services/platform/sealing/key_rotation.h"
#include "services/platform/server/guard.h"

namespace redress::platform {

class KeyApi final : public redress::privacy::v1::KeyService::CallbackService {
 public:
  // `wake` is called when there is work for KeyRotation::RunSome. All outlive the api.
  KeyApi(Guard& guard, KeyRotation& rotation, std::string service, std::function<void()> wake)
      : guard_(guard), rotation_(rotation), service_(std::move(service)), wake_(std::move(wake)) {}

  grpc::ServerUnaryReactor* RotateKeys(grpc::CallbackServerContext* context,
                                       const redress::privacy::v1::RotateKeysRequest* request,
                                       redress::privacy::v1::RotateKeysResponse* response) override;
  grpc::ServerUnaryReactor* GetKeyStatus(
      grpc::CallbackServerContext* context,
      const redress::privacy::v1::GetKeyStatusRequest* request,
      redress::privacy::v1::GetKeyStatusResponse* response) override;

 private:
  void Fill(ShopId shop, redress::privacy::v1::KeyStatus& out);

  Guard& guard_;
  KeyRotation& rotation_;
  const std::string service_;
  const std::function<void()> wake_;
};

}  // namespace redress::platform
