// Whether an address lies on the open internet. What an operator of the daemon names as a receiver
// must not lead into the network that the daemon stands in, whatever its name resolves to.
#pragma once

struct sockaddr;

namespace protoflow::runtime {

/// false: this machine, a private or link-local network, multicast, or another range of special
/// purpose (RFC 6890 and the IANA registries of special-purpose addresses); also an IPv4 address of
/// that kind inside an IPv6 one, and any other family.
[[nodiscard]] bool is_public(const sockaddr& address);

}  // namespace protoflow::runtime
