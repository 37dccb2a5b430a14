// The floor of the language's benchmarks: PEGTL alone over the same bytes. It recognises the lines
// of a French text (their first words, names, texts, numbers, comments), checks UTF-8 as it goes,
// and keeps nothing: no tree, no messages, no meaning.
#pragma once

#include <string_view>

namespace protoflow::bench {

[[nodiscard]] bool recognised_by_pegtl(std::string_view text);

}  // namespace protoflow::bench
