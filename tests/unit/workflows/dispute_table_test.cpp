// Every state with every event under every valuation of the facts that guards look at: the rows of
// one state and event divide the facts without overlap or gap, and the machine agrees with them.

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/unit/workflows/table_checks.h"
#include "workflows/dispute/dispute.h"

namespace redress::workflows::dispute {
namespace {

std::vector<DisputeEvent> EventsToTry() {
  return {RecordContact{},
          BeginInvestigation{},
          AddEvidence{},
          ProposeOptions{{0, 0, false, false}},
          ProposeOptions{{100, 0, true, false}},
          ProposeOptions{{0, 900, true, true}},
          ProposeOptions{{-5, 0, true, true}},
          ProposeOptions{{100, 100, true, true}},
          PresentOptions{},
          AcceptOption{OptionKind::kNone},
          AcceptOption{OptionKind::kRefund},
          AcceptOption{OptionKind::kOther},
          DeclineOptions{},
          RuleForBuyer{-1},
          RuleForBuyer{0},
          RuleForBuyer{900},
          RuleForShop{},
          RecordExecution{},
          Resolve{"", ""},
          Resolve{"quality", ""},
          Resolve{"quality", "m"},
          Withdraw{},
          RecordRefundGiven{100},
          RecordRefundGiven{0},
          RecordRefundEnded{},
          DeadlineReached{1},
          PlatformIntervened{},
          PlatformRuledForBuyer{0},
          PlatformRuledForBuyer{100},
          PlatformRuledForShop{},
          PlatformClosed{},
          JoinReview{7}};
}

// Calls visit(facts) for every combination of what guards can tell apart.
void ForEach(const std::function<void(const DisputeFacts&)>& visit) {
  const std::vector<Actor> actors{{ActorKind::kPerson, 1, false, false, 500},
                                  {ActorKind::kPerson, 2, true, false, 500},
                                  {ActorKind::kPerson, 3, true, true, 0},
                                  {ActorKind::kTimeout, 0, false, false, 0},
                                  {ActorKind::kPlatform, 0, false, false, 0}};
  DisputeFacts f;
  DisputeProgress& p = f.progress;
  p.deadline_rule = "armed";
  p.deadline_number = 1;
  for (const Actor& actor : actors)
    for (const bool platform : {false, true})
      for (const bool listed : {false, true})
        for (const Channel channel : {Channel::kDirectComplaint, Channel::kEscalatedRefund})
          for (const std::uint64_t review : {0, 7})
            for (const std::int32_t evidence : {0, 1})
              for (const std::int32_t rounds : {0, 1, 2})
                for (const Options& options :
                     {Options{}, Options{100, 0, true, false}, Options{0, 50, false, true}})
                  for (const Verdict verdict : {Verdict::kNone, Verdict::kAgreed,
                                                Verdict::kRuledForBuyer, Verdict::kRuledForShop})
                    for (const Remedy& remedy : {Remedy{}, Remedy{OptionKind::kRefund, 100},
                                                 Remedy{OptionKind::kOther, 0}})
                      for (const bool executed : {false, true}) {
                        f.actor = actor;
                        f.has_platform_id = platform;
                        f.root_cause_is_listed = listed;
                        p.channel = channel;
                        p.review = review;
                        p.evidence = evidence;
                        p.rounds_declined = rounds;
                        p.options = options;
                        p.verdict = verdict;
                        p.remedy = remedy;
                        p.executed = executed;
                        p.refund = executed ? 9 : 0;
                        visit(f);
                      }
}

TEST(DisputeTable, RowsDivideTheFactsWithoutOverlapOrGap) {
  ExpectRowsDivideTheFacts(Describe(), EventsToTry(), ForEach);
}

TEST(DisputeTable, EveryStateWithEveryEventAnswersAsItsRowsSay) {
  ExpectMachineAnswersAsItsRowsSay(Describe(), EventsToTry(), ForEach);
}

TEST(DisputeTable, DeadlinesAndThePlatformAreNeverRefused) {
  ExpectNeverRefused<DisputeEvent>(
      Describe(),
      {DeadlineReached{1}, PlatformIntervened{}, PlatformRuledForBuyer{0},
       PlatformRuledForBuyer{100}, PlatformRuledForShop{}, PlatformClosed{}},
      ForEach);
}

TEST(DisputeTable, WhatIsAllowedNamesEveryEventOnce) {
  DisputeFacts facts;
  facts.progress.deadline_rule = "armed";
  ExpectAllowedNamesEveryEventOnce(Describe(), facts);
}

}  // namespace
}  // namespace redress::workflows::dispute
