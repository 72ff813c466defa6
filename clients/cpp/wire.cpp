#include "clients/cpp/wire.h"

#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>

#include <stdexcept>

namespace redress::client {
namespace {

grpc::ByteBuffer Serialised(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

bool Parse(const grpc::ByteBuffer& buffer, google::protobuf::Message& message) {
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok()) return false;
  return message.ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
}

grpc::Status Unreadable(const std::string& path) {
  return {grpc::StatusCode::INTERNAL, "the answer of " + path + " cannot be read"};
}

// Waits for the one operation that is under way.
bool Finished(grpc::CompletionQueue& queue) {
  void* tag = nullptr;
  bool ok = false;
  return queue.Next(&tag, &ok) && ok;
}

void Drain(grpc::CompletionQueue& queue) {
  queue.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue.Next(&tag, &ok)) continue;
}

}  // namespace

const google::protobuf::MethodDescriptor& MethodOf(const google::protobuf::Descriptor& request) {
  const google::protobuf::FileDescriptor& file = *request.file();
  for (int s = 0; s < file.service_count(); ++s) {
    for (int m = 0; m < file.service(s)->method_count(); ++m) {
      const google::protobuf::MethodDescriptor& method = *file.service(s)->method(m);
      if (method.input_type() == &request) return method;
    }
  }
  throw std::logic_error("no method takes " + request.full_name());
}

std::string ServiceOf(const google::protobuf::MethodDescriptor& method) {
  const std::string& package = method.file()->package();
  const std::size_t begin = package.find('.') + 1;
  return package.substr(begin, package.find('.', begin) - begin);
}

std::string PathOf(const google::protobuf::MethodDescriptor& method) {
  return "/" + method.service()->full_name() + "/" + method.name();
}

grpc::Status UnaryCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                       grpc::ClientContext& context, const google::protobuf::Message& request,
                       google::protobuf::Message& response) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  grpc::ByteBuffer answer;
  grpc::Status status;
  const auto call = stub.PrepareUnaryCall(&context, path, Serialised(request), &queue);
  call->StartCall();
  call->Finish(&answer, &status, nullptr);
  Finished(queue);
  Drain(queue);
  if (status.ok() && !Parse(answer, response)) return Unreadable(path);
  return status;
}

grpc::Status StreamingCall(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                           grpc::ClientContext& context, const google::protobuf::Message& request,
                           google::protobuf::Message& item, const std::function<bool()>& on_item) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(&context, path, &queue);
  bool stopped = false;
  bool unreadable = false;
  call->StartCall(nullptr);
  if (Finished(queue)) {
    call->WriteLast(Serialised(request), grpc::WriteOptions(), nullptr);
    bool open = Finished(queue);
    while (open) {
      grpc::ByteBuffer buffer;
      call->Read(&buffer, nullptr);
      open = Finished(queue);
      if (!open) break;
      unreadable = !Parse(buffer, item);
      stopped = unreadable || !on_item();
      if (stopped) {
        context.TryCancel();
        break;
      }
    }
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  Finished(queue);
  Drain(queue);
  if (unreadable) return Unreadable(path);
  return stopped ? grpc::Status::OK : status;
}

}  // namespace redress::client
