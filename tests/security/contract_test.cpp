// What is served, asked over the wire: nothing is left out of the table of doors, and nothing but
// health and reflection stands outside of it.

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/unknown_field_set.h>
#include <gtest/gtest.h>
#include <redress/common/v1/access.pb.h>

#include <set>
#include <string>
#include <vector>

#include "clients/cpp/health.h"
#include "tests/security/doors.h"
#include "tests/security/two_shops.h"

namespace redress::security {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Empty;
using google::protobuf::UnknownFieldSet;

// Deliberately open: whether a service serves, and the contract, which is public anyway.
const std::set<std::string> kOpen = {"grpc.health.v1.Health",
                                     "grpc.reflection.v1alpha.ServerReflection"};

// grpc.reflection.v1alpha, of which Debian ships no generated code.
constexpr char kReflection[] = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
constexpr int kListServices = 7;            // request
constexpr int kFileContainingSymbol = 4;    // request
constexpr int kListServicesResponse = 6;    // response {service = 1 {name = 1}}
constexpr int kFileDescriptorResponse = 4;  // response {file_descriptor_proto = 1}

// The length-delimited fields of that number.
std::vector<std::string> Fields(const UnknownFieldSet& set, int number) {
  std::vector<std::string> values;
  for (int i = 0; i < set.field_count(); ++i) {
    const auto& field = set.field(i);
    if (field.number() == number &&
        field.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED) {
      values.push_back(field.length_delimited());
    }
  }
  return values;
}

std::vector<std::string> Fields(const std::string& bytes, int number) {
  UnknownFieldSet set;
  EXPECT_TRUE(set.ParseFromString(bytes));
  return Fields(set, number);
}

std::vector<std::string> Ask(const std::string& program, int question, const std::string& text,
                             int answer_field) {
  Empty request, answer;
  request.GetReflection()->MutableUnknownFields(&request)->AddLengthDelimited(question, text);
  const auto status = TwoShops::Shared().wire().CallUnknown(program, kReflection, request, answer);
  EXPECT_TRUE(status.ok()) << program << ": " << status.error_message();
  std::vector<std::string> answers;
  for (const auto& inner : Fields(answer.GetReflection()->GetUnknownFields(answer), answer_field)) {
    for (const auto& value : Fields(inner, 1)) answers.push_back(value);
  }
  return answers;
}

std::set<std::string> ServicesOf(const std::string& program) {
  std::set<std::string> names;
  for (const auto& service : Ask(program, kListServices, "*", kListServicesResponse)) {
    for (const auto& name : Fields(service, 1)) names.insert(name);
  }
  return names;
}

// As the program describes it itself.
std::vector<std::string> MethodsOf(const std::string& program, const std::string& service) {
  std::vector<std::string> methods;
  for (const auto& bytes : Ask(program, kFileContainingSymbol, service, kFileDescriptorResponse)) {
    google::protobuf::FileDescriptorProto file;
    EXPECT_TRUE(file.ParseFromString(bytes));
    for (const auto& described : file.service()) {
      if (file.package() + "." + described.name() != service) continue;
      for (const auto& method : described.method())
        methods.push_back(service + "." + method.name());
    }
  }
  EXPECT_FALSE(methods.empty()) << service << " describes no method";
  return methods;
}

std::set<std::string> ServedMethods() {
  std::set<std::string> served;
  for (const auto& [program, address] : TwoShops::Shared().stack().endpoints().services) {
    for (const auto& service : ServicesOf(program)) {
      if (kOpen.contains(service)) continue;
      for (const auto& method : MethodsOf(program, service)) {
        served.insert(method + " at " + program);
      }
    }
  }
  return served;
}

// The members of each oneof in the type, however deep, of which at least one declares a sender;
// behind the name of the field that holds them, if any.
void FindEvents(const Descriptor* type, const std::string& in, std::set<const Descriptor*>& seen,
                std::set<std::string>& events) {
  if (!seen.insert(type).second) return;
  for (int i = 0; i < type->real_oneof_decl_count(); ++i) {
    const auto* oneof = type->oneof_decl(i);
    std::set<std::string> members;
    bool declares = false;
    for (int j = 0; j < oneof->field_count(); ++j) {
      const auto* message = oneof->field(j)->message_type();
      const std::string& name = oneof->field(j)->name();
      members.insert(in.empty() ? name : in + "." + name);
      declares |= message != nullptr && message->options().HasExtension(common::v1::sender);
    }
    if (declares) events.merge(members);
  }
  for (int i = 0; i < type->field_count(); ++i) {
    if (const auto* nested = type->field(i)->message_type()) {
      FindEvents(nested, type->field(i)->name(), seen, events);
    }
  }
}

TEST(Contract, EveryServedMethodHasADoorAndEveryDoorIsServed) {
  const std::set<std::string> served = ServedMethods();
  std::set<std::string> doors;
  for (const Door& door : AllDoors()) {
    if (door.event.empty()) doors.insert(door.method->full_name() + " at " + door.program);
  }
  for (const auto& method : served) {
    EXPECT_TRUE(doors.contains(method))
        << method << " has no request that succeeds: add one to the doors";
  }
  for (const auto& door : doors) EXPECT_TRUE(served.contains(door)) << door << " is not served";
  EXPECT_GE(served.size(), 40u);
}

TEST(Contract, EveryEventMessageHasADoor) {
  std::set<std::string> doors, events;
  std::set<const google::protobuf::MethodDescriptor*> methods;
  for (const Door& door : AllDoors()) {
    if (!door.event.empty()) doors.insert(door.method->full_name() + ": " + door.event);
    methods.insert(door.method);
  }
  for (const auto* method : methods) {
    std::set<const Descriptor*> seen;
    std::set<std::string> carried;
    FindEvents(method->input_type(), "", seen, carried);
    for (const auto& event : carried) events.insert(method->full_name() + ": " + event);
  }
  EXPECT_EQ(doors, events);
  EXPECT_FALSE(events.empty());
}

TEST(Contract, HealthAndReflectionAloneAreOpen) {
  auto& stack = TwoShops::Shared().stack();
  client::Channels channels(stack.endpoints(), "security/1");
  for (const auto& health : client::CheckHealth(channels, std::chrono::seconds(10))) {
    EXPECT_TRUE(health.serving) << health.service << ": " << health.problem;
  }
  for (const auto& [program, address] : stack.endpoints().services) {
    for (const auto& service : ServicesOf(program)) {
      EXPECT_TRUE(kOpen.contains(service) || service.starts_with("redress."))
          << program << " serves " << service << " to anyone";
    }
  }
}

TEST(Contract, WhoMayComeWithoutATokenIsWrittenHere) {
  std::set<std::string> open;
  for (const Door& door : AllDoors()) {
    if (door.may_pass.anyone) open.insert(door.method->name());
    EXPECT_EQ(door.may_pass.anyone,
              door.method->options().GetExtension(common::v1::access).anyone())
        << door.Name();
  }
  EXPECT_EQ(open, (std::set<std::string>{"LogIn", "RefreshSession"}));
}

}  // namespace
}  // namespace redress::security
