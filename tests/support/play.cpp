#include "tests/support/play.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <iostream>

#include "engine/model/value.hpp"
#include "engine/state/apply.hpp"

namespace protoflow::tests {

namespace {

using engine::CommandKind;

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(at), text.size());
    if (end > 0) {
      parts.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool is_hour(std::string_view word) {
  return word.size() > 1 && word[0] == 'h' &&
         std::ranges::all_of(word.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

model::Instant hour_of(std::string_view word) {
  std::int64_t hours_after_start = 0;
  std::from_chars(word.data() + 1, word.data() + word.size(), hours_after_start);
  return hour(hours_after_start);
}

CommandKind kind_of(std::string_view word) {
  const auto found = std::ranges::find(engine::kCommandKindNames, word);
  if (found == engine::kCommandKindNames.end()) {
    std::cerr << "no such command: " << word << "\n";
    std::abort();
  }
  return static_cast<CommandKind>(found - engine::kCommandKindNames.begin());
}

void name_subject(engine::Command& command, const std::string& name, const model::Protocol& p) {
  const bool on_task = name.starts_with("task:");
  const bool is_referral =
      command.kind >= CommandKind::refer && command.kind <= CommandKind::revoke_referral;
  const bool is_transfer =
      command.kind >= CommandKind::transfer && command.kind <= CommandKind::take_back_transfer;
  if (on_task) {
    command.task = name.substr(5);
  } else if (command.kind == CommandKind::withdraw_consent) {
    command.consents = {{model::find<model::ConsentId>(p.consents, name), false}};
  } else if (command.kind >= CommandKind::person_absent &&
             command.kind <= CommandKind::person_removed) {
    command.person = name;
  } else if (command.kind == CommandKind::partner_left ||
             command.kind == CommandKind::partner_joined) {
    command.partner = model::find<model::PartnerId>(p.partners, name);
  } else if (is_transfer) {
    command.giver = model::find<model::PartnerId>(p.partners, name);
  } else if (is_referral) {
    command.role = model::find<model::RoleId>(p.roles, name);
  } else if (command.kind == CommandKind::close) {
    command.ending = model::find<model::EndingId>(p.endings, name);
  } else {
    command.step = model::find<model::StepId>(p.steps, name);
  }
}

void name_values(engine::Command& command, std::string_view list, const model::Protocol& p) {
  for (const auto& pair : split(list, ',')) {
    const auto parts = split(pair, '=');
    const auto consent = model::find<model::ConsentId>(p.consents, parts[0]);
    if (consent.known()) {
      command.consents.push_back({consent, parts[1] == "yes"});
      continue;
    }
    const auto id = model::find<model::InformationId>(p.informations, parts[0]);
    const auto value = model::parse_value(p[id], parts[1]);
    command.values.push_back({id, value ? *value : model::Value{.number = 99}});
  }
}

void read_words(engine::Command& command,
                const std::vector<std::string>& words,
                const model::Protocol& p) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    const std::string next = i + 1 < words.size() ? words[i + 1] : "";
    if (word == "as") {
      command.outcome = model::find<model::OutcomeId>(p[command.step].outcomes, next);
    } else if (word == "to" && (command.kind == CommandKind::delegate ||
                                command.kind == CommandKind::person_removed)) {
      command.colleague = actor_of(next, p);
    } else if (word == "of") {
      std::from_chars(next.data(), next.data() + next.size(), command.event);
    } else if (word == "until") {
      command.until = hour_of(next);
    } else if (word == "to") {
      command.partner = model::find<model::PartnerId>(p.partners, next);
    } else if (word == "in") {
      command.role = model::find<model::RoleId>(p.roles, next);
    } else if (word == "with") {
      name_values(command, next, p);
    } else if (word == "because") {
      command.reason = next;
    } else if (word == "on") {
      command.happened = hour_of(next);
    } else if (word == "from") {
      command.absent_from = hour_of(next);
    } else if (word == "until") {
      command.until = hour_of(next);
    } else if (word == "reserving") {
      command.with_reservations = true;
      continue;
    } else {
      name_subject(command, word, p);
      continue;
    }
    ++i;
  }
}

std::string name(auto id, const model::Protocol& p) {
  return id.known() ? p[id].name : std::string("nobody");
}

std::string at(model::RoleId role, model::PartnerId partner, const model::Protocol& p) {
  return name(role, p) + (partner.known() ? "@" + name(partner, p) : "");
}

}  // namespace

model::Instant hour(std::int64_t hours_after_start) {
  return std::chrono::sys_days{std::chrono::year{2027} / 1 / 4} +
         std::chrono::hours{9 + hours_after_start};
}

engine::Actor actor_of(std::string_view who, const model::Protocol& p) {
  const auto end = who.find_first_of("@#");
  const auto role = model::find<model::RoleId>(p.roles, who.substr(0, end));
  engine::Actor actor{.person = std::string(who), .role = role, .plays = {role}};
  if (const auto place = who.find('@'); place != who.npos) {
    const auto partner = who.substr(place + 1, who.find('#') - place - 1);
    actor.partner = model::find<model::PartnerId>(p.partners, partner);
  } else if (p[role].binding == model::Binding::beneficiary) {
    actor.partner = p[p.coordinated_by].partners[0];
  } else {
    actor.partner = p[role].partners[0];
  }
  return actor;
}

Play::Play(engine::Plan plan)
    : plan_(std::move(plan)), state_(engine::empty_case(plan_.protocol)), now_(hour(0)) {}

engine::Command Play::command(std::string_view sentence) {
  auto words = split(sentence, ' ');
  if (is_hour(words[0])) {
    now_ = hour_of(words[0]);
    words.erase(words.begin());
  }
  engine::Command command;
  if (words[0] == "tick") {
    return command;
  }
  command.actor = actor_of(words[0], plan_.protocol);
  command.kind = kind_of(words[1]);
  command.beneficiary = command.kind == CommandKind::open ? "b-1" : "";
  words.erase(words.begin(), words.begin() + 2);
  read_words(command, words, plan_.protocol);
  return command;
}

void Play::keep(const std::vector<engine::Event>& events) {
  for (const auto& event : events) {
    engine::apply(state_, event);
    const auto letters = engine::notices(plan_.protocol, state_, event);
    letters_.insert(letters_.end(), letters.begin(), letters.end());
    events_.push_back(event);
  }
}

std::string Play::say(std::string_view sentence) {
  const auto spoken = command(sentence);
  const auto decision = engine::decide(plan_, state_, spoken, now_, surroundings);
  if (!decision) {
    return text_of(decision.error(), plan_.protocol);
  }
  keep(*decision);
  std::string text;
  for (const auto& event : *decision) {
    text += (text.empty() ? "" : " ") + text_of(event, plan_.protocol);
  }
  return text;
}

void Play::rehearse(std::string_view sentences) {
  for (const auto& sentence : split(sentences, ';')) {
    const auto text = say(sentence);
    if (text.starts_with("refused")) {
      std::cerr << "in the history before: " << sentence << ": " << text << "\n";
      std::abort();
    }
  }
}

const engine::StepState& Play::step(std::string_view step_name) const {
  return state_[model::find<model::StepId>(plan_.protocol.steps, step_name)];
}

std::string Play::letters() {
  std::string text;
  for (const auto& letter : letters_) {
    text += (text.empty() ? "" : " ");
    text += engine::kNoticeKindNames[static_cast<std::size_t>(letter.kind)];
    text += "->" + at(letter.role, letter.partner, plan_.protocol);
    text += letter.person.empty() ? "" : "(" + letter.person + ")";
  }
  letters_.clear();
  return text;
}

std::string Play::duties() const {
  std::string text;
  for (const auto& duty : engine::duties(plan_.protocol, state_)) {
    text += (text.empty() ? "" : ", ");
    text += engine::kDutyKindNames[static_cast<std::size_t>(duty.kind)];
    text += " " + (duty.step.known() ? name(duty.step, plan_.protocol) : duty.task);
    text += duty.binding.known() ? name(duty.binding, plan_.protocol) : "";
    text += " by " + at(duty.role, duty.partner, plan_.protocol);
    text += duty.person.empty() ? "" : "(" + duty.person + ")";
  }
  return text;
}

namespace {

std::string in_a_session(std::optional<engine::Seat> seat,
                         std::optional<engine::Attendance> attendance) {
  return std::string(attendance ? engine::kAttendanceNames[static_cast<std::size_t>(*attendance)]
                                : engine::kSeatNames[static_cast<std::size_t>(*seat)]);
}

}  // namespace

std::string text_of(const engine::Event& event, const model::Protocol& p) {
  std::string inside;
  const auto add = [&](std::string_view word, const std::string& value) {
    inside += (inside.empty() ? "" : " ");
    inside.append(word).append(word.empty() ? "" : " ").append(value);
  };
  if (event.step.known() || event.binding.known()) {
    add("", event.step.known() ? name(event.step, p) : name(event.binding, p));
  }
  if (event.outcome.known()) {
    add("as", p[event.step].outcomes[event.outcome.value].name);
  }
  if (event.ending.known()) {
    add("as", name(event.ending, p));
  }
  if (event.role.known()) {
    add("to", at(event.role, event.partner, p));
  } else if (event.partner.known()) {
    add("to", name(event.partner, p));
  }
  if (!event.task.empty()) {
    add("", event.task);
  }
  if (event.giver.known() && !event.step.known()) {
    add("from", name(event.giver, p));
  }
  if (event.receiver.known()) {
    add("receiver",
        event.receiver_role.known() ? at(event.receiver_role, event.receiver, p)
                                    : name(event.receiver, p));
  }
  if (event.consent.known()) {
    add("", name(event.consent, p));
  }
  if (event.kind == engine::EventKind::person_absent) {
    add("", *event.person);
  }
  if (event.told.known()) {
    add("tells", name(event.told, p));
  }
  for (const auto& change : event.enrolments) {
    add(change.case_id, in_a_session(change.seat, change.attendance));
  }
  for (const auto& change : event.reviewers) {
    add(name(change.role, p),
        change.review
            ? std::string(engine::kReviewStateNames[static_cast<std::size_t>(*change.review)])
            : "@" + name(change.partner, p));
  }
  if (event.seat || event.attendance) {
    add("", in_a_session(event.seat, event.attendance));
  }
  if (event.time) {
    add("", std::string(engine::kTimeStateNames[static_cast<std::size_t>(*event.time)]));
  }
  std::string text(engine::kEventKindNames[static_cast<std::size_t>(event.kind)]);
  return inside.empty() ? text : text + "(" + inside + ")";
}

std::string text_of(const engine::Refusal& refusal, const model::Protocol& p) {
  std::string text = "refused ";
  text += engine::kRefusalCodeNames[static_cast<std::size_t>(refusal.code)];
  if (refusal.role.known()) {
    text += " " + at(refusal.role, refusal.partner, p);
  }
  for (const auto information : refusal.informations) {
    text += " " + name(information, p);
  }
  if (refusal.consent.known()) {
    text += " " + name(refusal.consent, p);
  }
  return text;
}

}  // namespace protoflow::tests
