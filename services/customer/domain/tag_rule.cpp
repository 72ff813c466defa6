#include "services/customer/domain/tag_rule.h"

#include "services/platform/base/errors.h"

namespace redress::customer {

void CheckMayBeOn(const TagRule& rule) {
  if (rule.state != RuleState::kDraft) return;
  throw platform::Refusal(platform::Code::kFailedPrecondition, "RULE_NOT_TRIED",
                          "Version " + std::to_string(rule.version) + " of the rule of " +
                              rule.tag +
                              " was not tried yet; try it on the customers, then switch it on.")
      .With("tag_code", rule.tag);
}

const std::vector<ShippedRule>& ShippedRules() {
  static const std::vector<ShippedRule> kShipped = {
      {"new_customer", "lifecycle", "#1677ff", "新客", "New", "只买过一次，且在 30 天内",
       "Bought once, within 30 days", "paid_orders = 1 and days_since(first_paid_at) <= 30"},
      {"returning_customer", "lifecycle", "#13c2c2", "回头客", "Returning",
       "买过两次以上，最近 180 天买过", "Bought twice or more, the last time within 180 days",
       "paid_orders >= 2 and days_since(last_paid_at) <= 180"},
      {"loyal", "lifecycle", "#52c41a", "忠实客户", "Loyal", "买过五次以上，且很少退款",
       "Bought five times or more and hardly ever sent back",
       "paid_orders >= 5 and days_since(last_paid_at) <= 180 and refund_share <= 20%"},
      {"at_risk", "lifecycle", "#fa8c16", "流失预警", "At risk", "买过两次以上，但 180 天以上没买",
       "Bought twice or more, not for 180 days",
       "paid_orders >= 2 and days_since(last_paid_at) > 180"},
      {"high_value", "value", "#722ed1", "高价值", "High value", "累计净消费 5000 元以上",
       "Paid 5,000 CNY or more, less refunds", "lifetime_value >= 5000.00 CNY"},
      {"often_refunds", "risk", "#d4380d", "高退款", "Often refunds", "三单以上，退款订单超过三成",
       "Three orders or more, over 30% of them refunded",
       "paid_orders >= 3 and refund_share > 30%"},
      {"malicious_reviewer", "risk", "#a8071a", "恶意评价", "Malicious reviewer",
       "有评价被判定为恶意", "A review was judged malicious", "malicious_reviews > 0"},
      {"aftersales_customer", "service", "#eb2f96", "售后中", "After-sales",
       "有未完结或 30 天内的售后单", "Has an open case, or one of the last 30 days",
       "open_cases > 0 or days_since(last_case_at) <= 30"},
      {"coupon_sent", "service", "#faad14", "已发券", "Coupon sent", "客服已发优惠券",
       "A coupon was sent, set by hand", ""},
      {"prefers_size_l", "preference", "#2f54eb", "偏好 L 码", "Prefers size L",
       "最近买过三件以上 L 码", "Three units or more of size L in the newest orders",
       "bought(\"尺码:L\") >= 3"},
      {"prefers_black", "preference", "#262626", "偏好黑色", "Prefers black",
       "最近买过三件以上黑色款", "Three black units or more in the newest orders",
       "bought(\"颜色:黑色\") >= 3"},
  };
  return kShipped;
}

}  // namespace redress::customer
