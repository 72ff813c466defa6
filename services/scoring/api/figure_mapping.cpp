#include "services/scoring/api/figure_mapping.h"

#include <string>
#include <string_view>

#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::scoring {
namespace {

using platform::Caller;
using platform::Code;
using platform::Refusal;
using platform::Role;

constexpr std::int64_t kMostDays = 400;

void SetDays(const std::string& from_day, const std::string& to_day, Span& span) {
  const DaySpan days = DaysOf(from_day, to_day);
  span.from_day = days.first;
  span.to_day = days.last;
}

redress::scoring::v1::FigureUnit UnitOf(const Figure& figure, const Part& part) {
  if (part.term != Term::kAmount) return redress::scoring::v1::FIGURE_UNIT_COUNT;
  if (figure.unit == Unit::kDuration) return redress::scoring::v1::FIGURE_UNIT_DURATION;
  return figure.per_currency ? redress::scoring::v1::FIGURE_UNIT_MONEY
                             : redress::scoring::v1::FIGURE_UNIT_COUNT;
}

}  // namespace

DaySpan DaysOf(const std::string& from_day, const std::string& to_day) {
  const DaySpan days{platform::ParseDay(from_day, "from_day"),
                     platform::ParseDay(to_day, "to_day")};
  if (days.last < days.first) {
    throw platform::InvalidField("to_day", "is before from_day: swap them");
  }
  if (days.last - days.first > kMostDays) {
    throw platform::InvalidField("to_day", "is more than 400 days after from_day: ask for less");
  }
  return days;
}

bool SeesOnlyOwn(const Caller& caller) {
  return !caller.is_service() && !caller.has(Role::ROLE_SUPERVISOR) &&
         !caller.has(Role::ROLE_FINANCE) && !caller.has(Role::ROLE_ADMIN) &&
         !caller.has(Role::ROLE_AUDITOR);
}

Span SpanOf(const Caller& caller, const redress::scoring::v1::FigureQuery& query) {
  Span span;
  span.shop = caller.shop;
  SetDays(query.from_day(), query.to_day(), span);
  span.by_day = query.by_day();
  span.agent = platform::ParseOptionalId<AccountId>(query.agent_id(), "query.agent_id");
  span.by_agent = query.by_agent() || span.agent;
  span.kind = query.kind();
  if (span.by_agent && SeesOnlyOwn(caller)) {
    if (span.agent && span.agent != caller.account) {
      throw Refusal(Code::kPermissionDenied, "FIGURES_OF_ANOTHER_AGENT",
                    "Agents see the shop's figures and their own: leave agent_id empty.");
    }
    span.agent = caller.account;
  }
  return span;
}

Span SpanOf(const Caller& caller, const redress::scoring::v1::ListFigureItemsRequest& request) {
  Span span;
  span.shop = caller.shop;
  SetDays(request.from_day(), request.to_day(), span);
  span.agent = platform::ParseOptionalId<AccountId>(request.agent_id(), "agent_id");
  span.kind = request.kind();
  return span;
}

const Figure& FigureOf(const std::string& figure_id) {
  if (const Figure* figure = FindFigure(figure_id)) return *figure;
  std::vector<std::string> known;
  for (const Figure& figure : Catalogue()) known.emplace_back(figure.id);
  const auto nearest = platform::NearestName(figure_id, known);
  throw platform::InvalidField(
      "figure_id", nearest ? "is no figure of the catalogue; did you mean " + *nearest + "?"
                           : "is no figure of the catalogue: ListFigureDefinitions has them all");
}

std::vector<const Figure*> FiguresOf(const redress::scoring::v1::FigureQuery& query) {
  std::vector<const Figure*> figures;
  for (const Figure& figure : Catalogue()) {
    // In the catalogue's order, each once, whatever the order they are asked for in.
    bool wanted = query.figure_ids().empty();
    for (const std::string& id : query.figure_ids())
      wanted = wanted || FigureOf(id).id == figure.id;
    if (wanted) figures.push_back(&figure);
  }
  return figures;
}

void ToProto(const Figure& figure, redress::scoring::v1::FigureDefinition& out) {
  out.set_figure_id(std::string(figure.id));
  out.set_name_zh(std::string(figure.name_zh));
  out.set_name_en(std::string(figure.name_en));
  out.set_formula_zh(std::string(figure.formula_zh));
  out.set_formula_en(std::string(figure.formula_en));
  out.set_unit(figure.unit == Unit::kRatio ? redress::scoring::v1::FIGURE_UNIT_RATIO
                                           : redress::scoring::v1::FIGURE_UNIT_DURATION);
  out.set_direction(figure.direction == Direction::kHigher
                        ? redress::scoring::v1::FIGURE_DIRECTION_HIGHER
                        : redress::scoring::v1::FIGURE_DIRECTION_LOWER);
  out.set_numerator_unit(UnitOf(figure, figure.numerator));
  out.set_denominator_unit(UnitOf(figure, figure.denominator));
}

void ToProto(const Span& span, const FigureRow& row, redress::scoring::v1::FigureValue& out) {
  out.set_figure_id(std::string(row.figure->id));
  if (span.by_day) out.set_day(platform::DayText(row.cell.day));
  out.set_agent_id(ToString(row.cell.agent));
  out.set_kind(row.cell.kind);
  out.set_numerator(row.numerator);
  out.set_denominator(row.denominator);
  out.set_value(row.value);
  for (const QuantileValue& quantile : row.quantiles) {
    auto& added = *out.add_quantiles();
    added.set_permille(quantile.permille);
    added.set_duration_us(quantile.amount);
  }
  out.set_currency_code(row.cell.currency);
}

void ToProto(const FigureItem& item, redress::scoring::v1::FigureItem& out) {
  if (item.item.position.source == Source::kAftersales) {
    out.set_case_id(std::to_string(item.item.position.aggregate_id));
    out.set_kind(item.item.kind);
  }
  out.set_order_id(ToString(item.item.order));
  out.set_day(platform::DayText(item.item.position.day));
  out.set_agent_id(ToString(item.item.agent));
  out.set_numerator(item.numerator);
  out.set_denominator(item.denominator);
  out.set_currency_code(item.item.currency);
}

}  // namespace redress::scoring
