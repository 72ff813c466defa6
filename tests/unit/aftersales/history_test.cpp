// Steps as a chain, snapshots, JSON, rules and the ledger's news.

#include <gtest/gtest.h>

#include "services/aftersales/domain/event_json.h"
#include "services/aftersales/domain/shop_policies.h"
#include "services/aftersales/domain/snapshot.h"
#include "services/aftersales/domain/step_text.h"
#include "tests/unit/aftersales/desk.h"

namespace redress::aftersales {
namespace {

namespace refund = workflows::refund;

TEST(HashChain, VerifiesAndNamesTheStepThatWasChanged) {
  Desk desk;
  desk.Apply(desk.Open(1000));
  auto approve = desk.Fire(refund::Approve{1000});
  approve->text = NewText("the buyer sent a photo");
  desk.Apply(std::move(approve));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kSettled, "bank-1", ""}}));
  ASSERT_EQ(desk.steps.size(), 3u);
  EXPECT_EQ(VerifyChain(desk.steps), 0u);
  EXPECT_EQ(desk.Now().last_hash, desk.steps.back().hash);

  auto edited = desk.steps;
  edited[1].event_json = "{\"amount_minor\":999}";
  EXPECT_EQ(VerifyChain(edited), 2u);
  auto retexted = desk.steps;
  retexted[1].text_digest[0] ^= 1;
  EXPECT_EQ(VerifyChain(retexted), 2u);
  auto cut = desk.steps;
  cut.erase(cut.begin() + 1);
  EXPECT_EQ(VerifyChain(cut), 2u);
}

TEST(Snapshot, GivesBackWhatTheStepLeft) {
  Desk desk;
  desk.ReturnUnderWay(2);
  const Answer answer = desk.Apply(desk.Report(GoodsReceived{2}, "w1"));
  Answer read;
  read.after.shop = Desk::kShop;
  read.after.id = Desk::kCase;
  read.after.order = Desk::kOrder;
  read.after.line = Desk::kLine;
  DecodeSnapshot(desk.steps.back().snapshot, read);
  EXPECT_EQ(read.after.state, answer.after.state);
  EXPECT_EQ(read.after.due_at, answer.after.due_at);
  EXPECT_EQ(read.after.Refund().approved_amount, 2000);
  EXPECT_EQ(read.after.return_tracking, "SF1");
  EXPECT_EQ(read.task->quantity_received, 2);
  EXPECT_EQ(read.task->case_id, Desk::kCase);
  EXPECT_LT(desk.steps.back().snapshot.size(), 300u);
  EXPECT_THROW(DecodeSnapshot(std::string_view(desk.steps.back().snapshot).substr(0, 20), read),
               std::runtime_error);
}

TEST(EventJson, NamesFieldsAsTheApiDoesAndEscapes) {
  EXPECT_EQ(MembersOf(refund::Approve{5}), R"("amount_minor":5)");
  EXPECT_EQ(MembersOf(refund::Withdraw{}), "");
  EXPECT_EQ(MembersOf(refund::SendGoodsBack{"a\"b\\c\n", "1"}),
            "\"carrier\":\"a\\\"b\\\\c\\u000a\",\"tracking_number\":\"1\"");
}

TEST(DeadlineRules, TakeTheRowInForce) {
  DeadlineRules rules(
      {{"buyer_ships", "", 1000, 60, 30, 30, true}, {"buyer_ships", "", 2000, 120, 30, 60, true}});
  EXPECT_EQ(rules.At("buyer_ships", "", 999).duration_s, 7 * 24 * 3600);
  EXPECT_EQ(rules.At("buyer_ships", "", 1000).duration_s, 60);
  EXPECT_EQ(rules.At("buyer_ships", "", 5000).duration_s, 120);
  EXPECT_THROW(rules.At("buyer_sings", "", 1), std::invalid_argument);
  EXPECT_EQ(TimesOf(rules.At("buyer_ships", "", 1000), false, 0).warn_at, 30'000'000);
  EXPECT_EQ(TimesOf(rules.At("buyer_ships", "", 1000), true, 0).due_at, 30'000'000);
}

TEST(LineLedger, NeverDropsBelowWhatIsSpokenFor) {
  LedgerRow row;
  row.order_version = 1;
  row.ceiling = 3000;
  row.reserved = 1000;
  row.settled = 1000;
  LineFacts facts;
  facts.order_version = 2;
  facts.ceiling = 500;
  EXPECT_TRUE(BringUpToDate(row, facts, 1));
  EXPECT_EQ(row.ceiling, 2000);
  EXPECT_EQ(row.shortfall, 1500);
  facts.order_version = 1;
  facts.ceiling = 9999;
  EXPECT_FALSE(BringUpToDate(row, facts, 2)) << "the newer version wins";
  facts.order_version = 3;
  EXPECT_TRUE(BringUpToDate(row, facts, 3));
  EXPECT_EQ(row.ceiling, 9999);
  EXPECT_EQ(row.shortfall, 0);
}

TEST(LineLedger, GivesNothingAboveTheOrdersCeilingFreeWhenAReservationIsReleased) {
  Desk desk;
  desk.Apply(desk.Open(3000, CaseId{1}));
  desk.Apply(desk.Open(2000, CaseId{2}));
  desk.Apply(desk.Fire(refund::Approve{3000}, CaseId{1}));
  LineFacts lowered = desk.line_facts;
  lowered.order_version = 2;
  lowered.ceiling = 1000;
  ASSERT_TRUE(BringUpToDate(desk.rows.ledger.at({Desk::kShop, Desk::kLine}), lowered, 1));
  ASSERT_EQ(desk.Line().shortfall, 2000);
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kFailedForGood, "", "closed"}}, CaseId{1}));
  EXPECT_EQ(desk.Line().reserved, 0);
  EXPECT_EQ(desk.Line().ceiling, 1000);
  EXPECT_EQ(desk.Line().shortfall, 0);
  EXPECT_EQ(desk.Reason(desk.Fire(refund::Approve{2000}, CaseId{2})), "ABOVE_LINE_CEILING");
  desk.Apply(desk.Fire(refund::Approve{1000}, CaseId{2}));
}

TEST(LineLedger, KeepsTheShortfallThatIsLeftWhenPartIsReleased) {
  Desk desk;
  desk.Apply(desk.Open(1000, CaseId{1}));
  desk.Apply(desk.Open(2000, CaseId{2}));
  desk.Apply(desk.Fire(refund::Approve{1000}, CaseId{1}));
  desk.Apply(desk.Fire(refund::Approve{2000}, CaseId{2}));
  LineFacts lowered = desk.line_facts;
  lowered.order_version = 2;
  lowered.ceiling = 500;
  ASSERT_TRUE(BringUpToDate(desk.rows.ledger.at({Desk::kShop, Desk::kLine}), lowered, 1));
  desk.Apply(desk.Make(RecordPayment{{PaymentResult::kFailedForGood, "", "closed"}}, CaseId{2}));
  EXPECT_EQ(desk.Line().reserved, 1000);
  EXPECT_EQ(desk.Line().ceiling, 1000);
  EXPECT_EQ(desk.Line().shortfall, 500);
}

TEST(Categories, NameGoodsByCodeOrTitle) {
  EXPECT_TRUE(IsInCategory("CUSTOM-,fresh", "CUSTOM-17", "Mug"));
  EXPECT_TRUE(IsInCategory("CUSTOM-,fresh", "X", "fresh milk"));
  EXPECT_FALSE(IsInCategory("CUSTOM-,fresh", "X", "Mug"));
  EXPECT_FALSE(IsInCategory("", "X", "Mug"));
}

}  // namespace
}  // namespace redress::aftersales
