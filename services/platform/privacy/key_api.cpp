#include "services/platform/privacy/key_api.h"

#include "services/platform/base/text.h"
#include "services/platform/privacy/timestamps.h"
#include "services/platform/server/call.h"

namespace redress::platform {

namespace v1 = redress::privacy::v1;

void KeyApi::Fill(ShopId shop, v1::KeyStatus& out) {
  const KeyState state = rotation_.State(shop);
  out.set_service(service_);
  out.set_generation(state.generation);
  out.set_oldest_generation(state.oldest_generation);
  out.set_subject_count(state.subject_count);
  out.set_rewrapped_count(state.rewrapped_count);
  if (state.started_at != 0) SetTime(state.started_at, *out.mutable_start_time());
  if (state.finished_at != 0) SetTime(state.finished_at, *out.mutable_end_time());
  out.set_master_key_current(state.master_key_current);
}

grpc::ServerUnaryReactor* KeyApi::RotateKeys(grpc::CallbackServerContext* context,
                                             const v1::RotateKeysRequest* request,
                                             v1::RotateKeysResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::RotateKeysRequest& request,
                                v1::RotateKeysResponse& response) {
                           const ShopId shop = call.caller.shop;
                           if (request.only_master_key()) {
                             rotation_.RewrapWithMaster(shop);
                           } else {
                             rotation_.Begin(shop, request.request_id(),
                                             Sha256(ToString(call.caller.account) + "|rotate|" +
                                                    request.SerializeAsString()));
                             wake_();
                           }
                           Fill(shop, *response.mutable_status());
                         });
}

grpc::ServerUnaryReactor* KeyApi::GetKeyStatus(grpc::CallbackServerContext* context,
                                               const v1::GetKeyStatusRequest* request,
                                               v1::GetKeyStatusResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetKeyStatusRequest&, v1::GetKeyStatusResponse& response) {
        Fill(call.caller.shop, *response.mutable_status());
      });
}

}  // namespace redress::platform
