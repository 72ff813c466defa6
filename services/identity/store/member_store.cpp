#include "services/identity/store/member_store.h"

#include <stdexcept>
#include <string_view>

#include "services/identity/store/account_rows.h"
#include "services/identity/store/answer.h"
#include "services/identity/store/directory_store.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/requests.h"
#include "services/platform/database/transact.h"

namespace redress::identity {
namespace {

using platform::Connection;
using platform::kClientOrigin;
using platform::Result;
using platform::Role;

// Changes of one shop's members happen one after another, so that the last admin stays.
constexpr std::string_view kLockShop = "SELECT shop_id FROM shops WHERE shop_id = ? FOR UPDATE";
constexpr std::string_view kSelectMember =
    "SELECT m.account_id, a.account_name, a.display_name, m.roles, m.approval_limit_minor, "
    "m.version FROM memberships m JOIN accounts a ON a.account_id = m.account_id "
    "WHERE m.shop_id = ? AND m.account_id = ?";
constexpr std::string_view kSelectMembers =
    "SELECT m.account_id, a.account_name, a.display_name, m.roles, m.approval_limit_minor, "
    "m.version FROM memberships m JOIN accounts a ON a.account_id = m.account_id "
    "WHERE m.shop_id = ? AND m.account_id > ? ORDER BY m.account_id LIMIT ?";
constexpr std::string_view kCountOtherAdmins =
    "SELECT COUNT(1) FROM memberships WHERE shop_id = ? AND account_id <> ? AND roles & ? <> 0";
constexpr std::string_view kInsertMember =
    "INSERT INTO memberships (shop_id, account_id, roles, approval_limit_minor, version, "
    "created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kUpdateMember =
    "UPDATE memberships SET roles = ?, approval_limit_minor = ?, version = ?, updated_at = ? "
    "WHERE shop_id = ? AND account_id = ?";

Member MemberIn(const Result& row) {
  return {row.Id<AccountId>(0), row.String(1),
          row.String(2),        RoleSet::FromBits(static_cast<std::uint32_t>(row.Uint64(3))),
          row.OptInt64(4),      static_cast<std::uint32_t>(row.Uint64(5))};
}

std::optional<Member> ReadMember(Connection& connection, ShopId shop, AccountId account) {
  auto row = connection.Query(kSelectMember, {shop, account});
  if (!row.Next()) return std::nullopt;
  return MemberIn(row);
}

int CountOtherAdmins(Connection& connection, ShopId shop, AccountId account) {
  RoleSet admin;
  admin.Add(Role::ROLE_ADMIN);
  auto row = connection.Query(kCountOtherAdmins, {shop, account, admin.bits()});
  row.Next();
  return static_cast<int>(row.Int64(0));
}

// The account that the membership is for: the existing one of that name, or the new one.
AccountId FindOrMakeAccount(Connection& connection, const NewMember& asked, std::int64_t now_us) {
  auto existing = ReadAccount(connection, asked.account.name);
  CheckAccount(asked, existing.has_value());
  if (existing) return existing->id;
  if (InsertAccount(connection, asked.account, now_us)) return asked.account.id;
  // Somebody in another shop was faster: judged as an existing one after all.
  existing = ReadAccount(connection, asked.account.name);
  CheckAccount(asked, true);
  if (!existing) throw std::logic_error("an account that was there is gone");
  return existing->id;
}

void Announce(Connection& connection, ShopId shop, const Member& member, std::int64_t now_us) {
  AppendToDirectory(
      connection,
      DirectoryMembership{member.account, shop, member.roles, member.approval_limit_minor}, now_us);
}

}  // namespace

bool MemberStore::AccountExists(const std::string& account_name) {
  return platform::Read(pool_, [&](Connection& connection) {
    return ReadAccount(connection, account_name).has_value();
  });
}

Member MemberStore::Create(const WriteKey& key, const NewMember& asked) {
  return platform::Transact(pool_, [&](Connection& connection) {
    if (auto answer = FindAnswer(connection, key.shop, kClientOrigin, key.request_id, key.digest)) {
      return MemberOf(*answer);
    }
    connection.Query(kLockShop, {key.shop});
    if (const auto account = ReadAccount(connection, asked.account.name);
        account && ReadMember(connection, key.shop, account->id)) {
      throw platform::AlreadyExists("member", asked.account.name);
    }
    const AccountId account = FindOrMakeAccount(connection, asked, key.now_us);
    connection.Execute(kInsertMember, {key.shop, account, asked.roles.bits(),
                                       asked.approval_limit_minor, 1, key.now_us, key.now_us});
    Member member = ReadMember(connection, key.shop, account).value();
    RememberAnswer(connection, key.shop, kClientOrigin, key.request_id, key.digest,
                   ToAnswer(member), key.now_us);
    Announce(connection, key.shop, member, key.now_us);
    return member;
  });
}

Member MemberStore::Update(const WriteKey& key, const MemberChange& change) {
  return platform::Transact(pool_, [&](Connection& connection) {
    if (auto answer = FindAnswer(connection, key.shop, kClientOrigin, key.request_id, key.digest)) {
      return MemberOf(*answer);
    }
    connection.Query(kLockShop, {key.shop});
    const auto current = ReadMember(connection, key.shop, change.account);
    if (!current) throw platform::NotFound("member", ToString(change.account));
    Member after =
        DecideUpdate(*current, change, CountOtherAdmins(connection, key.shop, change.account));
    connection.Execute(kUpdateMember, {after.roles.bits(), after.approval_limit_minor,
                                       after.version, key.now_us, key.shop, after.account});
    RememberAnswer(connection, key.shop, kClientOrigin, key.request_id, key.digest, ToAnswer(after),
                   key.now_us);
    Announce(connection, key.shop, after, key.now_us);
    return after;
  });
}

std::vector<Member> MemberStore::List(ShopId shop, AccountId after, std::size_t limit) {
  return platform::Read(pool_, [&](Connection& connection) {
    auto rows = connection.Query(kSelectMembers, {shop, after.value, limit});
    std::vector<Member> members;
    while (rows.Next()) members.push_back(MemberIn(rows));
    return members;
  });
}

}  // namespace redress::identity
