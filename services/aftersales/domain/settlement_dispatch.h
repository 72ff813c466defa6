#pragma once

// Sends payment commands to the adapter, at least once, and turns its answers into steps. A payment
// of unknown outcome is asked about until it is known; nothing is paid again before that.

#include <cstdint>
#include <functional>

#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/settlement_repository.h"
#include "services/platform/base/clock.h"

namespace redress::aftersales {

class SettlementDispatch {
 public:
  struct Options {
    std::size_t at_once = 64;
    std::int64_t ask_again_us = 60 * platform::kSecondUs;
    std::function<void(const std::exception&)> on_failure;
  };

  SettlementDispatch(Options options, SettlementRepository& settlements, SettlementAdapter& adapter,
                     CaseEngine& engine, const platform::Clock& clock);

  // One round: sends what is due. True when there may be more.
  bool Round();

 private:
  void Send(const Settlement& settlement);
  PaymentAnswer Ask(const Settlement& settlement);
  void Record(const Settlement& settlement, const PaymentAnswer& answer);

  const Options options_;
  SettlementRepository& settlements_;
  SettlementAdapter& adapter_;
  CaseEngine& engine_;
  const platform::Clock& clock_;
};

}  // namespace redress::aftersales
