// A blocking TCP client for tests: sends any bytes, in any pieces, and reads what comes back. Gives
// up after ten seconds instead of hanging.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace protoflow::runtime {

struct RawAnswer {
  int status = 0;  // 0: the connection ended before an answer
  std::string head;
  std::string body;
};

class RawSocket final {
 public:
  explicit RawSocket(std::uint16_t port);
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;
  ~RawSocket();

  /// false once the server has closed.
  bool send(std::string_view bytes);

  /// The next answer by its Content-Length; interim answers (100) are given too.
  RawAnswer answer(bool with_body = true);

  /// Everything up to and including `mark`; what came before the end when it never comes.
  std::string until(std::string_view mark);

  /// Everything up to the end of the connection.
  std::string rest();

  void end_sending();
  void close();

 private:
  bool receive();

  int socket_ = -1;
  std::string input_;
};

}  // namespace protoflow::runtime
