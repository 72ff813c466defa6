#include "services/platform/database/socket_cut.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <charconv>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace redress::platform {

namespace {

bool LeadsTo(int descriptor, const DatabaseConfig& config) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) return false;
  switch (address.ss_family) {
    case AF_UNIX:
      return config.socket_path == reinterpret_cast<const sockaddr_un&>(address).sun_path;
    case AF_INET:
      return config.socket_path.empty() &&
             ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port) == config.port;
    case AF_INET6:
      return config.socket_path.empty() &&
             ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port) == config.port;
    default:
      return false;
  }
}

// The process's sockets by their names in /proc, which hold their inodes: a descriptor's number is
// used again, the inode of a new socket is new. Only looks at names, since most of the descriptors
// belong to other threads, which may be closing them.
std::map<std::string, int> Sockets() {
  std::map<std::string, int> sockets;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code closed_meanwhile;
    std::string target = std::filesystem::read_symlink(entry.path(), closed_meanwhile);
    if (!target.starts_with("socket:")) continue;
    const std::string name = entry.path().filename();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    sockets.emplace(std::move(target), descriptor);
  }
  return sockets;
}

}  // namespace

int SocketOpenedBy(const DatabaseConfig& config, const std::function<void()>& open) {
  static std::mutex opening;
  const std::lock_guard lock(opening);
  const std::map<std::string, int> before = Sockets();
  open();
  for (const auto& [name, descriptor] : Sockets()) {
    if (!before.contains(name) && LeadsTo(descriptor, config)) return descriptor;
  }
  return -1;
}

void CutSocket(int socket) { shutdown(socket, SHUT_RDWR); }

void CutAnswers(int socket) { shutdown(socket, SHUT_RD); }

}  // namespace redress::platform
