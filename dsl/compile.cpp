#include "dsl/compile.hpp"

#include <algorithm>

#include "dsl/diagnostic/render.hpp"
#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"
#include "dsl/syntax/parse.hpp"

namespace protoflow::dsl {
namespace {

void sort_by_place(std::vector<Diagnostic>& diagnostics) {
  std::stable_sort(
      diagnostics.begin(), diagnostics.end(), [](const Diagnostic& left, const Diagnostic& right) {
        return left.span.begin < right.span.begin;
      });
}

void compile_tree(const Parsed& parsed, std::string_view text, Compiled& compiled) {
  const Tree& tree = parsed.tree;
  const Lexicon& words = *parsed.words;
  const SourceText source(text);
  const Names names(tree, text, words);
  if (names.too_many()) {
    add(compiled.diagnostics,
        {.code = Code::too_many,
         .span = *names.too_many(),
         .second = {},
         .parameters = {std::to_string(kDeclarationsMax)},
         .suggestion = {}});
    return;
  }
  model::Protocol protocol;
  protocol.language = compiled.language;
  Context context{tree, source, names, words, protocol, compiled.diagnostics};
  lower(context);
  ask_all({tree, source, names, words, protocol, compiled.diagnostics});
  const bool sound =
      std::none_of(compiled.diagnostics.begin(), compiled.diagnostics.end(), is_error);
  if (sound) {
    compiled.protocol = std::move(protocol);
  }
}

}  // namespace

Compiled compile(std::string_view text, std::span<const Lexicon> known) {
  Parsed parsed = parse(text, known);
  Compiled compiled{
      .protocol = {}, .diagnostics = std::move(parsed.diagnostics), .language = parsed.language()};
  if (!parsed.tree.nodes.empty()) {
    compile_tree(parsed, text, compiled);
  }
  sort_by_place(compiled.diagnostics);
  return compiled;
}

std::string render_text(const Compiled& compiled,
                        std::string_view text,
                        std::string_view file_name,
                        bool colours) {
  return render_text(compiled.diagnostics, {text, file_name, compiled.language, colours});
}

std::string render_json(const Compiled& compiled,
                        std::string_view text,
                        std::string_view file_name) {
  return render_json(compiled.diagnostics, {text, file_name, compiled.language});
}

}  // namespace protoflow::dsl
