#include "runtime/daemon/supervisor.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "runtime/daemon/log.hpp"
#include "tests/support/folder.hpp"

namespace protoflow::runtime {
namespace {

TEST(TellSupervisor, SendsOneDatagramAMessage) {
  const testing::Folder folder;
  const auto path = (folder / "notify").string();
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(path, address.sun_path);
  ASSERT_EQ(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);

  tell({.socket = path}, "READY=1");
  tell({}, "nobody hears this");
  tell({.socket = (folder / "nowhere").string()}, "nor this");
  tell({.socket = path}, "STOPPING=1");

  std::array<char, 64> text{};
  const auto next = [&] {
    const auto size = ::recv(descriptor, text.data(), text.size(), 0);
    return size < 0 ? std::string("none")
                    : std::string(text.data(), static_cast<std::size_t>(size));
  };
  EXPECT_EQ(next(), "READY=1");
  EXPECT_EQ(next(), "STOPPING=1");
  EXPECT_EQ(next(), "none");
  ::close(descriptor);
}

TEST(InLog, KeepsAnyTextOnOneLineInQuotes) {
  EXPECT_EQ(in_log("a \"b\"\nlevel=error\x1b[0m\\"), "\"a \\\"b\\\" level=error [0m\\\\\"");
}

}  // namespace
}  // namespace protoflow::runtime
