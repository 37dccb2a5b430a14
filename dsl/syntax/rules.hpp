// The few rules of our own on top of PEGTL, and the control that builds the tree: a rule with
// `kind` makes a node, and whatever fails leaves no trace. Private to the parser.
#pragma once

#include <tao/pegtl.hpp>

#include "dsl/syntax/builder.hpp"

namespace protoflow::dsl::grammar {

namespace pegtl = tao::pegtl;

using Input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*>;

template <class Rule>
concept MakesNode = requires { Rule::kind; };

/// Where the word of such a rule is not, nothing is tried nor taken back.
template <class Rule>
concept BeginsWithItsWord = requires { Rule::begins_with_its_word; };

/// These fail only when each of their parts has, and each part takes back its own; or they never
/// do.
template <class Rule>
inline constexpr bool kFailsWithItsParts = false;
template <class... R>
inline constexpr bool kFailsWithItsParts<pegtl::sor<R...>> = true;
template <class... R>
inline constexpr bool kFailsWithItsParts<pegtl::opt<R...>> = true;
template <class... R>
inline constexpr bool kFailsWithItsParts<pegtl::star<R...>> = true;

/// A rule that leaves no trace when it fails has nothing to be taken back.
template <class Rule>
concept LeavesNoTrace = kFailsWithItsParts<Rule> || requires { Rule::leaves_no_trace; };

inline std::uint32_t place(const Input& in) {
  return static_cast<std::uint32_t>(in.current() - in.begin());
}

/// Opens and closes the node of a rule; takes nodes and messages back when the rule fails.
template <class Rule>
struct Control : pegtl::normal<Rule> {
  template <pegtl::apply_mode A,
            pegtl::rewind_mode M,
            template <class...> class Action,
            template <class...> class Inner>
  [[nodiscard]] static bool match(Input& in, Builder& builder) {
    if constexpr (LeavesNoTrace<Rule>) {
      return pegtl::normal<Rule>::template match<A, M, Action, Inner>(in, builder);
    }
    if constexpr (BeginsWithItsWord<Rule>) {
      if (!builder.is_at_word(Rule::word, place(in))) {
        return false;
      }
    }
    const Builder::Mark mark = builder.mark();
    if constexpr (MakesNode<Rule>) {
      const NodeIndex node = builder.open(Rule::kind, Rule::word);
      if (pegtl::normal<Rule>::template match<A, M, Action, Inner>(in, builder)) {
        builder.close(node);
        return true;
      }
    } else if (pegtl::normal<Rule>::template match<A, M, Action, Inner>(in, builder)) {
      return true;
    }
    builder.rewind(mark);
    return false;
  }
};

inline bool move_to(Input& in, std::uint32_t end) {
  if (end == kNotThere) {
    return false;
  }
  in.bump(end - place(in));
  return true;
}

/// A rule that asks the builder for one thing at the current place.
template <class Self>
struct Ask {
  static constexpr bool leaves_no_trace = true;
  using rule_t = Self;
  using subs_t = pegtl::empty_list;

  template <pegtl::apply_mode,
            pegtl::rewind_mode,
            template <class...> class,
            template <class...> class>
  [[nodiscard]] static bool match(Input& in, Builder& builder) {
    return move_to(in, Self::ask(builder, place(in)));
  }
};

template <Keyword K>
struct word : Ask<word<K>> {
  static std::uint32_t ask(Builder& builder, std::uint32_t at) { return builder.take_word(K, at); }
};

template <NodeKind Kind>
struct token : Ask<token<Kind>> {
  static std::uint32_t ask(Builder& builder, std::uint32_t at) { return builder.take(Kind, at); }
};

template <char Mark>
struct mark : Ask<mark<Mark>> {
  static std::uint32_t ask(Builder& builder, std::uint32_t at) {
    return builder.take_mark(Mark, at);
  }
};

struct blank_line : Ask<blank_line> {
  static std::uint32_t ask(Builder& builder, std::uint32_t at) {
    return builder.take_blank_line(at);
  }
};

struct line_end : Ask<line_end> {
  static std::uint32_t ask(Builder& builder, std::uint32_t at) { return builder.end_line(at); }
};

template <Keyword Declaration>
struct stray_line : Ask<stray_line<Declaration>> {
  static std::uint32_t ask(Builder& builder, std::uint32_t at) {
    return builder.take_stray_line(Declaration, at);
  }
};

struct declaration_start : Ask<declaration_start> {
  static std::uint32_t ask(Builder& builder, std::uint32_t at) {
    return builder.at_declaration(at) ? at : kNotThere;
  }
};

/// `R`, or one message that says what should stand here; the rest of the line is then passed over.
template <Expected E, class... R>
struct need {
  static constexpr bool leaves_no_trace = true;  // it never fails
  using rule_t = need;
  using subs_t = pegtl::type_list<R...>;

  template <pegtl::apply_mode A,
            pegtl::rewind_mode,
            template <class...> class Action,
            template <class...> class Inner>
  [[nodiscard]] static bool match(Input& in, Builder& builder) {
    if (builder.broken()) {
      return true;
    }
    using Whole = pegtl::seq<R...>;
    if (!Inner<Whole>::template match<A, pegtl::rewind_mode::required, Action, Inner>(in,
                                                                                      builder)) {
      builder.report_expected(E, place(in));
    }
    return true;
  }
};

/// `R` one level deeper; past the limit one message instead.
template <class R>
struct nested {
  using rule_t = nested;
  using subs_t = pegtl::type_list<R>;

  template <pegtl::apply_mode A,
            pegtl::rewind_mode M,
            template <class...> class Action,
            template <class...> class Inner>
  [[nodiscard]] static bool match(Input& in, Builder& builder) {
    const std::uint32_t depth = builder.depth();
    if (depth >= kNesting) {
      builder.report_too_deep(place(in));
      return true;
    }
    builder.set_depth(depth + 1);
    const bool matched = Inner<R>::template match<A, M, Action, Inner>(in, builder);
    builder.set_depth(depth);
    return matched;
  }
};

/// One message when the other connective follows.
template <Keyword Connective>
struct not_mixed_with {
  using rule_t = not_mixed_with;
  using subs_t = pegtl::empty_list;

  template <pegtl::apply_mode,
            pegtl::rewind_mode,
            template <class...> class,
            template <class...> class>
  [[nodiscard]] static bool match(Input& in, Builder& builder) {
    const Builder::Mark before = builder.mark();
    if (builder.take_word(Connective, place(in)) != kNotThere) {
      builder.rewind(before);
      builder.report_mixed_connectives(place(in));
    }
    return true;
  }
};

}  // namespace protoflow::dsl::grammar
