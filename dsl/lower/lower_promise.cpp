// Promises: read and resolved; whether they hold is a question of proof.
#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

struct PromiseRow {
  Keyword word;
  model::PromiseKind kind;
};

constexpr PromiseRow kPromises[] = {
    {Keyword::never, model::PromiseKind::never_before},
    {Keyword::whenever, model::PromiseKind::then_later},
    {Keyword::never_both, model::PromiseKind::never_both},
    {Keyword::exactly_one_of, model::PromiseKind::exactly_one},
    {Keyword::within, model::PromiseKind::within_of},
    {Keyword::case_ends, model::PromiseKind::case_ends_within},
    {Keyword::by_different_partners, model::PromiseKind::by_different_partners},
    {Keyword::sees, model::PromiseKind::sees_only_after},
};

void lower_sees(Context& context, NodeIndex clause, model::PromiseLine& line) {
  Cursor cursor(context.tree, clause);
  line.partner =
      resolve_as<model::PartnerId>(context, NameKind::partner, cursor.take(NodeKind::name));
  (void)cursor.take_word(Keyword::sees);
  line.information =
      resolve_as<model::InformationId>(context, NameKind::information, cursor.take(NodeKind::name));
  (void)cursor.take_word(Keyword::only_after);
  line.consent =
      resolve_as<model::ConsentId>(context, NameKind::consent, cursor.take(NodeKind::name));
}

}  // namespace

model::Promise lower_promise(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  model::Promise promise;
  promise.name = std::move(heading.name);
  promise.title = std::move(heading.title);
  promise.translations = translations_of(context, at);
  promise.line = context.line(at);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    for (const PromiseRow& row : kPromises) {
      if (row.word != context.tree[clause].word) {
        continue;
      }
      model::PromiseLine line{.kind = row.kind, .line = context.line(clause)};
      for (const NodeIndex child : context.tree.children(clause)) {
        if (context.tree[child].kind == NodeKind::atom) {
          line.conditions.push_back(lower_condition(context, child, ConditionPlace::promise));
        }
      }
      line.within = duration_of(context, context.tree.child(clause, NodeKind::duration));
      if (row.kind == model::PromiseKind::sees_only_after) {
        lower_sees(context, clause, line);
      }
      promise.lines.push_back(std::move(line));
    }
  }
  return promise;
}

}  // namespace protoflow::dsl
