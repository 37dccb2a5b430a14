#include "tests/support/meeting.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <utility>

#include "engine/state/apply.hpp"

namespace protoflow::tests {

namespace {

using engine::CommandKind;

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) {
    if (!part.empty()) {
      parts.push_back(part);
    }
  }
  return parts;
}

int number_of(std::string_view digits) {
  int number = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool is_hour(const std::string& word) {
  return word.size() > 1 && word[0] == 'h' && word[1] >= '0' && word[1] <= '9';
}

model::Instant hour_of(const std::string& word) {
  return hour(number_of(std::string_view(word).substr(1)));
}

void add_attendances(engine::Command& command, const std::string& how, const std::string& cases) {
  const auto place = std::ranges::find(engine::kAttendanceNames, how);
  std::optional<engine::Attendance> attendance;
  if (place != engine::kAttendanceNames.end()) {
    attendance = static_cast<engine::Attendance>(place - engine::kAttendanceNames.begin());
  }
  for (const auto& id : split(cases, ',')) {
    command.enrolments.push_back({.case_id = id, .attendance = attendance});
  }
}

void add_case(engine::Command& command, const std::string& word, const model::Protocol& p) {
  const auto parts = split(word, ':');
  const auto step = parts.size() > 1 ? parts[1] : std::string("learn");
  command.enrolments.push_back(
      {.case_id = parts[0], .step = model::find<model::StepId>(p.steps, step)});
}

void read_word(engine::Command& command,
               const std::string& word,
               const std::string& next,
               const model::Protocol& p) {
  if (word == "at") {
    command.at = hour_of(next);
  } else if (word == "for") {
    command.capacity = static_cast<std::uint16_t>(number_of(next));
  } else if (word == "task") {
    command.task = next;
  } else if (word == "on") {
    command.happened = hour_of(next);
  } else if (word == "session") {
    command.session = model::find<model::SessionId>(p.sessions, next);
  } else {
    add_attendances(command, word, next);
  }
}

std::string joined(std::string a, const std::string& b) {
  a += a.empty() || b.empty() ? "" : " ";
  return a + b;
}

std::string text_of_duties(const std::vector<engine::Duty>& duties, const model::Protocol& p) {
  std::string text;
  for (const auto& duty : duties) {
    text = joined(std::move(text),
                  duty.needs_a_place
                      ? "enrol"
                      : std::string(engine::kDutyKindNames[static_cast<std::size_t>(duty.kind)]));
    text += duty.step.known() ? ":" + p[duty.step].name : "";
    text += duty.task.empty() ? "" : ":" + duty.task;
    text += "->" + p[duty.role].name + "@" + p[duty.partner].name;
  }
  return text;
}

}  // namespace

ProtocolSpec workshop_path() {
  ProtocolSpec path{.name = "workshops"};
  path.roles = {{.name = "coordinator", .partners = {"mission"}},
                {.name = "adviser", .partners = {"mission"}},
                {.name = "trainer", .partners = {"school", "college"}},
                {.name = "tutor", .partners = {"company"}}};
  path.sessions = {{.name = "workshop",
                    .hosted_by = "trainer",
                    .with = {"tutor"},
                    .beneficiaries_max = std::uint16_t{2},
                    .every = model::Duration{1, model::DurationUnit::months},
                    .preparations = {{"tools", "tutor", hours(24)}},
                    .follow_ups = {{"notes", "trainer", hours(48)}}},
                   {.name = "feast", .hosted_by = "trainer"},
                   {.name = "visit", .hosted_by = "tutor", .on_request = true}};
  path.steps = {{.name = "welcome", .responsible = "adviser"},
                {.name = "learn",
                 .responsible = "adviser",
                 .after = settled("welcome"),
                 .accept_within = hours(48),
                 .through = "workshop"},
                {.name = "practise",
                 .responsible = "adviser",
                 .after = settled("learn"),
                 .through = "workshop"},
                {.name = "dine",
                 .responsible = "adviser",
                 .after = settled("welcome"),
                 .outcomes = {{.name = "présente"}, {.name = "absente"}},
                 .through = "feast"}};
  path.endings = {{.name = "success", .when = settled("practise")},
                  {.name = "left", .at_any_time_by = "adviser"}};
  return path;
}

Meeting::Meeting()
    : plan_(plan_of(workshop_path())),
      session_(engine::empty_session(plan_.protocol)),
      now_(hour(0)) {}

engine::Command Meeting::command(std::string_view sentence) {
  auto words = split(std::string(sentence), ' ');
  if (is_hour(words[0])) {
    now_ = hour_of(words[0]);
    words.erase(words.begin());
  }
  engine::Command command;
  if (words[0] == "tick") {
    return command;
  }
  command.actor = actor_of(words[0], plan_.protocol);
  const auto kind = std::ranges::find(engine::kCommandKindNames, words[1]);
  command.kind = static_cast<CommandKind>(kind - engine::kCommandKindNames.begin());
  const bool plans = command.kind == CommandKind::plan_session;
  command.session = plans ? model::SessionId{0} : model::SessionId{};
  const bool names_a_case =
      command.kind == CommandKind::enrol || command.kind == CommandKind::withdraw_enrolment;
  std::size_t i = 2;
  if (names_a_case && i < words.size()) {
    add_case(command, words[i++], plan_.protocol);
  }
  for (; i + 1 < words.size(); i += 2) {
    read_word(command, words[i], words[i + 1], plan_.protocol);
  }
  return command;
}

template <class State>
std::string Meeting::act(const std::string& stream, State& state, const engine::Command& command) {
  const auto decision = engine::decide(plan_, state, command, now_);
  if (!decision) {
    return text_of(decision.error(), plan_.protocol);
  }
  std::string text;
  for (const auto& event : *decision) {
    engine::apply(state, event);
    text = joined(std::move(text), text_of(event, plan_.protocol));
    for (const auto& letter : engine::notices(plan_.protocol, state, event)) {
      letters_ =
          joined(std::move(letters_),
                 stream + ":" +
                     std::string(engine::kNoticeKindNames[static_cast<std::size_t>(letter.kind)]) +
                     "->" + plan_.protocol[letter.role].name);
    }
    for (auto& errand : engine::errands(plan_.protocol, state, event, stream)) {
      errands_.push_back(std::move(errand));
    }
  }
  return text;
}

void Meeting::bring() {
  while (brought_ < errands_.size()) {
    const auto errand = errands_[brought_++];
    const auto id = errand.stream.substr(errand.stream.find('/') + 1);
    if (errand.stream.starts_with("session/")) {
      act("session/s1", session_, errand.command);
    } else if (cases_.contains(id)) {
      act(errand.stream, cases_.at(id), errand.command);
    }
  }
}

std::string Meeting::say(std::string_view sentence) {
  auto text = act("session/s1", session_, command(sentence));
  bring();
  return text;
}

void Meeting::rehearse(std::string_view sentences) {
  for (const auto& sentence : split(std::string(sentences), ';')) {
    const auto text = say(sentence);
    if (text.starts_with("refused")) {
      std::cerr << "in the history before: " << sentence << ": " << text << "\n";
      std::abort();
    }
  }
}

void Meeting::open_case(const std::string& id) {
  cases_.emplace(id, engine::empty_case(plan_.protocol));
  say_in(id, "coordinator open");
  say_in(id, "adviser complete welcome");
}

std::string Meeting::say_in(const std::string& id, std::string_view sentence) {
  const auto words = split(std::string(sentence), ' ');
  auto spoken = command(words.size() > 2 ? words[0] + " " + words[1] : sentence);
  spoken.beneficiary = "b-" + id;
  if (words.size() > 2) {
    const auto& p = plan_.protocol;
    spoken.step = model::find<model::StepId>(p.steps, words[2]);
    spoken.ending = model::find<model::EndingId>(p.endings, words[2]);
  }
  if (words.size() > 4) {
    spoken.outcome = model::find<model::OutcomeId>(plan_.protocol[spoken.step].outcomes, words[4]);
  }
  auto text = act("case/" + id, cases_.at(id), spoken);
  bring();
  return text;
}

std::string Meeting::letters() {
  return std::exchange(letters_, {});
}

std::string Meeting::duties() const {
  return text_of_duties(engine::duties(plan_.protocol, session_), plan_.protocol);
}

std::string Meeting::duties_in(const std::string& id) const {
  return text_of_duties(engine::duties(plan_.protocol, cases_.at(id)), plan_.protocol);
}

const engine::StepState& Meeting::step(const std::string& id, std::string_view name) const {
  return cases_.at(id)[model::find<model::StepId>(plan_.protocol.steps, name)];
}

}  // namespace protoflow::tests
