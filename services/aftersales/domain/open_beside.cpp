#include "services/aftersales/domain/open_beside.h"

#include "services/aftersales/domain/case_kind.h"
#include "workflows/refund/events.h"

namespace redress::aftersales {
namespace {

// An order has few cases; older ones than these have ended.
constexpr std::size_t kNewest = 100;

// The newest cases of a kind about the order of `of`.
std::vector<Case> NewestBeside(CaseRepository& cases, const Case& of, std::string_view kind) {
  CaseQuery query;
  query.shop = of.shop;
  query.order = CaseOrder::kNewest;
  query.about_order = of.order;
  query.kind = kind;
  query.limit = kNewest;
  return cases.List(query);
}

}  // namespace

Beside OpenRefundBeside(CaseRepository& cases, ShopId shop, CaseId dispute) {
  const auto of = cases.Find(shop, dispute);
  if (!of || !of->line) return {};
  for (const Case& refund : NewestBeside(cases, *of, kRefundKind)) {
    const bool can_give =
        StateTakes(kRefundKind, refund.state, workflows::refund::JoinDispute::kName);
    if (refund.line == of->line && can_give) return {refund.id};
  }
  return {};
}

Beside OpenDisputeBeside(CaseRepository& cases, ShopId shop, CaseId review) {
  const auto of = cases.Find(shop, review);
  if (!of) return {};
  Beside of_line;
  Beside of_order;
  for (const Case& dispute : NewestBeside(cases, *of, kDisputeKind)) {
    if (dispute.final || (dispute.line && dispute.line != of->line)) continue;
    Beside& beside = dispute.line == of->line ? of_line : of_order;
    const auto& progress = dispute.Dispute();
    const bool is_refunds = progress.channel == workflows::dispute::Channel::kEscalatedRefund;
    if (is_refunds || progress.review != 0) {
      beside.is_taken = true;
    } else if (!beside.open) {
      beside.open = dispute.id;
    }
  }
  // What is about the line is nearer than what is about all of the order.
  for (const Beside& beside : {of_line, of_order}) {
    if (beside.open) return {beside.open};
  }
  return {{}, of_line.is_taken || of_order.is_taken};
}

Beside FindBeside(CaseRepository& cases, ShopId shop, CaseId id, const CaseEvent& event) {
  if (ComesToARemedy(event)) return OpenRefundBeside(cases, shop, id);
  if (RevealsAFault(event)) return OpenDisputeBeside(cases, shop, id);
  return {};
}

}  // namespace redress::aftersales
