#include "services/customer/domain/tag_rule.h"

#include "services/platform/base/errors.h"
#include "services/platform/base/money.h"

namespace redress::customer {
namespace {

constexpr std::int64_t kHighValueMinor = 500'000;

// Sources name a property in Chinese or in English.
ShippedRule Size(const std::string& code, const std::string& size) {
  return {"prefers_size_" + code,
          "preference",
          "#2f54eb",
          "偏好 " + size + " 码",
          "Prefers size " + size,
          "最近买得最多的尺码是 " + size + "，且有三件以上",
          "Size " + size + " is the one of most units bought lately, three or more",
          "favourite(\"尺码\") = \"" + size + "\" or favourite(\"size\") = \"" + size + "\""};
}

ShippedRule Colour(const std::string& colour, const std::string& shown,
                   const std::string& name_zh) {
  std::string condition;
  for (const char* property : {"颜色", "颜色分类"}) {
    condition += "favourite(\"" + std::string(property) + "\") = \"" + name_zh + "\" or ";
  }
  return {"prefers_" + colour,
          "preference",
          shown,
          "偏好" + name_zh,
          "Prefers " + colour,
          "最近买得最多的颜色是" + name_zh + "，且有三件以上",
          "The colour of most units bought lately is " + colour + ", three or more",
          condition + "favourite(\"color\") = \"" + colour + "\""};
}

}  // namespace

void CheckMayBeOn(const TagRule& rule) {
  if (rule.state != RuleState::kDraft) return;
  throw platform::Refusal(platform::Code::kFailedPrecondition, "RULE_NOT_TRIED",
                          "Version " + std::to_string(rule.version) + " of the rule of " +
                              rule.tag +
                              " was not tried yet; try it on the customers, then switch it on.")
      .With("tag_code", rule.tag);
}

std::vector<ShippedRule> ShippedRules(const std::string& currency) {
  const std::string high = platform::ToString(platform::Money{currency, kHighValueMinor});
  return {
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
      {"high_value", "value", "#722ed1", "高价值", "High value", "累计净消费 " + high + " 以上",
       "Paid " + high + " or more, less refunds", "lifetime_value >= " + high},
      {"often_refunds", "risk", "#d4380d", "高退款", "Often refunds", "三单以上，退款订单超过三成",
       "Three orders or more, over 30% of them refunded",
       "paid_orders >= 3 and refund_share > 30%"},
      {"malicious_reviewer", "risk", "#a8071a", "恶意评价", "Malicious reviewer",
       "有评价被判定为恶意，并已被平台删除",
       "A review was judged malicious, and the platform removed it", "malicious_reviews > 0"},
      {"aftersales_customer", "service", "#eb2f96", "售后中", "After-sales",
       "有未完结或 30 天内的售后单", "Has an open case, or one of the last 30 days",
       "open_cases > 0 or days_since(last_case_at) <= 30"},
      {"coupon_sent", "service", "#faad14", "已发券", "Coupon sent",
       "30 天内发过优惠券（售后补偿或关怀）",
       "Was given a coupon within 30 days, for a case or by care",
       "days_since(last_coupon_at) <= 30"},
      Size("s", "S"),
      Size("m", "M"),
      Size("l", "L"),
      Size("xl", "XL"),
      Colour("black", "#262626", "黑色"),
      Colour("white", "#8c8c8c", "白色"),
      Colour("red", "#cf1322", "红色"),
      {"prefers_style", "preference", "#531dab", "偏好款式", "Prefers a style",
       "最近买得最多的款式有三件以上；款式见标签原因",
       "Three units or more of one style, the most bought lately; why the tag is set names it",
       "favourite(\"款式\") != \"\" or favourite(\"style\") != \"\""},
  };
}

}  // namespace redress::customer
