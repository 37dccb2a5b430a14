#include "dsl/format/lines.hpp"

#include <algorithm>
#include <utility>

#include "dsl/source/utf8.hpp"

namespace protoflow::dsl {
namespace {

std::string_view trimmed(std::string_view comment) {
  std::size_t kept = 0;
  for (std::size_t at = 0; at < comment.size();) {
    const CodePoint next = decode(comment, at);
    at += next.length;
    kept = is_blank(next.value) || next.value == U'\r' ? kept : at;
  }
  return comment.substr(0, kept);
}

// What stands between two leaves: blanks and comments.
struct Gap {
  std::string_view remark;
  std::vector<Line> own;
  bool set_apart = false;  // what follows the gap
};

Gap read_gap(std::string_view text, Span span) {
  text = text.substr(0, span.end);
  Gap gap;
  bool follows_word = span.begin > 0;
  for (std::size_t at = span.begin; at < span.end;) {
    const std::size_t begin = skip_blanks(text, at);
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const bool comment = begin < end && text[begin] == '#';
    if (comment && follows_word) {
      gap.remark = trimmed(text.substr(begin, end - begin));
    } else if (comment) {
      gap.own.push_back({.set_apart = gap.set_apart,
                         .indented = begin > at,
                         .comment = trimmed(text.substr(begin, end - begin)),
                         .pieces = {}});
    }
    const bool empty = !comment && !follows_word && end < span.end;
    gap.set_apart = empty || (gap.set_apart && !comment);
    follows_word = false;
    at = end + 1;
  }
  return gap;
}

class Collector {
 public:
  explicit Collector(std::string_view text) : text_(text) {}

  void start(LineKind kind, Keyword word) {
    kind_ = kind;
    word_ = word;
    starts_ = true;
  }

  void add(NodeIndex leaf, Span span) {
    Gap gap = read_gap(text_, {at_, span.begin});
    at_ = span.end;
    if (!starts_) {
      Piece& before = lines_.back().pieces.back();
      before.remark = gap.remark;
      for (const Line& own : gap.own) {
        before.own_remarks.push_back(own.comment);
      }
    } else {
      close(gap);
      lines_.push_back({.kind = kind_, .word = word_, .set_apart = gap.set_apart, .pieces = {}});
      starts_ = false;
    }
    lines_.back().pieces.push_back({leaf, {}, {}});
  }

  std::vector<Line> take() {
    Gap gap = read_gap(text_, {at_, static_cast<std::uint32_t>(text_.size())});
    close(gap);
    return std::move(lines_);
  }

 private:
  void close(Gap& gap) {
    if (!gap.remark.empty()) {
      lines_.back().pieces.back().remark = gap.remark;
    }
    std::ranges::move(gap.own, std::back_inserter(lines_));
  }

  std::string_view text_;
  std::uint32_t at_ = 0;
  LineKind kind_ = LineKind::heading;
  Keyword word_ = Keyword::none;
  bool starts_ = true;
  std::vector<Line> lines_;
};

// A comment among the lines of a declaration is indented like them, one right above a heading
// belongs to it, and any other stays at the margin or away from it, as the author had it.
void indent_comments(std::vector<Line>& lines) {
  const Line* below = nullptr;  // the line right below
  bool among_clauses = false;   // the next line that is no comment is a clause
  for (std::size_t i = lines.size(); i-- > 0;) {
    Line& line = lines[i];
    if (line.kind == LineKind::comment) {
      const bool touches = below != nullptr && !below->set_apart;
      line.indented = among_clauses || (touches ? below->indented : line.indented);
    } else {
      among_clauses = line.kind == LineKind::clause;
      line.indented = among_clauses;
    }
    below = &line;
  }
  for (Line& line : lines) {
    if (line.kind != LineKind::comment) {
      break;
    }
    line.indented = false;  // nothing stands above that it could belong to
  }
}

}  // namespace

std::vector<Line> lines_of(const Tree& tree, std::string_view text) {
  Collector collector(text);
  for (NodeIndex at = 0; at < tree.nodes.size(); ++at) {
    const Node& node = tree[at];
    if (node.kind == NodeKind::declaration) {
      collector.start(LineKind::heading, node.word);
    } else if (node.kind == NodeKind::clause) {
      collector.start(LineKind::clause, Keyword::none);
    } else if (is_leaf(node.kind)) {
      collector.add(at, node.span());
    }
  }
  std::vector<Line> lines = collector.take();
  indent_comments(lines);
  return lines;
}

bool is_set_apart(const Line& previous, const Line& line, const Line* next) {
  if (line.indented) {
    return previous.kind != LineKind::heading && line.set_apart;
  }
  if (previous.kind == LineKind::comment && !previous.indented) {
    return line.set_apart;
  }
  // Short declarations of one kind may stand together, like a list.
  const bool listed = line.kind == LineKind::heading && previous.kind == LineKind::heading &&
                      line.word == previous.word && (next == nullptr || !next->indented);
  return !listed || line.set_apart;
}

}  // namespace protoflow::dsl
