#include "services/aftersales/domain/history.h"

#include <algorithm>
#include <vector>

#include "services/aftersales/domain/snapshot.h"

namespace redress::aftersales {
namespace {

// A step's row is at most about 20 KB.
constexpr std::size_t kPage = 100;

class HistoryWalk {
 public:
  HistoryWalk(CaseRepository& cases, ShopId shop, CaseId id)
      : cases_(cases), shop_(shop), id_(id), check_(shop, id) {}

  // Takes what steps there are behind those that were taken; answers whether there were any.
  bool TakeSteps(const std::optional<StoredCase>& stored) {
    bool any = false;
    while (true) {
      const std::vector<Step> steps = cases_.ListSteps(shop_, id_, check_.last_sequence(), kPage);
      if (steps.empty()) return any;
      any = true;
      TakePage(steps, stored);
      if (steps.size() < kPage) return any;
    }
  }

  std::uint32_t last_sequence() const { return check_.last_sequence(); }
  HistoryReport Finish(const std::optional<StoredCase>& stored) && {
    return std::move(check_).Finish(stored);
  }

 private:
  void TakePage(const std::vector<Step>& steps, const std::optional<StoredCase>& stored) {
    std::vector<StoredText> texts;
    // Whose key seals the texts is known from the row.
    if (stored) {
      texts = cases_.ReadTexts(stored->row, steps.front().sequence, steps.back().sequence);
    }
    auto text = texts.begin();
    for (const Step& step : steps) {
      text = std::find_if(text, texts.end(), [&](const StoredText& candidate) {
        return candidate.sequence >= step.sequence;
      });
      const bool has_text = text != texts.end() && text->sequence == step.sequence;
      check_.Take(step, has_text ? &*text : nullptr);
    }
  }

  CaseRepository& cases_;
  const ShopId shop_;
  const CaseId id_;
  HistoryCheck check_;
};

std::optional<CaseAsOf> PastOf(CaseRepository& cases, const Case& now, Step step) {
  CaseAsOf past;
  if (step.sequence > 1) {
    const auto before = cases.ListSteps(now.shop, now.id, step.sequence - 2, 1);
    if (!before.empty() && before.front().sequence < step.sequence) {
      past.previous = before.front().hash;
    }
  }
  Answer answer;
  answer.after = now;
  DecodeSnapshot(step.snapshot, answer);
  past.after = std::move(answer.after);
  past.after.last_hash = step.hash;
  past.step = std::move(step);
  return past;
}

}  // namespace

std::optional<HistoryReport> VerifyHistory(CaseRepository& cases, ShopId shop, CaseId id) {
  // A step and its row are written in one transaction: whoever sees a version sees its step. So the
  // row is read behind the steps, and the steps again where the row is ahead of them.
  std::optional<StoredCase> stored = cases.FindStored(shop, id);
  HistoryWalk walk(cases, shop, id);
  if (!walk.TakeSteps(stored) && !stored) return std::nullopt;
  while (true) {
    stored = cases.FindStored(shop, id);
    if (!stored || stored->row.version <= walk.last_sequence()) break;
    if (!walk.TakeSteps(stored)) break;
  }
  return std::move(walk).Finish(stored);
}

std::optional<CaseAsOf> CaseAt(CaseRepository& cases, const Case& now, std::int64_t at_us) {
  std::optional<Step> step = cases.FindStepAt(now.shop, now.id, at_us);
  if (!step) return std::nullopt;
  return PastOf(cases, now, *std::move(step));
}

std::optional<CaseAsOf> CaseAfter(CaseRepository& cases, const Case& now, std::uint32_t sequence) {
  if (sequence == 0) return std::nullopt;
  std::vector<Step> steps = cases.ListSteps(now.shop, now.id, sequence - 1, 1);
  if (steps.empty() || steps.front().sequence != sequence) return std::nullopt;
  return PastOf(cases, now, std::move(steps.front()));
}

}  // namespace redress::aftersales
