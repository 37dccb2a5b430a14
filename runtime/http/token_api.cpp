// /v1/me and the tokens of people: issued by the operator, shown once; listed and revoked by the
// operator or by their owner.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/model/value.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/page.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/routes.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kMembers =
    std::to_array<std::string_view>({"name", "scope", "expires", "by", "command_id"});
constexpr std::chrono::days kLasts{365};  // unless said otherwise
constexpr std::size_t kTokenIdDigits = 16;

Json token_json(const PersonToken& token, model::Instant now) {
  auto json = Json::parse(issued_json(token));
  json.erase("sha256");
  if (token.expires <= now) {
    json["expired"] = true;
  }
  return json;
}

struct Asked {
  PersonToken token;
  Writing writing;
};

std::unexpected<std::string> wrong(const std::string& member, const std::string& wanted) {
  return std::unexpected("The member \"" + member + "\" must be " + wanted + ".");
}

// The day is the last one on which it opens, in UTC.
std::expected<model::Instant, std::string> read_expires(const std::string& day,
                                                        model::Instant now) {
  if (day.empty()) {
    return std::chrono::ceil<std::chrono::days>(now + kLasts);
  }
  const model::Information date{.type = model::InformationType::date};
  const auto read = model::parse_value(date, day);
  if (!read) {
    return wrong("expires", "a day such as 2027-12-31");
  }
  const std::chrono::sys_days last{std::chrono::days{read->number}};
  const model::Instant expires = last + std::chrono::days(1);
  return expires <= now ? wrong("expires", "a day that is not over")
                        : std::expected<model::Instant, std::string>(expires);
}

std::expected<Asked, std::string> read_asked(const Call& call) {
  const auto& body = call.request.body;
  const auto json = Json::parse(body.empty() ? "{}" : body, nullptr, false);
  if (!json.is_object()) {
    return std::unexpected("The body must be one JSON object.");
  }
  for (const auto& [key, value] : json.items()) {
    if (std::ranges::find(kMembers, key) == kMembers.end()) {
      return std::unexpected("There is no member of that name; check its spelling.");
    }
    if (!value.is_string() || value.get<std::string>().size() > kIdMax) {
      return wrong(key, "text of at most 128 bytes");
    }
  }
  auto command_id = command_id_of(call.request, json);
  if (!command_id) {
    return std::unexpected(command_id.error());
  }
  Asked asked{.token = {.person = std::string(call.places[0]), .name = json.value("name", "")},
              .writing = {.by = json.value("by", ""), .command_id = std::move(*command_id)}};
  if (!asked.token.name.empty() && !is_person_id(asked.token.name)) {
    return wrong("name", "1 to 64 letters, digits, dots or hyphens, such as laptop");
  }
  const auto scope = json.value("scope", "act");
  if (scope != "read" && scope != "act") {
    return wrong("scope", "read or act");
  }
  asked.token.may_act = scope == "act";
  const auto expires = read_expires(json.value("expires", ""), call.parts.clock.now());
  if (!expires) {
    return std::unexpected(expires.error());
  }
  asked.token.expires = *expires;
  return asked;
}

bool may_use(const Reader& reader, const Route& route) {
  switch (route.needs) {
    case Needs::nothing:
    case Needs::reading:
      return true;
    case Needs::acting:
      return reader.may_act;
    case Needs::operating:
      return reader.is_operator();
  }
  return false;
}

}  // namespace

void get_me(const Call& call, const Answer& answer) {
  const auto& reader = call.reader;
  Json json{{"reader", reader.is_operator() ? "operator" : "person"}};
  if (reader.is_person()) {
    json["person"] = reader.person.id;
    json["partner"] = reader.person.partner;
    json["roles"] = reader.person.roles;
    if (const auto* token = call.reading().people.tokens().find_id(reader.token)) {
      json["token"] = token_json(*token, call.parts.clock.now());
    }
  }
  json["may"] = Json::array();
  for (const auto& route : all_routes()) {
    if (may_use(reader, route)) {
      json["may"].push_back(std::string(route.method) + " " + std::string(route.path));
    }
  }
  answer(respond_json(json));
}

void post_token(const Call& call, const Answer& answer) {
  auto asked = read_asked(call);
  if (!asked) {
    return answer(not_understood(asked.error()));
  }
  auto& [token, writing] = *asked;
  const auto secret = make_person_token();
  token.sha256 = sha256_of_token(secret);
  token.id = random_id().substr(0, kTokenIdDigits);
  auto shown = token_json(token, call.parts.clock.now());
  shown["secret"] = secret;
  call.parts.casebook.issue_token(
      std::move(token),
      [answer, shown = std::move(shown)](const Outcome& outcome) {
        if (!outcome) {
          return answer(respond(outcome.error()));
        }
        // Of a repetition nobody knows the token any more: it was shown the first time.
        auto response = respond_json(outcome->repeated ? Json{{"repeated", true}} : shown);
        response.status = outcome->repeated ? 200 : 201;
        response.headers.emplace_back("Cache-Control", "no-store");
        answer(std::move(response));
      },
      writing);
}

void get_tokens(const Call& call, const Answer& answer) {
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  const auto person = call.request.query_value("person");
  Json list = Json::array();
  for (const auto& [id, token] : call.reading().people.tokens().all()) {
    const bool theirs = call.reader.is_operator() || call.reader.is(token.person);
    if (theirs && (person.empty() || token.person == person) && page->takes(id)) {
      list.push_back(token_json(token, call.parts.clock.now()));
    }
  }
  answer(page->respond(call.request, {{"tokens", std::move(list)}}));
}

void delete_token(const Call& call, const Answer& answer) {
  const auto* token = call.reading().people.tokens().find_id(call.places[0]);
  // Somebody else's is answered as one that there is not.
  const bool theirs =
      call.reader.is_operator() || (token != nullptr && call.reader.is(token->person));
  call.parts.casebook.revoke_token(
      theirs ? call.places[0] : "",
      [answer, &parts = call.parts, id = std::string(call.places[0])](const Outcome& outcome) {
        parts.stream->look_again();
        answer(outcome ? respond_json({{"token", id}, {"revoked", true}})
                       : respond(outcome.error()));
      },
      {.by = call.reader.person.id});
}

}  // namespace protoflow::runtime
