#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

#include "services/platform/server/pending_call.h"
#include "services/platform/server/stream_writer.h"

namespace redress::platform {

// The three shapes of a pending call: what the guard's templates make, one allocation each.

template <class Req, class Resp, class F>
class UnaryCall : public PendingCall {
 public:
  UnaryCall(Guard& guard, grpc::CallbackServerContext* context, grpc::ServerUnaryReactor* reactor,
            const Req* request, Resp* response, F handler)
      : PendingCall(guard, context),
        reactor_(reactor),
        request_(request),
        response_(response),
        handler_(std::move(handler)) {}

 protected:
  void Finish(const grpc::Status& status) override { reactor_->Finish(status); }
  const google::protobuf::Message& request() const override { return *request_; }

  grpc::ServerUnaryReactor* reactor_;
  const Req* request_;
  Resp* response_;
  F handler_;
};

template <class Req, class Resp, class F>
class BlockingCall final : public UnaryCall<Req, Resp, F> {
 public:
  using UnaryCall<Req, Resp, F>::UnaryCall;
  ~BlockingCall() override { this->AnswerIfDropped(); }

 protected:
  void Handle(std::shared_ptr<PendingCall>) override {
    this->handler_(this->call(), *this->request_, *this->response_);
    this->Answer();
  }
};

template <class Req, class Resp, class F>
class AsyncCall final : public UnaryCall<Req, Resp, F> {
 public:
  using UnaryCall<Req, Resp, F>::UnaryCall;
  ~AsyncCall() override { this->AnswerIfDropped(); }

 protected:
  void Handle(std::shared_ptr<PendingCall> self) override {
    this->handler_(this->call(), *this->request_, *this->response_, Done(std::move(self)));
  }
};

template <class Item, class Req, class F>
class StreamingCall final : public PendingCall, private StreamWriter<Item> {
 public:
  StreamingCall(Guard& guard, grpc::CallbackServerContext* context,
                std::shared_ptr<StreamReactor<Item>> reactor, const Req* request, F handler)
      : PendingCall(guard, context),
        reactor_(std::move(reactor)),
        request_(request),
        handler_(std::move(handler)) {}
  ~StreamingCall() override { AnswerIfDropped(); }

 protected:
  void Finish(const grpc::Status& status) override { reactor_->Finish(status); }
  const google::protobuf::Message& request() const override { return *request_; }
  bool ClientLeft() const override { return reactor_->Cancelled(); }
  void Handle(std::shared_ptr<PendingCall>) override {
    handler_(call(), *request_, static_cast<StreamWriter<Item>&>(*this));
    Answer(why_ended());
  }

 private:
  bool Write(const Item& item) override {
    if (!StillAllowed() || !reactor_->BeginWrite(item)) return false;
    while (!reactor_->WaitWritten(UntilJudgedAgain())) {
      // It reads nothing: no answer would reach it, but its place has to be given up.
      if (!StillAllowed()) Cancel();
    }
    return reactor_->Written();
  }
  bool Cancelled() override { return reactor_->Cancelled() || !StillAllowed(); }
  bool Pause(std::chrono::milliseconds time) override {
    const auto end = std::chrono::steady_clock::now() + time;
    while (StillAllowed()) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
      if (left.count() <= 0) return !reactor_->Cancelled();
      if (!reactor_->Pause(std::min(left, UntilJudgedAgain()))) return false;
    }
    return false;
  }

  std::shared_ptr<StreamReactor<Item>> reactor_;
  const Req* request_;
  F handler_;
};

}  // namespace redress::platform
