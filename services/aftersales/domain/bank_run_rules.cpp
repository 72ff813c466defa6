#include "services/aftersales/domain/bank_run_rules.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "services/aftersales/domain/bank_run_file.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/money.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

constexpr std::size_t kLongestDetail = 200;
constexpr char kCompare[] =
    "compare with the bank's statement, then record on the case what became of its payment";

std::string_view NameOf(BankRunState state) {
  switch (state) {
    case BankRunState::kOpen:
      return "open";
    case BankRunState::kExported:
      return "exported";
    case BankRunState::kHandedOver:
      return "handed over";
    case BankRunState::kAnswered:
      return "answered";
    case BankRunState::kDissolved:
      break;
  }
  return "dissolved";
}

Refusal WrongState(const BankRun& run, const std::string& expected, const std::string& remedy) {
  const std::string found(NameOf(run.state));
  return Refusal(Code::kFailedPrecondition, "RUN_STATE",
                 "The run is " + found + ", not " + expected + "; " + remedy)
      .With("expected", expected)
      .With("found", found);
}

void Touch(LoadedRun& loaded, std::int64_t now_us) {
  BankRun& run = loaded.run;
  ++run.version;
  run.updated_at = now_us;
  run.payments = run.left_out = run.accepted = run.rejected = run.unknown = run.attention = 0;
  run.total = 0;
  for (const BankPayment& payment : loaded.payments) {
    if (!payment.attention.empty()) ++run.attention;
    if (payment.state == BankPaymentState::kLeftOut) {
      ++run.left_out;
      continue;
    }
    ++run.payments;
    run.total += payment.amount;
    if (payment.state == BankPaymentState::kAccepted) ++run.accepted;
    if (payment.state == BankPaymentState::kRejected) ++run.rejected;
    if (payment.state == BankPaymentState::kUnknown) ++run.unknown;
  }
  if (run.state == BankRunState::kHandedOver && run.accepted + run.rejected == run.payments) {
    run.state = BankRunState::kAnswered;
    run.answer_due_at = 0;
  }
}

void SetTell(BankPayment& payment, BankTell tell, std::int64_t now_us) {
  payment.tell = tell;
  payment.tell_at = now_us;
  ++payment.tell_number;
}

// False when the same was found before: then nobody has to be told again.
bool CallPerson(BankPayment& payment, std::string_view why, std::string detail,
                std::int64_t now_us) {
  detail = detail.substr(0, kLongestDetail);
  if (payment.attention == why && payment.attention_detail == detail) return false;
  payment.attention = why;
  payment.attention_detail = std::move(detail);
  SetTell(payment, BankTell::kStop, now_us);
  return true;
}

std::string TextOf(const BankResultLine& line) {
  std::string text(NameOf(line.result));
  if (!line.bank_reference.empty()) text += " " + line.bank_reference;
  if (!line.reason.empty()) text += " (" + line.reason + ")";
  return text;
}

BankPaymentState StateOf(BankResult result) {
  switch (result) {
    case BankResult::kAccepted:
      return BankPaymentState::kAccepted;
    case BankResult::kRejected:
      return BankPaymentState::kRejected;
    case BankResult::kUnknown:
      break;
  }
  return BankPaymentState::kUnknown;
}

// One line against its payment.
class LineJudge {
 public:
  LineJudge(const BankRun& run, const BankResultLine& line, BankPayment& payment,
            BankLineVerdict& verdict, std::int64_t now_us)
      : run_(run), line_(line), payment_(payment), verdict_(verdict), now_us_(now_us) {}

  void Judge() {
    verdict_.case_id = payment_.case_id;
    verdict_.case_number = payment_.case_number;
    if (line_.currency != run_.currency) {
      return Attention(attention::kCurrencyDiffers, line_.amount + " " + line_.currency, "currency",
                       "is not the payment's, " + run_.currency);
    }
    const std::string ours = BankAmount(payment_.amount, run_.currency);
    if (platform::Decimal::Parse(line_.amount) != platform::Decimal::Parse(ours)) {
      return Attention(attention::kAmountDiffers, line_.amount + " " + line_.currency, "amount",
                       "is not the payment's, " + ours);
    }
    if (run_.state == BankRunState::kDissolved || payment_.state == BankPaymentState::kLeftOut) {
      return JudgeUnasked();
    }
    const BankPaymentState said = StateOf(line_.result);
    if (payment_.state == BankPaymentState::kWaiting ||
        (payment_.state == BankPaymentState::kUnknown && said != BankPaymentState::kUnknown)) {
      return Apply(said);
    }
    if (said != payment_.state) {
      return Attention(attention::kResultContradicts, TextOf(line_), "result",
                       "contradicts what the bank said before");
    }
    if (said == BankPaymentState::kAccepted && line_.bank_reference != payment_.bank_reference) {
      return Attention(attention::kAcceptedTwice, TextOf(line_), "bank_reference",
                       "is not the one of before, " + payment_.bank_reference);
    }
    verdict_.outcome = BankLineOutcome::kRepeated;
  }

 private:
  // The file should never have come to the bank.
  void JudgeUnasked() {
    if (line_.result == BankResult::kAccepted) {
      return Attention(attention::kPaidUnasked, TextOf(line_), "result",
                       run_.state == BankRunState::kDissolved
                           ? "is a payment of a run that was dissolved"
                           : "is a payment that was left out of the file");
    }
    verdict_.outcome = BankLineOutcome::kRepeated;
  }

  void Apply(BankPaymentState said) {
    payment_.state = said;
    payment_.bank_reference = said == BankPaymentState::kAccepted ? line_.bank_reference : "";
    payment_.reason = line_.reason;
    payment_.answered_at = now_us_;
    // Called off and not paid: nothing is left to look at.
    if (said == BankPaymentState::kRejected && payment_.attention == attention::kCalledOff) {
      payment_.attention.clear();
      payment_.attention_detail.clear();
    }
    SetTell(payment_, BankTell::kResult, now_us_);
    verdict_.outcome = BankLineOutcome::kApplied;
  }

  void Attention(std::string_view why, const std::string& detail, const char* column,
                 std::string problem) {
    CallPerson(payment_, why, detail, now_us_);
    verdict_.outcome = BankLineOutcome::kAttention;
    verdict_.column = column;
    verdict_.problem = std::move(problem);
    verdict_.remedy = kCompare;
  }

  const BankRun& run_;
  const BankResultLine& line_;
  BankPayment& payment_;
  BankLineVerdict& verdict_;
  const std::int64_t now_us_;
};

}  // namespace

std::vector<BankPayment> ChoosePayments(std::span<const Settlement> waiting, std::size_t most,
                                        std::int64_t most_minor) {
  std::vector<BankPayment> chosen;
  std::int64_t total = 0;
  for (const Settlement& one : waiting) {
    if (chosen.size() == most) break;
    if (most_minor != 0 && one.amount > most_minor - total) continue;
    total += one.amount;
    BankPayment& payment = chosen.emplace_back();
    payment.shop = one.shop;
    payment.position = static_cast<std::uint32_t>(chosen.size());
    payment.case_id = one.case_id;
    payment.attempt = one.attempts;
    payment.case_number = one.case_number;
    payment.order = one.order;
    payment.amount = one.amount;
  }
  return chosen;
}

void Export(LoadedRun& loaded, std::int64_t now_us) {
  if (loaded.run.IsOut()) return;
  if (loaded.run.state != BankRunState::kOpen) {
    throw WrongState(loaded.run, "open or exported", "make a new run");
  }
  std::size_t out = 0;
  for (BankPayment& payment : loaded.payments) {
    const auto settlement = loaded.settlements.find(payment.case_id);
    if (settlement != loaded.settlements.end() && IsPayable(settlement->second, payment)) {
      settlement->second.out_attempt = payment.attempt;
      ++out;
      continue;
    }
    payment.state = BankPaymentState::kLeftOut;
    payment.claims = false;
  }
  if (out == 0) {
    throw Refusal(Code::kFailedPrecondition, "NOTHING_TO_PAY",
                  "None of the run's payments waits any more; dissolve the run.");
  }
  loaded.run.state = BankRunState::kExported;
  loaded.run.exported_at = now_us;
  Touch(loaded, now_us);
  loaded.run.file_digest = platform::Sha256(BankRunFile(loaded.run, loaded.payments));
}

void CheckVersion(const BankRun& run, std::uint32_t version) {
  if (run.version != version) throw platform::VersionConflict(version, run.version);
}

void HandOver(LoadedRun& loaded, bool despite_called_off, std::int64_t answer_due_at,
              std::int64_t now_us) {
  BankRun& run = loaded.run;
  if (run.state != BankRunState::kExported) {
    throw WrongState(run, "exported", "only an exported file can be handed over, and only once");
  }
  std::vector<const BankPayment*> called_off;
  for (const BankPayment& payment : loaded.payments) {
    if (payment.state == BankPaymentState::kLeftOut) continue;
    const auto settlement = loaded.settlements.find(payment.case_id);
    if (settlement == loaded.settlements.end() || !IsPayable(settlement->second, payment)) {
      called_off.push_back(&payment);
    }
  }
  if (!called_off.empty() && !despite_called_off) {
    throw Refusal(Code::kFailedPrecondition, "PAYMENTS_CALLED_OFF",
                  std::to_string(called_off.size()) +
                      " of the run's cases went another way since the export, the first is #" +
                      std::to_string(called_off.front()->case_number) +
                      ": dissolve the run and make a new one, unless the bank has the file already")
        .With("called_off", std::to_string(called_off.size()))
        .With("case_number", std::to_string(called_off.front()->case_number));
  }
  run.state = BankRunState::kHandedOver;
  run.handed_over_at = now_us;
  run.answer_due_at = answer_due_at;
  Touch(loaded, now_us);
}

void Dissolve(LoadedRun& loaded, std::int64_t now_us) {
  BankRun& run = loaded.run;
  if (run.state != BankRunState::kOpen && run.state != BankRunState::kExported) {
    throw WrongState(run, "open or exported",
                     run.state == BankRunState::kDissolved ? "nothing is left to do"
                                                           : "import what the bank answers");
  }
  for (BankPayment& payment : loaded.payments) {
    payment.claims = false;
    // It will not be paid: nothing is left to look at.
    if (payment.attention == attention::kCalledOff) {
      payment.attention.clear();
      payment.attention_detail.clear();
    }
    const auto settlement = loaded.settlements.find(payment.case_id);
    if (settlement != loaded.settlements.end() &&
        settlement->second.out_attempt == payment.attempt &&
        payment.state != BankPaymentState::kLeftOut) {
      settlement->second.out_attempt = 0;
    }
  }
  run.state = BankRunState::kDissolved;
  Touch(loaded, now_us);
}

std::vector<BankLineVerdict> TakeResults(LoadedRun& loaded, std::span<const ReadResultLine> lines,
                                         std::int64_t now_us) {
  BankRun& run = loaded.run;
  if (run.state == BankRunState::kOpen || run.state == BankRunState::kExported) {
    throw WrongState(run, "handed over", "say first that the bank has its file");
  }
  std::unordered_map<std::string, BankPayment*> by_reference;
  for (BankPayment& payment : loaded.payments) by_reference[ReferenceOf(payment)] = &payment;
  const std::vector<BankPayment> before = loaded.payments;
  std::vector<BankLineVerdict> verdicts;
  for (const ReadResultLine& read : lines) {
    BankLineVerdict& verdict = verdicts.emplace_back();
    if (const auto* bad = std::get_if<BadResultLine>(&read)) {
      verdict = {
          bad->line,  BankLineOutcome::kRefused, bad->reference, {}, 0, bad->column, bad->problem,
          bad->remedy};
      continue;
    }
    const auto& line = std::get<BankResultLine>(read);
    verdict.line = line.line;
    verdict.reference = line.reference;
    const auto found = by_reference.find(line.reference);
    if (found != by_reference.end()) {
      LineJudge(run, line, *found->second, verdict, now_us).Judge();
      continue;
    }
    verdict.outcome = BankLineOutcome::kAttention;
    verdict.column = "reference";
    verdict.problem = "names no payment of this run";
    verdict.remedy = "look whether the file belongs to another run, or ask the bank";
    loaded.strange.push_back({line.line, line.reference, line.amount, line.currency,
                              std::string(NameOf(line.result)), line.bank_reference, now_us});
  }
  if (run.strange_lines + loaded.strange.size() > kMostStrangeLines) {
    throw Refusal(
        Code::kFailedPrecondition, "LINES_OF_ANOTHER_RUN",
        "More than 1,000 lines name no payment of this run; look whether the file belongs "
        "to another one. Nothing of this piece was taken.");
  }
  // Lines that say nothing new leave the run as it is.
  if (!loaded.strange.empty() || loaded.payments != before) Touch(loaded, now_us);
  return verdicts;
}

void ExpireAnswers(LoadedRun& loaded, std::int64_t now_us) {
  BankRun& run = loaded.run;
  if (run.answer_due_at == 0 || run.answer_due_at > now_us) return;
  run.answer_due_at = 0;
  for (BankPayment& payment : loaded.payments) {
    if (payment.state != BankPaymentState::kWaiting) continue;
    payment.state = BankPaymentState::kUnknown;
    payment.reason = "no answer from the bank in time";
    SetTell(payment, BankTell::kResult, now_us);
  }
  Touch(loaded, now_us);
}

void CallOff(LoadedRun& loaded, CaseId of, std::uint32_t attempt, std::int64_t now_us) {
  if (!loaded.run.IsOut()) return;
  for (BankPayment& payment : loaded.payments) {
    if (payment.case_id != of || payment.attempt != attempt) continue;
    const bool may_be_paid =
        payment.state == BankPaymentState::kWaiting || payment.state == BankPaymentState::kUnknown;
    if (!may_be_paid || !payment.attention.empty()) return;
    CallPerson(payment, attention::kCalledOff, "the case went another way", now_us);
    return Touch(loaded, now_us);
  }
}

void NoteCaseContradicts(LoadedRun& loaded, std::uint32_t position, const std::string& found,
                         std::int64_t now_us) {
  for (BankPayment& payment : loaded.payments) {
    if (payment.position != position) continue;
    CallPerson(payment, attention::kCaseContradicts, found, now_us);
    return Touch(loaded, now_us);
  }
}

}  // namespace redress::aftersales
