#include "services/desk/api/conversation_mapping.h"

namespace redress::desk {
namespace {

static_assert(static_cast<int>(Side::kShop) == v1::MessageSide_MAX);

void SetTime(std::int64_t at_us, google::protobuf::Timestamp& to) {
  to.set_seconds(at_us / 1'000'000);
  to.set_nanos(static_cast<std::int32_t>(at_us % 1'000'000) * 1000);
}

ConversationMessage FromProto(const v1::ImportedMessage& from, const AgentAccounts& accounts) {
  ConversationMessage message;
  message.number = from.message_number();
  message.side = static_cast<Side>(from.side());
  message.sent_at = from.send_time().seconds() * 1'000'000 + from.send_time().nanos() / 1000;
  message.reply_to = from.reply_to();
  message.text = from.text();
  // A customer's name is contact data; the conversation knows the customer.
  if (message.side != Side::kShop) return message;
  message.agent_name = from.agent();
  const auto account = accounts.find(from.agent());
  if (account != accounts.end()) message.agent = account->second;
  return message;
}

}  // namespace

ConversationInput FromProto(const v1::ImportedConversation& from, const AgentAccounts& accounts) {
  ConversationInput input;
  input.source = from.source();
  input.source_number = from.source_number();
  input.channel = from.channel();
  input.platform = from.platform();
  input.buyer_nick = from.buyer_nick();
  input.messages.reserve(static_cast<std::size_t>(from.messages_size()));
  for (const v1::ImportedMessage& message : from.messages()) {
    input.messages.push_back(FromProto(message, accounts));
  }
  return input;
}

void ToProto(const ConversationResult& from, v1::ConversationImportResult& to) {
  to.set_conversation_id(platform::ToString(from.id));
  switch (from.fate) {
    case ConversationFate::kCreated:
      to.set_outcome(v1::CONVERSATION_IMPORT_OUTCOME_CREATED);
      break;
    case ConversationFate::kChanged:
      to.set_outcome(v1::CONVERSATION_IMPORT_OUTCOME_CHANGED);
      break;
    case ConversationFate::kUnchanged:
      to.set_outcome(v1::CONVERSATION_IMPORT_OUTCOME_UNCHANGED);
      break;
    case ConversationFate::kRefused:
      to.set_outcome(v1::CONVERSATION_IMPORT_OUTCOME_REFUSED);
      to.set_field(from.problem.field);
      to.set_problem(from.problem.description);
      break;
  }
}

void ToProto(const Conversation& from, v1::Conversation& to) {
  to.set_conversation_id(platform::ToString(from.id));
  to.set_source(from.source);
  to.set_source_number(from.source_number);
  to.set_channel(from.channel);
  to.set_customer_id(platform::ToString(from.customer));
  to.set_agent_id(platform::ToString(from.agent));
  SetTime(from.started_at, *to.mutable_start_time());
  SetTime(from.last_message_at, *to.mutable_last_message_time());
  to.set_customer_messages(from.customer_messages);
  to.set_shop_messages(from.shop_messages);
}

void ToProto(const ConversationMessage& from, v1::ConversationMessage& to) {
  to.set_sequence(from.sequence);
  to.set_message_number(from.number);
  to.set_side(static_cast<v1::MessageSide>(from.side));
  to.set_agent_id(platform::ToString(from.agent));
  to.set_agent_name(from.agent_name);
  SetTime(from.sent_at, *to.mutable_send_time());
  to.set_text(from.text);
  to.set_reply_to(from.reply_to);
}

}  // namespace redress::desk
