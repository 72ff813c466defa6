#include "services/platform/webhooks/url.h"

#include <curl/curl.h>

#include <memory>

#include "services/platform/base/errors.h"

namespace redress::platform {
namespace {

constexpr std::size_t kMostCharacters = 2000;

class ParsedUrl {
 public:
  explicit ParsedUrl(const std::string& text)
      : handle_(curl_url(), curl_url_cleanup),
        // The library's own reading is the one that the request will be sent by.
        is_valid_(curl_url_set(handle_.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK) {}

  bool IsValid() const { return is_valid_; }
  // Empty when there is none.
  std::string Part(CURLUPart part) const {
    char* text = nullptr;
    if (curl_url_get(handle_.get(), part, &text, 0) != CURLUE_OK) return "";
    std::string copy = text;
    curl_free(text);
    return copy;
  }

 private:
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> handle_;
  const bool is_valid_;
};

bool IsThisMachine(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace

void CheckWebhookUrl(const std::string& text, const std::string& field, bool allow_http) {
  if (text.size() > kMostCharacters) {
    throw InvalidField(field, "is longer than 2000 characters; give a shorter address");
  }
  const ParsedUrl url(text);
  const std::string scheme = url.IsValid() ? url.Part(CURLUPART_SCHEME) : "";
  const std::string host = url.IsValid() ? url.Part(CURLUPART_HOST) : "";
  if (host.empty() || (scheme != "https" && scheme != "http")) {
    throw InvalidField(field, "is no https address; write it like https://shop.example/hooks");
  }
  if (scheme == "http" && !(allow_http && IsThisMachine(host))) {
    throw InvalidField(field, "is not encrypted; write https");
  }
  if (!url.Part(CURLUPART_USER).empty() || !url.Part(CURLUPART_PASSWORD).empty() ||
      !url.Part(CURLUPART_FRAGMENT).empty()) {
    throw InvalidField(field, "has a user or a fragment; leave them out");
  }
}

}  // namespace redress::platform
