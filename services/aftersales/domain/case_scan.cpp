#include "services/aftersales/domain/case_scan.h"

#include <map>
#include <tuple>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/settlement.h"

namespace redress::aftersales {
namespace {

constexpr std::string_view kNothing = "none";

std::string OrNothing(const std::string& text) {
  return text.empty() ? std::string(kNothing) : text;
}

class Check {
 public:
  explicit Check(const ScannedCase& of) : of_(of) {}

  std::vector<ScanFinding> Run() && {
    CheckDeadline();
    CheckState();
    CheckMoney();
    CheckTasks();
    return std::move(findings_);
  }

 private:
  void Find(std::string_view invariant, std::string expected, std::string found) {
    findings_.push_back({of_.id, of_.number, invariant, std::move(expected), std::move(found)});
  }

  // Without a timer nothing ever wakes the case.
  void CheckDeadline() {
    const bool armed = of_.due_at != 0 && !of_.deadline_rule.empty();
    if (armed == of_.final) {
      Find("DEADLINE_NOT_ARMED", of_.final ? "no deadline" : "an armed deadline",
           armed ? of_.deadline_rule : std::string(kNothing));
    }
    const std::int64_t timer_at = of_.warn_at != 0 ? of_.warn_at : of_.due_at;
    if (of_.timer_at != timer_at) {
      Find("TIMER_NOT_SET", std::to_string(timer_at), std::to_string(of_.timer_at));
    }
  }

  void CheckState() {
    if (of_.imported) {
      if (!of_.final) Find("FINAL_DIFFERS", "a final case", "an open case");
      return;
    }
    const workflows::Workflow* workflow = FindWorkflow(of_.kind);
    const workflows::StateInfo* state =
        workflow == nullptr ? nullptr : workflow->FindState(of_.state);
    if (state == nullptr) {
      Find("STATE_UNKNOWN", "a state of the kind's machine", of_.kind + " " + of_.state);
      return;
    }
    if (state->final != of_.final) {
      Find("FINAL_DIFFERS", state->final ? "a final case" : "an open case",
           of_.final ? "a final case" : "an open case");
    }
    if (state->deadline_rule != of_.deadline_rule) {
      Find("RULE_DIFFERS", OrNothing(std::string(state->deadline_rule)),
           OrNothing(of_.deadline_rule));
    }
  }

  void CheckMoney() {
    const auto payment = static_cast<SettlementState>(of_.payment_state);
    const bool may_be_paid = payment == SettlementState::kPending ||
                             payment == SettlementState::kFailed ||
                             payment == SettlementState::kUnknown;
    if (of_.reserved > 0 && !may_be_paid) {
      Find("RESERVED_WITHOUT_SETTLEMENT", "a payment that may still be made",
           "payment state " + std::to_string(of_.payment_state));
    }
    const std::int64_t paid = payment == SettlementState::kSettled ? of_.payment_amount : 0;
    if (of_.settled_by_us && of_.settled != paid) {
      Find("SETTLED_WITHOUT_SETTLEMENT", "a payment of " + std::to_string(of_.settled),
           std::to_string(paid));
    }
    if (!of_.has_line) return;
    if (of_.line_reserved != of_.cases_reserved || of_.line_settled != of_.cases_settled) {
      Find("LINE_DIFFERS",
           "reserved " + std::to_string(of_.cases_reserved) + ", settled " +
               std::to_string(of_.cases_settled) + " over the line's cases",
           "reserved " + std::to_string(of_.line_reserved) + ", settled " +
               std::to_string(of_.line_settled));
    }
  }

  void CheckTasks() {
    if (of_.awaited_open_tasks != of_.awaited_tasks) {
      Find("TASK_NOT_OPEN", std::to_string(of_.awaited_tasks) + " open tasks that the case awaits",
           std::to_string(of_.awaited_open_tasks));
    }
    if (of_.open_tasks > of_.awaited_open_tasks) {
      Find("TASK_FORGOTTEN", "no open task that the case does not await",
           std::to_string(of_.open_tasks - of_.awaited_open_tasks));
    }
  }

  const ScannedCase& of_;
  std::vector<ScanFinding> findings_;
};

}  // namespace

std::vector<ScanFinding> CheckCase(const ScannedCase& of) { return Check(of).Run(); }

std::vector<LiveCases> GroupLive(const std::vector<LiveCase>& cases) {
  using Key = std::tuple<std::string, std::uint32_t, std::string, std::string, std::string>;
  std::map<Key, LiveCases> groups;
  for (const LiveCase& one : cases) {
    LiveCases& group = groups[{one.kind, one.workflow_version, one.state, one.deadline_rule,
                               one.deadline_condition}];
    if (group.count == 0) {
      group = {
          one.kind, one.workflow_version, one.state, one.deadline_rule, one.deadline_condition, 0,
          {}};
    }
    ++group.count;
    if (group.numbers.size() < kMostNumbersTold) group.numbers.push_back(one.number);
  }
  std::vector<LiveCases> all;
  all.reserve(groups.size());
  for (auto& [key, group] : groups) all.push_back(std::move(group));
  return all;
}

RollingScan::RollingScan(Options options, std::function<std::vector<ShopId>()> shops,
                         CaseScanRepository& scan)
    : options_(std::move(options)), shops_(std::move(shops)), scan_(scan) {}

bool RollingScan::Round() {
  const auto cases =
      shop_ ? scan_.Scan(shop_, after_, options_.at_once) : std::vector<ScannedCase>();
  for (const ScannedCase& one : cases) findings_ += CheckCase(one).size();
  if (cases.size() == options_.at_once) {
    after_ = cases.back().id;
    return false;
  }
  // The shop is done: on to the next one, or from the first one again.
  ShopId next;
  for (const ShopId shop : shops_()) {
    if (shop.value > shop_.value && (!next || shop.value < next.value)) next = shop;
  }
  if (!next && shop_) {
    options_.on_pass(findings_);
    findings_ = 0;
  }
  shop_ = next;
  after_ = {};
  return false;
}

}  // namespace redress::aftersales
