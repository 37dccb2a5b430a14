// Writing to the terminal, and reaching the daemon from it. For runtime/cli only.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "engine/state/case_state.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/client/client.hpp"

namespace protoflow::runtime {

enum class Paint : std::uint8_t { good, bad, warning, quiet, strong };

void print(std::string_view text);

/// To standard error, with a line end; returns `code`.
int complain(std::string_view text, int code);

[[nodiscard]] std::string painted(std::string_view text, Paint paint, bool colours);

/// `proposée, en retard`: a step's work and time.
[[nodiscard]] std::string state_words(const engine::StepState& step, model::Language language);

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

/// `text` fit for a URL's query.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace protoflow::runtime
