#include "runtime/channel/public_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

namespace protoflow::runtime {

namespace {

struct Range {
  const char* network;
  unsigned bits;
};

constexpr auto kSpecialV4 = std::to_array<Range>({{"0.0.0.0", 8},
                                                  {"10.0.0.0", 8},
                                                  {"100.64.0.0", 10},
                                                  {"127.0.0.0", 8},
                                                  {"169.254.0.0", 16},
                                                  {"172.16.0.0", 12},
                                                  {"192.0.0.0", 24},
                                                  {"192.0.2.0", 24},
                                                  {"192.168.0.0", 16},
                                                  {"198.18.0.0", 15},
                                                  {"198.51.100.0", 24},
                                                  {"203.0.113.0", 24},
                                                  {"224.0.0.0", 3}});

constexpr auto kSpecialV6 = std::to_array<Range>({{"::", 127},          // unspecified and loopback
                                                  {"64:ff9b:1::", 48},  // local translation
                                                  {"100::", 64},
                                                  {"2001::", 23},
                                                  {"2001:db8::", 32},
                                                  {"2002::", 16},
                                                  {"fc00::", 7},
                                                  {"fe80::", 10},
                                                  {"fec0::", 10},
                                                  {"ff00::", 8}});

// An IPv4 address stands in the last four bytes of these.
constexpr auto kCarriesV4 = std::to_array<Range>({{"::ffff:0:0", 96}, {"64:ff9b::", 96}});

using Bytes = std::span<const std::uint8_t>;

bool lies_in(Bytes address, int family, const Range& range) {
  std::array<std::uint8_t, 16> network{};
  if (inet_pton(family, range.network, network.data()) != 1) {
    return true;  // a fault in the table closes, it does not open
  }
  for (unsigned bit = 0; bit < range.bits; ++bit) {
    const unsigned mask = 0x80U >> bit % 8;
    if (((address[bit / 8] ^ network[bit / 8]) & mask) != 0) {
      return false;
    }
  }
  return true;
}

bool lies_in_any(Bytes address, int family, std::span<const Range> ranges) {
  return std::ranges::any_of(ranges,
                             [&](const Range& range) { return lies_in(address, family, range); });
}

bool is_public_v4(Bytes address) {
  return !lies_in_any(address, AF_INET, kSpecialV4);
}

}  // namespace

bool is_public(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &address, sizeof v4);
    std::array<std::uint8_t, 4> bytes{};
    std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
    return is_public_v4(bytes);
  }
  if (address.sa_family != AF_INET6) {
    return false;
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &address, sizeof v6);
  std::array<std::uint8_t, 16> bytes{};
  std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
  if (lies_in_any(bytes, AF_INET6, kCarriesV4)) {
    return is_public_v4(std::span(bytes).last(4));
  }
  return !lies_in_any(bytes, AF_INET6, kSpecialV6);
}

}  // namespace protoflow::runtime
