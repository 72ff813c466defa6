#include "services/customer/api/person_mapping.h"

#include <charconv>
#include <variant>

#include "services/platform/base/errors.h"
#include "services/platform/privacy/timestamps.h"

namespace redress::customer {

using platform::SetTime;

namespace {

void SetScore(unsigned score, std::int64_t value, const std::string& explanation,
              v1::RfmScore& out) {
  out.set_score(score);
  out.set_value(value);
  out.set_explanation(explanation);
}

}  // namespace

Write MakeWrite(const platform::Call& call, const std::string& request_id,
                const google::protobuf::Message& request) {
  const std::string actor =
      platform::ToString(call.caller.account) + "|" + call.caller.service + "|";
  return {
      .shop = call.caller.shop,
      .request_id = request_id,
      .digest = platform::Sha256(actor + request.GetTypeName() + "|" + request.SerializeAsString()),
      .account = call.caller.account,
      .now_us = call.clock.NowUs()};
}

void ToProto(const CustomerFigures& figures, v1::PersonFigures& out) {
  out.set_orders(figures.orders);
  out.set_paid_orders(figures.paid_orders);
  if (figures.first_order_at != 0) {
    SetTime(figures.first_order_at, *out.mutable_first_order_time());
  }
  if (figures.last_order_at != 0) SetTime(figures.last_order_at, *out.mutable_last_order_time());
  if (figures.last_paid_at != 0) SetTime(figures.last_paid_at, *out.mutable_last_paid_time());
  out.set_refunds(figures.refunds);
  out.set_refunded_orders(figures.refunded_orders);
  out.set_refund_share_thousandths(figures.RefundShareThousandths());
  if (figures.last_refund_at != 0) SetTime(figures.last_refund_at, *out.mutable_last_refund_time());
  out.set_cases(figures.cases);
  out.set_open_cases(figures.open_cases);
  out.set_disputes(figures.disputes);
  out.set_lost_disputes(figures.lost_disputes);
  out.set_reviews(figures.reviews);
  out.set_bad_reviews(figures.bad_reviews);
  out.set_malicious_reviews(figures.malicious_reviews);
  out.set_revised_reviews(figures.revised_reviews);
  out.set_conversations(figures.conversations);
  if (figures.last_contact_at != 0) {
    SetTime(figures.last_contact_at, *out.mutable_last_contact_time());
  }
  for (const MoneyFigures& money : figures.money) {
    v1::MoneyFigures& added = *out.add_money();
    added.set_currency_code(money.currency);
    added.set_paid_orders(money.paid_orders);
    added.set_paid_minor(money.paid_minor);
    added.set_refunded_minor(money.refunded_minor);
    added.set_lifetime_minor(money.LifetimeMinor());
    added.set_average_minor(money.AverageMinor());
  }
}

void ToProto(const RfmScores& scores, const RfmBounds& bounds, v1::Rfm& out) {
  out.set_version(scores.version);
  SetTime(scores.computed_at, *out.mutable_compute_time());
  SetTime(bounds.as_of_at, *out.mutable_as_of_time());
  out.set_currency_code(scores.currency);
  SetScore(scores.recency_score, scores.recency_us, ExplainRecency(scores, bounds),
           *out.mutable_recency());
  SetScore(scores.frequency_score, scores.frequency, ExplainFrequency(scores, bounds),
           *out.mutable_frequency());
  SetScore(scores.monetary_score, scores.monetary_minor, ExplainMonetary(scores, bounds),
           *out.mutable_monetary());
}

void ToProto(const RfmBounds& bounds, v1::RfmBounds& out) {
  out.set_version(bounds.version);
  SetTime(bounds.computed_at, *out.mutable_compute_time());
  SetTime(bounds.as_of_at, *out.mutable_as_of_time());
  out.set_currency_code(bounds.currency);
  out.set_people(static_cast<std::uint64_t>(bounds.people));
  out.mutable_recency_us()->Assign(bounds.recency_us.begin(), bounds.recency_us.end());
  out.mutable_frequency()->Assign(bounds.frequency.begin(), bounds.frequency.end());
  out.mutable_monetary_minor()->Assign(bounds.monetary_minor.begin(), bounds.monetary_minor.end());
}

void ToProto(const Risk& risk, v1::Risk& out) {
  out.set_level(static_cast<v1::RiskLevel>(risk.level));
  out.set_points(risk.points);
  for (const RiskSign& sign : risk.signs) {
    v1::RiskSign& added = *out.add_signs();
    added.set_code(sign.code);
    added.set_points(sign.points);
    added.set_explanation(sign.explanation);
  }
}

void ToProto(const Merge& merge, v1::Merge& out) {
  out.set_merge_id(platform::ToString(merge.id));
  out.set_customer_id(platform::ToString(merge.customer));
  out.set_into_customer_id(platform::ToString(merge.into));
  SetTime(merge.merged_at, *out.mutable_merge_time());
  out.set_merger_id(platform::ToString(merge.merger));
  out.set_reason(merge.reason);
  if (merge.unmerged_at == 0) return;
  SetTime(merge.unmerged_at, *out.mutable_unmerge_time());
  out.set_unmerger_id(platform::ToString(merge.unmerger));
  out.set_unmerge_reason(merge.unmerge_reason);
}

void ToProto(const Identity& identity, v1::Identity& out) {
  out.set_kind(identity.kind);
  out.set_platform(identity.platform);
  out.set_name(identity.name);
}

Identity FromProto(const v1::Identity& identity) {
  return {identity.kind(), identity.platform(), identity.name()};
}

}  // namespace redress::customer
