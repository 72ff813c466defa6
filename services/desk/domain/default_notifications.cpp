#include "services/desk/domain/default_notifications.h"

#include <array>

#include "services/platform/base/clock.h"

namespace redress::desk {
namespace {

constexpr std::array kDefaults{
    DefaultNotification{
        .code = "goods_received",
        .state = "Inspecting",
        .name_zh = "已收到退货",
        .text_zh = "您好 {{customer_nick}}，订单 {{order_id}} 的退货我们已经收到，正在检验，"
                   "结果会尽快告诉您。售后单号 {{case_number}}。",
        .name_en = "Goods received",
        .text_en = "Hello {{customer_nick}}, the goods of your order {{order_id}} have reached us "
                   "and are being inspected. Your case is number {{case_number}}.",
    },
    DefaultNotification{
        .code = "refund_sent",
        .outcome = "settled",
        .name_zh = "已退款",
        .text_zh = "您好 {{customer_nick}}，订单 {{order_id}} 的 {{amount}} 已经退回原支付方式，"
                   "请注意查收。售后单号 {{case_number}}。",
        .name_en = "Refund sent",
        .text_en = "Hello {{customer_nick}}, {{amount}} for your order {{order_id}} went back the "
                   "way you paid. Your case is number {{case_number}}.",
    },
    DefaultNotification{
        .code = "replacement_shipped",
        .event = "ship_replacement",
        .name_zh = "换货已发出",
        .text_zh = "您好 {{customer_nick}}，订单 {{order_id}} 换补的商品已由 {{carrier}} 寄出，"
                   "运单号 {{tracking}}。",
        .name_en = "Replacement shipped",
        .text_en = "Hello {{customer_nick}}, the replacement for your order {{order_id}} is on its "
                   "way with {{carrier}}, tracking number {{tracking}}.",
    },
    DefaultNotification{
        .code = "follow_up",
        .state = "FollowingUp",
        .delay_us = platform::kDayUs,
        .quiet_days = 7,
        .name_zh = "售后回访",
        .text_zh = "您好 {{customer_nick}}，订单 {{order_id}} 的售后处理您还满意吗？"
                   "欢迎回复 1 到 5 分，5 分最满意。",
        .name_en = "Follow-up",
        .text_en = "Hello {{customer_nick}}, how did we do with your order {{order_id}}? Please "
                   "answer with 1 to 5, where 5 is best.",
    },
    DefaultNotification{
        .code = "review_invitation",
        .event = "record_follow_up",
        .quiet_days = 30,
        .minimum_score = kGoodScore,
        .invites_review = true,
        .name_zh = "邀请评价",
        .text_zh = "您好 {{customer_nick}}，感谢您的认可！如果方便，欢迎为订单 {{order_id}} "
                   "写下真实的评价，帮助其他买家。",
        .name_en = "Invitation to review",
        .text_en =
            "Hello {{customer_nick}}, thank you for your kind words. If you like, share your "
            "honest review of order {{order_id}}; it helps other buyers.",
    },
};

}  // namespace

std::span<const DefaultNotification> DefaultNotifications() { return kDefaults; }

NotificationRule RuleOf(const DefaultNotification& from) {
  NotificationRule rule;
  rule.code = from.code;
  rule.case_kind = "refund";
  rule.event = from.event;
  rule.state = from.state;
  rule.outcome = from.outcome;
  rule.delay_us = from.delay_us;
  rule.quiet_days = from.quiet_days;
  rule.minimum_score = from.minimum_score;
  rule.invites_review = from.invites_review;
  rule.enabled = true;
  rule.version = 1;
  return rule;
}

Phrase PhraseOf(const DefaultNotification& from, std::string_view language) {
  const bool chinese = language == "zh";
  Phrase phrase;
  phrase.name = chinese ? from.name_zh : from.name_en;
  phrase.language = language;
  phrase.text = chinese ? from.text_zh : from.text_en;
  phrase.version = 1;
  return phrase;
}

}  // namespace redress::desk
