#pragma once

// Encodings, digests and spelling that every area needs.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace redress::platform {

using Digest = std::array<std::uint8_t, 32>;

std::string Hex(std::string_view bytes);
std::string Hex(std::span<const std::uint8_t> bytes);
// nullopt unless text is an even number of hexadecimal digits.
std::optional<std::string> Unhex(std::string_view text);

// RFC 4648 §5 without padding.
std::string Base64Url(std::string_view bytes);
std::optional<std::string> UnBase64Url(std::string_view text);

Digest Sha256(std::span<const std::uint8_t> bytes);
Digest Sha256(std::string_view bytes);
inline std::string_view AsBytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}
// Throws std::invalid_argument unless bytes are 32.
Digest DigestFromBytes(std::string_view bytes);

// Characters of well-formed UTF-8; nullopt when it is not (overlong forms and surrogates included).
std::optional<std::size_t> Utf8Length(std::string_view text);

// The candidate with the smallest edit distance to name, for "did you mean"; nullopt when none is
// nearer than half the name.
std::optional<std::string> NearestName(std::string_view name,
                                       std::span<const std::string> candidates);

// As many random bytes from the system's generator, in hex.
std::string RandomHex(std::size_t bytes);

}  // namespace redress::platform
