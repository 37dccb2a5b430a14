#include "runtime/daemon/supervisor.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace protoflow::runtime {

void tell(const Supervisor& supervisor, std::string_view message) {
  const auto& socket = supervisor.socket;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.empty() || socket.size() >= sizeof(address.sun_path)) {
    return;
  }
  std::ranges::copy(socket, address.sun_path);
  if (socket.front() == '@') {
    address.sun_path[0] = '\0';
  }
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) {
    return;
  }
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket.size());
  (void)::sendto(descriptor,
                 message.data(),
                 message.size(),
                 MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address),
                 length);
  ::close(descriptor);
}

}  // namespace protoflow::runtime
