// Every state with every event under every valuation of the facts that guards look at.

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/unit/workflows/table_checks.h"
#include "workflows/review/review.h"

namespace redress::workflows::review {
namespace {

std::vector<ReviewEvent> EventsToTry() {
  return {JudgeGenuine{},
          JudgeMalicious{},
          RecordAttempt{ContactChannel::kChat, false},
          RecordAttempt{ContactChannel::kPhone, true},
          RecordAttempt{ContactChannel::kSms, false},
          RefuseContact{},
          MakeOffer{{OfferKind::kNone, 0}, true},
          MakeOffer{{OfferKind::kCompensation, 100}, true},
          MakeOffer{{OfferKind::kCompensation, 900}, true},
          MakeOffer{{OfferKind::kCompensation, 0}, true},
          MakeOffer{{OfferKind::kOther, 5}, true},
          MakeOffer{{OfferKind::kOther, 0}, false},
          AcceptOffer{},
          RecordRefusal{},
          ConcludeTalks{},
          RecordFulfilment{},
          AddEvidence{},
          FileReport{},
          ReportTurnedDown{},
          PublishReply{},
          CloseUnanswered{},
          VoidCase{},
          DeadlineReached{1},
          ReviewRevised{Rating::kBad},
          ReviewRevised{Rating::kNeutral},
          ReviewRevised{Rating::kGood},
          ReviewRemoved{},
          RevealFault{Fault::kQuality},
          RecordDisputeEnd{false},
          RecordDisputeEnd{true},
          CorrectRating{Rating::kNeutral, 3}};
}

// Calls visit(facts) for every combination of what guards can tell apart.
void ForEach(const std::function<void(const ReviewFacts&)>& visit) {
  const std::vector<Actor> actors{{ActorKind::kPerson, 1, false, false, 500},
                                  {ActorKind::kPerson, 2, true, true, 0},
                                  {ActorKind::kTimeout, 0, false, false, 0},
                                  {ActorKind::kPlatform, 0, false, false, 0}};
  const std::vector<PerChannel> attempts{{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 2, 1}};
  ReviewFacts f;
  ReviewProgress& p = f.progress;
  p.deadline_rule = "armed";
  p.deadline_number = 1;
  for (const Actor& actor : actors)
    for (const bool platform : {false, true})
      for (const bool refused : {false, true})
        for (const bool disputed : {false, true})
          for (const bool refused_before : {false, true})
            for (const PartOfDay part : {PartOfDay::kMorning, PartOfDay::kEvening})
              for (const PerChannel& made : attempts)
                for (const bool possible : {false, true})
                  for (const bool spent : {false, true})
                    for (const std::int32_t evidence : {0, 1})
                      for (const Rating rating : {Rating::kBad, Rating::kNeutral})
                        for (const Change change :
                             {Change::kNone, Change::kRevised, Change::kRemoved}) {
                          f.actor = actor;
                          f.has_platform_id = platform;
                          f.is_disputed = disputed;
                          f.contact_refused_before = refused_before;
                          f.part_of_day = part;
                          p.contact_refused = refused;
                          p.attempts = made;
                          p.parts_of_day = made.Sum() > 0 ? Bit(PartOfDay::kEvening) : 0;
                          p.revision_possible = possible;
                          p.revision_spent = spent;
                          p.evidence = evidence;
                          p.rating = rating;
                          p.change = change;
                          visit(f);
                        }
}

TEST(ReviewTable, RowsDivideTheFactsWithoutOverlapOrGap) {
  ExpectRowsDivideTheFacts(Describe(), EventsToTry(), ForEach);
}

TEST(ReviewTable, EveryStateWithEveryEventAnswersAsItsRowsSay) {
  ExpectMachineAnswersAsItsRowsSay(Describe(), EventsToTry(), ForEach);
}

TEST(ReviewTable, DeadlinesAndWhatTheBuyerDoesAreNeverRefused) {
  ExpectNeverRefused<ReviewEvent>(
      Describe(),
      {DeadlineReached{1}, RefuseContact{}, ReviewRevised{Rating::kBad},
       ReviewRevised{Rating::kGood}, ReviewRemoved{}, CorrectRating{Rating::kBad, 1}},
      ForEach);
}

TEST(ReviewTable, WhatIsAllowedNamesEveryEventOnce) {
  ReviewFacts facts;
  facts.progress.deadline_rule = "armed";
  ExpectAllowedNamesEveryEventOnce(Describe(), facts);
}

}  // namespace
}  // namespace redress::workflows::review
