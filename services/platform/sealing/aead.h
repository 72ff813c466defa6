// XChaCha20-Poly1305 with a random nonce in front of the cipher text. Internal to sealing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/platform/sealing/master_key.h"

namespace redress::platform {

// Bytes that AeadSeal adds: the nonce and the tag.
inline constexpr std::size_t kAeadOverhead = 40;

// prefix + nonce + cipher text + tag. The prefix is readable and, like `bound`, authenticated.
std::string AeadSeal(const SecretKey& key, std::string_view prefix, std::string_view bound,
                     std::string_view clear);
// Nothing when the blob was altered or the key, the prefix length or `bound` is another one.
std::optional<std::string> AeadOpen(const SecretKey& key, std::size_t prefix_size,
                                    std::string_view bound, std::string_view sealed);

// Appends a number big-endian, so that bound data has one spelling.
void AppendNumber(std::string& out, std::uint64_t value, int bytes);

// sodium_init once; throws std::runtime_error where the library cannot start.
void EnsureSodium();

}  // namespace redress::platform
