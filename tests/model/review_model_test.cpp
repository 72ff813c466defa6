// Walks all that can happen to a review case, every state, event, kind of actor and part of the
// day, and checks what must always be true.

#include <gtest/gtest.h>

#include "tests/model/walker.h"
#include "tests/support/figure.h"
#include "workflows/review/review.h"

namespace redress::workflows::review {
namespace {

constexpr std::int64_t kSmall = 40;
constexpr std::int64_t kLarge = 100;
constexpr std::int64_t kLimit = 50;  // of the agent

// Of one platform: the walker is told by it whether a buyer may revise.
template <bool kRevisionPossible>
struct Reviews {
  using Event = ReviewEvent;
  using Effect = ReviewEffect;
  using Facts = ReviewFacts;
  using Progress = ReviewProgress;
  using Node = model::Node<ReviewProgress>;
  using Move = model::Move<Reviews>;

  static ReviewProgress Opened() {
    ReviewProgress opened;
    opened.rating = Rating::kNeutral;
    opened.rating_now = Rating::kNeutral;
    opened.revision_possible = kRevisionPossible;
    Apply(Open(ReviewFacts{}), opened);
    opened.deadline_number = model::kArmedNumber;
    return opened;
  }

  static auto KeyOf(const Node& n) {
    const ReviewProgress& p = n.progress;
    return std::make_tuple(
        n.state, p.judgement, p.parts_of_day,
        std::make_tuple(p.attempts.chat, p.attempts.phone, p.attempts.sms, p.contact_refused),
        std::make_tuple(p.offer.kind, p.offer.amount, p.agreed, p.fulfilled),
        std::make_tuple(p.rating_now, p.revision_spent, std::min(p.evidence, 1)),
        std::make_tuple(p.malice_confirmed, p.reply_reason, p.replied, p.change, p.rating,
                        p.dispute),
        p.deadline_condition);
  }

  static bool IsFact(const Move& move) {
    return std::holds_alternative<DeadlineReached>(move.event) ||
           std::holds_alternative<RefuseContact>(move.event) ||
           std::holds_alternative<ReviewRevised>(move.event) ||
           std::holds_alternative<ReviewRemoved>(move.event) ||
           std::holds_alternative<CorrectRating>(move.event);
  }

  static std::optional<std::string> WrongIn(const Node& n) {
    const ReviewProgress& p = n.progress;
    if (p.attempts.Sum() > kMostAttempts) return "more attempts than there may be";
    if (p.agreed && n.state != "Agreed" && !p.fulfilled) return "left what was agreed unfulfilled";
    if (p.fulfilled && !p.agreed) return "fulfilled what nobody accepted";
    if (n.state == "AwaitingRevision" && (!p.revision_possible || p.revision_spent)) {
      return "waiting for a revision that cannot come";
    }
    const bool in_talks = n.state == "Contacting" || n.state == "Negotiating" ||
                          n.state == "Offered" || n.state == "Agreed";
    if (in_talks && p.judgement != Judgement::kGenuine) return "talking to a malicious reviewer";
    const bool is_reported = n.state == "CollectingEvidence" || n.state == "Reported";
    if (is_reported && p.judgement != Judgement::kMalicious) return "reporting a genuine review";
    if (n.state == "InDispute" && (p.dispute == 0 || p.judgement != Judgement::kGenuine)) {
      return "waiting for a dispute that nobody asked for";
    }
    if (n.state == "Replying" && p.reply_reason == ReplyReason::kNone) return "replying to nothing";
    if (p.malice_confirmed && p.change != Change::kRemoved) return "tagged without a removal";
    if (n.state == "Replying") {
      const bool is_short = p.deadline_condition == "report_turned_down";
      if (is_short != (p.reply_reason == ReplyReason::kTurnedDown)) return "the other reply's time";
    }
    return std::nullopt;
  }

  static std::optional<std::string> WrongAbout(const Node& before, const Move& move,
                                               const Node& after, const ReviewEffects& effects) {
    if (after.progress.attempts.Sum() > before.progress.attempts.Sum()) {
      if (before.progress.contact_refused || move.facts.contact_refused_before) {
        return "contacted a buyer who asked not to be";
      }
      if ((before.progress.parts_of_day & Bit(move.facts.part_of_day)) != 0) {
        return "twice at one time of day";
      }
      const auto& most = move.facts.channel_limits;
      const auto& made = after.progress.attempts;
      if (made.chat > most.chat || made.phone > most.phone || made.sms > most.sms) {
        return "more by one channel than the shop allows";
      }
    }
    const bool asks = std::any_of(effects.begin(), effects.end(), [](const auto& effect) {
      return std::holds_alternative<AskDispute>(effect);
    });
    if (asks && before.progress.dispute != 0) return "asked for a second dispute";
    if (asks && (before.progress.contact_refused || move.facts.contact_refused_before)) {
      return "a dispute with a buyer who asked not to be contacted";
    }
    if (before.progress.contact_refused && !after.progress.contact_refused) {
      return "forgot that the buyer asked not to be contacted";
    }
    if (const auto* offer = std::get_if<MakeOffer>(&move.event)) {
      if (!offer->unconditional) return "tied an offer to the review";
      if (!move.facts.actor.unlimited && offer->offer.amount > kLimit) {
        return "offered above the agent's limit";
      }
    }
    const bool ends =
        after.state == "Withdrawn" || std::holds_alternative<CloseUnanswered>(move.event);
    if (ends && !move.facts.actor.is_supervisor) return "an agent ended a case without a word";
    if (after.state == "Resolved" && after.progress.change == Change::kNone &&
        !after.progress.replied && !std::holds_alternative<CloseUnanswered>(move.event)) {
      return "resolved though the review stands unanswered";
    }
    const bool calls = std::any_of(effects.begin(), effects.end(), [](const auto& effect) {
      return std::holds_alternative<QueueForPerson>(effect);
    });
    if (std::holds_alternative<DeadlineReached>(move.event)) {
      if (Describe().FindState(after.state)->final) return "a deadline lost the case";
      if (!calls) return "a deadline that nobody hears of";
    }
    return std::nullopt;
  }
};

std::vector<ReviewEvent> EventsOfPeople() {
  std::vector<ReviewEvent> events{
      JudgeGenuine{},    JudgeMalicious{},   RefuseContact{},   AcceptOffer{}, RecordRefusal{},
      ConcludeTalks{},   RecordFulfilment{}, AddEvidence{},     FileReport{},  PublishReply{},
      CloseUnanswered{}, VoidCase{},         ReportTurnedDown{}};
  for (const auto channel : {ContactChannel::kChat, ContactChannel::kPhone, ContactChannel::kSms}) {
    for (const bool reached : {false, true}) events.push_back(RecordAttempt{channel, reached});
  }
  for (const Offer& offer :
       {Offer{}, Offer{OfferKind::kCompensation, kSmall}, Offer{OfferKind::kCompensation, kLarge},
        Offer{OfferKind::kCompensation, 0}, Offer{OfferKind::kOther, 0},
        Offer{OfferKind::kReplacement, kSmall}}) {
    for (const bool unconditional : {false, true}) {
      events.push_back(MakeOffer{offer, unconditional});
    }
  }
  return events;
}

template <class Kind>
std::vector<model::Move<Kind>> AllMoves(bool refused_before) {
  std::vector<model::Move<Kind>> moves;
  const auto add = [&](const ReviewEvent& event, const Actor& actor, PartOfDay part) {
    ReviewFacts facts;
    facts.actor = actor;
    facts.part_of_day = part;
    facts.contact_refused_before = refused_before;
    facts.channel_limits = {2, 2, 0};
    moves.push_back({event, facts});
  };
  const Actor agent{ActorKind::kPerson, 1, false, false, kLimit};
  const Actor chief{ActorKind::kPerson, 2, true, true, 0};
  for (const ReviewEvent& event : EventsOfPeople()) {
    const bool is_attempt = std::holds_alternative<RecordAttempt>(event);
    add(event, agent, PartOfDay::kMorning);
    add(event, chief, PartOfDay::kMorning);
    if (!is_attempt) continue;
    add(event, agent, PartOfDay::kAfternoon);
    add(event, agent, PartOfDay::kEvening);
  }
  add(DeadlineReached{model::kArmedNumber}, {ActorKind::kTimeout, 0, false, false, 0},
      PartOfDay::kMorning);
  const Actor platform{ActorKind::kPlatform, 0, false, false, 0};
  for (const Rating rating : {Rating::kBad, Rating::kNeutral, Rating::kGood}) {
    add(ReviewRevised{rating}, platform, PartOfDay::kMorning);
  }
  add(ReviewRemoved{}, platform, PartOfDay::kMorning);
  add(CorrectRating{Rating::kBad, 0}, platform, PartOfDay::kMorning);
  const Actor link{ActorKind::kLink, 0, false, false, 0};
  add(RecordDisputeEnd{true}, link, PartOfDay::kMorning);
  add(RecordDisputeEnd{false}, link, PartOfDay::kMorning);
  for (const bool disputed : {false, true}) {
    add(RevealFault{Fault::kQuality}, agent, PartOfDay::kMorning);
    moves.back().facts.next_case = 5;
    moves.back().facts.is_disputed = disputed;
  }
  return moves;
}

struct Walked {
  std::size_t nodes = 0;
  std::size_t steps = 0;
  std::set<model::Edge> edges;
};

template <class Kind>
void WalkAll(Walked& all) {
  for (const bool refused_before : {false, true}) {
    model::Walker<Kind> walker(Describe(), AllMoves<Kind>(refused_before));
    walker.Run();
    for (const std::string& violation : walker.violations()) ADD_FAILURE() << violation;
    all.nodes += walker.nodes();
    all.steps += walker.steps();
    all.edges.insert(walker.edges().begin(), walker.edges().end());
  }
}

TEST(ReviewModel, WhatMustAlwaysBeTrueIs) {
  Walked all;
  WalkAll<Reviews<true>>(all);
  WalkAll<Reviews<false>>(all);
  for (const std::string& row : model::NeverTaken(Describe(), all.edges)) {
    ADD_FAILURE() << "never taken: " << row;
  }
  test::Figure("review_model_nodes", all.nodes);
  test::Figure("review_model_steps", all.steps);
}

}  // namespace
}  // namespace redress::workflows::review
