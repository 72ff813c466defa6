#pragma once

#include <google/protobuf/descriptor.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "services/platform/access/directory.h"
#include "services/platform/access/token_verifier.h"
#include "services/platform/server/call.h"
#include "services/platform/server/executor.h"
#include "services/platform/server/guarded_calls.h"
#include "services/platform/server/pending_call.h"
#include "services/platform/server/permission.h"
#include "services/platform/server/stream_shares.h"
#include "services/platform/server/stream_writer.h"
#include "services/platform/telemetry/metrics.h"

namespace redress::platform {

// Metadata of calls.
inline constexpr char kShopMetadata[] = "x-redress-shop";      // the shop's number, decimal
inline constexpr char kClientMetadata[] = "x-redress-client";  // from services: their caller's
inline constexpr char kTraceMetadata[] = "traceparent";        // W3C

// The one door into a service. Every handler runs behind it; in this order it establishes token →
// caller → membership in the shop that metadata x-redress-shop names → permission declared on the
// method → permission declared on the event messages in the request → field rules → deadline, and
// puts a trace id on each log line. What a handler throws
// becomes the answer: a Refusal its google.rpc status, anything else INTERNAL (logged, the caller
// gets the trace id only). In a service:
//
//   grpc::ServerUnaryReactor* GetOrder(grpc::CallbackServerContext* context,
//                                      const GetOrderRequest* request,
//                                      GetOrderResponse* response) override {
//     return guard_.Blocking(context, request, response,
//         [this](const Call& call, const GetOrderRequest& request, GetOrderResponse& response) {
//           ToProto(orders_.Get(call.caller.shop, KeyOf(request)), response);
//         });
//   }
class Guard {
 public:
  struct Options {
    Executor::Options calls = {};                             // for Blocking
    Executor::Options streams = {.threads = 64, .queue = 0};  // one thread per open stream
    std::size_t streams_per_shop = 16;                        // of one shop at once
    // How soon an open stream ends after its caller lost the right to it.
    std::chrono::milliseconds judge_streams_every = std::chrono::seconds(1);
    std::chrono::milliseconds longest_call = std::chrono::seconds(60);  // where none is asked for
  };
  Guard(Options options, const Clock& clock, Directory& directory, TokenVerifier& verifier,
        Metrics& metrics);
  ~Guard();

  // Makes a service's methods callable; a method is found again by its request's type, which no
  // two methods share. Throws std::logic_error when a method declares no access, an event message
  // in its request no sender, or a field rule is unusable; the program must not start then. Not to
  // be called while calls run.
  void Declare(const google::protobuf::ServiceDescriptor* service);

  // `handler(const Call&, const Req&, Resp&)` runs on the bounded executor and may block.
  template <class Req, class Resp, class F>
  grpc::ServerUnaryReactor* Blocking(grpc::CallbackServerContext* context, const Req* request,
                                     Resp* response, F handler) {
    auto* reactor = context->DefaultReactor();
    StartOnExecutor(std::make_shared<BlockingCall<Req, Resp, F>>(*this, context, reactor, request,
                                                                 response, std::move(handler)),
                    *calls_);
    return reactor;
  }

  // `handler(const Call&, const Req&, Resp&, Done)` runs on gRPC's thread and must not block; Done
  // may be called later, by any thread. Call, request and response live until it was called.
  template <class Req, class Resp, class F>
  grpc::ServerUnaryReactor* Async(grpc::CallbackServerContext* context, const Req* request,
                                  Resp* response, F handler) {
    auto* reactor = context->DefaultReactor();
    StartInline(std::make_shared<AsyncCall<Req, Resp, F>>(*this, context, reactor, request,
                                                          response, std::move(handler)));
    return reactor;
  }

  // `handler(const Call&, const Req&, StreamWriter<Item>&)` runs on a thread of its own, of a
  // bounded set; the stream ends when it returns, which it is told to do when its caller loses the
  // right to it (see StreamWriter). Item has to be named:
  //   return guard_.Streaming<WatchTasksResponse>(context, request, …);
  template <class Item, class Req, class F>
  grpc::ServerWriteReactor<Item>* Streaming(grpc::CallbackServerContext* context,
                                            const Req* request, F handler) {
    auto reactor = std::make_shared<StreamReactor<Item>>(stopping_);
    reactor->KeepAlive(reactor);
    StartOnExecutor(std::make_shared<StreamingCall<Item, Req, F>>(*this, context, reactor, request,
                                                                  std::move(handler)),
                    *streams_);
    return reactor.get();
  }

  // Whether the `sender` option of the event message names the caller; false for what is no event.
  // For lists of allowed actions: calls are judged before a handler runs.
  bool MaySend(const Caller& caller, const google::protobuf::Descriptor* event) const;

  // Ends open streams and refuses new calls with UNAVAILABLE, while those under way go on.
  void RefuseNewCalls();
  // Also waits until no handler runs any more.
  void Stop();

 private:
  friend class PendingCall;

  enum class Admission { kAdmitted, kAnswered, kNeedsKey };

  void StartOnExecutor(const std::shared_ptr<PendingCall>& pending, Executor& executor);
  void StartInline(const std::shared_ptr<PendingCall>& pending);
  // kNeedsKey: identity has to be asked for a signing key, by a thread that may block.
  Admission AdmitNow(PendingCall& pending) noexcept;
  // false: the call was answered.
  bool AdmitOnExecutor(PendingCall& pending) noexcept;
  // Judges the call; throws Refusal. false: a key is missing, and may_block is false.
  bool Admit(PendingCall& pending, bool may_block);
  void ReadMetadata(PendingCall& pending) const;
  bool EstablishCaller(PendingCall& pending, bool may_block);
  void JoinShop(PendingCall& pending) const;
  // Whether an admitted stream's caller is still who and what it was; throws Refusal. A service
  // that acts as itself is: its connection says so.
  void JudgeAgain(PendingCall& pending) const;
  void Permit(const PendingCall& pending) const;
  // Refuses (kPermissionDenied, EVENT_NOT_ALLOWED) a caller whom the `sender` option of an event
  // message in the message, however deep, does not name.
  void PermitEvents(const Caller& caller, const google::protobuf::Message& message) const;
  void SetDeadline(PendingCall& pending) const;

  const Options options_;
  const Clock& clock_;
  Directory& directory_;
  TokenVerifier& verifier_;
  Metrics& metrics_;
  // Shared with the calls, which may be answered after the guard is gone.
  std::unordered_map<const google::protobuf::Descriptor*, std::shared_ptr<MethodPlan>> plans_;
  std::unordered_map<const google::protobuf::Descriptor*, Permission> senders_;
  std::atomic<bool> stopping_ = false;
  std::shared_ptr<Executor> calls_;
  std::unique_ptr<Executor> streams_;
  StreamShares shares_;
};

}  // namespace redress::platform
