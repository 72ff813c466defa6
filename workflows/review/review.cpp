#include "workflows/review/review.h"

#include "workflows/machine/facade.h"
#include "workflows/review/actions.h"
#include "workflows/review/deadlines.h"
#include "workflows/review/requirements.h"
#include "workflows/review/routes.h"

namespace redress::workflows::review {
namespace {

struct Armed : boost::msm::front::state<> {};
struct Final : boost::msm::front::state<> {};

// clang-format off
//                                                                  name                  deadline rule           platform status
struct Detected           : Armed { static constexpr StateInfo kInfo{"Detected",           "review_triage",          "", false}; };
struct Contacting         : Armed { static constexpr StateInfo kInfo{"Contacting",         "review_contact",         "", false}; };
struct Negotiating        : Armed { static constexpr StateInfo kInfo{"Negotiating",        "review_talks",           "", false}; };
struct Offered            : Armed { static constexpr StateInfo kInfo{"Offered",            "review_offer_answered",  "", false}; };
struct Agreed             : Armed { static constexpr StateInfo kInfo{"Agreed",             "review_fulfilment",      "", false}; };
struct AwaitingRevision   : Armed { static constexpr StateInfo kInfo{"AwaitingRevision",   "revision_window",        "", false}; };
struct Replying           : Armed { static constexpr StateInfo kInfo{"Replying",           "public_reply",           "", false}; };
struct CollectingEvidence : Armed { static constexpr StateInfo kInfo{"CollectingEvidence", "review_evidence",        "", false}; };
struct Reported           : Armed { static constexpr StateInfo kInfo{"Reported",           "report_until",           "", false}; };
struct InDispute          : Armed { static constexpr StateInfo kInfo{"InDispute",          "review_dispute",         "", false}; };
struct Resolved           : Final { static constexpr StateInfo kInfo{"Resolved",           "",                       "", true}; };
struct Withdrawn          : Final { static constexpr StateInfo kInfo{"Withdrawn",          "",                       "", true}; };

using States = mp::mp_list<Detected, Contacting, Negotiating, Offered, Agreed, AwaitingRevision, Replying, CollectingEvidence,
                           Reported, InDispute, Resolved, Withdrawn>;

// Short names for the words that many rows repeat.
using NoMatter   = When<>;
using Nothing    = Do<>;
using Offering   = When<ContactIsAllowed, RevisionIsPossible, OfferIsUnconditional, OfferIsWhole, AmountIsWithinLimit>;
using Supervised = When<ActorSupervises>;
using Disputing  = When<ContactIsAllowed, LineIsUndisputed>;

struct Table { using Rows = mp::mp_list<
    //  state               event             next state          verbs                                      when
    Row<Detected,           JudgeGenuine,     Contacting,         Do<CallGenuine>,                           When<Not<IsContactForbidden>>>,
    Row<Detected,           JudgeGenuine,     Replying,           Do<CallGenuine, AnswerWithoutContact>,     When<IsContactForbidden>>,
    Row<Detected,           JudgeMalicious,   CollectingEvidence, Do<CallMalicious>,                         NoMatter>,
    Row<Detected,           AddEvidence,      Detected,           Do<NoteEvidence>,                          NoMatter>,
    Row<Detected,           VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<Detected,           DeadlineReached,  Detected,           Do<Linger>,                                NoMatter>,

    Row<Contacting,         RecordAttempt,    Negotiating,        Do<NoteAttempt>,                           When<IsReached, ContactIsAllowed, AttemptIsLeft, PartOfDayIsNew, ChannelIsWithinLimit>>,
    Row<Contacting,         RecordAttempt,    Contacting,         Do<NoteAttempt>,                           When<Not<IsReached>, IsAnotherAttemptLeft, ContactIsAllowed, PartOfDayIsNew, ChannelIsWithinLimit>>,
    Row<Contacting,         RecordAttempt,    Replying,           Do<NoteAttempt, AnswerUnreachable>,        When<Not<IsReached>, Not<IsAnotherAttemptLeft>, ContactIsAllowed, AttemptIsLeft, PartOfDayIsNew, ChannelIsWithinLimit>>,
    Row<Contacting,         JudgeMalicious,   CollectingEvidence, Do<CallMalicious>,                         NoMatter>,
    Row<Contacting,         VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<Contacting,         DeadlineReached,  Replying,           Do<AnswerWithoutContact>,                  When<IsContactForbidden>>,
    Row<Contacting,         DeadlineReached,  Replying,           Do<AnswerUnreachable>,                     When<Not<IsContactForbidden>, IsAnyAttemptMade>>,
    Row<Contacting,         DeadlineReached,  Contacting,         Do<Linger>,                                When<Not<IsContactForbidden>, Not<IsAnyAttemptMade>>>,

    Row<Negotiating,        MakeOffer,        Offered,            Do<KeepOffer>,                             Offering>,
    Row<Negotiating,        RecordRefusal,    Replying,           Do<AnswerRefusal>,                         NoMatter>,
    Row<Negotiating,        ConcludeTalks,    Replying,           Do<AnswerConcluded>,                       When<IsRevisionLeft>>,
    Row<Negotiating,        ConcludeTalks,    Replying,           Do<AnswerWithoutRevision>,                 When<Not<IsRevisionLeft>>>,
    Row<Negotiating,        JudgeMalicious,   CollectingEvidence, Do<CallMalicious>,                         NoMatter>,
    Row<Negotiating,        VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<Negotiating,        DeadlineReached,  Negotiating,        Do<Linger>,                                When<IsRevisionLeft>>,
    Row<Negotiating,        DeadlineReached,  Replying,           Do<AnswerWithoutRevision>,                 When<Not<IsRevisionLeft>>>,

    // Silence counts as refused.
    Row<Offered,            MakeOffer,        Offered,            Do<KeepOffer>,                             Offering>,
    Row<Offered,            AcceptOffer,      Agreed,             Do<NoteAgreement>,                         NoMatter>,
    Row<Offered,            RecordRefusal,    Replying,           Do<AnswerRefusal>,                         NoMatter>,
    Row<Offered,            VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<Offered,            DeadlineReached,  Replying,           Do<AnswerRefusal>,                         NoMatter>,

    // What was agreed is owed, whatever becomes of the review: nothing but its fulfilment leads on.
    Row<Agreed,             RecordFulfilment, Resolved,           Do<NoteFulfilment>,                        When<IsChanged>>,
    Row<Agreed,             RecordFulfilment, AwaitingRevision,   Do<NoteFulfilment>,                        When<Not<IsChanged>, IsRevisionLeft>>,
    Row<Agreed,             RecordFulfilment, Replying,           Do<NoteFulfilment, AnswerWithoutRevision>, When<Not<IsChanged>, Not<IsRevisionLeft>>>,
    Row<Agreed,             DeadlineReached,  Agreed,             Do<Linger>,                                NoMatter>,

    Row<AwaitingRevision,   RecordRefusal,    Replying,           Do<AnswerRefusal>,                         NoMatter>,
    Row<AwaitingRevision,   VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<AwaitingRevision,   DeadlineReached,  Replying,           Do<AnswerTooLate>,                         NoMatter>,

    Row<Replying,           PublishReply,     Resolved,           Do<NoteReply>,                             NoMatter>,
    Row<Replying,           CloseUnanswered,  Resolved,           Nothing,                                   Supervised>,
    Row<Replying,           VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<Replying,           DeadlineReached,  Replying,           Do<Linger>,                                NoMatter>,

    Row<CollectingEvidence, AddEvidence,      CollectingEvidence, Do<NoteEvidence>,                          NoMatter>,
    Row<CollectingEvidence, FileReport,       Reported,           Nothing,                                   When<EvidenceIsThere>>,
    Row<CollectingEvidence, JudgeGenuine,     Contacting,         Do<CallGenuine>,                           When<Not<IsContactForbidden>>>,
    Row<CollectingEvidence, JudgeGenuine,     Replying,           Do<CallGenuine, AnswerWithoutContact>,     When<IsContactForbidden>>,
    Row<CollectingEvidence, VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<CollectingEvidence, DeadlineReached,  CollectingEvidence, Do<Linger>,                                NoMatter>,

    Row<Reported,           AddEvidence,      Reported,           Do<NoteEvidence>,                          NoMatter>,
    Row<Reported,           ReportTurnedDown, Replying,           Do<AnswerTurnedDown>,                      NoMatter>,
    Row<Reported,           VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<Reported,           DeadlineReached,  Reported,           Do<Linger>,                                NoMatter>,

    // A fault is a dispute's matter: the review waits for it, but not beyond the day that leaves
    // time for a reply. The buyer is spoken to there.
    Row<Detected,           RevealFault,      InDispute,          Do<OpenItsDispute>,                        Disputing>,
    Row<Contacting,         RevealFault,      InDispute,          Do<OpenItsDispute>,                        Disputing>,
    Row<Negotiating,        RevealFault,      InDispute,          Do<OpenItsDispute>,                        Disputing>,
    Row<InDispute,          RecordDisputeEnd, AwaitingRevision,   Nothing,                                   When<IsRemedied, IsRevisionLeft>>,
    Row<InDispute,          RecordDisputeEnd, Replying,           Do<AnswerWithoutRevision>,                 When<IsRemedied, Not<IsRevisionLeft>>>,
    Row<InDispute,          RecordDisputeEnd, Replying,           Do<AnswerConcluded>,                       When<Not<IsRemedied>>>,
    Row<InDispute,          ConcludeTalks,    Replying,           Do<AnswerConcluded>,                       NoMatter>,
    Row<InDispute,          VoidCase,         Withdrawn,          Nothing,                                   Supervised>,
    Row<InDispute,          DeadlineReached,  Replying,           Do<AnswerTooLate>,                         NoMatter>,
    Row<Replying,           RecordDisputeEnd, Replying,           Nothing,                                   NoMatter>,

    // What the buyer says and does to the review is a fact: it is never refused. Who asks not to be
    // contacted never is again, in this case or another.
    Row<Detected,           RefuseContact,    Detected,           Do<LeaveBuyerAlone>,                       NoMatter>,
    Row<Contacting,         RefuseContact,    Replying,           Do<LeaveBuyerAlone, AnswerWithoutContact>, NoMatter>,
    Row<Negotiating,        RefuseContact,    Replying,           Do<LeaveBuyerAlone, AnswerWithoutContact>, NoMatter>,
    Row<Offered,            RefuseContact,    Replying,           Do<LeaveBuyerAlone, AnswerWithoutContact>, NoMatter>,
    Row<Agreed,             RefuseContact,    Agreed,             Do<LeaveBuyerAlone>,                       NoMatter>,
    Row<AwaitingRevision,   RefuseContact,    AwaitingRevision,   Do<LeaveBuyerAlone>,                       NoMatter>,
    Row<Replying,           RefuseContact,    Replying,           Do<LeaveBuyerAlone>,                       NoMatter>,
    Row<CollectingEvidence, RefuseContact,    CollectingEvidence, Do<LeaveBuyerAlone>,                       NoMatter>,
    Row<Reported,           RefuseContact,    Reported,           Do<LeaveBuyerAlone>,                       NoMatter>,
    Row<InDispute,          RefuseContact,    InDispute,          Do<LeaveBuyerAlone>,                       NoMatter>,

    Row<Detected,           ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<Detected,           ReviewRevised,    Detected,           Do<NoteRating>,                            When<Not<IsImproved>>>,
    Row<Contacting,         ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<Contacting,         ReviewRevised,    Contacting,         Do<NoteRating>,                            When<Not<IsImproved>>>,
    Row<Negotiating,        ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<Negotiating,        ReviewRevised,    Negotiating,        Do<NoteRating>,                            When<Not<IsImproved>>>,
    Row<Offered,            ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<Offered,            ReviewRevised,    Offered,            Do<NoteRating>,                            When<Not<IsImproved>>>,
    Row<Agreed,             ReviewRevised,    Agreed,             Do<NoteRevised>,                           When<IsImproved>>,
    Row<Agreed,             ReviewRevised,    Agreed,             Do<NoteRating>,                            When<Not<IsImproved>>>,
    Row<AwaitingRevision,   ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<AwaitingRevision,   ReviewRevised,    Replying,           Do<NoteRating, AnswerWithoutRevision>,     When<Not<IsImproved>>>,
    Row<Replying,           ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<Replying,           ReviewRevised,    Replying,           Do<NoteRating>,                            When<Not<IsImproved>>>,
    Row<CollectingEvidence, ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<CollectingEvidence, ReviewRevised,    CollectingEvidence, Do<NoteRating>,                            When<Not<IsImproved>>>,
    Row<Reported,           ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<Reported,           ReviewRevised,    Reported,           Do<NoteRating>,                            When<Not<IsImproved>>>,
    Row<InDispute,          ReviewRevised,    Resolved,           Do<NoteRevised>,                           When<IsImproved>>,
    Row<InDispute,          ReviewRevised,    InDispute,          Do<NoteRating>,                            When<Not<IsImproved>>>,

    Row<Detected,           ReviewRemoved,    Resolved,           Do<NoteRemoved>,                           NoMatter>,
    Row<Contacting,         ReviewRemoved,    Resolved,           Do<NoteRemoved>,                           NoMatter>,
    Row<Negotiating,        ReviewRemoved,    Resolved,           Do<NoteRemoved>,                           NoMatter>,
    Row<Offered,            ReviewRemoved,    Resolved,           Do<NoteRemoved>,                           NoMatter>,
    Row<Agreed,             ReviewRemoved,    Agreed,             Do<NoteRemoved>,                           NoMatter>,
    Row<AwaitingRevision,   ReviewRemoved,    Resolved,           Do<NoteRemoved>,                           NoMatter>,
    Row<Replying,           ReviewRemoved,    Resolved,           Do<NoteRemoved>,                           NoMatter>,
    Row<CollectingEvidence, ReviewRemoved,    Resolved,           Do<NoteRemoved>,                           NoMatter>,
    Row<Reported,           ReviewRemoved,    Resolved,           Do<NoteRemoved, ConfirmMalice>,            NoMatter>,
    Row<InDispute,          ReviewRemoved,    Resolved,           Do<NoteRemoved>,                           NoMatter>,

    // Words that arrive late do not change where the case is.
    Row<Detected,           CorrectRating,    Detected,           Do<CorrectFirst>,                          NoMatter>,
    Row<Contacting,         CorrectRating,    Contacting,         Do<CorrectFirst>,                          NoMatter>,
    Row<Negotiating,        CorrectRating,    Negotiating,        Do<CorrectFirst>,                          NoMatter>,
    Row<Offered,            CorrectRating,    Offered,            Do<CorrectFirst>,                          NoMatter>,
    Row<Agreed,             CorrectRating,    Agreed,             Do<CorrectFirst>,                          NoMatter>,
    Row<AwaitingRevision,   CorrectRating,    AwaitingRevision,   Do<CorrectFirst>,                          NoMatter>,
    Row<Replying,           CorrectRating,    Replying,           Do<CorrectFirst>,                          NoMatter>,
    Row<CollectingEvidence, CorrectRating,    CollectingEvidence, Do<CorrectFirst>,                          NoMatter>,
    Row<Reported,           CorrectRating,    Reported,           Do<CorrectFirst>,                          NoMatter>,
    Row<InDispute,          CorrectRating,    InDispute,          Do<CorrectFirst>,                          NoMatter>>;
};
// clang-format on

using Rows = Numbered<Table>;

static_assert(SameSet<StatesOf<Rows>, States>(), "the table and the list of states differ");
static_assert(SameSet<EventsOf<Rows>, mp::mp_rename<ReviewEvent, mp::mp_list>>(),
              "the table and ReviewEvent differ");
static_assert(DeadlinesMatchFinality(States{}), "a deadline in every state but the final ones");
static_assert(IsClosedUnder<Rows,
                            mp::mp_list<DeadlineReached, RefuseContact, ReviewRevised,
                                        ReviewRemoved, CorrectRating>,
                            States>::value,
              "every state but the final ones takes its deadline and what the buyer does");

struct ReviewFront : Front<ReviewFront, ReviewStep> {
  using initial_state = Detected;
  using transition_table = Rows;
};

static_assert(Detected::kInfo.name == kInitialState && Resolved::kInfo.name == kResolvedState);

struct ReviewMachine {
  static constexpr std::string_view kKind = "review";
  static constexpr int kVersion = review::kVersion;
  static constexpr const auto& kDeadlines = kDeadlineDefaults;
  using FrontEnd = ReviewFront;
  using States = review::States;
  using Event = ReviewEvent;
  using Deadline = DeadlineReached;
  using Step = ReviewStep;

  static std::string_view ConditionOf(std::string_view rule, const ReviewStep& step) {
    if (rule != kPublicReply) return "";
    return step.now.reply_reason == ReplyReason::kTurnedDown ? kAfterReport : kAfterTalks;
  }

  // The event tried when somebody asks what is allowed.
  template <class E>
  static E MostNatural(const ReviewFacts& facts) {
    if constexpr (std::is_same_v<E, RecordAttempt>) {
      for (const ContactChannel channel : {ContactChannel::kChat, ContactChannel::kPhone}) {
        if (ChannelIsWithinLimit::Holds({channel, false}, facts)) return {channel, false};
      }
      return {ContactChannel::kSms, false};
    } else if constexpr (std::is_same_v<E, MakeOffer>) {
      return {{OfferKind::kOther, 0}, true};
    } else if constexpr (std::is_same_v<E, DeadlineReached>) {
      return {facts.progress.deadline_number};
    } else {
      return {};
    }
  }
};

}  // namespace

ReviewEffects Open(const ReviewFacts&) {
  return {ArmDeadline{Detected::kInfo.deadline_rule, {}, false}};
}

Fired<ReviewEffect> Fire(std::string_view state, const ReviewEvent& event,
                         const ReviewFacts& facts) {
  return FireOf<ReviewMachine>(state, event, facts);
}

std::vector<AllowedEvent> AllowedEvents(std::string_view state, const ReviewFacts& facts) {
  return AllowedEventsOf<ReviewMachine>(state, facts);
}

const Workflow& Describe() { return DescriptionOf<ReviewMachine>(); }

RowCount CountRows(std::string_view state, const ReviewEvent& event, const ReviewFacts& facts) {
  return RowCountOf<ReviewMachine>(state, event, facts);
}

}  // namespace redress::workflows::review
