#include "tests/support/private_nats.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>

#include "tests/support/wait_for.h"

namespace redress::test {
namespace {

constexpr std::chrono::seconds kPatience(30);

bool Accepts(int port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  const bool accepts =
      connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  close(descriptor);
  return accepts;
}

}  // namespace

PrivateNats::PrivateNats() : port_(FreePort()) { Start(); }

PrivateNats::~PrivateNats() { Kill(); }

std::string PrivateNats::url() const { return "nats://127.0.0.1:" + std::to_string(port_); }

void PrivateNats::Start() {
  const auto log = directory_.path() / "server.log";
  server_ = Process({"nats-server", "--jetstream", "--addr", "127.0.0.1", "--port",
                     std::to_string(port_), "--store_dir", (directory_.path() / "store").string()},
                    log);
  const bool up = WaitFor([this] { return !server_.Running() || Accepts(port_); }, kPatience);
  if (!up || !server_.Running()) {
    throw std::runtime_error("nats-server does not start: " + ReadFile(log));
  }
}

void PrivateNats::Kill() { server_.End(SIGKILL); }

void PrivateNats::Wipe() {
  if (server_.Running()) Kill();
  std::filesystem::remove_all(directory_.path() / "store");
}

}  // namespace redress::test
