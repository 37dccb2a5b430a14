// The channel that writes each notice as one line to standard output or to a file. A line of a file
// is on the disk before it counts as sent. It writes on a thread of its own: a slow disk or a
// reader that has stopped reading never holds up the loop.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "runtime/channel/channel.hpp"
#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

/// `path` is a file to append to (made when absent, mode 0640), or `-` for standard output.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError> make_json_lines(
    Loop& loop, const std::string& name, const std::string& path);

}  // namespace protoflow::runtime
