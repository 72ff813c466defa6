#pragma once

// Answers of FigureService that come in pages.

#include "redress/scoring/v1/figure_service.pb.h"
#include "services/platform/access/caller.h"
#include "services/scoring/domain/figure_items.h"
#include "services/scoring/domain/figures.h"

namespace redress::scoring {

// `now_us` tells which moments have passed: some figures change with time alone.
void QueryPage(const platform::Caller& caller, std::int64_t now_us,
               const redress::scoring::v1::QueryFiguresRequest& request, FigureData& data,
               redress::scoring::v1::QueryFiguresResponse& response);

void ItemsPage(const platform::Caller& caller, std::int64_t now_us,
               const redress::scoring::v1::ListFigureItemsRequest& request, ItemData& data,
               redress::scoring::v1::ListFigureItemsResponse& response);

// Every value at once; throws Refusal when there are more than fit one answer.
redress::scoring::v1::WatchFiguresResponse AllValues(const platform::Caller& caller,
                                                     std::int64_t now_us,
                                                     const redress::scoring::v1::FigureQuery& query,
                                                     FigureData& data);

}  // namespace redress::scoring
