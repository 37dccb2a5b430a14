// The daemon's own messages: key=value, one a line, on standard error. They hold ids of requests
// and of streams, and never a name, an address of somebody's, a value or a reason.
#pragma once

#include <string>
#include <string_view>

#include "runtime/metrics/metrics.hpp"

namespace protoflow::runtime {

/// `level`: debug, info, warn or error.
void start_log(const std::string& level);

/// In quotes, on one line, whatever it holds.
[[nodiscard]] std::string in_log(std::string_view text);

/// `event=request id=… method=POST route=/v1/cases/{case} status=404 ms=0.3`: the address as the
/// table of routes writes it, never as it was asked for.
[[nodiscard]] std::string request_line(const Answered& answered);

/// One line a request: who only reads is `debug`, what we could not do `error`.
void log_request(const Answered& answered);

}  // namespace protoflow::runtime
