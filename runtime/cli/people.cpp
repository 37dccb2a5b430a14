// people: the directory; who is absent, back or gone, and what that changes; who could take a step.
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/people/import.hpp"
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
  line += person.value("contact", false) ? words("  par courriel", "  by mail") : "";
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

void print_left_without(const Json& answer, const Speaker& words, bool colours) {
  const auto leaves =
      answer.value("dry_run", false)
          ? words(" n’aurait plus personne dans le rôle « ",
                  " would have nobody left in the role “")
          : words(" n’a plus personne dans le rôle « ", " has nobody left in the role “");
  for (const auto& role : answer.value("left_without", Json::array())) {
    print(painted(role.value("partner", "") + leaves + role.value("title", "") +
                      words(" » : inscrivez quelqu’un.", "”: register somebody."),
                  Paint::bad,
                  colours) +
          "\n");
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

std::string contact_body(const PeopleOptions& o) {
  Json json{{"command", o.forget ? "forget_contact" : "set_contact"}};
  for (const auto& [key, value] : {std::pair{"mail", o.mail},
                                   {"language", o.language},
                                   {"quiet", o.quiet},
                                   {"digest", o.digest}}) {
    if (!value.empty()) {
      json[key] = value;
    }
  }
  for (const auto& [key, left_out] :
       {std::pair{"all", o.only_needed}, {"invitations", o.no_invitations}}) {
    if (left_out) {
      json[key] = false;
    }
  }
  put_writing(json, o);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::expected<std::string, std::string> import_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad() || !file.is_open()) {
    return std::unexpected(
        path + ": " + Speaker{}("ce fichier ne peut pas être lu.", "this file cannot be read."));
  }
  if (const auto wrong = wrong_encoding(text, reader_language())) {
    return std::unexpected(path + ": " + *wrong);
  }
  return text;
}

std::string import_body(const std::string& text, const PeopleOptions& o) {
  return Json{{"csv", text}, {"dry_run", o.dry_run}, {"language", Speaker{}("fr", "en")}}.dump();
}

void print_import(const Json& report, const Speaker& words, bool colours) {
  constexpr auto kBecomes =
      std::to_array<StateWord>({{"new", "sera ajoutée", "is new"},
                                {"changed", "change", "changes"},
                                {"same", "reste telle quelle", "stays as it is"}});
  for (const auto& line : report.value("lines", Json::array())) {
    const bool wrong = line.contains("wrong");
    print(words("ligne ", "line ") + std::to_string(line.value("line", 0)) + "  " +
          (wrong ? painted(line.value("wrong", ""), Paint::bad, colours)
                 : line.value("person", "") + "  " +
                       in_words(kBecomes, line.value("becomes", ""), words.language)) +
          "\n");
  }
  print(report.value("wrong", 0) != 0
            ? words("Rien n’est enregistré : corrigez ces lignes, puis recommencez.\n",
                    "Nothing is recorded: correct these lines, then try again.\n")
        : report.value("dry_run", false)
            ? words("Tout est lisible ; rien n’est encore enregistré.\n",
                    "All can be read; nothing is recorded yet.\n")
            : words("Tout est enregistré.\n", "All is recorded.\n"));
}

std::expected<ClientAnswer, ClientError> ask_for(const PeopleOptions& o) {
  const auto& daemon = o.daemon;
  if (o.what == "calendar") {
    const Json body{{o.who.empty() ? "partner" : "person", o.who.empty() ? o.partner : o.who},
                    {"command", o.revoke ? "revoke_calendar" : "new_calendar"}};
    return ask(daemon, "POST", "/v1/calendars", body.dump());
  }
  if (o.what == "import") {
    const auto text = import_text(o.who);
    return text ? ask(daemon, "POST", "/v1/people/import", import_body(*text, o))
                : std::unexpected(ClientError{text.error()});
  }
  if (o.what == "match") {
    return ask(daemon,
               "GET",
               "/v1/cases/" + escaped(o.who) + "/people?step=" + escaped(o.step) +
                   "&speaks=" + escaped(o.speaks) + "&days=" + escaped(o.days));
  }
  if (!o.what.empty()) {
    return ask(daemon,
               "POST",
               "/v1/people/" + escaped(o.who) + "/commands",
               o.what == "contact" ? contact_body(o) : change_body(o));
  }
  if (o.person.empty()) {
    return ask_all(daemon, "/v1/people");
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
  if (options.what == "import") {
    return print_import(json, words, colours);
  }
  if (options.what == "calendar") {
    return print(options.revoke
                     ? words("L’adresse du calendrier n’est plus valable.\n",
                             "The calendar's address is not valid any more.\n")
                     : json.value("calendar", "") +
                           words("\nÀ ajouter à l’adresse du service. Elle n’est dite "
                                 "qu’une fois : qui la connaît lit ce calendrier.\n",
                                 "\nTo add to the address of the service. It is said only "
                                 "once: whoever knows it reads this calendar.\n"));
  }
  if (options.what == "contact") {
    return print(options.forget ? words("Le contact est effacé.\n", "The contact is erased.\n")
                                : words("Le contact est enregistré, scellé.\n",
                                        "The contact is recorded, sealed.\n"));
  }
  if (!options.what.empty() && !matches) {
    print_changes(json, words, colours);
    return print_left_without(json, words, colours);
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
  constexpr auto kOfTokens = std::to_array<std::string_view>(
      {"token", "tokens", "revoke-token", "sign-in", "operator-link"});
  if (std::ranges::find(kOfTokens, options.what) != kOfTokens.end()) {
    return run_tokens(options);
  }
  const bool needs_step = options.what == "match";
  const bool of_partner = options.what == "calendar" && !options.partner.empty();
  if (options.what == "calendar" && options.make_new == options.revoke) {
    return complain("protoflow people calendar: say --new or --revoke", kUsage);
  }
  if (!options.what.empty() && !of_partner &&
      (options.who.empty() || (needs_step && options.step.empty()))) {
    return complain(needs_step ? "protoflow people match: name the case, then the step"
                    : options.what == "import"
                        ? "protoflow people import: name the file"
                        : "protoflow people " + options.what + ": name the person",
                    kUsage);
  }
  const auto answer = ask_for(options);
  if (!answer) {
    return complain(answer.error().what, kEnvironment);
  }
  const auto& output = options.daemon.output;
  const auto json = Json::parse(answer->body, nullptr, false);
  const bool reports = options.what == "import" && json.contains("lines");
  if (answer->status >= kDoneBelow && !reports) {
    return complain_problem(*answer, output);
  }
  if (output.json) {
    print(answer->body);
  } else {
    print_answer(options, json);
  }
  return answer->status < kDoneBelow ? kOk : kFault;
}

}  // namespace protoflow::runtime
