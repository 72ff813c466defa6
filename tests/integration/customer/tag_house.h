// Tags, rules, segments and care over a real database, with facts that a test writes itself.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "services/customer/domain/facts.h"
#include "services/customer/store/care_store.h"
#include "services/customer/store/due_customers.h"
#include "services/customer/store/mysql_people.h"
#include "services/customer/store/rule_questions_store.h"
#include "services/customer/store/segment_store.h"
#include "services/customer/store/sql_judge.h"
#include "services/customer/store/tag_rule_store.h"
#include "services/customer/store/tag_store.h"
#include "services/platform/base/errors.h"
#include "services/platform/database/transact.h"
#include "tests/integration/customer/customer_house.h"

namespace redress::customer {

// Figures of customers by row; groups are as the database says.
class WrittenFacts final : public CustomerFactsReader {
 public:
  explicit WrittenFacts(platform::Pool& pool) : pool_(pool) {}

  std::vector<CustomerFacts> Read(ShopId shop, std::span<const CustomerId> heads) override {
    const auto people = platform::Read(
        pool_, [&](platform::Connection& db) { return SelectPeople(db, shop, heads); });
    const std::lock_guard lock(mutex_);
    std::vector<CustomerFacts> facts;
    for (const Person& person : people) {
      CustomerFacts of = figures_[person.head];
      of.customer = person.head;
      of.members = person.members;
      facts.push_back(std::move(of));
    }
    return facts;
  }

  template <class Change>
  void Edit(CustomerId customer, Change change) {
    const std::lock_guard lock(mutex_);
    change(figures_[customer]);
  }

 private:
  platform::Pool& pool_;
  std::mutex mutex_;
  std::map<CustomerId, CustomerFacts> figures_;
};

// A client repeats what was UNAVAILABLE, with the same request_id.
template <class Call>
auto Patiently(Call call) {
  constexpr int kPatience = 50;
  for (int attempt = 1;; ++attempt) {
    try {
      return call();
    } catch (const platform::Refusal& refusal) {
      if (refusal.code() != platform::Code::kUnavailable || attempt == kPatience) throw;
    }
  }
}

template <class Call>
std::string ReasonOfRefusal(Call call) {
  try {
    call();
  } catch (const platform::Refusal& refusal) {
    return refusal.reason();
  }
  return "";
}

// The last step of a refund for which these coupons were given.
inline CaseFact EndedRefund(CustomerId customer, std::uint64_t case_id,
                            std::vector<CaseCoupon> coupons) {
  CaseFact step;
  step.shop = kShop;
  step.id = CaseId{case_id};
  step.sequence = 4;
  step.customer = customer;
  step.kind = "refund";
  step.is_final = true;
  step.coupons = std::move(coupons);
  return step;
}

struct TagHouse : CustomerHouse {
  explicit TagHouse(platform::FaultPlan* faults)
      : CustomerHouse(faults),
        facts(plain),
        people(plain),
        tags(pool, ids),
        rules(pool),
        segments(pool),
        care(pool, sealer),
        questions({pool, clock, sealer, facts, people, Zone}),
        judge({pool, ids, clock, sealer, facts, Zone,
               [this](ShopId, const std::exception& error) { Failed(error); }}) {}

  static std::shared_ptr<const platform::TimeZone> Zone(ShopId) {
    return platform::TimeZone::Load("Asia/Shanghai");
  }

  Write NewWrite(const std::string& name = "", ShopId shop = kShop, std::uint64_t account = 5) {
    const std::string id = name.empty() ? "w" + std::to_string(++writes) : name;
    return {.shop = shop,
            .request_id = id,
            .digest = platform::Sha256(id),
            .account = AccountId{account},
            .now_us = clock.NowUs()};
  }

  std::vector<CustomerId> NewCustomers(std::size_t count, ShopId shop = kShop) {
    std::vector<std::string> nicks;
    for (std::size_t i = 0; i < count; ++i) nicks.push_back("nick" + std::to_string(++nick));
    return Patiently([&] { return store.Ensure(shop, "taobao", nicks); });
  }
  CustomerId NewCustomer() { return NewCustomers(1).front(); }

  Tag NewTag(const std::string& code, std::uint32_t expiry_days = 0) {
    Tag tag;
    tag.code = code;
    tag.group = "group";
    tag.colour = "#000000";
    tag.name_zh = tag.name_en = code;
    tag.expiry_days = expiry_days;
    const Write write = NewWrite();
    return Patiently([&] { return tags.Set(write, tag); });
  }

  // The rule of the tag, on.
  TagRule RuleOn(const std::string& tag, const std::string& condition, std::uint32_t version = 0) {
    const Write set = NewWrite(), tried = NewWrite(), on = NewWrite();
    const TagRule rule = Patiently([&] { return rules.Set(set, tag, version, condition); });
    Patiently([&] {
      rules.MarkTried(tried, tag, rule.version);
      return true;
    });
    return Patiently([&] { return rules.Switch(on, tag, rule.version, true); });
  }

  Segment NewSegment(const std::string& code, const std::string& condition) {
    Segment segment;
    segment.code = code;
    segment.name_zh = segment.name_en = code;
    segment.expression = condition;
    const Write write = NewWrite();
    return Patiently([&] { return segments.Set(write, segment); });
  }

  std::vector<TagResult> Decide(const std::string& tag, HandDecision decision,
                                const std::vector<CustomerId>& customers,
                                std::int64_t expires_at = 0) {
    const Write write = NewWrite();
    return Patiently([&] {
      return tags.Decide(write, {.tag = tag, .decision = decision, .expires_at = expires_at},
                         customers);
    });
  }

  template <class Change>
  void Learn(CustomerId customer, Change change) {
    facts.Edit(customer, change);
    Patiently([&] {
      platform::Transact(pool, [&](platform::Connection& db) {
        MarkDue(db, kShop, {&customer, 1}, clock.NowUs());
      });
      return true;
    });
  }

  void Merge(CustomerId child, CustomerId head) {
    platform::Transact(plain, [&](platform::Connection& db) {
      db.Execute("UPDATE customers SET head_id = ? WHERE shop_id = ? AND customer_id = ?",
                 {head, kShop, child});
      db.Execute("INSERT INTO customer_members (shop_id, head_id, customer_id) VALUES (?, ?, ?)",
                 {kShop, head, child});
      MarkDue(db, kShop, {&head, 1}, clock.NowUs());
    });
  }

  // Where faults strike, a batch may fail and is judged again.
  void Failed(const std::exception& error) {
    ++failures;
    const auto* refusal = dynamic_cast<const platform::Refusal*>(&error);
    if (refusal == nullptr || refusal->code() != platform::Code::kUnavailable) {
      ADD_FAILURE() << error.what();
    }
  }

  // Until nobody is due.
  void Settle() { Settle(judge); }
  void Settle(SqlJudge& by) {
    for (bool more = true; more;) {
      failures = 0;
      more = Patiently([&] { return by.Round(); }) || failures > 0 || AnyWaits();
    }
  }

  // Of a judge whose connection was cut, the server may hold the rows for a moment longer; a round
  // passes over them, and they come back.
  bool AnyWaits() {
    return platform::Read(plain, [&](platform::Connection& db) {
      return db
          .Query(
              "SELECT customer_id FROM customer_due WHERE shop_id = ? AND due_at <= ?"
              " UNION ALL SELECT swept_to FROM judged_shops WHERE shop_id = ?"
              " AND swept_to IS NOT NULL LIMIT 1",
              {kShop, clock.NowUs(), kShop})
          .Next();
    });
  }

  // As rules last decided.
  std::set<std::string> TagsOf(CustomerId customer) {
    std::set<std::string> codes;
    const Person person = people.PersonOf(kShop, customer);
    for (const CustomerTag& tag : tags.Of(kShop, person.members, clock.NowUs())) {
      if (!tag.denied) codes.insert(tag.tag);
    }
    return codes;
  }

  WrittenFacts facts;
  MysqlPeople people;
  SqlTagRepository tags;
  SqlTagRuleRepository rules;
  SqlSegmentRepository segments;
  SqlCareRepository care;
  SqlRuleQuestions questions;
  SqlJudge judge;
  std::atomic<int> failures = 0;
  int writes = 0;
  int nick = 0;
};

}  // namespace redress::customer
