#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "clients/cpp/channels.h"
#include "clients/cpp/session.h"
#include "clients/cpp/wire.h"

namespace redress::client {

// How calls are made.
struct CallOptions {
  // For all attempts together.
  std::chrono::milliseconds timeout = std::chrono::seconds(30);
  // Attempts on UNAVAILABLE and RESOURCE_EXHAUSTED, the first one included.
  int attempts = 5;
};

// Calls methods of the services as one account in one shop (or as the operator). Thread-safe.
//
// A write's empty `request_id` is filled once with a random one, so that every retry of the call is
// a repeat of the same request. A refusal or a failure is a CallError.
//
// Example:
//   GetOrderRequest request;
//   request.set_order_id("42");
//   Order order = client.Call<GetOrderResponse>(request).order();
class Client {
 public:
  // `session` is null for callers whose certificate says who they are. `shop_id` may be empty.
  Client(std::shared_ptr<Channels> channels, std::shared_ptr<Session> session, std::string shop_id,
         CallOptions options = {});

  template <class Response, class Request>
  Response Call(Request request) {
    Response response;
    CallMessage(request, response);
    return response;
  }

  // The same at a program that is not the one that the package names: a service that several
  // programs serve.
  template <class Response, class Request>
  Response CallAt(const std::string& program, Request request) {
    Response response;
    CallMessage(request, response, program);
    return response;
  }

  // Follows a stream until `on_item` answers false. A broken stream is opened again (its items
  // begin anew) as long as it had brought items; else the failure is thrown.
  template <class Item, class Request>
  void Watch(const Request& request, const std::function<bool(const Item&)>& on_item) {
    Item item;
    WatchMessage(request, item, [&] { return on_item(item); });
  }

  // The same by reflection; `request` and `response` have to belong to one method.
  // Without `program` the one that the package names.
  void CallMessage(google::protobuf::Message& request, google::protobuf::Message& response,
                   const std::string& program = {});
  void WatchMessage(const google::protobuf::Message& request, google::protobuf::Message& item,
                    const std::function<bool()>& on_item);

  const std::string& shop_id() const { return shop_id_; }

 private:
  // Adds metadata and deadline; answers the token that was sent.
  std::string Prepare(grpc::ClientContext& context);
  void Retry(grpc::Channel& channel, std::chrono::system_clock::time_point deadline, int attempts,
             const std::function<grpc::Status(grpc::ClientContext&)>& attempt);

  const std::shared_ptr<Channels> channels_;
  const std::shared_ptr<Session> session_;
  const std::string shop_id_;
  const CallOptions options_;
};

}  // namespace redress::client
