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

// The first leaf that would not be read back as it was written, or kNoNode.
NodeIndex first_misread(const Manuscript& manuscript, const Parsed& back, std::string_view result) {
  const Tree& tree = manuscript.tree;
  for (NodeIndex at = 0; at < tree.nodes.size(); ++at) {
    if (at >= back.tree.nodes.size()) {
      return at;
    }
    const Node& node = tree[at];
    const Node& other = back.tree[at];
    if (node.kind != other.kind || node.word != other.word || node.size != other.size) {
      return at;
    }
    const std::string_view leaf = result.substr(other.begin, other.end - other.begin);
    if (node.kind == NodeKind::name &&
        (leaf != spelled_name(manuscript, at) || is_in_the_way(manuscript, at))) {
      return at;
    }
    if (node.kind == NodeKind::text && text_inside(leaf) != text_inside(manuscript.leaf(at))) {
      return at;
    }
  }
  return kNoNode;
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
  const NodeIndex misread = first_misread(manuscript, back, result);
  if (misread != kNoNode) {
    return std::unexpected(NotFormatted{{in_the_way(manuscript, misread)}, parsed.language()});
  }
  return result;
}

}  // namespace

std::expected<std::string, NotFormatted> format(std::string_view text,
                                                std::span<const Lexicon> known) {
  Parsed parsed = parse(text, known);
  if (parsed.tree.nodes.empty() || parsed.tree.broken(0)) {
    return std::unexpected(NotFormatted{std::move(parsed.diagnostics), parsed.language()});
  }
  return rewritten(parsed, text, *parsed.words, known);
}

std::expected<std::string, NotFormatted> translate(std::string_view text,
                                                   const Lexicon& to,
                                                   std::span<const Lexicon> known) {
  Parsed parsed = parse(text, known);
  if (parsed.tree.nodes.empty() || parsed.tree.broken(0)) {
    return std::unexpected(NotFormatted{std::move(parsed.diagnostics), parsed.language()});
  }
  return rewritten(parsed, text, to, known);
}

}  // namespace protoflow::dsl
