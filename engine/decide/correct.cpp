// A mistake is corrected by a new event: an earlier one is void, or said otherwise. What follows
// from it is decided again; what others have done since may be undone, and the history keeps it.
#include <algorithm>

#include "engine/decide/draft.hpp"
#include "engine/decide/task.hpp"
#include "engine/duty/holder.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::engine {

namespace {

// What an event has said, as far as it still stands.
struct Said {
  model::StepId step;
  std::vector<model::InformationId> informations;
  std::vector<model::ConsentId> consents;

  [[nodiscard]] bool nothing() const {
    return !step.known() && informations.empty() && consents.empty();
  }
};

bool stands(const StepState& step, std::uint32_t version) {
  const bool ended = step.work == WorkState::done || step.work == WorkState::in_review;
  return ended && (step.completed_version == version || step.settled_version == version);
}

Said said_by(const CaseState& state, std::uint32_t version) {
  Said said;
  if (version == 0) {
    return said;
  }
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    if (stands(state.steps[i], version)) {
      said.step = {static_cast<std::uint16_t>(i)};
    }
  }
  for (std::size_t i = 0; i < state.informations.size(); ++i) {
    const auto& information = state.informations[i];
    if (information.known == Known::yes && information.since_version == version) {
      said.informations.push_back({static_cast<std::uint16_t>(i)});
    }
  }
  for (std::size_t i = 0; i < state.consents.size(); ++i) {
    if (state.consents[i] != ConsentAnswer::not_asked && state.consent_versions[i] == version) {
      said.consents.push_back({static_cast<std::uint16_t>(i)});
    }
  }
  return said;
}

// The coordination may; so may whoever could say it: the doer, unless somebody has reviewed it.
bool may_correct(const Draft& draft, const Command& command, const Said& said) {
  const auto& protocol = draft.protocol();
  const auto coordination = protocol.coordinated_by;
  if (plays(command.actor, coordination, holder(protocol, draft.state, coordination).partner)) {
    return true;
  }
  if (said.step.known()) {
    const auto& step = draft.state[said.step];
    return !protocol[said.step].review && plays(command.actor, step.role, step.partner);
  }
  return std::ranges::all_of(said.informations,
                             [&](auto id) { return may_record(draft, command.actor, id); }) &&
         std::ranges::all_of(said.consents,
                             [&](auto id) { return may_answer(draft, command.actor, id); });
}

Done check_correction(const Draft& draft, const Command& command, const Said& said) {
  if (command.reason.empty()) {
    return refuse(RefusalCode::why_needed);
  }
  if (said.nothing()) {
    return refuse(RefusalCode::not_correctable);
  }
  if (!may_correct(draft, command, said)) {
    const auto role = draft.protocol().coordinated_by;
    return std::unexpected(Refusal{.code = RefusalCode::not_yours,
                                   .role = role,
                                   .partner = holder(draft.protocol(), draft.state, role).partner});
  }
  const bool undoes_work =
      said.step.known() && (command.kind == CommandKind::void_event || command.outcome.known());
  const bool by_hand = draft.state.status == CaseStatus::closed && draft.state.closed_by_hand;
  const bool last_round = command.kind == CommandKind::void_event && said.step.known() &&
                          draft.state[said.step].round == model::kRoundsMax;
  if (last_round) {
    return refuse(RefusalCode::not_possible_now, said.step);
  }
  if (undoes_work && by_hand) {
    return refuse(RefusalCode::reopen_first, said.step);
  }
  return {};
}

Event correction(const Command& command, const Said& said, EventKind kind) {
  return {.kind = kind,
          .happened = command.happened,
          .actor = command.actor,
          .step = said.step,
          .reason = command.reason,
          .of = command.event};
}

// What was known before is known again.
Event voiding(const CaseState& state, const Command& command, const Said& said) {
  auto event = correction(command, said, EventKind::event_voided);
  for (const auto id : said.informations) {
    const auto before = std::ranges::find(
        state.superseded.rbegin(), state.superseded.rend(), id, &Superseded::information);
    if (before == state.superseded.rend()) {
      event.forgotten.push_back(id);
    } else {
      event.values.push_back({id, before->value});
    }
  }
  event.unasked = said.consents;
  return event;
}

template <class Id>
bool is_among(Id id, const std::vector<Id>& ids) {
  return std::ranges::find(ids, id) != ids.end();
}

Done check_other_words(const Draft& draft, const Command& command, const Said& said) {
  const bool outcome = command.outcome.known();
  if (!outcome && command.values.empty() && command.consents.empty()) {
    return refuse(RefusalCode::correction_needed);
  }
  if (outcome && (!said.step.known() || command.step != said.step ||
                  draft.state[said.step].outcome == command.outcome)) {
    return refuse(RefusalCode::correction_needed, said.step);
  }
  for (const auto& recorded : command.values) {
    if (!is_among(recorded.information, said.informations)) {
      return refuse_information(RefusalCode::information_not_here, said.step, recorded.information);
    }
    if (!in_range(draft.protocol()[recorded.information], recorded.value)) {
      return refuse_information(RefusalCode::value_out_of_range, said.step, recorded.information);
    }
  }
  for (const auto& answer : command.consents) {
    if (!is_among(answer.consent, said.consents)) {
      return std::unexpected(
          Refusal{.code = RefusalCode::consent_not_asked_here, .consent = answer.consent});
    }
  }
  return {};
}

// -- what follows

bool is_about(const model::ConditionNode& node, const Said& changed) {
  if (node.op == model::Op::information || node.op == model::Op::information_known) {
    return is_among(model::InformationId{node.subject}, changed.informations);
  }
  return node.op == model::Op::consent_given &&
         is_among(model::ConsentId{node.subject}, changed.consents);
}

bool mentions(const model::Protocol& protocol, model::StepId id, const Said& changed) {
  const auto& step = protocol[id];
  const auto about = [&](const model::ConditionNode& node) { return is_about(node, changed); };
  return std::ranges::any_of(step.when.nodes, about) ||
         std::ranges::any_of(step.unless.nodes, about) ||
         std::ranges::any_of(step.requires_consents,
                             [&](auto consent) { return is_among(consent, changed.consents); });
}

// Whether the step stands against its own conditions, as they are now.
bool must_go_back(const model::Step& step, const StepState& now, const CaseState& state) {
  if (now.work == WorkState::waiting) {
    return false;
  }
  if (now.work == WorkState::withdrawn) {
    return !now.stood.at_closing && evaluate(step.unless, state) != Truth::yes;
  }
  const auto truth = may_open(step, state);
  return now.work == WorkState::not_needed ? truth != Truth::no : truth != Truth::yes;
}

void withdraw_reservations(Draft& draft, model::StepId step, model::Instant at) {
  for (std::size_t i = 0; i < draft.state.tasks.size(); ++i) {
    const auto& task = draft.state.tasks[i];
    if (is_open(task.work) && task.source.step == step) {
      draft.emit(withdraw_task(task, at, "correction"));
    }
  }
}

void go_back(Draft& draft, model::StepId id, model::Instant at) {
  if (draft.state[id].work == WorkState::withdrawn) {
    draft.emit({.kind = EventKind::step_restored,
                .happened = at,
                .step = id,
                .work = work(WorkState::withdrawn, WorkEvent::restore_waiting, 0).next,
                .why = "correction"});
    return;
  }
  withdraw_reservations(draft, id, at);
  reopen(draft, id, at, "correction");
}

// From step to step, as far as what has changed reaches. Steps go back in rounds, each decided on
// the state before it, so that the order of declaration decides nothing.
void decide_again(Draft& draft, const Said& changed, std::vector<bool> touched, model::Instant at) {
  for (bool grew = true; grew;) {
    grew = false;
    std::vector<model::StepId> back;
    for (std::size_t i = 0; i < draft.state.steps.size(); ++i) {
      const model::StepId id{static_cast<std::uint16_t>(i)};
      const bool concerned =
          mentions(draft.protocol(), id, changed) || depends_on(draft, id, touched);
      if (!touched[i] && concerned &&
          must_go_back(draft.protocol()[id], draft.state[id], draft.state)) {
        back.push_back(id);
      }
    }
    for (const auto id : back) {
      go_back(draft, id, at);
      touched[id.value] = true;
      grew = true;
    }
  }
}

void make_void(Draft& draft, const Command& command, const Said& said) {
  draft.emit(voiding(draft.state, command, said));
  std::vector<bool> touched(draft.state.steps.size());
  if (said.step.known()) {
    go_back(draft, said.step, command.happened);
    touched[said.step.value] = true;
  }
  decide_again(draft, said, std::move(touched), command.happened);
}

void say_otherwise(Draft& draft, const Command& command, const Said& said) {
  auto event = correction(command, said, EventKind::event_corrected);
  event.outcome = command.outcome;
  event.values = command.values;
  event.consents = command.consents;
  note_consents(draft, event);
  const bool ends_otherwise =
      command.outcome.known() && draft.state[said.step].work == WorkState::done;
  if (ends_otherwise) {
    count_reopening(draft, event);
  }
  draft.emit(std::move(event));
  Said changed;
  for (const auto& recorded : command.values) {
    changed.informations.push_back(recorded.information);
  }
  for (const auto& answer : command.consents) {
    changed.consents.push_back(answer.consent);
  }
  std::vector<bool> touched(draft.state.steps.size());
  if (ends_otherwise) {
    touched[said.step.value] = true;
  }
  decide_again(draft, changed, std::move(touched), command.happened);
  if (command.outcome.known()) {
    ask_again(draft, said.step, command.happened, "corrected");
  }
  if (ends_otherwise) {
    settle_consequences(draft, {&said.step, 1}, command.happened);
  }
}

void correct(Draft& draft, const Command& command, const Said& said) {
  if (command.kind == CommandKind::void_event) {
    make_void(draft, command, said);
  } else {
    say_otherwise(draft, command, said);
  }
}

bool leaves_steps_alone(const Draft& draft) {
  return std::ranges::none_of(draft.events, [](const Event& event) {
    return event.kind == EventKind::step_reopened || event.kind == EventKind::step_offered;
  });
}

// The ending is undone when it follows from what is corrected: where the same rules would close
// the case in the same way, only the correction is written.
void correct_closed(Draft& draft, const Command& command, const Said& said) {
  auto state = draft.state;
  std::vector<Event> events;
  Draft reopened{
      .plan = draft.plan, .state = state, .events = events, .surroundings = draft.surroundings};
  bring_back(reopened, command);
  correct(reopened, command, said);
  follow(reopened, command.happened);
  const bool same_end = reopened.state.status == CaseStatus::closed &&
                        reopened.state.ending == draft.state.ending && leaves_steps_alone(reopened);
  if (draft.state.closed_by_hand || same_end) {
    auto event = command.kind == CommandKind::void_event
                     ? voiding(draft.state, command, said)
                     : correction(command, said, EventKind::event_corrected);
    if (command.kind == CommandKind::correct_event) {
      event.outcome = command.outcome;
      event.values = command.values;
      event.consents = command.consents;
      note_consents(draft, event);
    }
    draft.emit(std::move(event));
    return;
  }
  bring_back(draft, command);
  correct(draft, command, said);
}

}  // namespace

std::vector<model::StepId> undone(const CaseState& before, std::span<const Event> events) {
  std::vector<model::StepId> steps;
  for (const auto& event : events) {
    if (event.kind == EventKind::case_migrated) {
      break;  // the steps of another version: engine/migrate says what becomes of them
    }
    const bool undoes =
        event.kind == EventKind::step_reopened || event.kind == EventKind::step_withdrawn;
    if (!undoes || is_among(event.step, steps)) {
      continue;
    }
    const auto work_before = before[event.step].work;
    if (work_before != WorkState::offered &&
        (is_open(work_before) || work_before == WorkState::done)) {
      steps.push_back(event.step);
    }
  }
  return steps;
}

Done decide_on_correction(Draft& draft, const Command& command) {
  const auto said = said_by(draft.state, command.event);
  if (auto may = check_correction(draft, command, said); !may) {
    return may;
  }
  if (command.kind == CommandKind::correct_event) {
    if (auto words = check_other_words(draft, command, said); !words) {
      return words;
    }
  }
  if (draft.state.status == CaseStatus::closed) {
    correct_closed(draft, command, said);
  } else {
    correct(draft, command, said);
  }
  return {};
}

}  // namespace protoflow::engine
