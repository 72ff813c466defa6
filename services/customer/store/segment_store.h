#pragma once

#include "services/customer/domain/segment.h"
#include "services/platform/database/pool.h"

namespace redress::customer {

class SqlSegmentRepository final : public SegmentRepository {
 public:
  explicit SqlSegmentRepository(platform::Pool& pool) : pool_(pool) {}

  Segment Set(const Write& write, const Segment& segment) override;
  Segment SetArchived(const Write& write, const std::string& code, std::uint32_t version,
                      bool archived) override;
  std::vector<Segment> List(ShopId shop, bool with_archived, std::int64_t now_us) override;
  Segment Get(ShopId shop, const std::string& code, std::int64_t now_us) override;
  std::vector<SegmentMember> Members(ShopId shop, const std::string& code, CustomerId after,
                                     std::size_t limit) override;

 private:
  platform::Pool& pool_;
};

}  // namespace redress::customer
