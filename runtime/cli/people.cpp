// people: the directory; who is absent, back or gone, and what that changes; who could take a step.
#include <nlohmann/json.hpp>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kReasons = std::to_array<StateWord>({
    {"plays_another_role", "joue un autre rôle", "plays another role"},
    {"of_another_partner", "appartient à un autre partenaire", "belongs to another partner"},
    {"not_trained", "n’a pas la formation", "has not been trained"},
    {"training_lapsed", "n’a plus de formation valable", "has no valid training any more"},
    {"absent", "est en absence", "is away"},
    {"full", "suit autant de parcours que possible", "has as many cases as possible"},
    {"knows_the_case", "connaît le parcours", "knows the case"},
    {"shares_language", "parle la langue", "speaks the language"},
    {"is_available", "peut ces jours-là", "can on those days"},
    {"has_few_cases", "suit peu de parcours", "has few cases"},
});

struct Speaker {
  model::Language language = reader_language();

  [[nodiscard]] std::string operator()(std::string_view french, std::string_view english) const {
    return std::string(say(language, french, english));
  }
};

std::string joined(const Json& list) {
  std::string text;
  for (const auto& each : list) {
    text += (text.empty() ? "" : ", ") + each.get<std::string>();
  }
  return text;
}

std::string reasons_of(const Json& list, model::Language language) {
  std::string text;
  for (const auto& reason : list) {
    text += (text.empty() ? "" : ", ") + in_words(kReasons, reason.get<std::string>(), language);
  }
  return text;
}

void print_person(const Json& person, const Speaker& words) {
  auto line = person.value("person", "") + "  " + person.value("partner", "") + "  " +
              joined(person.value("roles", Json::array()));
  if (person.contains("absent")) {
    const auto& absent = person["absent"];
    line += words("  en absence", "  away");
    if (absent.contains("from")) {
      line += words(" du ", " from ") + absent.value("from", "");
    }
    if (absent.contains("until")) {
      line += words(" au ", " until ") + absent.value("until", "");
    }
  }
  print(line + "\n");
}

// Who has it then; where nobody by name does, who could take it.
std::string heir(const Json& duty, const Speaker& words, bool colours) {
  auto line = duty.value("who", "");
  if (duty.contains("person")) {
    return line;
  }
  const auto others = duty.value("others", Json::array());
  return line + (others.empty()
                     ? words(" ; ", "; ") +
                           painted(words("personne d’autre ne peut s’en charger aujourd’hui",
                                         "nobody could take it today"),
                                   Paint::bad,
                                   colours)
                     : words(" ; peut s’en charger : ", "; to be taken by ") + joined(others));
}

void print_changes(const Json& answer, const Speaker& words, bool colours) {
  const auto cases = answer.value("cases", Json::array());
  const bool dry = answer.value("dry_run", false);
  print(cases.empty() ? words("Rien ne change de mains.\n", "Nothing changes hands.\n")
        : dry         ? words("Changerait de mains ; rien n’est enregistré :\n",
                      "This would change hands; nothing is recorded:\n")
                      : words("Change de mains :\n", "This changes hands:\n"));
  for (const auto& each : cases) {
    print(painted(each.value("case", ""), Paint::strong, colours) + "  " +
          each.value("protocol", "") + "\n");
    for (const auto& duty : each.value("duties", Json::array())) {
      auto line = "  " + duty.value("text", "");
      if (duty.contains("due_text")) {
        line += words(", avant le ", ", by ") + duty.value("due_text", "");
      }
      print(line + "\n    " + heir(duty, words, colours) + "\n");
    }
  }
}

void print_match(const Json& person, const Speaker& words, bool colours) {
  const auto against = person.value("against", Json::array());
  const auto cases = person.value("cases", 0);
  auto line = painted(person.value("person", ""), Paint::strong, colours) + "  " +
              std::to_string(cases) + words(" parcours", cases == 1 ? " case" : " cases");
  if (const auto merits = reasons_of(person.value("for", Json::array()), words.language);
      !merits.empty()) {
    line += "  " + painted("+ " + merits, Paint::good, colours);
  }
  if (!against.empty()) {
    auto reasons = "− " + reasons_of(against, words.language);
    if (person.contains("lacking")) {
      reasons += " (" + joined(person["lacking"]) + ")";
    }
    line += "  " + painted(reasons, Paint::bad, colours);
  }
  print(line + "\n");
}

void put_writing(Json& json, const PeopleOptions& o) {
  for (const auto& [key, value] : {std::pair{"by", o.by}, {"command_id", o.command_id}}) {
    if (!value.empty()) {
      json[key] = value;
    }
  }
}

std::string change_body(const PeopleOptions& o) {
  Json json{{"command",
             o.what == "absent"     ? "person_absent"
             : o.what == "returned" ? "person_returned"
                                    : "person_removed"}};
  for (const auto& [key, value] : {std::pair{"from", o.from}, {"until", o.until}, {"to", o.to}}) {
    if (!value.empty()) {
      json[key] = value;
    }
  }
  if (o.dry_run) {
    json["dry_run"] = true;
  }
  put_writing(json, o);
  return json.dump();
}

std::expected<ClientAnswer, ClientError> ask_for(const PeopleOptions& o) {
  const auto& daemon = o.daemon;
  if (o.what == "match") {
    return ask(daemon,
               "GET",
               "/v1/cases/" + escaped(o.who) + "/people?step=" + escaped(o.step) +
                   "&speaks=" + escaped(o.speaks) + "&days=" + escaped(o.days));
  }
  if (!o.what.empty()) {
    return ask(daemon, "POST", "/v1/people/" + escaped(o.who) + "/commands", change_body(o));
  }
  if (o.person.empty()) {
    return ask(daemon, "GET", "/v1/people");
  }
  Json json{{"person", o.person}, {"partner", o.partner}, {"roles", o.roles}};
  put_writing(json, o);
  return ask(daemon, "POST", "/v1/people", json.dump());
}

void print_answer(const PeopleOptions& options, const Json& json) {
  const Speaker words;
  const auto colours = options.daemon.output.colours;
  const auto list = json.value("people", Json::array());
  const bool matches = options.what == "match";
  if (!options.what.empty() && !matches) {
    return print_changes(json, words, colours);
  }
  if (!options.person.empty()) {
    return print(options.person + "  " + options.partner + "\n");
  }
  for (const auto& person : list) {
    matches ? print_match(person, words, colours) : print_person(person, words);
  }
  if (matches && list.empty()) {
    print(words("Personne dans l’annuaire ne joue ce rôle.\n",
                "Nobody in the directory plays this role.\n"));
  }
}

}  // namespace

int run_people(const PeopleOptions& options) {
  if (options.what == "token" || options.what == "tokens" || options.what == "revoke-token") {
    return run_tokens(options);
  }
  const bool needs_step = options.what == "match";
  if (!options.what.empty() && (options.who.empty() || (needs_step && options.step.empty()))) {
    return complain(needs_step ? "protoflow people match: name the case, then the step"
                               : "protoflow people " + options.what + ": name the person",
                    kUsage);
  }
  const auto answer = ask_for(options);
  if (!answer) {
    return complain(answer.error().what, kEnvironment);
  }
  const auto& output = options.daemon.output;
  if (answer->status >= kDoneBelow) {
    return complain_problem(*answer, output);
  }
  if (output.json) {
    print(answer->body);
  } else {
    print_answer(options, Json::parse(answer->body, nullptr, false));
  }
  return kOk;
}

}  // namespace protoflow::runtime
