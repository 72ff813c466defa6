#pragma once

#include "redress/aftersales/v1/deadline_service.grpc.pb.h"
#include "services/aftersales/api/commands.h"
#include "services/aftersales/domain/case_engine.h"
#include "services/aftersales/domain/case_repository.h"
#include "services/aftersales/domain/deadline_repository.h"
#include "services/aftersales/domain/shop_policies.h"
#include "services/platform/access/directory.h"
#include "services/platform/server/guard.h"

namespace redress::aftersales {

// DeadlineService: why a case is due when it is, the platform's own deadlines, calendars.
class DeadlineApi final : public v1::DeadlineService::CallbackService {
 public:
  struct Uses {
    platform::Guard& guard;
    CaseEngine& engine;
    CaseRepository& cases;
    DeadlineRepository& deadlines;
    ShopPolicies& policies;
    Commands& commands;
  };
  explicit DeadlineApi(Uses uses) : uses_(uses) {}

  grpc::ServerUnaryReactor* WhyDue(grpc::CallbackServerContext* context,
                                   const v1::WhyDueRequest* request,
                                   v1::WhyDueResponse* response) override;
  grpc::ServerUnaryReactor* RecordPlatformDeadline(
      grpc::CallbackServerContext* context, const v1::RecordPlatformDeadlineRequest* request,
      v1::RecordPlatformDeadlineResponse* response) override;
  grpc::ServerUnaryReactor* ListCalendars(grpc::CallbackServerContext* context,
                                          const v1::ListCalendarsRequest* request,
                                          v1::ListCalendarsResponse* response) override;
  grpc::ServerUnaryReactor* SetCalendar(grpc::CallbackServerContext* context,
                                        const v1::SetCalendarRequest* request,
                                        v1::SetCalendarResponse* response) override;

 private:
  void Explain(const platform::Call& call, const v1::WhyDueRequest& request,
               v1::WhyDueResponse& response);
  void Set(const platform::Call& call, const v1::SetCalendarRequest& request,
           v1::SetCalendarResponse& response);

  const Uses uses_;
};

// When something that is set takes effect; left out means now.
std::int64_t EffectiveAt(bool is_given, const google::protobuf::Timestamp& given,
                         std::int64_t now_us);
// Throws InvalidField for the past.
void CheckEffective(std::int64_t effective_at, std::int64_t now_us);

}  // namespace redress::aftersales
