#include "services/platform/access/token_verifier.h"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <string>

#include "services/platform/access/keys.h"
#include "services/platform/base/errors.h"
#include "services/platform/base/text.h"

namespace redress::platform {
namespace {

constexpr std::size_t kLongestToken = 4096;

Refusal Unauthenticated(const char* reason, const char* message) {
  return Refusal(Code::kUnauthenticated, reason, message);
}
Refusal Malformed() {
  return Unauthenticated("TOKEN_MALFORMED", "The access token is damaged; log in again.");
}

// A token's three parts, still encoded.
struct TokenParts {
  std::string_view header;
  std::string_view claims;
  std::string_view signature;
  std::string_view signed_text;
};

TokenParts Split(std::string_view token) {
  const auto first = token.find('.');
  const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.size() > kLongestToken ||
      token.find('.', second + 1) != std::string_view::npos) {
    throw Malformed();
  }
  return {token.substr(0, first), token.substr(first + 1, second - first - 1),
          token.substr(second + 1), token.substr(0, second)};
}

google::protobuf::Struct ParseJson(std::string_view encoded) {
  const auto text = UnBase64Url(encoded);
  google::protobuf::Struct object;
  if (!text || !google::protobuf::util::JsonStringToMessage(*text, &object).ok()) {
    throw Malformed();
  }
  return object;
}

std::string Text(const google::protobuf::Struct& object, const char* name) {
  const auto found = object.fields().find(name);
  return found == object.fields().end() ? "" : found->second.string_value();
}

std::uint64_t Number(const google::protobuf::Struct& object, const char* name) {
  const std::string text = Text(object, name);
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || stop != end || number == 0) throw Malformed();
  return number;
}

std::int64_t TimeUs(const google::protobuf::Struct& object, const char* name) {
  const auto found = object.fields().find(name);
  const double seconds =
      found == object.fields().end() ? std::nan("") : found->second.number_value();
  // Written so that a NaN is refused as well.
  if (!(seconds > 0 && seconds < 1e11)) throw Malformed();
  return static_cast<std::int64_t>(seconds) * 1'000'000;
}

}  // namespace

std::size_t TokenVerifier::DigestHash::operator()(const Digest& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

TokenVerifier::TokenVerifier(Directory& directory, const Clock& clock, std::size_t cache_entries)
    : directory_(directory),
      clock_(clock),
      entries_per_shard_(std::max<std::size_t>(cache_entries / kShards, 1)) {}

TokenVerifier::~TokenVerifier() = default;

TokenClaims TokenVerifier::Verify(std::string_view token) {
  if (auto claims = TryVerify(token)) return *claims;
  directory_.FetchKeys();
  if (auto claims = TryVerify(token)) return *claims;
  throw Unauthenticated("TOKEN_KEY_UNKNOWN",
                        "The access token is signed with an unknown key; log in again.");
}

std::optional<TokenClaims> TokenVerifier::TryVerify(std::string_view token) {
  const Digest digest = Sha256(token);
  if (const auto cached = Cached(digest)) {
    CheckStillGood(*cached);
    return cached;
  }
  const auto parts = Split(token);
  const auto header = ParseJson(parts.header);
  // Pinned: a token must not choose how it is verified (HS256 under the public key, none).
  if (Text(header, "alg") != "ES256") {
    throw Unauthenticated("TOKEN_ALGORITHM", "Access tokens are ES256; log in again.");
  }
  const auto key = directory_.FindKey(Text(header, "kid"));
  if (key == nullptr) return std::nullopt;
  const auto signature = UnBase64Url(parts.signature);
  if (!signature || !VerifyEs256(key.get(), parts.signed_text, *signature)) {
    throw Unauthenticated("TOKEN_SIGNATURE", "The access token is not genuine; log in again.");
  }
  const auto object = ParseJson(parts.claims);
  const TokenClaims claims{AccountId{Number(object, "sub")}, Number(object, "sid"),
                           TimeUs(object, "iat"), TimeUs(object, "exp")};
  CheckStillGood(claims);
  Remember(digest, claims);
  return claims;
}

void TokenVerifier::CheckStillGood(const TokenClaims& claims) const {
  if (clock_.NowUs() >= claims.expires_at_us) {
    throw Unauthenticated("TOKEN_EXPIRED",
                          "The access token has expired; refresh the session or log in again.");
  }
  if (directory_.SessionEnded(claims.session)) {
    throw Unauthenticated("SESSION_ENDED", "The session was ended; log in again.");
  }
}

std::optional<TokenClaims> TokenVerifier::Cached(const Digest& digest) {
  auto& shard = shards_[digest[31] % kShards];
  std::lock_guard lock(shard.mutex);
  const auto found = shard.claims.find(digest);
  if (found == shard.claims.end()) return std::nullopt;
  return found->second;
}

void TokenVerifier::Remember(const Digest& digest, const TokenClaims& claims) {
  auto& shard = shards_[digest[31] % kShards];
  std::lock_guard lock(shard.mutex);
  if (shard.claims.size() >= entries_per_shard_) {
    const std::int64_t now_us = clock_.NowUs();
    std::erase_if(shard.claims,
                  [now_us](const auto& entry) { return entry.second.expires_at_us <= now_us; });
    // All still good: forgetting one only costs a verification.
    if (shard.claims.size() >= entries_per_shard_) shard.claims.erase(shard.claims.begin());
  }
  shard.claims.insert_or_assign(digest, claims);
}

}  // namespace redress::platform
