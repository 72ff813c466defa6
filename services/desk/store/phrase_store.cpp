#include "services/desk/store/phrase_store.h"

#include "services/desk/domain/notification_rule.h"
#include "services/desk/store/once.h"
#include "services/desk/store/phrase_rows.h"
#include "services/desk/store/sql.h"
#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

using platform::Code;
using platform::Connection;
using platform::DatabaseError;
using platform::Refusal;
using platform::Result;

Phrase Locked(Connection& db, ShopId shop, PhraseId id, std::uint32_t version) {
  auto phrase = LockPhrase(db, shop, id);
  if (!phrase) throw platform::NotFound("phrase", platform::ToString(id));
  if (phrase->version != version) throw platform::VersionConflict(version, phrase->version);
  return *std::move(phrase);
}

// The rule that is on and uses the phrase; empty for none. `inviting`: only one that invites to
// review.
std::string RuleInUse(Connection& db, ShopId shop, PhraseId id, bool inviting) {
  Result rows = db.Query(sql::kFindRuleOfPhrase, {shop, id, inviting ? 1 : 0});
  return rows.Next() ? rows.String(0) : std::string();
}

// What a repeat is answered: the phrase as it is now.
Phrase Restore(Connection& db, ShopId shop, const std::string& answer) {
  auto phrase = FindPhrase(db, shop, PhraseId{std::stoull(answer)});
  if (!phrase) throw std::logic_error("a phrase that was stored is gone");
  return *std::move(phrase);
}

auto Restoring(ShopId shop) {
  return [shop](Connection& db, const std::string& answer) { return Restore(db, shop, answer); };
}

}  // namespace

Phrase SqlPhraseRepository::Create(const Write& write, const Phrase& phrase) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        Phrase made = phrase;
        made.shop = write.shop;
        made.id = ids_.New<PhraseId>();
        made.reviser = write.account;
        made.created_at = write.now_us;
        try {
          InsertPhrase(db, made);
        } catch (const DatabaseError& error) {
          if (error.kind() != DatabaseError::Kind::kDuplicateKey) throw;
          throw platform::AlreadyExists("phrase", made.name);
        }
        return platform::ToString(made.id);
      },
      Restoring(write.shop));
}

Phrase SqlPhraseRepository::Revise(const Write& write, PhraseId id, std::uint32_t version,
                                   const std::string& text) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        const Phrase phrase = Locked(db, write.shop, id, version);
        if (!RuleInUse(db, write.shop, id, true).empty()) CheckInvitation(text, "text");
        db.Execute(sql::kInsertPhraseVersion,
                   {write.shop, id, phrase.version + 1, text, write.account, write.now_us});
        db.Execute(sql::kSetPhraseVersion, {phrase.version + 1, write.shop, id});
        return platform::ToString(id);
      },
      Restoring(write.shop));
}

Phrase SqlPhraseRepository::SetArchived(const Write& write, PhraseId id, std::uint32_t version,
                                        bool archived) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        Locked(db, write.shop, id, version);
        const std::string rule = archived ? RuleInUse(db, write.shop, id, false) : std::string();
        if (!rule.empty()) {
          throw Refusal(Code::kFailedPrecondition, "PHRASE_IN_USE",
                        "The rule " + rule +
                            " sends this phrase; switch it off or give it "
                            "another one first.")
              .With("rule_code", rule);
        }
        db.Execute(sql::kArchivePhrase, {archived ? 1 : 0, write.shop, id});
        return platform::ToString(id);
      },
      Restoring(write.shop));
}

std::optional<Phrase> SqlPhraseRepository::Find(ShopId shop, PhraseId id) {
  return platform::Read(pool_, [&](Connection& db) { return FindPhrase(db, shop, id); });
}

std::vector<Phrase> SqlPhraseRepository::List(const PhraseQuery& query) {
  const std::uint64_t before = query.before ? query.before->value : ~std::uint64_t{0};
  return platform::Read(pool_, [&](Connection& db) {
    Result rows = db.Query(sql::kListPhrases, {query.shop, before, query.language, query.language,
                                               query.with_archived ? 1 : 0, query.limit});
    std::vector<Phrase> phrases;
    while (rows.Next()) {
      if (auto phrase = FindPhrase(db, query.shop, rows.Id<PhraseId>(0))) {
        phrases.push_back(*std::move(phrase));
      }
    }
    return phrases;
  });
}

std::vector<Phrase> SqlPhraseRepository::ListVersions(ShopId shop, PhraseId id,
                                                      std::uint32_t before, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    const auto phrase = FindPhrase(db, shop, id);
    if (!phrase) throw platform::NotFound("phrase", platform::ToString(id));
    Result rows = db.Query(sql::kListPhraseVersions,
                           {shop, id, before == 0 ? ~std::uint32_t{0} : before, limit});
    std::vector<Phrase> versions;
    while (rows.Next()) {
      Phrase version = *phrase;
      version.version = static_cast<std::uint32_t>(rows.Uint64(0));
      version.text = rows.String(1);
      version.reviser = rows.Id<AccountId>(2);
      version.revised_at = rows.Int64(3);
      versions.push_back(std::move(version));
    }
    return versions;
  });
}

}  // namespace redress::desk
