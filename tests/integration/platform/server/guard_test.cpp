// Who gets in: tokens, shops, roles, services, event messages.
#include "services/platform/server/guard.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <gtest/gtest.h>

#include "services/platform/base/errors.h"
#include "tests/integration/platform/server/guarded_server.h"
#include "tests/integration/platform/server/house_services.h"

namespace redress::test {
namespace {

using namespace common::v1;
using grpc::StatusCode;
using platform::AccountId;
using platform::Caller;
using platform::ShopId;

constexpr AccountId kAnn{7};
constexpr ShopId kShop{1};
constexpr ShopId kOtherShop{2};

class GuardTest : public ::testing::Test {
 protected:
  GuardTest() {
    orders_.get_order = [this](const Call& call) { seen_ = call.caller; };
    orders_.get_line_facts = [this](const Call& call, platform::Done done) {
      seen_ = call.caller;
      done();
    };
    house_.Start({&orders_, &sessions_, &cases_});
  }

  grpc::Status GetOrder(const std::string& token, ShopId shop, const std::string& service = "",
                        const std::string& id = "12") {
    grpc::ClientContext context;
    GuardedServer::As(context, token, shop);
    order::v1::GetOrderRequest request;
    request.set_order_id(id);
    order::v1::GetOrderResponse response;
    return order::v1::OrderService::NewStub(house_.Channel(service))
        ->GetOrder(&context, request, &response);
  }
  grpc::Status GetLineFacts(const std::string& token, ShopId shop, const std::string& service) {
    grpc::ClientContext context;
    GuardedServer::As(context, token, shop);
    order::v1::GetLineFactsRequest request;
    request.set_order_id("12");
    order::v1::GetLineFactsResponse response;
    return order::v1::OrderService::NewStub(house_.Channel(service))
        ->GetLineFacts(&context, request, &response);
  }
  grpc::Status Apply(const std::string& token, const std::string& service,
                     const aftersales::v1::RefundEvent& event) {
    grpc::ClientContext context;
    GuardedServer::As(context, token, kShop);
    aftersales::v1::ApplyStepRequest request;
    request.set_request_id("r");
    request.set_case_id("1");
    *request.mutable_refund() = event;
    aftersales::v1::ApplyStepResponse response;
    return aftersales::v1::CaseService::NewStub(house_.Channel(service))
        ->ApplyStep(&context, request, &response);
  }

  GuardedServer house_;
  Orders orders_{house_.guard()};
  Sessions sessions_{house_.guard()};
  Cases cases_{house_.guard()};
  Caller seen_;
};

void ExpectRefused(const grpc::Status& status, StatusCode code, const std::string& reason) {
  EXPECT_EQ(status.error_code(), code) << status.error_message();
  EXPECT_EQ(ReasonOf(status), reason) << status.error_message();
}

TEST_F(GuardTest, MemberWithTheRoleGetsIn) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT, ROLE_FINANCE}, 50'000);
  const auto status = GetOrder(token, kShop);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(seen_.account, kAnn);
  EXPECT_EQ(seen_.session, kAnn.value);
  EXPECT_EQ(seen_.shop, kShop);
  EXPECT_TRUE(seen_.has(ROLE_AGENT) && seen_.has(ROLE_FINANCE) && !seen_.has(ROLE_ADMIN));
  EXPECT_EQ(seen_.approval_limit_minor, 50'000);
  EXPECT_EQ(seen_.service, "");
  EXPECT_THAT(seen_.client, ::testing::HasSubstr("grpc"));
}

TEST_F(GuardTest, NoTokenIsUnauthenticated) {
  ExpectRefused(GetOrder("", kShop), StatusCode::UNAUTHENTICATED, "TOKEN_MISSING");
}

TEST_F(GuardTest, SomethingElseThanABearerTokenIsUnauthenticated) {
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Basic YW5uOmFubg==");
  identity::v1::GetMeResponse response;
  ExpectRefused(
      identity::v1::SessionService::NewStub(house_.Channel())->GetMe(&context, {}, &response),
      StatusCode::UNAUTHENTICATED, "TOKEN_MALFORMED");
}

TEST_F(GuardTest, OtherShopIsDenied) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT});
  house_.AddShop(kOtherShop);
  const auto existing = GetOrder(token, kOtherShop);
  ExpectRefused(existing, StatusCode::PERMISSION_DENIED, "NOT_A_MEMBER");
  const auto unknown = GetOrder(token, ShopId{99});
  ExpectRefused(unknown, StatusCode::PERMISSION_DENIED, "NOT_A_MEMBER");
}

// A membership, or the end of a session, may just not have arrived.
TEST_F(GuardTest, NobodyIsJudgedBeforeTheFirstCopyOfTheDirectory) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT});
  house_.directory().ExpectFirstCopy();
  ExpectRefused(GetOrder(token, kShop), StatusCode::UNAVAILABLE, "DIRECTORY_LOADING");
  ExpectRefused(GetOrder(token, kOtherShop), StatusCode::UNAVAILABLE, "DIRECTORY_LOADING");
  house_.directory().TookFirstCopy();
  EXPECT_TRUE(GetOrder(token, kShop).ok());
}

TEST_F(GuardTest, WrongRoleIsDeniedAndToldWhatIsNeeded) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_WAREHOUSE});
  const auto status = GetOrder(token, kShop);
  ExpectRefused(status, StatusCode::PERMISSION_DENIED, "ROLE_MISSING");
  EXPECT_THAT(status.error_message(), ::testing::HasSubstr("ROLE_AGENT"));
}

TEST_F(GuardTest, RolesAreThoseOfTheNamedShop) {
  house_.Member(kAnn, kOtherShop, {ROLE_AGENT});
  const auto token = house_.Member(kAnn, kShop, {ROLE_WAREHOUSE});
  ExpectRefused(GetOrder(token, kShop), StatusCode::PERMISSION_DENIED, "ROLE_MISSING");
  EXPECT_TRUE(GetOrder(token, kOtherShop).ok());
}

TEST_F(GuardTest, MissingOrDamagedShopIsTold) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT});
  ExpectRefused(GetOrder(token, ShopId{}), StatusCode::INVALID_ARGUMENT, "SHOP_MISSING");
  for (const char* shop : {"x", "-1", "4294967296", "0", "1 "}) {
    grpc::ClientContext context;
    GuardedServer::As(context, token);
    context.AddMetadata(platform::kShopMetadata, shop);
    identity::v1::GetMeResponse response;
    ExpectRefused(
        identity::v1::SessionService::NewStub(house_.Channel())->GetMe(&context, {}, &response),
        StatusCode::INVALID_ARGUMENT, "SHOP_INVALID");
  }
}

TEST_F(GuardTest, TwoShopsInOneCallAreRefused) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT});
  grpc::ClientContext context;
  GuardedServer::As(context, token, kShop);
  context.AddMetadata(platform::kShopMetadata, "2");
  identity::v1::GetMeResponse response;
  ExpectRefused(
      identity::v1::SessionService::NewStub(house_.Channel())->GetMe(&context, {}, &response),
      StatusCode::INVALID_ARGUMENT, "METADATA_REPEATED");
}

TEST_F(GuardTest, EndedMembershipIsDenied) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT});
  EXPECT_TRUE(GetOrder(token, kShop).ok());
  house_.EndMembership(kAnn, kShop);
  ExpectRefused(GetOrder(token, kShop), StatusCode::PERMISSION_DENIED, "NOT_A_MEMBER");
}

TEST_F(GuardTest, SignedInMethodsNeedNoShop) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT});
  for (const ShopId shop : {ShopId{}, kShop, ShopId{99}}) {
    grpc::ClientContext context;
    GuardedServer::As(context, token, shop);
    identity::v1::GetMeResponse response;
    const auto status =
        identity::v1::SessionService::NewStub(house_.Channel())->GetMe(&context, {}, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.account_id(), "7");
  }
}

TEST_F(GuardTest, AnyoneMayLogInEvenWithADeadToken) {
  for (const char* token : {"", "not.a.token"}) {
    grpc::ClientContext context;
    GuardedServer::As(context, token);
    identity::v1::LogInRequest request;
    request.set_account_name("ann");
    request.set_password("secret");
    identity::v1::LogInResponse response;
    EXPECT_TRUE(identity::v1::SessionService::NewStub(house_.Channel())
                    ->LogIn(&context, request, &response)
                    .ok());
  }
}

TEST_F(GuardTest, ServiceIsKnownByItsCertificate) {
  ASSERT_TRUE(GetLineFacts("", kShop, "aftersales").ok());
  EXPECT_EQ(seen_.service, "aftersales");
  EXPECT_EQ(seen_.shop, kShop);
  EXPECT_FALSE(seen_.account);
  EXPECT_TRUE(seen_.is_service());
}

TEST_F(GuardTest, OtherServicesAreDenied) {
  ExpectRefused(GetLineFacts("", kShop, "scoring"), StatusCode::PERMISSION_DENIED,
                "SERVICE_NOT_ALLOWED");
  ExpectRefused(GetOrder("", kShop, "aftersales"), StatusCode::PERMISSION_DENIED,
                "SERVICE_NOT_ALLOWED");
}

TEST_F(GuardTest, ServiceActsForAPersonWithinTheirShops) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT});
  ASSERT_TRUE(GetLineFacts(token, kShop, "aftersales").ok());
  EXPECT_EQ(seen_.account, kAnn);
  EXPECT_EQ(seen_.service, "aftersales");
  EXPECT_FALSE(seen_.is_service());
  ExpectRefused(GetLineFacts(token, kOtherShop, "aftersales"), StatusCode::PERMISSION_DENIED,
                "NOT_A_MEMBER");
}

TEST_F(GuardTest, PersonCannotCallAServicesMethod) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_ADMIN});
  ExpectRefused(GetLineFacts(token, kShop, ""), StatusCode::PERMISSION_DENIED, "ROLE_MISSING");
}

TEST_F(GuardTest, CertificateOfAnotherAuthorityFailsTheHandshake) {
  const CertificateAuthority stranger;
  auto identity = stranger.Issue("aftersales");
  identity.ca_pem = house_.authority().pem();
  grpc::ClientContext context;
  GuardedServer::As(context, "", kShop);
  order::v1::GetLineFactsRequest request;
  request.set_order_id("12");
  order::v1::GetLineFactsResponse response;
  const auto status =
      order::v1::OrderService::NewStub(platform::OpenChannel(house_.address(), "order", identity))
          ->GetLineFacts(&context, request, &response);
  EXPECT_EQ(status.error_code(), StatusCode::UNAVAILABLE) << status.error_message();
}

TEST_F(GuardTest, ClientNameIsBelievedFromServicesOnly) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_AGENT});
  for (const std::string service : {"", "gateway"}) {
    grpc::ClientContext context;
    GuardedServer::As(context, token, kShop);
    context.AddMetadata(platform::kClientMetadata, "redress-web/1");
    order::v1::GetOrderRequest request;
    request.set_order_id("12");
    order::v1::GetOrderResponse response;
    ASSERT_TRUE(order::v1::OrderService::NewStub(house_.Channel(service))
                    ->GetOrder(&context, request, &response)
                    .ok());
    EXPECT_EQ(seen_.client == "redress-web/1", service == "gateway");
  }
}

TEST_F(GuardTest, PermissionComesBeforeFieldRules) {
  const auto token = house_.Member(kAnn, kShop, {ROLE_WAREHOUSE});
  ExpectRefused(GetOrder(token, kShop, "", "no id"), StatusCode::PERMISSION_DENIED, "ROLE_MISSING");
}

TEST_F(GuardTest, EventMessagesSayWhoMaySendThem) {
  const auto agent = house_.Member(kAnn, kShop, {ROLE_AGENT});
  const auto supervisor = house_.Member(AccountId{8}, kShop, {ROLE_SUPERVISOR});
  aftersales::v1::RefundEvent large;
  large.mutable_approve_large();
  const auto refused = Apply(agent, "", large);
  ExpectRefused(refused, StatusCode::PERMISSION_DENIED, "EVENT_NOT_ALLOWED");
  EXPECT_THAT(refused.error_message(), ::testing::HasSubstr("ROLE_SUPERVISOR"));
  EXPECT_TRUE(Apply(supervisor, "", large).ok());
}

TEST_F(GuardTest, DeadlinesAreSentByTheServiceAlone) {
  const auto supervisor = house_.Member(kAnn, kShop, {ROLE_SUPERVISOR, ROLE_AGENT, ROLE_FINANCE});
  aftersales::v1::RefundEvent due;
  due.mutable_deadline_reached()->set_number(1);
  ExpectRefused(Apply(supervisor, "", due), StatusCode::PERMISSION_DENIED, "EVENT_NOT_ALLOWED");
  EXPECT_TRUE(Apply("", "aftersales", due).ok());
  EXPECT_TRUE(house_.guard().MaySend(Caller{.service = "aftersales"},
                                     aftersales::v1::DeadlineReached::descriptor()));
  EXPECT_FALSE(house_.guard().MaySend(Caller{}, aftersales::v1::DeadlineReached::descriptor()));
}

TEST_F(GuardTest, PermissionOfAnEventComesBeforeItsFieldRules) {
  const auto finance = house_.Member(kAnn, kShop, {ROLE_FINANCE});
  aftersales::v1::RefundEvent without_amount;
  without_amount.mutable_approve();
  ExpectRefused(Apply(finance, "", without_amount), StatusCode::PERMISSION_DENIED,
                "EVENT_NOT_ALLOWED");
  const auto agent = house_.Member(AccountId{8}, kShop, {ROLE_AGENT});
  EXPECT_EQ(Apply(agent, "", without_amount).error_code(), StatusCode::INVALID_ARGUMENT);
}

TEST_F(GuardTest, MessageThatIsNoEventMayBeSentByNobody) {
  const Caller service{.service = "aftersales"};
  EXPECT_FALSE(house_.guard().MaySend(service, order::v1::Order::descriptor()));
  EXPECT_FALSE(house_.guard().MaySend(service, aftersales::v1::RefundEvent::descriptor()));
}

// A service with one method, built at run time, whose declaration the test chooses.
const google::protobuf::ServiceDescriptor* ServiceWith(google::protobuf::DescriptorPool& pool,
                                                       std::optional<Access> access) {
  google::protobuf::FileDescriptorProto file;
  file.set_name("careless.proto");
  file.set_syntax("proto3");
  file.add_message_type()->set_name("Request");
  auto* service = file.add_service();
  service->set_name("Careless");
  auto* method = service->add_method();
  method->set_name("Do");
  method->set_input_type("Request");
  method->set_output_type("Request");
  if (access) *method->mutable_options()->MutableExtension(common::v1::access) = *access;
  return pool.BuildFile(file)->service(0);
}

TEST_F(GuardTest, MethodWithoutDeclarationStopsTheStart) {
  google::protobuf::DescriptorPool undeclared;
  EXPECT_THROW(house_.guard().Declare(ServiceWith(undeclared, std::nullopt)), std::logic_error);
  google::protobuf::DescriptorPool closed;
  EXPECT_THROW(house_.guard().Declare(ServiceWith(closed, Access())), std::logic_error);
}

TEST_F(GuardTest, MethodsWithOneRequestTypeStopTheStart) {
  // The service was declared when the server started: each of its request types is taken.
  const auto* service = order::v1::GetOrderRequest::descriptor()->file()->service(0);
  EXPECT_THROW(house_.guard().Declare(service), std::logic_error);
}

}  // namespace
}  // namespace redress::test
