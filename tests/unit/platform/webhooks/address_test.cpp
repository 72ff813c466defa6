#include "services/platform/webhooks/address.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstring>
#include <string>

namespace redress::platform {
namespace {

sockaddr_storage AddressOf(const std::string& text) {
  sockaddr_storage storage{};
  if (text.find(':') == std::string::npos) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    EXPECT_EQ(inet_pton(AF_INET, text.c_str(), &in.sin_addr), 1) << text;
    std::memcpy(&storage, &in, sizeof in);
  } else {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    EXPECT_EQ(inet_pton(AF_INET6, text.c_str(), &in.sin6_addr), 1) << text;
    std::memcpy(&storage, &in, sizeof in);
  }
  return storage;
}

bool IsPublic(const std::string& text) {
  const sockaddr_storage storage = AddressOf(text);
  return IsPublicAddress(reinterpret_cast<const sockaddr&>(storage));
}

bool IsLoopback(const std::string& text) {
  const sockaddr_storage storage = AddressOf(text);
  return IsLoopbackAddress(reinterpret_cast<const sockaddr&>(storage));
}

class Public : public ::testing::TestWithParam<const char*> {};
TEST_P(Public, MayBeSentTo) { EXPECT_TRUE(IsPublic(GetParam())); }
INSTANTIATE_TEST_SUITE_P(Address, Public,
                         ::testing::Values("8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0",
                                           "100.63.255.255", "100.128.0.0", "169.253.255.255",
                                           "172.15.255.255", "172.32.0.0", "192.167.255.255",
                                           "192.169.0.0", "198.17.255.255", "198.20.0.0",
                                           "223.255.255.255", "2606:4700:4700::1111",
                                           "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::"));

class Special : public ::testing::TestWithParam<const char*> {};
TEST_P(Special, MayNotBeSentTo) { EXPECT_FALSE(IsPublic(GetParam())); }
INSTANTIATE_TEST_SUITE_P(
    Address, Special,
    ::testing::Values("0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.0",
                      "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254",
                      "172.16.0.0", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1",
                      "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255",
                      "198.51.100.7", "203.0.113.7", "224.0.0.1", "239.255.255.255", "240.0.0.1",
                      "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "ff02::1",
                      "2001:db8::1", "2001::1", "3fff::1", "100::1", "::ffff:127.0.0.1",
                      "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:a00:1::", "2002:7f00:1::"));

TEST(Address, OfThisMachineIsLoopbackInEveryForm) {
  EXPECT_TRUE(IsLoopback("127.0.0.1"));
  EXPECT_TRUE(IsLoopback("127.8.9.10"));
  EXPECT_TRUE(IsLoopback("::1"));
  EXPECT_TRUE(IsLoopback("::ffff:127.0.0.1"));
  EXPECT_FALSE(IsLoopback("128.0.0.1"));
  EXPECT_FALSE(IsLoopback("::2"));
}

TEST(Address, OfAnotherFamilyIsNeither) {
  sockaddr_storage storage{};
  storage.ss_family = AF_UNIX;
  EXPECT_FALSE(IsPublicAddress(reinterpret_cast<const sockaddr&>(storage)));
  EXPECT_FALSE(IsLoopbackAddress(reinterpret_cast<const sockaddr&>(storage)));
}

}  // namespace
}  // namespace redress::platform
