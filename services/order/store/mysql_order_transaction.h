// OrderTransaction over one connection in a transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/order/domain/order_store.h"
#include "services/order/store/change_log.h"
#include "services/order/store/details_seal.h"
#include "services/order/store/order_words.h"
#include "services/order/store/receiver_seal.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/connection.h"
#include "services/platform/events/event_log.h"

namespace redress::order {

class MysqlOrderTransaction final : public OrderTransaction {
 public:
  MysqlOrderTransaction(platform::Connection& connection, platform::Sealer& sealer,
                        ReceiverSeal& receivers, DetailsSeal& details, KnownTitles& known_titles,
                        ChangeLog& changes, platform::EventLog& events, platform::Clock& clock)
      : connection_(connection),
        sealer_(sealer),
        receivers_(receivers),
        details_(details),
        known_titles_(known_titles),
        changes_(changes),
        events_(events),
        clock_(clock) {}

  std::vector<Order> LockByNumber(ShopId shop, std::span<const NumberKey> keys) override;
  std::vector<Order> LockById(ShopId shop, std::span<const OrderId> orders) override;
  std::vector<KnownAdjustment> FindAdjustments(ShopId shop,
                                               std::span<const NumberKey> keys) override;
  std::vector<Candidate> Candidates(ShopId shop, std::span<const CustomerId> customers,
                                    std::span<const std::string> skus,
                                    std::int64_t ordered_until) override;
  void Save(ShopId shop, std::span<const OrderChange> changes,
            std::span<const NewAdjustment> adjustments) override;
  Receiver ReadReceiver(ShopId shop, OrderId order) override;
  CurrentMemo ReadMemo(ShopId shop, OrderId order) override;
  std::uint32_t Record(ShopId shop, const Order& order, const ChangeRecord& record) override;
  std::uint32_t Acknowledge(ShopId shop, OrderId order,
                            const Acknowledgement& acknowledgement) override;
  std::optional<std::string> FindAnswer(ShopId shop, std::string_view request_id,
                                        const platform::Digest& digest) override;
  void RememberAnswer(ShopId shop, std::string_view request_id, const platform::Digest& digest,
                      std::string_view answer) override;
  [[noreturn]] void Restart() override;

 private:
  platform::Connection& connection_;
  platform::Sealer& sealer_;
  ReceiverSeal& receivers_;
  DetailsSeal& details_;
  KnownTitles& known_titles_;
  ChangeLog& changes_;
  platform::EventLog& events_;
  platform::Clock& clock_;
};

}  // namespace redress::order
