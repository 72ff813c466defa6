// Agents on shift are given nobody's cases, through all real processes and by the command line.

#include <gtest/gtest.h>
#include <redress/aftersales/v1/agent_service.pb.h>

#include "tests/e2e/cases.h"
#include "tests/e2e/shop.h"
#include "tests/e2e/stack.h"
#include "tests/support/wait_for.h"

namespace redress::e2e {
namespace {

class Agents : public testing::Test {
 protected:
  std::string NewCase() {
    return BringTo(shop_, aftersales::REFUND_VARIANT_REFUND_ONLY, "Requested");
  }
  aftersales::Agent SetShift(const std::string& role, bool on, const std::string& whose = "") {
    aftersales::SetShiftRequest request;
    request.set_request_id(Unique("shift"));
    request.set_on_shift(on);
    if (!whose.empty()) request.set_account_id(shop_.AccountOf(whose));
    return shop_.As(role).Call<aftersales::SetShiftResponse>(request).agent();
  }
  aftersales::UpdateAgentRequest UpdateOf(const std::string& role) {
    aftersales::UpdateAgentRequest request;
    request.set_request_id(Unique("agent"));
    request.set_account_id(shop_.AccountOf(role));
    return request;
  }
  aftersales::Agent Update(const aftersales::UpdateAgentRequest& request) {
    return shop_.As("supervisor").Call<aftersales::UpdateAgentResponse>(request).agent();
  }
  void ExpectAssigned(const std::string& id, const std::string& role) {
    EXPECT_TRUE(test::WaitFor([&] { return shop_.Get(id).assignee_id() == shop_.AccountOf(role); }))
        << shop_.Get(id).ShortDebugString();
  }

  Stack& stack_ = Stack::Shared();
  Shop shop_{stack_};
};

TEST_F(Agents, OnShiftAreGivenNobodysCases) {
  const std::string before = NewCase();
  EXPECT_TRUE(SetShift("agent", true).on_shift());
  ExpectAssigned(before, "agent");
  const std::string after = NewCase();
  ExpectAssigned(after, "agent");
  const aftersales::Step step = shop_.Steps(after).back();
  EXPECT_EQ(step.event(), "assign_case");
  EXPECT_EQ(step.actor_kind(), "service");
}

TEST_F(Agents, OffShiftAreGivenNone) {
  SetShift("agent", true);
  EXPECT_FALSE(SetShift("agent", false).on_shift());
  const std::string left = NewCase();
  SetShift("supervisor", true);
  ExpectAssigned(left, "supervisor");
}

TEST_F(Agents, BeginAndEndTheirOwnShiftOnly) {
  EXPECT_EQ(ReasonOf([&] { SetShift("agent", true, "supervisor"); }), "SUPERVISOR_REQUIRED");
  EXPECT_TRUE(SetShift("supervisor", true, "agent").on_shift());
}

TEST_F(Agents, AreNoWarehouseWorkers) {
  EXPECT_EQ(ReasonOf([&] { SetShift("supervisor", true, "warehouse"); }), "account_id");
  EXPECT_EQ(ReasonOf([&] { Update(UpdateOf("warehouse")); }), "account_id");
}

TEST_F(Agents, TakeKindsThatThereAre) {
  aftersales::UpdateAgentRequest request = UpdateOf("agent");
  request.add_kinds("refund");
  request.add_kinds("lottery");
  EXPECT_EQ(ReasonOf([&] { Update(request); }), "kinds[1]");
  request.set_kinds(1, "refund");
  EXPECT_EQ(ReasonOf([&] { Update(request); }), "kinds[1]");
}

TEST_F(Agents, EndAShiftWithinADay) {
  aftersales::SetShiftRequest request;
  request.set_request_id(Unique("shift"));
  request.set_on_shift(true);
  request.mutable_end_time()->set_seconds(1);
  EXPECT_EQ(ReasonOf([&] { shop_.As("agent").Call<aftersales::SetShiftResponse>(request); }),
            "end_time");
}

TEST_F(Agents, GetTheFirstAnswerToAShiftThatHasEndedMeanwhile) {
  aftersales::SetShiftRequest request;
  request.set_request_id(Unique("shift"));
  request.set_on_shift(true);
  request.mutable_end_time()->set_seconds(stack_.NowUs() / 1'000'000 + 3600);
  const auto set = [&] { return shop_.As("agent").Call<aftersales::SetShiftResponse>(request); };
  EXPECT_TRUE(set().agent().on_shift());
  stack_.Advance(7200);
  shop_.LogInAgain();
  EXPECT_FALSE(set().agent().on_shift()) << "an answer, of the agent as he is now";
}

TEST_F(Agents, AreChangedByWhoSawTheirLastVersion) {
  aftersales::UpdateAgentRequest request = UpdateOf("agent");
  request.set_team("Day");
  EXPECT_EQ(Update(request).version(), 1U);
  // A repeat answers, another change of the old version does not.
  EXPECT_EQ(Update(request).version(), 1U);
  request.set_request_id(Unique("agent"));
  EXPECT_EQ(ReasonOf([&] { Update(request); }), "VERSION_CONFLICT");
}

TEST_F(Agents, AreFoundByTeamAndOnTheCommandLine) {
  aftersales::UpdateAgentRequest request = UpdateOf("agent");
  request.set_team("Day");
  Update(request);
  const std::string id = NewCase();
  shop_.Assign(id);
  aftersales::ListCasesRequest list;
  list.set_team("Day");
  EXPECT_EQ(shop_.As("supervisor").Call<aftersales::ListCasesResponse>(list).cases_size(), 1);
  list.set_team("Night");
  EXPECT_EQ(shop_.As("supervisor").Call<aftersales::ListCasesResponse>(list).cases_size(), 0);

  const Finished login = stack_.Redress({"log-in", "--account", shop_.AccountNameOf("supervisor"),
                                         "--shop", shop_.shop_id(), "--password-stdin"},
                                        shop_.PasswordOf("supervisor") + "\n");
  ASSERT_EQ(login.exit_code, 0) << login.output;
  const Finished begun =
      stack_.Redress({"agent", "begin-shift", "--account", shop_.AccountOf("agent")});
  EXPECT_EQ(begun.exit_code, 0) << begun.output;
  const Finished listed = stack_.Redress({"agent", "list", "--team", "Day"});
  EXPECT_EQ(listed.exit_code, 0) << listed.output;
  EXPECT_NE(listed.output.find(shop_.AccountOf("agent")), std::string::npos) << listed.output;
  const Finished ended =
      stack_.Redress({"agent", "end-shift", "--account", shop_.AccountOf("agent")});
  EXPECT_EQ(ended.exit_code, 0) << ended.output;
}

}  // namespace
}  // namespace redress::e2e
