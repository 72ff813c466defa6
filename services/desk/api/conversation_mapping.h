#pragma once

// Conversations between the contract and the domain.

#include <map>
#include <string>

#include "redress/desk/v1/conversation_service.pb.h"
#include "services/desk/domain/conversation_import.h"

namespace redress::desk {

// Accounts by the agents' names in the source.
using AgentAccounts = std::map<std::string, AccountId>;

ConversationInput FromProto(const v1::ImportedConversation& from, const AgentAccounts& accounts);
void ToProto(const ConversationResult& from, v1::ConversationImportResult& to);
void ToProto(const Conversation& from, v1::Conversation& to);
void ToProto(const ConversationMessage& from, v1::ConversationMessage& to);

}  // namespace redress::desk
