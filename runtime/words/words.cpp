#include "runtime/words/words.hpp"

#include <array>
#include <chrono>

namespace protoflow::runtime {

namespace {

constexpr std::array<std::string_view, 7> kFrenchDays = {
    "dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"};
constexpr std::array<std::string_view, 7> kEnglishDays = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kFrenchMonths = {"janvier",
                                                            "février",
                                                            "mars",
                                                            "avril",
                                                            "mai",
                                                            "juin",
                                                            "juillet",
                                                            "août",
                                                            "septembre",
                                                            "octobre",
                                                            "novembre",
                                                            "décembre"};
constexpr std::array<std::string_view, 12> kEnglishMonths = {"January",
                                                             "February",
                                                             "March",
                                                             "April",
                                                             "May",
                                                             "June",
                                                             "July",
                                                             "August",
                                                             "September",
                                                             "October",
                                                             "November",
                                                             "December"};

std::string two_digits(long number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string fill(std::string_view text, std::span<const Filling> fillings) {
  std::string filled;
  while (!text.empty()) {
    const auto open = text.find('{');
    const auto close = text.find('}', open);
    if (open == text.npos || close == text.npos) {
      return filled.append(text);
    }
    filled.append(text.substr(0, open));
    const auto name = text.substr(open + 1, close - open - 1);
    auto value = text.substr(open, close - open + 1);
    for (const auto& filling : fillings) {
      if (filling.name == name) {
        value = filling.value;
      }
    }
    filled.append(value);
    text.remove_prefix(close + 1);
  }
  return filled;
}

std::string quoted(model::Language language, std::string_view name) {
  return language == model::Language::french ? "«\u00A0" + std::string(name) + "\u00A0»"
                                             : "\"" + std::string(name) + "\"";
}

std::string date_words(model::Instant instant, const engine::Plan& plan) {
  return instant == model::kNever
             ? "–"
             : date_words(engine::to_local(instant, plan.work_time.zone), plan.protocol.language);
}

std::string date_words(const engine::LocalTime& local, model::Language language) {
  const std::chrono::year_month_day date{local.date};
  const auto weekday = std::chrono::weekday{local.date}.c_encoding();
  const auto month = static_cast<unsigned>(date.month()) - 1;
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local.time_of_day).count();
  const bool french = language == model::Language::french;
  const auto day_number = static_cast<unsigned>(date.day());
  std::string text(french ? kFrenchDays[weekday] : kEnglishDays[weekday]);
  text += " " + (french && day_number == 1 ? std::string("1er") : std::to_string(day_number));
  text += " " + std::string(french ? kFrenchMonths[month] : kEnglishMonths[month]);
  text += " " + std::to_string(static_cast<int>(date.year())) + (french ? " à " : ", ");
  text += std::to_string(minutes / 60) + (french ? " h " : ":") + two_digits(minutes % 60);
  return text;
}

std::string task_words(const engine::TaskSource& source, const model::Protocol& protocol) {
  const auto language = protocol.language;
  const auto title = quoted(language, engine::task_title(source, protocol));
  switch (source.origin) {
    case engine::TaskOrigin::follow_up:
      return std::string(say(language, "la suite ", "the follow-up ")) + title;
    case engine::TaskOrigin::preparation:
      return std::string(say(language, "la préparation ", "the preparation ")) + title;
    case engine::TaskOrigin::reservation:
      return std::string(say(language, "les réserves sur ", "the reservations on ")) + title;
  }
  return title;
}

namespace {

std::string to_do(const engine::Duty& duty, const model::Protocol& protocol) {
  if (!duty.source) {
    return duty.task;
  }
  const bool lifts = duty.source->origin == engine::TaskOrigin::reservation;
  const auto french = lifts ? "lever " : "assurer ";
  return std::string(say(protocol.language, french, lifts ? "lift " : "see to ")) +
         task_words(*duty.source, protocol);
}

}  // namespace

std::string who(const engine::Duty& duty, const model::Protocol& protocol) {
  std::string text = title_of(protocol[duty.role]);
  text += " (" + protocol[duty.partner].title + ")";
  return duty.person.empty() ? text : text + ", " + duty.person;
}

std::string what(const engine::Duty& duty, const model::Protocol& protocol) {
  const auto language = protocol.language;
  const auto named = [&](std::string_view french, std::string_view english, const auto& declared) {
    const auto name = quoted(language, title_of(declared));
    const Filling filling{"name", name};
    return fill(say(language, french, english), std::span(&filling, 1));
  };
  switch (duty.kind) {
    case engine::DutyKind::step:
      if (duty.needs_a_place) {
        return named("inscrire à une séance pour {name}",
                     "enrol in a session for {name}",
                     protocol[duty.step]);
      }
      return duty.work == engine::WorkState::in_review
                 ? named("attendre la revue de {name}",
                         "wait for the review of {name}",
                         protocol[duty.step])
                 : named("faire {name}", "do {name}", protocol[duty.step]);
    case engine::DutyKind::review:
      return named("relire {name}", "review {name}", protocol[duty.step]);
    case engine::DutyKind::choose:
      return named("trouver un partenaire pour le rôle {name}",
                   "find a partner for the role {name}",
                   protocol[duty.binding]);
    case engine::DutyKind::answer:
      return named("répondre à la proposition du rôle {name}",
                   "answer the proposal of the role {name}",
                   protocol[duty.binding]);
    case engine::DutyKind::receive:
      return named(
          "dire si vous reprenez {name}", "say whether you take over {name}", protocol[duty.step]);
    case engine::DutyKind::task:
      return to_do(duty, protocol);
    case engine::DutyKind::receive_session:
      return named(
          "accueillir la séance {name}", "host the session {name}", protocol[duty.session]);
    case engine::DutyKind::record_attendance:
      return named("noter qui est venu à la séance {name}",
                   "record who came to the session {name}",
                   protocol[duty.session]);
    case engine::DutyKind::sign:
      return std::string(say(language, "signer la convention", "sign the agreement"));
    case engine::DutyKind::routine:
      return named(
          "tenir le rendez-vous {name}", "hold the routine {name}", protocol[duty.routine]);
    case engine::DutyKind::receive_all:
      return named("dire si vous reprenez tout ce dont répond {name}",
                   "say whether you take over all that {name} answers for",
                   protocol[duty.giver]);
    case engine::DutyKind::decide:
      return std::string(
          say(language, "décider de la suite du parcours", "decide what comes next in the case"));
  }
  return {};
}

}  // namespace protoflow::runtime
