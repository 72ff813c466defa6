#include "workflows/dispute/dispute.h"

#include "workflows/dispute/actions.h"
#include "workflows/dispute/deadlines.h"
#include "workflows/dispute/requirements.h"
#include "workflows/dispute/routes.h"
#include "workflows/machine/facade.h"

namespace redress::workflows::dispute {
namespace {

struct Armed : boost::msm::front::state<> {};
struct Final : boost::msm::front::state<> {};

// clang-format off
//                                                             name             deadline rule           platform status
struct Opened        : Armed { static constexpr StateInfo kInfo{"Opened",        "first_contact",        "", false}; };
struct Contacted     : Armed { static constexpr StateInfo kInfo{"Contacted",     "investigation_begins", "", false}; };
struct Investigating : Armed { static constexpr StateInfo kInfo{"Investigating", "evidence",             "", false}; };
struct Proposed      : Armed { static constexpr StateInfo kInfo{"Proposed",      "options_presented",    "", false}; };
struct AwaitingBuyer : Armed { static constexpr StateInfo kInfo{"AwaitingBuyer", "buyer_answers",        "", false}; };
struct Arbitration   : Armed { static constexpr StateInfo kInfo{"Arbitration",   "arbitration",          "", false}; };
struct Executing     : Armed { static constexpr StateInfo kInfo{"Executing",     "execution",            "", false}; };
struct CauseReview   : Armed { static constexpr StateInfo kInfo{"CauseReview",   "cause_review",         "", false}; };
struct Resolved      : Final { static constexpr StateInfo kInfo{"Resolved",      "",                     "", true}; };
struct Withdrawn     : Final { static constexpr StateInfo kInfo{"Withdrawn",     "",                     "", true}; };

using States = mp::mp_list<Opened, Contacted, Investigating, Proposed, AwaitingBuyer, Arbitration, Executing, CauseReview,
                           Resolved, Withdrawn>;

// Short names for the words that many rows repeat.
using NoMatter   = When<>;
using Nothing    = Do<>;
using Offer      = When<EvidenceIsThere, OptionsAreFew, AmountIsNotNegative, AmountIsWithinLimit>;
using Intervened = Do<CallSupervisorOverPlatform>;
using Dropped    = Do<LetRefundGo, TellItsReview>;
using RefundEnded = Do<ForgetRefund, CallSupervisorOverRefundEnd>;

struct Table { using Rows = mp::mp_list<
    //  state          event                  next state     verbs                                             when
    Row<Opened,        RecordContact,         Contacted,     Nothing,                                          NoMatter>,
    Row<Opened,        AddEvidence,           Opened,        Do<NoteEvidence>,                                 NoMatter>,
    Row<Opened,        Withdraw,              Withdrawn,     Dropped,                                          NoMatter>,
    Row<Opened,        DeadlineReached,       Opened,        Do<Linger>,                                       NoMatter>,

    Row<Contacted,     BeginInvestigation,    Investigating, Nothing,                                          NoMatter>,
    Row<Contacted,     AddEvidence,           Contacted,     Do<NoteEvidence>,                                 NoMatter>,
    Row<Contacted,     Withdraw,              Withdrawn,     Dropped,                                          NoMatter>,
    Row<Contacted,     DeadlineReached,       Contacted,     Do<Linger>,                                       NoMatter>,

    Row<Investigating, AddEvidence,           Investigating, Do<NoteEvidence>,                                 NoMatter>,
    Row<Investigating, ProposeOptions,        Proposed,      Do<KeepOptions>,                                  Offer>,
    Row<Investigating, Withdraw,              Withdrawn,     Dropped,                                          NoMatter>,
    Row<Investigating, DeadlineReached,       Investigating, Do<Linger>,                                       NoMatter>,

    Row<Proposed,      ProposeOptions,        Proposed,      Do<KeepOptions>,                                  Offer>,
    Row<Proposed,      PresentOptions,        AwaitingBuyer, Nothing,                                          NoMatter>,
    Row<Proposed,      AddEvidence,           Proposed,      Do<NoteEvidence>,                                 NoMatter>,
    Row<Proposed,      Withdraw,              Withdrawn,     Dropped,                                          NoMatter>,
    Row<Proposed,      DeadlineReached,       Proposed,      Do<Linger>,                                       NoMatter>,

    // Silence counts as declined. After the last round somebody rules.
    Row<AwaitingBuyer, AcceptOption,          Executing,     Do<AgreeOnOption>,                                When<OptionIsOffered>>,
    Row<AwaitingBuyer, DeclineOptions,        Investigating, Do<CountRound>,                                   When<IsRoundLeft>>,
    Row<AwaitingBuyer, DeclineOptions,        Arbitration,   Do<CountRound, CallSupervisorToRule>,             When<Not<IsRoundLeft>>>,
    Row<AwaitingBuyer, AddEvidence,           AwaitingBuyer, Do<NoteEvidence>,                                 NoMatter>,
    Row<AwaitingBuyer, Withdraw,              Withdrawn,     Dropped,                                          NoMatter>,
    Row<AwaitingBuyer, DeadlineReached,       Investigating, Do<CountRound, CallSupervisorOverSilence>,        When<IsRoundLeft>>,
    Row<AwaitingBuyer, DeadlineReached,       Arbitration,   Do<CountRound, CallSupervisorToRule>,             When<Not<IsRoundLeft>>>,

    Row<Arbitration,   RuleForBuyer,          Executing,     Do<GrantByRuling>,                                When<RulerIsEntitled, AmountIsNotNegative, AmountIsWithinLimit>>,
    Row<Arbitration,   RuleForShop,           CauseReview,   Do<DenyByRuling, DenyRefund>,                     When<RulerIsEntitled>>,
    Row<Arbitration,   AddEvidence,           Arbitration,   Do<NoteEvidence>,                                 NoMatter>,
    Row<Arbitration,   Withdraw,              Withdrawn,     Dropped,                                          NoMatter>,
    Row<Arbitration,   DeadlineReached,       Arbitration,   Do<Linger>,                                       NoMatter>,

    Row<Executing,     RecordExecution,       CauseReview,   Do<NoteExecuted>,                                 NoMatter>,
    Row<Executing,     DeadlineReached,       Executing,     Do<Linger>,                                       NoMatter>,

    Row<CauseReview,   Resolve,               Resolved,      Do<NoteCause, TellItsReview>,                     When<RootCauseIsListed, MeasureIsGiven>>,
    Row<CauseReview,   DeadlineReached,       CauseReview,   Do<Linger>,                                       NoMatter>,

    // The linked refund. What it gave before there was a verdict is one; what it cannot give is for
    // a person to find another way to.
    Row<Opened,        RecordRefundGiven,     CauseReview,   Do<NoteGivenByRefund>,                            NoMatter>,
    Row<Contacted,     RecordRefundGiven,     CauseReview,   Do<NoteGivenByRefund>,                            NoMatter>,
    Row<Investigating, RecordRefundGiven,     CauseReview,   Do<NoteGivenByRefund>,                            NoMatter>,
    Row<Proposed,      RecordRefundGiven,     CauseReview,   Do<NoteGivenByRefund>,                            NoMatter>,
    Row<AwaitingBuyer, RecordRefundGiven,     CauseReview,   Do<NoteGivenByRefund>,                            NoMatter>,
    Row<Arbitration,   RecordRefundGiven,     CauseReview,   Do<NoteGivenByRefund>,                            NoMatter>,
    Row<Executing,     RecordRefundGiven,     CauseReview,   Do<NoteExecutedByRefund>,                         When<IsRemedyTheRefund>>,
    Row<Executing,     RecordRefundGiven,     Executing,     Do<CallSupervisorOverGift>,                       When<Not<IsRemedyTheRefund>>>,
    Row<CauseReview,   RecordRefundGiven,     CauseReview,   Do<CallSupervisorOverRemedy>,                     When<IsDenied>>,
    Row<CauseReview,   RecordRefundGiven,     CauseReview,   Nothing,                                          When<Not<IsDenied>>>,

    Row<Opened,        RecordRefundEnded,     Opened,        RefundEnded,                                      NoMatter>,
    Row<Contacted,     RecordRefundEnded,     Contacted,     RefundEnded,                                      NoMatter>,
    Row<Investigating, RecordRefundEnded,     Investigating, RefundEnded,                                      NoMatter>,
    Row<Proposed,      RecordRefundEnded,     Proposed,      RefundEnded,                                      NoMatter>,
    Row<AwaitingBuyer, RecordRefundEnded,     AwaitingBuyer, RefundEnded,                                      NoMatter>,
    Row<Arbitration,   RecordRefundEnded,     Arbitration,   RefundEnded,                                      NoMatter>,
    Row<Executing,     RecordRefundEnded,     Executing,     RefundEnded,                                      NoMatter>,
    Row<CauseReview,   RecordRefundEnded,     CauseReview,   Do<ForgetRefund>,                                 NoMatter>,

    // A review that reveals the fault waits for the end.
    Row<Opened,        JoinReview,            Opened,        Do<NoteReview>,                                   When<ReviewCanBeTold>>,
    Row<Contacted,     JoinReview,            Contacted,     Do<NoteReview>,                                   When<ReviewCanBeTold>>,
    Row<Investigating, JoinReview,            Investigating, Do<NoteReview>,                                   When<ReviewCanBeTold>>,
    Row<Proposed,      JoinReview,            Proposed,      Do<NoteReview>,                                   When<ReviewCanBeTold>>,
    Row<AwaitingBuyer, JoinReview,            AwaitingBuyer, Do<NoteReview>,                                   When<ReviewCanBeTold>>,
    Row<Arbitration,   JoinReview,            Arbitration,   Do<NoteReview>,                                   When<ReviewCanBeTold>>,
    Row<Executing,     JoinReview,            Executing,     Do<NoteReview>,                                   When<ReviewCanBeTold>>,
    Row<CauseReview,   JoinReview,            CauseReview,   Do<NoteReview>,                                   When<ReviewCanBeTold>>,

    // What the platform did is a fact: it is never refused. Its ruling stands above what we agreed
    // or ruled; what was done already for a buyer who is not owed it is a person's matter.
    Row<Opened,        PlatformIntervened,    Arbitration,   Intervened,                                       NoMatter>,
    Row<Contacted,     PlatformIntervened,    Arbitration,   Intervened,                                       NoMatter>,
    Row<Investigating, PlatformIntervened,    Arbitration,   Intervened,                                       NoMatter>,
    Row<Proposed,      PlatformIntervened,    Arbitration,   Intervened,                                       NoMatter>,
    Row<AwaitingBuyer, PlatformIntervened,    Arbitration,   Intervened,                                       NoMatter>,
    Row<Arbitration,   PlatformIntervened,    Arbitration,   Intervened,                                       NoMatter>,
    Row<Executing,     PlatformIntervened,    Executing,     Intervened,                                       NoMatter>,
    Row<CauseReview,   PlatformIntervened,    CauseReview,   Intervened,                                       NoMatter>,

    Row<Opened,        PlatformRuledForBuyer, Executing,     Do<GrantByPlatform>,                              NoMatter>,
    Row<Contacted,     PlatformRuledForBuyer, Executing,     Do<GrantByPlatform>,                              NoMatter>,
    Row<Investigating, PlatformRuledForBuyer, Executing,     Do<GrantByPlatform>,                              NoMatter>,
    Row<Proposed,      PlatformRuledForBuyer, Executing,     Do<GrantByPlatform>,                              NoMatter>,
    Row<AwaitingBuyer, PlatformRuledForBuyer, Executing,     Do<GrantByPlatform>,                              NoMatter>,
    Row<Arbitration,   PlatformRuledForBuyer, Executing,     Do<GrantByPlatform>,                              NoMatter>,
    Row<Executing,     PlatformRuledForBuyer, Executing,     Nothing,                                          When<IsRulingKnown>>,
    Row<Executing,     PlatformRuledForBuyer, Executing,     Do<GrantByPlatform, RestartClock>,                When<Not<IsRulingKnown>>>,
    Row<CauseReview,   PlatformRuledForBuyer, CauseReview,   Nothing,                                          When<IsRulingKnown>>,
    Row<CauseReview,   PlatformRuledForBuyer, Executing,     Do<GrantByPlatform>,                              When<Not<IsRulingKnown>>>,

    Row<Opened,        PlatformRuledForShop,  CauseReview,   Do<DenyByPlatform, DenyRefund>,                   NoMatter>,
    Row<Contacted,     PlatformRuledForShop,  CauseReview,   Do<DenyByPlatform, DenyRefund>,                   NoMatter>,
    Row<Investigating, PlatformRuledForShop,  CauseReview,   Do<DenyByPlatform, DenyRefund>,                   NoMatter>,
    Row<Proposed,      PlatformRuledForShop,  CauseReview,   Do<DenyByPlatform, DenyRefund>,                   NoMatter>,
    Row<AwaitingBuyer, PlatformRuledForShop,  CauseReview,   Do<DenyByPlatform, DenyRefund>,                   NoMatter>,
    Row<Arbitration,   PlatformRuledForShop,  CauseReview,   Do<DenyByPlatform, DenyRefund>,                   NoMatter>,
    Row<Executing,     PlatformRuledForShop,  CauseReview,   Do<DenyByPlatform, CallSupervisorOverRemedy>,     NoMatter>,
    Row<CauseReview,   PlatformRuledForShop,  CauseReview,   Do<CallSupervisorOverRemedy>,                     When<IsExecuted>>,
    Row<CauseReview,   PlatformRuledForShop,  CauseReview,   Nothing,                                          When<Not<IsExecuted>>>,

    Row<Opened,        PlatformClosed,        Withdrawn,     Dropped,                                          NoMatter>,
    Row<Contacted,     PlatformClosed,        Withdrawn,     Dropped,                                          NoMatter>,
    Row<Investigating, PlatformClosed,        Withdrawn,     Dropped,                                          NoMatter>,
    Row<Proposed,      PlatformClosed,        Withdrawn,     Dropped,                                          NoMatter>,
    Row<AwaitingBuyer, PlatformClosed,        Withdrawn,     Dropped,                                          NoMatter>,
    Row<Arbitration,   PlatformClosed,        Withdrawn,     Dropped,                                          NoMatter>,
    Row<Executing,     PlatformClosed,        Executing,     Do<CallSupervisorOverClosing>,                    NoMatter>,
    Row<CauseReview,   PlatformClosed,        CauseReview,   Nothing,                                          NoMatter>>;
};
// clang-format on

using Rows = Numbered<Table>;

static_assert(SameSet<StatesOf<Rows>, States>(), "the table and the list of states differ");
static_assert(SameSet<EventsOf<Rows>, mp::mp_rename<DisputeEvent, mp::mp_list>>(),
              "the table and DisputeEvent differ");
static_assert(DeadlinesMatchFinality(States{}), "a deadline in every state but the final ones");
static_assert(IsClosedUnder<Rows,
                            mp::mp_list<DeadlineReached, PlatformIntervened, PlatformRuledForBuyer,
                                        PlatformRuledForShop, PlatformClosed>,
                            States>::value,
              "every state but the final ones takes its deadline and the platform's word");

struct DisputeFront : Front<DisputeFront, DisputeStep> {
  using initial_state = Opened;
  using transition_table = Rows;
};

static_assert(Opened::kInfo.name == kInitialState && Resolved::kInfo.name == kResolvedState);

struct DisputeMachine {
  static constexpr std::string_view kKind = "dispute";
  static constexpr int kVersion = dispute::kVersion;
  static constexpr const auto& kDeadlines = kDeadlineDefaults;
  using FrontEnd = DisputeFront;
  using States = dispute::States;
  using Event = DisputeEvent;
  using Deadline = DeadlineReached;
  using Step = DisputeStep;

  static std::string_view ConditionOf(std::string_view, const DisputeStep&) { return ""; }

  // The event tried when somebody asks what is allowed.
  template <class E>
  static E MostNatural(const DisputeFacts& facts) {
    if constexpr (std::is_same_v<E, ProposeOptions>) {
      return {{0, 0, true, true}};
    } else if constexpr (std::is_same_v<E, AcceptOption>) {
      for (const OptionKind kind :
           {OptionKind::kRefund, OptionKind::kReplacement, OptionKind::kCompensation}) {
        if (IsOffered(kind, facts.progress.options)) return {kind};
      }
      return {OptionKind::kOther};
    } else if constexpr (std::is_same_v<E, Resolve>) {
      return {"listed", "named"};
    } else if constexpr (std::is_same_v<E, DeadlineReached>) {
      return {facts.progress.deadline_number};
    } else {
      return {};
    }
  }
};

}  // namespace

DisputeEffects Open(const DisputeFacts&) {
  return {ArmDeadline{Opened::kInfo.deadline_rule, {}, false}, PromiseResolution{kResolveBy}};
}

Fired<DisputeEffect> Fire(std::string_view state, const DisputeEvent& event,
                          const DisputeFacts& facts) {
  return FireOf<DisputeMachine>(state, event, facts);
}

std::vector<AllowedEvent> AllowedEvents(std::string_view state, const DisputeFacts& facts) {
  DisputeFacts asked = facts;
  asked.root_cause_is_listed = true;
  return AllowedEventsOf<DisputeMachine>(state, asked);
}

const Workflow& Describe() { return DescriptionOf<DisputeMachine>(); }

RowCount CountRows(std::string_view state, const DisputeEvent& event, const DisputeFacts& facts) {
  return RowCountOf<DisputeMachine>(state, event, facts);
}

}  // namespace redress::workflows::dispute
