// Tells whoever started the daemon how it is: sd_notify(3), one datagram a message.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace protoflow::runtime {

/// Whoever started the daemon and looks after it (systemd's protocol of sd_notify(3)).
struct Supervisor {
  std::string socket;  // a path, or a name of Linux's own behind an `@`; empty: nobody
  std::chrono::microseconds watchdog{};  // a sign of life is due within it; 0: none is
};

/// What cannot be sent is lost.
void tell(const Supervisor& supervisor, std::string_view message);

}  // namespace protoflow::runtime
