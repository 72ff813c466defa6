// The server itself: health, reflection, ports, and the cost of the way in.
#include "services/platform/server/server.h"

#include <google/protobuf/empty.pb.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>
#include <time.h>

#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/platform/server/house_services.h"
#include "tests/support/figure.h"

namespace redress::test {
namespace {

using namespace common::v1;
using platform::AccountId;
using platform::ShopId;

// Calls a method by its path with an already encoded request.
grpc::Status CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                     const std::string& request, std::string& response) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(10));
  grpc::CompletionQueue queue;
  const grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  const auto call = stub.PrepareUnaryCall(&context, path, sent, &queue);
  call->StartCall();
  grpc::ByteBuffer received;
  grpc::Status status;
  call->Finish(&received, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  std::vector<grpc::Slice> slices;
  if (received.Valid()) received.Dump(&slices);
  for (const auto& part : slices) {
    response.append(reinterpret_cast<const char*>(part.begin()), part.size());
  }
  return status;
}

TEST(ServerTest, HealthSaysWhenItServes) {
  GuardedServer house;
  Sessions sessions(house.guard());
  house.Start({&sessions});
  std::string response;
  ASSERT_TRUE(CallRaw(house.Channel(), "/grpc.health.v1.Health/Check", "", response).ok());
  EXPECT_EQ(response, "\x08\x01");  // SERVING
  house.server().AnnounceStopping();
  response.clear();
  ASSERT_TRUE(CallRaw(house.Channel(), "/grpc.health.v1.Health/Check", "", response).ok());
  EXPECT_EQ(response, "\x08\x02");  // NOT_SERVING
}

// Reflection answers from this pool.
TEST(ServerTest, ReflectionCanDescribeTheHealthService) {
  GuardedServer house;
  Sessions sessions(house.guard());
  house.Start({&sessions});
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  EXPECT_NE(pool->FindServiceByName("grpc.health.v1.Health"), nullptr);
  EXPECT_NE(pool->FindServiceByName("grpc.reflection.v1alpha.ServerReflection"), nullptr);
}

TEST(ServerTest, UnencryptedClientsAreTurnedAway) {
  GuardedServer house;
  Sessions sessions(house.guard());
  house.Start({&sessions});
  std::string response;
  const auto channel = grpc::CreateChannel(house.address(), grpc::InsecureChannelCredentials());
  EXPECT_EQ(CallRaw(channel, "/grpc.health.v1.Health/Check", "", response).error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST(ServerTest, TakenPortStopsTheStart) {
  GuardedServer first;
  Sessions sessions(first.guard());
  first.Start({&sessions});
  GuardedServer second;
  Sessions others(second.guard());
  std::vector<grpc::Service*> services{&others};
  EXPECT_THROW(platform::Server({.address = first.address(), .tls = second.authority().Issue("x")},
                                services, second.guard()),
               std::runtime_error);
}

// Every method that gRPC serves answers through the guard: without a token none of them runs, not
// even the ones that no handler was written for.
TEST(ServerTest, NoDeclaredMethodIsReachableWithoutItsGuard) {
  GuardedServer house;
  Orders orders(house.guard());
  Cases cases(house.guard());
  bool reached = false;
  orders.get_order = [&](const Call&) { reached = true; };
  orders.get_line_facts = [&](const Call&, platform::Done done) {
    reached = true;
    done();
  };
  house.Start({&orders, &cases});
  for (const auto* service : {order::v1::GetOrderRequest::descriptor()->file()->service(0),
                              aftersales::v1::ApplyStepRequest::descriptor()->file()->service(0)}) {
    for (int i = 0; i < service->method_count(); ++i) {
      std::string response;
      const auto path = "/" + service->full_name() + "/" + service->method(i)->name();
      EXPECT_FALSE(CallRaw(house.Channel(), path, "", response).ok()) << path;
    }
  }
  EXPECT_FALSE(reached);
}

double ProcessCpu_us() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

// The same method without a guard, as the measure of what gRPC and TLS cost alone.
struct BareSessions final : identity::v1::SessionService::CallbackService {
  grpc::ServerUnaryReactor* GetMe(grpc::CallbackServerContext* context,
                                  const identity::v1::GetMeRequest*,
                                  identity::v1::GetMeResponse* response) override {
    response->set_account_id("7");
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

// CPU of client and server together for one call.
double CallCost_us(GuardedServer& house, const std::string& token) {
  const auto stub = identity::v1::SessionService::NewStub(house.Channel());
  const auto call = [&] {
    grpc::ClientContext context;
    GuardedServer::As(context, token, ShopId{1});
    identity::v1::GetMeResponse response;
    ASSERT_TRUE(stub->GetMe(&context, {}, &response).ok());
  };
  for (int i = 0; i < 200; ++i) call();
  constexpr int kCalls = 3000;
  const double before_us = ProcessCpu_us();
  for (int i = 0; i < kCalls; ++i) call();
  return (ProcessCpu_us() - before_us) / kCalls;
}

TEST(ServerTest, GuardCostsMicrosecondsACall) {
  GuardedServer house;
  Sessions sessions(house.guard());
  const auto token = house.Member(AccountId{7}, ShopId{1}, {ROLE_AGENT});
  house.Start({&sessions});
  GuardedServer bare_house;
  BareSessions bare;
  bare_house.Start({&bare});
  // The lower of several turns is the one that the rest of the machine disturbed least.
  double guarded_us = 1e9;
  double bare_us = 1e9;
  for (int turn = 0; turn < 3; ++turn) {
    guarded_us = std::min(guarded_us, CallCost_us(house, token));
    bare_us = std::min(bare_us, CallCost_us(bare_house, token));
  }
  Figure("guarded_call_cpu_us", guarded_us, "us");
  Figure("guard_cpu_us", guarded_us - bare_us, "us");
  EXPECT_LT(guarded_us - bare_us, 500);
}

}  // namespace
}  // namespace redress::test
