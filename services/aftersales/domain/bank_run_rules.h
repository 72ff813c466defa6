#pragma once

// What may happen to a bank run, decided over its locked rows. Pure: each function changes the rows
// that it is given, or throws a Refusal and leaves them to be forgotten.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "services/aftersales/domain/bank_result_file.h"
#include "services/aftersales/domain/bank_run.h"

namespace redress::aftersales {

// A run with all its payments, by position; `settlements` only where they were asked for.
struct LoadedRun {
  BankRun run;
  std::vector<BankPayment> payments;
  std::map<CaseId, Settlement> settlements;
  std::vector<StrangeBankLine> strange;  // to be kept
};

// Of payments that wait, by waiting time: the first ones, passing over what would exceed `most`
// payments or `most_minor` in all (0: no limit).
std::vector<BankPayment> ChoosePayments(std::span<const Settlement> waiting, std::size_t most,
                                        std::int64_t most_minor);

// The first export fixes what is in the file: what no longer waits is left out, the others are
// marked as out on their settlements. Later ones change nothing.
void Export(LoadedRun& loaded, std::int64_t now_us);

void CheckVersion(const BankRun& run, std::uint32_t version);
// Refuses with PAYMENTS_CALLED_OFF when cases went another way meanwhile, unless it is
// `despite_called_off`.
void HandOver(LoadedRun& loaded, bool despite_called_off, std::int64_t answer_due_at,
              std::int64_t now_us);
void Dissolve(LoadedRun& loaded, std::int64_t now_us);

enum class BankLineOutcome : std::uint8_t {
  kApplied = 1,
  kRepeated = 2,
  kRefused = 3,
  kAttention = 4,
};
struct BankLineVerdict {
  std::uint32_t line = 0;
  BankLineOutcome outcome = BankLineOutcome::kApplied;
  std::string reference;
  CaseId case_id;
  std::uint64_t case_number = 0;
  std::string column;
  std::string problem;
  std::string remedy;
};
// Judges each line by itself, in order. Refuses all of them for a run that the bank cannot know:
// RUN_STATE for one that was not handed over, LINES_OF_ANOTHER_RUN beyond 1,000 strange lines.
std::vector<BankLineVerdict> TakeResults(LoadedRun& loaded, std::span<const ReadResultLine> lines,
                                         std::int64_t now_us);

// The bank did not answer in time: payments that wait become unknown.
void ExpireAnswers(LoadedRun& loaded, std::int64_t now_us);
// A case went another way while its payment is under way.
void CallOff(LoadedRun& loaded, CaseId of, std::uint32_t attempt, std::int64_t now_us);
// The bank has paid, and the case cannot take it.
void NoteCaseContradicts(LoadedRun& loaded, std::uint32_t position, const std::string& found,
                         std::int64_t now_us);

}  // namespace redress::aftersales
