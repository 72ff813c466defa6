#include "services/aftersales/domain/platform_refunds.h"

#include <algorithm>
#include <map>

#include "services/aftersales/domain/many_commands.h"
#include "services/aftersales/domain/platform_pursuit.h"
#include "services/platform/base/crash_point.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

PushResult ResultOf(const BadPush& bad) {
  return {bad.body, bad.refund_id, PushOutcome::kNothingNew, bad.field, bad.problem};
}

// By what the order service does not know; other refusals keep their own reason.
Refusal InOurWords(const Refusal& refusal) {
  if (refusal.code() != Code::kNotFound) return refusal;
  return Refusal(Code::kFailedPrecondition, std::string(kOrderUnknown), refusal.message());
}

Refusal NothingAsked() {
  return Refusal(Code::kFailedPrecondition, std::string(kNothingAsked),
                 "The platform has not said what is asked for; it opens a case once it does.");
}

}  // namespace

void MapColumns(PlatformRefund& refund) {
  const PlatformWord word = WordOf(refund.fields);
  refund.version = word.version;
  // What we do not know by name could be anything.
  refund.status = word.stage == PlatformStage::kUnknown ? "" : word.status;
  refund.ended = IsEnd(word.stage);
  refund.order_number = word.order_number;
  refund.line_number = word.line_number;
}

std::vector<PushResult> PlatformRefunds::Push(ShopId shop, const std::string& platform,
                                              const std::vector<std::string_view>& bodies) {
  const std::vector<PushedItem> items = ReadPushes(bodies);
  std::vector<PushResult> results(items.size());
  std::vector<const PushedRefund*> good;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (const auto* bad = std::get_if<BadPush>(&items[i])) {
      results[i] = ResultOf(*bad);
      continue;
    }
    good.push_back(&std::get<PushedRefund>(items[i]));
    places.push_back(i);
  }
  if (good.empty()) return results;
  const auto outcomes = uses_.refunds.Merge(shop, platform, good, uses_.clock.NowUs());
  bool is_news = false;
  for (std::size_t i = 0; i < good.size(); ++i) {
    PushResult& result = results[places[i]];
    result = {good[i]->body, good[i]->refund_id, outcomes[i], {}, {}};
    is_news = is_news || outcomes[i] == PushOutcome::kNew || outcomes[i] == PushOutcome::kNews;
    if (outcomes[i] == PushOutcome::kTooMuch) {
      result.problem = "has more fields than are kept of a refund; push the platform's object only";
    }
  }
  if (is_news && wake_) wake_();
  return results;
}

namespace {

class FollowRound {
 public:
  FollowRound(const PlatformRefunds::Uses& uses, const std::vector<PlatformRefund>& due)
      : uses_(uses) {
    pursuits_.reserve(due.size());
    for (const PlatformRefund& refund : due) Begin(refund);
  }

  // Every refund has at most a few steps to take; each turn takes one of each.
  std::vector<PlatformRefund> Run() {
    FindCases();
    while (Turn()) {
    }
    std::vector<PlatformRefund> followed = std::move(unreadable_);
    followed.reserve(followed.size() + pursuits_.size());
    const std::int64_t now = uses_.clock.NowUs();
    for (PlatformPursuit& pursuit : pursuits_) {
      followed.push_back(std::move(pursuit).Conclude(now));
    }
    return followed;
  }

 private:
  // What was stored was readable then; one that no longer is keeps nobody else waiting.
  void Begin(const PlatformRefund& refund) {
    try {
      pursuits_.emplace_back(refund);
    } catch (const std::exception&) {
      PlatformRefund& stays = unreadable_.emplace_back(refund);
      stays.attention = kUnreadable;
      stays.due_at = 0;
    }
  }

  using Shops = std::map<ShopId, std::vector<PlatformPursuit*>>;

  template <class Choose>
  Shops ByShop(const Choose& choose) {
    Shops shops;
    for (PlatformPursuit& pursuit : pursuits_) {
      if (choose(pursuit)) shops[pursuit.refund().shop].push_back(&pursuit);
    }
    return shops;
  }

  // Also those that a person opened under the platform's number.
  void FindCases() {
    for (const auto& [shop, own] : ByShop([](const PlatformPursuit&) { return true; })) {
      std::vector<std::string> refund_ids;
      for (const PlatformPursuit* pursuit : own) refund_ids.push_back(pursuit->refund().refund_id);
      std::map<std::string, CaseId> known;
      for (const auto& [refund_id, id] : uses_.refunds.CasesOf(shop, refund_ids)) {
        known.emplace(refund_id, id);
      }
      std::map<PlatformPursuit*, CaseId> cases;
      for (PlatformPursuit* pursuit : own) {
        const auto found = known.find(pursuit->refund().refund_id);
        if (found != known.end()) cases.emplace(pursuit, found->second);
      }
      Load(shop, cases);
    }
  }

  void Load(ShopId shop, const std::map<PlatformPursuit*, CaseId>& wanted) {
    if (wanted.empty()) return;
    std::vector<CaseId> ids;
    ids.reserve(wanted.size());
    for (const auto& [pursuit, id] : wanted) ids.push_back(id);
    std::map<CaseId, Case> found;
    for (Case& one : uses_.cases.FindMany(shop, ids)) found.emplace(one.id, std::move(one));
    for (const auto& [pursuit, id] : wanted) {
      const auto one = found.find(id);
      if (one != found.end()) pursuit->SetCase(one->second);
    }
  }

  void Refresh() {
    const auto is_stale = [](const PlatformPursuit& pursuit) {
      return pursuit.IsStale() && !pursuit.IsOver();
    };
    for (const auto& [shop, own] : ByShop(is_stale)) {
      std::map<PlatformPursuit*, CaseId> wanted;
      for (PlatformPursuit* pursuit : own) wanted.emplace(pursuit, pursuit->refund().case_id);
      Load(shop, wanted);
    }
  }

  bool Turn() {
    Refresh();
    std::vector<PlatformPursuit*> moving;
    std::vector<std::unique_ptr<Command>> commands;
    for (PlatformPursuit& pursuit : pursuits_) {
      if (pursuit.IsOver()) continue;
      auto command = pursuit.HasCase() ? pursuit.Next(uses_.clock.NowUs()) : Opening(pursuit);
      if (!command) continue;
      moving.push_back(&pursuit);
      commands.push_back(std::move(command));
    }
    if (commands.empty()) return false;
    const std::vector<Verdict> verdicts = ApplyMany(uses_.engine, std::move(commands));
    for (std::size_t i = 0; i < moving.size(); ++i) moving[i]->Take(verdicts[i]);
    return true;
  }

  std::unique_ptr<Command> Opening(PlatformPursuit& pursuit) {
    const PlatformRefund& refund = pursuit.refund();
    try {
      if (pursuit.word().amount == 0) throw NothingAsked();
      const LineFacts line =
          uses_.lines.Find(refund.shop, refund.platform, refund.order_number, refund.line_number);
      return pursuit.Opening(line, uses_.numbers.Next(refund.shop), CaseId{refund.object});
    } catch (const Refusal& refusal) {
      pursuit.Refuse(InOurWords(refusal));
      return nullptr;
    }
  }

  const PlatformRefunds::Uses& uses_;
  std::vector<PlatformPursuit> pursuits_;
  std::vector<PlatformRefund> unreadable_;
};

}  // namespace

bool PlatformRefunds::Round() {
  const std::vector<PlatformRefund> due = uses_.refunds.Due(uses_.clock.NowUs(), options_.at_once);
  if (due.empty()) return false;
  const bool may_be_more = due.size() == options_.at_once;
  const std::vector<PlatformRefund> followed = FollowRound(uses_, due).Run();
  platform::CrashPoint(platform::kAfterStepBeforeMark);
  uses_.refunds.Conclude(followed);
  return may_be_more;
}

}  // namespace redress::aftersales
