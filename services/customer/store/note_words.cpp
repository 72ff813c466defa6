#include "services/customer/store/note_words.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "services/customer/store/note_sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/search/search_text.h"

namespace redress::customer {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::size_t kHashBytes = 8;
// Words in a question are few; of a long one these many bigrams choose well enough.
constexpr std::size_t kMostHashesAsked = 16;
constexpr std::size_t kCountedTo = 500;
constexpr std::size_t kCandidates = 300;
// A second and third bigram leave hardly a candidate that the text does not confirm.
constexpr std::size_t kHashesUsed = 3;

}  // namespace

std::vector<std::string> NoteWords::HashesOf(ShopId shop, std::u32string_view folded) {
  std::vector<std::string> hashes;
  for (const std::string& bigram : platform::BigramsOf(folded)) {
    hashes.push_back(sealer_.KeyedHash(shop, "note-words", bigram).substr(0, kHashBytes));
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

void NoteWords::Write(Connection& db, ShopId shop, NoteId note, std::string_view text) {
  static const MultiRow insert(sql::kInsertNoteWords, sql::kNoteWordColumns);
  Delete(db, shop, note);
  const std::vector<std::string> hashes = HashesOf(shop, platform::Fold(text));
  std::vector<Value> values;
  values.reserve(hashes.size() * sql::kNoteWordColumns);
  for (const std::string& hash : hashes) values.insert(values.end(), {shop, hash, note});
  if (!values.empty()) insert.Execute(db, values);
}

void NoteWords::Delete(Connection& db, ShopId shop, NoteId note) {
  db.Execute(sql::kDeleteNoteWords, {shop, note});
}

void NoteWords::DeleteOfCustomer(Connection& db, ShopId shop, CustomerId customer) {
  Result rows = db.Query(sql::kListNoteIdsOfCustomer, {shop, customer});
  while (rows.Next()) Delete(db, shop, rows.Id<NoteId>(0));
}

std::vector<std::string> NoteWords::Rarest(Connection& db, ShopId shop,
                                           const std::vector<std::string>& hashes) {
  std::vector<std::pair<std::uint64_t, std::string>> counted;
  for (const std::string& hash : hashes) {
    if (counted.size() == kMostHashesAsked) break;
    Result count = db.Query(sql::kCountNotesOfWord, {shop, hash, kCountedTo});
    const std::uint64_t notes = count.Next() ? count.Uint64(0) : 0;
    if (notes == 0) return {};
    counted.emplace_back(notes, hash);
  }
  std::sort(counted.begin(), counted.end());
  std::vector<std::string> rarest;
  for (const auto& [notes, hash] : counted) {
    if (rarest.size() < kHashesUsed) rarest.push_back(hash);
  }
  return rarest;
}

NoteWords::Candidates NoteWords::Find(Connection& db, ShopId shop,
                                      const std::vector<std::u32string>& words, NoteId before) {
  static const MultiRow with_word(sql::kSelectNotesWithWord, sql::kNoteWordColumns, ")", 512);
  std::u32string joined;
  for (const std::u32string& word : words) joined += word + U' ';
  const std::vector<std::string> hashes = Rarest(db, shop, HashesOf(shop, joined));
  Candidates found;
  if (hashes.empty()) return found;
  Result rows = db.Query(sql::kSelectNotesOfWord, {shop, hashes.front(), before, kCandidates});
  while (rows.Next()) found.notes.push_back(rows.Id<NoteId>(0));
  if (found.notes.size() == kCandidates) found.last = found.notes.back();
  for (std::size_t i = 1; i < hashes.size() && !found.notes.empty(); ++i) {
    std::vector<Value> keys;
    for (const NoteId note : found.notes) keys.insert(keys.end(), {shop, hashes[i], note});
    std::unordered_set<NoteId> have;
    with_word.Query(db, keys, [&](Result& row) { have.insert(row.Id<NoteId>(0)); });
    std::erase_if(found.notes, [&](NoteId note) { return !have.contains(note); });
  }
  return found;
}

}  // namespace redress::customer
