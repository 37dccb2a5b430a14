#include "runtime/casebook/enrolling.hpp"

#include <array>
#include <vector>

#include "runtime/casebook/answers.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using model::StepId;

bool is_open_case(const engine::CaseState& state) {
  return engine::is_running(state.status) || state.status == engine::CaseStatus::paused;
}

bool awaits(const engine::StepState& step) {
  return engine::is_open(step.work) && step.work != engine::WorkState::in_review;
}

std::vector<StepId> steps_through(const model::Protocol& protocol, model::SessionId session) {
  std::vector<StepId> list;
  for (std::size_t i = 0; i < protocol.steps.size(); ++i) {
    if (protocol.steps[i].through == session) {
      list.push_back(StepId{static_cast<std::uint16_t>(i)});
    }
  }
  return list;
}

NotDone no_such_case(model::Language language) {
  return not_done(
      Why::bad_request,
      "unknown_case",
      std::string(say(language,
                      "Ce parcours n’existe pas. Cherchez-le dans la liste des parcours.",
                      "There is no such case. Look it up in the list of cases.")));
}

NotDone case_over(model::Language language) {
  return not_done(Why::refused,
                  "case_not_open",
                  std::string(say(language,
                                  "Ce parcours est terminé : il ne peut plus être inscrit.",
                                  "This case is over: it cannot be enrolled any more.")));
}

NotDone other_version(const engine::Plan& plan) {
  const auto language = plan.protocol.language;
  const auto version = std::to_string(plan.protocol.version);
  const std::array<Filling, 1> fillings = {{{"version", version}}};
  return not_done(
      Why::refused,
      "other_version",
      fill(
          say(language,
              "Ce parcours suit un autre protocole, ou une autre version que la version {version}, "
              "pour laquelle cette séance est prévue. Inscrivez-le à une séance de la sienne.",
              "This case goes by another protocol, or by another version than version {version}, "
              "for which this session is planned. Enrol it in a session of its own version."),
          fillings));
}

NotDone not_awaited(const engine::Plan& plan, model::SessionId session) {
  const auto language = plan.protocol.language;
  const auto title = quoted(language, title_of(plan.protocol[session]));
  const std::array<Filling, 1> fillings = {{{"session", title}}};
  return not_done(
      Why::refused,
      "session_not_awaited",
      fill(
          say(language,
              "Aucune étape de ce parcours n’attend en ce moment la séance {session}. Inscrivez-le "
              "quand l’étape sera à faire.",
              "No step of this case awaits the session {session} now. Enrol it once the step is to "
              "be done."),
          fillings));
}

NotDone which_step(model::Language language) {
  return not_done(
      Why::bad_request,
      "step_needed",
      std::string(say(language,
                      "Plusieurs étapes de ce parcours attendent cette séance. Nommez l’étape "
                      "concernée.",
                      "Several steps of this case await this session. Name the step.")));
}

// The engine refuses a step that is not through the session.
std::optional<NotDone> check_step(const engine::Plan& plan,
                                  const engine::CaseState& state,
                                  model::SessionId session,
                                  StepId& step) {
  auto steps = steps_through(plan.protocol, session);
  if (step.known() && std::ranges::find(steps, step) == steps.end()) {
    return std::nullopt;
  }
  std::erase_if(steps,
                [&](StepId id) { return (step.known() && id != step) || !awaits(state[id]); });
  if (steps.empty()) {
    return not_awaited(plan, session);
  }
  if (steps.size() > 1) {
    return which_step(plan.protocol.language);
  }
  step = steps.front();
  return std::nullopt;
}

}  // namespace

std::optional<NotDone> check_enrolment(const Reading& reading,
                                       std::string_view stream,
                                       engine::Command& command) {
  const auto session = reading.sessions.find(stream);
  if (command.kind != engine::CommandKind::enrol || command.enrolments.empty() ||
      session == reading.sessions.end() || !session->second.state.session.known()) {
    return std::nullopt;
  }
  const auto& [plan, state] = session->second;
  const auto language = plan->protocol.language;
  auto& wanted = command.enrolments.front();
  const auto found = reading.cases.find(case_stream(wanted.case_id));
  if (found == reading.cases.end() || found->second.state.version == 0) {
    return no_such_case(language);
  }
  const auto& file = found->second;
  if (!is_open_case(file.state)) {
    return case_over(language);
  }
  if (file.plan != plan) {
    return other_version(*plan);
  }
  return check_step(*plan, file.state, state.session, wanted.step);
}

}  // namespace protoflow::runtime
