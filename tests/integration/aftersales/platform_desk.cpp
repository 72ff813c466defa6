#include "tests/integration/aftersales/platform_desk.h"

#include <stdexcept>

namespace redress::aftersales {
namespace {

using platform::Code;
using platform::Refusal;

// As callers do: again while nobody knows what became of it.
template <class Work>
auto Insisting(const Work& work) {
  while (true) {
    try {
      return work();
    } catch (const Refusal& refusal) {
      if (refusal.code() != Code::kUnavailable) throw;
    }
  }
}

}  // namespace

LineFacts OrdersByNumber::Find(ShopId, const std::string&, const std::string& order_number,
                               const std::string& line_number) {
  const std::lock_guard lock(mutex_);
  if (hidden_[order_number]) throw platform::NotFound("order", order_number);
  LineFacts line;
  line.order = OrderId{std::stoull(order_number)};
  line.line = LineId{std::stoull(line_number)};
  line.order_version = 1;
  line.currency = "CNY";
  line.ceiling = 1000'00;
  line.quantity = 3;
  line.customer = CustomerId{line.order.value % 100 + 1};
  line.paid_at = clock_.NowUs() - 1;
  line.shipping = workflows::refund::OrderShipping::kReceived;
  line.sku = "SKU-1";
  line.title = "Lamp";
  return line;
}

void OrdersByNumber::Hide(const std::string& order_number) {
  const std::lock_guard lock(mutex_);
  hidden_[order_number] = true;
}

void OrdersByNumber::Arrive(const std::string& order_number) {
  const std::lock_guard lock(mutex_);
  hidden_.erase(order_number);
}

PlatformDesk::PlatformDesk(Ground& ground, std::uint16_t worker_number)
    : house(ground, worker_number),
      orders(ground.clock),
      rows(ground.pool, house.sealer, house.ids),
      refunds({}, {rows, orders, house.cases, house.numbers, house.engine, house.policies,
                   ground.clock}) {}

std::vector<PushResult> PlatformDesk::Push(ShopId shop, const std::vector<std::string>& bodies) {
  const std::vector<std::string_view> views(bodies.begin(), bodies.end());
  return Insisting(
      [&] { return refunds.Push(shop, PlatformObjectKind::kRefund, "taobao", views); });
}

std::vector<PushResult> PlatformDesk::PushRatings(ShopId shop,
                                                  const std::vector<std::string>& bodies) {
  const std::vector<std::string_view> views(bodies.begin(), bodies.end());
  return Insisting(
      [&] { return refunds.Push(shop, PlatformObjectKind::kRating, "taobao", views); });
}

bool PlatformDesk::FollowOnce() {
  return Insisting([&] { return refunds.Round(); });
}

void PlatformDesk::Follow() {
  while (true) {
    FollowOnce();
    const auto due = Insisting([&] { return rows.Due(INT64_MAX, 1000); });
    bool is_idle = true;
    for (const PlatformObject& one : due) {
      // What waits for its order, or for people, is none of this.
      const std::int64_t left = one.due_at - house.ground.clock.NowUs();
      is_idle = is_idle && (left > 5'000'000 || (!one.attention.empty() && left > 0));
    }
    if (is_idle) return;
    // What passed by at a fault is tried again in a moment.
    if (!due.empty()) house.ground.clock.Advance(3'000'000);
  }
}

Case PlatformDesk::CaseOf(ShopId shop, const std::string& refund_id) {
  const PlatformObject heard = Heard(shop, refund_id);
  const auto found = Insisting([&] { return house.cases.Find(shop, heard.case_id); });
  if (!found) throw std::runtime_error("refund " + refund_id + " has no case");
  return *found;
}

PlatformObject PlatformDesk::Heard(ShopId shop, const std::string& refund_id) {
  return Insisting([&] { return rows.Find(shop, refund_id); }).value();
}

}  // namespace redress::aftersales
