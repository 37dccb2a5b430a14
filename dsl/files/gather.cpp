#include "dsl/files/gather.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "dsl/files/path.hpp"
#include "dsl/syntax/places.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

struct Use {
  Span span;  // of the quoted path, in the joined text
  std::string written;
};

// A file whose `use` lines are being followed; the files under it on the stack lead to it.
struct Visit {
  std::size_t file;
  std::vector<Use> uses;
  std::size_t next = 0;
};

struct Gathering {
  const Library& library;
  Gathered result;
  std::vector<Tree> trees;  // of each file, in its own bytes
  std::map<std::string, std::size_t> known;
  std::vector<Visit> open;
  std::size_t bytes = 0;
};

Diagnostic plain(Code code, Span span, std::vector<std::string> parameters) {
  return {.code = code,
          .span = span,
          .second = {},
          .parameters = std::move(parameters),
          .suggestion = {}};
}

std::vector<Use> uses_in(const Tree& tree, std::string_view text, std::uint32_t begin) {
  std::vector<Use> uses;
  for (NodeIndex at = 0; at < tree.nodes.size(); ++at) {
    if (tree[at].kind != NodeKind::clause || tree[at].word != Keyword::use) {
      continue;
    }
    if (const NodeIndex leaf = tree.child(at, NodeKind::text); leaf != kNoNode) {
      const Span span = tree[leaf].span();
      uses.push_back({{begin + span.begin, begin + span.end},
                      unquoted(text.substr(span.begin, span.end - span.begin))});
    }
  }
  return uses;
}

void shift(Diagnostic& diagnostic, std::uint32_t by) {
  diagnostic.span = {diagnostic.span.begin + by, diagnostic.span.end + by};
  if (diagnostic.second) {
    diagnostic.second = Span{diagnostic.second->begin + by, diagnostic.second->end + by};
  }
}

// A declaration that a shared file may not hold becomes words that nothing took: the names in it
// are then not complained about elsewhere. Of a whole protocol only the first line is reported.
void refuse_declarations(Gathering& to, Tree& tree, std::string_view text, std::size_t file) {
  const SourceFile& place = to.result.files[file];
  Tree kept{{tree[0]}};
  bool whole_protocol = false;
  for (const NodeIndex at : tree.children(0)) {
    const Node& node = tree[at];
    if (node.kind != NodeKind::declaration || is_shareable(node.word)) {
      kept.nodes.insert(
          kept.nodes.end(), tree.nodes.begin() + at, tree.nodes.begin() + at + node.size);
      continue;
    }
    const Span word = tree[at + 1].span();
    if (!whole_protocol) {
      add(to.result.diagnostics,
          plain(Code::not_shareable,
                {place.begin + word.begin, place.begin + word.end},
                {std::string(text.substr(word.begin, word.end - word.begin)), place.path}));
    }
    whole_protocol = whole_protocol || node.word == Keyword::protocol;
    kept.nodes.push_back({NodeKind::error, Keyword::none, node.begin, node.end, 1});
  }
  kept.nodes[0].size = static_cast<std::uint32_t>(kept.nodes.size());
  tree = std::move(kept);
}

void refuse_file(Gathering& to, Diagnostic why) {
  add(to.result.diagnostics, std::move(why));
  to.result.lacks_a_file = true;
}

void take_file(Gathering& to, const Use& use, std::string path, std::string text) {
  Parsed parsed = parse(text, to.library.known);
  if (parsed.tree.nodes.empty()) {
    const auto& told = parsed.diagnostics.front();
    refuse_file(to, plain(Code::file_not_text, use.span, {use.written, told.parameters.front()}));
    return;
  }
  const auto begin = static_cast<std::uint32_t>(to.bytes + 1);
  const std::size_t file = to.trees.size();
  to.bytes += 1 + text.size();
  to.result.files.push_back({path, begin, parsed.language(), parsed.words});
  for (Diagnostic& diagnostic : parsed.diagnostics) {
    if (diagnostic.code != Code::no_protocol_line) {
      shift(diagnostic, begin);
      add(to.result.diagnostics, std::move(diagnostic));
    }
  }
  refuse_declarations(to, parsed.tree, text, file);
  to.open.push_back({file, uses_in(parsed.tree, text, begin)});
  to.trees.push_back(std::move(parsed.tree));
  to.result.used.push_back({std::move(path), std::move(text)});
}

// The line of `file` that is being followed, when that file leads to the present one.
const Use* leading_from(const Gathering& to, std::size_t file) {
  for (const Visit& visit : to.open) {
    if (visit.file == file) {
      return &visit.uses[visit.next - 1];
    }
  }
  return nullptr;
}

void follow(Gathering& to, const Use& use) {
  const auto path = path_from(to.result.files[to.open.back().file].path, use.written);
  if (!path) {
    refuse_file(to, message_of({.problem = ReadProblem::outside}, use.span, use.written));
    return;
  }
  const auto [place, fresh] = to.known.emplace(*path, to.trees.size());
  if (!fresh) {
    if (const Use* first = leading_from(to, place->second)) {
      Diagnostic circle = plain(Code::files_in_a_circle, use.span, {use.written});
      if (first->span != use.span) {
        circle.second = first->span;
      }
      add(to.result.diagnostics, std::move(circle));
    }
    return;
  }
  auto text = to.library.shelf.text(*path);
  if (text && to.bytes + text->size() > kTextMax) {
    text = std::unexpected(ReadFault{.problem = ReadProblem::too_large});
  }
  if (!text) {
    refuse_file(to, message_of(text.error(), use.span, use.written));
    place->second = kFilesMax + 1;  // said once, and no file
    return;
  }
  if (to.trees.size() >= kFilesMax) {
    refuse_file(to, plain(Code::files_too_many, use.span, {std::to_string(kFilesMax)}));
    place->second = kFilesMax + 1;
    return;
  }
  take_file(to, use, *path, std::move(*text));
}

// One file node over the declarations of all.
Tree join(const std::vector<Tree>& trees, const std::vector<SourceFile>& files) {
  Tree whole{{trees.front()[0]}};
  for (std::size_t i = 0; i < trees.size(); ++i) {
    for (auto node = trees[i].nodes.begin() + 1; node != trees[i].nodes.end(); ++node) {
      Node moved = *node;
      moved.begin += files[i].begin;
      moved.end += files[i].begin;
      whole.nodes.push_back(moved);
    }
  }
  whole.nodes[0].end = files.back().begin + trees.back()[0].end;
  whole.nodes[0].size = static_cast<std::uint32_t>(whole.nodes.size());
  return whole;
}

void read_all(Gathering& to) {
  while (!to.open.empty()) {
    Visit& visit = to.open.back();
    if (visit.next == visit.uses.size()) {
      to.open.pop_back();
      continue;
    }
    const Use use = visit.uses[visit.next++];
    if (!to.library.shelf.text) {
      refuse_file(to, plain(Code::read_alone, use.span, {use.written}));
      continue;
    }
    follow(to, use);
  }
}

// Words that could not be read and say `use "…"`: what that file declares is then not missed.
bool lost_a_use(const Parsed& own, std::string_view text) {
  const std::string use(own.words->canonical(Keyword::use));
  return std::ranges::any_of(own.tree.nodes, [&](const Node& node) {
    const auto words = text.substr(node.begin, node.end - node.begin);
    return node.kind == NodeKind::error &&
           std::ranges::any_of(std::array{" \"", " «", " “"}, [&](const char* opens) {
             return words.find(use + opens) != words.npos;
           });
  });
}

}  // namespace

Gathered gather(Parsed own, std::string_view text, const Library& library) {
  const std::string& own_path = library.shelf.own;
  std::vector<Use> uses = uses_in(own.tree, text, 0);
  Gathering to{.library = library,
               .result = {.tree = {}, .files = {{own_path, 0, own.language(), own.words}}},
               .trees = {},
               .known = {{own_path, 0}},
               .open = {{0, std::move(uses)}},
               .bytes = text.size()};
  to.result.lacks_a_file = lost_a_use(own, text);
  to.result.diagnostics = std::move(own.diagnostics);
  to.trees.push_back(std::move(own.tree));
  read_all(to);
  if (to.trees.size() == 1) {
    to.result.files.clear();
    to.result.tree = std::move(to.trees.front());
  } else {
    to.result.tree = join(to.trees, to.result.files);
  }
  return std::move(to.result);
}

std::string joined(std::string_view text, std::span<const UsedText> used) {
  std::string whole(text);
  for (const UsedText& file : used) {
    whole.append("\n").append(file.text);
  }
  return whole;
}

Diagnostic message_of(const ReadFault& fault, Span at, const std::string& written) {
  switch (fault.problem) {
    case ReadProblem::missing: {
      Diagnostic missing = plain(Code::file_missing, at, {written});
      if (!fault.nearest.empty()) {
        const std::size_t name = written.rfind('/') + 1;
        missing.suggestion = "\"" + written.substr(0, name) + fault.nearest + "\"";
      }
      return missing;
    }
    case ReadProblem::not_a_file:
      return plain(Code::not_a_file, at, {written});
    case ReadProblem::unreadable:
      return plain(Code::file_unreadable, at, {written});
    case ReadProblem::outside:
      return plain(Code::file_outside, at, {written});
    case ReadProblem::too_large:
      return plain(Code::files_too_large, at, {written});
    case ReadProblem::not_a_calendar:
      return plain(Code::not_a_calendar, at, {written, std::to_string(fault.line)});
  }
  return plain(Code::file_unreadable, at, {written});
}

}  // namespace protoflow::dsl
