#include "services/aftersales/domain/history_check.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "services/aftersales/domain/case_kind.h"
#include "services/aftersales/domain/event_reading.h"
#include "services/aftersales/domain/snapshot.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/text.h"

namespace redress::aftersales {
namespace {

std::string Number(std::int64_t number) { return std::to_string(number); }

// What the snapshot describes; nothing for bytes that no version has written.
std::optional<Answer> ReadSnapshot(const Step& step, const Case& opened) {
  Answer answer;
  answer.after.shop = step.shop;
  answer.after.id = step.case_id;
  answer.after.reason = opened.reason;
  answer.after.platform_refund_id = opened.platform_refund_id;
  answer.after.opened_at = opened.opened_at;
  CopyOpeningFields(opened, answer.after);
  try {
    DecodeSnapshot(step.snapshot, answer);
  } catch (const std::runtime_error&) {
    return std::nullopt;
  }
  return answer;
}

std::string Times(std::int64_t start_at, std::int64_t due_at) {
  return std::to_string(start_at) + " to " + std::to_string(due_at);
}

}  // namespace

HistoryCheck::HistoryCheck(ShopId shop, CaseId id) {
  report_.id = id;
  rebuilt_.current.shop = shop;
  rebuilt_.current.id = id;
}

void HistoryCheck::Find(std::uint32_t sequence, std::string field, std::string expected,
                        std::string found) {
  if (report_.findings.size() == kMostFindings) {
    report_.more_findings = true;
    return;
  }
  report_.findings.push_back({sequence, std::move(field), std::move(expected), std::move(found)});
}

void HistoryCheck::Take(const Step& step, const StoredText* text) {
  const bool follows = step.sequence == last_.sequence + 1;
  ++report_.steps;
  CheckPlace(step);
  const Hash hash = ChainHash(last_.hash, step);
  if (hash != step.hash) Find(step.sequence, "hash", platform::Hex(hash), platform::Hex(step.hash));
  CheckText(step, text);
  Rebuild(step, follows);
  last_ = step;
  report_.last_hash = step.hash;
}

void HistoryCheck::CheckPlace(const Step& step) {
  if (step.sequence != last_.sequence + 1) {
    Find(step.sequence, "sequence", Number(last_.sequence + std::int64_t{1}),
         Number(step.sequence));
  }
  if (step.applied_at <= last_.applied_at) {
    Find(step.sequence, "applied_at", "after " + Number(last_.applied_at), Number(step.applied_at));
  }
  if (step.previous_at != last_.applied_at) {
    Find(step.sequence, "previous_at", Number(last_.applied_at), Number(step.previous_at));
  }
  if (step.from_state != last_.to_state) {
    Find(step.sequence, "from_state", last_.to_state, step.from_state);
  }
}

void HistoryCheck::CheckText(const Step& step, const StoredText* text) {
  const bool has_digest = !step.text_digest.empty();
  if (text == nullptr) {
    if (has_digest) ++report_.texts_unreadable;
    return;
  }
  if (text->state == StoredText::State::kErased) {
    ++report_.texts_unreadable;
    return;
  }
  ++report_.texts_checked;
  if (text->state == StoredText::State::kBroken) {
    Find(step.sequence, "text", "a text that opens for the case's customer", "one that does not");
    return;
  }
  const std::string digest(text->digest.begin(), text->digest.end());
  if (digest == step.text_digest) return;
  Find(step.sequence, "text", has_digest ? platform::Hex(step.text_digest) : "no text",
       platform::Hex(digest));
}

void HistoryCheck::NoteFixed(std::uint64_t number, const LineFacts& line) {
  if (number == 0) return;
  knows_opening_ = true;
  Case& opened = rebuilt_.current;
  opened.number = number;
  opened.order = line.order;
  opened.line = line.line;
  opened.customer = line.customer;
  opened.currency = line.currency;
  opened.order_paid_at = line.paid_at;
  opened.platform = line.platform;
}

// What the opening says is in no snapshot.
void HistoryCheck::NoteOpening(const Step& step) {
  Case& opened = rebuilt_.current;
  opened.opened_at = step.applied_at;
  try {
    if (step.event == kImportedEvent) {
      const RecordedMembers members(step.event_json);
      std::uint64_t number = 0;
      LineFacts line;
      ReadFixed(members, number, line);
      opened.reason = members.OptionalText("reason");
      return NoteFixed(number, line);
    }
    const CommandBody body = BodyOf(step, opened);
    if (const auto* dispute = std::get_if<OpenDispute>(&body)) {
      opened.reason = dispute->reason;
      if (!dispute->platform_complaint_id.empty()) {
        opened.platform_refund_id = std::string(kComplaintPrefix) + dispute->platform_complaint_id;
      }
      NoteFixed(dispute->number, dispute->line);
    } else if (const auto* review = std::get_if<OpenReview>(&body)) {
      opened.reason = review->reason;
      if (!review->platform_review_id.empty()) {
        opened.platform_refund_id = std::string(kReviewPrefix) + review->platform_review_id;
      }
      NoteFixed(review->number, review->line);
    } else if (const auto* open = std::get_if<OpenCase>(&body)) {
      opened.reason = open->reason;
      opened.platform_refund_id = open->platform_refund_id;
      NoteFixed(open->number, open->line);
    }
  } catch (const std::runtime_error&) {
    // The replay says what is wrong with it.
  }
}

// The reason that was recorded for a deadline is of this deadline, and adds up; only a calendar's
// arithmetic needs the calendar.
void HistoryCheck::CheckReason(const Step& step, const Case& after, const DeadlineBasis& reason) {
  if (reason.rule != after.Armed().deadline_rule) {
    Find(step.sequence, "snapshot.deadline.rule", after.Armed().deadline_rule, reason.rule);
  }
  const bool adds_up = reason.source == DeadlineBasis::Source::kPlatform ||
                       !reason.calendar.empty() ||
                       std::max(reason.start_at + reason.amount_s * platform::kSecondUs,
                                step.applied_at) == after.due_at;
  // Before the step only where the rule counts from what the case is about.
  const bool from_subject =
      !reason.repeated && DeadlineRules::CountsFromSubject(reason.rule, reason.condition);
  const std::int64_t start_at = from_subject ? SubjectTimeOf(after) : step.applied_at;
  if (reason.start_at != start_at || reason.due_at != after.due_at || !adds_up) {
    Find(step.sequence, "snapshot.deadline", Times(start_at, after.due_at),
         Times(reason.start_at, reason.due_at) + " by " + Number(reason.amount_s) + " s");
  }
}

void HistoryCheck::CheckCompensation(const Step& step, const Compensation& recorded,
                                     const RebuiltCase& replayed) {
  const auto found =
      replayed.compensations.find({recorded.shop, recorded.case_id, recorded.number});
  const std::string expected = found == replayed.compensations.end() ? "none" : Told(found->second);
  if (const std::string told = Told(recorded); told != expected) {
    Find(step.sequence, "snapshot.compensation", expected, told);
  }
}

void HistoryCheck::CompareCompensations(const StoredCase& stored) {
  auto rebuilt = rebuilt_.compensations;
  for (const Compensation& row : stored.compensations) {
    const CompensationKey key{row.shop, row.case_id, row.number};
    const auto found = rebuilt.find(key);
    const std::string expected = found == rebuilt.end() ? "none" : Told(found->second);
    if (const std::string told = Told(row); told != expected) {
      Find(0, "case.compensation." + Number(row.number), expected, told);
    }
    rebuilt.erase(key);
  }
  for (const auto& [key, one] : rebuilt) {
    Find(0, "case.compensation." + Number(one.number), Told(one), "none");
  }
}

// After a finding the snapshot is believed, so that one altered step does not speak for all later
// ones.
void HistoryCheck::Rebuild(const Step& step, bool follows) {
  if (step.sequence == 1) NoteOpening(step);
  const std::optional<Answer> answer = ReadSnapshot(step, rebuilt_.current);
  if (!answer) {
    Find(step.sequence, "snapshot", "a snapshot that can be read", "one that cannot");
    return;
  }
  if (answer->armed_by) CheckReason(step, answer->after, *answer->armed_by);
  const Case* recorded = &answer->after;
  bool exact = false;
  if (follows && IsReplayable(step, *recorded)) {
    ReplayedStep replayed = Replay(rebuilt_, step, *recorded);
    if (!replayed.refusal.empty()) {
      Find(step.sequence, "replay", "a step that the machine takes", std::move(replayed.refusal));
    }
    for (Difference& one : replayed.differences) {
      Find(step.sequence, std::move(one.field), std::move(one.expected), std::move(one.found));
    }
    if (replayed.refusal.empty() && answer->compensation) {
      CheckCompensation(step, *answer->compensation, replayed.after);
    }
    exact = replayed.refusal.empty() && replayed.differences.empty();
    if (exact) rebuilt_ = std::move(replayed.after);
    ++report_.steps_replayed;
  }
  if (!exact) rebuilt_.current = *recorded;
  if (answer->compensation) {
    const Compensation& one = *answer->compensation;
    rebuilt_.compensations.insert_or_assign({one.shop, one.case_id, one.number}, one);
  }
  rebuilt_.current.last_hash = step.hash;
}

void HistoryCheck::CompareRow(const StoredCase& stored) {
  if (!knows_opening_) {
    CopyOpeningFields(stored.row, rebuilt_.current);
    report_.unproved.assign(std::begin(kOpeningFields), std::end(kOpeningFields));
  }
  for (Difference& one : DifferencesOf(rebuilt_.current, stored.row)) {
    Find(0, "case." + one.field, std::move(one.expected), std::move(one.found));
  }
  for (const Difference& one : stored.beside) {
    Find(0, "case." + one.field, one.expected, one.found);
  }
  CompareCompensations(stored);
  const std::string_view kind = KindOf(rebuilt_.current);
  if (stored.kind != kind) Find(0, "case.kind", std::string(kind), stored.kind);
  if (stored.timer_at != stored.row.TimerAt()) {
    Find(0, "case.timer_at", Number(stored.row.TimerAt()), Number(stored.timer_at));
  }
}

HistoryReport HistoryCheck::Finish(const std::optional<StoredCase>& stored) && {
  if (!stored) {
    Find(0, "case", "the row of the case", "no row");
  } else {
    report_.number = stored->row.number;
    if (report_.steps == 0) {
      Find(1, "sequence", "an opening step", "no steps");
    } else {
      CompareRow(*stored);
    }
  }
  return std::move(report_);
}

}  // namespace redress::aftersales
