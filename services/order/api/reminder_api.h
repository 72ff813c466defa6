// ReminderService: buyers reminded of payment, and what it brought.
#pragma once

#include <utility>

#include "redress/order/v1/reminder_service.grpc.pb.h"
#include "services/order/domain/reminder.h"
#include "services/platform/server/call.h"
#include "services/platform/server/guard.h"

namespace redress::order {

class ReminderApi final : public v1::ReminderService::CallbackService {
 public:
  // All outlive the api.
  struct Uses {
    platform::Guard& guard;
    ReminderRepository& reminders;
    WishBook& wishes;
  };
  explicit ReminderApi(Uses uses) : uses_(std::move(uses)) {}

  grpc::ServerUnaryReactor* ListUnpaidOrders(grpc::CallbackServerContext* context,
                                             const v1::ListUnpaidOrdersRequest* request,
                                             v1::ListUnpaidOrdersResponse* response) override;
  grpc::ServerUnaryReactor* RecordReminder(grpc::CallbackServerContext* context,
                                           const v1::RecordReminderRequest* request,
                                           v1::RecordReminderResponse* response) override;
  grpc::ServerUnaryReactor* ListReminders(grpc::CallbackServerContext* context,
                                          const v1::ListRemindersRequest* request,
                                          v1::ListRemindersResponse* response) override;
  grpc::ServerUnaryReactor* SummariseReminders(grpc::CallbackServerContext* context,
                                               const v1::SummariseRemindersRequest* request,
                                               v1::SummariseRemindersResponse* response) override;

 private:
  using Call = platform::Call;

  void Answer(const Call& call, const v1::ListUnpaidOrdersRequest& request,
              v1::ListUnpaidOrdersResponse& response);
  void Answer(const Call& call, const v1::RecordReminderRequest& request,
              v1::RecordReminderResponse& response);
  void Answer(const Call& call, const v1::ListRemindersRequest& request,
              v1::ListRemindersResponse& response);
  void Answer(const Call& call, const v1::SummariseRemindersRequest& request,
              v1::SummariseRemindersResponse& response);

  // A reminder is unasked. FAILED_PRECONDITION (CONTACT_REFUSED).
  void RequireContactWanted(ShopId shop, OrderId order);

  Uses uses_;
};

}  // namespace redress::order
