#pragma once

#include "services/aftersales/domain/bank_run_repository.h"
#include "services/aftersales/domain/settlement.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

// Payments go out in files that finance makes from what waits, and the bank's word is told to cases
// as it comes in: of the commands only cancelling is wanted, since a payment that is called off may
// be under way. What is in no run may have been paid by hand: its outcome stays unknown until a
// person says what became of it.
class BankRunSettlementAdapter final : public SettlementAdapter {
 public:
  BankRunSettlementAdapter(BankRunRepository& runs, const platform::Clock& clock)
      : runs_(runs), clock_(clock) {}

  bool SendsCommands() const override { return true; }
  bool Sends(SettlementCommand command) const override {
    return command == SettlementCommand::kCancel;
  }
  PaymentAnswer Pay(const Settlement&) override { return {}; }
  PaymentAnswer Query(const Settlement& settlement) override;
  void Cancel(const Settlement& settlement) override;

 private:
  BankRunRepository& runs_;
  const platform::Clock& clock_;
};

}  // namespace redress::aftersales
