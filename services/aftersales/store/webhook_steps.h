#pragma once

// Steps as what webhooks are told of.

#include <set>
#include <string>
#include <vector>

#include "services/aftersales/domain/webhook_events.h"
#include "services/platform/database/connection.h"

namespace redress::aftersales {

// The steps of a case behind `after_sequence`, up to and with `last`, in order.
std::vector<StepNews> ReadNews(platform::Connection& db, ShopId shop, CaseId id,
                               std::uint32_t after_sequence, std::uint32_t last);
// Of the tasks that the steps left behind, those that were called off.
std::set<TaskId> CancelledTasks(platform::Connection& db, ShopId shop,
                                const std::vector<StepNews>& news);
// The CloudEvent of a delivery: of a case made of the step, empty where that is not there; of an
// order as it was kept.
std::string BodyOf(platform::Connection& db, const WebhookDelivery& delivery);

}  // namespace redress::aftersales
