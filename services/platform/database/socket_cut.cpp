#include "services/platform/database/socket_cut.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <charconv>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

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

// Inode → descriptor: a descriptor's number is used again, the inode of a new socket is new.
std::map<ino_t, int> SocketsTo(const DatabaseConfig& config) {
  std::map<ino_t, int> sockets;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const std::string name = entry.path().filename();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    struct stat found {};
    if (fstat(descriptor, &found) == 0 && S_ISSOCK(found.st_mode) && LeadsTo(descriptor, config)) {
      sockets.emplace(found.st_ino, descriptor);
    }
  }
  return sockets;
}

}  // namespace

int SocketOpenedBy(const DatabaseConfig& config, const std::function<void()>& open) {
  static std::mutex opening;
  const std::lock_guard lock(opening);
  const std::map<ino_t, int> before = SocketsTo(config);
  open();
  for (const auto& [inode, descriptor] : SocketsTo(config)) {
    if (!before.contains(inode)) return descriptor;
  }
  return -1;
}

void CutSocket(int socket) { shutdown(socket, SHUT_RDWR); }

void CutAnswers(int socket) { shutdown(socket, SHUT_RD); }

}  // namespace redress::platform
