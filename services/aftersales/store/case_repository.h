#pragma once

#include "services/aftersales/domain/case_repository.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::aftersales {

class SqlCaseRepository final : public CaseRepository {
 public:
  // References outlive the repository.
  SqlCaseRepository(platform::Pool& pool, platform::Sealer& sealer)
      : pool_(pool), sealer_(sealer) {}

  std::optional<Case> Find(ShopId shop, CaseId id) override;
  std::optional<Case> FindByNumber(ShopId shop, std::uint64_t number) override;
  std::vector<Case> List(const CaseQuery& query) override;
  std::vector<Case> FindMany(ShopId shop, std::span<const CaseId> ids) override;
  std::optional<CaseId> FindByRequest(ShopId shop, Origin origin,
                                      std::string_view request_id) override;
  std::vector<Step> ListSteps(ShopId shop, CaseId id, std::uint32_t after,
                              std::size_t limit) override;
  std::vector<std::string> OpenTexts(const Case& of,
                                     std::span<const std::uint32_t> sequences) override;
  std::optional<LedgerRow> FindLine(ShopId shop, LineId line) override;
  bool IsContactRefused(ShopId shop, CustomerId customer) override;
  bool HasOpenComplaint(const Case& about) override;
  std::optional<Step> FindLastStep(ShopId shop, CaseId id, std::string_view event) override;
  std::optional<Step> FindStepAt(ShopId shop, CaseId id, std::int64_t at_us) override;
  std::optional<StoredCase> FindStored(ShopId shop, CaseId id) override;
  std::vector<StoredText> ReadTexts(const Case& of, std::uint32_t first,
                                    std::uint32_t last) override;
  std::vector<CaseId> ListHistories(ShopId shop, CaseId after, std::size_t limit) override;

 private:
  platform::Pool& pool_;
  platform::Sealer& sealer_;
};

}  // namespace redress::aftersales
