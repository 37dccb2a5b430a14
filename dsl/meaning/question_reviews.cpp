// Nobody reviews their own work or twice the same, and every return and reopening has a number.
#include <map>

#include "dsl/lower/lower.hpp"
#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

// Each opinion is another reader's.
void ask_each_once(const Asked& asked, NodeIndex clause, const model::Step& step) {
  std::map<std::string, Span> first;
  for (const NodeIndex child : asked.tree.children(clause)) {
    if (asked.tree[child].kind != NodeKind::name) {
      continue;
    }
    const std::string role = name_of(asked.tree, child, asked.source.text());
    const auto [known, fresh] = first.emplace(role, asked.tree[child].span());
    if (!fresh) {
      tell_two(asked,
               Code::reviewer_named_twice,
               asked.tree[child].span(),
               known->second,
               {role, step.name});
    }
  }
}

void ask_step(const Asked& asked, const Declared& one, const model::Step& step) {
  for (const NodeIndex clause : clauses_in(asked.tree, one.node)) {
    const Keyword word = asked.tree[clause].word;
    const bool numbered = asked.tree.child(clause, NodeKind::keyword, Keyword::at_most) != kNoNode;
    const bool broken = asked.tree.broken(clause);
    const NodeIndex returns = asked.tree.child(clause, NodeKind::keyword, Keyword::may_return);
    const NodeIndex reopens = asked.tree.child(clause, NodeKind::keyword, Keyword::reopens);
    if (word == Keyword::review_by && returns != kNoNode && !numbered && !broken) {
      tell(asked, Code::return_without_number, asked.tree[returns].span(), {step.name});
    }
    if (word == Keyword::outcome && reopens != kNoNode && !numbered && !broken) {
      const std::string outcome =
          name_of(asked.tree, asked.tree.child(clause, NodeKind::name), asked.source.text());
      const std::string reopened = name_of(asked.tree, reopens + 1, asked.source.text());
      tell(asked, Code::repeats_without_number, asked.tree[reopens].span(), {outcome, reopened});
    }
    if (word != Keyword::review_by || !step.review) {
      continue;
    }
    ask_each_once(asked, clause, step);
    if (step.responsible.known() && step.review->is_by(step.responsible)) {
      const std::string& role = asked.protocol[step.responsible].name;
      const NodeIndex responsible = clause_of(asked, one.node, Keyword::responsible);
      tell_two(asked,
               Code::review_by_responsible,
               place_of_name(asked, clause, role),
               asked.tree[responsible].span(),
               {role, step.name});
    }
  }
}

}  // namespace

void ask_reviews(const Asked& asked) {
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    ask_step(asked, declared(asked, NameKind::step, i), asked.protocol.steps[i]);
  }
}

}  // namespace protoflow::dsl
