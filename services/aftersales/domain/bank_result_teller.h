#pragma once

// Tells cases what banks said, at least once and under one identity each, so that a repeat changes
// nothing. What the bank paid and the case cannot take goes to finance.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "services/aftersales/domain/bank_run_repository.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/settlement_repository.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

class BankResultTeller {
 public:
  struct Options {
    std::size_t at_once = 64;
    std::function<void(const std::exception&)> on_failure;
  };
  // References outlive the teller.
  BankResultTeller(Options options, BankRunRepository& runs, SettlementRepository& settlements,
                   CaseEngine& engine, const platform::Clock& clock);

  // One round over all shops: runs whose time is up, then what is due to be told. True when there
  // may be more.
  bool Round();
  // What one run has to tell; what fails stays due.
  void TellOf(ShopId shop, BankRunId id);

 private:
  // Answers whether all of it was told.
  bool Tell(std::span<const BankPayment> due);
  PaymentAnswer AnswerTo(const BankPayment& payment);
  void Conclude(const BankPayment& payment, const Verdict& verdict);
  void Stop(const BankPayment& payment);
  std::unique_ptr<Command> Make(const BankPayment& payment, const std::string& what,
                                CommandBody body) const;
  // Whether the case took it; throws what is no answer of the case.
  bool Applied(std::unique_ptr<Command> command);
  void Failed(const std::exception& error) const;

  const Options options_;
  BankRunRepository& runs_;
  SettlementRepository& settlements_;
  CaseEngine& engine_;
  const platform::Clock& clock_;
};

}  // namespace redress::aftersales
