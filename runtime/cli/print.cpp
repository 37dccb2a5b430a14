#include "runtime/cli/print.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>

#include <nlohmann/json.hpp>

#include "runtime/cli/stranger.hpp"
#include "runtime/people/secret.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

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

std::string in_words(std::span<const StateWord> words,
                     std::string_view name,
                     model::Language language) {
  const auto found = std::ranges::find(words, name, &StateWord::name);
  return std::string(found == words.end() ? name : say(language, found->french, found->english));
}

namespace {

// `url` is a path until here.
std::expected<ClientAnswer, ClientError> send(
    const std::expected<std::string, std::string>& address, ClientRequest asked) {
  if (!address) {
    return std::unexpected(ClientError{address.error(), {}});
  }
  asked.url.insert(0, *address);
  asked.headers.emplace_back("Content-Type", "application/json");
  auto answer = request(std::move(asked));
  if (answer && !nlohmann::json::parse(answer->body, nullptr, false).is_object()) {
    return std::unexpected(ClientError{
        "What answers at " + *address + " is no protoflow daemon; check the address.", {}});
  }
  return answer;
}

}  // namespace

std::expected<ClientAnswer, ClientError> ask(const DaemonOptions& options,
                                             std::string_view method,
                                             std::string_view path,
                                             std::string body) {
  const auto address = address_of(options);
  auto token = options.token;
  if (token.empty() && address) {
    auto read = read_token(options.folder / kTokenFile);
    if (!read) {
      return std::unexpected(ClientError{read.error(), {}});
    }
    token = std::move(*read);
  }
  return send(address,
              {.method = std::string(method),
               .url = std::string(path),
               .body = std::move(body),
               .headers = {{"Authorization", "Bearer " + token}}});
}

std::expected<ClientAnswer, ClientError> ask_as_stranger(const DaemonOptions& options,
                                                         std::string_view path,
                                                         std::string body) {
  return send(address_of(options),
              {.method = "POST", .url = std::string(path), .body = std::move(body)});
}

std::expected<ClientAnswer, ClientError> ask_all(const DaemonOptions& options,
                                                 std::string_view path) {
  using Json = nlohmann::ordered_json;
  auto first = ask(options, "GET", path);
  if (!first || first->status >= 400) {
    return first;
  }
  auto whole = Json::parse(first->body, nullptr, false);
  auto next = whole.value("next", "");
  whole.erase("next");
  while (!next.empty()) {
    auto answer = ask(options, "GET", next);
    if (!answer || answer->status >= 400) {
      return answer;
    }
    const auto page = Json::parse(answer->body, nullptr, false);
    for (auto& [member, rows] : whole.items()) {
      const auto more = rows.is_array() ? page.value(member, Json::array()) : Json::array();
      rows.insert(rows.end(), more.begin(), more.end());
    }
    next = page.value("next", "");
  }
  first->body = whole.dump() + "\n";
  return first;
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

}  // namespace protoflow::runtime
