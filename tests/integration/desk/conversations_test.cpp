// Conversations over a real database: each message once, however often it comes.

#include <gtest/gtest.h>

#include <thread>

#include "services/desk/store/conversation_store.h"
#include "services/desk/store/personal_data.h"
#include "services/platform/privacy/retention.h"
#include "tests/integration/desk/desk_house.h"

namespace redress::desk {
namespace {

constexpr std::int64_t kThen = 1'500'000'000'000'000;
const Until kNoHurry = Until::max();

class OneCustomer final : public CustomerBook {
 public:
  std::vector<CustomerId> Ensure(ShopId, const std::string&, std::span<const std::string> nicks,
                                 Until) override {
    return std::vector<CustomerId>(nicks.size(), kCustomer);
  }
};

struct ChatHouse : DeskHouse {
  using DeskHouse::DeskHouse;

  std::vector<ConversationResult> Import(const std::vector<ConversationInput>& inputs,
                                         bool validate_only = false) {
    for (;;) {
      std::vector<ConversationImport::Item> items(inputs.begin(), inputs.end());
      try {
        return past.Import(kShop, items, validate_only, kNoHurry);
      } catch (const platform::Refusal& refusal) {
        if (refusal.code() != platform::Code::kUnavailable) throw;
      }
    }
  }
  std::int64_t Count(std::string_view sql) {
    return platform::Read(plain, [&](platform::Connection& db) {
      platform::Result rows = db.Query(sql);
      rows.Next();
      return rows.Int64(0);
    });
  }

  platform::EventLog events{ids, clock};
  SqlConversationStore store{pool, sealer, events};
  OneCustomer customers;
  ConversationImport past{{store, customers, ids, clock}};
};

ConversationMessage Said(Side side, std::int64_t after_s, const std::string& text) {
  ConversationMessage message;
  message.side = side;
  message.sent_at = kThen + after_s * platform::kSecondUs;
  message.text = text;
  if (side == Side::kShop) message.agent_name = "Bert";
  return message;
}

ConversationInput Chat(const std::string& number) {
  ConversationInput input;
  input.source = "chat";
  input.source_number = number;
  input.channel = "chat";
  input.platform = "direct";
  input.buyer_nick = "anna";
  input.messages = {Said(Side::kCustomer, 0, "where is it?"), Said(Side::kShop, 60, "on its way")};
  return input;
}

TEST(Conversations, AreStoredOnceWithTheirTextsSealed) {
  ChatHouse desk;
  const auto first = desk.Import({Chat("1")});
  EXPECT_EQ(first[0].fate, ConversationFate::kCreated);
  EXPECT_EQ(desk.Import({Chat("1")})[0].fate, ConversationFate::kUnchanged);
  const Conversation held = desk.store.Find(kShop, first[0].id).value();
  EXPECT_EQ(held.customer, kCustomer);
  EXPECT_EQ(held.customer_messages, 1u);
  EXPECT_EQ(held.shop_messages, 1u);
  const auto messages = desk.store.Messages(held, 0, 10, true);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].text, "where is it?");
  EXPECT_EQ(messages[1].agent_name, "Bert");
  EXPECT_EQ(desk.store.Messages(held, 0, 10, false)[0].text, "");
  EXPECT_EQ(desk.Count("SELECT COUNT(*) FROM conversation_messages WHERE"
                       " LOCATE('where', sealed_text) > 0"),
            0);
}

TEST(Conversations, GetTheMessagesThatAreNew) {
  ChatHouse desk;
  const ConversationId id = desk.Import({Chat("1")})[0].id;
  ConversationInput longer = Chat("1");
  longer.messages.push_back(Said(Side::kCustomer, 120, "thank you"));
  EXPECT_EQ(desk.Import({longer})[0].fate, ConversationFate::kChanged);
  const Conversation held = desk.store.Find(kShop, id).value();
  EXPECT_EQ(held.Messages(), 3u);
  EXPECT_EQ(held.last_message_at, kThen + 120 * platform::kSecondUs);
  EXPECT_EQ(desk.Count("SELECT COUNT(*) FROM events"), 2) << "each change is told once";
}

TEST(Conversations, AreToldAsChangedThoughTheAnswerToTheChangeIsLost) {
  platform::FaultPlan faults;
  ChatHouse desk(&faults);
  desk.Import({Chat("1")});
  ConversationInput longer = Chat("1");
  longer.messages.push_back(Said(Side::kCustomer, 120, "thank you"));
  faults.Force(platform::FaultPlan::Fault::kCutAfter);
  EXPECT_EQ(desk.Import({longer})[0].fate, ConversationFate::kChanged);
  EXPECT_EQ(faults.struck(), 1u);
  EXPECT_EQ(desk.Count("SELECT COUNT(*) FROM events"), 2);
}

TEST(Conversations, OfAnotherShopAreNotFound) {
  ChatHouse desk;
  const ConversationId id = desk.Import({Chat("1")})[0].id;
  EXPECT_FALSE(desk.store.Find(ShopId{8}, id));
  EXPECT_TRUE(desk.store.List(ShopId{8}, {}, std::nullopt, 10).empty());
}

TEST(Conversations, AreListedByTheirLatestMessagePageByPage) {
  ChatHouse desk;
  std::vector<ConversationInput> all;
  for (int i = 0; i < 5; ++i) {
    all.push_back(Chat(std::to_string(i)));
    all.back().messages[1].sent_at += i * platform::kHourUs;
  }
  desk.Import(all);
  const auto first = desk.store.List(kShop, kCustomer, std::nullopt, 3);
  ASSERT_EQ(first.size(), 3u);
  EXPECT_EQ(first[0].source_number, "4");
  const auto rest =
      desk.store.List(kShop, {}, ConversationPlace{first[2].last_message_at, first[2].id}, 3);
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[1].source_number, "0");
}

TEST(Conversations, AreRefusedAloneForAMessageTwice) {
  ChatHouse desk;
  ConversationInput twice = Chat("1");
  twice.messages[0].number = twice.messages[1].number = "m1";
  const auto results = desk.Import({twice, Chat("2")});
  EXPECT_EQ(results[0].fate, ConversationFate::kRefused);
  EXPECT_EQ(results[1].fate, ConversationFate::kCreated);
}

TEST(Conversations, ComeOnceFromManySides) {
  constexpr int kSides = 4;
  constexpr int kChats = 30;
  ChatHouse desk;
  std::vector<ConversationInput> all;
  for (int i = 0; i < kChats; ++i) all.push_back(Chat(std::to_string(i)));
  std::vector<std::thread> threads;
  for (int i = 0; i < kSides; ++i) threads.emplace_back([&] { desk.Import(all); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(desk.Count("SELECT COUNT(*) FROM conversations"), kChats);
  EXPECT_EQ(desk.Count("SELECT COUNT(*) FROM conversation_messages"), 2 * kChats);
  EXPECT_EQ(desk.Count("SELECT COUNT(*) FROM events"), kChats);
}

TEST(Conversations, AreExportedWithWhatWasSaid) {
  ChatHouse desk;
  desk.Import({Chat("1"), Chat("2")});
  DeskPersonalData data(desk.plain, desk.sealer, desk.clock);
  std::vector<std::string> said;
  platform::ExportPage page{.more = true};
  for (int pages = 0; page.more; ++pages) {
    ASSERT_LT(pages, 100) << "an export without an end";
    page = data.Export(kShop, std::vector{kCustomer}, page.end);
    for (const auto& record : page.records) {
      said.push_back(record.fields.at("from") + ": " + record.fields.at("text"));
    }
  }
  EXPECT_EQ(said, (std::vector<std::string>{"customer: where is it?", "shop: on its way",
                                            "customer: where is it?", "shop: on its way"}));
}

TEST(Conversations, AreExportedPageByPage) {
  constexpr std::size_t kMany = 2 * platform::PersonalData::kExportPage;
  ChatHouse desk;
  ConversationInput longer = Chat("1");
  while (longer.messages.size() < kMany) {
    longer.messages.push_back(
        Said(Side::kCustomer, static_cast<std::int64_t>(longer.messages.size()), "hello?"));
  }
  desk.Import({longer, Chat("2")});
  DeskPersonalData data(desk.plain, desk.sealer, desk.clock);
  std::size_t records = 0;
  platform::ExportPage page{.more = true};
  for (int pages = 0; page.more; ++pages) {
    ASSERT_LT(pages, 100) << "an export without an end";
    page = data.Export(kShop, std::vector{kCustomer}, page.end);
    records += page.records.size();
  }
  EXPECT_EQ(records, kMany + 2);
}

TEST(Conversations, OfAnErasedPersonComeWithoutTheirWords) {
  ChatHouse desk;
  platform::Transact(desk.plain, [&](platform::Connection& db) {
    desk.sealer.DestroySubject(db, kShop, platform::SubjectKind::kCustomer, kCustomer.value);
  });
  const auto results = desk.Import({Chat("1")});
  EXPECT_EQ(results[0].fate, ConversationFate::kCreated);
  const auto messages =
      desk.store.Messages(desk.store.Find(kShop, results[0].id).value(), 0, 10, true);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0].text, "");
}

TEST(Conversations, OldWordsGoWhereTheShopSaysSo) {
  ChatHouse desk;
  const ConversationId old = desk.Import({Chat("1")})[0].id;
  ConversationInput young = Chat("2");
  for (ConversationMessage& message : young.messages) message.sent_at = desk.clock.NowUs();
  const ConversationId kept = desk.Import({young})[0].id;
  platform::Retention retention({.pool = desk.plain,
                                 .ids = desk.ids,
                                 .clock = desk.clock,
                                 .shops = [] { return std::vector{kShop}; },
                                 .setting = [](ShopId, std::string_view) { return "6"; }},
                                {TextRetention()});
  EXPECT_EQ(retention.Preview(kShop, std::nullopt).at(0).due, 2u) << "messages";
  retention.Run([] { return false; });
  const auto words = [&](ConversationId id) {
    return desk.store.Messages(desk.store.Find(kShop, id).value(), 0, 10, true)[0].text;
  };
  EXPECT_EQ(words(old), "");
  EXPECT_EQ(words(kept), "where is it?");
  EXPECT_EQ(desk.store.Find(kShop, old)->Messages(), 2u) << "that there were some stays";
}

}  // namespace
}  // namespace redress::desk
