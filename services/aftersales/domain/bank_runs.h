#pragma once

// Bank runs as finance uses them.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/aftersales/domain/bank_result_teller.h"
#include "services/aftersales/domain/bank_run_repository.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"

namespace redress::aftersales {

struct NewBankRun {
  std::string currency;         // empty: the only one that waits
  std::size_t most = 0;         // 0: kMostBankPayments
  std::int64_t most_minor = 0;  // 0: no limit
  AccountId by = {};
};

// Thread-safe; references outlive it.
class BankRuns {
 public:
  struct Options {
    bool enabled = false;  // the deployment pays by bank runs
    std::int64_t answer_within_us = 3 * platform::kDayUs;
  };
  struct Uses {
    BankRunRepository& runs;
    OrderNumberSource& numbers;
    BankResultTeller& teller;
    platform::IdSource& ids;
    const platform::Clock& clock;
  };
  BankRuns(Options options, Uses uses) : options_(options), uses_(uses) {}

  BankRun Create(ShopId shop, const NewBankRun& asked, const WriteRequest& request);
  // The run after its (first) export, and its file.
  struct File {
    BankRun run;
    std::string content;
  };
  File Export(ShopId shop, BankRunId id);
  BankRun HandOver(ShopId shop, BankRunId id, std::uint32_t version, bool despite_called_off,
                   const WriteRequest& request);
  BankRun Dissolve(ShopId shop, BankRunId id, std::uint32_t version, const WriteRequest& request);

  struct Imported {
    BankRun run;
    std::vector<BankLineVerdict> lines;
  };
  // Records each line's result, then tells the cases; what could not be told is told later.
  Imported Import(ShopId shop, BankRunId id, std::span<const ReadResultLine> lines);

 private:
  std::string OnlyCurrency(ShopId shop);
  void NameOrders(ShopId shop, std::vector<BankPayment>& payments);

  const Options options_;
  const Uses uses_;
};

}  // namespace redress::aftersales
