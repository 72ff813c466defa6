#pragma once

// Whether a case's history is what it was: its steps unaltered and complete, and the case the one
// that they lead to. Pure; steps are given one after another, so that memory does not grow with
// them.
//
// What an intact history proves:
//   * No column of a step was altered, no step removed, added or moved, unless every hash from
//     there on and the case's last_hash were made anew: the chain has no key. Whoever noted a
//     step's hash elsewhere sees that, too.
//   * Each step is one that the machine can have made of the case before it (see replay.h), and the
//     case's row, like the rows of its compensations, is the result of the last: nothing but steps
//     has changed it. `timer_at` follows from the row, `kind` is fixed.
//   * Texts that can still be opened are those that the steps were made with.
// What it does not prove: the facts that no event records (see replay.h); the task and settlement
// that a snapshot shows beside the case, beyond their being in the hash; steps of another version
// of the machine, of which the chain, the times and the states are checked but nothing is replayed;
// and the fields in HistoryReport::unproved.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/aftersales/domain/replay.h"
#include "services/aftersales/domain/step.h"

namespace redress::aftersales {

// A case's row, with the columns that a Case leaves out.
struct StoredCase {
  Case row;
  std::string kind;
  std::int64_t timer_at = 0;
  // What reading the row found already: bytes that no version has written, or values in columns
  // that the row's kind leaves alone.
  std::vector<Difference> beside = {};
  std::vector<Compensation> compensations = {};  // of the same moment
};

// What lies sealed beside a step.
struct StoredText {
  enum class State {
    kOpened,
    kErased,  // its person's key was destroyed
    kBroken,  // altered, or sealed for somebody else
  };
  std::uint32_t sequence = 0;
  State state = State::kOpened;
  Hash digest{};  // kOpened only
};

struct Finding {
  std::uint32_t sequence = 0;  // of the step; 0: the case's row
  // A column of the step, `snapshot.COLUMN`, `text`, or `case.COLUMN`; `replay` for a step that the
  // machine cannot have made at all.
  std::string field;
  std::string expected;
  std::string found;
};

inline constexpr std::size_t kMostFindings = 100;

struct HistoryReport {
  CaseId id;
  std::uint64_t number = 0;  // 0: there is no row
  std::uint32_t steps = 0;
  std::uint32_t steps_replayed = 0;  // the others are of another version of the machine
  std::uint32_t texts_checked = 0;
  std::uint32_t texts_unreadable = 0;  // erased, or no longer kept
  std::vector<Finding> findings;       // the first kMostFindings
  bool more_findings = false;
  // Columns of the row that this history does not vouch for.
  std::vector<std::string> unproved;
  Hash last_hash{};

  bool intact() const { return findings.empty(); }
};

class HistoryCheck {
 public:
  HistoryCheck(ShopId shop, CaseId id);

  // The next step by sequence, and what lies sealed beside it.
  void Take(const Step& step, const StoredText* text);
  // The highest sequence that was taken.
  std::uint32_t last_sequence() const { return last_.sequence; }
  // Without `stored` there is no row. Call once.
  HistoryReport Finish(const std::optional<StoredCase>& stored) &&;

 private:
  void Find(std::uint32_t sequence, std::string field, std::string expected, std::string found);
  void CheckPlace(const Step& step);
  void CheckText(const Step& step, const StoredText* text);
  void NoteFixed(std::uint64_t number, const LineFacts& line);
  void NoteOpening(const Step& step);
  void CheckReason(const Step& step, const Case& after, const DeadlineBasis& reason);
  void CheckCompensation(const Step& step, const Compensation& recorded,
                         const RebuiltCase& replayed);
  void CompareCompensations(const StoredCase& stored);
  void Rebuild(const Step& step, bool follows);
  void CompareRow(const StoredCase& stored);

  HistoryReport report_;
  Step last_;  // as it was taken
  RebuiltCase rebuilt_;
  bool knows_opening_ = false;
};

}  // namespace redress::aftersales
