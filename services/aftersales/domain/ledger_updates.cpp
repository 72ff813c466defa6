#include "services/aftersales/domain/ledger_updates.h"

namespace redress::aftersales {

namespace refund = workflows::refund;

void LedgerUpdates::Apply(std::span<const LineNews> news) {
  for (const LedgerRow& line : store_.BringUpToDate(news, clock_.NowUs())) {
    const bool is_on_its_way = line.shipping == refund::OrderShipping::kShipped && !line.postage;
    if (line.shortfall > 0) {
      CallPeople(line);  // who decide about the parcel, too
    } else if (is_on_its_way && line.Facts().Remaining() == 0) {
      StopParcels(line);
    }
  }
}

void LedgerUpdates::CallPeople(const LedgerRow& line) {
  for (const CaseId id : store_.OpenCasesOf(line.shop, line.order, line.line)) {
    auto command = CommandFor(
        line, id, "ceiling:" + platform::ToString(id) + ":" + std::to_string(line.order_version));
    command->body = CallPerson{workflows::PersonQueue::kSupervisors, "LINE_CEILING_LOWERED"};
    engine_.Apply(std::move(command));
  }
}

// Most of the line's cases have nothing to do with it, which is what their machine answers.
void LedgerUpdates::StopParcels(const LedgerRow& line) {
  for (const CaseId id : store_.OpenCasesOf(line.shop, line.order, line.line)) {
    auto command = CommandFor(line, id, "shipped:" + platform::ToString(id));
    command->body = FireEvent{refund::RecordOrderShipped{}, {}};
    try {
      engine_.Apply(std::move(command));
    } catch (const platform::Refusal& refusal) {
      if (refusal.code() != platform::Code::kFailedPrecondition) throw;
    }
  }
}

std::unique_ptr<Command> LedgerUpdates::CommandFor(const LedgerRow& line, CaseId id,
                                                   std::string request_id) {
  auto command = std::make_unique<Command>();
  command->shop = line.shop;
  command->case_id = id;
  command->origin = Origin::kLink;
  command->request_id = std::move(request_id);
  command->sender.kind = workflows::ActorKind::kService;
  command->sender.client = "redress-aftersales";
  return command;
}

}  // namespace redress::aftersales
