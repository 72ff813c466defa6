#include "services/desk/store/message_rows.h"

#include "redress/desk/v1/message_service.pb.h"
#include "services/desk/store/sql.h"
#include "services/platform/database/rows.h"

namespace redress::desk {
namespace {

using platform::Connection;
using platform::MultiRow;
using platform::Result;
using platform::Subject;
using platform::SubjectKind;
using platform::Value;

constexpr std::size_t kInsertedColumns = 21;

Subject SubjectOf(const Message& message) {
  if (message.customer) return {SubjectKind::kCustomer, message.customer.value};
  return {SubjectKind::kOrder, message.order.value};
}

std::uint32_t Small(const Result& rows, int column) {
  return static_cast<std::uint32_t>(rows.Uint64(column));
}

Message ReadMessage(const Result& rows) {
  Message message;
  message.shop = rows.Shop(0);
  message.id = rows.Id<MessageId>(1);
  message.case_id = rows.Id<CaseId>(2);
  message.case_number = rows.Uint64(3);
  message.order = rows.Id<OrderId>(4);
  message.customer = rows.Id<CustomerId>(5);
  message.rule_code = rows.String(6);
  message.occasion = rows.Uint64(7);
  message.phrase = rows.Id<PhraseId>(8);
  message.phrase_version = Small(rows, 9);
  message.channel = static_cast<ChannelKind>(rows.Uint64(10));
  message.state = static_cast<MessageState>(rows.Uint64(11));
  message.reason = rows.String(12);
  message.sending = Small(rows, 13);
  message.attempts = Small(rows, 14);
  message.version = Small(rows, 15);
  message.created_at = rows.Int64(16);
  message.asked_at = rows.Int64(17);
  message.due_at = rows.OptInt64(18).value_or(0);
  message.sent_at = rows.OptInt64(19).value_or(0);
  message.sender = rows.Id<AccountId>(20);
  message.updated_at = rows.Int64(21);
  message.lease = rows.OptUint64(22).value_or(0);
  message.once_for_order = !rows.IsNull(23);
  message.filled = !rows.IsNull(24);
  message.contact_at = rows.OptInt64(25).value_or(0);
  return message;
}

// The sealed bytes are the API's own message, so that a field can be added later.
MessageContent FromBytes(const std::string& bytes) {
  v1::MessageContent content;
  if (!content.ParseFromString(bytes)) throw platform::SealBroken("a message is none");
  return {content.text(), content.customer_nick(), content.platform(), content.order_number()};
}

// OpenMany is for one shop.
void OpenContents(Connection& db, platform::Sealer& sealer, std::span<Message> messages,
                  const std::vector<std::string>& sealed) {
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (!messages[i].filled) continue;
    const Subject subject = SubjectOf(messages[i]);
    try {
      const auto clear = sealer.Open(db, messages[i].shop, subject.kind, subject.id, sealed[i]);
      if (clear) messages[i].content = FromBytes(*clear);
    } catch (const platform::SealBroken&) {
      // One that is damaged must not keep the others from being read and sent.
      messages[i].damaged = true;
    }
  }
}

}  // namespace

std::vector<Message> ReadMessages(Connection& db, platform::Sealer& sealer, Result rows) {
  std::vector<Message> messages;
  std::vector<std::string> sealed;
  while (rows.Next()) {
    messages.push_back(ReadMessage(rows));
    sealed.push_back(rows.OptString(24).value_or(""));
  }
  OpenContents(db, sealer, messages, sealed);
  return messages;
}

void InsertMessages(Connection& db, std::span<const Message> messages) {
  static const MultiRow insert(sql::kInsertMessages, kInsertedColumns, sql::kKeepMessagesTail);
  if (messages.empty()) return;
  std::vector<Value> values;
  values.reserve(messages.size() * kInsertedColumns);
  for (const Message& one : messages) {
    values.insert(values.end(), {one.shop,
                                 one.id,
                                 one.case_id,
                                 one.case_number,
                                 one.order,
                                 one.customer,
                                 one.rule_code,
                                 one.occasion,
                                 one.phrase,
                                 one.phrase_version,
                                 static_cast<unsigned>(one.channel),
                                 static_cast<unsigned>(one.state),
                                 one.reason,
                                 one.sending,
                                 one.attempts,
                                 one.version,
                                 one.created_at,
                                 one.asked_at,
                                 one.due_at,
                                 one.sender,
                                 one.updated_at});
  }
  insert.Execute(db, values);
}

void SuppressWaiting(Connection& db, ShopId shop, CustomerId customer, std::int64_t now_us) {
  db.Execute(sql::kSuppressWaiting, {reasons::kContactRefused, now_us, shop, customer, now_us});
}

std::string SealContent(Connection& db, platform::Sealer& sealer, const Message& of,
                        const MessageContent& content) {
  v1::MessageContent message;
  message.set_text(content.text);
  message.set_customer_nick(content.customer_nick);
  message.set_platform(content.platform);
  message.set_order_number(content.order_number);
  const Subject subject = SubjectOf(of);
  return sealer.Seal(db, of.shop, subject.kind, subject.id, message.SerializeAsString());
}

}  // namespace redress::desk
