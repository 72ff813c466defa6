#include "clients/cpp/client.h"

#include <algorithm>
#include <memory>
#include <random>
#include <stdexcept>
#include <thread>

#include "clients/cpp/call_error.h"
#include "clients/cpp/text.h"

namespace redress::client {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr auto kFirstPause = milliseconds(100);
constexpr auto kLongestPause = milliseconds(5000);
constexpr int kWatchAttempts = 30;
// An attempt that lasted this long had been let in: only streams do.
constexpr auto kWasLetIn = std::chrono::seconds(30);

void FillRequestId(google::protobuf::Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  if (field == nullptr || field->type() != google::protobuf::FieldDescriptor::TYPE_STRING) return;
  const google::protobuf::Reflection& reflection = *request.GetReflection();
  if (reflection.GetString(request, field).empty()) {
    reflection.SetString(&request, field, RandomRequestId());
  }
}

// Doubles with every attempt; half of it is random, so that many clients do not return at once.
microseconds Pause(int attempt) {
  static thread_local std::minstd_rand random{std::random_device{}()};
  const milliseconds longest = std::min(kLongestPause, kFirstPause * (1 << std::min(attempt, 10)));
  const auto half = std::chrono::duration_cast<microseconds>(longest) / 2;
  return half + microseconds(std::uniform_int_distribution<std::int64_t>(0, half.count())(random));
}

// gRPC moves a connection on only while some call or wait is under way: a client that sleeps
// between its attempts would find it as unfinished as before, long after the service is back.
void Await(grpc::Channel& channel, microseconds pause) {
  const auto until = system_clock::now() + pause;
  if (channel.GetState(true) == GRPC_CHANNEL_READY) {
    std::this_thread::sleep_until(until);
  } else {
    channel.WaitForConnected(until);
  }
}

bool MayHelp(grpc::StatusCode code) {
  return code == grpc::StatusCode::UNAVAILABLE || code == grpc::StatusCode::RESOURCE_EXHAUSTED;
}

}  // namespace

Client::Client(std::shared_ptr<Channels> channels, std::shared_ptr<Session> session,
               std::string shop_id, CallOptions options)
    : channels_(std::move(channels)),
      session_(std::move(session)),
      shop_id_(std::move(shop_id)),
      options_(options) {}

std::string Client::Prepare(grpc::ClientContext& context) {
  std::string token;
  if (session_) {
    token = session_->AccessToken();
    context.AddMetadata("authorization", "Bearer " + token);
  }
  if (!shop_id_.empty()) context.AddMetadata("x-redress-shop", shop_id_);
  return token;
}

void Client::Retry(grpc::Channel& channel, system_clock::time_point deadline, int attempts,
                   const std::function<grpc::Status(grpc::ClientContext&)>& attempt) {
  bool renewed = false;
  for (int tried = 0;;) {
    grpc::ClientContext context;
    context.set_deadline(deadline);
    const std::string token = Prepare(context);
    const auto begin = std::chrono::steady_clock::now();
    const grpc::Status status = attempt(context);
    if (status.ok()) return;
    if (std::chrono::steady_clock::now() - begin >= kWasLetIn) {
      // A stream ends with its token, again and again; a quiet one has brought nothing till then.
      renewed = false;
      tried = 0;
    }
    if (status.error_code() == grpc::StatusCode::UNAUTHENTICATED && session_ && !renewed) {
      // Its time may be over by the service's clock, or its signing key may have been replaced.
      renewed = true;
      session_->Renew(token);
      continue;
    }
    const CallError error(status);
    if (!MayHelp(status.error_code()) || ++tried >= attempts) throw error;
    const microseconds pause =
        std::max(Pause(tried), error.retry_after().value_or(microseconds(0)));
    if (system_clock::now() + pause >= deadline) throw error;
    Await(channel, pause);
  }
}

void Client::CallMessage(google::protobuf::Message& request, google::protobuf::Message& response,
                         const std::string& program) {
  const auto& method = MethodOf(*request.GetDescriptor());
  if (method.output_type() != response.GetDescriptor()) {
    throw std::logic_error(method.full_name() + " does not answer " +
                           response.GetDescriptor()->full_name());
  }
  FillRequestId(request);
  const auto channel = channels_->To(program.empty() ? ServiceOf(method) : program);
  Retry(*channel, system_clock::now() + options_.timeout, options_.attempts,
        [&](grpc::ClientContext& context) {
          return UnaryCall(channel, PathOf(method), context, request, response);
        });
}

void Client::WatchMessage(const google::protobuf::Message& request, google::protobuf::Message& item,
                          const std::function<bool()>& on_item) {
  const auto& method = MethodOf(*request.GetDescriptor());
  const auto channel = channels_->To(ServiceOf(method));
  // One id for all attempts, as with a call.
  const std::unique_ptr<google::protobuf::Message> asked(request.New());
  asked->CopyFrom(request);
  FillRequestId(*asked);
  // A stream that has worked is worth waiting for while its service restarts.
  for (int attempts = options_.attempts;; attempts = kWatchAttempts) {
    bool brought_items = false;
    const auto count = [&] {
      brought_items = true;
      return on_item();
    };
    try {
      Retry(*channel, system_clock::time_point::max(), attempts, [&](grpc::ClientContext& context) {
        return StreamingCall(channel, PathOf(method), context, *asked, item, count);
      });
      return;
    } catch (const CallError& error) {
      // A stream may outlive its token, too.
      const bool may_go_on =
          error.unreachable() || error.code() == grpc::StatusCode::UNAUTHENTICATED;
      if (!brought_items || !may_go_on) throw;
    }
  }
}

}  // namespace redress::client
