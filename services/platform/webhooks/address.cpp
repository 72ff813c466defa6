#include "services/platform/webhooks/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

namespace redress::platform {
namespace {

using Ipv6 = std::array<std::uint8_t, 16>;

struct Ipv4Range {
  std::uint32_t first;
  int bits;
};

constexpr std::uint32_t At(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

// IANA's special-purpose registry, and multicast.
constexpr Ipv4Range kSpecialIpv4[] = {
    {At(0, 0, 0, 0), 8},        // this network
    {At(10, 0, 0, 0), 8},       // private
    {At(100, 64, 0, 0), 10},    // shared by a carrier's customers
    {At(127, 0, 0, 0), 8},      // loopback
    {At(169, 254, 0, 0), 16},   // link-local, and clouds' metadata
    {At(172, 16, 0, 0), 12},    // private
    {At(192, 0, 0, 0), 24},     // protocol assignments
    {At(192, 0, 2, 0), 24},     // documentation
    {At(192, 88, 99, 0), 24},   // 6to4 relays
    {At(192, 168, 0, 0), 16},   // private
    {At(198, 18, 0, 0), 15},    // benchmarks
    {At(198, 51, 100, 0), 24},  // documentation
    {At(203, 0, 113, 0), 24},   // documentation
    {At(224, 0, 0, 0), 4},      // multicast
    {At(240, 0, 0, 0), 4},      // reserved, broadcast
};

bool IsPublic(std::uint32_t address) {
  return std::none_of(std::begin(kSpecialIpv4), std::end(kSpecialIpv4), [&](const auto& range) {
    return (address ^ range.first) >> (32 - range.bits) == 0;
  });
}

bool BeginsWith(const Ipv6& address, std::initializer_list<std::uint8_t> bytes) {
  return std::equal(bytes.begin(), bytes.end(), address.begin());
}

std::uint32_t Ipv4At(const Ipv6& address, std::size_t at) {
  return At(address[at], address[at + 1], address[at + 2], address[at + 3]);
}

// The IPv4 address that the IPv6 one stands for, if it does.
std::optional<std::uint32_t> Carried(const Ipv6& address) {
  if (BeginsWith(address, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff})) return Ipv4At(address, 12);
  if (BeginsWith(address, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) {
    return Ipv4At(address, 12);
  }
  if (BeginsWith(address, {0x20, 0x02})) return Ipv4At(address, 2);  // 6to4
  return std::nullopt;
}

bool IsPublic(const Ipv6& address) {
  if (const auto carried = Carried(address)) return IsPublic(*carried);
  // Only 2000::/3 is given out; of it, Teredo and its neighbours and documentation are not.
  if ((address[0] & 0xe0) != 0x20) return false;
  if (BeginsWith(address, {0x20, 0x01}) && address[2] < 0x02) return false;
  return !BeginsWith(address, {0x20, 0x01, 0x0d, 0xb8}) && !BeginsWith(address, {0x3f, 0xff});
}

std::uint32_t Ipv4Of(const sockaddr& address) {
  sockaddr_in in{};
  std::memcpy(&in, &address, sizeof in);
  return ntohl(in.sin_addr.s_addr);
}

Ipv6 Ipv6Of(const sockaddr& address) {
  sockaddr_in6 in{};
  std::memcpy(&in, &address, sizeof in);
  Ipv6 bytes{};
  std::memcpy(bytes.data(), &in.sin6_addr, bytes.size());
  return bytes;
}

}  // namespace

bool IsPublicAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) return IsPublic(Ipv4Of(address));
  return address.sa_family == AF_INET6 && IsPublic(Ipv6Of(address));
}

bool IsLoopbackAddress(const sockaddr& address) {
  if (address.sa_family == AF_INET) return Ipv4Of(address) >> 24 == 127;
  if (address.sa_family != AF_INET6) return false;
  const Ipv6 bytes = Ipv6Of(address);
  if (const auto carried = Carried(bytes)) return *carried >> 24 == 127;
  return bytes == Ipv6{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
}

}  // namespace redress::platform
