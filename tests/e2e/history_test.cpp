// A shop's histories through all real processes: intact in every state that the API brings a case
// to, looked at as of a moment, and altered in the database.

#include <gtest/gtest.h>

#include "clients/cpp/call_error.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/figure.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

class Histories : public testing::Test {
 protected:
  Finished As(const std::string& role, std::vector<std::string> arguments) {
    const std::string name = shop_.AccountNameOf(role);
    if (logged_in_ != role) {
      const Finished login = stack_.Redress(
          {"log-in", "--account", name, "--shop", shop_.shop_id(), "--password-stdin"},
          shop_.PasswordOf(role) + "\n");
      EXPECT_EQ(login.exit_code, 0) << login.output;
      logged_in_ = role;
    }
    return stack_.Redress(arguments);
  }
  std::string NewCase(const std::string& state = "Settling") {
    return BringTo(shop_, aftersales::REFUND_VARIANT_REFUND_ONLY, state);
  }
  void Alter(const std::string& id) {
    stack_.Sql("UPDATE redress_aftersales.steps SET client = 'another' WHERE shop_id = " +
               shop_.shop_id() + " AND sequence = 2 AND case_id = " + id);
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
  std::string logged_in_;
};

bool Says(const Finished& finished, const std::string& text) {
  return finished.output.find(text) != std::string::npos;
}

TEST_F(Histories, AreIntactInEveryStateThatACaseIsBroughtTo) {
  int states = 0;
  for (const char* name :
       {"Requested", "PendingApproval", "Rejected", "InDispute", "AwaitingReturn", "Returning",
        "Inspecting", "Disagreed", "SendingBack", "Settling", "FollowingUp"}) {
    const std::string id = BringTo(shop_, aftersales::REFUND_VARIANT_RETURN_AND_REFUND, name);
    if (shop_.Get(id).state() == "FollowingUp") shop_.FollowUp(id);
    ++states;
  }
  for (const auto variant :
       {aftersales::REFUND_VARIANT_EXCHANGE, aftersales::REFUND_VARIANT_RESHIP}) {
    shop_.ShipReplacement(BringTo(shop_, variant, "Reshipping"));
    ++states;
  }
  // The escalated one has opened a dispute.
  aftersales::ListCasesRequest disputes;
  disputes.set_kind("dispute");
  ASSERT_TRUE(test::WaitFor([&] {
    return shop_.As("auditor").Call<aftersales::ListCasesResponse>(disputes).cases_size() == 1;
  }));
  ++states;
  aftersales::VerifyCasesRequest request;
  request.set_page_size(5);
  int verified = 0;
  do {
    const auto page = shop_.As("auditor").Call<aftersales::VerifyCasesResponse>(request);
    EXPECT_LE(page.verifications_size(), 5);
    for (const auto& one : page.verifications()) {
      ++verified;
      EXPECT_TRUE(one.intact()) << one.DebugString();
      EXPECT_EQ(one.steps_replayed(), one.steps());
      EXPECT_EQ(one.unproved_fields_size(), 0);
    }
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(verified, states);
  test::Figure("history_states_verified", verified);
}

TEST_F(Histories, ShowACaseAsItWasAtAMoment) {
  const std::string id = NewCase("FollowingUp");
  shop_.FollowUp(id);
  const auto steps = shop_.Steps(id);
  const aftersales::Case now = shop_.Get(id);
  for (const aftersales::Step& step : steps) {
    aftersales::GetCaseAtRequest request;
    request.set_case_id(id);
    *request.mutable_at_time() = step.apply_time();
    const auto past = shop_.As("agent").Call<aftersales::GetCaseAtResponse>(request);
    EXPECT_EQ(past.case_().state(), step.to_state());
    EXPECT_EQ(past.case_().version(), step.sequence());
    EXPECT_EQ(past.case_().case_number(), now.case_number());
    EXPECT_EQ(past.step().hash(), step.hash());
    EXPECT_EQ(past.step().previous_hash(), step.previous_hash());
  }
  const std::string number = std::to_string(now.case_number());
  const Finished first = As("agent", {"case", "show", number, "--after-step", "1"});
  EXPECT_EQ(first.exit_code, 0) << first.output;
  EXPECT_TRUE(Says(first, "Requested")) << first.output;
  const Finished today = As("agent", {"case", "show", number, "--at", "2099-01-01"});
  EXPECT_EQ(today.exit_code, 0) << today.output;
  EXPECT_TRUE(Says(today, "Completed")) << today.output;
  const Finished never = As("agent", {"case", "show", number, "--at", "2001-01-01"});
  EXPECT_EQ(never.exit_code, 1);
  EXPECT_TRUE(Says(never, "before the case was opened")) << never.output;
  const Finished beyond = As("agent", {"case", "show", number, "--after-step", "99"});
  EXPECT_EQ(beyond.exit_code, 1);
  EXPECT_TRUE(Says(beyond, "is no step of the case")) << beyond.output;
}

TEST_F(Histories, AreVerifiedOnTheCommandLine) {
  const std::string id = NewCase();
  const std::string other = NewCase();
  const std::string number = std::to_string(shop_.Get(id).case_number());
  const Finished intact = As("auditor", {"case", "verify", number});
  EXPECT_EQ(intact.exit_code, 0) << intact.output;
  EXPECT_TRUE(Says(intact, "case #" + number + ": intact")) << intact.output;
  const Finished all = As("auditor", {"case", "verify", "--all"});
  EXPECT_EQ(all.exit_code, 0) << all.output;
  EXPECT_TRUE(Says(all, "2 cases")) << all.output;
  EXPECT_TRUE(Says(all, "all intact")) << all.output;

  Alter(id);
  const Finished altered = As("auditor", {"case", "verify", number});
  EXPECT_EQ(altered.exit_code, 4) << altered.output;
  EXPECT_TRUE(Says(altered, "case #" + number + ": 1 finding\n")) << altered.output;
  EXPECT_TRUE(Says(altered, "hash")) << altered.output;
  const Finished one_of_two = As("auditor", {"case", "verify", "--all"});
  EXPECT_EQ(one_of_two.exit_code, 4) << one_of_two.output;
  EXPECT_TRUE(Says(one_of_two, "1 of 2 cases with findings")) << one_of_two.output;
  const Finished json = As("auditor", {"--json", "case", "verify", "--all"});
  EXPECT_EQ(json.exit_code, 4);
  EXPECT_TRUE(Says(json, "\"field\":\"hash\"")) << json.output;
}

TEST_F(Histories, AreVerifiedByThoseWhoMayAndWithWordsForTheOthers) {
  NewCase();
  EXPECT_EQ(As("agent", {"case", "verify", "--all"}).exit_code, 1);
  EXPECT_EQ(As("auditor", {"case", "verify"}).exit_code, 2);
  EXPECT_EQ(As("auditor", {"case", "verify", "1", "--all"}).exit_code, 2);
  EXPECT_EQ(As("auditor", {"case", "verify", "999999999999999999"}).exit_code, 1);
}

}  // namespace
}  // namespace redress::e2e
