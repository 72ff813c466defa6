#include "services/customer/store/nick_words.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "services/customer/store/search_sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/search/search_text.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Value;

struct Word {
  unsigned place;
  std::string word;
  CustomerId customer;

  auto Key() const { return std::tie(place, word, customer); }
};

std::vector<Word> WordsOf(std::span<const FindableNick> nicks) {
  std::vector<Word> words;
  for (const FindableNick& each : nicks) {
    unsigned place = 0;
    for (std::string& window : platform::WindowsOf(platform::Fold(each.nick))) {
      words.push_back({place, std::move(window), each.customer});
      place = 1;
    }
  }
  std::sort(words.begin(), words.end(),
            [](const Word& a, const Word& b) { return a.Key() < b.Key(); });
  words.erase(std::unique(words.begin(), words.end(),
                          [](const Word& a, const Word& b) { return a.Key() == b.Key(); }),
              words.end());
  return words;
}

std::vector<Value> ValuesOf(ShopId shop, const std::vector<Word>& words) {
  std::vector<Value> values;
  values.reserve(words.size() * sql::kNickWordColumns);
  for (const Word& each : words) {
    values.insert(values.end(), {shop, each.place, each.word, each.customer});
  }
  return values;
}

}  // namespace

void WriteNickWords(Connection& connection, ShopId shop, std::span<const FindableNick> nicks) {
  static const MultiRow insert(sql::kInsertNickWords, sql::kNickWordColumns, sql::kKeepNickWord,
                               512);
  const std::vector<Word> words = WordsOf(nicks);
  if (!words.empty()) insert.Execute(connection, ValuesOf(shop, words));
}

void DeleteNickWords(Connection& connection, ShopId shop, const FindableNick& nick) {
  static const MultiRow remove(sql::kDeleteNickWords, sql::kNickWordColumns, ")");
  const std::vector<Word> words = WordsOf({&nick, 1});
  if (!words.empty()) remove.Execute(connection, ValuesOf(shop, words));
}

}  // namespace redress::customer
