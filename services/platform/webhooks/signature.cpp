#include "services/platform/webhooks/signature.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <span>
#include <stdexcept>

#include "services/platform/base/clock.h"
#include "services/platform/base/text.h"

namespace redress::platform {

std::string SignatureOf(std::string_view secret, std::int64_t sent_at_us, std::string_view body) {
  const std::string sent_at = std::to_string(sent_at_us / kSecondUs);
  const std::string content = sent_at + "." + std::string(body);
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
           reinterpret_cast<const unsigned char*>(content.data()), content.size(), mac.data(),
           &size) == nullptr) {
    throw std::runtime_error("HMAC failed");
  }
  return "t=" + sent_at + ",v1=" + Hex(std::span<const std::uint8_t>(mac.data(), size));
}

}  // namespace redress::platform
