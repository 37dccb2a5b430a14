#include "dsl/lower/lower.hpp"

#include <algorithm>

namespace protoflow::dsl {
namespace {

template <class Declaration>
void lower_all(Context& context,
               NameKind kind,
               Declaration (*lower_one)(Context&, NodeIndex),
               std::vector<Declaration>& table) {
  for (const Declared& declared : context.names.of(kind)) {
    if (declared.node != kNoNode) {
      table.push_back(lower_one(context, declared.node));
    }
  }
}

void add_beneficiary(Context& context) {
  model::Role beneficiary;
  beneficiary.name = context.words.canonical(Keyword::beneficiary);
  beneficiary.binding = model::Binding::beneficiary;
  context.protocol.roles.push_back(std::move(beneficiary));
}

// Steps stand under the last stage before them.
void lower_steps(Context& context) {
  model::Protocol& protocol = context.protocol;
  const auto& stages = context.names.of(NameKind::stage);
  for (const Declared& declared : context.names.of(NameKind::step)) {
    const Heading heading = heading_of(context, declared.node);
    model::Step step;
    step.name = heading.name;
    step.title = heading.title;
    step.line = context.line(declared.node);
    const auto after =
        std::partition_point(stages.begin(), stages.end(), [&](const Declared& stage) {
          return stage.node < declared.node;
        });
    if (after != stages.begin()) {
      step.stage = model::StageId{static_cast<std::uint16_t>(after - stages.begin() - 1)};
    }
    lower_outcomes(context, declared.node, step);
    protocol.steps.push_back(std::move(step));
  }
  for (std::size_t i = 0; i < protocol.steps.size(); ++i) {
    lower_step(context, context.names.of(NameKind::step)[i].node, protocol.steps[i]);
  }
}

}  // namespace

void lower(Context& context) {
  model::Protocol& protocol = context.protocol;
  add_beneficiary(context);
  lower_all(context, NameKind::need, lower_need, protocol.needs);
  lower_all(context, NameKind::competence, lower_competence, protocol.competences);
  lower_all(context, NameKind::partner, lower_partner, protocol.partners);
  lower_all(context, NameKind::role, lower_role, protocol.roles);
  lower_all(context, NameKind::information, lower_information, protocol.informations);
  lower_all(context, NameKind::consent, lower_consent, protocol.consents);
  for (const Declared& stage : context.names.of(NameKind::stage)) {
    const Heading heading = heading_of(context, stage.node);
    protocol.stages.push_back({heading.name, heading.title, translations_of(context, stage.node)});
  }
  lower_steps(context);
  lower_all(context, NameKind::session, lower_session, protocol.sessions);
  lower_all(context, NameKind::routine, lower_routine, protocol.routines);
  lower_all(context, NameKind::ending, lower_ending, protocol.endings);
  lower_all(context, NameKind::promise, lower_promise, protocol.promises);
  lower_all(context, NameKind::example, lower_example, protocol.examples);
  protocol.former_names = lower_former_names(context);
  if (!context.names.protocols().empty()) {
    lower_protocol(context, context.names.protocols().front());
  }
  for (const NodeIndex at : context.names.calendars()) {
    lower_calendar(context, at);
  }
  if (!context.names.agreements().empty()) {
    protocol.agreement = lower_agreement(context, context.names.agreements().front());
  }
}

std::string name_or_empty(const Context& context, NodeIndex leaf) {
  return leaf == kNoNode ? std::string() : name_of(context.tree, leaf, context.source.text());
}

Heading heading_of(const Context& context, NodeIndex at) {
  return {name_or_empty(context, context.tree.child(at, NodeKind::name)),
          text_of(context, context.tree.child(at, NodeKind::text))};
}

std::vector<model::Translation> translations_of(const Context& context, NodeIndex at) {
  std::vector<model::Translation> translations;
  for (const NodeIndex clause : clauses_in(context.tree, at)) {
    if (context.tree[clause].word != Keyword::translation) {
      continue;
    }
    const NodeIndex tag = context.tree.child(clause, NodeKind::tag);
    const NodeIndex text = context.tree.child(clause, NodeKind::text);
    if (tag != kNoNode && text != kNoNode) {
      translations.push_back({std::string(context.text(tag)), text_of(context, text)});
    }
  }
  return translations;
}

}  // namespace protoflow::dsl
