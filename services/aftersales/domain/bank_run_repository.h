#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "services/aftersales/domain/bank_run.h"
#include "services/aftersales/domain/bank_run_rules.h"
#include "services/aftersales/domain/request.h"

namespace redress::aftersales {

struct BankRunQuery {
  ShopId shop;
  std::optional<BankRunState> state = std::nullopt;
  BankRunId before = {};  // 0: from the newest
  std::size_t limit = 50;
};
struct BankPaymentQuery {
  ShopId shop;
  BankRunId run;
  std::optional<BankPaymentState> state = std::nullopt;
  bool attention_only = false;
  std::uint32_t after = 0;  // position
  std::size_t limit = 50;
};

class BankRunRepository {
 public:
  virtual ~BankRunRepository() = default;

  // Currencies of payments that wait and are in no run.
  virtual std::vector<std::string> WaitingCurrencies(ShopId shop) = 0;
  // Payments that wait and are in no run, the oldest case first.
  virtual std::vector<Settlement> Waiting(ShopId shop, const std::string& currency,
                                          std::size_t limit) = 0;
  // Stores the run with those of the payments that no other run has taken meanwhile: the unique key
  // decides. Nothing when none is left (then nothing is stored). A repeat of the request gets the
  // run that it made.
  virtual std::optional<BankRun> Create(const BankRun& run, std::span<const BankPayment> payments,
                                        const WriteRequest& request) = 0;

  virtual std::optional<BankRun> Find(ShopId shop, BankRunId id) = 0;
  virtual std::vector<BankRun> List(const BankRunQuery& query) = 0;  // newest first
  virtual std::vector<BankPayment> Payments(const BankPaymentQuery& query) = 0;
  virtual std::vector<StrangeBankLine> StrangeLines(ShopId shop, BankRunId id,
                                                    std::size_t limit) = 0;

  using Decide = std::function<void(LoadedRun&)>;
  struct ChangeOptions {
    bool with_settlements = false;  // locks them, too
    std::optional<WriteRequest> request = std::nullopt;
  };
  // In one transaction: locks the run, loads it, has it decided (perhaps several times), and writes
  // what has changed. A repeat of the request gets its first answer. Throws NotFound.
  virtual BankRun Change(ShopId shop, BankRunId id, const ChangeOptions& options,
                         const Decide& decide, std::int64_t now_us) = 0;

  // What cases have to be told, of all shops or of one run, the longest due first.
  virtual std::vector<BankPayment> DueToTell(std::int64_t now_us, std::size_t limit) = 0;
  virtual std::vector<BankPayment> DueToTell(ShopId shop, BankRunId id, std::size_t limit) = 0;
  // Does nothing when something else has to be told by now.
  virtual void MarkTold(const BankPayment& told) = 0;
  // Runs whose bank did not answer in time, of all shops.
  virtual std::vector<std::pair<ShopId, BankRunId>> Overdue(std::int64_t now_us,
                                                            std::size_t limit) = 0;
  // The attempt in the run that has taken it; the newest where it was in several.
  virtual std::optional<BankPayment> FindAttempt(ShopId shop, CaseId of, std::uint32_t attempt) = 0;
  // Whether a person has to look at any of the case's payments.
  virtual bool NeedsPerson(ShopId shop, CaseId of) = 0;
};

// How platforms know orders.
struct OrderNumber {
  OrderId order;
  std::string platform;
  std::string number;
};
class OrderNumberSource {
 public:
  virtual ~OrderNumberSource() = default;
  // Those of the orders that are known. Throws Refusal UNAVAILABLE.
  virtual std::vector<OrderNumber> Read(ShopId shop, std::span<const OrderId> orders) = 0;
};

}  // namespace redress::aftersales
