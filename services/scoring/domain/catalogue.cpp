#include "services/scoring/domain/catalogue.h"

#include <algorithm>

namespace redress::scoring {
namespace {

constexpr Part kCompleted{Measure::kCases, Term::kAmount, false};
constexpr Part kCases{Measure::kCases, Term::kCount, false};
constexpr Part kRefunds{Measure::kRefunded, Term::kAmount, false};
constexpr Part kRefundsOfShop{Measure::kRefunded, Term::kAmount, true};
constexpr Part kRefundsOfCohort{Measure::kRefundedCohort, Term::kAmount, false};
constexpr Part kRefundedOrders{Measure::kRefunded, Term::kDistinctOrders, false};
constexpr Part kSales{Measure::kSales, Term::kAmount, true};
constexpr Part kOrders{Measure::kSales, Term::kCount, true};

constexpr Part kResolvedDisputes{Measure::kDisputes, Term::kAmount, false};
constexpr Part kDisputes{Measure::kDisputes, Term::kCount, false};
constexpr Part kContactedInTime{Measure::kContactInTime, Term::kAmount, false};
constexpr Part kContacted{Measure::kContactInTime, Term::kCount, false};
constexpr Part kDisputesMet{Measure::kDueDisputes, Term::kMet, false};
constexpr Part kDisputesPassed{Measure::kDueDisputes, Term::kPassed, false};

constexpr Part kChangedReviews{Measure::kReviews, Term::kAmount, false};
constexpr Part kReviews{Measure::kReviews, Term::kCount, false};
constexpr Part kRemovedThough{Measure::kUnrevisableReviews, Term::kAmount, false};
constexpr Part kUnrevisable{Measure::kUnrevisableReviews, Term::kCount, false};

constexpr Part Time(Measure measure) { return {measure, Term::kAmount, false}; }
constexpr Part Number(Measure measure) { return {measure, Term::kCount, false}; }

constexpr Figure kCatalogue[] = {
    {.id = "case_completion_rate",
     .name_zh = "售后完成率",
     .name_en = "Case completion rate",
     .formula_zh = "期内开启且已有结果的售后单 ÷ 期内开启的售后单（撤销的不计），按开启日",
     .formula_en = "cases opened in the period that have an outcome ÷ cases opened in the period, "
                   "withdrawn ones left out; by opening day",
     .unit = Unit::kRatio,
     .direction = Direction::kHigher,
     .numerator = kCompleted,
     .denominator = kCases,
     .kinds = Kinds::kAll},
    {.id = "dispute_completion_rate",
     .name_zh = "纠纷完成率",
     .name_en = "Dispute completion rate",
     .formula_zh = "期内开启且已解决的纠纷 ÷ 期内开启的纠纷（撤销的不计），按开启日",
     .formula_en = "disputes opened in the period that are resolved ÷ disputes opened in the "
                   "period, withdrawn ones left out; by opening day",
     .unit = Unit::kRatio,
     .direction = Direction::kHigher,
     .numerator = kResolvedDisputes,
     .denominator = kDisputes},
    {.id = "dispute_completion_at_deadline",
     .name_zh = "纠纷按期完成率",
     .name_en = "Dispute completion at deadline",
     .formula_zh =
         "期内开启、在解决时限之前解决的纠纷 ÷ 期内开启且解决时限已过的纠纷（撤销的不计），"
         "按开启日",
     .formula_en = "disputes opened in the period and resolved before their time to resolve ÷ "
                   "those whose time has passed, withdrawn ones left out; by opening day",
     .unit = Unit::kRatio,
     .direction = Direction::kHigher,
     .numerator = kDisputesMet,
     .denominator = kDisputesPassed},
    {.id = "first_contact_time",
     .name_zh = "首次联系时长",
     .name_en = "Time to first contact",
     .formula_zh = "从纠纷开启到联系买家的时长：均值、p50、p90，按开启日",
     .formula_en = "dispute opened → buyer contacted: mean, p50, p90; by opening day",
     .unit = Unit::kDuration,
     .direction = Direction::kLower,
     .numerator = Time(Measure::kFirstContact),
     .denominator = Number(Measure::kFirstContact),
     .quantiles = {500, 900, 0}},
    {.id = "first_contact_within_hour",
     .name_zh = "一小时内首次联系率",
     .name_en = "First contact within an hour",
     .formula_zh = "开启后一小时内联系买家的纠纷 ÷ 已联系买家的纠纷，按开启日",
     .formula_en = "disputes whose buyer was contacted within an hour ÷ disputes whose buyer was "
                   "contacted; by opening day",
     .unit = Unit::kRatio,
     .direction = Direction::kHigher,
     .numerator = kContactedInTime,
     .denominator = kContacted},
    {.id = "review_change_rate",
     .name_zh = "评价修改率",
     .name_en = "Review change rate",
     .formula_zh = "期内处理完的中差评中已修改或已删除的条数 ÷ 期内处理完的中差评，按结果日；"
                   "买家无法修改评价的平台另计",
     .formula_en = "bad and neutral reviews revised or removed ÷ those handled in the period; by "
                   "outcome day; reviews on platforms that let no buyer revise are counted apart",
     .unit = Unit::kRatio,
     .direction = Direction::kHigher,
     .numerator = kChangedReviews,
     .denominator = kReviews},
    {.id = "review_change_rate_unrevisable",
     .name_zh = "评价删除率（买家无法修改的平台）",
     .name_en = "Review change rate where no buyer can revise",
     .formula_zh = "买家无法修改评价的平台上，期内处理完的中差评中已删除或已修改的条数 ÷ "
                   "期内处理完的中差评，按结果日",
     .formula_en = "on platforms that let no buyer revise: bad and neutral reviews removed or "
                   "revised all the same ÷ those handled in the period; by outcome day",
     .unit = Unit::kRatio,
     .direction = Direction::kHigher,
     .numerator = kRemovedThough,
     .denominator = kUnrevisable},
    {.id = "handling_time",
     .name_zh = "处理时长",
     .name_en = "Handling time",
     .formula_zh = "从开启到有结果的时长：均值、p50、p90、p99，按结果日",
     .formula_en = "opened → outcome: mean, p50, p90, p99; by outcome day",
     .unit = Unit::kDuration,
     .direction = Direction::kLower,
     .numerator = Time(Measure::kHandlingTime),
     .denominator = Number(Measure::kHandlingTime),
     .kinds = Kinds::kAll,
     .quantiles = {500, 900, 990}},
    {.id = "handling_time_in_state",
     .name_zh = "各状态时长",
     .name_en = "Handling time in each state",
     .formula_zh = "有结果的售后单在每个状态停留的时长：均值、p50、p90、p99，按结果日",
     .formula_en = "time that cases with an outcome spent in each state before it: mean, p50, p90, "
                   "p99; by outcome day; the kind reads <kind>:<state>",
     .unit = Unit::kDuration,
     .direction = Direction::kLower,
     .numerator = Time(Measure::kTimeInState),
     .denominator = Number(Measure::kTimeInState),
     .kinds = Kinds::kOnlyEach,
     .quantiles = {500, 900, 990}},
    {.id = "refund_speed",
     .name_zh = "退款速度",
     .name_en = "Refund speed",
     .formula_zh = "从开启到打款的时长：均值、p50、p90，按打款日",
     .formula_en = "opened → money settled: mean, p50, p90; by settlement day",
     .unit = Unit::kDuration,
     .direction = Direction::kLower,
     .numerator = Time(Measure::kRefundTime),
     .denominator = Number(Measure::kRefundTime),
     .kinds = Kinds::kAll,
     .quantiles = {500, 900, 0}},
    {.id = "refund_rate",
     .name_zh = "退款率",
     .name_en = "Refund rate",
     .formula_zh = "期内退款金额 ÷ 同期付款金额，退款按打款日；客服行的分母为全店付款金额",
     .formula_en = "amount refunded in the period, by settlement day ÷ the shop's payments of the "
                   "same period",
     .unit = Unit::kRatio,
     .direction = Direction::kLower,
     .numerator = kRefunds,
     .denominator = kSales,
     .per_currency = true},
    {.id = "refund_rate_orders",
     .name_zh = "退款订单率",
     .name_en = "Refund rate by orders",
     .formula_zh = "期内有退款的订单数 ÷ 同期付款订单数，退款按打款日",
     .formula_en = "orders refunded in the period, by settlement day ÷ the shop's orders paid in "
                   "the same period",
     .unit = Unit::kRatio,
     .direction = Direction::kLower,
     .numerator = kRefundedOrders,
     .denominator = kOrders,
     .per_currency = true},
    {.id = "refund_rate_agent_share",
     .name_zh = "客服退款占比",
     .name_en = "Agent's part of all refunds",
     .formula_zh = "客服经手的退款金额 ÷ 全店退款金额，按打款日",
     .formula_en = "amount refunded through the agent ÷ amount refunded by the shop; by settlement "
                   "day",
     .unit = Unit::kRatio,
     .direction = Direction::kLower,
     .numerator = kRefunds,
     .denominator = kRefundsOfShop,
     .per_currency = true,
     .only_by_agent = true},
    {.id = "refund_rate_cohort",
     .name_zh = "退款率（按付款日）",
     .name_en = "Refund rate of the payment day's orders",
     .formula_zh = "期内付款订单的退款金额（不论何时退款）÷ 期内付款金额，按订单付款日",
     .formula_en = "amount refunded, whenever, on orders paid in the period ÷ the shop's payments "
                   "of the period; by the order's payment day",
     .unit = Unit::kRatio,
     .direction = Direction::kLower,
     .numerator = kRefundsOfCohort,
     .denominator = kSales,
     .per_currency = true},
};

}  // namespace

std::span<const Figure> Catalogue() { return kCatalogue; }

const Figure* FindFigure(std::string_view id) {
  const auto found = std::find_if(std::begin(kCatalogue), std::end(kCatalogue),
                                  [&](const Figure& figure) { return figure.id == id; });
  return found == std::end(kCatalogue) ? nullptr : found;
}

}  // namespace redress::scoring
