#include "services/identity/api/directory_feed.h"

#include "services/identity/api/mapping.h"

namespace redress::identity {

void DirectoryFeed::CatchUp() {
  constexpr std::size_t kChangesAtOnce = 1000;
  const std::lock_guard lock(mutex_);
  while (true) {
    const auto changes = repository_.ChangesSince(directory_.version(), kChangesAtOnce);
    google::protobuf::RepeatedPtrField<v1::DirectoryChange> messages;
    for (const DirectoryChange& change : changes) ToProto(change, messages.Add());
    directory_.Apply(messages);
    if (changes.size() < kChangesAtOnce) break;
  }
  directory_.TookFirstCopy();
}

void DirectoryFeed::RefreshKeys() {
  keys_.Refresh();
  google::protobuf::RepeatedPtrField<v1::SigningKey> messages;
  for (const auto& key : keys_.PublishedKeys()) {
    auto* message = messages.Add();
    message->set_key_id(key.key_id);
    message->set_public_key_pem(key.public_key_pem);
  }
  directory_.SetKeys(messages);
}

}  // namespace redress::identity
