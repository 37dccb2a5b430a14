// One protocol that uses every word of the language, written once with the words left open:
// `<step>` stands for the spelling of Keyword::step. The same meaning in every language, to be
// compared.
#pragma once

#include <map>
#include <string>

#include "dsl/files/shelf.hpp"
#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {

/// In the words of a language, with other spellings where `instead` has them.
[[nodiscard]] std::string whole_language(const Lexicon& words,
                                         const std::map<Keyword, std::string>& instead = {});
[[nodiscard]] std::string whole_language(model::Language language,
                                         const std::map<Keyword, std::string>& instead = {});

/// The files that it uses: one that declares nothing, and one closed day.
[[nodiscard]] Shelf whole_shelf();

/// The enumerator's name: "review_by".
[[nodiscard]] std::string_view enumerator(Keyword keyword);

}  // namespace protoflow::dsl
