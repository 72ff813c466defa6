#include "services/order/store/rules_store.h"

#include <sstream>
#include <stdexcept>

#include "services/order/store/once.h"
#include "services/order/store/rules_sql.h"
#include "services/platform/base/errors.h"

namespace redress::order {
namespace {

using platform::Connection;
using platform::Result;
using platform::SubjectKind;

// A shop has one.
constexpr std::uint64_t kSalt = 1;

std::uint32_t OrStandard(std::uint64_t stored, std::uint32_t standard) {
  return stored == 0 ? standard : static_cast<std::uint32_t>(stored);
}

OrderRules ReadRules(Connection& db, ShopId shop) {
  Result rows = db.Query(sql::kFindRules, {shop});
  OrderRules rules;
  if (!rows.Next()) return rules;
  rules.stuck_after_hours = OrStandard(rows.Uint64(0), rules.stuck_after_hours);
  rules.reminder_window_hours = OrStandard(rows.Uint64(1), rules.reminder_window_hours);
  rules.most_reminders = OrStandard(rows.Uint64(2), rules.most_reminders);
  std::istringstream steps(rows.String(3));
  for (std::string step; std::getline(steps, step);) rules.next_steps.push_back(step);
  rules.has_carrier_salt = rows.Uint64(4) != 0;
  rules.version = static_cast<std::uint32_t>(rows.Uint64(5));
  return rules;
}

std::string Joined(const std::vector<std::string>& steps) {
  std::string text;
  for (const std::string& step : steps) text += step + "\n";
  return text;
}

// The shop's row, made where there is none; its version.
std::uint32_t LockRules(Connection& db, ShopId shop) {
  db.Execute(sql::kMakeRules, {shop});
  Result rows = db.Query(sql::kLockRules, {shop});
  if (!rows.Next()) throw std::logic_error("rules that were made are gone");
  return static_cast<std::uint32_t>(rows.Uint64(0));
}

}  // namespace

OrderRules SqlRulesRepository::Find(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) { return ReadRules(db, shop); });
}

OrderRules SqlRulesRepository::Set(const Write& write, const OrderRules& rules) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        const std::uint32_t version = LockRules(db, write.shop);
        if (version != rules.version) throw platform::VersionConflict(rules.version, version);
        const std::string steps = Joined(rules.next_steps);
        db.Execute(sql::kSetRules, {rules.stuck_after_hours, rules.reminder_window_hours,
                                    rules.most_reminders, steps, version + 1, write.shop});
        return std::to_string(version + 1);
      },
      [&](Connection& db, const std::string&) { return ReadRules(db, write.shop); });
}

void SqlRulesRepository::SetCarrierSalt(const Write& write, const std::string& salt) {
  Write keyed = write;
  keyed.digest = platform::Sha256(std::string(platform::AsBytes(write.digest)) +
                                  sealer_.KeyedHash(write.shop, "carrier-salt", salt));
  WriteOnce(
      pool_, keyed,
      [&](Connection& db) {
        LockRules(db, write.shop);
        const std::string sealed =
            sealer_.Seal(db, write.shop, SubjectKind::kCarrierSalt, kSalt, salt);
        db.Execute(sql::kSetCarrierSalt, {sealed, write.shop});
        return std::string();
      },
      [](Connection&, const std::string&) { return true; });
}

std::optional<std::string> SqlRulesRepository::CarrierSalt(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) -> std::optional<std::string> {
    Result rows = db.Query(sql::kFindCarrierSalt, {shop});
    if (!rows.Next() || rows.String(0).empty()) return std::nullopt;
    return sealer_.Open(db, shop, SubjectKind::kCarrierSalt, kSalt, rows.String(0));
  });
}

}  // namespace redress::order
