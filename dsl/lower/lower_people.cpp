// Needs, competences, partners, roles, and what is known of a person.
#include "dsl/lower/lower.hpp"

namespace protoflow::dsl {
namespace {

constexpr std::int64_t kCasesMax = 10'000;

std::string guidance_of(const Context& context, NodeIndex at) {
  const NodeIndex clause = context.tree.child(at, NodeKind::clause, Keyword::guidance);
  return clause == kNoNode ? std::string()
                           : text_of(context, context.tree.child(clause, NodeKind::text));
}

void lower_chosen_by(Context& context, NodeIndex clause, model::Role& role) {
  Cursor cursor(context.tree, clause);
  (void)cursor.take_word(Keyword::chosen_by);
  role.binding = model::Binding::chosen_by;
  role.chooser = resolve_as<model::RoleId>(context, NameKind::role, cursor.take(NodeKind::name));
  (void)cursor.take_word(Keyword::among);
  resolve_all(context, NameKind::partner, cursor.take_all(NodeKind::name), role.partners);
  if (cursor.take_word(Keyword::answer_within)) {
    role.answer_within = duration_of(context, cursor.take(NodeKind::duration));
  }
}

void lower_held_by(Context& context, NodeIndex clause, model::Role& role) {
  for (const NodeIndex child : context.tree.children(clause)) {
    if (context.tree[child].kind == NodeKind::name) {
      resolve_all(context, NameKind::partner, {child}, role.partners);
    }
  }
}

void lower_role_clause(Context& context, NodeIndex clause, model::Role& role) {
  const Tree& tree = context.tree;
  const Keyword word = tree[clause].word;
  const NodeIndex name = tree.child(clause, NodeKind::name);
  if (word == Keyword::held_by || word == Keyword::volunteer_of) {
    const bool held = word == Keyword::held_by;
    role.binding = held ? model::Binding::held_by : model::Binding::volunteer_of;
    lower_held_by(context, clause, role);
  } else if (word == Keyword::chosen_by) {
    lower_chosen_by(context, clause, role);
  } else if (word == Keyword::answer_within) {
    role.answer_within = duration_of(context, tree.child(clause, NodeKind::duration));
  } else if (word == Keyword::requires_competence) {
    Cursor cursor(tree, clause);
    (void)cursor.take_word(Keyword::requires_competence);
    resolve_all(
        context, NameKind::competence, cursor.take_all(NodeKind::name), role.requires_competences);
  } else if (word == Keyword::supervised_by) {
    role.supervisor = resolve_as<model::RoleId>(context, NameKind::role, name);
  } else if (word == Keyword::at_most) {
    const auto number = whole_number(context, tree.child(clause, NodeKind::number), {1, kCasesMax});
    if (number) {
      role.cases_max = static_cast<std::uint16_t>(*number);
    }
  }
}

void lower_type(Context& context, NodeIndex at, model::Information& information) {
  Cursor cursor(context.tree, at);
  (void)cursor.take_word(Keyword::information);
  (void)cursor.take(NodeKind::name);
  (void)cursor.take(NodeKind::text);
  using model::InformationType;
  if (cursor.take_word(Keyword::yes_or_no)) {
    information.type = InformationType::yes_or_no;
  } else if (cursor.take_word(Keyword::number)) {
    information.type = InformationType::number;
  } else if (cursor.take_word(Keyword::date)) {
    information.type = InformationType::date;
  } else if (cursor.take_word(Keyword::scale)) {
    information.type = InformationType::scale;
  } else if (cursor.take_word(Keyword::one_of)) {
    information.type = InformationType::one_of;
  }
  for (const NodeIndex level : cursor.take_all(NodeKind::name)) {
    information.levels.push_back(name_of(context.tree, level, context.source.text()));
  }
}

}  // namespace

model::Need lower_need(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  return {std::move(heading.name),
          std::move(heading.title),
          guidance_of(context, at),
          translations_of(context, at)};
}

model::Competence lower_competence(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  return {std::move(heading.name),
          std::move(heading.title),
          guidance_of(context, at),
          translations_of(context, at)};
}

model::Partner lower_partner(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  model::Partner partner;
  partner.name = std::move(heading.name);
  partner.title = std::move(heading.title);
  partner.closed = lower_closed_all(context, at);
  partner.translations = translations_of(context, at);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    const Keyword word = context.tree[clause].word;
    Cursor cursor(context.tree, clause);
    (void)cursor.take_word(word);
    if (word == Keyword::brings) {
      resolve_all(context, NameKind::competence, cursor.take_all(NodeKind::name), partner.brings);
    } else if (word == Keyword::speaks) {
      for (const NodeIndex tag : cursor.take_all(NodeKind::tag)) {
        partner.speaks.emplace_back(context.text(tag));
      }
    } else if (word == Keyword::gains) {
      partner.gains = text_of(context, cursor.take(NodeKind::text));
    } else if (word == Keyword::contact) {
      partner.contact = text_of(context, cursor.take(NodeKind::text));
    }
  }
  return partner;
}

model::Role lower_role(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  model::Role role;
  role.name = std::move(heading.name);
  role.title = std::move(heading.title);
  role.translations = translations_of(context, at);
  role.line = context.line(at);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    lower_role_clause(context, clause, role);
  }
  return role;
}

model::Information lower_information(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  model::Information information;
  information.name = std::move(heading.name);
  information.title = std::move(heading.title);
  information.translations = translations_of(context, at);
  lower_type(context, at, information);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    const Keyword word = context.tree[clause].word;
    Cursor cursor(context.tree, clause);
    (void)cursor.take_word(word);
    if (word == Keyword::seen_by) {
      resolve_all(context, NameKind::role, cursor.take_all(NodeKind::name), information.seen_by);
    } else if (word == Keyword::sensitive) {
      information.sensitive = true;
    } else if (word == Keyword::kept) {
      information.kept_after_closing = duration_of(context, cursor.take(NodeKind::duration));
    }
  }
  return information;
}

model::Consent lower_consent(Context& context, NodeIndex at) {
  Heading heading = heading_of(context, at);
  model::Consent consent;
  consent.name = std::move(heading.name);
  consent.title = std::move(heading.title);
  consent.translations = translations_of(context, at);
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    const Keyword word = context.tree[clause].word;
    Cursor cursor(context.tree, clause);
    (void)cursor.take_word(word);
    if (word == Keyword::covers) {
      resolve_all(context, NameKind::information, cursor.take_all(NodeKind::name), consent.covers);
      (void)cursor.take_word(Keyword::with);
      resolve_all(context, NameKind::role, cursor.take_all(NodeKind::name), consent.with);
    } else if (word == Keyword::for_purpose) {
      consent.purpose = text_of(context, cursor.take(NodeKind::text));
    } else if (word == Keyword::lasts) {
      consent.lasts = duration_of(context, cursor.take(NodeKind::duration));
    }
  }
  return consent;
}

}  // namespace protoflow::dsl
