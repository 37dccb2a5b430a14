#include "runtime/cli/print.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>

#include "runtime/people/secret.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

struct StateWords {
  std::string_view french, english;
};

constexpr std::array<StateWords, 8> kWork = {{{"en attente", "waiting"},
                                              {"proposée", "offered"},
                                              {"prise", "taken"},
                                              {"suspendue", "held"},
                                              {"en revue", "in review"},
                                              {"faite", "done"},
                                              {"sans objet", "not needed"},
                                              {"retirée", "withdrawn"}}};

std::string_view paint_code(Paint paint) {
  switch (paint) {
    case Paint::good:
      return "\x1b[32m";
    case Paint::bad:
      return "\x1b[31m";
    case Paint::warning:
      return "\x1b[33m";
    case Paint::quiet:
      return "\x1b[2m";
    case Paint::strong:
      return "\x1b[1m";
  }
  return {};
}

std::expected<std::string, std::string> address_of(const DaemonOptions& options) {
  if (!options.address.empty()) {
    return options.address;
  }
  std::ifstream file(options.folder / kAddressFile);
  std::string address;
  if (!(file >> address)) {
    return std::unexpected("No daemon is running on the folder " + options.folder.string() +
                           ". Start one with `protoflow serve`, or name its folder with --data.");
  }
  return address;
}

}  // namespace

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
}

int complain(std::string_view text, int code) {
  std::fflush(stdout);
  std::fwrite(text.data(), 1, text.size(), stderr);
  if (!text.ends_with('\n')) {
    std::fputc('\n', stderr);
  }
  return code;
}

std::string painted(std::string_view text, Paint paint, bool colours) {
  return colours ? std::string(paint_code(paint)) + std::string(text) + "\x1b[0m"
                 : std::string(text);
}

std::string in_words(std::span<const StateWord> words,
                     std::string_view name,
                     model::Language language) {
  const auto found = std::ranges::find(words, name, &StateWord::name);
  return std::string(found == words.end() ? name : say(language, found->french, found->english));
}

std::string state_words(const engine::StepState& step, model::Language language) {
  const auto& words = kWork[static_cast<std::size_t>(step.work)];
  std::string text(say(language, words.french, words.english));
  const bool late =
      step.time == engine::TimeState::late || step.time == engine::TimeState::escalated;
  return late ? text + std::string(say(language, ", en retard", ", late")) : text;
}

std::expected<ClientAnswer, ClientError> ask(const DaemonOptions& options,
                                             std::string_view method,
                                             std::string_view path,
                                             std::string body) {
  const auto address = address_of(options);
  if (!address) {
    return std::unexpected(ClientError{address.error(), {}});
  }
  auto token = options.token;
  if (token.empty()) {
    auto read = read_token(options.folder / kTokenFile);
    if (!read) {
      return std::unexpected(ClientError{read.error(), {}});
    }
    token = std::move(*read);
  }
  auto answer = request(
      {.method = std::string(method),
       .url = *address + std::string(path),
       .body = std::move(body),
       .headers = {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}}});
  if (answer && !nlohmann::json::parse(answer->body, nullptr, false).is_object()) {
    return std::unexpected(ClientError{
        "What answers at " + *address + " is no protoflow daemon; check the address.", {}});
  }
  return answer;
}

int complain_problem(const ClientAnswer& answer, const Output& output) {
  if (output.json) {
    print(answer.body + (answer.body.ends_with('\n') ? "" : "\n"));
  } else {
    const auto json = nlohmann::json::parse(answer.body, nullptr, false);
    complain(json.is_object() ? json.value("detail", "The daemon refused.") : "The daemon refused.",
             kFault);
  }
  return answer.status >= 500 ? kEnvironment : kFault;
}

std::string escaped(std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string url;
  for (const char c : text) {
    if (kPlain.find(c) != kPlain.npos) {
      url += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      url += '%';
      url += kHex[byte >> 4];
      url += kHex[byte & 15];
    }
  }
  return url;
}

}  // namespace protoflow::runtime
