// people token, tokens, revoke-token, sign-in, operator-link: with what people come in by
// themselves.
#include <nlohmann/json.hpp>

#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/cli/stranger.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::expected<ClientAnswer, ClientError> ask_for(const PeopleOptions& o) {
  if (o.what == "tokens") {
    const auto only = o.who.empty() ? std::string() : "?person=" + escaped(o.who);
    return ask_all(o.daemon, "/v1/tokens" + only);
  }
  if (o.what == "operator-link") {
    return ask(o.daemon, "POST", "/v1/sign-in/operator");
  }
  if (o.what == "sign-in") {
    const Json secret{{"secret", o.who.substr(o.who.rfind('/') + 1)}};
    return o.who.empty() ? ask_as_stranger(o.daemon, "/v1/sign-in", Json{{"mail", o.mail}}.dump())
                         : ask_as_stranger(o.daemon, "/v1/sign-in/token", secret.dump());
  }
  if (o.what == "revoke-token") {
    return ask(o.daemon, "DELETE", "/v1/tokens/" + escaped(o.who));
  }
  Json json = Json::object();
  for (const auto& [key, value] : {std::pair{"name", o.name},
                                   {"expires", o.expires},
                                   {"scope", o.scope},
                                   {"by", o.by},
                                   {"command_id", o.command_id}}) {
    if (!value.empty()) {
      json[key] = value;
    }
  }
  return ask(o.daemon, "POST", "/v1/people/" + escaped(o.who) + "/tokens", json.dump());
}

void print_token(const Json& token, model::Language language, bool colours) {
  const bool acts = token.value("scopes", Json::array()).size() > 1;
  const auto day = token.value("expires", "").substr(0, std::size("2027-12-31") - 1);
  auto line = token.value("token", "") + "  " + token.value("person", "") + "  " +
              token.value("name", "–") + "  " +
              std::string(acts ? say(language, "lit et agit", "reads and acts")
                               : say(language, "lit", "reads")) +
              std::string(say(language, "  avant le ", "  before ")) + day;
  if (token.value("expired", false)) {
    line += "  " + painted(std::string(say(language, "expiré", "expired")), Paint::bad, colours);
  }
  print(line + "\n");
}

void print_answer(const PeopleOptions& options, const Json& json) {
  const auto language = reader_language();
  const auto colours = options.daemon.output.colours;
  if (options.what == "revoke-token") {
    return print(
        say(language, "Ce jeton n’ouvre plus rien.\n", "This token opens nothing any more.\n"));
  }
  if (options.what == "tokens") {
    const auto list = json.value("tokens", Json::array());
    for (const auto& token : list) {
      print_token(token, language, colours);
    }
    return list.empty() ? print(say(language, "Aucun jeton.\n", "No token.\n")) : void();
  }
  if (json.contains("link")) {
    return print(json.value("link", "") + "\n" +
                 std::string(say(language,
                                 "Ce lien sert une fois, pendant une heure.\n",
                                 "This link works once, for an hour.\n")));
  }
  if (json.contains("asked")) {
    return print(say(language,
                     "Si quelqu’un a cette adresse, un lien lui est envoyé.\n",
                     "If somebody has this address, a link is on its way to it.\n"));
  }
  if (options.what == "sign-in") {
    return print(json.value("secret", "") + "\n" +
                 std::string(say(language,
                                 "Ce jeton sert douze heures. Il n’est montré que cette fois.\n",
                                 "This token lasts twelve hours. It is shown this once.\n")));
  }
  if (json.value("repeated", false)) {
    return print(say(language,
                     "Ce jeton a déjà été créé, et montré alors. Perdu\u00A0? Créez-en un autre.\n",
                     "This token was issued before, and shown then. Lost? Issue another one.\n"));
  }
  print_token(json, language, colours);
  print(json.value("secret", "") + "\n");
  print(say(language,
            "Il n’est montré que cette fois. Remettez-le à cette personne, et à elle seule.\n",
            "It is shown this once. Give it to that person, and to nobody else.\n"));
}

std::string what_lacks(const PeopleOptions& options) {
  if (!options.who.empty() || options.what == "tokens" || options.what == "operator-link") {
    return {};
  }
  if (options.what == "sign-in") {
    return options.mail.empty() ? "protoflow people sign-in: say --mail ADDRESS, or give the link "
                                  "that came by mail"
                                : "";
  }
  return options.what == "token"
             ? "protoflow people token: name the person"
             : "protoflow people revoke-token: name the token by its id; `protoflow people "
               "tokens` lists them";
}

}  // namespace

int run_tokens(const PeopleOptions& options) {
  if (const auto lacking = what_lacks(options); !lacking.empty()) {
    return complain(lacking, kUsage);
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
