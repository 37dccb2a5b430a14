#include "tests/support/protocol_builder.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "engine/log/meaning_hash.hpp"

namespace protoflow::tests {

namespace {

using model::Op;

template <class IdType, class Declaration>
IdType named(const std::vector<Declaration>& table, const std::string& name) {
  if (name.empty()) {
    return {};
  }
  const auto id = model::find<IdType>(table, name);
  if (!id.known()) {
    std::cerr << "the test's protocol declares no " << name << "\n";
    std::abort();
  }
  return id;
}

std::int64_t level_of(const model::Information& information, const std::string& value) {
  if (information.levels.empty()) {
    return value == "yes" ? 1 : 0;
  }
  return std::ranges::find(information.levels, value) - information.levels.begin();
}

// Steps are resolved after all of them are named, so that order of declaration carries no meaning
// here either.
class Resolver {
 public:
  explicit Resolver(model::Protocol& protocol) : p_(protocol) {}

  [[nodiscard]] model::RoleId role(const std::string& name) const {
    return named<model::RoleId>(p_.roles, name);
  }

  [[nodiscard]] std::vector<model::RoleId> roles(const std::vector<std::string>& names) const {
    std::vector<model::RoleId> ids;
    for (const auto& name : names) {
      ids.push_back(role(name));
    }
    return ids;
  }

  model::PartnerId partner(const std::string& name) {
    if (!model::find<model::PartnerId>(p_.partners, name).known()) {
      p_.partners.push_back({.name = name, .title = name});
    }
    return named<model::PartnerId>(p_.partners, name);
  }

  [[nodiscard]] model::Condition condition(const Wanted& wanted) const {
    model::Condition condition;
    if (wanted.op != Op::all_of || !wanted.operands.empty()) {
      add(condition, wanted);
    }
    return condition;
  }

  void add_role(const RoleSpec& spec) {
    model::Role role{.name = spec.name, .title = spec.name, .binding = spec.binding};
    for (const auto& name : spec.partners) {
      role.partners.push_back(partner(name));
    }
    role.chooser = this->role(spec.chooser);
    role.supervisor = this->role(spec.supervisor);
    role.answer_within = spec.answer_within;
    role.cases_max = spec.cases_max;
    p_.roles.push_back(std::move(role));
  }

  // Sorted by day, no day twice, as the model wants it.
  void close(const ClosedSpec& spec) {
    auto& closed = p_.partners[partner(spec.partner).value].closed;
    const auto day =
        std::chrono::sys_days{std::chrono::year{2027} / 1 / 4} + std::chrono::days{spec.day};
    const auto place = std::ranges::lower_bound(closed, day, {}, &model::ClosedDay::day);
    if (place == closed.end() || place->day != day) {
      closed.insert(place, {.day = day});
    }
  }

  void add_information(const InformationSpec& spec) {
    p_.informations.push_back({.name = spec.name,
                               .title = spec.name,
                               .type = spec.levels.empty() ? model::InformationType::yes_or_no
                                                           : model::InformationType::scale,
                               .levels = spec.levels,
                               .seen_by = roles(spec.seen_by)});
  }

  void add_session(const SessionSpec& spec) {
    model::Session session{.name = spec.name,
                           .hosted_by = role(spec.hosted_by),
                           .with = roles(spec.with),
                           .beneficiaries_max = spec.beneficiaries_max,
                           .every = spec.every,
                           .on_request = spec.on_request};
    for (const auto& task : spec.preparations) {
      session.preparations.push_back(
          {.name = task.name, .responsible = role(task.responsible), .before = task.before});
    }
    for (const auto& task : spec.follow_ups) {
      session.follow_ups.push_back(
          {.name = task.name, .responsible = role(task.responsible), .within = task.before});
    }
    p_.sessions.push_back(std::move(session));
  }

  void fill_outcomes(model::Step& step, const StepSpec& spec) const {
    for (const auto& outcome : spec.outcomes) {
      step.outcomes.push_back({.name = outcome.name,
                               .reopens = named<model::StepId>(p_.steps, outcome.reopens),
                               .reopens_max = outcome.reopens_max,
                               .ends_case = named<model::EndingId>(p_.endings, outcome.ends)});
    }
    if (step.outcomes.empty()) {
      step.outcomes.push_back({.name = "done"});
    }
  }

  void fill_time(model::Step& step, const StepSpec& spec) const {
    step.accept_within = spec.accept_within;
    for (const auto& deadline : spec.deadlines) {
      step.deadlines.push_back({.within = deadline.within,
                                .from = named<model::StepId>(p_.steps, deadline.from),
                                .when = condition(deadline.when)});
    }
    step.remind_before = spec.remind_before;
    for (const auto& late : spec.late) {
      model::LateRule rule{.by = late.by, .action = late.action};
      if (late.action == model::LateAction::settle) {
        rule.outcome = named<model::OutcomeId>(step.outcomes, late.role_or_outcome);
      } else {
        rule.role = role(late.role_or_outcome);
      }
      step.late.push_back(rule);
    }
    if (spec.hold) {
      step.hold = model::Hold{.at_most = *spec.hold};
    }
  }

  void fill(model::Step& step, const StepSpec& spec) const {
    step.after = condition(spec.after);
    step.when = condition(spec.when);
    step.unless = spec.unless ? condition(*spec.unless) : model::Condition{};
    step.responsible = role(spec.responsible);
    step.through = named<model::SessionId>(p_.sessions, spec.through);
    step.informs = roles(spec.informs);
    for (const auto& name : spec.requires_consents) {
      step.requires_consents.push_back(named<model::ConsentId>(p_.consents, name));
    }
    step.asks_consent = named<model::ConsentId>(p_.consents, spec.asks_consent);
    for (const auto& name : spec.records) {
      step.records.push_back(named<model::InformationId>(p_.informations, name));
    }
    if (spec.repeat) {
      step.repeat = model::Repeat{.until = condition(spec.repeat->until),
                                  .times_max = spec.repeat->times_max,
                                  .every = spec.repeat->every};
    }
    if (spec.review) {
      auto by = roles(spec.review->others);
      by.insert(by.begin(), role(spec.review->by));
      const auto all = static_cast<std::uint16_t>(by.size());
      step.review =
          model::Review{.by = std::move(by),
                        .approvals = spec.review->approvals == 0 ? all : spec.review->approvals,
                        .within = spec.review->within,
                        .returns_max = spec.review->returns_max};
    }
  }

 private:
  void add(model::Condition& condition, const Wanted& wanted) const {
    model::ConditionNode node{.op = wanted.op, .compare = wanted.compare, .number = wanted.number};
    node.children = static_cast<std::uint16_t>(wanted.operands.size());
    if (wanted.op == Op::step_settled || wanted.op == Op::step_outcome ||
        wanted.op == Op::step_not_needed) {
      const auto step = named<model::StepId>(p_.steps, wanted.subject);
      node.subject = step.value;
      node.number = named<model::OutcomeId>(p_[step].outcomes, wanted.value).value;
    } else if (wanted.op == Op::information || wanted.op == Op::information_known) {
      const auto id = named<model::InformationId>(p_.informations, wanted.subject);
      node.subject = id.value;
      node.number = level_of(p_[id], wanted.value);
    } else if (wanted.op == Op::consent_given) {
      node.subject = named<model::ConsentId>(p_.consents, wanted.subject).value;
    }
    condition.nodes.push_back(node);
    for (const auto& operand : wanted.operands) {
      add(condition, operand);
    }
  }

  model::Protocol& p_;
};

}  // namespace

Wanted settled(std::string step) {
  return {.op = Op::step_settled, .subject = std::move(step)};
}

Wanted is(std::string step, std::string outcome) {
  return {.op = Op::step_outcome, .subject = std::move(step), .value = std::move(outcome)};
}

Wanted not_needed(std::string step) {
  return {.op = Op::step_not_needed, .subject = std::move(step)};
}

Wanted has(std::string information, model::Compare compare, std::string value) {
  return {.op = Op::information,
          .subject = std::move(information),
          .value = std::move(value),
          .compare = compare};
}

Wanted given(std::string consent) {
  return {.op = Op::consent_given, .subject = std::move(consent)};
}

Wanted all_of(std::vector<Wanted> operands) {
  return {.op = Op::all_of, .operands = std::move(operands)};
}

Wanted any_of(std::vector<Wanted> operands) {
  return {.op = Op::any_of, .operands = std::move(operands)};
}

Wanted negate(Wanted operand) {
  return {.op = Op::negate, .operands = {std::move(operand)}};
}

engine::Plan plan_of(const ProtocolSpec& spec) {
  model::Protocol protocol{
      .language = model::Language::english, .name = spec.name, .title = spec.name};
  protocol.time_zone = "UTC";
  Resolver resolver(protocol);
  protocol.roles.push_back({.name = "beneficiary", .binding = model::Binding::beneficiary});
  for (const auto& role : spec.roles) {
    resolver.add_role(role);
  }
  for (const auto& closed : spec.closed) {
    resolver.close(closed);
  }
  protocol.coordinated_by = resolver.role(spec.coordinated_by);
  for (const auto& information : spec.informations) {
    resolver.add_information(information);
  }
  for (const auto& consent : spec.consents) {
    protocol.consents.push_back({.name = consent, .title = consent, .lasts = spec.consents_last});
  }
  for (const auto& ending : spec.endings) {
    protocol.endings.push_back({.name = ending.name, .title = ending.name});
  }
  for (const auto& session : spec.sessions) {
    resolver.add_session(session);
  }
  for (const auto& step : spec.steps) {
    protocol.steps.push_back({.name = step.name, .title = step.name});
  }
  for (std::size_t i = 0; i < spec.steps.size(); ++i) {
    resolver.fill_outcomes(protocol.steps[i], spec.steps[i]);
  }
  for (std::size_t i = 0; i < spec.steps.size(); ++i) {
    resolver.fill(protocol.steps[i], spec.steps[i]);
    resolver.fill_time(protocol.steps[i], spec.steps[i]);
  }
  for (std::size_t i = 0; i < spec.endings.size(); ++i) {
    auto& ending = protocol.endings[i];
    ending.has_condition = spec.endings[i].when.has_value();
    ending.when =
        ending.has_condition ? resolver.condition(*spec.endings[i].when) : model::Condition{};
    ending.immediately = spec.endings[i].immediately;
    ending.at_any_time_by = resolver.role(spec.endings[i].at_any_time_by);
    for (const auto& follow_up : spec.endings[i].follow_ups) {
      ending.follow_ups.push_back({.name = follow_up.name,
                                   .title = follow_up.name,
                                   .responsible = resolver.role(follow_up.responsible),
                                   .within = follow_up.within});
    }
  }
  auto hash = engine::meaning_hash(protocol);
  engine::WorkTime work_time{.calendar = protocol.calendar, .zone = {}};
  return {std::move(protocol), std::move(work_time), std::move(hash)};
}

}  // namespace protoflow::tests
