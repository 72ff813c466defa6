#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <functional>
#include <memory>
#include <string>

namespace redress::client {

// Calls by method descriptor: which method a request belongs to, and to which service it goes, is
// read from the protos, so that no list of methods is kept here.

// The one method that takes this request. Throws std::logic_error for a message that no method
// takes.
const google::protobuf::MethodDescriptor& MethodOf(const google::protobuf::Descriptor& request);

// The service program that serves the method: the area of its package, e.g. `order` for
// redress.order.v1.
std::string ServiceOf(const google::protobuf::MethodDescriptor& method);

// The method's path on the wire, e.g. `/redress.order.v1.OrderService/GetOrder`.
std::string PathOf(const google::protobuf::MethodDescriptor& method);

// One attempt of a unary call.
grpc::Status UnaryCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                       grpc::ClientContext& context, const google::protobuf::Message& request,
                       google::protobuf::Message& response);

// One attempt of a server-streaming call. `item` is parsed anew for each `on_item`; when that
// answers false, the call is cancelled and its status is OK.
grpc::Status StreamingCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                           grpc::ClientContext& context, const google::protobuf::Message& request,
                           google::protobuf::Message& item, const std::function<bool()>& on_item);

}  // namespace redress::client
