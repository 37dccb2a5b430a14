#include "dsl/compare/phrases.hpp"

#include "dsl/print/wording.hpp"

namespace protoflow::dsl {
namespace {

constexpr PhraseWords kFrench = {
    .open = "« ",
    .close = " »",
    .tell = "prévenir ",
    .escalate = "confier à ",
    .settle = "régler comme ",
    .late_by = "après ",
    .after_delay = " de retard, ",
    .counted_from = " à compter de ",
    .when = " quand ",
    .and_then = ", à défaut ",
    .first_for = " pendant ",
    .then_every = ", puis ",
    .reopens = "rouvre ",
    .at_most = "au plus ",
    .ends_case = "clôt le parcours comme ",
    .until = "jusqu’à ",
    .on_request = "à la demande",
    .once = "une seule fois",
    .with = "avec ",
    .before = " avant",
    .all_partners = "tous les partenaires",
    .always = "toujours",
    .nobody = "personne",
    .beneficiary = "bénéficiaire",
    .bindings = {"la personne elle-même", "tenu par", "choisi pour chaque parcours", "bénévole de"},
    .types = {"oui ou non", "échelle", "un parmi", "nombre", "date", "texte"},
    .purposes = {"échange", "retour d’expérience", "évaluation"},
    .answers = {"échelle", "oui ou non", "texte"},
    .counts = {"réussite", "neutre", "revers"},
    .promises = {"jamais avant",
                 "dès que, alors ensuite",
                 "jamais ensemble",
                 "exactement un parmi",
                 "dans le délai",
                 "le parcours se termine sous",
                 "par des partenaires différents",
                 "seulement après le consentement"},
    .days = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"},
};
constexpr PhraseWords kEnglish = {
    .open = "“",
    .close = "”",
    .tell = "tell ",
    .escalate = "escalate to ",
    .settle = "settle as ",
    .late_by = "when ",
    .after_delay = " late, ",
    .counted_from = " of ",
    .when = " when ",
    .and_then = ", else ",
    .first_for = " for ",
    .then_every = ", then ",
    .reopens = "reopens ",
    .at_most = "at most ",
    .ends_case = "ends the case as ",
    .until = "until ",
    .on_request = "on request",
    .once = "once only",
    .with = "with ",
    .before = " before",
    .all_partners = "all partners",
    .always = "always",
    .nobody = "nobody",
    .beneficiary = "beneficiary",
    .bindings = {"the person themselves", "held by", "chosen for each case", "volunteer of"},
    .types = {"yes or no", "scale", "one of", "number", "date", "text"},
    .purposes = {"exchange", "feedback", "evaluation"},
    .answers = {"scale", "yes or no", "text"},
    .counts = {"success", "neutral", "setback"},
    .promises = {"never before",
                 "whenever, then later",
                 "never both",
                 "exactly one of",
                 "within the delay",
                 "the case ends within",
                 "by different partners",
                 "only after the consent"},
    .days = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
};

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string clock_phrase(std::chrono::minutes minutes) {
  return two_digits(minutes.count() / 60) + ":" + two_digits(minutes.count() % 60);
}

std::string text(std::string_view words) {
  return std::string(words);
}

void add_part(std::vector<std::string>& parts, std::string part) {
  if (!part.empty()) {
    parts.push_back(std::move(part));
  }
}

}  // namespace

const PhraseWords& phrase_words(model::Language language) {
  return language == model::Language::french ? kFrench : kEnglish;
}

std::string in_quotes(std::string_view quoted, model::Language language) {
  const auto& words = phrase_words(language);
  return text(words.open) + text(quoted) + text(words.close);
}

std::string listed(const std::vector<std::string>& parts) {
  std::string list;
  for (const std::string& part : parts) {
    list += (list.empty() ? "" : ", ") + part;
  }
  return list;
}

std::string day_phrase(std::chrono::sys_days day) {
  const std::chrono::year_month_day date{day};
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two_digits(static_cast<unsigned>(date.month())) + "-" +
         two_digits(static_cast<unsigned>(date.day()));
}

std::string hours_phrase(const model::Calendar& calendar) {
  return clock_phrase(calendar.opens) + "–" + clock_phrase(calendar.closes);
}

std::string working_days_phrase(std::uint8_t working, model::Language language) {
  std::vector<std::string> days;
  for (std::size_t i = 0; i < 7; ++i) {
    if (((working >> i) & 1U) != 0) {
      days.push_back(text(phrase_words(language).days[i]));
    }
  }
  return listed(days);
}

std::string deadline_phrase(const model::Protocol& protocol, const model::Deadline& deadline) {
  const auto& words = phrase_words(protocol.language);
  const auto& [within, from, when] = deadline;
  std::string phrase = duration_text(within, protocol.language);
  if (from.known()) {
    phrase += text(words.counted_from) + in_quotes(called(protocol[from]), protocol.language);
  }
  if (!when.empty()) {
    phrase += text(words.when) + in_quotes(condition_text(when, protocol), protocol.language);
  }
  return phrase;
}

std::string late_phrase(const model::Protocol& protocol,
                        const model::LateRule& rule,
                        const std::vector<model::Outcome>& outcomes) {
  const auto& words = phrase_words(protocol.language);
  const auto& [by, action, role, outcome] = rule;
  std::string phrase =
      by ? text(words.late_by) + duration_text(*by, protocol.language) + text(words.after_delay)
         : std::string();
  switch (action) {
    case model::LateAction::tell:
      return phrase + text(words.tell) + called_in(protocol.roles, role);
    case model::LateAction::escalate:
      return phrase + text(words.escalate) + called_in(protocol.roles, role);
    case model::LateAction::settle:
      break;
  }
  return phrase + text(words.settle) + in_quotes(called_in(outcomes, outcome), protocol.language);
}

std::string outcome_phrase(const model::Protocol& protocol, const model::Outcome& outcome) {
  const auto& words = phrase_words(protocol.language);
  const auto& [name, title, reopens, reopens_max, ends_case] = outcome;
  std::vector<std::string> parts;
  if (reopens.known()) {
    parts.push_back(text(words.reopens) + in_quotes(called(protocol[reopens]), protocol.language) +
                    " " + text(words.at_most) + times_phrase(reopens_max, protocol.language));
  }
  if (ends_case.known()) {
    parts.push_back(text(words.ends_case) +
                    in_quotes(called(protocol[ends_case]), protocol.language));
  }
  const std::string what = in_quotes(called(outcome), protocol.language);
  return parts.empty() ? what : what + " (" + listed(parts) + ")";
}

std::string repeat_phrase(const model::Protocol& protocol, const model::Repeat& repeat) {
  const auto& words = phrase_words(protocol.language);
  const auto& [until, times_max, every] = repeat;
  std::string phrase = text(words.until) +
                       in_quotes(condition_text(until, protocol), protocol.language) + ", " +
                       text(words.at_most) + times_phrase(times_max, protocol.language);
  if (every) {
    phrase += ", " + every_phrase(*every, protocol.language);
  }
  return phrase;
}

std::string reviewers_phrase(const model::Protocol& protocol, const model::Review& review) {
  std::vector<std::string> names;
  for (const auto role : review.by) {
    names.push_back(called_in(protocol.roles, role));
  }
  const bool some = review.approvals < review.by.size();
  const bool french = protocol.language == model::Language::french;
  return (some ? std::to_string(review.approvals) + (french ? " parmi " : " of ") : std::string()) +
         listed(names);
}

std::string every_phrase(model::Duration every, model::Language language) {
  using model::DurationUnit;
  const std::string duration = duration_text(every, language);
  const std::string unit = duration.substr(duration.find(' ') + 1);
  if (language == model::Language::english) {
    return "every " + (every.amount == 1 ? unit : duration);
  }
  if (every.amount == 1) {
    return "chaque " + unit;
  }
  const bool feminine = every.unit == DurationUnit::minutes || every.unit == DurationUnit::hours ||
                        every.unit == DurationUnit::weeks;
  return (feminine ? "toutes les " : "tous les ") + duration;
}

std::string every_phrase(const model::Routine& routine, model::Language language) {
  const auto& words = phrase_words(language);
  std::string phrase = every_phrase(routine.every, language);
  if (routine.for_first) {
    phrase += text(words.first_for) + duration_text(*routine.for_first, language);
  }
  if (routine.then_every) {
    phrase += text(words.then_every) + every_phrase(*routine.then_every, language);
  }
  return phrase;
}

std::string times_phrase(std::uint8_t times, model::Language language) {
  if (times == 0) {
    return {};
  }
  const std::string number = std::to_string(times);
  return language == model::Language::french ? number + " fois"
                                             : number + (times == 1 ? " time" : " times");
}

std::string question_phrase(const model::Question& question, model::Language language) {
  const auto& words = phrase_words(language);
  const auto& [asked, type, from, to] = question;
  std::string answer = text(words.answers[static_cast<std::size_t>(type)]);
  if (type == model::AnswerType::scale) {
    answer += " " + std::to_string(from) + "–" + std::to_string(to);
  }
  return in_quotes(asked, language) + " (" + answer + ")";
}

std::string promise_phrase(const model::Protocol& protocol, const model::PromiseLine& line) {
  const auto& words = phrase_words(protocol.language);
  const auto& [kind, conditions, within, partner, information, consent, its_line] = line;
  std::vector<std::string> parts = {text(words.promises[static_cast<std::size_t>(kind)])};
  for (const auto& condition : conditions) {
    add_part(parts, in_quotes(condition_text(condition, protocol), protocol.language));
  }
  add_part(parts, within ? duration_text(*within, protocol.language) : std::string());
  add_part(parts, called_in(protocol.partners, partner));
  add_part(parts, called_in(protocol.informations, information));
  add_part(parts, called_in(protocol.consents, consent));
  return listed(parts);
}

}  // namespace protoflow::dsl
