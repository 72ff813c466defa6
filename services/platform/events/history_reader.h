#pragma once

// Reads another service's history through its EventsService. Internal to the consumer and to
// rebuilds; used by one thread. Every method throws std::runtime_error when the service does not
// answer.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "redress/events/v1/events_service.grpc.pb.h"
#include "services/platform/events/event_ref.h"

namespace redress::platform {

class HistoryReader {
 public:
  using OnEvents = std::function<void(std::span<const redress::events::v1::Event>)>;
  using OnHeads = std::function<void(std::span<const EventRef>)>;

  // A patient one waits for a service that is not up, within the time-out of a call; the other
  // fails at once.
  explicit HistoryReader(const std::shared_ptr<grpc::Channel>& channel, bool patient = false);

  // Every event of a shop (ShopId{}: of all shops), page by page, ordered by (shop, aggregate,
  // sequence). An aggregate may be spread over two pages.
  void ReadAll(ShopId shop, const OnEvents& on_page);

  // One aggregate from a sequence on.
  void ReadAggregate(AggregateKey key, std::uint32_t from_sequence, const OnEvents& on_page);

  // These events, as far as there are any, in any order; some hundred at a time.
  void ReadMany(std::span<const EventRef> refs, const OnEvents& on_part);

  // Heads of the aggregates that changed in [since, before), page by page; an aggregate may come
  // twice.
  void ReadHeads(std::int64_t since_us, std::int64_t before_us, const OnHeads& on_page);

 private:
  void ReadPages(redress::events::v1::ReadEventsRequest request, const OnEvents& on_page);

  void Prepare(grpc::ClientContext& context) const;

  std::unique_ptr<redress::events::v1::EventsService::Stub> stub_;
  const bool patient_;
};

}  // namespace redress::platform
