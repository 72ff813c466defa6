// NoteService and SearchService behind their guard.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

#include "redress/customer/v1/note_service.grpc.pb.h"
#include "redress/customer/v1/search_service.grpc.pb.h"
#include "services/customer/api/note_api.h"
#include "services/customer/api/search_api.h"
#include "services/customer/store/customer_index.h"
#include "services/customer/store/mysql_people.h"
#include "services/customer/store/note_store.h"
#include "tests/integration/customer/customer_house.h"
#include "tests/integration/platform/server/guarded_server.h"

namespace redress::customer {
namespace {

using platform::AccountId;
using platform::Role;

class NoteServiceTest : public ::testing::Test {
 protected:
  NoteServiceTest() {
    agent_ = server_.Member(AccountId{2}, kShop, {Role::ROLE_AGENT});
    finance_ = server_.Member(AccountId{3}, kShop, {Role::ROLE_FINANCE});
    server_.Start({&note_api_, &search_api_});
    notes_stub_ = v1::NoteService::NewStub(server_.Channel());
    search_stub_ = v1::SearchService::NewStub(server_.Channel());
  }

  // As a client does that repeats on UNAVAILABLE.
  template <class Stub, class Request, class Response>
  grpc::Status Ask(Stub& stub,
                   grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                   const std::string& token, const Request& request, Response& response) {
    constexpr int kPatience = 20;
    grpc::Status status;
    for (int attempt = 0; attempt < kPatience; ++attempt) {
      grpc::ClientContext context;
      test::GuardedServer::As(context, token, kShop);
      status = (stub.*method)(&context, request, &response);
      if (status.error_code() != grpc::StatusCode::UNAVAILABLE) break;
    }
    return status;
  }
  std::string Customer(const std::string& nick) {
    return platform::ToString(house_.customers.Ensure(kShop, "taobao", {&nick, 1}).front());
  }
  v1::AddNoteRequest NoteOf(const std::string& customer, const std::string& text) {
    v1::AddNoteRequest request;
    request.set_request_id("note");
    request.set_customer_id(customer);
    request.set_text(text);
    return request;
  }
  grpc::Status Add(const v1::AddNoteRequest& request, v1::Note& note) {
    v1::AddNoteResponse response;
    const grpc::Status status =
        Ask(*notes_stub_, &v1::NoteService::Stub::AddNote, agent_, request, response);
    note = response.note();
    return status;
  }
  v1::SearchCustomersResponse Search(const std::string& token, const std::string& words,
                                     std::uint32_t size = 0, const std::string& page = "") {
    v1::SearchCustomersRequest request;
    request.set_words(words);
    request.set_page_size(size);
    request.set_page_token(page);
    v1::SearchCustomersResponse response;
    const grpc::Status status =
        Ask(*search_stub_, &v1::SearchService::Stub::SearchCustomers, token, request, response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }

  CustomerHouse house_{nullptr};
  test::GuardedServer server_;
  SqlNoteRepository notes_{house_.pool, house_.sealer, house_.ids};
  SqlCustomerIndex index_{house_.pool, house_.clock};
  MysqlPeople people_{house_.pool};
  CustomerSearch search_{house_.store, index_, notes_, people_};
  NoteApi note_api_{NoteApi::Uses{server_.guard(), notes_,
                                  [this](ShopId shop, AccountId account) {
                                    return server_.directory().Find(account, shop).has_value();
                                  },
                                  [this](ShopId shop, CustomerId customer) {
                                    return people_.PersonOf(shop, customer).members;
                                  }}};
  SearchApi search_api_{server_.guard(), search_};
  std::string agent_;
  std::string finance_;
  std::unique_ptr<v1::NoteService::Stub> notes_stub_;
  std::unique_ptr<v1::SearchService::Stub> search_stub_;
};

TEST_F(NoteServiceTest, KeepsANoteAndAnswersARepeatWithIt) {
  v1::AddNoteRequest request = NoteOf(Customer("tom"), "asks for an invoice");
  request.add_mentioned_account_ids("3");
  v1::Note note;
  v1::Note again;
  ASSERT_TRUE(Add(request, note).ok());
  EXPECT_EQ(note.author_id(), "2");
  EXPECT_EQ(note.mentioned_account_ids(0), "3");
  ASSERT_TRUE(Add(request, again).ok());
  EXPECT_EQ(again.SerializeAsString(), note.SerializeAsString());
}

TEST_F(NoteServiceTest, RefusesAMentionOfWhoIsNoMember) {
  v1::AddNoteRequest request = NoteOf(Customer("tom"), "look");
  request.add_mentioned_account_ids("77");
  v1::Note note;
  const grpc::Status status = Add(request, note);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_NE(status.error_message().find("no member"), std::string::npos) << status.error_message();
}

TEST_F(NoteServiceTest, RefusesBlanks) {
  v1::Note note;
  EXPECT_EQ(Add(NoteOf(Customer("tom"), " 　\n"), note).error_code(),
            grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(NoteServiceTest, ShowsWhatNotesSayToThoseWhoMayReadThem) {
  v1::Note note;
  ASSERT_TRUE(Add(NoteOf(Customer("tom"), "asks for an invoice"), note).ok());
  ASSERT_EQ(Search(agent_, "INVOICE").hits_size(), 1);
  EXPECT_EQ(Search(agent_, "INVOICE").hits(0).excerpt(), "asks for an invoice");
  EXPECT_EQ(Search(finance_, "INVOICE").hits_size(), 0);
}

TEST_F(NoteServiceTest, GoesOnWhereAPageEnded) {
  for (int i = 0; i < 9; ++i) Customer("我是快乐小明" + std::to_string(i));
  std::set<std::string> nicks;
  std::string page;
  do {
    const auto found = Search(agent_, "小明", 2, page);
    for (const auto& hit : found.hits()) {
      EXPECT_TRUE(nicks.insert(hit.customer().nick()).second) << hit.customer().nick();
      EXPECT_EQ(hit.person_id(), hit.customer().customer_id());
    }
    page = found.next_page_token();
  } while (!page.empty());
  EXPECT_EQ(nicks.size(), 9u);
}

}  // namespace
}  // namespace redress::customer
