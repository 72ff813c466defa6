#include "services/customer/store/tag_rule_store.h"

#include <algorithm>
#include <optional>

#include "services/customer/domain/tag.h"
#include "services/customer/store/definitions.h"
#include "services/customer/store/once.h"
#include "services/customer/store/tag_rows.h"
#include "services/customer/store/tag_sql.h"
#include "services/platform/base/errors.h"

namespace redress::customer {

using platform::Connection;
using platform::Result;
using rules::Subject;

namespace {

std::optional<TagRule> Find(Connection& db, ShopId shop, const std::string& tag) {
  for (TagRule& rule : ReadTagRules(db, shop)) {
    if (rule.tag == tag) return std::move(rule);
  }
  return std::nullopt;
}

TagRule Existing(Connection& db, ShopId shop, const std::string& tag) {
  auto rule = Find(db, shop, tag);
  if (!rule) throw platform::NotFound("tag rule", tag);
  return *std::move(rule);
}

void CheckTagInUse(Connection& db, ShopId shop, const std::string& code) {
  for (const Tag& tag : ReadTags(db, shop)) {
    if (tag.code != code) continue;
    if (!tag.archived) return;
    throw platform::Refusal(platform::Code::kFailedPrecondition, "TAG_ARCHIVED",
                            "The tag " + code + " is archived; take it back into use first.");
  }
  throw platform::NotFound("tag", code);
}

void StoreRule(Connection& db, const Write& write, const TagRule& rule) {
  db.Execute(sql::kWriteTagRule,
             {write.shop, rule.tag, rule.version, static_cast<unsigned>(rule.state),
              rule.on_version, write.now_us});
}

void WriteDraft(Connection& db, const Write& write, TagRule rule, const std::string& expression) {
  ++rule.version;
  rule.state = RuleState::kDraft;
  db.Execute(sql::kAddTagRuleVersion,
             {write.shop, rule.tag, rule.version, expression, write.account.value, write.now_us});
  StoreRule(db, write, rule);
}

auto Restoring(ShopId shop) {
  return [shop](Connection& db, const std::string& tag) { return Existing(db, shop, tag); };
}

Tag Shipped(const ShippedRule& shipped) {
  Tag tag;
  tag.code = shipped.tag;
  tag.group = shipped.group;
  tag.colour = shipped.colour;
  tag.name_zh = shipped.name_zh;
  tag.name_en = shipped.name_en;
  tag.meaning_zh = shipped.meaning_zh;
  tag.meaning_en = shipped.meaning_en;
  tag.version = 1;
  return tag;
}

std::vector<ShippedRule> Chosen(const std::vector<std::string>& tags, const std::string& currency) {
  const std::vector<ShippedRule> all = ShippedRules(currency);
  if (tags.empty()) return all;
  std::vector<ShippedRule> chosen;
  for (std::size_t i = 0; i < tags.size(); ++i) {
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const ShippedRule& rule) { return rule.tag == tags[i]; });
    if (found == all.end()) {
      throw platform::InvalidField("tag_codes[" + std::to_string(i) + "]",
                                   "names no tag that ships; leave the list empty for all");
    }
    chosen.push_back(*found);
  }
  return chosen;
}

}  // namespace

TagRule SqlTagRuleRepository::Set(const Write& write, const std::string& tag, std::uint32_t version,
                                  const std::string& expression) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        CheckTagInUse(db, write.shop, tag);
        TagRule rule = Find(db, write.shop, tag).value_or(TagRule{.tag = tag});
        if (rule.version != version) throw platform::VersionConflict(version, rule.version);
        CheckCondition(db, write.shop, {Subject::Kind::kTag, tag}, expression);
        WriteDraft(db, write, std::move(rule), expression);
        return tag;
      },
      Restoring(write.shop));
}

TagRule SqlTagRuleRepository::Switch(const Write& write, const std::string& tag,
                                     std::uint32_t version, bool on) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        TagRule rule = Existing(db, write.shop, tag);
        if (rule.version != version) throw platform::VersionConflict(version, rule.version);
        if (on) {
          CheckTagInUse(db, write.shop, tag);
          CheckMayBeOn(rule);
          CheckCondition(db, write.shop, {Subject::Kind::kTag, tag}, rule.expression);
        }
        rule.on_version = on ? rule.version : 0;
        // A draft beside the version that was on stays a draft.
        if (on || rule.state == RuleState::kOn) rule.state = on ? RuleState::kOn : RuleState::kOff;
        StoreRule(db, write, rule);
        TouchDefinitions(db, write.shop);
        return tag;
      },
      Restoring(write.shop));
}

void SqlTagRuleRepository::MarkTried(const Write& write, const std::string& tag,
                                     std::uint32_t version) {
  WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        TagRule rule = Existing(db, write.shop, tag);
        if (rule.version == version && rule.state == RuleState::kDraft) {
          rule.state = RuleState::kTried;
          StoreRule(db, write, rule);
        }
        return tag;
      },
      [](Connection&, const std::string&) { return true; });
}

std::vector<TagRule> SqlTagRuleRepository::Adopt(const Write& write,
                                                 const std::vector<std::string>& tags,
                                                 const std::string& currency) {
  const std::vector<ShippedRule> chosen = Chosen(tags, currency);
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        std::vector<Tag> known = ReadTags(db, write.shop);
        for (const ShippedRule& shipped : chosen) {
          const bool has = std::any_of(known.begin(), known.end(),
                                       [&](const Tag& tag) { return tag.code == shipped.tag; });
          if (!has) {
            if (known.size() >= kMostTags) break;
            known.push_back(Shipped(shipped));
            WriteTag(db, write.shop, known.back());
          }
          if (Find(db, write.shop, shipped.tag)) continue;
          WriteDraft(db, write, TagRule{.tag = shipped.tag}, shipped.expression);
        }
        return std::string("adopted");
      },
      [&](Connection& db, const std::string&) {
        std::vector<TagRule> adopted = ReadTagRules(db, write.shop);
        std::erase_if(adopted, [&](const TagRule& rule) {
          return std::none_of(chosen.begin(), chosen.end(),
                              [&](const ShippedRule& shipped) { return shipped.tag == rule.tag; });
        });
        return adopted;
      });
}

TagRule SqlTagRuleRepository::Get(ShopId shop, const std::string& tag) {
  return platform::Read(pool_, [&](Connection& db) { return Existing(db, shop, tag); });
}

std::vector<TagRule> SqlTagRuleRepository::List(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) { return ReadTagRules(db, shop); });
}

std::vector<TagRule> SqlTagRuleRepository::Versions(ShopId shop, const std::string& tag,
                                                    std::uint32_t before, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    Existing(db, shop, tag);
    Result rows = db.Query(sql::kListTagRuleVersions,
                           {shop, tag, before == 0 ? ~std::uint32_t{0} : before, limit});
    std::vector<TagRule> versions;
    while (rows.Next()) {
      versions.push_back({.tag = tag,
                          .version = static_cast<std::uint32_t>(rows.Uint64(0)),
                          .expression = rows.String(1),
                          .author = rows.Id<AccountId>(2),
                          .written_at = rows.Int64(3)});
    }
    return versions;
  });
}

}  // namespace redress::customer
