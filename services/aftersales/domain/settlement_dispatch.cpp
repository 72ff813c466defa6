#include "services/aftersales/domain/settlement_dispatch.h"

#include <memory>
#include <string>

namespace redress::aftersales {

SettlementDispatch::SettlementDispatch(Options options, SettlementRepository& settlements,
                                       SettlementAdapter& adapter, CaseEngine& engine,
                                       const platform::Clock& clock)
    : options_(std::move(options)),
      settlements_(settlements),
      adapter_(adapter),
      engine_(engine),
      clock_(clock) {}

bool SettlementDispatch::Round() {
  if (!adapter_.SendsCommands()) return false;
  const auto due = settlements_.DueCommands(clock_.NowUs(), options_.at_once);
  bool failed = false;
  for (const Settlement& settlement : due) {
    try {
      Send(settlement);
    } catch (const std::exception& error) {
      failed = true;  // stays due
      if (options_.on_failure) options_.on_failure(error);
    }
  }
  return !failed && due.size() == options_.at_once;
}

void SettlementDispatch::Send(const Settlement& settlement) {
  const PaymentAnswer answer = Ask(settlement);
  const bool asks = settlement.command == SettlementCommand::kQuery;
  const bool open =
      answer.result == PaymentResult::kUnknown || answer.result == PaymentResult::kWaiting;
  if (asks && open) {
    settlements_.MarkSent(settlement, clock_.NowUs() + options_.ask_again_us);
    return;
  }
  // An answer is recorded before the command is taken off: a crash in between sends it again.
  if (settlement.command != SettlementCommand::kCancel &&
      answer.result != PaymentResult::kWaiting) {
    Record(settlement, answer);
  }
  settlements_.MarkSent(settlement, 0);
}

PaymentAnswer SettlementDispatch::Ask(const Settlement& settlement) {
  try {
    switch (settlement.command) {
      case SettlementCommand::kPay:
        return adapter_.Pay(settlement);
      case SettlementCommand::kQuery:
        return adapter_.Query(settlement);
      case SettlementCommand::kCancel:
        adapter_.Cancel(settlement);
        break;
      case SettlementCommand::kNone:
        break;
    }
    return {};
  } catch (const std::exception& error) {
    if (settlement.command == SettlementCommand::kCancel) throw;
    return {PaymentResult::kUnknown, {}, std::string(error.what()).substr(0, 200)};
  }
}

void SettlementDispatch::Record(const Settlement& settlement, const PaymentAnswer& answer) {
  auto command = std::make_unique<Command>();
  command->shop = settlement.shop;
  command->case_id = settlement.case_id;
  command->origin = Origin::kLink;
  command->request_id = "payment:" + platform::ToString(settlement.case_id) + ":" +
                        std::to_string(settlement.attempts) + ":" +
                        std::to_string(static_cast<int>(settlement.command));
  command->sender.kind = workflows::refund::ActorKind::kService;
  command->sender.client = "redress-aftersales";
  command->body = RecordPayment{answer};
  try {
    engine_.Apply(std::move(command));
  } catch (const platform::Refusal& refusal) {
    // The case has moved on (the platform paid, say): the answer has nothing left to change.
    if (refusal.code() != platform::Code::kFailedPrecondition) throw;
  }
}

}  // namespace redress::aftersales
