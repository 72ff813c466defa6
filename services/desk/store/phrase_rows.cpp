#include "services/desk/store/phrase_rows.h"

#include "services/desk/store/sql.h"

namespace redress::desk {

using platform::Connection;
using platform::Result;

std::optional<Phrase> FindPhrase(Connection& db, ShopId shop, PhraseId id) {
  Result rows = db.Query(sql::kFindPhrase, {shop, id});
  if (!rows.Next()) return std::nullopt;
  Phrase phrase;
  phrase.shop = shop;
  phrase.id = id;
  phrase.language = rows.String(0);
  phrase.name = rows.String(1);
  phrase.version = static_cast<std::uint32_t>(rows.Uint64(2));
  phrase.archived = rows.Uint64(3) != 0;
  phrase.created_at = rows.Int64(4);
  phrase.text = rows.String(5);
  phrase.reviser = rows.Id<AccountId>(6);
  phrase.revised_at = rows.Int64(7);
  return phrase;
}

std::optional<Phrase> LockPhrase(Connection& db, ShopId shop, PhraseId id) {
  if (!db.Query(sql::kLockPhrase, {shop, id}).Next()) return std::nullopt;
  return FindPhrase(db, shop, id);
}

PhraseId FindPhraseByName(Connection& db, ShopId shop, const std::string& language,
                          const std::string& name) {
  Result rows = db.Query(sql::kFindPhraseByName, {shop, language, name});
  return rows.Next() ? rows.Id<PhraseId>(0) : PhraseId{};
}

void InsertPhrase(Connection& db, const Phrase& phrase) {
  db.Execute(sql::kInsertPhrase,
             {phrase.shop, phrase.id, phrase.language, phrase.name, phrase.created_at});
  db.Execute(sql::kInsertPhraseVersion,
             {phrase.shop, phrase.id, 1, phrase.text, phrase.reviser, phrase.created_at});
}

}  // namespace redress::desk
