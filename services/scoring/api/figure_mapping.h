#pragma once

// Figures between the API's messages and the domain.

#include <vector>

#include "redress/scoring/v1/figure_service.pb.h"
#include "services/platform/access/caller.h"
#include "services/scoring/domain/figure_items.h"
#include "services/scoring/domain/figures.h"

namespace redress::scoring {

// Days of the shop's zone, inclusive.
struct DaySpan {
  std::int64_t first = 0;
  std::int64_t last = 0;
};
// Throws Refusal: a day that does not exist, days in the wrong order or too many.
DaySpan DaysOf(const std::string& from_day, const std::string& to_day);

// Whether the caller may see only their own figures beside the shop's.
bool SeesOnlyOwn(const platform::Caller& caller);

// Throws Refusal: a day that does not exist, days in the wrong order or too many, somebody else's
// figures.
Span SpanOf(const platform::Caller& caller, const redress::scoring::v1::FigureQuery& query);
Span SpanOf(const platform::Caller& caller,
            const redress::scoring::v1::ListFigureItemsRequest& request);

// All when none is named. Throws Refusal that names the nearest known id.
std::vector<const Figure*> FiguresOf(const redress::scoring::v1::FigureQuery& query);
const Figure& FigureOf(const std::string& figure_id);

void ToProto(const Figure& figure, redress::scoring::v1::FigureDefinition& out);
void ToProto(const Span& span, const FigureRow& row, redress::scoring::v1::FigureValue& out);
void ToProto(const FigureItem& item, redress::scoring::v1::FigureItem& out);

}  // namespace redress::scoring
