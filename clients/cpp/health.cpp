#include "clients/cpp/health.h"

#include <google/protobuf/empty.pb.h>
#include <google/protobuf/unknown_field_set.h>

#include <stdexcept>

#include "clients/cpp/call_error.h"
#include "clients/cpp/wire.h"

namespace redress::client {
namespace {

constexpr const char* kCheck = "/grpc.health.v1.Health/Check";
// grpc.health.v1.HealthCheckResponse{status = 1}, of which SERVING = 1. Debian ships no generated
// code for that proto; an empty message keeps the field as an unknown one.
constexpr int kStatusField = 1;
constexpr std::uint64_t kServing = 1;

bool SaysServing(const google::protobuf::Empty& answer) {
  const auto& fields = answer.GetReflection()->GetUnknownFields(answer);
  for (int i = 0; i < fields.field_count(); ++i) {
    const google::protobuf::UnknownField& field = fields.field(i);
    if (field.number() == kStatusField &&
        field.type() == google::protobuf::UnknownField::TYPE_VARINT) {
      return field.varint() == kServing;
    }
  }
  return false;
}

}  // namespace

std::vector<Health> CheckHealth(Channels& channels, std::chrono::milliseconds timeout) {
  std::vector<Health> all;
  for (const auto& [service, address] : channels.endpoints().services) {
    Health health{.service = service, .address = address, .serving = false, .problem = ""};
    try {
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + timeout);
      google::protobuf::Empty answer;
      const grpc::Status status =
          UnaryCall(channels.To(service), kCheck, context, google::protobuf::Empty(), answer);
      health.serving = status.ok() && SaysServing(answer);
      if (!status.ok()) {
        health.problem = CodeName(status.error_code()) + ": " + status.error_message();
      } else if (!health.serving) {
        health.problem = "it answers that it does not serve (yet)";
      }
    } catch (const std::runtime_error& error) {
      health.problem = error.what();
    }
    all.push_back(std::move(health));
  }
  return all;
}

}  // namespace redress::client
