#include "tests/integration/platform/webhooks/receiver.h"

#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>

#include <memory>
#include <stdexcept>

namespace redress::test {
namespace {

using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free)>;

BioPtr Memory(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

SSL_CTX* ContextOf(const platform::TlsIdentity& identity) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      PEM_read_bio_X509(Memory(identity.certificate_pem).get(), nullptr, nullptr, nullptr),
      X509_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(Memory(identity.private_key_pem).get(), nullptr, nullptr, nullptr),
      EVP_PKEY_free);
  if (SSL_CTX_use_certificate(context, certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context, key.get()) != 1) {
    throw std::runtime_error("the receiver's certificate cannot be used");
  }
  return context;
}

std::size_t LengthIn(const std::string& head) {
  const auto at = head.find("Content-Length: ");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

}  // namespace

Receiver::Receiver(const platform::TlsIdentity& identity, Answer answer)
    : answer_(std::move(answer)), context_(ContextOf(identity)) {
  // A sender that has gone is an answer of SSL_write, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, plain, size) != 0 || listen(listener_, 16) != 0 ||
      getsockname(listener_, plain, &size) != 0) {
    throw std::runtime_error("the receiver cannot listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Serve(); });
}

Receiver::~Receiver() {
  stopping_ = true;
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
  SSL_CTX_free(context_);
}

std::string Receiver::Url(const std::string& host) const {
  return "https://" + host + ":" + std::to_string(port_) + "/hook";
}

std::vector<Receiver::Request> Receiver::Requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void Receiver::Serve() {
  while (!stopping_) {
    const int accepted = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) continue;
    const std::unique_ptr<SSL, decltype(&SSL_free)> connection(SSL_new(context_), SSL_free);
    SSL_set_fd(connection.get(), accepted);
    if (SSL_accept(connection.get()) == 1) Talk(connection.get());
    close(accepted);
  }
}

void Receiver::Talk(SSL* connection) {
  std::string text;
  std::size_t end = std::string::npos;
  char buffer[4096];
  while (end == std::string::npos || text.size() < end + 4 + LengthIn(text.substr(0, end))) {
    const int read = SSL_read(connection, buffer, sizeof buffer);
    if (read <= 0) return;
    text.append(buffer, static_cast<std::size_t>(read));
    end = text.find("\r\n\r\n");
  }
  const Request request{text.substr(0, end), text.substr(end + 4)};
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  answer_(request, [&](const std::string& piece) {
    return !stopping_ && SSL_write(connection, piece.data(), static_cast<int>(piece.size())) > 0;
  });
  SSL_shutdown(connection);
}

Receiver::Answer AnswerWith(const std::string& status) {
  return [status](const Receiver::Request&, const Receiver::Write& write) {
    write("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  };
}

}  // namespace redress::test
