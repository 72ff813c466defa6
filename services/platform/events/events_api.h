#pragma once

// EventsService over an EventSource: pages with opaque tokens, open to the services that the proto
// names.

#include "redress/events/v1/events_service.grpc.pb.h"
#include "services/platform/database/pool.h"
#include "services/platform/events/event_source.h"
#include "services/platform/server/guard.h"

namespace redress::platform {

class EventsApi final : public redress::events::v1::EventsService::CallbackService {
 public:
  EventsApi(Guard& guard, Pool& pool, EventSource& source);

  grpc::ServerUnaryReactor* ReadEvents(grpc::CallbackServerContext* context,
                                       const redress::events::v1::ReadEventsRequest* request,
                                       redress::events::v1::ReadEventsResponse* response) override;
  grpc::ServerUnaryReactor* LoadEvents(grpc::CallbackServerContext* context,
                                       const redress::events::v1::LoadEventsRequest* request,
                                       redress::events::v1::LoadEventsResponse* response) override;
  grpc::ServerUnaryReactor* ListEventHeads(
      grpc::CallbackServerContext* context,
      const redress::events::v1::ListEventHeadsRequest* request,
      redress::events::v1::ListEventHeadsResponse* response) override;

 private:
  Guard& guard_;
  Pool& pool_;
  EventSource& source_;
};

}  // namespace redress::platform
