#pragma once

// The statements about conversations.

namespace redress::desk::sql {

#define REDRESS_CONVERSATION_COLUMNS                                                    \
  "conversation_id, source, source_number, channel, customer_id, agent_id, started_at," \
  " last_message_at, customer_messages, shop_messages, version"

inline constexpr char kFindConversation[] =
    "SELECT shop_id, " REDRESS_CONVERSATION_COLUMNS
    " FROM conversations WHERE shop_id = ? AND conversation_id = ?";
inline constexpr char kFindBySourceHead[] = "SELECT shop_id, " REDRESS_CONVERSATION_COLUMNS
                                            " FROM conversations FORCE INDEX (conversations_source)"
                                            " WHERE (shop_id, source, source_number) IN (";
inline constexpr char kFindNumbersHead[] =
    "SELECT conversation_id, message_number FROM conversation_messages FORCE INDEX (PRIMARY)"
    " WHERE (shop_id, conversation_id) IN (";
inline constexpr char kListConversations[] =
    "SELECT shop_id, " REDRESS_CONVERSATION_COLUMNS
    " FROM conversations FORCE INDEX (conversations_latest) WHERE shop_id = ?"
    " AND (last_message_at < ? OR (last_message_at = ? AND conversation_id < ?))"
    " ORDER BY last_message_at DESC, conversation_id DESC LIMIT ?";
inline constexpr char kListConversationsOfCustomer[] =
    "SELECT shop_id, " REDRESS_CONVERSATION_COLUMNS
    " FROM conversations FORCE INDEX (conversations_of_customer) WHERE shop_id = ?"
    " AND customer_id = ?"
    " AND (last_message_at < ? OR (last_message_at = ? AND conversation_id < ?))"
    " ORDER BY last_message_at DESC, conversation_id DESC LIMIT ?";
inline constexpr char kListConversationMessages[] =
    "SELECT sequence, message_number, side, agent_id, agent_name, sent_at, reply_to, sealed_text"
    " FROM conversation_messages FORCE INDEX (PRIMARY)"
    " WHERE shop_id = ? AND conversation_id = ? AND sequence > ? ORDER BY sequence LIMIT ?";
inline constexpr char kListWordsOfPerson[] =
    "SELECT m.conversation_id, m.sequence, m.side, m.sent_at, m.agent_name, m.sealed_text"
    " FROM conversations AS c FORCE INDEX (conversations_of_customer)"
    " STRAIGHT_JOIN conversation_messages AS m FORCE INDEX (PRIMARY)"
    " ON m.shop_id = c.shop_id AND m.conversation_id = c.conversation_id"
    " WHERE c.shop_id = ? AND c.customer_id = ?"
    " AND (m.conversation_id > ? OR (m.conversation_id = ? AND m.sequence > ?))"
    " ORDER BY m.conversation_id, m.sequence LIMIT ?";
// Of conversations that nobody has gone on with since, from a time and a conversation on.
inline constexpr char kFindOldWords[] =
    "SELECT m.conversation_id, m.sequence, c.last_message_at FROM conversations AS c"
    " FORCE INDEX (conversations_latest) STRAIGHT_JOIN conversation_messages AS m"
    " FORCE INDEX (PRIMARY) ON m.shop_id = c.shop_id AND m.conversation_id = c.conversation_id"
    " WHERE c.shop_id = ? AND c.last_message_at < ? AND c.last_message_at >= ?"
    " AND (c.last_message_at > ? OR c.conversation_id >= ?) AND m.sealed_text <> ''"
    " ORDER BY c.last_message_at, c.conversation_id, m.sequence LIMIT ?";
inline constexpr char kForgetWords[] =
    "UPDATE conversation_messages SET sealed_text = ''"
    " WHERE (shop_id, conversation_id, sequence) IN (";
inline constexpr char kInsertConversationsHead[] =
    "INSERT INTO conversations (shop_id, " REDRESS_CONVERSATION_COLUMNS ") VALUES ";
inline constexpr char kUpdateConversation[] =
    "UPDATE conversations SET agent_id = ?, started_at = ?, last_message_at = ?,"
    " customer_messages = ?, shop_messages = ?, version = ?"
    " WHERE shop_id = ? AND conversation_id = ?";
inline constexpr char kInsertConversationMessagesHead[] =
    "INSERT INTO conversation_messages (shop_id, conversation_id, sequence, message_number, side,"
    " agent_id, agent_name, sent_at, reply_to, sealed_text) VALUES ";

}  // namespace redress::desk::sql
