// A first protocol from a few answers: text that checks clean and whose examples hold, whatever the
// answers are. Asks nothing itself and writes no file: runtime/cli does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"

namespace protoflow::dsl {

/// As people type them; what is empty takes the default of the language.
struct StartAnswers {
  model::Language language = model::Language::french;
  std::string name;  // of the protocol; empty: made from the title
  std::string title, objective, audience, need;
  std::vector<std::string> partners;  // titles; the first coordinates, the second stands in for it
};

inline constexpr std::size_t kStartPartnersMin = 2;
inline constexpr std::size_t kStartPartnersMax = 30;

/// The answers that Enter accepts.
[[nodiscard]] StartAnswers default_answers(model::Language language);

/// The answers as they enter the text: defaults put in, too many partners and letters left out,
/// nothing in them that could end a text or a line.
[[nodiscard]] StartAnswers settled_answers(const StartAnswers& answers);

/// The whole text of the file, laid out as formatting does.
[[nodiscard]] std::string first_protocol(const StartAnswers& answers);

/// The names of the protocol and of its coordinating partner in that text.
[[nodiscard]] std::string first_protocol_name(const StartAnswers& answers);
[[nodiscard]] std::string first_partner_name(const StartAnswers& answers);

}  // namespace protoflow::dsl
