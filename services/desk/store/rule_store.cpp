#include "services/desk/store/rule_store.h"

#include "services/desk/domain/default_notifications.h"
#include "services/desk/store/once.h"
#include "services/desk/store/phrase_rows.h"
#include "services/desk/store/rule_rows.h"
#include "services/desk/store/sql.h"
#include "services/platform/base/errors.h"

namespace redress::desk {
namespace {

using platform::Code;
using platform::Connection;
using platform::Refusal;

void CheckVersion(const std::optional<NotificationRule>& known, const NotificationRule& wanted) {
  if (!known && wanted.version != 0) throw platform::NotFound("notification_rule", wanted.code);
  if (known && wanted.version == 0) throw platform::AlreadyExists("notification_rule", wanted.code);
  if (known && known->version != wanted.version) {
    throw platform::VersionConflict(wanted.version, known->version);
  }
}

void CheckRoom(Connection& db, ShopId shop) {
  if (ReadRules(db.Query(sql::kListRules, {shop, "", kMostRules})).size() < kMostRules) return;
  throw Refusal(Code::kFailedPrecondition, "TOO_MANY_RULES",
                "A shop has at most 100 rules; change one that is off instead.");
}

NotificationRule Stored(Connection& db, ShopId shop, const std::string& code) {
  auto rule = FindRule(db, shop, code);
  if (!rule) throw std::logic_error("a rule that was stored is gone");
  return *std::move(rule);
}

PhraseId PhraseFor(Connection& db, const Write& write, platform::IdSource& ids, Phrase phrase) {
  if (const PhraseId known = FindPhraseByName(db, write.shop, phrase.language, phrase.name)) {
    return known;
  }
  phrase.shop = write.shop;
  phrase.id = ids.New<PhraseId>();
  phrase.reviser = write.account;
  phrase.created_at = write.now_us;
  InsertPhrase(db, phrase);
  return phrase.id;
}

}  // namespace

NotificationRule SqlRuleRepository::Set(const Write& write, const NotificationRule& rule) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        const auto known = LockRule(db, write.shop, rule.code);
        CheckVersion(known, rule);
        if (!known) CheckRoom(db, write.shop);
        // Locked, so that its text cannot change under the check.
        const auto phrase = LockPhrase(db, write.shop, rule.phrase);
        if (!phrase) throw platform::NotFound("phrase", platform::ToString(rule.phrase));
        CheckRule(rule, *phrase);
        NotificationRule next = rule;
        next.shop = write.shop;
        next.version += 1;
        // A change of one that is on neither forgets what happened since nor tells it again.
        next.enabled_at = known && known->enabled ? known->enabled_at : write.now_us;
        if (known) {
          UpdateRule(db, next);
        } else {
          InsertRule(db, next);
        }
        return rule.code;
      },
      [&](Connection& db, const std::string& code) { return Stored(db, write.shop, code); });
}

std::vector<NotificationRule> SqlRuleRepository::UseDefaults(const Write& write,
                                                             const std::string& language) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        for (const DefaultNotification& one : DefaultNotifications()) {
          if (LockRule(db, write.shop, std::string(one.code))) continue;
          NotificationRule rule = RuleOf(one);
          rule.shop = write.shop;
          rule.phrase = PhraseFor(db, write, ids_, PhraseOf(one, language));
          rule.enabled_at = write.now_us;
          InsertRule(db, rule);
        }
        return std::string("defaults");
      },
      [&](Connection& db, const std::string&) {
        std::vector<NotificationRule> rules;
        for (const DefaultNotification& one : DefaultNotifications()) {
          rules.push_back(Stored(db, write.shop, std::string(one.code)));
        }
        return rules;
      });
}

std::optional<NotificationRule> SqlRuleRepository::Find(ShopId shop, const std::string& code) {
  return platform::Read(pool_, [&](Connection& db) { return FindRule(db, shop, code); });
}

std::optional<NotificationRule> SqlRuleRepository::FindInviting(ShopId shop, PhraseId phrase) {
  return platform::Read(pool_, [&](Connection& db) { return FindInvitingRule(db, shop, phrase); });
}

std::vector<NotificationRule> SqlRuleRepository::List(ShopId shop, const std::string& after,
                                                      std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    return ReadRules(db.Query(sql::kListRules, {shop, after, limit}));
  });
}

}  // namespace redress::desk
