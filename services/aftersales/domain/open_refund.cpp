#include "services/aftersales/domain/open_refund.h"

#include "services/aftersales/domain/case_kind.h"
#include "workflows/refund/events.h"

namespace redress::aftersales {
namespace {

// An order has few cases; older ones than these have ended.
constexpr std::size_t kNewest = 100;

}  // namespace

CaseId OpenRefundBeside(CaseRepository& cases, ShopId shop, CaseId dispute) {
  const auto of = cases.Find(shop, dispute);
  if (!of || !of->line) return {};
  CaseQuery query;
  query.shop = shop;
  query.order = CaseOrder::kNewest;
  query.about_order = of->order;
  query.kind = kRefundKind;
  query.limit = kNewest;
  for (const Case& refund : cases.List(query)) {
    const bool can_give =
        StateTakes(kRefundKind, refund.state, workflows::refund::JoinDispute::kName);
    if (refund.line == of->line && can_give) return refund.id;
  }
  return {};
}

}  // namespace redress::aftersales
