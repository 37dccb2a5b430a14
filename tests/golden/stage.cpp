#include "tests/golden/stage.hpp"

#include <signal.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

#include "runtime/client/client.hpp"
#include "runtime/store/sqlite.hpp"
#include "tests/support/places.hpp"

namespace protoflow::golden {

namespace {

const std::string kSource = in_sources("");

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return stream ? text.str() : "! there is no " + file.filename().string() + "\n";
}

std::string first_word(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string word;
  stream >> word;
  return word;
}

std::string replaced(std::string text, std::string_view old, std::string_view by) {
  for (auto at = text.find(old); !old.empty() && at != text.npos; at = text.find(old, at)) {
    text.replace(at, old.size(), by);
    at += by.size();
  }
  return text;
}

std::string bytes_of(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    if (text.starts_with("\\x") && text.size() >= 4) {
      bytes += static_cast<char>(std::stoi(std::string(text.substr(2, 2)), nullptr, 16));
      text.remove_prefix(4);
    } else {
      bytes += text.front();
      text.remove_prefix(1);
    }
  }
  return bytes;
}

bool is_setting(const std::string& word) {
  return word.find('=') != word.npos && word.front() >= 'A' && word.front() <= 'Z';
}

std::string exit_line(int code) {
  return "exit " + std::to_string(code) + "\n";
}

std::string alter(const std::filesystem::path& file, const std::string& statement) {
  auto connection = runtime::sqlite::Connection::open(file, runtime::sqlite::Access::write);
  if (!connection) {
    return "! " + connection.error().what + "\n";
  }
  if (auto done = connection->execute(statement); !done) {
    return "! " + done.error().what + "\n";
  }
  const auto changed = connection->integer("SELECT changes()");
  return "changed " + std::to_string(changed.value_or(-1)) + "\n";
}

}  // namespace

std::string Stage::play(const Step& step) {
  return neutral(play_words(words_of(step.command), step.input));
}

std::string Stage::play_words(Words words, const std::string& input) {
  Words settings;
  while (!words.empty() && is_setting(words.front())) {
    settings.push_back(words.front());
    words.erase(words.begin());
  }
  const bool terminal = !words.empty() && words.front() == "terminal";
  if (terminal) {
    words.erase(words.begin());
  }
  if (words.empty() || words.front() != "protoflow") {
    return play_own(words, input);
  }
  words.erase(words.begin());
  for (auto& word : words) {
    word = replaced(std::move(word), "PORT", port());
  }
  const Launch launch{std::move(words), std::move(settings), folder_.path()};
  const auto ended = terminal ? run_on_terminal(launch) : run(launch, aside_.path());
  auto output = ended.output;
  if (!output.empty() && !output.ends_with('\n')) {
    output += "\n(no line end)\n";
  }
  return output + marked(ended.complaint, "! ") + exit_line(ended.code);
}

std::string Stage::play_own(const Words& words, const std::string& input) {
  const auto word = words.empty() ? std::string() : words.front();
  if (word == "start" || word == "stop" || word == "kill") {
    return play_daemon(words);
  }
  if (word == "steps" && words.size() == 2) {
    return play_steps(words[1]);
  }
  if (word == "clock" && words.size() == 2) {
    const auto told = ask("POST", "/v1/clock", "{\"now\":\"" + words[1] + "\"}");
    return told.starts_with("200") ? "" : told;
  }
  if (word == "sql" && words.size() == 3) {
    return alter(folder_ / words[1], words[2]);
  }
  if (word == "ask" && words.size() == 3) {
    return ask(words[1], words[2], input);
  }
  return play_file(words, input);
}

std::string Stage::play_file(const Words& words, const std::string& input) {
  const auto word = words.empty() ? std::string() : words.front();
  const auto file = folder_ / (words.size() > 1 ? words[1] : std::string());
  if (word == "copy" && words.size() == 2) {
    std::filesystem::copy(std::filesystem::path(kSource) / words[1],
                          folder_ / std::filesystem::path(words[1]).filename().string());
    return {};
  }
  if (word == "cp" && words.size() == 3) {
    std::filesystem::copy_file(file, folder_ / words[2]);
    return {};
  }
  if (word == "file" && words.size() == 2) {
    std::ofstream(file, std::ios::binary) << input;
    return {};
  }
  if (word == "bytes" && words.size() == 3) {
    std::ofstream(file, std::ios::binary) << bytes_of(words[2]);
    return {};
  }
  if (word == "sparse" && words.size() == 3) {
    std::ofstream(file, std::ios::binary).put(' ');
    std::filesystem::resize_file(file, std::stoull(words[2]) << 20);
    return {};
  }
  if (word == "show" && words.size() == 2) {
    return read_file(file);
  }
  return "! this step is not known\n";
}

std::string Stage::play_daemon(const Words& words) {
  if (words.front() == "start") {
    Launch launch{{"serve", "--data", "data", "--listen", "127.0.0.1:0", "--notices", ""},
                  {},
                  folder_.path()};
    launch.arguments.insert(launch.arguments.end(), words.begin() + 1, words.end());
    daemon_ = std::make_unique<Daemon>(launch, "event=listening");
    return daemon_->said().find("event=listening") == std::string::npos
               ? marked(daemon_->said(), "! ")
               : "";
  }
  if (!daemon_) {
    return "! no daemon was started\n";
  }
  const int code = daemon_->stop(words.front() == "stop" ? SIGTERM : SIGKILL);
  daemon_.reset();
  return code < 0 ? "ended by signal " + std::to_string(-code) + "\n" : exit_line(code);
}

std::string Stage::play_steps(const std::string& name) {
  const auto file = std::filesystem::path(kSource) / "tests/golden/cli" / (name + ".steps");
  std::string trouble;
  for (const auto& step : read_steps(read_file(file))) {
    const auto said = play(step);
    if (!said.empty() && !said.ends_with("exit 0\n")) {
      trouble += "! " + step.command + "\n" + said;
    }
  }
  return trouble;
}

std::string Stage::ask(const std::string& method,
                       const std::string& path,
                       const std::string& body) {
  const auto answer = runtime::request(
      {.method = method,
       .url = address() + path,
       .body = body,
       .headers = {{"Authorization", "Bearer " + first_word(folder_ / "data/token")},
                   {"Content-Type", "application/json"}}});
  return answer ? std::to_string(answer->status) + "\n" + answer->body
                : "! " + answer.error().what + "\n";
}

std::string Stage::address() const {
  return first_word(folder_ / "data/address");
}

std::string Stage::port() const {
  const auto whole = address();
  return whole.empty() ? whole : whole.substr(whole.rfind(':') + 1);
}

std::string Stage::neutral(std::string text) const {
  if (const auto here = port(); !here.empty()) {
    text = replaced(std::move(text), "127.0.0.1:" + here, "127.0.0.1:PORT");
  }
  text = replaced(std::move(text), folder_.path().string(), "FOLDER");
  text = std::regex_replace(text, std::regex("\\(process [0-9]+\\)"), "(process PROCESS)");
  return replaced(std::move(text), "\x1b", "\\e");
}

}  // namespace protoflow::golden
