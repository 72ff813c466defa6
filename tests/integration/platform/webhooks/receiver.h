#pragma once

// Somebody else's HTTPS server, on a port of this machine: keeps every request that it gets and
// answers as it is told. One connection at a time, one request per connection.

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/server/channel.h"

struct ssl_ctx_st;
struct ssl_st;

namespace redress::test {

class Receiver {
 public:
  struct Request {
    std::string head;  // request line and headers
    std::string body;
  };
  // Gets a request and writes the whole answer piece by piece; `write` answers false once the
  // sender has gone.
  using Write = std::function<bool(const std::string&)>;
  using Answer = std::function<void(const Request&, const Write&)>;

  Receiver(const platform::TlsIdentity& identity, Answer answer);
  ~Receiver();

  int port() const { return port_; }
  std::string Url(const std::string& host = "localhost") const;
  std::vector<Request> Requests() const;

 private:
  void Serve();
  void Talk(ssl_st* connection);

  const Answer answer_;
  ssl_ctx_st* const context_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::vector<Request> requests_;
  std::thread thread_;
};

// An answer of a status line and nothing else.
Receiver::Answer AnswerWith(const std::string& status);

}  // namespace redress::test
