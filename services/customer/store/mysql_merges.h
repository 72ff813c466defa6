// MergeRepository in the service's schema. Whoever changes groups of a shop takes turns.
#pragma once

#include <optional>
#include <vector>

#include "services/customer/domain/merging.h"
#include "services/customer/store/customer_event_log.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"

namespace redress::customer {

class MysqlMerges final : public MergeRepository {
 public:
  // All outlive it.
  MysqlMerges(platform::Pool& pool, platform::Sealer& sealer, platform::IdSource& ids,
              CustomerEventLog& events)
      : pool_(pool), sealer_(sealer), ids_(ids), events_(events) {}

  Person Merge(const MergeRequest& request) override;
  Person Unmerge(const UnmergeRequest& request) override;
  std::vector<customer::Merge> History(ShopId shop, CustomerId customer, MergeId before,
                                       std::size_t limit) override;
  DuplicatePage Duplicates(ShopId shop, const DuplicateCursor& after,
                           std::optional<DuplicateReason> only, std::size_t limit) override;
  Person Link(const Write& write, CustomerId customer, const Identity& identity) override;
  Person Unlink(const Write& write, CustomerId customer, const Identity& identity) override;
  std::vector<Identity> IdentitiesOf(ShopId shop, const Person& person) override;
  CustomerId FindByIdentity(ShopId shop, const Identity& identity) override;

 private:
  void MergeNow(platform::Connection& connection, const MergeRequest& request);
  void UnmergeNow(platform::Connection& connection, const UnmergeRequest& request);
  void Tell(platform::Connection& connection, const Write& write, CustomerId customer,
            CustomerId into);
  std::string SealReason(platform::Connection& connection, ShopId shop, CustomerId customer,
                         const std::string& reason);
  std::string OpenReason(platform::Connection& connection, ShopId shop, CustomerId customer,
                         const std::string& sealed);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  platform::IdSource& ids_;
  CustomerEventLog& events_;
};

}  // namespace redress::customer
