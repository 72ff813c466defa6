#include "services/aftersales/domain/ledger_updates.h"

#include <memory>
#include <string>

namespace redress::aftersales {

void LedgerUpdates::Apply(std::span<const LineNews> news) {
  for (const LedgerRow& line : store_.BringUpToDate(news, clock_.NowUs())) CallPeople(line);
}

void LedgerUpdates::CallPeople(const LedgerRow& line) {
  for (const CaseId id : store_.OpenCasesOf(line.shop, line.order, line.line)) {
    auto command = std::make_unique<Command>();
    command->shop = line.shop;
    command->case_id = id;
    command->origin = Origin::kLink;
    command->request_id =
        "ceiling:" + platform::ToString(id) + ":" + std::to_string(line.order_version);
    command->sender.kind = workflows::ActorKind::kService;
    command->sender.client = "redress-aftersales";
    command->body = CallPerson{workflows::PersonQueue::kSupervisors, "LINE_CEILING_LOWERED"};
    engine_.Apply(std::move(command));
  }
}

}  // namespace redress::aftersales
