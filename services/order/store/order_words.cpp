#include "services/order/store/order_words.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "services/order/store/search_sql.h"
#include "services/platform/base/text.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/value.h"
#include "services/platform/search/search_text.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr int kColumns = 3;  // of each of the tables
constexpr std::size_t kMaxRows = 256;
constexpr std::size_t kMostTitlesKnown = 200'000;

// Each in the order of its key, so that two imports wait for each other, not in a circle.
struct Rows {
  std::vector<std::pair<std::string, OrderId>> ends;
  std::map<std::uint64_t, std::string_view> titles;
  std::vector<std::pair<std::uint64_t, OrderId>> title_orders;
};

Rows RowsOf(std::span<const Order* const> orders) {
  Rows rows;
  for (const Order* order : orders) {
    rows.ends.emplace_back(NumberEnd(order->number), order->id);
    for (const Line& line : order->lines) {
      if (line.removed || line.postage || line.title.empty()) continue;
      const std::uint64_t title = TitleId(line.title);
      rows.titles.emplace(title, line.title);
      rows.title_orders.emplace_back(title, order->id);
    }
  }
  std::sort(rows.ends.begin(), rows.ends.end());
  std::sort(rows.title_orders.begin(), rows.title_orders.end());
  rows.title_orders.erase(std::unique(rows.title_orders.begin(), rows.title_orders.end()),
                          rows.title_orders.end());
  return rows;
}

// Leaves those that are not stored. What is read is committed, so that it may be remembered; what
// this transaction writes may still be undone.
void EraseKnown(Connection& connection, KnownTitles& known, ShopId shop,
                std::map<std::uint64_t, std::string_view>& titles) {
  static const MultiRow select(sql::kSelectTitleIds, 2, ")", kMaxRows);
  std::erase_if(titles, [&](const auto& title) { return known.Has(shop, title.first); });
  if (titles.empty()) return;
  std::vector<Value> keys;
  for (const auto& [id, title] : titles) keys.insert(keys.end(), {shop, id});
  select.Query(connection, keys, [&](Result& row) {
    known.Add(shop, row.Uint64(0));
    titles.erase(row.Uint64(0));
  });
}

void WriteTitles(Connection& connection, ShopId shop,
                 const std::map<std::uint64_t, std::string_view>& titles) {
  static const MultiRow insert(sql::kInsertTitles, kColumns, sql::kKeepRow, kMaxRows);
  static const MultiRow insert_words(sql::kInsertTitleWords, kColumns, sql::kKeepRow, kMaxRows);
  if (titles.empty()) return;
  std::vector<std::pair<std::string, std::uint64_t>> words;
  std::vector<Value> rows;
  for (const auto& [id, title] : titles) {
    rows.insert(rows.end(), {shop, id, title});
    for (std::string& window : platform::WindowsOf(platform::Fold(title))) {
      words.emplace_back(std::move(window), id);
    }
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  std::vector<Value> word_rows;
  word_rows.reserve(words.size() * kColumns);
  for (const auto& [word, id] : words) word_rows.insert(word_rows.end(), {shop, word, id});
  insert.Execute(connection, rows);
  if (!word_rows.empty()) insert_words.Execute(connection, word_rows);
}

template <class Key>
void WriteRows(Connection& connection, const MultiRow& insert, ShopId shop,
               const std::vector<std::pair<Key, OrderId>>& rows) {
  std::vector<Value> values;
  values.reserve(rows.size() * kColumns);
  for (const auto& [key, order] : rows) values.insert(values.end(), {shop, key, order});
  if (!values.empty()) insert.Execute(connection, values);
}

}  // namespace

std::string NumberEnd(std::string_view number) {
  const std::size_t length = std::min(number.size(), kNumberEndBytes);
  const std::string_view end = number.substr(number.size() - length);
  return {end.rbegin(), end.rend()};
}

std::uint64_t TitleId(std::string_view title) {
  const platform::Digest digest = platform::Sha256(title);
  std::uint64_t id = 0;
  for (std::size_t i = 0; i < sizeof(id); ++i) id = id << 8 | digest[i];
  return id;
}

bool KnownTitles::Has(ShopId shop, std::uint64_t title) {
  const std::lock_guard lock(mutex_);
  return titles_.contains({shop.value, title});
}

void KnownTitles::Add(ShopId shop, std::uint64_t title) {
  const std::lock_guard lock(mutex_);
  if (titles_.size() >= kMostTitlesKnown) titles_.clear();
  titles_.insert({shop.value, title});
}

void WriteOrderWords(Connection& connection, KnownTitles& known, ShopId shop,
                     std::span<const Order* const> orders) {
  static const MultiRow insert_ends(sql::kInsertNumberEnds, kColumns, sql::kKeepRow, kMaxRows);
  static const MultiRow insert_orders(sql::kInsertTitleOrders, kColumns, sql::kKeepRow, kMaxRows);
  Rows rows = RowsOf(orders);
  EraseKnown(connection, known, shop, rows.titles);
  WriteTitles(connection, shop, rows.titles);
  WriteRows(connection, insert_ends, shop, rows.ends);
  WriteRows(connection, insert_orders, shop, rows.title_orders);
}

}  // namespace redress::order
