#include "services/aftersales/domain/bank_result_teller.h"

#include <future>
#include <memory>
#include <utility>

#include "services/platform/base/crash_point.h"

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

constexpr char kBankContradicts[] = "BANK_CONTRADICTS";

PaymentAnswer SaidOf(const BankPayment& payment) {
  switch (payment.state) {
    case BankPaymentState::kAccepted:
      return {PaymentResult::kSettled, payment.bank_reference, {}};
    case BankPaymentState::kRejected:
      return {PaymentResult::kFailed, {}, payment.reason};
    default:
      return {PaymentResult::kUnknown, {}, payment.reason};
  }
}

// The case has moved on, as opposed to a call that could not be made.
bool IsAnswer(const Refusal& refusal) {
  return refusal.code() == Code::kFailedPrecondition || refusal.code() == Code::kAborted ||
         refusal.code() == Code::kNotFound;
}

}  // namespace

BankResultTeller::BankResultTeller(Options options, BankRunRepository& runs,
                                   SettlementRepository& settlements, CaseEngine& engine,
                                   const platform::Clock& clock)
    : options_(std::move(options)),
      runs_(runs),
      settlements_(settlements),
      engine_(engine),
      clock_(clock) {}

bool BankResultTeller::Round() {
  const std::int64_t now = clock_.NowUs();
  for (const auto& [shop, id] : runs_.Overdue(now, options_.at_once)) {
    runs_.Change(
        shop, id, {}, [now](LoadedRun& loaded) { ExpireAnswers(loaded, now); }, now);
  }
  const auto due = runs_.DueToTell(clock_.NowUs(), options_.at_once);
  return Tell(due) && due.size() == options_.at_once;
}

void BankResultTeller::TellOf(ShopId shop, BankRunId id) {
  while (true) {
    const auto due = runs_.DueToTell(shop, id, options_.at_once);
    if (due.empty() || !Tell(due)) return;
  }
}

bool BankResultTeller::Tell(std::span<const BankPayment> due) {
  bool all = true;
  const auto attempt = [&](const auto& work) {
    try {
      work();
    } catch (const std::exception& error) {
      all = false;  // stays due
      Failed(error);
    }
  };
  std::vector<std::pair<const BankPayment*, std::future<Verdict>>> under_way;
  for (const BankPayment& payment : due) {
    attempt([&] {
      if (payment.tell == BankTell::kStop) return Stop(payment);
      auto command =
          Make(payment, "", RecordPayment{AnswerTo(payment), payment.attempt, /*from_bank=*/true});
      const auto promise = std::make_shared<std::promise<Verdict>>();
      auto verdict = promise->get_future();
      command->done = [promise](Command& done) { promise->set_value(std::move(done.result)); };
      engine_.Submit(std::move(command));
      under_way.emplace_back(&payment, std::move(verdict));
    });
  }
  for (auto& [payment, verdict] : under_way) {
    attempt([&, payment = payment, &verdict = verdict] { Conclude(*payment, verdict.get()); });
  }
  return all;
}

// After a failure the next attempt goes out by itself. Not so where another of the case's payments
// may have been made: then a person reconciles it.
PaymentAnswer BankResultTeller::AnswerTo(const BankPayment& payment) {
  PaymentAnswer answer = SaidOf(payment);
  if (answer.result == PaymentResult::kFailed && runs_.NeedsPerson(payment.shop, payment.case_id)) {
    answer = {PaymentResult::kUnknown, {}, ("rejected, to be reconciled: " + payment.reason)};
    answer.reason = answer.reason.substr(0, 200);
  }
  return answer;
}

void BankResultTeller::Conclude(const BankPayment& payment, const Verdict& verdict) {
  const auto* refusal = std::get_if<Refusal>(&verdict);
  if (refusal == nullptr) {
    aftersales::AnswerOf(verdict, "of a bank's result");
    platform::CrashPoint(platform::kAfterStepBeforeMark);
    return runs_.MarkTold(payment);
  }
  if (!IsAnswer(*refusal)) throw *refusal;
  // What was not paid has nothing left to change.
  if (payment.state != BankPaymentState::kAccepted) return runs_.MarkTold(payment);
  const auto settlement = settlements_.Find(payment.shop, payment.case_id);
  if (settlement && settlement->state == SettlementState::kSettled &&
      settlement->payment_reference == payment.bank_reference) {
    return runs_.MarkTold(payment);
  }
  const std::int64_t now = clock_.NowUs();
  runs_.Change(
      payment.shop, payment.run, {},
      [&](LoadedRun& loaded) {
        NoteCaseContradicts(loaded, payment.position,
                            "paid as " + payment.bank_reference + "; " + refusal->message(), now);
      },
      now);
}

// Nothing more is paid for the case by itself, and finance is called.
void BankResultTeller::Stop(const BankPayment& payment) {
  const std::string why = payment.attention + ": " + payment.attention_detail;
  Applied(
      Make(payment, ":stop",
           RecordPayment{{PaymentResult::kUnknown, {}, why.substr(0, 200)}, std::nullopt, true}));
  Applied(Make(payment, ":call",
               CallPerson{workflows::refund::PersonQueue::kFinance, kBankContradicts}));
  platform::CrashPoint(platform::kAfterStepBeforeMark);
  runs_.MarkTold(payment);
}

std::unique_ptr<Command> BankResultTeller::Make(const BankPayment& payment, const std::string& what,
                                                CommandBody body) const {
  auto command = std::make_unique<Command>();
  command->shop = payment.shop;
  command->case_id = payment.case_id;
  command->origin = Origin::kLink;
  command->request_id = "bankrun:" + platform::ToString(payment.run) + ":" +
                        std::to_string(payment.position) + ":" +
                        std::to_string(payment.tell_number) + what;
  command->sender.kind = workflows::refund::ActorKind::kService;
  command->sender.client = "redress-aftersales";
  command->body = std::move(body);
  return command;
}

bool BankResultTeller::Applied(std::unique_ptr<Command> command) {
  try {
    engine_.Apply(std::move(command));
    return true;
  } catch (const Refusal& refusal) {
    if (!IsAnswer(refusal)) throw;
    return false;
  }
}

void BankResultTeller::Failed(const std::exception& error) const {
  if (options_.on_failure) options_.on_failure(error);
}

}  // namespace redress::aftersales
