#include "services/customer/domain/rules/fact_catalogue.h"

#include <algorithm>
#include <array>

namespace redress::customer::rules {
namespace {

constexpr auto kFacts = std::to_array<Fact>({
    {"orders", Type::kCount, false, "下单数", "orders placed"},
    {"paid_orders", Type::kCount, false, "已付款订单数", "orders paid"},
    {"first_order_at", Type::kDate, false, "首次下单时间", "when the first order was placed"},
    {"last_order_at", Type::kDate, false, "最近下单时间", "when the last order was placed"},
    {"first_paid_at", Type::kDate, false, "首次付款时间", "when first paid"},
    {"last_paid_at", Type::kDate, false, "最近付款时间", "when last paid"},
    {"lifetime_paid", Type::kMoney, false, "累计付款", "paid in all"},
    {"lifetime_refunded", Type::kMoney, false, "累计退款", "refunded in all"},
    {"lifetime_value", Type::kMoney, false, "累计净消费", "paid less refunded"},
    {"average_paid", Type::kMoney, false, "客单价", "paid per paid order"},
    {"refunds", Type::kCount, false, "退款次数", "refunds settled"},
    {"refunded_orders", Type::kCount, false, "有退款的订单数", "orders with a refund"},
    {"refund_share", Type::kShare, false, "退款订单占比", "orders with a refund of those paid"},
    {"last_refund_at", Type::kDate, false, "最近退款时间", "when last refunded"},
    {"cases", Type::kCount, false, "售后单数", "after-sales cases"},
    {"open_cases", Type::kCount, false, "未完结售后单数", "cases that are open"},
    {"disputes", Type::kCount, false, "纠纷数", "disputes"},
    {"lost_disputes", Type::kCount, false, "判给买家的纠纷数", "disputes ruled for the buyer"},
    {"last_case_at", Type::kDate, false, "最近售后时间", "when the last case was opened"},
    {"reviews", Type::kCount, false, "处理过的评价数", "reviews that a case was opened for"},
    {"bad_reviews", Type::kCount, false, "差评数", "reviews of one or two stars"},
    {"malicious_reviews", Type::kCount, false, "已确认的恶意评价数",
     "reviews judged malicious that the platform removed"},
    {"revised_reviews", Type::kCount, false, "已修改或删除的评价数", "reviews revised or removed"},
    {"conversations", Type::kCount, false, "会话数", "conversations"},
    {"last_contact_at", Type::kDate, false, "最近联系时间", "when last in touch"},
    {"coupons", Type::kCount, false, "发过的优惠券数", "coupons given, for cases or by care"},
    {"last_coupon_at", Type::kDate, false, "最近发券时间", "when a coupon was last given"},
    {"first_seen_at", Type::kDate, false, "建档时间", "when first known here"},
    {"recency_score", Type::kCount, false, "最近购买得分 1-5", "RFM score of recency, 5 is best"},
    {"frequency_score", Type::kCount, false, "购买频次得分 1-5", "RFM score of frequency"},
    {"monetary_score", Type::kCount, false, "消费金额得分 1-5", "RFM score of money"},
    {"accounts", Type::kCount, false, "合并的账号数", "accounts merged into the person"},
    {"platform", Type::kText, false, "平台", "the marketplace of the person's head account"},
    {"articles", Type::kTexts, false, "最近买过的货号", "articles of the newest 50 orders"},
    {"bought", Type::kCount, true, "最近买过某属性的件数",
     "units with that property, e.g. 尺码:L, in the newest 50 paid orders"},
    {"favourite", Type::kText, true, "最近买得最多的属性值",
     "value of that property, e.g. 尺码, of which most units were bought in the newest 50 paid "
     "orders, 3 at least"},
    {kTagFact, Type::kTruth, true, "有某标签", "whether the person has the tag"},
    {kSegmentFact, Type::kTruth, true, "在某人群", "whether the person is in the segment"},
});

}  // namespace

std::span<const Fact> Facts() { return kFacts; }

const Fact* FindFact(std::string_view name) {
  const auto* found = std::find_if(kFacts.begin(), kFacts.end(),
                                   [&](const Fact& fact) { return fact.name == name; });
  return found == kFacts.end() ? nullptr : found;
}

}  // namespace redress::customer::rules
