#include "services/customer/store/care_store.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "services/customer/store/care_sql.h"
#include "services/customer/store/care_task_rows.h"
#include "services/customer/store/contact_rows.h"
#include "services/customer/store/definitions.h"
#include "services/customer/store/due_customers.h"
#include "services/customer/store/once.h"
#include "services/customer/store/person_locks.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/rows.h"
#include "services/platform/time_zone/time_zone.h"

namespace redress::customer {

using platform::Connection;
using platform::Result;
using platform::SubjectKind;

namespace {

CareRule Existing(Connection& db, ShopId shop, const std::string& code) {
  for (CareRule& rule : ReadCareRules(db, shop)) {
    if (rule.code == code) return std::move(rule);
  }
  throw platform::NotFound("care rule", code);
}

bool Has(const std::vector<CareRule>& rules, std::string_view code) {
  return std::any_of(rules.begin(), rules.end(),
                     [&](const CareRule& rule) { return rule.code == code; });
}

void CheckIsRoom(const std::vector<CareRule>& rules) {
  if (rules.size() < kMostCareRules) return;
  throw platform::Refusal(platform::Code::kFailedPrecondition, "TOO_MANY_CARE_RULES",
                          "The shop has " + std::to_string(kMostCareRules) +
                              " care rules; change one that is not enabled.");
}

void CheckMayCreate(Connection& db, ShopId shop, const std::string& code) {
  const std::vector<CareRule> rules = ReadCareRules(db, shop);
  if (Has(rules, code)) throw platform::AlreadyExists("care rule", code);
  CheckIsRoom(rules);
}

std::string DaysText(const std::vector<std::int64_t>& days) {
  std::string text;
  for (const std::int64_t day : days) text += (text.empty() ? "" : ",") + platform::DayText(day);
  return text;
}

void StoreRule(Connection& db, ShopId shop, const CareRule& rule) {
  const std::string days = DaysText(rule.days);
  db.Execute(sql::kWriteCareRule,
             {shop, rule.code, rule.name_zh, rule.name_en, rule.expression,
              static_cast<unsigned>(rule.occasion), days, rule.days_ahead, rule.quiet_days,
              rule.coupon ? 1 : 0, rule.enabled ? 1 : 0, rule.version});
}

std::string Encode(const ContactAnswer& answer) {
  return std::to_string(static_cast<int>(answer.verdict)) + " " +
         std::to_string(answer.contacted_at);
}

ContactAnswer Decode(const std::string& stored) {
  std::istringstream words(stored);
  int verdict = 0;
  ContactAnswer answer;
  words >> verdict >> answer.contacted_at;
  answer.verdict = static_cast<ContactVerdict>(verdict);
  return answer;
}

ContactAnswer Reserve(Connection& db, const Write& write, CustomerId customer,
                      std::uint32_t quiet_days) {
  const std::vector<CustomerId> members = GroupOf(db, write.shop, customer);
  const PersonContacts contacts = LockContacts(db, write.shop, members);
  const ContactVerdict verdict = VerdictOn(contacts, quiet_days, write.now_us);
  if (verdict == ContactVerdict::kAllowed) RecordContact(db, write.shop, members, write.now_us);
  return {verdict, contacts.contacted_at};
}

}  // namespace

CareRule SqlCareRepository::SetRule(const Write& write, const CareRule& rule) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        if (rule.version == 0) {
          CheckMayCreate(db, write.shop, rule.code);
        } else {
          const CareRule known = Existing(db, write.shop, rule.code);
          if (known.version != rule.version) {
            throw platform::VersionConflict(rule.version, known.version);
          }
        }
        CheckCondition(db, write.shop, rule.expression);
        CareRule made = rule;
        ++made.version;
        StoreRule(db, write.shop, made);
        TouchDefinitions(db, write.shop);
        return rule.code;
      },
      [&](Connection& db, const std::string& code) { return Existing(db, write.shop, code); });
}

std::vector<CareRule> SqlCareRepository::ListRules(ShopId shop) {
  return platform::Read(pool_, [&](Connection& db) { return ReadCareRules(db, shop); });
}

CareWishes SqlCareRepository::ReadWishes(Connection& db, ShopId shop, CustomerId customer,
                                         bool lock) {
  Result rows = db.Query(lock ? sql::kLockWishes : sql::kFindWishes, {shop, customer});
  CareWishes wishes{.customer = customer};
  if (!rows.Next()) return wishes;
  wishes.birthday =
      sealer_.Open(db, shop, SubjectKind::kCustomer, customer.value, rows.String(0)).value_or("");
  wishes.no_contact = rows.Int64(1) != 0;
  wishes.version = static_cast<std::uint32_t>(rows.Uint64(2));
  return wishes;
}

CareWishes SqlCareRepository::SetWishes(const Write& asked, const CareWishes& wishes) {
  Write write = asked;
  write.digest = platform::Sha256(std::string(platform::AsBytes(asked.digest)) +
                                  sealer_.KeyedHash(asked.shop, "birthday", wishes.birthday));
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        HoldCustomer(db, write.shop, wishes.customer);
        db.Execute(sql::kEnsureWishes, {write.shop, wishes.customer});
        const CareWishes known = ReadWishes(db, write.shop, wishes.customer, true);
        if (known.version != wishes.version) {
          throw platform::VersionConflict(wishes.version, known.version);
        }
        const std::string sealed = wishes.birthday.empty()
                                       ? std::string()
                                       : sealer_.Seal(db, write.shop, SubjectKind::kCustomer,
                                                      wishes.customer.value, wishes.birthday);
        db.Execute(sql::kWriteWishes, {sealed, wishes.no_contact ? 1 : 0, wishes.version + 1,
                                       write.shop, wishes.customer});
        MarkDue(db, write.shop, {&wishes.customer, 1}, write.now_us);
        return platform::ToString(wishes.customer);
      },
      [&](Connection& db, const std::string&) {
        return ReadWishes(db, write.shop, wishes.customer, false);
      });
}

CareWishes SqlCareRepository::GetWishes(ShopId shop, CustomerId customer) {
  return platform::Read(pool_, [&](Connection& db) {
    PersonNow(db, shop, customer);
    return ReadWishes(db, shop, customer, false);
  });
}

void SqlCareRepository::ContactRefused(ShopId shop, std::span<const CustomerId> customers,
                                       std::int64_t now_us) {
  static const platform::MultiRow refuse(sql::kRefuseContact, 5, sql::kRefuseContactTail);
  platform::Transact(pool_, [&](Connection& db) {
    std::vector<platform::Value> rows;
    for (const CustomerId customer : customers) {
      rows.insert(rows.end(), {shop, customer, "", 1, 1});
    }
    refuse.Execute(db, rows);
    MarkDue(db, shop, customers, now_us);
  });
}

// What is off judges nobody, so the definitions in force stay as they are.
std::vector<CareRule> SqlCareRepository::Adopt(const Write& write) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        LockDefinitions(db, write.shop);
        std::vector<CareRule> known = ReadCareRules(db, write.shop);
        for (const ShippedCareRule& shipped : ShippedCareRules()) {
          if (Has(known, shipped.code)) continue;
          CheckIsRoom(known);
          known.push_back(RuleOf(shipped));
          StoreRule(db, write.shop, known.back());
        }
        return std::string("adopted");
      },
      [&](Connection& db, const std::string&) {
        std::vector<CareRule> adopted = ReadCareRules(db, write.shop);
        std::erase_if(adopted, [](const CareRule& rule) {
          const auto& all = ShippedCareRules();
          return std::none_of(all.begin(), all.end(), [&](const ShippedCareRule& shipped) {
            return shipped.code == rule.code;
          });
        });
        return adopted;
      });
}

ContactAnswer SqlCareRepository::ReserveContact(const Write& write, CustomerId customer,
                                                std::uint32_t quiet_days) {
  if (quiet_days == 0) {
    return platform::Read(pool_, [&](Connection& db) -> ContactAnswer {
      const bool unwanted = IsUnwanted(db, write.shop, GroupOf(db, write.shop, customer));
      return {unwanted ? ContactVerdict::kRefused : ContactVerdict::kAllowed, 0};
    });
  }
  return platform::Transact(pool_, [&](Connection& db) {
    if (const auto known = platform::FindAnswer(db, write.shop, platform::kServiceOrigin,
                                                write.request_id, write.digest)) {
      ContactAnswer answer = Decode(*known);
      // A wish that came since holds.
      if (answer.verdict == ContactVerdict::kAllowed &&
          IsUnwanted(db, write.shop, GroupOf(db, write.shop, customer))) {
        answer.verdict = ContactVerdict::kRefused;
      }
      return answer;
    }
    const ContactAnswer answer = Reserve(db, write, customer, quiet_days);
    platform::RememberAnswer(db, write.shop, platform::kServiceOrigin, write.request_id,
                             write.digest, Encode(answer), write.now_us);
    return answer;
  });
}

std::vector<CareTask> SqlCareRepository::List(const CareQuery& query) {
  return platform::Read(pool_, [&](Connection& db) { return ListCareTasks(db, query); });
}

CareTask SqlCareRepository::Change(const Write& write, const CareChange& change) {
  return WriteOnce(
      pool_, write,
      [&](Connection& db) {
        ChangeCareTask(db, write, change);
        return platform::ToString(change.task);
      },
      [&](Connection& db, const std::string&) {
        return FindCareTask(db, write.shop, change.task);
      });
}

}  // namespace redress::customer
