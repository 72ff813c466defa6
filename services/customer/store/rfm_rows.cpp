#include "services/customer/store/rfm_rows.h"

#include "services/customer/store/customer_keys.h"
#include "services/customer/store/read_sql.h"
#include "services/platform/database/rows.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr int kScoredColumn = 17;

Quintiles ReadQuintiles(const Result& row, int first) {
  return {row.Int64(first), row.Int64(first + 1), row.Int64(first + 2), row.Int64(first + 3)};
}

}  // namespace

std::optional<RfmBounds> SelectBounds(Connection& connection, ShopId shop, std::uint32_t version,
                                      bool* scored) {
  Result row = connection.Query(sql::kSelectBounds, {shop, version});
  if (!row.Next()) return std::nullopt;
  if (scored != nullptr) *scored = row.Int64(kScoredColumn) != 0;
  return RfmBounds{.version = static_cast<std::uint32_t>(row.Uint64(0)),
                   .computed_at = row.Int64(1),
                   .as_of_at = row.Int64(2),
                   .currency = row.String(3),
                   .people = row.Int64(4),
                   .recency_us = ReadQuintiles(row, 5),
                   .frequency = ReadQuintiles(row, 9),
                   .monetary_minor = ReadQuintiles(row, 13)};
}

void WriteScores(Connection& connection, ShopId shop, std::span<const RfmRaw> people,
                 const RfmBounds& bounds) {
  static const MultiRow put(sql::kPutScores, sql::kScoreColumns, sql::kPutScoresTail, 512);
  if (people.empty()) return;
  std::vector<Value> rows;
  rows.reserve(people.size() * sql::kScoreColumns);
  for (const RfmRaw& raw : people) {
    const RfmScores scores = ScoresOf(raw, bounds);
    rows.insert(rows.end(),
                {shop, raw.head, scores.version, scores.recency_us, scores.frequency,
                 scores.monetary_minor, static_cast<std::uint32_t>(scores.recency_score),
                 static_cast<std::uint32_t>(scores.frequency_score),
                 static_cast<std::uint32_t>(scores.monetary_score)});
  }
  put.Execute(connection, rows);
}

std::unordered_map<CustomerId, ComputedScores> SelectScores(Connection& connection, ShopId shop,
                                                            std::span<const CustomerId> heads) {
  static const MultiRow select(sql::kSelectScores, 2, ")", 512);
  std::unordered_map<CustomerId, ComputedScores> computed;
  if (heads.empty()) return computed;
  select.Query(connection, KeysOf(shop, heads), [&](Result& row) {
    const auto head = row.Id<CustomerId>(0);
    computed[head] = {.raw = {.head = head,
                              .last_paid_at = row.Int64(1),
                              .frequency = row.Int64(2),
                              .monetary_minor = row.Int64(3)},
                      .recency = static_cast<std::uint8_t>(row.Uint64(4)),
                      .frequency = static_cast<std::uint8_t>(row.Uint64(5)),
                      .monetary = static_cast<std::uint8_t>(row.Uint64(6)),
                      .computed_at = row.Int64(7),
                      .currency = row.String(8)};
  });
  return computed;
}

}  // namespace redress::customer
