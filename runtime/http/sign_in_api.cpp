// /v1/sign-in and the page of a sign-in link: asked for by mail, opened by a button, once.
#include <nlohmann/json.hpp>

#include "runtime/door/door.hpp"
#include "runtime/door/door_page.hpp"
#include "runtime/door/door_words.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/door_api.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;
namespace words = door_words;

constexpr const char* kTokenName = "sign-in";
constexpr std::size_t kTokenIdDigits = 16;

struct Entry {
  PersonToken token;   // of the operator: empty but for `expires`
  std::string secret;  // that opens from now on
};

using OnEntry = std::function<void(std::expected<Entry, ShutLink>)>;

bool signs_in(const Link& link) {
  return link.kind == LinkKind::sign_in || link.kind == LinkKind::operator_sign_in;
}

void enter_as_person(const ApiParts& parts, const std::string& secret, const OnEntry& done) {
  const auto link = *parts.door->links().find(secret);
  const auto token = make_person_token();
  Entry entry{.token = {.id = random_id().substr(0, kTokenIdDigits),
                        .person = link.person,
                        .name = kTokenName,
                        .may_act = true,
                        .expires = parts.clock.now() + kSessionLasts,
                        .sha256 = sha256_of_token(token)},
              .secret = token};
  parts.casebook.issue_token(entry.token,
                             [&parts, secret, entry, done](const Outcome& outcome) {
                               if (outcome && !outcome->repeated) {
                                 return done(entry);
                               }
                               const bool not_now =
                                   !outcome && outcome.error().why == Why::unavailable;
                               if (not_now) {
                                 parts.door->links().set_used(secret, false);
                               }
                               done(std::unexpected(outcome   ? ShutLink::used
                                                    : not_now ? ShutLink::not_now
                                                              : ShutLink::unknown));
                             },
                             {.by = link.person, .command_id = link.use});
}

// The link is used up before anything is written, so that pressing twice does nothing twice.
void enter_by(const ApiParts& parts, const std::string& secret, const OnEntry& done) {
  const auto* link = parts.door->links().find(secret);
  if (link == nullptr || !signs_in(*link)) {
    return done(std::unexpected(ShutLink::unknown));
  }
  const auto now = parts.clock.now();
  if (link->used || now >= link->expires) {
    return done(std::unexpected(link->used ? ShutLink::used : ShutLink::old));
  }
  const bool of_operator = link->kind == LinkKind::operator_sign_in;
  parts.door->links().set_used(secret, true);
  if (!of_operator) {
    return enter_as_person(parts, secret, done);
  }
  const auto expires = now + kSessionLasts;
  done(Entry{.token = {.expires = expires},
             .secret = parts.door->links().add(
                 {.kind = LinkKind::operator_session, .expires = expires}, now)});
}

Json entry_json(const Entry& entry) {
  Json json{{"reader", entry.token.person.empty() ? "operator" : "person"}};
  if (!entry.token.person.empty()) {
    json["token"] = entry.token.id;
    json["person"] = entry.token.person;
  }
  json["expires"] = engine::to_text(entry.token.expires);
  json["secret"] = entry.secret;
  return json;
}

HttpResponse shut_problem(ShutLink shut) {
  switch (shut) {
    case ShutLink::unknown:
      return problem(404, "no-such-link", "No such link", "This link opens nothing.");
    case ShutLink::used:
      return problem(410, "link-used", "Used", "This link has been used. Ask for another one.");
    case ShutLink::old:
      return problem(410, "link-too-old", "Too old", "This link has ended. Ask for another one.");
    case ShutLink::not_now:
      break;
  }
  return problem(503,
                 "not-written",
                 "Not now",
                 "This could not be written; nothing was lost, and the link still works.");
}

// The answer goes out before the address is looked up.
void ask_by_mail(const Call& call, const std::string& mail, const Answer& answer) {
  auto& door = *call.parts.door;
  if (!door.sends_mails()) {
    return answer(problem(503,
                          "no-mails",
                          "No mails are sent from here",
                          "Ask whoever runs the daemon for a token; mails need --mail and "
                          "--pages."));
  }
  if (!is_mail_address(mail)) {
    return answer(not_understood("\"mail\" must be one mail address such as ines@example.org."));
  }
  auto response = respond_json({{"asked", true}});
  response.status = 202;
  answer(std::move(response));
  door.ask(mail);
}

DoorPage sign_in_page(MailLanguage language, const std::string& secret) {
  return {.language = language,
          .title = std::string(say(words::kSignIn, language)),
          .lines = {std::string(say(words::kSignInHow, language)),
                    std::string(say(words::kNotYou, language))},
          .forms = {{.action = "/sign-in",
                     .hidden = {{"secret", secret}},
                     .button = std::string(say(words::kSignIn, language))}}};
}

DoorPage signed_in_page(MailLanguage language, const std::string& pages) {
  return {.language = language,
          .title = std::string(say(words::kSignedIn, language)),
          .lines = {std::string(say(words::kSignedInHow, language))},
          .forms = {{.action = "/sign-out",
                     .button = std::string(say(words::kSignOut, language)),
                     .is_main = false}},
          .link = pages,
          .link_label = std::string(say(words::kContinue, language))};
}

std::string cookie(const ApiParts& parts, std::string_view secret, std::chrono::seconds lasts) {
  return std::string(kCookie) + "=" + std::string(secret) +
         "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(lasts.count()) +
         (parts.door->pages().starts_with("https://") ? "; Secure" : "");
}

}  // namespace

MailLanguage language_of_reader(const Call& call, const Link* link) {
  const auto contact = link == nullptr || link->person.empty()
                           ? std::nullopt
                           : call.parts.casebook.contact_of(link->person);
  return contact ? contact->language : preferred_language(call.request.header("accept-language"));
}

DoorPage shut_page(ShutLink shut, MailLanguage language) {
  const auto page = [&](int status, const MailPhrase& title, const MailPhrase& line) {
    return DoorPage{.status = status,
                    .language = language,
                    .title = std::string(say(title, language)),
                    .lines = {std::string(say(line, language))}};
  };
  switch (shut) {
    case ShutLink::unknown:
      return page(404, words::kUnknownLink, words::kUnknownLinkHow);
    case ShutLink::used:
      return page(410, words::kUsedLink, words::kUsedLinkHow);
    case ShutLink::old:
      return page(410, words::kOldLink, words::kAskAgain);
    case ShutLink::not_now:
      break;
  }
  return page(503, words::kNotNow, words::kNotNowHow);
}

std::optional<HttpResponse> refuse_door(const Call& call, std::string_view secret) {
  if (call.parts.door == nullptr) {
    return no_such_address();
  }
  const auto wait = call.parts.door->wait_to_open(client_of(call.request), secret);
  return wait ? std::optional(too_often(*wait)) : std::nullopt;
}

void post_sign_in(const Call& call, const Answer& answer) {
  if (call.parts.door == nullptr) {
    return answer(no_such_address());
  }
  const auto mail = read_text_member(call.request, "mail");
  if (!mail) {
    return answer(not_understood(mail.error()));
  }
  if (const auto wait = call.parts.door->wait_to_ask(client_of(call.request))) {
    return answer(too_often(*wait));
  }
  ask_by_mail(call, *mail, answer);
}

void post_sign_in_token(const Call& call, const Answer& answer) {
  const auto secret = read_text_member(call.request, "secret");
  if (!secret) {
    return answer(not_understood(secret.error()));
  }
  if (auto refused = refuse_door(call, *secret)) {
    return answer(std::move(*refused));
  }
  enter_by(call.parts, *secret, [answer](const std::expected<Entry, ShutLink>& entry) {
    if (!entry) {
      return answer(shut_problem(entry.error()));
    }
    auto response = respond_json(entry_json(*entry));
    response.status = 201;
    response.headers.emplace_back("Cache-Control", "no-store");
    answer(std::move(response));
  });
}

void post_operator_link(const Call& call, const Answer& answer) {
  if (call.parts.door == nullptr) {
    return answer(no_such_address());
  }
  auto response =
      respond_json({{"link", call.parts.door->operator_link("")},
                    {"expires", engine::to_text(call.parts.clock.now() + kOperatorLinkLasts)}});
  response.status = 201;
  response.headers.emplace_back("Cache-Control", "no-store");
  answer(std::move(response));
}

void get_sign_in_page(const Call& call, const Answer& answer) {
  const std::string secret(call.places[0]);
  if (auto refused = refuse_door(call, secret)) {
    return answer(std::move(*refused));
  }
  const auto* link = call.parts.door->links().find(secret);
  const auto language = language_of_reader(call, link);
  if (link == nullptr || !signs_in(*link)) {
    return answer(respond_page(shut_page(ShutLink::unknown, language)));
  }
  if (link->used || call.parts.clock.now() >= link->expires) {
    return answer(respond_page(shut_page(link->used ? ShutLink::used : ShutLink::old, language)));
  }
  answer(respond_page(sign_in_page(language, secret)));
}

void post_sign_in_page(const Call& call, const Answer& answer) {
  const auto form = read_form(call.request.body);
  const auto secret = form.contains("secret") ? form.find("secret")->second : std::string();
  // Nobody is signed in as somebody else by a page of another site.
  const bool by_browser = !call.request.header("sec-fetch-site").empty();
  if (by_browser && !comes_from_our_page(call.request, call.parts.door)) {
    return answer(from_elsewhere());
  }
  if (auto refused = refuse_door(call, secret)) {
    return answer(std::move(*refused));
  }
  const auto language = language_of_reader(call, call.parts.door->links().find(secret));
  enter_by(call.parts,
           secret,
           [&parts = call.parts, language, answer](const std::expected<Entry, ShutLink>& entry) {
             if (!entry) {
               return answer(respond_page(shut_page(entry.error(), language)));
             }
             auto response = respond_page(signed_in_page(language, parts.door->pages()));
             response.headers.emplace_back("Set-Cookie",
                                           cookie(parts, entry->secret, kSessionLasts));
             answer(std::move(response));
           });
}

// Whoever is not signed in is signed out all the same.
void post_sign_out_page(const Call& call, const Answer& answer) {
  if (call.parts.door == nullptr) {
    return answer(no_such_address());
  }
  const auto secret = cookie_of(call.request);
  const auto language = preferred_language(call.request.header("accept-language"));
  call.parts.door->links().forget(secret);
  auto response =
      respond_page({.language = language, .title = std::string(say(words::kSignedOut, language))});
  response.headers.emplace_back("Set-Cookie", cookie(call.parts, "", std::chrono::seconds(0)));
  const auto* token = call.reading().people.tokens().find(secret, call.parts.clock.now());
  if (token == nullptr) {
    return answer(std::move(response));
  }
  call.parts.casebook.revoke_token(
      token->id,
      [answer, &parts = call.parts, response = std::move(response), language](
          const Outcome& outcome) {
        parts.stream->look_again();
        answer(outcome ? response : respond_page(shut_page(ShutLink::not_now, language)));
      },
      {.by = token->person});
}

}  // namespace protoflow::runtime
