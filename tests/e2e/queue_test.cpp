// The queue through all real processes: claims, transfers, hand-overs, one action over many cases,
// and why a case has its priority; by the API and by the command line.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/queue_service.pb.h>
#include <redress/identity/v1/shop_service.pb.h>

#include <chrono>
#include <fstream>

#include "clients/cpp/call_error.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

class Queue : public testing::Test {
 protected:
  std::string NewCase(const std::string& state = "Requested") {
    return BringTo(shop_, aftersales::REFUND_VARIANT_REFUND_ONLY, state);
  }
  void Choose(aftersales::BulkApplyRequest& request, const std::string& id) {
    aftersales::SeenCase& seen = *request.add_cases();
    seen.set_case_id(id);
    seen.set_version(shop_.Get(id).version());
  }
  aftersales::BulkApplyResponse Bulk(const std::string& role,
                                     const aftersales::BulkApplyRequest& request) {
    return shop_.As(role).Call<aftersales::BulkApplyResponse>(request);
  }
  void LogIn(const std::string& role) {
    const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf(role),
                                           "--shop", shop_.shop_id(), "--password-stdin"},
                                          shop_.PasswordOf(role) + "\n");
    ASSERT_EQ(login.exit_code, 0) << login.output;
  }
  void ExpectIntact() {
    const auto page =
        shop_.As("auditor").Call<aftersales::VerifyCasesResponse>(aftersales::VerifyCasesRequest());
    for (const auto& one : page.verifications()) EXPECT_TRUE(one.intact()) << one.DebugString();
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

std::string FieldOf(const client::CallError& error) {
  return error.violations().empty() ? "" : error.violations().front().field;
}

template <class Call>
client::CallError RefusalOf(Call call) {
  try {
    call();
  } catch (const client::CallError& error) {
    return error;
  }
  ADD_FAILURE() << "was not refused";
  return client::CallError(grpc::Status::OK);
}

TEST_F(Queue, GivesTheNextCaseToOneAgentAfterAnother) {
  const std::string first = NewCase();
  const std::string second = NewCase();
  aftersales::ClaimNextCaseRequest request;
  request.set_request_id(Unique("claim"));
  const auto mine = shop_.As("agent").Call<aftersales::ClaimNextCaseResponse>(request).case_();
  EXPECT_EQ(mine.case_id(), first);
  EXPECT_EQ(mine.assignee_id(), shop_.AccountOf("agent"));
  // The same request gets the same case.
  EXPECT_EQ(shop_.As("agent").Call<aftersales::ClaimNextCaseResponse>(request).case_().case_id(),
            first);
  request.set_request_id(Unique("claim"));
  EXPECT_EQ(
      shop_.As("supervisor").Call<aftersales::ClaimNextCaseResponse>(request).case_().case_id(),
      second);
  request.set_request_id(Unique("claim"));
  EXPECT_FALSE(shop_.As("agent").Call<aftersales::ClaimNextCaseResponse>(request).has_case_());
}

TEST_F(Queue, ATransferIsInTheHistoryWithItsNote) {
  const std::string id = NewCase();
  shop_.Assign(id);
  aftersales::AssignCaseRequest transfer;
  transfer.set_request_id(Unique("transfer"));
  transfer.set_case_id(id);
  transfer.set_version(shop_.Get(id).version());
  transfer.set_assignee_id(shop_.AccountOf("supervisor"));
  const auto refusal =
      RefusalOf([&] { shop_.As("agent").Call<aftersales::AssignCaseResponse>(transfer); });
  EXPECT_EQ(refusal.code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(FieldOf(refusal), "note");
  transfer.set_note("the buyer calls back on Monday");
  shop_.As("agent").Call<aftersales::AssignCaseResponse>(transfer);
  EXPECT_EQ(shop_.Get(id).assignee_id(), shop_.AccountOf("supervisor"));
  EXPECT_EQ(shop_.Steps(id).back().text(), "the buyer calls back on Monday");
  EXPECT_EQ(stack_.Sql("SELECT COUNT(*) FROM redress_aftersales.steps WHERE event_json LIKE"
                       " '%Monday%'"),
            "0");
  ExpectIntact();
}

TEST_F(Queue, ALeaversCasesGoToTheHeirWithANote) {
  std::vector<std::string> cases;
  for (int i = 0; i < 3; ++i) cases.push_back(NewCase());
  for (const std::string& id : cases) shop_.Assign(id);
  aftersales::HandOverCasesRequest request;
  request.set_request_id(Unique("hand-over"));
  request.set_from_account_id(shop_.AccountOf("agent"));
  request.set_to_account_id(shop_.AccountOf("warehouse"));
  request.set_note("she has left");
  request.set_page_size(2);
  const auto refusal =
      RefusalOf([&] { shop_.As("supervisor").Call<aftersales::HandOverCasesResponse>(request); });
  EXPECT_EQ(FieldOf(refusal), "to_account_id");
  request.set_to_account_id(shop_.AccountOf("supervisor"));
  const auto first = shop_.As("supervisor").Call<aftersales::HandOverCasesResponse>(request);
  EXPECT_EQ(first.results_size(), 2);
  EXPECT_TRUE(first.more());
  const auto again = shop_.As("supervisor").Call<aftersales::HandOverCasesResponse>(request);
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  request.set_request_id(Unique("hand-over"));
  const auto rest = shop_.As("supervisor").Call<aftersales::HandOverCasesResponse>(request);
  EXPECT_EQ(rest.results_size(), 1);
  EXPECT_FALSE(rest.more());
  for (const std::string& id : cases) {
    EXPECT_EQ(shop_.Get(id).assignee_id(), shop_.AccountOf("supervisor"));
    EXPECT_EQ(shop_.Steps(id).back().text(), "she has left");
  }
  ExpectIntact();
}

TEST_F(Queue, AnActionOverManyCasesAnswersForEach) {
  const std::string good = NewCase();
  const std::string ended = NewCase();
  const std::string stale = NewCase();
  aftersales::BulkApplyRequest request;
  request.set_request_id(Unique("bulk"));
  request.mutable_approve();
  Choose(request, good);
  Choose(request, stale);
  shop_.Assign(stale);
  shop_.Apply("agent", ended, [](auto& event) { event.mutable_withdraw(); });
  Choose(request, ended);
  aftersales::SeenCase& unknown = *request.add_cases();
  unknown.set_case_id("9999999999999999999");
  unknown.set_version(1);
  const auto answer = Bulk("agent", request);
  ASSERT_EQ(answer.results_size(), 4);
  EXPECT_EQ(answer.results(0).case_().state(), "Settling");
  EXPECT_EQ(answer.results(0).case_().amount_approved().minor_units(), kLinePaid);
  EXPECT_EQ(answer.results(1).error().code(), grpc::StatusCode::ABORTED);
  EXPECT_GT(answer.results(1).error().details_size(), 0);
  EXPECT_EQ(answer.results(2).error().code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(answer.results(3).error().code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(Bulk("agent", request).results(0).case_().version(),
            answer.results(0).case_().version());
  EXPECT_EQ(shop_.Get(good).version(), answer.results(0).case_().version());
  ExpectIntact();
}

TEST_F(Queue, ASupervisorApprovesWhatWaitsForOne) {
  const std::string id = NewCase("PendingApproval");
  aftersales::BulkApplyRequest request;
  request.set_request_id(Unique("bulk"));
  request.mutable_approve();
  Choose(request, id);
  EXPECT_EQ(Bulk("agent", request).results(0).error().code(),
            grpc::StatusCode::FAILED_PRECONDITION);
  request.set_request_id(Unique("bulk"));
  EXPECT_EQ(Bulk("supervisor", request).results(0).case_().state(), "Settling");
}

TEST_F(Queue, AnAssignmentOfManyToNoAgentNamesTheField) {
  aftersales::BulkApplyRequest request;
  request.set_request_id(Unique("bulk"));
  Choose(request, NewCase());
  request.mutable_assign()->set_assignee_id(shop_.AccountOf("finance"));
  EXPECT_EQ(FieldOf(RefusalOf([&] { Bulk("supervisor", request); })), "assign.assignee_id");
}

TEST_F(Queue, ACaseTwiceInTheListNamesTheSecond) {
  aftersales::BulkApplyRequest request;
  request.set_request_id(Unique("bulk"));
  request.mutable_remind();
  const std::string id = NewCase();
  Choose(request, id);
  Choose(request, id);
  EXPECT_EQ(FieldOf(RefusalOf([&] { Bulk("agent", request); })), "cases[1].case_id");
}

TEST_F(Queue, AReminderRaisesThePriorityAndSaysWhy) {
  const std::string id = NewCase();
  aftersales::BulkApplyRequest request;
  request.set_request_id(Unique("bulk"));
  request.mutable_remind();
  request.set_note("please look");
  Choose(request, id);
  EXPECT_EQ(Bulk("supervisor", request).results(0).case_().needs_person(), "REMINDED");
  aftersales::GetCaseRequest key;
  key.set_case_id(id);
  const auto read = shop_.As("agent").Call<aftersales::GetCaseResponse>(key);
  ASSERT_EQ(read.priority_reasons_size(), 1);
  EXPECT_EQ(read.priority_reasons(0).code(), "RAISED");
  EXPECT_EQ(read.case_().priority(), 2U);
  aftersales::ListCasesRequest list;
  list.set_person_queue(aftersales::PERSON_QUEUE_AGENTS);
  EXPECT_EQ(shop_.As("agent").Call<aftersales::ListCasesResponse>(list).cases_size(), 1);
  ExpectIntact();
}

TEST_F(Queue, TheShopsThresholdsDecideWhatIsUrgent) {
  identity::v1::SetShopSettingRequest set;
  set.set_request_id(Unique("setting"));
  set.set_name("triage_amount_very_high");
  set.set_value("10000");
  shop_.As("admin").Call<identity::v1::SetShopSettingResponse>(set);
  // Services hear of it within seconds.
  EXPECT_TRUE(test::WaitFor([&] { return shop_.Get(NewCase()).priority() == 1; },
                            std::chrono::seconds(20)));
  ExpectIntact();
}

TEST_F(Queue, AThousandCasesTakeOneCall) {
  constexpr int kCases = 1000;
  std::vector<std::string> cases;
  const order::Order order = shop_.PushOrder();
  for (int i = 0; i < kCases; ++i) {
    cases.push_back(shop_.Open(order, aftersales::REFUND_VARIANT_REFUND_ONLY, 100).case_id());
  }
  aftersales::BulkApplyRequest request;
  request.set_request_id(Unique("bulk"));
  request.mutable_assign()->set_assignee_id(shop_.AccountOf("agent"));
  for (const std::string& id : cases) {
    aftersales::SeenCase& seen = *request.add_cases();
    seen.set_case_id(id);
    seen.set_version(1);
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto answer = Bulk("supervisor", request);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  int done = 0;
  for (const auto& result : answer.results()) done += result.has_case_() ? 1 : 0;
  EXPECT_EQ(done, kCases);
  test::Figure("bulk_cases_done", done);
  test::Figure("bulk_thousand_s", took.count(), "s");
  request.add_cases()->set_case_id("1");
  request.mutable_cases(kCases)->set_version(1);
  EXPECT_EQ(FieldOf(RefusalOf([&] { Bulk("supervisor", request); })), "cases");
}

TEST_F(Queue, TheCommandLineClaimsHandsOverAndActsOnMany) {
  const std::string one = NewCase();
  const std::string two = NewCase();
  LogIn("supervisor");
  const Finished claimed = stack_.Redress({"case", "claim-next"});
  EXPECT_EQ(claimed.exit_code, 0) << claimed.output;
  const Finished bulk = stack_.Redress({"case", "bulk", "remind", "--nobodys", "--note", "look"});
  EXPECT_EQ(bulk.exit_code, 0) << bulk.output;
  EXPECT_NE(bulk.output.find("1 done, 0 refused"), std::string::npos) << bulk.output;
  const Finished refused = stack_.Redress({"case", "bulk", "reject", one, two, "--reason", "used"});
  EXPECT_EQ(refused.exit_code, 0) << refused.output;
  const Finished again = stack_.Redress({"case", "bulk", "reject", one, "--reason", "used"});
  EXPECT_EQ(again.exit_code, 4) << again.output;
  EXPECT_NE(again.output.find("FAILED_PRECONDITION"), std::string::npos) << again.output;
  const Finished handed =
      stack_.Redress({"case", "hand-over", "--from", shop_.AccountOf("supervisor"), "--to",
                      shop_.AccountOf("agent"), "--note", "holidays"});
  EXPECT_EQ(handed.exit_code, 0) << handed.output;
  EXPECT_NE(handed.output.find("1 done, 0 refused"), std::string::npos) << handed.output;
}

TEST_F(Queue, TheCommandLineTellsWhoWasFaster) {
  const std::string id = NewCase();
  LogIn("supervisor");
  shop_.Assign(id);
  const Finished late =
      stack_.Redress({"case", "apply", id, "--version", "1", "reject", "--reason", "used"});
  EXPECT_EQ(late.exit_code, 1);
  EXPECT_NE(late.output.find("changed by"), std::string::npos) << late.output;
  EXPECT_NE(late.output.find("assign_case"), std::string::npos) << late.output;
  EXPECT_NE(late.output.find("you may: approve"), std::string::npos) << late.output;
  EXPECT_NE(late.output.find("--version 2"), std::string::npos) << late.output;
}

}  // namespace
}  // namespace redress::e2e
