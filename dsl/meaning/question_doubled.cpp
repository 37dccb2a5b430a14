// No name and no line that may be written once is written twice.
#include <array>
#include <map>
#include <optional>
#include <set>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"
#include "dsl/syntax/lexicon.hpp"

namespace protoflow::dsl {
namespace {

void tell_doubled(const Asked& asked, const std::string& name, Span second, Span first) {
  tell_two(asked, Code::doubled_name, second, first, {name});
}

// The later of two declarations that conditions could not tell apart.
void ask_shared(const Asked& asked) {
  std::map<std::string, Span> first;
  for (const NameKind kind :
       {NameKind::step, NameKind::stage, NameKind::information, NameKind::consent}) {
    std::set<std::string> own;
    for (const Declared& one : asked.names.of(kind)) {
      if (one.name.empty() || !own.insert(one.name).second) {
        continue;
      }
      const auto [other, fresh] = first.emplace(one.name, one.span);
      if (!fresh) {
        const bool later = other->second.begin < one.span.begin;
        tell_doubled(
            asked, one.name, later ? one.span : other->second, later ? other->second : one.span);
      }
    }
  }
}

void ask_kind(const Asked& asked, NameKind kind) {
  std::map<std::string, Span> first;
  for (const Declared& one : asked.all_names.of(kind)) {
    if (one.node == kNoNode || one.name.empty()) {
      continue;
    }
    const auto [other, fresh] = first.emplace(one.name, one.span);
    if (!fresh) {
      tell_doubled(asked, one.name, one.span, other->second);
    }
  }
}

// The lines of a declaration that name something of its own.
bool names_its_own(Keyword word) {
  return word == Keyword::outcome || word == Keyword::prepare || word == Keyword::follow_up;
}

// Outcomes of a step, levels of an information, what is prepared and what follows.
void ask_inside(const Asked& asked, NodeIndex declaration) {
  std::map<Keyword, std::map<std::string, Span>> first;
  bool declared_name = true;
  for (const NodeIndex child : asked.tree.children(declaration)) {
    const Node& node = asked.tree[child];
    NodeIndex leaf = kNoNode;
    if (node.kind == NodeKind::clause && names_its_own(node.word)) {
      leaf = asked.tree.child(child, NodeKind::name);
    } else if (node.kind == NodeKind::name) {
      leaf = declared_name ? kNoNode : child;
      declared_name = false;
    }
    if (leaf == kNoNode) {
      continue;
    }
    const std::string name = name_of(asked.tree, leaf, asked.source.text());
    const auto [other, fresh] = first[node.word].emplace(name, asked.tree[leaf].span());
    if (!fresh) {
      tell_doubled(asked, name, asked.tree[leaf].span(), other->second);
    }
  }
}

void ask_built_in(const Asked& asked) {
  for (const Declared& role : asked.names.of(NameKind::role)) {
    if (role.node == kNoNode) {
      continue;
    }
    const WordMatch word = asked.words.longest(asked.source.text(), role.span.begin);
    if (word.has(Keyword::beneficiary) && word.end == role.span.end) {
      tell(asked, Code::built_in_role, role.span, {role.name});
    }
  }
}

// Where each word began a line of a declaration first.
class FirstClauses {
 public:
  /// The place of the line before it with that word, in the same declaration.
  std::optional<Span> take(Keyword word, NodeIndex declaration, Span span) {
    auto& first = by_word_[static_cast<std::size_t>(word)];
    if (first.declaration == declaration) {
      return first.span;
    }
    first = {declaration, span};
    return std::nullopt;
  }

 private:
  struct First {
    NodeIndex declaration = kNoNode;
    Span span;
  };

  std::array<First, kKeywordCount + 1> by_word_{};  // `none` too
};

// One text for each language.
void ask_translations(const Asked& asked, NodeIndex declaration) {
  std::map<std::string, Span> first;
  for (const NodeIndex clause : clauses_in(asked.tree, declaration)) {
    if (asked.tree[clause].word != Keyword::translation) {
      continue;
    }
    const NodeIndex tag = asked.tree.child(clause, NodeKind::tag);
    if (tag == kNoNode) {
      continue;
    }
    const Span span{asked.tree[clause].begin, asked.tree[tag].end};
    const auto [other, fresh] = first.emplace(asked.source.text(asked.tree[tag].span()), span);
    if (!fresh) {
      const Span header = asked.tree[declaration + 1].span();
      tell_two(asked,
               Code::doubled_clause,
               span,
               other->second,
               {std::string(asked.source.text(span)), std::string(asked.source.text(header))});
    }
  }
}

}  // namespace

void ask_doubled_names(const Asked& asked) {
  for (std::size_t i = 0; i < kNameKinds; ++i) {
    ask_kind(asked, static_cast<NameKind>(i));
  }
  ask_shared(asked);
  ask_built_in(asked);
  for (const NameKind kind :
       {NameKind::step, NameKind::information, NameKind::session, NameKind::ending}) {
    for (const Declared& one : asked.names.of(kind)) {
      ask_inside(asked, one.node);
    }
  }
  const auto& protocols = asked.names.protocols();
  for (std::size_t i = 1; i < protocols.size(); ++i) {
    const Span first = asked.tree[protocols[0] + 1].span();
    tell_two(asked, Code::second_protocol, asked.tree[protocols[i] + 1].span(), first, {});
  }
  const auto& agreements = asked.names.agreements();
  for (std::size_t i = 1; i < agreements.size(); ++i) {
    const Span first = asked.tree[agreements[0] + 1].span();
    tell_two(asked, Code::second_agreement, asked.tree[agreements[i] + 1].span(), first, {});
  }
}

const std::set<Keyword>& clauses_said_once() {
  using enum Keyword;
  static const std::set<Keyword> once = {version,
                                         replaces,
                                         objective,
                                         audience,
                                         value,
                                         coordinated_by,
                                         time_zone,
                                         working_days,
                                         hours,
                                         guidance,
                                         gains,
                                         contact,
                                         answer_within,
                                         supervised_by,
                                         at_most,
                                         sensitive,
                                         kept,
                                         covers,
                                         for_purpose,
                                         lasts,
                                         after,
                                         when,
                                         asks_consent,
                                         accept_within,
                                         may_be_held,
                                         review_by,
                                         unless,
                                         repeat_until,
                                         through,
                                         hosted_by,
                                         for_up_to,
                                         on_request,
                                         signed_by,
                                         renewed_every,
                                         every,
                                         for_each_case,
                                         with_all_partners,
                                         for_exchange,
                                         for_feedback,
                                         for_evaluation,
                                         immediately,
                                         at_any_time_by,
                                         counts_as,
                                         cases_before_signature};
  return once;
}

void ask_doubled_clauses(const Asked& asked) {
  using enum Keyword;
  FirstClauses of_calendars;  // there is one calendar, in however many places it is written
  FirstClauses of_others;
  for (const NodeIndex at : asked.tree.children(0)) {
    if (asked.tree[at].kind != NodeKind::declaration) {
      continue;
    }
    ask_translations(asked, at);
    const bool is_calendar = asked.tree[at].word == calendar;
    auto& first = is_calendar ? of_calendars : of_others;
    for (const NodeIndex clause : clauses_in(asked.tree, at)) {
      const bool purpose =
          asked.tree[clause].word == for_feedback || asked.tree[clause].word == for_evaluation;
      const Keyword word = purpose ? for_exchange : asked.tree[clause].word;
      const Span span = asked.tree[clause + 1].span();
      const auto other = first.take(word, is_calendar ? 0 : at, span);
      if (other && clauses_said_once().contains(word)) {
        const Span declaration = asked.tree[at + 1].span();
        tell_two(
            asked,
            Code::doubled_clause,
            span,
            *other,
            {std::string(asked.source.text(span)), std::string(asked.source.text(declaration))});
      }
    }
  }
}

}  // namespace protoflow::dsl
