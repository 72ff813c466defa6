#include "services/customer/store/tag_store.h"

#include <algorithm>

#include "services/customer/store/decide_tags.h"
#include "services/customer/store/definitions.h"
#include "services/customer/store/once.h"
#include "services/customer/store/tag_rows.h"
#include "services/customer/store/tag_sql.h"
#include "services/platform/base/errors.h"

namespace redress::customer {

using platform::Connection;
using platform::Result;

namespace {

std::optional<Tag> Find(const std::vector<Tag>& tags, const std::string& code) {
  const auto found =
      std::find_if(tags.begin(), tags.end(), [&](const Tag& tag) { return tag.code == code; });
  return found == tags.end() ? std::nullopt : std::optional(*found);
}

Tag Existing(Connection& db, ShopId shop, const std::string& code) {
  auto tag = Find(ReadTags(db, shop), code);
  if (!tag) throw platform::NotFound("tag", code);
  return *std::move(tag);
}

Tag Locked(Connection& db, ShopId shop, const std::string& code, std::uint32_t version) {
  Tag tag = Existing(db, shop, code);
  if (tag.version != version) throw platform::VersionConflict(version, tag.version);
  return tag;
}

void CheckMayCreate(Connection& db, ShopId shop, const std::string& code) {
  const std::vector<Tag> tags = ReadTags(db, shop);
  if (Find(tags, code)) throw platform::AlreadyExists("tag", code);
  if (tags.size() >= kMostTags) {
    throw platform::Refusal(platform::Code::kFailedPrecondition, "TOO_MANY_TAGS",
                            "The shop has " + std::to_string(kMostTags) +
                                " tags, archived ones included; change one instead.");
  }
}

void MarkRuled(Connection& db, ShopId shop, std::vector<Tag>& tags) {
  for (const TagRule& rule : ReadTagRules(db, shop)) {
    for (Tag& tag : tags) tag.by_rule |= tag.code == rule.tag && rule.on_version != 0;
  }
}

auto Restoring(ShopId shop) {
  return [shop](Connection& db, const std::string& code) {
    std::vector<Tag> tags{Existing(db, shop, code)};
    MarkRuled(db, shop, tags);
    return tags.front();
  };
}

}  // namespace

Tag SqlTagRepository::Set(const Write& write, const Tag& tag) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        Tag made = tag;
        if (tag.version == 0) {
          CheckMayCreate(db, write.shop, tag.code);
        } else {
          made.archived = Locked(db, write.shop, tag.code, tag.version).archived;
        }
        ++made.version;
        WriteTag(db, write.shop, made);
        return tag.code;
      },
      Restoring(write.shop));
}

Tag SqlTagRepository::SetArchived(const Write& write, const std::string& code,
                                  std::uint32_t version, bool archived) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        Tag tag = Locked(db, write.shop, code, version);
        if (archived) CheckUnused(db, write.shop, {rules::Subject::Kind::kTag, code});
        tag.archived = archived;
        ++tag.version;
        WriteTag(db, write.shop, tag);
        return code;
      },
      Restoring(write.shop));
}

std::vector<Tag> SqlTagRepository::List(ShopId shop, bool with_archived) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<Tag> tags = ReadTags(db, shop);
    if (!with_archived) std::erase_if(tags, [](const Tag& tag) { return tag.archived; });
    MarkRuled(db, shop, tags);
    return tags;
  });
}

std::vector<TagResult> SqlTagRepository::Decide(const Write& write, const TagByHand& by_hand,
                                                std::span<const CustomerId> customers) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        const Tag tag = Existing(db, write.shop, by_hand.tag);
        if (by_hand.decision == HandDecision::kSet && (tag.archived || !tag.by_hand)) {
          throw platform::Refusal(platform::Code::kFailedPrecondition, "TAG_NOT_BY_HAND",
                                  "The tag " + tag.code +
                                      (tag.archived ? " is archived; take it back into use first."
                                                    : " is set by its rule only."));
        }
        return EncodeResults(DecideTags(db, ids_, write, tag, by_hand, customers));
      },
      [](Connection&, const std::string& answer) { return DecodeResults(answer); });
}

std::vector<CustomerTag> SqlTagRepository::Of(ShopId shop, std::span<const CustomerId> members,
                                              std::int64_t now_us) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<CustomerTag> tags = DecidedByHand(ReadDecisions(db, shop, members), now_us);
    const std::size_t by_hand = tags.size();
    for (CustomerTag& ruled : ReadCustomerTags(db, shop, members.first(1))) {
      const bool decided =
          std::any_of(tags.begin(), tags.begin() + static_cast<std::ptrdiff_t>(by_hand),
                      [&](const CustomerTag& decision) { return decision.tag == ruled.tag; });
      if (ruled.origin == TagOrigin::kRule && !decided) tags.push_back(std::move(ruled));
    }
    std::sort(tags.begin(), tags.end(),
              [](const CustomerTag& a, const CustomerTag& b) { return a.tag < b.tag; });
    return tags;
  });
}

std::vector<TagChange> SqlTagRepository::Changes(ShopId shop, std::span<const CustomerId> members,
                                                 std::uint64_t before, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    std::vector<TagChange> changes;
    for (const CustomerId customer : members) {
      Result rows = db.Query(sql::kListTagChanges,
                             {shop, customer, before == 0 ? ~std::uint64_t{0} : before, limit});
      while (rows.Next()) {
        changes.push_back({.id = rows.Uint64(0),
                           .customer = customer,
                           .tag = rows.String(1),
                           .action = static_cast<TagAction>(rows.Int64(2)),
                           .origin = static_cast<TagOrigin>(rows.Int64(3)),
                           .account = rows.Id<AccountId>(4),
                           .rule_version = static_cast<std::uint32_t>(rows.Uint64(5)),
                           .why = DecodeWhy(rows.String(6)),
                           .changed_at = rows.Int64(7),
                           .expires_at = rows.OptInt64(8).value_or(0)});
      }
    }
    std::sort(changes.begin(), changes.end(),
              [](const TagChange& a, const TagChange& b) { return a.id > b.id; });
    if (changes.size() > limit) changes.resize(limit);
    return changes;
  });
}

std::vector<CustomerTag> SqlTagRepository::Tagged(ShopId shop, const std::string& code,
                                                  CustomerId after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& db) {
    Existing(db, shop, code);
    Result rows = db.Query(sql::kTaggedCustomers, {shop, code, after.value, limit});
    std::vector<CustomerTag> people;
    while (rows.Next()) {
      people.push_back({.customer = rows.Id<CustomerId>(0),
                        .tag = code,
                        .origin = static_cast<TagOrigin>(rows.Int64(1)),
                        .rule_version = static_cast<std::uint32_t>(rows.Uint64(2)),
                        .since = rows.Int64(3)});
    }
    return people;
  });
}

}  // namespace redress::customer
