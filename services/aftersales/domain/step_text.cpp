#include "services/aftersales/domain/step_text.h"

#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

#include "services/platform/base/text.h"

namespace redress::aftersales {

StepText NewText(std::string clear) {
  StepText text;
  text.clear = std::move(clear);
  if (RAND_bytes(text.salt.data(), static_cast<int>(text.salt.size())) != 1) {
    throw std::runtime_error("the system gives no random bytes");
  }
  text.digest = platform::Sha256(PackText(text));
  return text;
}

std::string PackText(const StepText& text) {
  std::string packed(text.salt.begin(), text.salt.end());
  packed += text.clear;
  return packed;
}

std::string ClearOf(std::string_view packed) {
  return std::string(packed.substr(std::min(packed.size(), StepText{}.salt.size())));
}

}  // namespace redress::aftersales
