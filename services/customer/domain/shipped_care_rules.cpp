#include "services/customer/domain/care.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer {

// The first day of the lunar year is from the Gregorian-lunar calendar of the Hong Kong
// Observatory; 6.18 is the anniversary sale that JD began, 11.11 that of Tmall: both are the same
// day each year, as Christmas is. Days of later years are added to the shop's own rule.
const std::vector<ShippedCareRule>& ShippedCareRules() {
  static const std::vector<ShippedCareRule> kShipped = {
      {.code = "birthday",
       .name_zh = "生日问候",
       .name_en = "Birthday",
       .expression = "paid_orders >= 1 and malicious_reviews = 0",
       .occasion = Occasion::kBirthday,
       .days_ahead = 3,
       .quiet_days = 30,
       .coupon = true},
      {.code = "spring_festival",
       .name_zh = "春节问候",
       .name_en = "Chinese New Year",
       .expression = "paid_orders >= 2 and days_since(last_paid_at) <= 365",
       .occasion = Occasion::kFestival,
       .days = {"2026-02-17", "2027-02-06", "2028-01-26"},
       .days_ahead = 5,
       .quiet_days = 14},
      {.code = "june_18",
       .name_zh = "6.18 大促",
       .name_en = "6.18 sale",
       .expression =
           "paid_orders >= 2 and days_since(last_paid_at) <= 365 and malicious_reviews = 0",
       .occasion = Occasion::kFestival,
       .days = {"2026-06-18", "2027-06-18", "2028-06-18"},
       .days_ahead = 3,
       .quiet_days = 14,
       .coupon = true},
      {.code = "double_11",
       .name_zh = "双 11 大促",
       .name_en = "11.11 sale",
       .expression =
           "paid_orders >= 2 and days_since(last_paid_at) <= 365 and malicious_reviews = 0",
       .occasion = Occasion::kFestival,
       .days = {"2026-11-11", "2027-11-11", "2028-11-11"},
       .days_ahead = 3,
       .quiet_days = 14,
       .coupon = true},
      {.code = "christmas",
       .name_zh = "圣诞问候",
       .name_en = "Christmas",
       .expression = "paid_orders >= 2 and days_since(last_paid_at) <= 365",
       .occasion = Occasion::kFestival,
       .days = {"2026-12-25", "2027-12-25", "2028-12-25"},
       .days_ahead = 5,
       .quiet_days = 14},
      // Who has been away for longer is not won back by one message, and a shop that switches the
      // rule on would otherwise begin with everybody who ever left.
      {.code = "quiet_90_days",
       .name_zh = "90 天未下单",
       .name_en = "90 days without an order",
       .expression = "paid_orders >= 1 and days_since(last_order_at) >= 90"
                     " and days_since(last_order_at) <= 180 and malicious_reviews = 0",
       .quiet_days = 30},
      {.code = "case_coupon",
       .name_zh = "售后完结发券",
       .name_en = "Coupon after a settled case",
       .expression = "refunds >= 1 and days_since(last_refund_at) <= 7 and open_cases = 0"
                     " and malicious_reviews = 0",
       .quiet_days = 30,
       .coupon = true},
  };
  return kShipped;
}

CareRule RuleOf(const ShippedCareRule& shipped) {
  CareRule rule{.code = std::string(shipped.code),
                .name_zh = std::string(shipped.name_zh),
                .name_en = std::string(shipped.name_en),
                .expression = std::string(shipped.expression),
                .occasion = shipped.occasion,
                .days_ahead = shipped.days_ahead,
                .quiet_days = shipped.quiet_days,
                .coupon = shipped.coupon,
                .version = 1};
  for (const std::string_view day : shipped.days) {
    rule.days.push_back(platform::ParseDay(std::string(day), "days"));
  }
  return rule;
}

}  // namespace redress::customer
