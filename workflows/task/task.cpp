#include "workflows/task/task.h"

#include <array>

#include "workflows/machine/facade.h"
#include "workflows/task/actions.h"
#include "workflows/task/requirements.h"
#include "workflows/task/routes.h"

namespace redress::workflows::task {
namespace {

struct Open : boost::msm::front::state<> {};
struct Final : boost::msm::front::state<> {};

// A state has the name of its report, where it has one: in a namespace of its own.
namespace state {
// clang-format off
struct Queued    : Open  { static constexpr StateInfo kInfo{"Queued",    "", "", false}; };
struct Claimed   : Open  { static constexpr StateInfo kInfo{"Claimed",   "", "", false}; };
struct Received  : Open  { static constexpr StateInfo kInfo{"Received",  "", "", false}; };
struct Packed    : Open  { static constexpr StateInfo kInfo{"Packed",    "", "", false}; };
struct Done      : Final { static constexpr StateInfo kInfo{"Done",      "", "", true}; };
struct Failed    : Final { static constexpr StateInfo kInfo{"Failed",    "", "", true}; };
struct Cancelled : Final { static constexpr StateInfo kInfo{"Cancelled", "", "", true}; };
// clang-format on
}  // namespace state

using States = mp::mp_list<state::Queued, state::Claimed, state::Received, state::Packed,
                           state::Done, state::Failed, state::Cancelled>;

// Short names for the words that many rows repeat.
using NoMatter = When<>;
using Nothing = Do<>;
using Free = When<NobodyElseHolds>;
using Held = When<LeaseIsHeld>;
using Fits = When<LeaseIsHeld, ReportFitsKind>;
using Over = When<LeaseIsOver>;

// clang-format off
struct Table { using Rows = mp::mp_list<
    //  state            event        next state        verbs                               when
    Row<state::Queued,   Claim,       state::Claimed,   Do<TakeLease>,                      Free>,
    Row<state::Claimed,  Claim,       state::Claimed,   Do<TakeLease>,                      Free>,
    Row<state::Claimed,  RenewLease,  state::Claimed,   Do<LengthenLease>,                  Held>,
    Row<state::Claimed,  Release,     state::Queued,    Do<LetGo>,                          Held>,
    Row<state::Claimed,  ExpireLease, state::Queued,    Do<LetGo>,                          Over>,

    Row<state::Claimed,  Received,    state::Claimed,   Do<CountArrival>,                   When<IsEmptyParcel, LeaseIsHeld, ReportFitsKind>>,
    Row<state::Claimed,  Received,    state::Received,  Do<CountArrival, TellArrival>,      When<Not<IsEmptyParcel>, LeaseIsHeld, ReportFitsKind>>,
    Row<state::Claimed,  Packed,      state::Packed,    Do<TellPacking>,                    Fits>,
    Row<state::Claimed,  Shipped,     state::Done,      Do<TellShipping>,                   Fits>,
    Row<state::Claimed,  Intercepted, state::Done,      Do<NoteOutcome, TellInterception>,  Fits>,
    Row<state::Claimed,  Failed,      state::Failed,    Do<CallOverFailure>,                Held>,

    // What is here, or packed, stays so whoever holds it.
    Row<state::Received, Claim,       state::Received,  Do<TakeLease>,                      Free>,
    Row<state::Received, RenewLease,  state::Received,  Do<LengthenLease>,                  Held>,
    Row<state::Received, Release,     state::Received,  Do<LetGo>,                          Held>,
    Row<state::Received, ExpireLease, state::Received,  Do<LetGo>,                          Over>,
    Row<state::Received, Inspected,   state::Done,      Do<CountGood, TellInspection>,      When<LeaseIsHeld, ReportFitsKind, GoodWereReceived>>,
    Row<state::Received, Failed,      state::Failed,    Do<CallOverFailure>,                Held>,

    Row<state::Packed,   Claim,       state::Packed,    Do<TakeLease>,                      Free>,
    Row<state::Packed,   RenewLease,  state::Packed,    Do<LengthenLease>,                  Held>,
    Row<state::Packed,   Release,     state::Packed,    Do<LetGo>,                          Held>,
    Row<state::Packed,   ExpireLease, state::Packed,    Do<LetGo>,                          Over>,
    Row<state::Packed,   Shipped,     state::Done,      Do<TellShipping>,                   Fits>,
    Row<state::Packed,   Failed,      state::Failed,    Do<CallOverFailure>,                Held>,

    // What the case says is never refused.
    Row<state::Queued,   Finish,      state::Done,      Nothing,                            NoMatter>,
    Row<state::Claimed,  Finish,      state::Done,      Nothing,                            NoMatter>,
    Row<state::Received, Finish,      state::Done,      Nothing,                            NoMatter>,
    Row<state::Packed,   Finish,      state::Done,      Nothing,                            NoMatter>,
    Row<state::Queued,   Cancel,      state::Cancelled, Nothing,                            NoMatter>,
    Row<state::Claimed,  Cancel,      state::Cancelled, Nothing,                            NoMatter>,
    Row<state::Received, Cancel,      state::Cancelled, Nothing,                            NoMatter>,
    Row<state::Packed,   Cancel,      state::Cancelled, Nothing,                            NoMatter>>;
};
// clang-format on

using Rows = Numbered<Table>;

static_assert(SameSet<StatesOf<Rows>, States>(), "the table and the list of states differ");
static_assert(SameSet<EventsOf<Rows>, mp::mp_rename<TaskEvent, mp::mp_list>>(),
              "the table and TaskEvent differ");
static_assert(IsClosedUnder<Rows, mp::mp_list<Finish, Cancel>, States>::value,
              "every state but the final ones takes what the case says");

struct TaskFront : Front<TaskFront, TaskStep> {
  using initial_state = state::Queued;
  using transition_table = Rows;
};

static_assert(state::Queued::kInfo.name == kInitialState);

struct TaskMachine {
  static constexpr std::string_view kKind = "task";
  static constexpr int kVersion = task::kVersion;
  static constexpr std::array<DeadlineRule, 0> kDeadlines{};
  using FrontEnd = TaskFront;
  using States = task::States;
  using Event = TaskEvent;
  using Step = TaskStep;

  // Nobody holds what is over.
  static void Follow(std::string_view, const StateInfo& after, TaskStep& step) {
    if (after.final && step.now.claimed_by != 0) step.Emit(DropLease{});
  }

  template <class E>
  static E MostNatural(const TaskFacts& facts) {
    if constexpr (std::is_same_v<E, task::Received>) {
      return {facts.progress.quantity};
    } else if constexpr (std::is_same_v<E, Inspected>) {
      return {facts.progress.quantity_received};
    } else if constexpr (std::is_same_v<E, Claim> || std::is_same_v<E, RenewLease>) {
      return {facts.now_us + 1};
    } else {
      return {};
    }
  }
};

template <class Event>
constexpr bool kIsByHolder = std::is_same_v<Event, RenewLease> || std::is_same_v<Event, Release> ||
                             std::is_same_v<Event, task::Failed>;
template <class Event>
constexpr bool kIsOfOneKind =
    std::is_same_v<Event, task::Received> || std::is_same_v<Event, Inspected> ||
    std::is_same_v<Event, task::Packed> || std::is_same_v<Event, Shipped> ||
    std::is_same_v<Event, Intercepted>;

}  // namespace

std::string_view StateToBeginIn(const TaskProgress& progress) {
  return progress.quantity_received > 0 ? state::Received::kInfo.name : kInitialState;
}

Fired<TaskEffect> Fire(std::string_view state, const TaskEvent& event, const TaskFacts& facts) {
  return FireOf<TaskMachine>(state, event, facts);
}

Refusal AskedAnywhere(const TaskEvent& event, const TaskFacts& facts) {
  return std::visit(
      [&](const auto& own) -> Refusal {
        using Event = std::decay_t<decltype(own)>;
        if constexpr (kIsByHolder<Event>) {
          return Held::FirstFailure(own, facts);
        } else if constexpr (kIsOfOneKind<Event>) {
          return Fits::FirstFailure(own, facts);
        } else {
          return {};
        }
      },
      event);
}

std::vector<AllowedEvent> AllowedEvents(std::string_view state, const TaskFacts& facts) {
  return AllowedEventsOf<TaskMachine>(state, facts);
}

const Workflow& Describe() { return DescriptionOf<TaskMachine>(); }

RowCount CountRows(std::string_view state, const TaskEvent& event, const TaskFacts& facts) {
  return RowCountOf<TaskMachine>(state, event, facts);
}

std::string_view NameOf(WarehouseTaskKind kind) {
  switch (kind) {
    case WarehouseTaskKind::kInboundReturn:
      return "inbound return";
    case WarehouseTaskKind::kSendBack:
      return "send back";
    case WarehouseTaskKind::kOutboundReplacement:
      return "outbound replacement";
    case WarehouseTaskKind::kIntercept:
      return "intercept";
  }
  return "";
}

}  // namespace redress::workflows::task
