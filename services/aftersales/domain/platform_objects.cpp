#include "services/aftersales/domain/platform_objects.h"

#include <algorithm>
#include <map>

#include "services/aftersales/domain/many_commands.h"
#include "services/aftersales/domain/platform_form.h"
#include "services/aftersales/domain/platform_pursuit.h"
#include "services/aftersales/domain/platform_rating.h"
#include "services/aftersales/domain/platform_word.h"
#include "services/platform/base/crash_point.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

PushResult ResultOf(const BadPush& bad) {
  return {bad.body, bad.key, PushOutcome::kNothingNew, bad.field, bad.problem};
}

// By what the order service does not know; other refusals keep their own reason.
Refusal InOurWords(const Refusal& refusal) {
  if (refusal.code() != Code::kNotFound) return refusal;
  return Refusal(Code::kFailedPrecondition, std::string(kOrderUnknown), refusal.message());
}

void MapRefund(PlatformObject& refund) {
  const PlatformWord word = WordOf(refund.fields);
  refund.version = word.version;
  // What we do not know by name could be anything.
  refund.status = word.stage == PlatformStage::kUnknown ? "" : word.status;
  refund.ended = IsEnd(word.stage);
  refund.order_number = word.order_number;
  refund.line_number = word.line_number;
}

void MapRating(PlatformObject& rating) {
  const RatingWord word = RatingWordOf(rating.fields);
  rating.version = word.version;
  rating.status = word.now ? std::string(NameOf(word.now->rating, word.removed)) : "";
  rating.ended = word.removed;
  rating.order_number = word.order_number;
  rating.line_number = word.line_number;
}

}  // namespace

void MapColumns(PlatformObject& object) {
  if (object.kind == PlatformObjectKind::kRating) return MapRating(object);
  MapRefund(object);
}

std::vector<PushResult> PlatformObjects::Push(ShopId shop, PlatformObjectKind kind,
                                              const std::string& platform,
                                              const std::vector<std::string_view>& bodies) {
  const bool is_rating = kind == PlatformObjectKind::kRating;
  const std::vector<PushedItem> items = ReadPushes(bodies, is_rating ? RatingForm() : RefundForm());
  std::vector<PushResult> results(items.size());
  std::vector<const PushedObject*> good;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (const auto* bad = std::get_if<BadPush>(&items[i])) {
      results[i] = ResultOf(*bad);
      continue;
    }
    const auto& pushed = std::get<PushedObject>(items[i]);
    if (pushed.by_shop) {
      results[i] = {pushed.body, pushed.key, PushOutcome::kByShop, {}, {}};
      continue;
    }
    good.push_back(&pushed);
    places.push_back(i);
  }
  if (good.empty()) return results;
  const auto outcomes = uses_.refunds.Merge(shop, kind, platform, good, uses_.clock.NowUs());
  bool is_news = false;
  for (std::size_t i = 0; i < good.size(); ++i) {
    PushResult& result = results[places[i]];
    result = {good[i]->body, good[i]->key, outcomes[i], {}, {}};
    is_news = is_news || outcomes[i] == PushOutcome::kNew || outcomes[i] == PushOutcome::kNews;
    if (outcomes[i] == PushOutcome::kTooMuch) {
      result.problem =
          "has more fields than are kept of an object; push the platform's object only";
    }
  }
  if (is_news && wake_) wake_();
  return results;
}

namespace {

class FollowRound {
 public:
  FollowRound(const PlatformObjects::Uses& uses, const std::vector<PlatformObject>& due)
      : uses_(uses) {
    pursuits_.reserve(due.size());
    for (const PlatformObject& refund : due) Begin(refund);
  }

  // Every refund has at most a few steps to take; each turn takes one of each.
  std::vector<PlatformObject> Run() {
    FindCases();
    while (Turn()) {
    }
    std::vector<PlatformObject> followed = std::move(unreadable_);
    followed.reserve(followed.size() + pursuits_.size());
    const std::int64_t now = uses_.clock.NowUs();
    for (PlatformPursuit& pursuit : pursuits_) {
      followed.push_back(std::move(pursuit).Conclude(now));
    }
    return followed;
  }

 private:
  // What was stored was readable then; one that no longer is keeps nobody else waiting.
  void Begin(const PlatformObject& refund) {
    try {
      pursuits_.emplace_back(refund);
    } catch (const std::exception&) {
      PlatformObject& stays = unreadable_.emplace_back(refund);
      stays.attention = kUnreadable;
      stays.due_at = 0;
    }
  }

  using Shops = std::map<ShopId, std::vector<PlatformPursuit*>>;

  template <class Choose>
  Shops ByShop(const Choose& choose) {
    Shops shops;
    for (PlatformPursuit& pursuit : pursuits_) {
      if (choose(pursuit)) shops[pursuit.object().shop].push_back(&pursuit);
    }
    return shops;
  }

  // Also those that a person opened under the platform's number.
  void FindCases() {
    for (const auto& [shop, own] : ByShop([](const PlatformPursuit&) { return true; })) {
      std::vector<std::string> refund_ids;
      for (const PlatformPursuit* pursuit : own) refund_ids.push_back(pursuit->object().key);
      std::map<std::string, CaseId> known;
      for (const auto& [refund_id, id] : uses_.refunds.CasesOf(shop, refund_ids)) {
        known.emplace(refund_id, id);
      }
      std::map<PlatformPursuit*, CaseId> cases;
      for (PlatformPursuit* pursuit : own) {
        const auto found = known.find(pursuit->object().key);
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
      for (PlatformPursuit* pursuit : own) wanted.emplace(pursuit, pursuit->object().case_id);
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
    const PlatformObject& object = pursuit.object();
    try {
      if (!pursuit.WantsCase()) return nullptr;
      pursuit.CheckOpening();
      const LineFacts line =
          uses_.lines.Find(object.shop, object.platform, object.order_number, object.line_number);
      const bool revision_possible =
          object.kind == PlatformObjectKind::kRating && LetsRevise(object.shop, line.platform);
      return pursuit.Opening(line, uses_.numbers.Next(object.shop), CaseId{object.object},
                             revision_possible);
    } catch (const Refusal& refusal) {
      pursuit.Refuse(InOurWords(refusal));
      return nullptr;
    }
  }

  // Read once in a round, not with every object.
  bool LetsRevise(ShopId shop, const std::string& platform) {
    std::unique_ptr<StepperPolicy>& policy = policies_[shop];
    const ShopId shops[] = {shop};
    if (!policy) policy = uses_.policies.ForShops(shops);
    return policy->Reviews(shop, uses_.clock.NowUs()).LetsRevise(platform);
  }

  const PlatformObjects::Uses& uses_;
  std::map<ShopId, std::unique_ptr<StepperPolicy>> policies_;
  std::vector<PlatformPursuit> pursuits_;
  std::vector<PlatformObject> unreadable_;
};

}  // namespace

bool PlatformObjects::Round() {
  const std::vector<PlatformObject> due = uses_.refunds.Due(uses_.clock.NowUs(), options_.at_once);
  if (due.empty()) return false;
  const bool may_be_more = due.size() == options_.at_once;
  const std::vector<PlatformObject> followed = FollowRound(uses_, due).Run();
  platform::CrashPoint(platform::kAfterStepBeforeMark);
  uses_.refunds.Conclude(followed);
  return may_be_more;
}

}  // namespace redress::aftersales
