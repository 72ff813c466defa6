#include "services/identity/domain/password_hasher.h"

#include <sodium.h>

#include <algorithm>
#include <stdexcept>

namespace redress::identity {
namespace {

class Place {
 public:
  explicit Place(std::counting_semaphore<>& places) : places_(places) { places_.acquire(); }
  ~Place() { places_.release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  std::counting_semaphore<>& places_;
};

}  // namespace

PasswordHasher::PasswordHasher(Cost cost)
    : cost_(cost),
      places_(std::max(cost.at_once, 1)),
      nobody_(Compute("the password of an account that does not exist")) {}

std::string PasswordHasher::Compute(std::string_view password) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not start");
  char hash[crypto_pwhash_STRBYTES];
  const Place place(places_);
  if (crypto_pwhash_str_alg(hash, password.data(), password.size(), cost_.passes,
                            cost_.memory_bytes, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::runtime_error("no memory left to hash a password");
  }
  return hash;
}

std::string PasswordHasher::Hash(std::string_view password) { return Compute(password); }

bool PasswordHasher::Verify(std::string_view password, const std::string& hash) {
  const bool exists = !hash.empty();
  const std::string& judged = exists ? hash : nobody_;
  const Place place(places_);
  const bool right =
      crypto_pwhash_str_verify(judged.c_str(), password.data(), password.size()) == 0;
  return right && exists;
}

bool PasswordHasher::Outdated(const std::string& hash) const {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

}  // namespace redress::identity
