#pragma once

// One HTTPS request to somebody else's address. It goes where the address leads at this moment and
// only there: no redirect is followed, no proxy asked, and the address that a name stands for is
// judged when the connection is made, so that a name cannot turn into another machine after it was
// checked. Bounded in time and in what is read.
//
//   const WebhookPoster poster({.private_addresses_allowed = false});
//   const PostOutcome outcome = poster.Post({.url = …, .headers = {…}, .body = …});
//   if (!outcome.IsTaken()) retry…

#include <chrono>
#include <string>
#include <vector>

namespace redress::platform {

struct PosterOptions {
  // Also addresses of this machine and of private networks: for receivers inside the deployment.
  bool private_addresses_allowed = false;
  std::string ca_file = {};  // PEM; empty: the system's
  std::chrono::milliseconds connect_timeout{5000};
  std::chrono::milliseconds timeout{10'000};  // of the whole request
};

struct PostRequest {
  std::string url = {};
  std::vector<std::string> headers = {};  // "Name: value"
  std::string body = {};
};

struct PostOutcome {
  int status = 0;          // HTTP's; 0 when there was no answer
  std::string error = {};  // why there was none, in words without secrets

  bool IsTaken() const { return status >= 200 && status < 300; }
};

// Thread-safe.
class WebhookPoster {
 public:
  explicit WebhookPoster(PosterOptions options);

  PostOutcome Post(const PostRequest& request) const;

 private:
  const PosterOptions options_;
};

}  // namespace redress::platform
