#pragma once

// Between the API's messages and the domain. Times are UTC; ids are decimal strings, "" for none.

#include <string>

#include "redress/desk/v1/message_service.pb.h"
#include "redress/desk/v1/notification_service.pb.h"
#include "redress/desk/v1/phrase_service.pb.h"
#include "services/desk/domain/channel.h"
#include "services/desk/domain/notification_rule.h"
#include "services/platform/server/call.h"

namespace redress::desk {

void ToProto(const Phrase& from, v1::Phrase& to);
// `shows_content`: whether the caller may see what it says.
void ToProto(const Message& from, bool shows_content, v1::Message& to);
void ToProto(const NotificationRule& from, v1::NotificationRule& to);
void ToProto(const HttpChannelSettings& from, v1::HttpChannel& to);

// Without the version's place in history; throws InvalidField for ids and channels that are none.
NotificationRule RuleOf(const v1::SetNotificationRuleRequest& from);
ChannelKind ChannelOf(v1::ChannelKind from, const std::string& field);

bool MaySeeContent(const platform::Caller& caller);

// What a call writes under. A repeat is known by the actor and all that was asked.
Write MakeWrite(const platform::Call& call, const std::string& request_id,
                const google::protobuf::Message& request);

}  // namespace redress::desk
