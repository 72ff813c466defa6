#include "services/identity/api/session_api.h"

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "services/identity/api/mapping.h"
#include "services/platform/base/errors.h"
#include "services/platform/telemetry/trace.h"

namespace redress::identity {
namespace {

using platform::Call;
using platform::Code;
using platform::Refusal;

// "ipv4:10.0.0.7:51234" → "ipv4:10.0.0.7": every connection of a peer has a port of its own.
std::string WithoutPort(const std::string& peer) {
  const auto colon = peer.rfind(':');
  return colon == std::string::npos ? peer : peer.substr(0, colon);
}

std::string ForwardedFor(const grpc::CallbackServerContext& context) {
  const auto& metadata = context.client_metadata();
  const auto found = metadata.find("x-forwarded-for");
  if (found == metadata.end()) return {};
  const std::string all(found->second.data(), found->second.size());
  constexpr std::size_t kLongestAddress = 64;
  return all.substr(all.rfind(',') + 1).substr(0, kLongestAddress);
}

// Waits for a thread of the log-in executor; dropped without having run, its call answers by
// itself.
class LogInTask final : public platform::ExecutorTask {
 public:
  LogInTask(std::function<void()> log_in, std::string trace_id, platform::Done done)
      : log_in_(std::move(log_in)), trace_id_(std::move(trace_id)), done_(std::move(done)) {}

  void Run(std::shared_ptr<ExecutorTask>) override {
    const platform::TraceScope trace(trace_id_);
    try {
      log_in_();
      done_();
    } catch (...) {
      done_(std::current_exception());
    }
  }

 private:
  std::function<void()> log_in_;
  std::string trace_id_;
  platform::Done done_;
};

void Answer(const SignedIn& signed_in, v1::LogInResponse& response) {
  ToProto(signed_in.tokens, response.mutable_tokens());
  response.set_account_id(ToString(signed_in.account.id));
  response.set_display_name(signed_in.account.display_name);
  for (const Workplace& workplace : signed_in.workplaces) {
    ToProto(workplace, response.add_memberships());
  }
}

}  // namespace

SessionApi::SessionApi(platform::Guard& guard, Sessions& sessions, DirectoryFeed& feed,
                       platform::Metrics& metrics, platform::Executor::Options log_ins)
    : guard_(guard),
      sessions_(sessions),
      feed_(feed),
      log_ins_ok_(metrics.Counter("redress_identity_log_ins_total", "Log-ins by result",
                                  {{"result", "ok"}})),
      log_ins_refused_(metrics.Counter("redress_identity_log_ins_total", "Log-ins by result",
                                       {{"result", "refused"}})),
      log_ins_(log_ins) {}

grpc::ServerUnaryReactor* SessionApi::LogIn(grpc::CallbackServerContext* context,
                                            const v1::LogInRequest* request,
                                            v1::LogInResponse* response) {
  return guard_.Async(
      context, request, response,
      [this, peer = WithoutPort(context->peer()), forwarded = ForwardedFor(*context)](
          const Call& call, const v1::LogInRequest& request, v1::LogInResponse& response,
          platform::Done done) {
        // Behind the gateway all people share one address; it alone is believed about theirs.
        const bool by_gateway = call.caller.service == "gateway" && !forwarded.empty();
        const LogInAttempt attempt{request.account_name(), request.password(),
                                   by_gateway ? forwarded : peer, call.caller.client};
        auto log_in = [this, attempt, &call, &response] {
          if (call.Expired()) {
            throw Refusal(Code::kDeadlineExceeded, "DEADLINE_EXCEEDED", "the caller has left");
          }
          try {
            Answer(sessions_.LogIn(attempt), response);
            log_ins_ok_.Increment();
          } catch (const Refusal&) {
            log_ins_refused_.Increment();
            throw;
          }
        };
        if (!log_ins_.Submit(std::make_shared<LogInTask>(log_in, call.trace_id, std::move(done)))) {
          throw Refusal(Code::kResourceExhausted, "LOG_INS_BUSY",
                        "too many people log in at this moment: try again in a second")
              .RetryAfter(platform::kSecondUs);
        }
      });
}

grpc::ServerUnaryReactor* SessionApi::RefreshSession(grpc::CallbackServerContext* context,
                                                     const v1::RefreshSessionRequest* request,
                                                     v1::RefreshSessionResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call&, const v1::RefreshSessionRequest& request,
                                v1::RefreshSessionResponse& response) {
                           try {
                             ToProto(sessions_.Refresh(request.refresh_token()),
                                     response.mutable_tokens());
                           } catch (const Refusal&) {
                             feed_.CatchUp();  // a reused token may have ended its session
                             throw;
                           }
                         });
}

grpc::ServerUnaryReactor* SessionApi::LogOut(grpc::CallbackServerContext* context,
                                             const v1::LogOutRequest* request,
                                             v1::LogOutResponse* response) {
  return guard_.Blocking(context, request, response,
                         [this](const Call& call, const v1::LogOutRequest&, v1::LogOutResponse&) {
                           sessions_.LogOut(SessionId{call.caller.session});
                           feed_.CatchUp();
                         });
}

grpc::ServerUnaryReactor* SessionApi::GetMe(grpc::CallbackServerContext* context,
                                            const v1::GetMeRequest* request,
                                            v1::GetMeResponse* response) {
  return guard_.Blocking(
      context, request, response,
      [this](const Call& call, const v1::GetMeRequest&, v1::GetMeResponse& response) {
        const Me me = sessions_.WhoIs(call.caller.account);
        response.set_account_id(ToString(me.account.id));
        response.set_account_name(me.account.name);
        response.set_display_name(me.account.display_name);
        for (const Workplace& workplace : me.workplaces) {
          ToProto(workplace, response.add_memberships());
        }
      });
}

}  // namespace redress::identity
