#include "services/identity/api/mapping.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "services/platform/base/errors.h"

namespace redress::identity {
namespace {

// The same message is always the same bytes: none of identity's requests has a map, but nothing
// should depend on that.
std::string DeterministicBytes(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&coded);
  }
  return bytes;
}

template <class Roles>
void AddRoles(RoleSet set, Roles* out) {
  for (int number = common::v1::Role_MIN; number <= common::v1::Role_MAX; ++number) {
    const auto role = static_cast<common::v1::Role>(number);
    if (set.Has(role)) out->Add(role);
  }
}

// Fills one change; an overload for each kind of entry.
struct EntryWriter {
  v1::DirectoryChange* out;

  void operator()(const DirectoryMembership& entry) const {
    auto* membership = out->mutable_membership();
    membership->set_account_id(entry.account.value);
    membership->set_shop_id(entry.shop.value);
    AddRoles(entry.roles, membership->mutable_roles());
    if (entry.approval_limit_minor) {
      membership->set_approval_limit_minor(*entry.approval_limit_minor);
    }
  }
  void operator()(const DirectoryShop& entry) const {
    auto* shop = out->mutable_shop();
    shop->set_shop_id(entry.shop.value);
    shop->set_time_zone(entry.time_zone);
    shop->set_currency_code(entry.currency_code);
  }
  void operator()(const DirectorySetting& entry) const {
    auto* setting = out->mutable_setting();
    setting->set_shop_id(entry.shop.value);
    setting->set_name(entry.setting.name);
    setting->set_value(entry.setting.value);
    setting->set_effective_at_us(entry.setting.effective_at);
  }
  void operator()(const DirectoryEndedSession& entry) const {
    out->mutable_ended_session()->set_session_id(entry.session.value);
  }
};

}  // namespace

google::protobuf::Timestamp ToTimestamp(std::int64_t us) {
  google::protobuf::Timestamp time;
  time.set_seconds(us / platform::kSecondUs);
  time.set_nanos(static_cast<std::int32_t>(us % platform::kSecondUs * 1000));
  return time;
}

std::int64_t FromTimestamp(const google::protobuf::Timestamp& time, std::string_view field) {
  constexpr std::int64_t kEndOf9999 = 253'402'300'800;
  if (time.seconds() < 0 || time.seconds() >= kEndOf9999 || time.nanos() < 0 ||
      time.nanos() > 999'999'999) {
    throw platform::InvalidField(std::string(field), "is no time between 1970 and 9999");
  }
  return time.seconds() * platform::kSecondUs + time.nanos() / 1000;
}

void ToProto(const Shop& shop, v1::Shop* out) {
  out->set_shop_id(ToString(shop.id));
  out->set_name(shop.name);
  out->set_time_zone(shop.time_zone);
  out->set_currency_code(shop.currency_code);
  *out->mutable_create_time() = ToTimestamp(shop.created_at);
}

void ToProto(const ShopSetting& setting, v1::ShopSetting* out) {
  out->set_name(setting.name);
  out->set_value(setting.value);
  *out->mutable_effective_time() = ToTimestamp(setting.effective_at);
}

void ToProto(const Member& member, v1::Member* out) {
  out->set_account_id(ToString(member.account));
  out->set_account_name(member.account_name);
  out->set_display_name(member.display_name);
  AddRoles(member.roles, out->mutable_roles());
  if (member.approval_limit_minor) out->set_approval_limit_minor(*member.approval_limit_minor);
  out->set_etag(std::to_string(member.version));
}

void ToProto(const Workplace& workplace, v1::ShopMembership* out) {
  out->set_shop_id(ToString(workplace.shop));
  out->set_shop_name(workplace.shop_name);
  AddRoles(workplace.roles, out->mutable_roles());
  if (workplace.approval_limit_minor) {
    out->set_approval_limit_minor(*workplace.approval_limit_minor);
  }
  out->set_time_zone(workplace.time_zone);
  out->set_currency_code(workplace.currency_code);
}

void ToProto(const SessionTokens& tokens, v1::SessionTokens* out) {
  out->set_access_token(tokens.access_token);
  *out->mutable_access_expire_time() = ToTimestamp(tokens.access_expires_at);
  out->set_refresh_token(tokens.refresh_token);
  *out->mutable_refresh_expire_time() = ToTimestamp(tokens.refresh_expires_at);
}

void ToProto(const DirectoryChange& change, v1::DirectoryChange* out) {
  out->set_version(change.version);
  std::visit(EntryWriter{out}, change.entry);
}

RoleSet RolesOf(const google::protobuf::RepeatedField<int>& roles) {
  for (const int role : roles) {
    if (role == common::v1::ROLE_UNSPECIFIED || !common::v1::Role_IsValid(role)) {
      throw platform::InvalidField("roles", std::to_string(role) + " is no role");
    }
  }
  return RoleSet::Of(roles);
}

WriteKey KeyOf(const platform::Call& call, ShopId shop, std::string_view method,
               const std::string& request_id, const google::protobuf::Message& request) {
  const std::string actor = call.caller.account ? "account:" + ToString(call.caller.account)
                                                : "service:" + call.caller.service;
  const std::string asked = std::string(method) + "\n" + actor + "\n" + DeterministicBytes(request);
  return {shop, request_id, platform::Sha256(asked), 0};
}

}  // namespace redress::identity
