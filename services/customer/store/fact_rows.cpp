#include "services/customer/store/fact_rows.h"

#include <array>

#include "redress/customer/v1/figures.pb.h"

namespace redress::customer {
namespace {

using platform::Result;
using platform::Value;

std::uint32_t Small(const Result& row, int column) {
  return static_cast<std::uint32_t>(row.Uint64(column));
}

}  // namespace

std::string ToBytes(const std::vector<BoughtArticle>& articles) {
  v1::ArticleList list;
  for (const BoughtArticle& one : articles) {
    v1::Article& added = *list.add_articles();
    added.set_sku(one.sku);
    added.set_properties(one.properties);
    added.set_quantity(one.quantity);
    added.set_paid_minor(one.paid_minor);
  }
  return list.SerializeAsString();
}

std::vector<BoughtArticle> ArticlesFrom(const std::string& bytes) {
  std::vector<BoughtArticle> articles;
  v1::ArticleList list;
  if (!list.ParseFromString(bytes)) return articles;
  for (const v1::Article& one : list.articles()) {
    articles.push_back({one.sku(), one.properties(), one.quantity(), one.paid_minor()});
  }
  return articles;
}

void Append(std::vector<Value>& values, const OrderFact& fact, const std::string& articles) {
  const std::array<Value, 14> row = {fact.shop,       fact.id,         fact.version,
                                     fact.customer,   fact.platform,   fact.number,
                                     fact.status,     fact.currency,   fact.ordered_at,
                                     fact.paid_at,    fact.paid_minor, fact.refunded_minor,
                                     fact.line_count, articles};
  values.insert(values.end(), row.begin(), row.end());
}

void Append(std::vector<Value>& values, const CaseFact& fact) {
  const std::array<Value, 28> row = {fact.shop,
                                     fact.id,
                                     fact.sequence,
                                     fact.customer,
                                     fact.order,
                                     fact.number,
                                     fact.kind,
                                     fact.variant,
                                     fact.state,
                                     fact.is_final ? 1 : 0,
                                     fact.opened_at,
                                     fact.last_step_at,
                                     fact.currency,
                                     fact.asked_minor,
                                     fact.approved_minor,
                                     fact.verdict,
                                     fact.review_rating,
                                     fact.review_stars,
                                     fact.review_change,
                                     fact.review_judgement,
                                     fact.platform_intervened ? 1 : 0,
                                     fact.outcome,
                                     fact.outcome_sequence,
                                     fact.settled_minor,
                                     fact.settled_at,
                                     fact.seen.whole_to,
                                     fact.seen.ahead,
                                     fact.gap_noticed_at};
  values.insert(values.end(), row.begin(), row.end());
}

void Append(std::vector<Value>& values, const CaseFact& of, const CaseCoupon& coupon) {
  const std::array<Value, 8> row = {
      of.shop,   of.id,           coupon.number,       of.customer,
      of.number, coupon.currency, coupon.amount_minor, coupon.given_at};
  values.insert(values.end(), row.begin(), row.end());
}

void Append(std::vector<Value>& values, const ConversationFact& fact) {
  const std::array<Value, 11> row = {fact.shop,
                                     fact.id,
                                     fact.sequence,
                                     fact.customer,
                                     fact.channel,
                                     fact.agent,
                                     fact.started_at,
                                     fact.last_message_at,
                                     fact.customer_messages,
                                     fact.shop_messages,
                                     fact.ended ? 1 : 0};
  values.insert(values.end(), row.begin(), row.end());
}

void Append(std::vector<Value>& values, const AdjustmentFact& fact) {
  const std::array<Value, 10> row = {
      fact.shop,         fact.id,         fact.sequence,          fact.customer,
      fact.order,        fact.line,       fact.is_refund ? 1 : 0, fact.currency,
      fact.amount_minor, fact.adjusted_at};
  values.insert(values.end(), row.begin(), row.end());
}

OrderFact ReadOrder(const Result& row) {
  return {.shop = row.Shop(0),
          .id = row.Id<OrderId>(1),
          .version = Small(row, 2),
          .customer = row.Id<CustomerId>(3),
          .platform = row.String(4),
          .number = row.String(5),
          .status = row.String(6),
          .currency = row.String(7),
          .ordered_at = row.Int64(8),
          .paid_at = row.Int64(9),
          .paid_minor = row.Int64(10),
          .refunded_minor = row.Int64(11),
          .line_count = Small(row, 12),
          .articles = ArticlesFrom(row.String(13))};
}

CaseFact ReadCase(const Result& row) {
  return {.shop = row.Shop(0),
          .id = row.Id<CaseId>(1),
          .sequence = Small(row, 2),
          .customer = row.Id<CustomerId>(3),
          .order = row.Id<OrderId>(4),
          .number = row.Uint64(5),
          .kind = row.String(6),
          .variant = row.String(7),
          .state = row.String(8),
          .is_final = row.Uint64(9) != 0,
          .opened_at = row.Int64(10),
          .last_step_at = row.Int64(11),
          .currency = row.String(12),
          .asked_minor = row.Int64(13),
          .approved_minor = row.Int64(14),
          .verdict = row.String(15),
          .review_rating = row.String(16),
          .review_stars = Small(row, 17),
          .review_change = row.String(18),
          .review_judgement = row.String(19),
          .platform_intervened = row.Uint64(20) != 0,
          .outcome = row.String(21),
          .outcome_sequence = Small(row, 22),
          .settled_minor = row.Int64(23),
          .settled_at = row.Int64(24),
          .coupons = {},
          .seen = {Small(row, 25), row.Uint64(26)},
          .gap_noticed_at = row.OptInt64(27)};
}

CouponFact ReadCoupon(const Result& row) {
  return {.shop = row.Shop(0),
          .id = row.Id<CaseId>(1),
          .customer = row.Id<CustomerId>(3),
          .case_number = row.Uint64(4),
          .given = {.number = Small(row, 2),
                    .currency = row.String(5),
                    .amount_minor = row.Int64(6),
                    .given_at = row.Int64(7)}};
}

ConversationFact ReadConversation(const Result& row) {
  return {.shop = row.Shop(0),
          .id = row.Id<ConversationId>(1),
          .sequence = Small(row, 2),
          .customer = row.Id<CustomerId>(3),
          .channel = row.String(4),
          .agent = row.Id<AccountId>(5),
          .started_at = row.Int64(6),
          .last_message_at = row.Int64(7),
          .customer_messages = Small(row, 8),
          .shop_messages = Small(row, 9),
          .ended = row.Uint64(10) != 0};
}

AdjustmentFact ReadAdjustment(const Result& row) {
  return {.shop = row.Shop(0),
          .id = row.Id<AdjustmentId>(1),
          .sequence = Small(row, 2),
          .customer = row.Id<CustomerId>(3),
          .order = row.Id<OrderId>(4),
          .line = row.Id<LineId>(5),
          .is_refund = row.Uint64(6) != 0,
          .currency = row.String(7),
          .amount_minor = row.Int64(8),
          .adjusted_at = row.Int64(9)};
}

}  // namespace redress::customer
