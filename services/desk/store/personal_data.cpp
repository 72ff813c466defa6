#include "services/desk/store/personal_data.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/desk/domain/conversation.h"
#include "services/desk/store/conversation_sql.h"
#include "services/desk/store/message_rows.h"
#include "services/desk/store/sql.h"
#include "services/platform/database/rows.h"
#include "services/platform/database/transact.h"
#include "services/platform/privacy/export_pages.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::ExportPage;
using platform::ExportPlace;
using platform::MultiRow;
using platform::Result;
using platform::Value;

constexpr std::uint64_t kErasedAtOnce = 256;

// The keys of messages in conversations that ended long ago and still say something.
std::vector<Value> OldWords(Connection& connection, ShopId shop, std::int64_t older_than,
                            std::size_t most, platform::RetentionPlace& place) {
  std::vector<Value> keys;
  Result rows =
      connection.Query(sql::kFindOldWords, {shop, older_than, place.at, place.at, place.id, most});
  while (rows.Next()) {
    place.id = rows.Uint64(0);
    place.at = rows.Int64(2);
    keys.insert(keys.end(), {shop, place.id, rows.Uint64(1)});
  }
  return keys;
}

std::uint64_t ForgetWords(Connection& connection, ShopId shop, std::int64_t older_than,
                          std::size_t most, platform::RetentionPlace& place) {
  static const MultiRow forget(sql::kForgetWords, 3, ")");
  const std::vector<Value> words = OldWords(connection, shop, older_than, most, place);
  if (!words.empty()) forget.Execute(connection, words);
  return words.size() / 3;
}

std::uint64_t ForgetMessages(Connection& connection, ShopId shop, std::int64_t older_than,
                             std::size_t most, platform::RetentionPlace& place) {
  static const MultiRow forget(sql::kForgetContents, 2, ")");
  std::vector<Value> keys;
  Result rows =
      connection.Query(sql::kFindOldContents, {shop, place.id, platform::FirstIdAt(older_than),
                                               static_cast<unsigned>(MessageState::kSent), most});
  while (rows.Next()) {
    place.id = rows.Uint64(0);
    keys.insert(keys.end(), {shop, place.id});
  }
  if (!keys.empty()) forget.Execute(connection, keys);
  return keys.size() / 2;
}

}  // namespace

// Places are by message.
ExportPage DeskPersonalData::Messages(ShopId shop, CustomerId customer, const ExportPlace& after) {
  const std::vector<Message> messages = platform::Read(pool_, [&](Connection& db) {
    return ReadMessages(db, sealer_,
                        db.Query(sql::kListMessagesOfPerson,
                                 {shop, customer, after.first, std::uint64_t{kExportPage}}));
  });
  ExportPage page;
  for (const Message& message : messages) {
    const MessageContent content = message.content.value_or(MessageContent());
    page.records.push_back({.kind = "message",
                            .id = message.id.value,
                            .at = message.created_at,
                            .fields = {{"case_number", std::to_string(message.case_number)},
                                       {"text", content.text},
                                       {"customer_nick", content.customer_nick},
                                       {"order_number", content.order_number}}});
    page.end.first = message.id.value;
  }
  page.more = messages.size() == kExportPage;
  return page;
}

// Places are by conversation and sequence.
ExportPage DeskPersonalData::Conversations(ShopId shop, CustomerId customer,
                                           const ExportPlace& after) {
  ExportPage page;
  platform::Read(pool_, [&](Connection& db) {
    platform::SealedRecords words;
    Result rows = db.Query(sql::kListWordsOfPerson, {shop, customer, after.first, after.first,
                                                     after.second, std::uint64_t{kExportPage}});
    while (rows.Next()) {
      const bool of_shop = static_cast<Side>(rows.Uint64(2)) == Side::kShop;
      words.Add({.kind = "conversation_message",
                 .id = rows.Uint64(0),
                 .at = rows.Int64(3),
                 .fields = {{"from", of_shop ? "shop" : "customer"}, {"agent", rows.String(4)}}},
                {platform::SubjectKind::kCustomer, customer.value}, rows.String(5));
      page.end = {.first = rows.Uint64(0), .second = rows.Uint64(1)};
    }
    page.records = std::move(words).Open(sealer_, db, shop);
  });
  page.more = page.records.size() == kExportPage;
  return page;
}

// Of each customer first the messages, then the conversations.
ExportPage DeskPersonalData::Export(ShopId shop, std::span<const CustomerId> customers,
                                    const ExportPlace& after) {
  return platform::PageThrough(customers.size() * 2, after, [&](std::uint64_t table) {
    const CustomerId customer = customers[table / 2];
    return table % 2 == 0 ? Messages(shop, customer, after) : Conversations(shop, customer, after);
  });
}

// Messages that are not out yet can no longer be sent to anybody.
bool DeskPersonalData::EraseSome(Connection& connection, ShopId shop,
                                 std::span<const CustomerId> customers) {
  bool more = false;
  for (const CustomerId customer : customers) {
    sealer_.DestroySubject(connection, shop, platform::SubjectKind::kCustomer, customer.value);
    const std::uint64_t cancelled = connection.Execute(
        sql::kCancelMessagesOfPerson,
        {static_cast<unsigned>(MessageState::kCancelled), reasons::kCustomerErased, clock_.NowUs(),
         shop, customer, static_cast<unsigned>(MessageState::kQueued),
         static_cast<unsigned>(MessageState::kWaitingForPerson), kErasedAtOnce});
    more = more || cancelled >= kErasedAtOnce;
  }
  return more;
}

std::vector<platform::ErasureObstacle> DeskPersonalData::Obstacles(ShopId,
                                                                   std::span<const CustomerId>) {
  return {};
}

platform::RetentionRule TextRetention() {
  return {.setting = "retention_text_months",
          .destroys = "what messages to buyers and conversations said (counted in messages)",
          .count =
              [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most) {
                Result row = connection.Query(sql::kCountOldContents,
                                              {shop, platform::FirstIdAt(older_than),
                                               static_cast<unsigned>(MessageState::kSent), most});
                const std::uint64_t messages = row.Next() ? row.Uint64(0) : 0;
                platform::RetentionPlace beginning;
                const std::size_t words =
                    OldWords(connection, shop, older_than, most, beginning).size() / 3;
                return std::min<std::uint64_t>(most, messages + words);
              },
          // First messages, then conversations.
          .destroy_some =
              [](Connection& connection, ShopId shop, std::int64_t older_than, std::size_t most,
                 platform::RetentionPlace& place) {
                if (place.table == 0) {
                  const std::uint64_t messages =
                      ForgetMessages(connection, shop, older_than, most, place);
                  if (messages > 0) return messages;
                  place = {.table = 1};
                }
                return ForgetWords(connection, shop, older_than, most, place);
              }};
}

}  // namespace redress::desk
