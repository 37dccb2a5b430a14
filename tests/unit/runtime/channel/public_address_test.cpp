#include "runtime/channel/public_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <string>

#include <gtest/gtest.h>

namespace protoflow::runtime {
namespace {

bool is_public_text(const std::string& address) {
  sockaddr_storage any{};
  if (address.contains(':')) {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    EXPECT_EQ(inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr), 1) << address;
    std::memcpy(&any, &v6, sizeof v6);
  } else {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    EXPECT_EQ(inet_pton(AF_INET, address.c_str(), &v4.sin_addr), 1) << address;
    std::memcpy(&any, &v4, sizeof v4);
  }
  return is_public(reinterpret_cast<const sockaddr&>(any));
}

TEST(PublicAddress, IsNoneOfThisMachineOrOfAPrivateNetwork) {
  for (const char* address : {"0.0.0.0",
                              "10.1.2.3",
                              "100.64.0.1",
                              "127.0.0.1",
                              "127.255.255.255",
                              "169.254.169.254",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "198.18.0.1",
                              "224.0.0.1",
                              "255.255.255.255",
                              "::",
                              "::1",
                              "fc00::1",
                              "fd12:3456::1",
                              "fe80::1",
                              "ff02::1",
                              "2001:db8::1",
                              "::ffff:127.0.0.1",
                              "::ffff:10.0.0.1",
                              "64:ff9b::192.168.0.1",
                              "2002:7f00:1::"}) {
    EXPECT_FALSE(is_public_text(address)) << address;
  }
}

TEST(PublicAddress, IsAnyOther) {
  for (const char* address : {"1.1.1.1",
                              "9.255.255.255",
                              "11.0.0.0",
                              "100.63.255.255",
                              "100.128.0.0",
                              "172.15.255.255",
                              "172.32.0.0",
                              "192.167.255.255",
                              "223.255.255.255",
                              "2606:4700::1111",
                              "2a00:1450:4007::1",
                              "::ffff:1.1.1.1",
                              "64:ff9b::1.1.1.1"}) {
    EXPECT_TRUE(is_public_text(address)) << address;
  }
}

TEST(PublicAddress, IsOfTheInternetOnly) {
  sockaddr_un here{};
  here.sun_family = AF_UNIX;
  EXPECT_FALSE(is_public(reinterpret_cast<const sockaddr&>(here)));
}

}  // namespace
}  // namespace protoflow::runtime
