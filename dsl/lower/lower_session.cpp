// Collective sessions, and what the partners sign.
#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::int64_t kBeneficiariesMax = 10'000;

model::Preparation lower_preparation(Context& context, NodeIndex clause) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::prepare);
  model::Preparation preparation;
  preparation.name = name_or_empty(context, cursor.take(NodeKind::name));
  preparation.title = text_of(context, cursor.take(NodeKind::text));
  (void)cursor.take_word(Keyword::responsible);
  preparation.responsible =
      resolve_as<model::RoleId>(context, NameKind::role, cursor.take(NodeKind::name));
  if (cursor.take_word(Keyword::with)) {
    resolve_all(context, NameKind::role, cursor.take_all(NodeKind::name), preparation.with);
  }
  preparation.before =
      duration_of(context, cursor.take(NodeKind::duration)).value_or(model::Duration{});
  return preparation;
}

void lower_session_clause(Context& context, NodeIndex clause, model::Session& session) {
  const Tree& tree = context.tree;
  const Keyword word = tree[clause].word;
  if (word == Keyword::hosted_by) {
    session.hosted_by =
        resolve_as<model::RoleId>(context, NameKind::role, tree.child(clause, NodeKind::name));
  } else if (word == Keyword::with) {
    Cursor cursor(tree, clause);
    (void)cursor.take_word(Keyword::with);
    resolve_all(context, NameKind::role, cursor.take_all(NodeKind::name), session.with);
  } else if (word == Keyword::for_up_to) {
    const NodeIndex number = tree.child(clause, NodeKind::number);
    if (const auto most = whole_number(context, number, {1, kBeneficiariesMax})) {
      session.beneficiaries_max = static_cast<std::uint16_t>(*most);
    }
  } else if (word == Keyword::every) {
    session.every = duration_of(context, tree.child(clause, NodeKind::duration));
  } else if (word == Keyword::on_request) {
    session.on_request = true;
  } else if (word == Keyword::prepare) {
    session.preparations.push_back(lower_preparation(context, clause));
  } else if (word == Keyword::follow_up) {
    session.follow_ups.push_back(lower_follow_up(context, clause));
  }
}

}  // namespace

model::FollowUp lower_follow_up(Context& context, NodeIndex clause) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::follow_up);
  model::FollowUp follow_up;
  follow_up.name = name_or_empty(context, cursor.take(NodeKind::name));
  follow_up.title = text_of(context, cursor.take(NodeKind::text));
  (void)cursor.take_word(Keyword::responsible);
  follow_up.responsible =
      resolve_as<model::RoleId>(context, NameKind::role, cursor.take(NodeKind::name));
  (void)cursor.take_word(Keyword::within);
  follow_up.within =
      duration_of(context, cursor.take(NodeKind::duration)).value_or(model::Duration{});
  return follow_up;
}

model::Session lower_session(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  model::Session session;
  session.name = std::move(heading.name);
  session.title = std::move(heading.title);
  session.translations = translations_of(context, at);
  session.line = context.line(at);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    lower_session_clause(context, clause, session);
  }
  return session;
}

model::Agreement lower_agreement(Context& context, NodeIndex at) {
  model::Agreement agreement;
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    const Keyword word = context.tree[clause].word;
    Cursor cursor(context.tree, clause);
    (void)cursor.take_word(word);
    if (word == Keyword::signed_by) {
      agreement.by_all_partners = cursor.take_word(Keyword::all_partners);
      resolve_all(context, NameKind::partner, cursor.take_all(NodeKind::name), agreement.partners);
      (void)cursor.take_word(Keyword::within);
      agreement.within = duration_of(context, cursor.take(NodeKind::duration));
    } else if (word == Keyword::renewed_every) {
      agreement.renewed_every = duration_of(context, cursor.take(NodeKind::duration));
    } else if (word == Keyword::cases_before_signature) {
      agreement.cases_before_signature = true;
    }
  }
  return agreement;
}

}  // namespace protoflow::dsl
