// The order service's own parts over a real database, with customers kept in memory: for tests of
// what it decides and stores. Tests of the edges put the real customer service beside it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "redress/events/v1/event.pb.h"
#include "services/order/domain/order_intake.h"
#include "services/order/domain/order_reading.h"
#include "services/order/store/mysql_order_store.h"
#include "services/platform/base/clock.h"
#include "services/platform/base/ids.h"
#include "services/platform/database/fault_plan.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/event_log.h"
#include "services/platform/events/event_source.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/sealing/sealer.h"

namespace redress::order {

inline constexpr ShopId kShop{7};
inline constexpr ShopId kOtherShop{8};
inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kDay = 86'400 * kSecond;
inline constexpr std::int64_t kNoon = 1'700'000'000 * kSecond;

class KnownCustomers final : public CustomerBook {
 public:
  std::vector<CustomerId> Ensure(ShopId shop, const std::string& platform,
                                 std::span<const Buyer> buyers, Deadline until) override;
  std::vector<CustomerId> Find(ShopId shop, const std::string& platform,
                               std::span<const std::string> nicks, Deadline until) override;
  int calls() const;
  // The last word that came with the nick.
  Buyer Told(const std::string& nick) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, CustomerId> known_;
  std::map<std::string, Buyer> told_;
  int calls_ = 0;
};

class OrderHouse {
 public:
  // Faults, where given, strike at the service's commits, never at the test's own reads.
  explicit OrderHouse(platform::FaultPlan* faults);

  // What a client does that repeats on UNAVAILABLE. Answers the order as stored then.
  Order Push(const OrderInput& input, const std::string& request_id, ShopId shop = kShop);
  ImportReport Import(const std::vector<OrderInput>& orders,
                      const std::vector<AdjustmentInput>& adjustments = {}, ShopId shop = kShop);
  // What would become of them; stores nothing.
  ImportReport Foresee(const std::vector<OrderInput>& orders,
                       const std::vector<AdjustmentInput>& adjustments = {});
  Order Stored(const std::string& number, ShopId shop = kShop);

  // All events of an aggregate, in order.
  std::vector<redress::events::v1::Event> EventsOf(std::uint64_t aggregate, ShopId shop = kShop);
  // Every order's events are 1…version without gaps, the last one tells what is stored, every
  // adjustment has one, and the outbox lists each event once. Reports through GoogleTest.
  void ExpectHistoryIsWhole(ShopId shop = kShop);
  // First column of the first row.
  std::int64_t Count(const std::string& sql);

  platform::ManualClock clock{kNoon + 400 * kDay};
  platform::DatabaseConfig config;
  platform::Pool pool;
  platform::Pool plain;  // without faults
  platform::MasterKeys master;
  platform::KeyStore keys;
  platform::Sealer sealer;
  platform::TimeOrderedIds ids;
  platform::EventLog events;
  MysqlOrderStore store;
  KnownCustomers customers;
  OrderIntake intake;
  OrderReading reading;
};

LineInput MakeLine(std::string number, std::int32_t quantity, std::string price);
OrderInput PaidOrder(std::string number, std::vector<LineInput> lines, std::string nick = "");
// A refund of the article that MakeLine gives the line of this number.
AdjustmentInput RefundOf(std::string number, std::string nick, const LineInput& line,
                         std::int32_t quantity, std::int64_t adjust_at);
Deadline Soon();

}  // namespace redress::order
