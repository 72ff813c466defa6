// OrderIndex over the service's MariaDB schema, and the job that makes orders findable that are
// older than their words.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "services/order/domain/order_search.h"
#include "services/order/store/order_words.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/sealing/sealer.h"
#include "services/platform/search/gradual_filling.h"

namespace redress::order {

class SqlOrderIndex final : public OrderIndex {
 public:
  // All outlive the index.
  SqlOrderIndex(platform::Pool& pool, platform::Sealer& sealer, const platform::Clock& clock);

  std::vector<Order> Read(ShopId shop, std::span<const OrderId> orders) override;
  std::vector<std::string> Platforms(ShopId shop) override;
  std::vector<OrderId> NumbersFrom(ShopId shop, const std::string& platform, const TextRange& range,
                                   std::size_t limit) override;
  std::string EndOf(const std::string& number) override { return NumberEnd(number); }
  std::vector<EndRow> EndRows(ShopId shop, const TextRange& range, const std::string& word,
                              OrderId order, std::size_t limit) override;
  std::vector<OrderId> Parcels(ShopId shop, const TextRange& range, std::size_t limit) override;
  std::string PhoneHash(ShopId shop, const std::string& phone) override;
  std::vector<OrderId> WithPhone(ShopId shop, const std::string& hash, OrderId before,
                                 std::size_t limit) override;
  std::vector<ListKey> OfCustomer(ShopId shop, CustomerId customer, const ListKey& after,
                                  std::size_t limit) override;
  std::vector<TitleRow> TitleRows(ShopId shop, const TextRange& range, const std::string& word,
                                  std::uint64_t title, std::size_t limit) override;
  std::vector<OrderId> OfTitle(ShopId shop, std::uint64_t title, OrderId before,
                               std::size_t limit) override;
  bool Complete(ShopId shop) override { return filling_.Complete(shop); }

  // Makes some of the shop's orders findable that are older than their words; true when there may
  // be more.
  bool FillIn(ShopId shop) { return filling_.Round(shop); }

 private:
  platform::GradualFilling::Batch FillBatch(platform::Connection& db, ShopId shop,
                                            std::uint64_t after);

  platform::Pool& pool_;
  platform::Sealer& sealer_;
  KnownTitles known_;
  platform::GradualFilling filling_;
};

}  // namespace redress::order
