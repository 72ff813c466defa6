// Between identity's messages and its domain. Nothing here decides.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <string>
#include <string_view>
#include <vector>

#include "redress/identity/v1/directory_service.pb.h"
#include "redress/identity/v1/session_service.pb.h"
#include "redress/identity/v1/shop_service.pb.h"
#include "services/identity/domain/directory.h"
#include "services/identity/domain/sessions.h"
#include "services/identity/domain/write_key.h"
#include "services/platform/server/call.h"

namespace redress::identity {

google::protobuf::Timestamp ToTimestamp(std::int64_t us);
// INVALID_ARGUMENT, naming the field, outside the years 1970 to 9999.
std::int64_t FromTimestamp(const google::protobuf::Timestamp& time, std::string_view field);

void ToProto(const Shop& shop, v1::Shop* out);
void ToProto(const ShopSetting& setting, v1::ShopSetting* out);
void ToProto(const Member& member, v1::Member* out);
void ToProto(const Workplace& workplace, v1::ShopMembership* out);
void ToProto(const SessionTokens& tokens, v1::SessionTokens* out);
void ToProto(const DirectoryChange& change, v1::DirectoryChange* out);

// INVALID_ARGUMENT for a number that is no role; RoleSet itself would leave it out.
RoleSet RolesOf(const google::protobuf::RepeatedField<int>& roles);

// `request` is a copy without secrets; its digest covers the method and the actor as well.
WriteKey KeyOf(const platform::Call& call, ShopId shop, std::string_view method,
               const std::string& request_id, const google::protobuf::Message& request);

}  // namespace redress::identity
