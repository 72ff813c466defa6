#pragma once

#include <optional>
#include <string>

#include "services/desk/domain/phrase.h"
#include "services/platform/database/connection.h"

namespace redress::desk {

// Reads and writes within a transaction. What is found by LockPhrase stays locked.
std::optional<Phrase> FindPhrase(platform::Connection& db, ShopId shop, PhraseId id);
std::optional<Phrase> LockPhrase(platform::Connection& db, ShopId shop, PhraseId id);
PhraseId FindPhraseByName(platform::Connection& db, ShopId shop, const std::string& language,
                          const std::string& name);
// The phrase with its first text. DatabaseError kDuplicateKey where the name is taken.
void InsertPhrase(platform::Connection& db, const Phrase& phrase);

}  // namespace redress::desk
