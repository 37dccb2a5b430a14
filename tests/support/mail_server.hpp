// A real mail server (tests/support/mail_server.py) for as long as a test wants it, and the mails
// it got. Needs python3-aiosmtpd; `is_there` says whether it is installed.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/folder.hpp"
#include "tests/support/places.hpp"

namespace protoflow::testing {

class MailServer {
 public:
  [[nodiscard]] static bool is_there() {
    static const bool there = std::system("/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null") == 0;
    return there;
  }

  /// `mode`: accept, refuse, refuse-one, refuse-sender, refuse-message, later, stall, drop,
  /// drop-once or auth. With a certificate, STARTTLS must be spoken first.
  explicit MailServer(const std::string& mode, const std::string& certificate_and_key = {}) {
    const auto command = "exec /usr/bin/python3 '" +
                         protoflow::in_sources("/tests/support/mail_server.py") + "' '" +
                         folder.path().string() + "' " + mode + " " + certificate_and_key + " 2>'" +
                         (folder / "log").string() + "'";
    const auto pipe = (folder / "port").string();
    ::mkfifo(pipe.c_str(), 0600);
    const int said = ::open(pipe.c_str(), O_RDWR | O_CLOEXEC);
    input_ = ::popen(command.c_str(), "w");
    pollfd waits{.fd = said, .events = POLLIN, .revents = 0};
    std::array<char, 8> port{};
    if (::poll(&waits, 1, kPatienceMilliseconds) == 1 &&
        ::read(said, port.data(), port.size() - 1) > 0) {
      port_ = port.data();
    }
    ::close(said);
    if (port_.empty()) {
      throw std::runtime_error("the mail server did not start");
    }
  }

  MailServer(const MailServer&) = delete;
  MailServer& operator=(const MailServer&) = delete;

  ~MailServer() { ::pclose(input_); }

  [[nodiscard]] std::string url(const std::string& host = "127.0.0.1") const {
    return "smtp://" + host + ":" + port_;
  }

  /// All that came, in order; lines end in CRLF.
  [[nodiscard]] std::vector<std::string> mails() const {
    std::vector<std::string> list;
    for (auto text = read("1.eml"); !text.empty();
         text = read(std::to_string(list.size() + 1) + ".eml")) {
      list.push_back(std::move(text));
    }
    return list;
  }

  Folder folder;

 private:
  static constexpr int kPatienceMilliseconds = 60'000;

  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(folder / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::FILE* input_ = nullptr;
  std::string port_;
};

}  // namespace protoflow::testing
