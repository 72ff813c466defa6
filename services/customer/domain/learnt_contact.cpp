#include "services/customer/domain/learnt_contact.h"

namespace redress::customer {
namespace {

constexpr char kMask = '*';

void ForgetIfMasked(std::string& field) {
  if (field.find(kMask) != std::string::npos) field.clear();
}

}  // namespace

Contact WithoutMasked(Contact contact) {
  ForgetIfMasked(contact.name);
  ForgetIfMasked(contact.phone);
  ForgetIfMasked(contact.address);
  return contact;
}

bool Reaches(const Contact& contact) {
  return !contact.phone.empty() || (!contact.name.empty() && !contact.address.empty());
}

WordOutcome Judge(const LearntContact& word, const std::string& hash,
                  const std::optional<KnownContact>& known) {
  if (!known) return WordOutcome::kLearn;
  if (known->by_hand || word.source_at <= known->source_at) return WordOutcome::kNothing;
  if (hash == known->hash) return WordOutcome::kSeen;
  if (known->has_phone && word.contact.phone.empty()) return WordOutcome::kNothing;
  return WordOutcome::kLearn;
}

}  // namespace redress::customer
