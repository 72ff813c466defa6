#include "services/platform/webhooks/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <span>
#include <stdexcept>

#include "services/platform/base/clock.h"
#include "services/platform/base/text.h"

namespace redress::platform {

namespace {

std::string MacOf(const std::string& secret, const std::string& content) {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(content.data()), content.size(), mac.data(),
           &size) == nullptr) {
    throw std::runtime_error("HMAC failed");
  }
  return Hex(std::span<const std::uint8_t>(mac.data(), size));
}

}  // namespace

std::string SignatureOf(std::span<const std::string> secrets, std::int64_t sent_at_us,
                        std::string_view body) {
  const std::string sent_at = std::to_string(sent_at_us / kSecondUs);
  const std::string content = sent_at + "." + std::string(body);
  std::string header = "t=" + sent_at;
  for (const std::string& secret : secrets) header += ",v1=" + MacOf(secret, content);
  return header;
}

}  // namespace redress::platform
