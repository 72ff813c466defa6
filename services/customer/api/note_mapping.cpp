#include "services/customer/api/note_mapping.h"

#include <algorithm>
#include <array>
#include <memory>

#include "services/platform/privacy/timestamps.h"

namespace redress::customer {

using platform::SetTime;

void ToProto(const Note& from, v1::Note& to) {
  to.set_note_id(platform::ToString(from.id));
  to.set_customer_id(platform::ToString(from.customer));
  to.set_text(from.text);
  to.set_pinned(from.pinned);
  to.set_deleted(from.deleted);
  to.set_author_id(platform::ToString(from.author));
  to.set_editor_id(platform::ToString(from.editor));
  for (const AccountId account : from.mentions) {
    to.add_mentioned_account_ids(platform::ToString(account));
  }
  SetTime(from.created_at, *to.mutable_create_time());
  SetTime(from.changed_at, *to.mutable_update_time());
  to.set_etag(std::to_string(from.version));
}

void ToProto(const NoteVersion& from, v1::NoteVersion& to) {
  to.set_version(from.version);
  to.set_text(from.text);
  to.set_editor_id(platform::ToString(from.editor));
  SetTime(from.edited_at, *to.mutable_edit_time());
}

NoteWrite NoteWriteOf(const platform::Call& call, const std::string& request_id,
                      const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> asked(request.New());
  asked->CopyFrom(request);
  if (const auto* text = asked->GetDescriptor()->FindFieldByName("text")) {
    asked->GetReflection()->ClearField(asked.get(), text);
  }
  const std::string actor =
      platform::ToString(call.caller.account) + "|" + call.caller.service + "|";
  return {
      .shop = call.caller.shop,
      .request_id = request_id,
      .digest = platform::Sha256(actor + asked->GetTypeName() + "|" + asked->SerializeAsString()),
      .account = call.caller.account,
      .supervises = call.caller.has(platform::Role::ROLE_SUPERVISOR),
      .now_us = call.clock.NowUs()};
}

bool MayReadNotes(const platform::Caller& caller) {
  using platform::Role;
  constexpr std::array<Role, 4> kReaders = {Role::ROLE_AGENT, Role::ROLE_SUPERVISOR,
                                            Role::ROLE_ADMIN, Role::ROLE_AUDITOR};
  return std::any_of(kReaders.begin(), kReaders.end(), [&](Role role) { return caller.has(role); });
}

}  // namespace redress::customer
