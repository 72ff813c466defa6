#pragma once

#include "services/aftersales/domain/bank_run_repository.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

// Locks a run first, then the settlements of its payments by primary key; steps never lock runs.
class SqlBankRunRepository final : public BankRunRepository {
 public:
  explicit SqlBankRunRepository(platform::Pool& pool) : pool_(pool) {}

  std::vector<std::string> WaitingCurrencies(ShopId shop) override;
  std::vector<Settlement> Waiting(ShopId shop, const std::string& currency,
                                  std::size_t limit) override;
  std::optional<BankRun> Create(const BankRun& run, std::span<const BankPayment> payments,
                                const WriteRequest& request) override;
  std::optional<BankRun> Find(ShopId shop, BankRunId id) override;
  std::vector<BankRun> List(const BankRunQuery& query) override;
  std::vector<BankPayment> Payments(const BankPaymentQuery& query) override;
  std::vector<StrangeBankLine> StrangeLines(ShopId shop, BankRunId id, std::size_t limit) override;
  BankRun Change(ShopId shop, BankRunId id, const ChangeOptions& options, const Decide& decide,
                 std::int64_t now_us) override;
  std::vector<BankPayment> DueToTell(std::int64_t now_us, std::size_t limit) override;
  std::vector<BankPayment> DueToTell(ShopId shop, BankRunId id, std::size_t limit) override;
  void MarkTold(const BankPayment& told) override;
  std::vector<std::pair<ShopId, BankRunId>> Overdue(std::int64_t now_us,
                                                    std::size_t limit) override;
  std::optional<BankPayment> FindAttempt(ShopId shop, CaseId of, std::uint32_t attempt) override;
  bool NeedsPerson(ShopId shop, CaseId of) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
