// The desk service's own parts over a real database.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>

#include "services/desk/domain/message_dispatch.h"
#include "services/desk/migrations/migrations.gen.h"
#include "services/desk/store/channel_store.h"
#include "services/desk/store/message_store.h"
#include "services/desk/store/phrase_store.h"
#include "services/desk/store/rule_store.h"
#include "services/desk/store/step_intake.h"
#include "services/platform/base/clock.h"
#include "services/platform/database/transact.h"
#include "services/platform/migrations/migrations.gen.h"
#include "services/platform/sealing/key_store.h"
#include "services/platform/sealing/master_key.h"
#include "services/platform/sealing/sealer.h"
#include "tests/support/private_maria_db.h"

namespace redress::desk {

inline constexpr ShopId kShop{7};
inline constexpr CustomerId kCustomer{70};
inline constexpr OrderId kOrder{71};

// Every case is the same refund of the same order, but for what a test changes.
class SameFacts final : public CaseFactsSource {
 public:
  CaseFacts Read(ShopId, CaseId case_id) override {
    CaseFacts facts = base;
    facts.id = case_id;
    return facts;
  }
  CaseFacts base = [] {
    CaseFacts facts;
    facts.number = 12;
    facts.state = "Completed";
    facts.order = kOrder;
    facts.customer = kCustomer;
    facts.amount = {"CNY", 3590};
    facts.platform = "taobao";
    facts.order_number = "T1001";
    facts.customer_nick = "小明13800138000";
    facts.follow_up_score = 5;
    return facts;
  }();
};

// Gives leave to everybody, or to nobody, and remembers who asked.
class OpenContacts final : public ContactBook {
 public:
  ContactLeave Ask(ShopId, CustomerId, const std::string& contact, std::uint32_t) override {
    const std::lock_guard lock(mutex);
    contacts.push_back(contact);
    return leave;
  }
  std::mutex mutex;
  ContactLeave leave = ContactLeave::kGiven;
  std::vector<std::string> contacts;
};

// What the buyers of a sender get: once per key, however often it is asked.
class CountingChannel final : public ChannelAdapter {
 public:
  Sending Send(const Message& message) override {
    std::unique_lock lock(mutex);
    unblocked.wait(lock, [&] { return message.shop != blocked_shop; });
    asked += 1;
    keys.insert(IdempotencyKey(message));
    texts.push_back(message.content->text);
    return answer;
  }
  void Unblock() {
    const std::lock_guard lock(mutex);
    blocked_shop = ShopId{};
    unblocked.notify_all();
  }
  std::mutex mutex;
  std::condition_variable unblocked;
  ShopId blocked_shop;  // whose sender does not answer yet
  int asked = 0;
  std::set<std::string> keys;
  std::vector<std::string> texts;
  Sending answer = {};
};

struct DeskHouse {
  explicit DeskHouse(platform::FaultPlan* faults = redress::test::InjectedFaults())
      : config(redress::test::PrivateMariaDb::Instance().CreateSchema("desk")),
        pool(config, faults),
        plain(config),
        master(platform::SecretKey::Random()),
        keys(plain, clock),
        sealer(keys, master),
        ids(clock, 1),
        phrases(pool, ids),
        rules(pool, ids),
        messages(pool, sealer, ids),
        channels(pool, sealer),
        intake(pool, ids) {
    platform::Migrate(plain, platform::PlatformMigrations());
    platform::Migrate(plain, DeskMigrations());
  }

  Write NewWrite(const std::string& name = "") {
    const std::string id = name.empty() ? "w" + std::to_string(++writes) : name;
    return {.shop = kShop,
            .request_id = id,
            .digest = platform::Sha256(id),
            .account = AccountId{5},
            .now_us = clock.NowUs()};
  }
  // A step of a refund; `to` is where it leads.
  CaseStep Step(std::uint64_t case_id, std::uint32_t sequence, const std::string& event,
                const std::string& to, const std::string& outcome = "") {
    return {.shop = kShop,
            .case_id = CaseId{case_id},
            .sequence = sequence,
            .case_number = 12,
            .kind = "refund",
            .event = event,
            .from_state = "Before",
            .to_state = to,
            .outcome = outcome,
            .order = kOrder,
            .customer = kCustomer,
            .occurred_at = clock.NowUs()};
  }
  void UseDefaults() { rules.UseDefaults(NewWrite(), "zh"); }

  MessageDispatch NewDispatch() {
    MessageDispatch::Options options;
    options.lease_us = 60 * platform::kSecondUs;
    options.next_attempt_at = [](std::uint32_t, std::int64_t,
                                 std::int64_t now_us) -> std::optional<std::int64_t> {
      return now_us + platform::kSecondUs;
    };
    options.zone_of = [](ShopId) { return platform::TimeZone::Load("Asia/Shanghai"); };
    return MessageDispatch(
        std::move(options),
        MessageDispatch::Uses{messages, rules, phrases, facts, contacts, manual, http, clock});
  }
  void Dispatch() {
    MessageDispatch dispatch = NewDispatch();
    while (dispatch.Round(SendingLane::kSound) || dispatch.Round(SendingLane::kSlow)) {
    }
  }
  std::vector<Message> OfCase(std::uint64_t case_id) {
    MessageQuery query;
    query.shop = kShop;
    query.of_case = CaseId{case_id};
    return messages.List(query);
  }

  platform::ManualClock clock;
  platform::DatabaseConfig config;
  platform::Pool pool;
  platform::Pool plain;  // without faults
  platform::MasterKeys master;
  platform::KeyStore keys;
  platform::Sealer sealer;
  platform::TimeOrderedIds ids;
  SqlPhraseRepository phrases;
  SqlRuleRepository rules;
  SqlMessageRepository messages;
  SqlHttpChannelRepository channels;
  SqlStepIntake intake;
  SameFacts facts;
  OpenContacts contacts;
  ManualChannel manual;
  CountingChannel http;
  std::atomic<int> writes = 0;
};

}  // namespace redress::desk
