// TimelineService: maps a request to the domain, calls once, maps the answer back.
#pragma once

#include "redress/customer/v1/timeline_service.grpc.pb.h"
#include "services/customer/domain/person_timeline.h"
#include "services/platform/server/guard.h"

namespace redress::customer {

class TimelineApi final : public v1::TimelineService::CallbackService {
 public:
  // Both outlive the api.
  TimelineApi(platform::Guard& guard, PersonTimeline& timeline)
      : guard_(guard), timeline_(timeline) {}

  grpc::ServerUnaryReactor* GetTimeline(grpc::CallbackServerContext* context,
                                        const v1::GetTimelineRequest* request,
                                        v1::GetTimelineResponse* response) override;

 private:
  platform::Guard& guard_;
  PersonTimeline& timeline_;
};

}  // namespace redress::customer
