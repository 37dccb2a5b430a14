#include "dsl/format/format.hpp"

#include <algorithm>

#include "dsl/format/page.hpp"
#include "dsl/format/spell.hpp"
#include "dsl/syntax/parse.hpp"
#include "dsl/syntax/scan.hpp"

namespace protoflow::dsl {
namespace {

// Straight marks, unless the text has one inside.
void put_in_marks(std::string_view leaf, Written& quoted) {
  const bool kept = quoted.words.contains('"');
  quoted.is_text = true;
  quoted.opening = !kept ? "\"" : leaf.starts_with("«") ? "«\u00A0" : "“";
  quoted.closing = !kept ? "\"" : leaf.starts_with("«") ? "\u00A0»" : "”";
}

// No blank before a comma, inside brackets, or after an elision.
bool is_glued(std::string_view before, const Node& previous, std::string_view words) {
  const bool elided = previous.kind == NodeKind::keyword && before.ends_with('\'');
  return elided || before == "(" || words == "," || words == ")";
}

bool may_start(const Node& previous, std::string_view before, const Node& node) {
  const bool after_comma = previous.kind == NodeKind::punctuation && before == ",";
  return after_comma || (node.kind == NodeKind::keyword && connects(node.word));
}

std::vector<Written> written(const Manuscript& manuscript, const Line& line) {
  std::vector<Written> result;
  for (std::size_t i = 0; i < line.pieces.size(); ++i) {
    const Piece& piece = line.pieces[i];
    const Node& node = manuscript.tree[piece.leaf];
    Written one{.words = spelled(manuscript, line, i),
                .opening = {},
                .closing = {},
                .remark = piece.remark,
                .own_remarks = piece.own_remarks};
    if (node.kind == NodeKind::text) {
      put_in_marks(manuscript.leaf(piece.leaf), one);
    }
    if (i > 0) {
      const Node& previous = manuscript.tree[line.pieces[i - 1].leaf];
      const Written& before = result.back();
      one.must_start = !before.remark.empty() || !before.own_remarks.empty();
      one.may_start = may_start(previous, before.words, node);
      one.glued = !one.is_text && !before.is_text && is_glued(before.words, previous, one.words);
      one.glued = one.glued || (before.is_text && one.words == "," && !one.is_text);
    }
    result.push_back(std::move(one));
  }
  return result;
}

std::string laid_out(const Manuscript& manuscript, std::span<const Lexicon> known) {
  Page page(known);
  const std::vector<Line> lines = lines_of(manuscript.tree, manuscript.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const Line* next = i + 1 < lines.size() ? &lines[i + 1] : nullptr;
    const unsigned indent = line.indented ? 2 : 0;
    if (i > 0 && is_set_apart(lines[i - 1], line, next)) {
      page.add_empty_line();
    }
    if (line.kind == LineKind::comment) {
      page.add_comment(line.comment, indent);
    } else {
      page.add_line(written(manuscript, line), indent);
    }
  }
  return page.take();
}

// A name that the target language reads otherwise than the author's.
bool is_in_the_way(const Manuscript& manuscript, NodeIndex name) {
  const std::string words = spelled_name(manuscript, name);
  const WordMatch word = manuscript.to.longest(words, 0);
  return word.end == words.size() && word.has(Keyword::beneficiary) &&
         !is_beneficiary(manuscript, name);
}

NodeIndex next_leaf(const Tree& tree, NodeIndex at) {
  while (at < tree.nodes.size() && !is_leaf(tree[at].kind)) {
    ++at;
  }
  return at;
}

bool is_read_back(const Manuscript& manuscript,
                  NodeIndex at,
                  const Node& back,
                  std::string_view leaf) {
  const Node& node = manuscript.tree[at];
  if (node.kind != back.kind || node.word != back.word) {
    return false;
  }
  if (node.kind == NodeKind::name) {
    return leaf == spelled_name(manuscript, at) && !is_in_the_way(manuscript, at);
  }
  return node.kind != NodeKind::text || text_inside(leaf) == text_inside(manuscript.leaf(at));
}

// The first leaf that would not be read back as it was written, or kNoNode.
NodeIndex first_misread(const Manuscript& manuscript, const Tree& back, std::string_view result) {
  const Tree& tree = manuscript.tree;
  NodeIndex other = next_leaf(back, 0);
  for (NodeIndex at = next_leaf(tree, 0); at < tree.nodes.size(); at = next_leaf(tree, at + 1)) {
    if (other >= back.nodes.size() ||
        !is_read_back(manuscript,
                      at,
                      back[other],
                      result.substr(back[other].begin, back[other].end - back[other].begin))) {
      return at;
    }
    other = next_leaf(back, other + 1);
  }
  const auto same = [](const Node& left, const Node& right) {
    return left.kind == right.kind && left.word == right.word && left.size == right.size;
  };
  return std::ranges::equal(tree.nodes, back.nodes, same) ? kNoNode : 0;
}

Diagnostic in_the_way(const Manuscript& manuscript, NodeIndex misread) {
  const Tree& tree = manuscript.tree;
  NodeIndex at = misread;
  while (at + 1 < tree.nodes.size() && tree[at].kind != NodeKind::name) {
    ++at;
  }
  return {
      .code = Code::name_in_the_way,
      .span = tree[at].span(),
      .second = {},
      .parameters = {std::string(manuscript.leaf(at)),
                     std::string(manuscript.to.table().name_in(manuscript.from.table().messages))},
      .suggestion = {}};
}

std::expected<std::string, NotFormatted> rewritten(const Parsed& parsed,
                                                   std::string_view text,
                                                   const Lexicon& to,
                                                   std::span<const Lexicon> known) {
  const Manuscript manuscript{parsed.tree, text, *parsed.words, to};
  std::string result = laid_out(manuscript, known);
  const Parsed back = parse(result, known);
  if (back.words != &to && back.tree.nodes.size() > 1) {
    const Diagnostic unknown{.code = Code::no_protocol_line,
                             .span = parsed.tree[1].span(),
                             .second = {},
                             .parameters = {},
                             .suggestion = {}};
    return std::unexpected(NotFormatted{{unknown}, parsed.language()});
  }
  const NodeIndex misread = first_misread(manuscript, back.tree, result);
  if (misread != kNoNode) {
    return std::unexpected(NotFormatted{{in_the_way(manuscript, misread)}, parsed.language()});
  }
  return result;
}

bool is_readable(const Tree& tree) {
  const auto is_broken = [](const Node& node) { return node.kind == NodeKind::error; };
  return !tree.nodes.empty() && std::ranges::none_of(tree.nodes, is_broken);
}

// In the language `to`, or in the text's own when there is none.
std::expected<std::string, NotFormatted> formatted(std::string_view text,
                                                   const Lexicon* to,
                                                   std::span<const Lexicon> known) {
  Parsed parsed = parse(text, known);
  if (!is_readable(parsed.tree)) {
    return std::unexpected(NotFormatted{std::move(parsed.diagnostics), parsed.language()});
  }
  return rewritten(parsed, text, to == nullptr ? *parsed.words : *to, known);
}

}  // namespace

std::expected<std::string, NotFormatted> format(std::string_view text,
                                                std::span<const Lexicon> known) {
  return formatted(text, nullptr, known);
}

std::expected<std::string, NotFormatted> translate(std::string_view text,
                                                   const Lexicon& to,
                                                   std::span<const Lexicon> known) {
  return formatted(text, &to, known);
}

}  // namespace protoflow::dsl
