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

// Lowers with what the protocol's own file needs of the shared ones: each time more is asked for,
// from the beginning.
void lower_all_needed(Context& context, Names& names) {
  const std::size_t told = context.diagnostics.size();
  lower(context);
  while (names.take_in_missed()) {
    context.diagnostics.erase(context.diagnostics.begin() + static_cast<std::ptrdiff_t>(told),
                              context.diagnostics.end());
    context.protocol = {.language = context.language()};
    context.condition_nodes = 0;
    lower(context);
  }
}

// The files of one protocol, joined.
struct Joined {
  const Tree& tree;
  std::string_view text;
  const Lexicon& words;  // of the protocol's own file
  Calendars& calendars;
  bool lacks_a_file;
};

void compile_tree(const Joined& files, Compiled& compiled) {
  const SourceText source(files.text, compiled.files);
  const Names all_names(files.tree, files.text, files.words);
  if (const auto too_many = all_names.too_many()) {
    add(compiled.diagnostics,
        {.code = Code::too_many,
         .span = *too_many,
         .second = {},
         .parameters = {std::to_string(kDeclarationsMax)},
         .suggestion = {}});
    return;
  }
  const std::uint32_t own_end = compiled.files.size() > 1 ? compiled.files[1].begin : kNoNode;
  Names names(files.tree, files.text, files.words, own_end);
  if (files.lacks_a_file) {
    names.doubt_all();
  }
  model::Protocol protocol;
  protocol.language = compiled.language;
  Context context{
      files.tree, source, names, files.words, protocol, compiled.diagnostics, files.calendars};
  lower_all_needed(context, names);
  ask_all({files.tree, source, names, all_names, files.words, protocol, compiled.diagnostics});
  const auto stands_against = [](const Diagnostic& told) {
    return is_error(told) && !asked_later(told.code);
  };
  if (std::ranges::none_of(compiled.diagnostics, is_error)) {
    compiled.protocol = std::move(protocol);
  } else if (std::ranges::none_of(compiled.diagnostics, stands_against)) {
    compiled.once_sound = std::move(protocol);
  }
}

// The lines of a file that others use, on their own: only what its declarations say.
void compile_shared(const Joined& files, Compiled& compiled) {
  const SourceText source(files.text, compiled.files);
  Names names(files.tree, files.text, files.words);
  if (files.lacks_a_file) {
    names.doubt_all();
  }
  model::Protocol protocol;
  protocol.language = compiled.language;
  Context context{
      files.tree, source, names, files.words, protocol, compiled.diagnostics, files.calendars};
  context.shared = true;
  lower(context);
  const Asked asked{files.tree, source, names, names, files.words, protocol, compiled.diagnostics};
  ask_doubled_names(asked);
  ask_doubled_clauses(asked);
}

}  // namespace

Compiled compile(std::string_view text, const Shelf& shelf, std::span<const Lexicon> known) {
  Parsed parsed = parse(text, known);
  const Lexicon& words = *parsed.words;
  Compiled compiled{.protocol = {}, .diagnostics = {}, .language = parsed.language()};
  compiled.shared = parsed.shared;
  const bool readable = !parsed.tree.nodes.empty();
  Gathered gathered = gather(std::move(parsed), text, {shelf, known});
  compiled.diagnostics = std::move(gathered.diagnostics);
  compiled.files = std::move(gathered.files);
  compiled.used = std::move(gathered.used);
  if (readable) {
    const std::string whole = compiled.used.empty() ? "" : joined(text, compiled.used);
    Calendars calendars{shelf, {}};
    const auto compile_it = compiled.shared ? compile_shared : compile_tree;
    compile_it({gathered.tree,
                compiled.used.empty() ? text : whole,
                words,
                calendars,
                gathered.lacks_a_file},
               compiled);
    compiled.calendars = take_read(std::move(calendars));
  }
  sort_by_place(compiled.diagnostics);
  return compiled;
}

std::string render_text(const Compiled& compiled,
                        std::string_view text,
                        std::string_view file_name,
                        bool colours) {
  const std::string whole = joined(text, compiled.used);
  return render_text(compiled.diagnostics,
                     {whole, file_name, compiled.language, colours, compiled.files});
}

std::string render_json(const Compiled& compiled,
                        std::string_view text,
                        std::string_view file_name) {
  const std::string whole = joined(text, compiled.used);
  return render_json(compiled.diagnostics,
                     {whole, file_name, compiled.language, false, compiled.files});
}

}  // namespace protoflow::dsl
