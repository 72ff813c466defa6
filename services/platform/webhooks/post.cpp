#include "services/platform/webhooks/post.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>

#include "services/platform/webhooks/address.h"

namespace redress::platform {
namespace {

// An answer is read to its end or to here: only its status matters.
constexpr std::size_t kMostAnswerBytes = 65'536;
constexpr char kForbiddenAddress[] =
    "the address is this machine's or a private network's, which this deployment does not allow";

struct Transfer {
  bool private_addresses_allowed = false;
  bool was_forbidden = false;
  std::size_t answer_bytes = 0;
};

// Called with each address that the name stands for, before anything is sent to it.
curl_socket_t OpenSocket(void* user, curlsocktype purpose, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (purpose != CURLSOCKTYPE_IPCXN) return CURL_SOCKET_BAD;
  if (!transfer.private_addresses_allowed && !IsPublicAddress(address->addr)) {
    transfer.was_forbidden = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t Discard(char*, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.answer_bytes += size * count;
  // Anything but the count ends the transfer.
  return transfer.answer_bytes > kMostAnswerBytes ? 0 : size * count;
}

class Headers {
 public:
  ~Headers() { curl_slist_free_all(list_); }
  Headers() = default;
  Headers(const Headers&) = delete;
  Headers& operator=(const Headers&) = delete;

  void Add(const std::string& line) {
    curl_slist* longer = curl_slist_append(list_, line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    list_ = longer;
  }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

template <class Value>
void Set(CURL* handle, CURLoption option, Value value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK) {
    throw std::runtime_error("libcurl refused an option");
  }
}

void SetLimits(CURL* handle, const PosterOptions& options) {
  Set(handle, CURLOPT_NOSIGNAL, 1L);
  Set(handle, CURLOPT_PROTOCOLS_STR, "https,http");
  Set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  Set(handle, CURLOPT_PROXY, "");
  Set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  Set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
  Set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
  if (!options.ca_file.empty()) Set(handle, CURLOPT_CAINFO, options.ca_file.c_str());
}

PostOutcome OutcomeOf(CURL* handle, CURLcode code, const Transfer& transfer) {
  PostOutcome outcome;
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  // An answer that is too long was an answer.
  const bool was_cut = code == CURLE_WRITE_ERROR && transfer.answer_bytes > kMostAnswerBytes;
  if (code == CURLE_OK || was_cut) {
    outcome.status = static_cast<int>(status);
  } else {
    outcome.error = transfer.was_forbidden ? kForbiddenAddress : curl_easy_strerror(code);
  }
  return outcome;
}

}  // namespace

WebhookPoster::WebhookPoster(PosterOptions options) : options_(std::move(options)) {
  // Once in a process, before any other thread uses the library.
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (initialised != CURLE_OK) throw std::runtime_error("libcurl could not be initialised");
}

PostOutcome WebhookPoster::Post(const PostRequest& request) const {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(),
                                                                   curl_easy_cleanup);
  if (!handle) throw std::bad_alloc();
  Headers headers;
  for (const std::string& line : request.headers) headers.Add(line);
  // The body goes out at once, without asking first whether it may.
  headers.Add("Expect:");
  Transfer transfer{.private_addresses_allowed = options_.private_addresses_allowed};
  SetLimits(handle.get(), options_);
  Set(handle.get(), CURLOPT_URL, request.url.c_str());
  Set(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  Set(handle.get(), CURLOPT_POST, 1L);
  Set(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  Set(handle.get(), CURLOPT_POSTFIELDS, request.body.data());
  Set(handle.get(), CURLOPT_OPENSOCKETFUNCTION, &OpenSocket);
  Set(handle.get(), CURLOPT_OPENSOCKETDATA, &transfer);
  Set(handle.get(), CURLOPT_WRITEFUNCTION, &Discard);
  Set(handle.get(), CURLOPT_WRITEDATA, &transfer);
  const CURLcode code = curl_easy_perform(handle.get());
  return OutcomeOf(handle.get(), code, transfer);
}

}  // namespace redress::platform
