// SessionService over gRPC.
#pragma once

#include <prometheus/counter.h>

#include "redress/identity/v1/session_service.grpc.pb.h"
#include "services/identity/api/directory_feed.h"
#include "services/identity/domain/sessions.h"
#include "services/platform/server/executor.h"
#include "services/platform/server/guard.h"
#include "services/platform/telemetry/metrics.h"

namespace redress::identity {

// Log-ins run on threads of their own: they spend their time on password hashes, and however many
// arrive, nothing else has to wait for them. Those that find no place are refused at once.
class SessionApi final : public v1::SessionService::CallbackService {
 public:
  // All of them outlive the service.
  SessionApi(platform::Guard& guard, Sessions& sessions, DirectoryFeed& feed,
             platform::Metrics& metrics, platform::Executor::Options log_ins);

  grpc::ServerUnaryReactor* LogIn(grpc::CallbackServerContext* context,
                                  const v1::LogInRequest* request,
                                  v1::LogInResponse* response) override;
  grpc::ServerUnaryReactor* RefreshSession(grpc::CallbackServerContext* context,
                                           const v1::RefreshSessionRequest* request,
                                           v1::RefreshSessionResponse* response) override;
  grpc::ServerUnaryReactor* LogOut(grpc::CallbackServerContext* context,
                                   const v1::LogOutRequest* request,
                                   v1::LogOutResponse* response) override;
  grpc::ServerUnaryReactor* GetMe(grpc::CallbackServerContext* context,
                                  const v1::GetMeRequest* request,
                                  v1::GetMeResponse* response) override;

 private:
  platform::Guard& guard_;
  Sessions& sessions_;
  DirectoryFeed& feed_;
  prometheus::Counter& log_ins_ok_;
  prometheus::Counter& log_ins_refused_;
  platform::Executor log_ins_;
};

}  // namespace redress::identity
