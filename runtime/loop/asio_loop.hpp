// The way from a Loop to its Asio context, for the .cpp files of runtime/ that open sockets. Not
// for anyone else.
#pragma once

#include <boost/asio/io_context.hpp>

#include "runtime/loop/loop.hpp"

namespace protoflow::runtime {

struct AsioLoop {
  [[nodiscard]] static boost::asio::io_context& context(Loop& loop);
};

}  // namespace protoflow::runtime
