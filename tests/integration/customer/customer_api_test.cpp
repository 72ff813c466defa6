#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>

#include "redress/customer/v1/customer_service.grpc.pb.h"
#include "services/customer/api/customer_api.h"
#include "services/platform/server/channel.h"
#include "tests/integration/customer/customer_house.h"
#include "tests/integration/platform/server/guarded_server.h"

namespace redress::customer {
namespace {

using platform::AccountId;
using platform::Role;
using Stub = v1::CustomerService::Stub;

class CustomerServiceTest : public ::testing::Test {
 protected:
  CustomerServiceTest() : api_(server_.guard(), house_.customers) {
    agent_ = server_.Member(AccountId{2}, kShop, {Role::ROLE_AGENT});
    auditor_ = server_.Member(AccountId{3}, kShop, {Role::ROLE_AUDITOR});
    server_.Start({&api_});
    stub_ = v1::CustomerService::NewStub(server_.Channel());
    order_stub_ = v1::CustomerService::NewStub(server_.Channel("order"));
  }

  template <class Request, class Response>
  grpc::Status Ask(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                   const std::string& token, const Request& request, Response& response) {
    // As a client does that repeats on UNAVAILABLE.
    constexpr int kPatience = 20;
    grpc::Status status;
    for (int attempt = 0; attempt < kPatience; ++attempt) {
      grpc::ClientContext context;
      test::GuardedServer::As(context, token, kShop);
      status = (stub_.get()->*method)(&context, request, &response);
      if (status.error_code() != grpc::StatusCode::UNAVAILABLE) break;
    }
    return status;
  }

  static v1::UpsertCustomerRequest Tom() {
    v1::UpsertCustomerRequest request;
    request.set_request_id("r1");
    request.set_platform("taobao");
    request.set_nick("tom");
    request.mutable_contact()->set_name("张三丰");
    request.mutable_contact()->set_phone("13812345678");
    return request;
  }

  CustomerHouse house_{test::InjectedFaults()};
  test::GuardedServer server_;
  CustomerApi api_;
  std::string agent_;
  std::string auditor_;
  std::unique_ptr<Stub> stub_;
  std::unique_ptr<Stub> order_stub_;
};

TEST_F(CustomerServiceTest, CreatesFindsAndReveals) {
  v1::UpsertCustomerResponse created;
  const grpc::Status status = Ask(&Stub::UpsertCustomer, agent_, Tom(), created);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(created.customer().etag(), "1");
  EXPECT_EQ(created.customer().masked_contact().phone(), "138****5678");
  v1::UpsertCustomerResponse again;
  ASSERT_TRUE(Ask(&Stub::UpsertCustomer, agent_, Tom(), again).ok());
  EXPECT_EQ(again.SerializeAsString(), created.SerializeAsString());

  v1::FindCustomerRequest find;
  find.set_phone("138 1234 5678");
  v1::FindCustomerResponse found;
  ASSERT_TRUE(Ask(&Stub::FindCustomer, auditor_, find, found).ok());
  ASSERT_EQ(found.customers_size(), 1);
  EXPECT_EQ(found.customers(0).customer_id(), created.customer().customer_id());

  v1::RevealContactRequest reveal;
  reveal.set_request_id("reveal-1");
  reveal.set_customer_id(created.customer().customer_id());
  reveal.set_reason("parcel came back");
  v1::RevealContactResponse contact;
  EXPECT_EQ(Ask(&Stub::RevealContact, auditor_, reveal, contact).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  ASSERT_TRUE(Ask(&Stub::RevealContact, agent_, reveal, contact).ok());
  ASSERT_TRUE(Ask(&Stub::RevealContact, agent_, reveal, contact).ok());
  EXPECT_EQ(contact.contact().phone(), "13812345678");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM contact_reveals"), 1);
}

// Remembered answers outlive an erasure.
TEST_F(CustomerServiceTest, RemembersNoNameInItsAnswers) {
  v1::UpsertCustomerRequest request = Tom();
  request.set_nick("only-once");
  v1::UpsertCustomerResponse response;
  ASSERT_TRUE(Ask(&Stub::UpsertCustomer, agent_, request, response).ok());
  EXPECT_EQ(response.customer().nick(), "only-once");
  EXPECT_EQ(house_.Count("SELECT COUNT(1) FROM requests WHERE INSTR(answer, 'only-once') > 0"), 0);
}

TEST_F(CustomerServiceTest, LosesAgainstANewerVersion) {
  v1::UpsertCustomerResponse response;
  ASSERT_TRUE(Ask(&Stub::UpsertCustomer, agent_, Tom(), response).ok());
  v1::UpsertCustomerRequest change = Tom();
  change.set_request_id("r2");
  change.mutable_contact()->set_name("someone else");
  EXPECT_EQ(Ask(&Stub::UpsertCustomer, agent_, change, response).error_code(),
            grpc::StatusCode::ABORTED);
  change.set_etag("1");
  ASSERT_TRUE(Ask(&Stub::UpsertCustomer, agent_, change, response).ok());
  EXPECT_EQ(response.customer().etag(), "2");
}

TEST_F(CustomerServiceTest, EnsuresNicksForTheOrderServiceOnly) {
  v1::EnsureCustomersRequest request;
  request.set_platform("taobao");
  for (const char* nick : {"a", "b", "a"}) request.add_nicks(nick);
  v1::EnsureCustomersResponse response;
  EXPECT_EQ(Ask(&Stub::EnsureCustomers, agent_, request, response).error_code(),
            grpc::StatusCode::PERMISSION_DENIED);
  const auto ensure = [&] {
    grpc::ClientContext context;
    platform::AsService(kShop, std::chrono::seconds(20), context);
    return order_stub_->EnsureCustomers(&context, request, &response);
  };
  const grpc::Status status = ensure();
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.customer_ids_size(), 3);
  EXPECT_EQ(response.customer_ids(0), response.customer_ids(2));
  EXPECT_NE(response.customer_ids(0), response.customer_ids(1));
  request.add_nicks(std::string(101, 'x'));
  const grpc::Status refused = ensure();
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::BadRequestOf(refused).field_violations(0).field(), "nicks[3]");
}

TEST_F(CustomerServiceTest, ListsWithTokensOfItsOwn) {
  v1::ListCustomersRequest request;
  request.set_page_token("bm9uc2Vuc2U");
  v1::ListCustomersResponse response;
  const grpc::Status status = Ask(&Stub::ListCustomers, agent_, request, response);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(test::ReasonOf(status), "PAGE_TOKEN_INVALID");
  v1::GetCustomerRequest unknown;
  unknown.set_customer_id("99");
  v1::GetCustomerResponse none;
  EXPECT_EQ(Ask(&Stub::GetCustomer, agent_, unknown, none).error_code(),
            grpc::StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace redress::customer
