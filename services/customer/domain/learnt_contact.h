// How to reach a customer as a source tells it, beside what was entered by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "services/customer/domain/customer.h"

namespace redress::customer {

// A source's word about one customer.
struct LearntContact {
  CustomerId customer;
  std::string nick = {};  // as the source calls them
  Contact contact;
  std::int64_t source_at = 0;  // when the source said it, UTC microseconds
};

// What is known, as far as a word is judged against it.
struct KnownContact {
  bool by_hand = false;
  bool has_phone = false;
  std::int64_t source_at = 0;
  std::string hash;  // of the word that it is; empty where it was entered by hand
};

enum class WordOutcome {
  kNothing,  // what is known stands
  kSeen,     // it is what is known, said later
  kLearn,    // it takes the place of what is known, whole
};

// Without the fields that a platform has masked (`138****8000`): they reach nobody.
Contact WithoutMasked(Contact contact);
// Whether somebody can be reached by it: by a phone, or by a name at an address.
bool Reaches(const Contact& contact);

// What was entered by hand stands; of two sources' words the later one holds, but one without a
// phone takes no phone away. Parts of two words are never put together: they may be of two people.
WordOutcome Judge(const LearntContact& word, const std::string& hash,
                  const std::optional<KnownContact>& known);

}  // namespace redress::customer
