#include "services/scoring/api/figure_pages.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/platform/base/errors.h"
#include "services/platform/paging/paging.h"
#include "services/scoring/api/figure_mapping.h"

namespace redress::scoring {
namespace {

using platform::Caller;
using platform::PageKey;
using platform::PageQuery;

constexpr std::size_t kStandardValues = 1'000;
constexpr std::size_t kMostValues = 5'000;
constexpr std::size_t kStandardItems = 100;
constexpr std::size_t kMostItems = 1'000;
// Days before 1970 are negative; a token's numbers are not.
constexpr std::int64_t kDayBase = std::int64_t{1} << 31;

// FNV-1a over kind and currency: with figure, day and agent it names a row.
std::uint64_t Fingerprint(const Cell& cell) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;
  for (const char letter : cell.kind + "\n" + cell.currency) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 1'099'511'628'211ULL;
  }
  return hash;
}

PageKey KeyOf(const FigureRow& row) {
  return {static_cast<std::uint64_t>(row.figure - Catalogue().data()),
          static_cast<std::uint64_t>(row.cell.day + kDayBase), row.cell.agent.value,
          Fingerprint(row.cell)};
}

// The first row after the one that the key names; rows are in the key's order but for the
// fingerprint.
std::size_t FirstAfter(const std::vector<FigureRow>& rows, const PageKey& key) {
  std::size_t first = rows.size();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PageKey of_row = KeyOf(rows[i]);
    if (of_row == key) return i + 1;
    const bool later = std::tie(of_row[0], of_row[1], of_row[2]) > std::tie(key[0], key[1], key[2]);
    if (later && first == rows.size()) first = i;
  }
  return first;
}

std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += text + ",";
  return joined;
}

}  // namespace

void QueryPage(const Caller& caller, std::int64_t now_us,
               const redress::scoring::v1::QueryFiguresRequest& request, FigureData& data,
               redress::scoring::v1::QueryFiguresResponse& response) {
  const auto& query = request.query();
  Span span = SpanOf(caller, query);
  span.now_us = now_us;
  const auto figures = FiguresOf(query);
  const PageQuery pages(
      "QueryFigures", caller.shop,
      {Joined(query.figure_ids()), query.from_day(), query.to_day(), query.by_day() ? "d" : "",
       query.by_agent() ? "a" : "", query.agent_id(), query.kind()});
  const auto after = pages.Decode(request.page_token(), 4);
  const auto rows = ComputeFigures(span, figures, data);
  const std::size_t first = after ? FirstAfter(rows, *after) : 0;
  const std::size_t limit = platform::PageSize(request.page_size(), kStandardValues, kMostValues);
  const std::size_t end = std::min(rows.size(), first + limit);
  for (std::size_t i = first; i < end; ++i) ToProto(span, rows[i], *response.add_values());
  if (end < rows.size()) response.set_next_page_token(pages.Encode(KeyOf(rows[end - 1])));
}

void ItemsPage(const Caller& caller, std::int64_t now_us,
               const redress::scoring::v1::ListFigureItemsRequest& request, ItemData& data,
               redress::scoring::v1::ListFigureItemsResponse& response) {
  const Figure& figure = FigureOf(request.figure_id());
  Span span = SpanOf(caller, request);
  span.now_us = now_us;
  const PageQuery pages("ListFigureItems", caller.shop,
                        {request.figure_id(), request.from_day(), request.to_day(),
                         request.agent_id(), request.kind()});
  std::optional<ItemCursor> after;
  if (const auto key = pages.Decode(request.page_token(), 4)) {
    after = ItemCursor{static_cast<std::uint32_t>((*key)[0]),
                       {static_cast<std::int64_t>((*key)[1]) - kDayBase,
                        static_cast<Source>((*key)[2]), (*key)[3]}};
  }
  const std::size_t limit = platform::PageSize(request.page_size(), kStandardItems, kMostItems);
  const ItemPage page = ListItems(figure, span, after, limit, data);
  for (const FigureItem& item : page.items) ToProto(item, *response.add_items());
  if (!page.next) return;
  const ItemPosition& position = page.next->position;
  response.set_next_page_token(
      pages.Encode({page.next->list, static_cast<std::uint64_t>(position.day + kDayBase),
                    static_cast<std::uint64_t>(position.source), position.aggregate_id}));
}

redress::scoring::v1::WatchFiguresResponse AllValues(const Caller& caller, std::int64_t now_us,
                                                     const redress::scoring::v1::FigureQuery& query,
                                                     FigureData& data) {
  Span span = SpanOf(caller, query);
  span.now_us = now_us;
  const auto rows = ComputeFigures(span, FiguresOf(query), data);
  if (rows.size() > kMostValues) {
    throw platform::InvalidField("query", "has " + std::to_string(rows.size()) +
                                              " values and at most 5000 can be watched: ask for "
                                              "fewer days or figures");
  }
  redress::scoring::v1::WatchFiguresResponse response;
  for (const FigureRow& row : rows) ToProto(span, row, *response.add_values());
  return response;
}

}  // namespace redress::scoring
