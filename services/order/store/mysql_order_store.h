// OrderStore in the service's MariaDB schema. Contact data is sealed, events are appended in the
// transaction that made them happen.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/order/domain/order_store.h"
#include "services/order/store/change_log.h"
#include "services/order/store/details_seal.h"
#include "services/order/store/order_words.h"
#include "services/order/store/receiver_seal.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/event_log.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

class MysqlOrderStore final : public OrderStore {
 public:
  // All outlive the store.
  MysqlOrderStore(platform::Pool& pool, platform::Sealer& sealer, platform::EventLog& events,
                  platform::Clock& clock)
      : pool_(pool),
        sealer_(sealer),
        receivers_(sealer),
        details_(sealer),
        changes_(sealer, receivers_, details_),
        events_(events),
        clock_(clock) {}

  void InTransaction(const std::function<void(OrderTransaction&)>& body) override;
  std::string ReceiverHash(ShopId shop, const Receiver& receiver) override;
  std::string DetailsHash(ShopId shop, const Details& details) override;
  std::string MemoHash(ShopId shop, const MemoText& memo) override;
  Receiver ClearReceiver(ShopId shop, OrderId order) override;
  CurrentMemo Memo(ShopId shop, OrderId order) override;
  std::vector<StoredChange> ListChanges(ShopId shop, OrderId order, std::optional<ChangeKind> kind,
                                        std::uint32_t before, std::size_t limit) override;
  std::vector<AddressChange> ListAddressChanges(const AddressChangeQuery& query) override;
  std::vector<Order> List(ShopId shop, CustomerId customer, std::optional<ListKey> after,
                          std::size_t limit) override;
  std::vector<Adjustment> ListAdjustments(ShopId shop, CustomerId customer,
                                          std::optional<ListKey> after, std::size_t limit) override;
  std::optional<Order> Find(ShopId shop, OrderId order) override;
  std::optional<Order> FindByNumber(ShopId shop, const NumberKey& key) override;
  std::vector<KnownNumber> Numbers(ShopId shop, std::span<const OrderId> orders) override;
  std::vector<Receiver> MaskedReceivers(ShopId shop, std::span<const OrderId> orders) override;
  Details MaskedDetails(ShopId shop, OrderId order) override;

 private:
  platform::Pool& pool_;
  platform::Sealer& sealer_;
  ReceiverSeal receivers_;
  DetailsSeal details_;
  KnownTitles known_titles_;
  ChangeLog changes_;
  platform::EventLog& events_;
  platform::Clock& clock_;
};

}  // namespace redress::order
