#pragma once

// A house that hears a platform: what is pushed is stored, and its cases follow.

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "services/aftersales/domain/platform_objects.h"
#include "services/aftersales/store/platform_object_repository.h"
#include "tests/integration/aftersales/house.h"

namespace redress::aftersales {

// Orders that exist, in place of the order service: line number N is line N, worth 1000.00 CNY.
class OrdersByNumber final : public PlatformLines {
 public:
  explicit OrdersByNumber(const platform::Clock& clock) : clock_(clock) {}

  LineFacts Find(ShopId shop, const std::string& platform, const std::string& order_number,
                 const std::string& line_number) override;
  // Orders of these numbers are not there until they arrive.
  void Hide(const std::string& order_number);
  void Arrive(const std::string& order_number);

 private:
  const platform::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, bool> hidden_;
};

struct PlatformDesk {
  explicit PlatformDesk(Ground& ground, std::uint16_t worker_number = 1);

  // Pushes, once more while the answer is UNAVAILABLE, as a sync does.
  std::vector<PushResult> Push(ShopId shop, const std::vector<std::string>& bodies);
  std::vector<PushResult> PushRatings(ShopId shop, const std::vector<std::string>& bodies);
  // Lets cases follow until nothing is due.
  void Follow();
  // One round of following, whatever the database does to it.
  bool FollowOnce();
  Case CaseOf(ShopId shop, const std::string& refund_id);
  PlatformObject Heard(ShopId shop, const std::string& refund_id);

  House house;
  OrdersByNumber orders;
  SqlPlatformObjectRepository rows;
  PlatformObjects refunds;
};

}  // namespace redress::aftersales
