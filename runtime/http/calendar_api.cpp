// /v1/calendar/SECRET.ics, the one address that needs no token, and /v1/calendars, which makes and
// revokes such addresses.
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "runtime/calendar/feed.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/entity_tag.hpp"
#include "runtime/http/page.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kEnding = ".ics";

HttpResponse no_calendar() {
  return problem(404,
                 "no-such-calendar",
                 "No such calendar",
                 "There is no calendar at this address, or not any more. Ask for a new address.");
}

MailLanguage language_of(const CalendarAddress& address, const Casebook& casebook) {
  const auto contact = address.person.empty() ? std::nullopt : casebook.contact_of(address.person);
  return contact ? contact->language : MailLanguage::french;
}

std::set<std::string> partner_names(const Reading& reading) {
  std::set<std::string> names;
  for (const auto& [protocol, plan] : reading.protocols) {
    for (const auto& partner : plan->protocol.partners) {
      names.insert(partner.name);
    }
  }
  return names;
}

// Whose; the error is an answer.
std::expected<CalendarAddress, HttpResponse> read_owner(const Json& json, const Reading& reading) {
  const auto text = [&](const char* member) {
    const auto value = json.is_object() ? json.value(member, Json("")) : Json();
    return value.is_string() ? value.get<std::string>() : std::string();
  };
  CalendarAddress owner{.person = text("person"), .partner = text("partner")};
  if (owner.person.empty() == owner.partner.empty()) {
    return std::unexpected(not_understood(
        "The body must be one JSON object with a \"person\" or a \"partner\", and a \"command\": "
        "new_calendar or revoke_calendar."));
  }
  const bool known = owner.person.empty() ? partner_names(reading).contains(owner.partner)
                                          : reading.people.find(owner.person) != nullptr;
  if (!known) {
    return std::unexpected(problem(404,
                                   "unknown-owner",
                                   "No such person or partner",
                                   "The directory has no such person, or no "
                                   "deployed protocol has such a partner."));
  }
  return owner;
}

void change_calendar(const Call& call, const Json& json, const Answer& answer) {
  auto owner = read_owner(json, call.reading());
  if (!owner) {
    return answer(std::move(owner.error()));
  }
  const auto command = json.value("command", Json());
  const bool revokes = command == "revoke_calendar";
  if (!revokes && command != "new_calendar") {
    return answer(not_understood("\"command\" must be new_calendar or revoke_calendar."));
  }
  const auto secret = revokes ? std::string() : "pfc_" + random_id();
  owner->hash = revokes ? "" : hash_of_secret(secret);
  call.parts.casebook.set_calendar(*owner, [answer, secret](const Outcome& outcome) {
    if (!outcome) {
      return answer(respond(outcome.error()));
    }
    answer(respond_json(secret.empty() ? Json{{"revoked", true}}
                                       : Json{{"calendar", "/v1/calendar/" + secret + ".ics"}}));
  });
}

}  // namespace

void get_calendar(const Call& call, const Answer& answer) {
  auto secret = call.places[0];
  if (!secret.ends_with(kEnding)) {
    return answer(no_calendar());
  }
  secret.remove_suffix(kEnding.size());
  const auto* address = call.reading().people.calendars().with_secret(secret);
  if (address == nullptr) {
    return answer(no_calendar());
  }
  const auto entries = feed_of({.person = address->person, .partner = address->partner},
                               call.reading(),
                               language_of(*address, call.parts.casebook),
                               call.parts.pages);
  HttpResponse response{.content_type = "text/calendar; charset=utf-8",
                        .body = calendar_text(entries, "protoflow")};
  const auto tag = tag_of(response.body);
  response.headers.emplace_back("Cache-Control", "private, max-age=300");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  answer(respond_tagged(call.request, std::move(response), tag));
}

void get_calendars(const Call& call, const Answer& answer) {
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  const auto& calendars = call.reading().people.calendars();
  Json list = Json::array();
  for (const auto& name : partner_names(call.reading())) {
    if (calendars.of("", name) != nullptr && page->takes("partner " + name)) {
      list.push_back({{"partner", name}});
    }
  }
  for (const auto& [id, person] : call.reading().people.all()) {
    if (calendars.of(id, "") != nullptr && page->takes("person " + id)) {
      list.push_back({{"person", id}});
    }
  }
  answer(page->respond(call.request, {{"calendars", std::move(list)}}));
}

void post_calendar(const Call& call, const Answer& answer) {
  change_calendar(call, Json::parse(call.request.body, nullptr, false), answer);
}

void post_my_calendar(const Call& call, const Answer& answer) {
  auto json = Json::parse(call.request.body, nullptr, false);
  if (!call.reader.is_person() || !json.is_object() || json.contains("partner")) {
    return answer(
        not_understood("The body must be {\"command\": \"new_calendar\"} or {\"command\": "
                       "\"revoke_calendar\"}, sent "
                       "with a person's own token."));
  }
  json["person"] = call.reader.person.id;
  change_calendar(call, json, answer);
}

}  // namespace protoflow::runtime
