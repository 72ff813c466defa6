#include "workflows/refund/refund.h"

#include <stdexcept>
#include <string>

#include "workflows/machine/facade.h"
#include "workflows/refund/actions.h"
#include "workflows/refund/deadlines.h"
#include "workflows/refund/dispute_actions.h"
#include "workflows/refund/replacement_actions.h"
#include "workflows/refund/requirements.h"
#include "workflows/refund/routes.h"

namespace redress::workflows::refund {
namespace {

struct Armed : boost::msm::front::state<> {};
struct Final : boost::msm::front::state<> {};

// clang-format off
//                                                               name               deadline rule          platform status
struct Requested       : Armed { static constexpr StateInfo kInfo{"Requested",       "seller_answers",      "WAIT_SELLER_AGREE",         false}; };
struct PendingApproval : Armed { static constexpr StateInfo kInfo{"PendingApproval", "seller_answers",      "WAIT_SELLER_AGREE",         false}; };
struct AwaitingReturn  : Armed { static constexpr StateInfo kInfo{"AwaitingReturn",  "buyer_ships",         "WAIT_BUYER_RETURN_GOODS",   false}; };
struct Returning       : Armed { static constexpr StateInfo kInfo{"Returning",       "seller_receives",     "WAIT_SELLER_CONFIRM_GOODS", false}; };
struct Inspecting      : Armed { static constexpr StateInfo kInfo{"Inspecting",      "inspection",          "WAIT_SELLER_CONFIRM_GOODS", false}; };
struct Disagreed       : Armed { static constexpr StateInfo kInfo{"Disagreed",       "buyer_after_refusal", "SELLER_REFUSE_BUYER",       false}; };
struct Rejected        : Armed { static constexpr StateInfo kInfo{"Rejected",        "buyer_after_refusal", "SELLER_REFUSE_BUYER",       false}; };
struct Reshipping      : Armed { static constexpr StateInfo kInfo{"Reshipping",      "reship",              "",                          false}; };
struct Settling        : Armed { static constexpr StateInfo kInfo{"Settling",        "settlement",          "",                          false}; };
struct SendingBack     : Armed { static constexpr StateInfo kInfo{"SendingBack",     "send_back",           "",                          false}; };
struct FollowingUp     : Armed { static constexpr StateInfo kInfo{"FollowingUp",     "follow_up",           "SUCCESS",                   false}; };
struct InDispute       : Armed { static constexpr StateInfo kInfo{"InDispute",       "dispute_partner",     "",                          false}; };
struct Completed       : Final { static constexpr StateInfo kInfo{"Completed",       "",                    "SUCCESS",                   true}; };
struct Withdrawn       : Final { static constexpr StateInfo kInfo{"Withdrawn",       "",                    "CLOSED",                    true}; };
struct Expired         : Final { static constexpr StateInfo kInfo{"Expired",         "",                    "CLOSED",                    true}; };
struct Closed          : Final { static constexpr StateInfo kInfo{"Closed",          "",                    "CLOSED",                    true}; };

using States = mp::mp_list<Requested, PendingApproval, AwaitingReturn, Returning, Inspecting, Disagreed, Rejected,
                           Reshipping, Settling, SendingBack, FollowingUp, InDispute, Completed, Withdrawn, Expired, Closed>;

// Short names for the words that many rows repeat.
using NoMatter = When<>;
using Nothing  = Do<>;
using Dispute  = Do<CallSupervisorOverDispute>;
using Escalate = Do<CallSupervisorOverDispute, OpenItsDispute>;
using Ordered  = Do<OrderReplacement>;
using Grant    = Do<NoteDispute, TurnIntoRefund, ApproveByRuling>;
using GrantPaid = Do<NoteDispute, TurnIntoRefund, ApproveByRuling, PayApproved, StopParcel>;

struct Table { using Rows = mp::mp_list<
    //  state            event                    next state       verbs                                                               when
    Row<Requested,       Approve,                 PendingApproval, Do<ProposeAmount, KeepClock>,                                       When<IsForSecondPerson, AmountIsPositive, AmountIsAsked, AmountFitsLine>>,
    Row<Requested,       Approve,                 AwaitingReturn,  Do<ApproveAmount>,                                                  When<Not<IsForSecondPerson>, IsReturnAsked, AmountIsPositive, AmountIsAsked, AmountFitsLine>>,
    Row<Requested,       Approve,                 Reshipping,      Do<ApproveAmount, OrderReplacement>,                                When<Not<IsForSecondPerson>, Not<IsReturnAsked>, IsReplacementAsked, AmountIsPositive, AmountIsAsked, AmountFitsLine>>,
    Row<Requested,       Approve,                 Settling,        Do<ApproveAmount, PayApproved, StopParcel>,                         When<Not<IsForSecondPerson>, Not<IsReturnAsked>, Not<IsReplacementAsked>, AmountIsPositive, AmountIsAsked, AmountFitsLine>>,
    Row<Requested,       Reject,                  Rejected,        Nothing,                                                            NoMatter>,
    Row<Requested,       ReviseRequest,           Requested,       Do<ReviseWhatIsAsked, RestartClock>,                                When<VariantFitsLine, QuantityIsBought, AmountIsPositive, AmountFitsLine>>,
    Row<Requested,       Withdraw,                Withdrawn,       Nothing,                                                            NoMatter>,
    Row<Requested,       DeadlineReached,         AwaitingReturn,  Do<ApproveByTimeout>,                                               When<IsApprovedByTimer, IsReturnAsked>>,
    Row<Requested,       DeadlineReached,         Reshipping,      Do<ApproveByTimeout, OrderReplacement>,                             When<IsApprovedByTimer, Not<IsReturnAsked>, IsReplacementAsked>>,
    Row<Requested,       DeadlineReached,         Settling,        Do<ApproveByTimeout, PayApproved, StopParcel>,                      When<IsApprovedByTimer, Not<IsReturnAsked>, Not<IsReplacementAsked>>>,
    Row<Requested,       DeadlineReached,         Requested,       Do<Linger>,                                                         When<Not<IsApprovedByTimer>>>,

    Row<PendingApproval, ApproveLarge,            AwaitingReturn,  Do<ApproveAmount>,                                                  When<IsReturnAsked, ApproverIsAnother, ApproverSupervises, AmountIsWithinLimit, AmountFitsLine>>,
    Row<PendingApproval, ApproveLarge,            Reshipping,      Do<ApproveAmount, OrderReplacement>,                                When<Not<IsReturnAsked>, IsReplacementAsked, ApproverIsAnother, ApproverSupervises, AmountIsWithinLimit, AmountFitsLine>>,
    Row<PendingApproval, ApproveLarge,            Settling,        Do<ApproveAmount, PayApproved, StopParcel>,                         When<Not<IsReturnAsked>, Not<IsReplacementAsked>, ApproverIsAnother, ApproverSupervises, AmountIsWithinLimit, AmountFitsLine>>,
    Row<PendingApproval, SendBackForRework,       Requested,       Do<GiveBackProposal, KeepClock>,                                    NoMatter>,
    Row<PendingApproval, ReviseRequest,           Requested,       Do<ForgetProposal, ReviseWhatIsAsked>,                              When<VariantFitsLine, QuantityIsBought, AmountIsPositive, AmountFitsLine>>,
    Row<PendingApproval, Withdraw,                Withdrawn,       Nothing,                                                            NoMatter>,
    Row<PendingApproval, DeadlineReached,         AwaitingReturn,  Do<ApproveByTimeout>,                                               When<IsApprovedByTimer, IsReturnAsked>>,
    Row<PendingApproval, DeadlineReached,         Reshipping,      Do<ApproveByTimeout, OrderReplacement>,                             When<IsApprovedByTimer, Not<IsReturnAsked>, IsReplacementAsked>>,
    Row<PendingApproval, DeadlineReached,         Settling,        Do<ApproveByTimeout, PayApproved, StopParcel>,                      When<IsApprovedByTimer, Not<IsReturnAsked>, Not<IsReplacementAsked>>>,
    Row<PendingApproval, DeadlineReached,         PendingApproval, Do<Linger>,                                                         When<Not<IsApprovedByTimer>>>,

    Row<AwaitingReturn,  ShipReturn,              Returning,       Do<ExpectReturn>,                                                   NoMatter>,
    Row<AwaitingReturn,  Withdraw,                Withdrawn,       Nothing,                                                            NoMatter>,
    Row<AwaitingReturn,  DeadlineReached,         Expired,         Nothing,                                                            When<IsDecidedByTimer>>,
    Row<AwaitingReturn,  DeadlineReached,         AwaitingReturn,  Do<Linger>,                                                         When<Not<IsDecidedByTimer>>>,

    Row<Returning,       ReceiveGoods,            Inspecting,      Do<TakeGoodsIn>,                                                    NoMatter>,
    Row<Returning,       Withdraw,                SendingBack,     Do<OrderSendBackToWithdraw>,                                        NoMatter>,
    Row<Returning,       DeadlineReached,         Settling,        Do<PayApproved>,                                                    When<Not<IsReplacementAsked>, IsSettledByTimer>>,
    Row<Returning,       DeadlineReached,         Reshipping,      Ordered,                                                            When<IsReplacementAsked, IsDecidedByTimer>>,
    Row<Returning,       DeadlineReached,         Returning,       Do<Linger>,                                                         When<Not<IsReplacementAsked>, Not<IsSettledByTimer>>>,
    Row<Returning,       DeadlineReached,         Returning,       Do<Linger>,                                                         When<IsReplacementAsked, Not<IsDecidedByTimer>>>,

    Row<Inspecting,      PassInspection,          Reshipping,      Do<NotePassed, OrderReplacement>,                                   When<IsReplacementAsked>>,
    Row<Inspecting,      PassInspection,          Settling,        Do<NotePassed, PayApproved>,                                        When<Not<IsReplacementAsked>, IsApprovedAmountLeft>>,
    Row<Inspecting,      PassInspection,          Disagreed,       Do<NotePassed, CallSupervisorOverShortage>,                         When<Not<IsReplacementAsked>, Not<IsApprovedAmountLeft>>>,
    Row<Inspecting,      PassInspectionInPart,    Disagreed,       Do<NotePassedInPart>,                                               When<AmountIsPositive, AmountIsInPart>>,
    Row<Inspecting,      FailInspection,          Disagreed,       Do<NoteFailed>,                                                     NoMatter>,
    Row<Inspecting,      Withdraw,                SendingBack,     Do<OrderSendBackToWithdraw>,                                        NoMatter>,
    Row<Inspecting,      DeadlineReached,         Inspecting,      Do<Linger>,                                                         NoMatter>,

    Row<Disagreed,       AcceptPartialOffer,      Settling,        Do<TurnIntoRefund, ApproveAmount, PayApproved>,                     When<AmountIsPositive, AmountIsApproved, AmountIsOfferedOrWithinLimit, AmountFitsLine>>,
    Row<Disagreed,       AcceptRefusal,           SendingBack,     Do<OrderSendBackToClose>,                                           NoMatter>,
    Row<Disagreed,       ReceiveGoods,            Disagreed,       Do<TakeGoodsIn>,                                                    When<GoodsAreOnTheWay>>,
    Row<Disagreed,       SendGoodsBack,           Closed,          Do<NoteGoodsSentBack>,                                              NoMatter>,
    Row<Disagreed,       EscalateToPlatform,      InDispute,       Escalate,                                                           When<IsUndisputed>>,
    Row<Disagreed,       DeadlineReached,         InDispute,       Escalate,                                                           When<IsDecidedByTimer, Not<IsDisputed>>>,
    Row<Disagreed,       DeadlineReached,         Disagreed,       Do<Linger>,                                                         When<IsDecidedByTimer, IsDisputed>>,
    Row<Disagreed,       DeadlineReached,         Disagreed,       Do<Linger>,                                                         When<Not<IsDecidedByTimer>>>,

    Row<Rejected,        ReviseRequest,           Requested,       Do<ReviseWhatIsAsked>,                                              When<VariantFitsLine, QuantityIsBought, AmountIsPositive, AmountFitsLine>>,
    Row<Rejected,        EscalateToPlatform,      InDispute,       Escalate,                                                           When<IsUndisputed>>,
    Row<Rejected,        Withdraw,                Withdrawn,       Nothing,                                                            NoMatter>,
    Row<Rejected,        DeadlineReached,         Closed,          Nothing,                                                            When<IsDecidedByTimer>>,
    Row<Rejected,        DeadlineReached,         Rejected,        Do<Linger>,                                                         When<Not<IsDecidedByTimer>>>,

    Row<Reshipping,      ShipReplacement,         Reshipping,      Do<NoteReplacementShipped, RestartClock>,                           When<ReplacementHasNotLeft>>,
    Row<Reshipping,      SignForReplacement,      FollowingUp,     Do<NoteReplacementReceived>,                                        When<ReplacementIsUnderWay>>,
    Row<Reshipping,      RecordReplacementLost,   Reshipping,      Do<NoteReplacementLost, OrderReplacement, RestartClock>,            When<ReplacementIsUnderWay>>,
    Row<Reshipping,      ConvertToRefund,         Reshipping,      Do<ProposeAmount>,                                                  When<IsForSecondPerson, ReplacementHasNotLeft, AmountIsPositive, AmountIsAsked, AmountFitsLine>>,
    Row<Reshipping,      ConvertToRefund,         Settling,        Do<CallOffReplacement, TurnIntoRefund, ApproveAmount, PayApproved>, When<Not<IsForSecondPerson>, ReplacementHasNotLeft, AmountIsPositive, AmountIsAsked, AmountFitsLine>>,
    Row<Reshipping,      ApproveLarge,            Settling,        Do<CallOffReplacement, TurnIntoRefund, ApproveAmount, PayApproved>, When<ConversionIsProposed, ReplacementHasNotLeft, ApproverIsAnother, ApproverSupervises, AmountIsWithinLimit, AmountFitsLine>>,
    Row<Reshipping,      SendBackForRework,       Reshipping,      Do<GiveBackProposal>,                                               When<ConversionIsProposed>>,
    Row<Reshipping,      ReceiveGoods,            Reshipping,      Do<TakeGoodsIn>,                                                    When<GoodsAreOnTheWay>>,
    Row<Reshipping,      DeadlineReached,         Reshipping,      Do<Linger>,                                                         NoMatter>,

    Row<Settling,        RecordSettled,           FollowingUp,     Do<SettleReserved>,                                                 When<IsNotSettled>>,
    Row<Settling,        RecordSettlementFailed,  InDispute,       Do<ReleaseReserved, CallSupervisorOverDispute>,                     When<IsFinalFailure, OutcomeIsKnown>>,
    Row<Settling,        RecordSettlementFailed,  Settling,        Do<CountFailure, GivePaymentCommand>,                               When<Not<IsFinalFailure>, IsAttemptLeft, OutcomeIsKnown>>,
    Row<Settling,        RecordSettlementFailed,  Settling,        Do<CountFailure, CallFinance>,                                      When<Not<IsFinalFailure>, Not<IsAttemptLeft>, OutcomeIsKnown>>,
    Row<Settling,        RecordSettlementUnknown, Settling,        Do<FindOutOutcome>,                                                 NoMatter>,
    Row<Settling,        ReconcileSettlement,     FollowingUp,     Do<SettleReserved>,                                                 When<IsPaid, OutcomeIsUnknown, IsNotSettled>>,
    Row<Settling,        ReconcileSettlement,     SendingBack,     Do<ReleaseReserved, OrderSendBackToClose>,                          When<Not<IsPaid>, IsClosedByPlatform, AreGoodsForUs, OutcomeIsUnknown>>,
    Row<Settling,        ReconcileSettlement,     Closed,          Do<ReleaseReserved, LetParcelGo>,                                   When<Not<IsPaid>, IsClosedByPlatform, Not<AreGoodsForUs>, OutcomeIsUnknown>>,
    Row<Settling,        ReconcileSettlement,     Settling,        Do<CountFailure, GivePaymentCommand>,                               When<Not<IsPaid>, Not<IsClosedByPlatform>, IsAttemptLeft, OutcomeIsUnknown>>,
    Row<Settling,        ReconcileSettlement,     Settling,        Do<CountFailure, CallFinance>,                                      When<Not<IsPaid>, Not<IsClosedByPlatform>, Not<IsAttemptLeft>, OutcomeIsUnknown>>,
    Row<Settling,        RetrySettlement,         Settling,        Do<StartAttemptsAfresh, GivePaymentCommand>,                        When<OutcomeIsKnown, AttemptsAreUsedUp>>,
    Row<Settling,        ReceiveGoods,            Settling,        Do<TakeGoodsIn>,                                                    When<GoodsAreOnTheWay>>,
    Row<Settling,        RecordOrderShipped,      Settling,        Do<StopParcel>,                                                     When<ParcelIsToBeStopped>>,
    Row<Settling,        RecordInterception,      Settling,        Do<NoteInterception>,                                               When<InterceptionIsAsked>>,
    Row<Settling,        DeadlineReached,         Settling,        Do<Linger>,                                                         NoMatter>,

    Row<SendingBack,     SendGoodsBack,           Withdrawn,       Do<NoteGoodsSentBack>,                                              When<IsWithdrawnAfterwards>>,
    Row<SendingBack,     SendGoodsBack,           Closed,          Do<NoteGoodsSentBack>,                                              When<Not<IsWithdrawnAfterwards>>>,
    Row<SendingBack,     ReceiveGoods,            SendingBack,     Do<TakeGoodsIn>,                                                    When<GoodsAreOnTheWay>>,
    Row<SendingBack,     DeadlineReached,         SendingBack,     Do<Linger>,                                                         NoMatter>,

    Row<FollowingUp,     RecordFollowUp,          Completed,       Nothing,                                                            NoMatter>,
    Row<FollowingUp,     ReceiveGoods,            FollowingUp,     Do<TakeGoodsIn>,                                                    When<GoodsAreOnTheWay>>,
    Row<FollowingUp,     RecordOrderShipped,      FollowingUp,     Do<StopParcel>,                                                     When<ParcelIsToBeStopped>>,
    Row<FollowingUp,     RecordInterception,      FollowingUp,     Do<NoteInterception>,                                               When<InterceptionIsAsked>>,
    Row<FollowingUp,     DeadlineReached,         Completed,       Nothing,                                                            NoMatter>,

    Row<InDispute,       RuleForBuyer,            Settling,        Do<TurnIntoRefund, ApproveByRuling, PayApproved, StopParcel>,       When<Not<IsReplacementRuled>, Not<IsReturnMissing>, RulerIsEntitled, ReplacementHasNotLeft, AmountIsPositive, AmountIsWithinLimit, AmountFitsLine>>,
    Row<InDispute,       RuleForBuyer,            AwaitingReturn,  Do<TurnIntoRefund, ApproveByRuling>,                                When<Not<IsReplacementRuled>, IsReturnMissing, RulerIsEntitled, ReplacementHasNotLeft, AmountIsPositive, AmountIsWithinLimit, AmountFitsLine>>,
    Row<InDispute,       RuleForBuyer,            AwaitingReturn,  Do<ApproveByRuling>,                                                When<IsReplacementRuled, IsReturnMissing, RulerIsEntitled, VariantIsReplacement, AmountIsPositive, AmountIsWithinLimit, AmountFitsLine>>,
    Row<InDispute,       RuleForBuyer,            Reshipping,      Do<ApproveByRuling, OrderReplacement>,                              When<IsReplacementRuled, Not<IsReturnMissing>, Not<IsReplacementReceived>, RulerIsEntitled, VariantIsReplacement, AmountIsPositive, AmountIsWithinLimit, AmountFitsLine>>,
    Row<InDispute,       RuleForBuyer,            FollowingUp,     Do<ApproveByRuling>,                                                When<IsReplacementRuled, Not<IsReturnMissing>, IsReplacementReceived, RulerIsEntitled, VariantIsReplacement, AmountIsPositive, AmountIsWithinLimit, AmountFitsLine>>,
    Row<InDispute,       RuleForShop,             SendingBack,     Do<OrderSendBackByRuling>,                                          When<AreGoodsForUs, RulerIsEntitled>>,
    Row<InDispute,       RuleForShop,             Closed,          Do<NoteRuledForShop, LetParcelGo>,                                  When<Not<AreGoodsForUs>, RulerIsEntitled>>,
    Row<InDispute,       EndDispute,              SendingBack,     Do<OrderSendBackToClose>,                                           When<AreGoodsForUs>>,
    Row<InDispute,       EndDispute,              Closed,          Do<LetParcelGo>,                                                    When<Not<AreGoodsForUs>>>,
    Row<InDispute,       ShipReturn,              InDispute,       Do<ExpectReturn>,                                                   When<ReturnIsMissing>>,
    Row<InDispute,       ReceiveGoods,            InDispute,       Do<TakeGoodsIn>,                                                    When<GoodsAreOnTheWay>>,
    Row<InDispute,       RecordInterception,      InDispute,       Do<NoteInterception>,                                               When<InterceptionIsAsked>>,
    Row<InDispute,       SignForReplacement,      InDispute,       Do<NoteReplacementReceived>,                                        When<ReplacementIsUnderWay>>,
    Row<InDispute,       RecordReplacementLost,   InDispute,       Do<NoteReplacementLost>,                                            When<ReplacementIsUnderWay>>,
    Row<InDispute,       DeadlineReached,         InDispute,       Do<Linger>,                                                         NoMatter>,

    // A dispute came to a refund, which an open case of the line gives: where nothing was granted yet
    // that is a ruling, and what was granted goes its way.
    Row<Requested,       JoinDispute,             AwaitingReturn,  Grant,                                                              When<IsReturnMissing, IsUndisputed, AmountIsPositive, AmountFitsLine>>,
    Row<Requested,       JoinDispute,             Settling,        GrantPaid,                                                          When<Not<IsReturnMissing>, IsUndisputed, AmountIsPositive, AmountFitsLine>>,
    Row<PendingApproval, JoinDispute,             AwaitingReturn,  Grant,                                                              When<IsReturnMissing, IsUndisputed, AmountIsPositive, AmountFitsLine>>,
    Row<PendingApproval, JoinDispute,             Settling,        GrantPaid,                                                          When<Not<IsReturnMissing>, IsUndisputed, AmountIsPositive, AmountFitsLine>>,
    Row<Rejected,        JoinDispute,             AwaitingReturn,  Grant,                                                              When<IsReturnMissing, IsUndisputed, AmountIsPositive, AmountFitsLine>>,
    Row<Rejected,        JoinDispute,             Settling,        GrantPaid,                                                          When<Not<IsReturnMissing>, IsUndisputed, AmountIsPositive, AmountFitsLine>>,
    Row<Disagreed,       JoinDispute,             Settling,        GrantPaid,                                                          When<IsUndisputed, AmountIsPositive, AmountFitsLine>>,
    Row<InDispute,       JoinDispute,             AwaitingReturn,  Grant,                                                              When<IsReturnMissing, IsUndisputed, ReplacementHasNotLeft, AmountIsPositive, AmountFitsLine>>,
    Row<InDispute,       JoinDispute,             Settling,        GrantPaid,                                                          When<Not<IsReturnMissing>, IsUndisputed, ReplacementHasNotLeft, AmountIsPositive, AmountFitsLine>>,
    Row<Reshipping,      JoinDispute,             Settling,        Do<NoteDispute, CallOffReplacement, TurnIntoRefund, ApproveByRuling, PayApproved>,When<IsUndisputed, ReplacementHasNotLeft, AmountIsPositive, AmountFitsLine>>,
    Row<SendingBack,     JoinDispute,             Settling,        Do<NoteDispute, CancelSendBack, TurnIntoRefund, ApproveByRuling, PayApproved>, When<IsUndisputed, AmountIsPositive, AmountFitsLine>>,
    Row<AwaitingReturn,  JoinDispute,             AwaitingReturn,  Do<NoteDispute>,                                                    When<IsUndisputed>>,
    Row<Returning,       JoinDispute,             Returning,       Do<NoteDispute>,                                                    When<IsUndisputed>>,
    Row<Inspecting,      JoinDispute,             Inspecting,      Do<NoteDispute>,                                                    When<IsUndisputed>>,
    Row<Settling,        JoinDispute,             Settling,        Do<NoteDispute>,                                                    When<IsUndisputed>>,

    // What the platform did is a fact: it is never refused. Closed: it will not pay, so goods that
    // are here or under way go back unless a replacement has left for them, and a payment of ours is
    // cleared up first. Succeeded: the buyer has the money, so a replacement is called off or called
    // back. Intervened: somebody rules, unless money is or was moving. Agreed and refused: what was
    // still to be decided here was decided there; once it was decided, a person sees the difference.
    Row<Requested,       PlatformClosed,          Closed,          Nothing,                                                            NoMatter>,
    Row<PendingApproval, PlatformClosed,          Closed,          Nothing,                                                            NoMatter>,
    Row<AwaitingReturn,  PlatformClosed,          Closed,          Nothing,                                                            NoMatter>,
    Row<Returning,       PlatformClosed,          SendingBack,     Do<OrderSendBackToClose>,                                           NoMatter>,
    Row<Inspecting,      PlatformClosed,          SendingBack,     Do<OrderSendBackToClose>,                                           NoMatter>,
    Row<Disagreed,       PlatformClosed,          SendingBack,     Do<OrderSendBackToClose>,                                           NoMatter>,
    Row<Rejected,        PlatformClosed,          Closed,          Nothing,                                                            NoMatter>,
    Row<Reshipping,      PlatformClosed,          Reshipping,      Do<CallSupervisorOverReplacement>,                                  When<IsReplacementUnderWay>>,
    Row<Reshipping,      PlatformClosed,          SendingBack,     Do<CallOffReplacement, OrderSendBackToClose>,                       When<Not<IsReplacementUnderWay>, AreGoodsForUs>>,
    Row<Reshipping,      PlatformClosed,          Closed,          Do<CallOffReplacement>,                                             When<Not<IsReplacementUnderWay>, Not<AreGoodsForUs>>>,
    Row<Settling,        PlatformClosed,          Settling,        Do<NoteClosedByPlatform, FindOutOutcome>,                           NoMatter>,
    Row<SendingBack,     PlatformClosed,          SendingBack,     Nothing,                                                            NoMatter>,
    Row<FollowingUp,     PlatformClosed,          FollowingUp,     Do<CallSupervisorOverClosing>,                                      NoMatter>,
    Row<InDispute,       PlatformClosed,          SendingBack,     Do<OrderSendBackToClose>,                                           When<AreGoodsForUs>>,
    Row<InDispute,       PlatformClosed,          Closed,          Do<LetParcelGo>,                                                    When<Not<AreGoodsForUs>>>,

    Row<Requested,       PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform>,                                               NoMatter>,
    Row<PendingApproval, PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform>,                                               NoMatter>,
    Row<AwaitingReturn,  PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform>,                                               NoMatter>,
    Row<Returning,       PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform>,                                               NoMatter>,
    Row<Inspecting,      PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform>,                                               NoMatter>,
    Row<Disagreed,       PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform>,                                               NoMatter>,
    Row<Rejected,        PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform>,                                               NoMatter>,
    Row<Reshipping,      PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform, StopReplacement>,                              NoMatter>,
    Row<Settling,        PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform>,                                               NoMatter>,
    Row<SendingBack,     PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform, CancelSendBack>,                               NoMatter>,
    Row<FollowingUp,     PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform, StopReplacement>,                              When<IsReplacedOnly>>,
    Row<FollowingUp,     PlatformSucceeded,       FollowingUp,     Nothing,                                                            When<Not<IsReplacedOnly>, IsPaymentKnown>>,
    Row<FollowingUp,     PlatformSucceeded,       FollowingUp,     Do<CallFinanceOverPayment>,                                         When<Not<IsReplacedOnly>, Not<IsPaymentKnown>>>,
    Row<InDispute,       PlatformSucceeded,       FollowingUp,     Do<SettleByPlatform, StopReplacement>,                              NoMatter>,

    Row<Requested,       PlatformIntervened,      InDispute,       Dispute,                                                            NoMatter>,
    Row<PendingApproval, PlatformIntervened,      InDispute,       Dispute,                                                            NoMatter>,
    Row<AwaitingReturn,  PlatformIntervened,      InDispute,       Dispute,                                                            NoMatter>,
    Row<Returning,       PlatformIntervened,      InDispute,       Dispute,                                                            NoMatter>,
    Row<Inspecting,      PlatformIntervened,      InDispute,       Dispute,                                                            NoMatter>,
    Row<Disagreed,       PlatformIntervened,      InDispute,       Dispute,                                                            NoMatter>,
    Row<Rejected,        PlatformIntervened,      InDispute,       Dispute,                                                            NoMatter>,
    Row<Reshipping,      PlatformIntervened,      InDispute,       Do<CallOffReplacement, CallSupervisorOverDispute>,                  NoMatter>,
    Row<Settling,        PlatformIntervened,      Settling,        Dispute,                                                            NoMatter>,
    Row<SendingBack,     PlatformIntervened,      InDispute,       Do<CancelSendBack, CallSupervisorOverDispute>,                      NoMatter>,
    Row<FollowingUp,     PlatformIntervened,      FollowingUp,     Dispute,                                                            NoMatter>,
    Row<InDispute,       PlatformIntervened,      InDispute,       Dispute,                                                            NoMatter>,

    Row<Requested,       PlatformAgreed,          AwaitingReturn,  Do<AgreeByPlatform>,                                                NoMatter>,
    Row<PendingApproval, PlatformAgreed,          AwaitingReturn,  Do<AgreeByPlatform>,                                                NoMatter>,
    Row<AwaitingReturn,  PlatformAgreed,          AwaitingReturn,  Nothing,                                                            NoMatter>,
    Row<Returning,       PlatformAgreed,          Returning,       Nothing,                                                            NoMatter>,
    Row<Inspecting,      PlatformAgreed,          Inspecting,      Nothing,                                                            NoMatter>,
    Row<Disagreed,       PlatformAgreed,          Disagreed,       Nothing,                                                            NoMatter>,
    Row<Rejected,        PlatformAgreed,          AwaitingReturn,  Do<AgreeByPlatform>,                                                NoMatter>,
    Row<Reshipping,      PlatformAgreed,          Reshipping,      Nothing,                                                            NoMatter>,
    Row<Settling,        PlatformAgreed,          Settling,        Nothing,                                                            NoMatter>,
    Row<SendingBack,     PlatformAgreed,          SendingBack,     Nothing,                                                            NoMatter>,
    Row<FollowingUp,     PlatformAgreed,          FollowingUp,     Nothing,                                                            NoMatter>,
    Row<InDispute,       PlatformAgreed,          InDispute,       Nothing,                                                            NoMatter>,

    Row<Requested,       PlatformRefused,         Rejected,        Nothing,                                                            NoMatter>,
    Row<PendingApproval, PlatformRefused,         Rejected,        Do<ForgetProposal>,                                                 NoMatter>,
    Row<AwaitingReturn,  PlatformRefused,         Rejected,        Nothing,                                                            NoMatter>,
    Row<Returning,       PlatformRefused,         Disagreed,       Nothing,                                                            NoMatter>,
    Row<Inspecting,      PlatformRefused,         Disagreed,       Nothing,                                                            NoMatter>,
    Row<Disagreed,       PlatformRefused,         Disagreed,       Nothing,                                                            NoMatter>,
    Row<Rejected,        PlatformRefused,         Rejected,        Nothing,                                                            NoMatter>,
    Row<Reshipping,      PlatformRefused,         Reshipping,      Nothing,                                                            NoMatter>,
    Row<Settling,        PlatformRefused,         Settling,        Nothing,                                                            NoMatter>,
    Row<SendingBack,     PlatformRefused,         SendingBack,     Nothing,                                                            NoMatter>,
    Row<FollowingUp,     PlatformRefused,         FollowingUp,     Nothing,                                                            NoMatter>,
    Row<InDispute,       PlatformRefused,         InDispute,       Nothing,                                                            NoMatter>>;
};
// clang-format on

using Rows = Numbered<Table>;

static_assert(SameSet<StatesOf<Rows>, States>(), "the table and the list of states differ");
static_assert(SameSet<EventsOf<Rows>, mp::mp_rename<RefundEvent, mp::mp_list>>(),
              "the table and RefundEvent differ");
static_assert(DeadlinesMatchFinality(States{}), "a deadline in every state but the final ones");
static_assert(IsClosedUnder<Rows,
                            mp::mp_list<DeadlineReached, PlatformClosed, PlatformSucceeded,
                                        PlatformIntervened, PlatformAgreed, PlatformRefused>,
                            States>::value,
              "every state but the final ones takes its deadline and the platform's word");

struct RefundFront : Front<RefundFront, RefundStep> {
  using initial_state = Requested;
  using transition_table = Rows;
};

static_assert(Requested::kInfo.name == kInitialState);

std::string_view ConditionOf(std::string_view rule, const RefundFacts& facts,
                             const RefundProgress& progress) {
  if (rule == "seller_receives") {
    return progress.shipping == Shipping::kPost ? "post" : "express";
  }
  if (rule != "seller_answers") return "";
  if (facts.order_shipping == OrderShipping::kUnshipped) return "unshipped";
  if (AsksForReturn(progress.variant)) return "return_and_refund";
  return facts.order_shipping == OrderShipping::kReceived ? "received_refund_only"
                                                          : "in_transit_refund_only";
}

void CheckVariant(const RefundFacts& facts) {
  if (!IsSupported(facts.progress.variant)) {
    throw std::invalid_argument("variant without a machine: " +
                                std::to_string(static_cast<int>(facts.progress.variant)));
  }
}

struct RefundMachine {
  static constexpr std::string_view kKind = "refund";
  static constexpr int kVersion = refund::kVersion;
  static constexpr const auto& kDeadlines = kDeadlineDefaults;
  using FrontEnd = RefundFront;
  using States = refund::States;
  using Event = RefundEvent;
  using Deadline = DeadlineReached;
  using Step = RefundStep;

  static void Follow(std::string_view before, const StateInfo& after, RefundStep& step) {
    TellDisputeOfEnd(before, after, FollowingUp::kInfo.name, step);
  }
  static std::string_view ConditionOf(std::string_view rule, const RefundStep& step) {
    return refund::ConditionOf(rule, step.facts, step.now);
  }

  // The event tried when somebody asks what is allowed.
  template <class E>
  static E MostNatural(const RefundFacts& facts) {
    const RefundProgress& progress = facts.progress;
    if constexpr (std::is_same_v<E, Approve> || std::is_same_v<E, ConvertToRefund> ||
                  std::is_same_v<E, PlatformSucceeded> || std::is_same_v<E, PlatformAgreed>) {
      return {progress.amount_asked};
    } else if constexpr (std::is_same_v<E, RuleForBuyer>) {
      return {progress.amount_asked,
              AsksForReplacement(progress.variant) ? Remedy::kReplacement : Remedy::kMoney};
    } else if constexpr (std::is_same_v<E, ReviseRequest>) {
      return {progress.amount_asked, progress.quantity, progress.variant};
    } else if constexpr (std::is_same_v<E, PassInspectionInPart>) {
      return {progress.approved_amount - 1};
    } else if constexpr (std::is_same_v<E, AcceptPartialOffer>) {
      return {progress.offered_amount > 0 ? progress.offered_amount : progress.approved_amount};
    } else if constexpr (std::is_same_v<E, DeadlineReached>) {
      return {progress.deadline_number};
    } else {
      return {};
    }
  }
};

}  // namespace

RefundEffects Open(const RefundFacts& facts) {
  CheckVariant(facts);
  const std::string_view rule = Requested::kInfo.deadline_rule;
  return {ArmDeadline{rule, ConditionOf(rule, facts, facts.progress), false}};
}

Fired<RefundEffect> Fire(std::string_view state, const RefundEvent& event,
                         const RefundFacts& facts) {
  CheckVariant(facts);
  return FireOf<RefundMachine>(state, event, facts);
}

std::vector<AllowedEvent> AllowedEvents(std::string_view state, const RefundFacts& facts) {
  CheckVariant(facts);
  return AllowedEventsOf<RefundMachine>(state, facts);
}

const Workflow& Describe() { return DescriptionOf<RefundMachine>(); }

RowCount CountRows(std::string_view state, const RefundEvent& event, const RefundFacts& facts) {
  return RowCountOf<RefundMachine>(state, event, facts);
}

}  // namespace redress::workflows::refund
