#include "tests/unit/runtime/http/raw_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace protoflow::runtime {

RawSocket::RawSocket(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    close();
  }
}

RawSocket::~RawSocket() {
  close();
}

bool RawSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawSocket::receive() {
  std::array<char, 65536> chunk;
  const auto count = ::recv(socket_, chunk.data(), chunk.size(), 0);
  if (count <= 0) {
    return false;
  }
  input_.append(chunk.data(), static_cast<std::size_t>(count));
  return true;
}

std::string RawSocket::until(std::string_view mark) {
  std::size_t from = 0;
  while (true) {
    if (const auto found = input_.find(mark, from); found != std::string::npos) {
      std::string out = input_.substr(0, found + mark.size());
      input_.erase(0, found + mark.size());
      return out;
    }
    from = input_.size() < mark.size() ? 0 : input_.size() - mark.size();
    if (!receive()) {
      return std::exchange(input_, {});
    }
  }
}

RawAnswer RawSocket::answer(bool with_body) {
  RawAnswer answer;
  answer.head = until("\r\n\r\n");
  if (!answer.head.starts_with("HTTP/1.1 ")) {
    return answer;
  }
  answer.status = std::atoi(answer.head.c_str() + 9);
  constexpr std::string_view kLength = "Content-Length: ";
  if (const auto at = answer.head.find(kLength); with_body && at != std::string::npos) {
    const auto length = std::strtoul(answer.head.c_str() + at + kLength.size(), nullptr, 10);
    while (input_.size() < length && receive()) {
    }
    answer.body = input_.substr(0, length);
    input_.erase(0, answer.body.size());
  }
  return answer;
}

std::string RawSocket::rest() {
  while (receive()) {
  }
  return std::exchange(input_, {});
}

void RawSocket::end_sending() {
  ::shutdown(socket_, SHUT_WR);
}

void RawSocket::close() {
  if (socket_ >= 0) {
    ::close(std::exchange(socket_, -1));
  }
}

}  // namespace protoflow::runtime
