// Where a golden file is played: a fresh folder, a daemon when it asks for one, and the words that
// are not the program's own:
//
//   copy FILE           a file of the repository, into the folder
//   cp FILE COPY        a file of the folder, under another name
//   file NAME           a file with the step's input
//   bytes NAME TEXT     a file with TEXT, where \xHH is one byte
//   sparse NAME MIB     a file of that size that holds nothing
//   steps NAME          the steps of tests/golden/cli/NAME.steps; each must end well
//   start ARGUMENTS     a daemon on `data`, at a free port, until `stop`, `kill` or the end
//   stop, kill          SIGTERM or SIGKILL, and how it ended
//   clock INSTANT       moves the demonstration's clock
//   sql FILE STATEMENT  alters a database of the stopped daemon
//   show FILE           its text
//   ask METHOD PATH     a request to the daemon with the step's input; its status and body
//   terminal COMMAND    runs it on a terminal; escape sequences are shown as \e
//
// PORT in a command is the daemon's.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/golden/process.hpp"
#include "tests/golden/script.hpp"
#include "tests/support/folder.hpp"

namespace protoflow::golden {

class Stage {
 public:
  /// What the step said, with what varies named: FOLDER, PORT, PROCESS.
  [[nodiscard]] std::string play(const Step& step);

 private:
  using Words = std::vector<std::string>;

  [[nodiscard]] std::string play_words(Words words, const std::string& input);
  [[nodiscard]] std::string play_own(const Words& words, const std::string& input);
  [[nodiscard]] std::string play_file(const Words& words, const std::string& input);
  [[nodiscard]] std::string play_daemon(const Words& words);
  [[nodiscard]] std::string play_steps(const std::string& name);
  [[nodiscard]] std::string ask(const std::string& method,
                                const std::string& path,
                                const std::string& body);
  [[nodiscard]] std::string neutral(std::string text) const;
  [[nodiscard]] std::string address() const;
  [[nodiscard]] std::string port() const;

  testing::Folder folder_;
  testing::Folder aside_;
  std::unique_ptr<Daemon> daemon_;
};

}  // namespace protoflow::golden
