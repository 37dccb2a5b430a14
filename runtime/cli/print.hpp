// Reaching the daemon from the terminal, and its words for people. For runtime/cli only.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/terminal.hpp"
#include "runtime/client/client.hpp"
#include "runtime/http/server_text.hpp"

namespace protoflow::runtime {

/// HTTP statuses below this are success.
inline constexpr int kDoneBelow = 300;

/// A name of the API, as people read it.
struct StateWord {
  std::string_view name, french, english;
};

/// The words for `name`; the name itself where there are none.
[[nodiscard]] std::string in_words(std::span<const StateWord> words,
                                   std::string_view name,
                                   model::Language language);

/// A request to the daemon that the options name, with its token.
[[nodiscard]] std::expected<ClientAnswer, ClientError> ask(const DaemonOptions& options,
                                                           std::string_view method,
                                                           std::string_view path,
                                                           std::string body = {});

/// Prints a problem's detail; the exit code that fits its status.
[[nodiscard]] int complain_problem(const ClientAnswer& answer, const Output& output);

/// All pages of a list, as one answer.
[[nodiscard]] std::expected<ClientAnswer, ClientError> ask_all(const DaemonOptions& options,
                                                               std::string_view path);

}  // namespace protoflow::runtime
