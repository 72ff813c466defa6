#pragma once

#include "services/aftersales/domain/case_inbox.h"
#include "services/platform/database/pool.h"

namespace redress::aftersales {

class SqlInboxRepository final : public InboxRepository {
 public:
  explicit SqlInboxRepository(platform::Pool& pool) : pool_(pool) {}

  std::vector<CaseAsk> Claim(std::int64_t now_us, std::int64_t until_us,
                             std::size_t limit) override;
  void Conclude(const CaseAsk& ask, AskState state, std::string_view refusal,
                std::int64_t now_us) override;
  void TryAgain(const CaseAsk& ask, std::int64_t at_us) override;
  std::size_t CountDue(std::int64_t now_us, std::size_t most) override;

 private:
  platform::Pool& pool_;
};

class SqlCaseLinkRepository final : public CaseLinkRepository {
 public:
  explicit SqlCaseLinkRepository(platform::Pool& pool) : pool_(pool) {}

  std::vector<LinkedCase> LinksOf(ShopId shop, CaseId id) override;
  std::vector<CaseAsk> OpenAsksOf(ShopId shop, CaseId id) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::aftersales
