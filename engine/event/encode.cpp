#include <nlohmann/json.hpp>

#include "engine/event/codec.hpp"
#include "engine/model/value.hpp"

namespace protoflow::engine {

namespace {

using Json = nlohmann::ordered_json;

template <class E, class Names>
void put_state(Json& json, const char* key, const std::optional<E>& value, const Names& names) {
  if (value) {
    json[key] = names[static_cast<std::size_t>(*value)];
  }
}

template <class IdType>
void put_name(Json& json, const char* key, IdType id, const model::Protocol& protocol) {
  if (id.known()) {
    json[key] = protocol[id].name;
  }
}

void put_number(Json& json, const char* key, const std::optional<std::uint8_t>& value) {
  if (value) {
    json[key] = *value;
  }
}

void put_instant(Json& json, const char* key, const std::optional<model::Instant>& value) {
  if (value) {
    json[key] = *value == model::kNever ? Json(nullptr) : Json(to_text(*value));
  }
}

void put_length(Json& json,
                const char* key,
                const std::optional<std::chrono::milliseconds>& value) {
  if (value) {
    json[key] = value->count();
  }
}

void put_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) {
    json[key] = text;
  }
}

std::expected<Json, std::string> sealed_json(std::string_view plaintext, const Seal& seal) {
  const auto sealed = seal(plaintext);
  if (!sealed) {
    return std::unexpected(sealed.error());
  }
  return Json{{"commitment", sealed->commitment}, {"sealed", sealed->sealed}};
}

std::string actor_json(const Actor& actor, const model::Protocol& protocol) {
  Json json = Json::object();
  put_text(json, "person", actor.person);
  put_name(json, "partner", actor.partner, protocol);
  put_name(json, "role", actor.role, protocol);
  return json.dump();
}

std::string subject_json(const Event& event, const model::Protocol& protocol) {
  Json json = Json::object();
  put_name(json, "step", event.step, protocol);
  put_name(json, "role", event.binding, protocol);
  put_name(json, "session", event.session, protocol);
  put_text(json, "occurrence", event.occurrence);
  return json.dump();
}

void put_states(Json& body, const Event& event) {
  put_state(body, "status", event.status, kCaseStatusNames);
  put_state(body, "work", event.work, kWorkStateNames);
  put_state(body, "time", event.time, kTimeStateNames);
  put_state(body, "responsibility", event.responsibility, kResponsibilityStateNames);
  put_state(body, "review", event.review, kReviewStateNames);
  put_state(body, "referral", event.referral, kReferralStateNames);
  put_number(body, "round", event.round);
  put_number(body, "returns", event.returns);
  put_number(body, "deputy", event.deputy);
  put_number(body, "reminders", event.reminders);
  put_number(body, "late_rules", event.late_rules);
  put_number(body, "reopenings", event.reopenings);
  put_instant(body, "due", event.due);
  put_instant(body, "offer_due", event.offer_due);
  put_instant(body, "review_due", event.review_due);
  put_instant(body, "held_since", event.held_since);
  put_instant(body, "next_round", event.next_round);
  put_length(body, "shift_ms", event.shift);
  put_length(body, "held_ms", event.held);
}

void put_people(Json& body, const Event& event, const model::Protocol& protocol) {
  if (event.outcome.known()) {
    body["outcome"] = protocol[event.step].outcomes[event.outcome.value].name;
  }
  put_name(body, "ending", event.ending, protocol);
  put_name(body, "role", event.role, protocol);
  put_name(body, "partner", event.partner, protocol);
  if (event.person) {
    body["person"] = *event.person;
  }
  put_name(body, "review_partner", event.review_partner, protocol);
  if (event.reviewer) {
    body["reviewer"] = *event.reviewer;
  }
  put_name(body, "told", event.told, protocol);
  put_text(body, "beneficiary", event.beneficiary);
  put_text(body, "why", event.why);
}

void put_session(Json& body, const Event& event, const model::Protocol& protocol) {
  put_state(body, "session_status", event.session_status, kSessionStatusNames);
  put_state(body, "seat", event.seat, kSeatNames);
  put_state(body, "attendance", event.attendance, kAttendanceNames);
  put_instant(body, "at", event.at);
  if (event.capacity) {
    body["capacity"] = *event.capacity;
  }
  for (const auto& change : event.enrolments) {
    Json json{{"case", change.case_id}};
    put_name(json, "step", change.step, protocol);
    put_state(json, "seat", change.seat, kSeatNames);
    put_state(json, "attendance", change.attendance, kAttendanceNames);
    body["enrolments"].push_back(std::move(json));
  }
}

std::expected<void, std::string> put_sealed(Json& body,
                                            const char* key,
                                            const std::string& text,
                                            const Seal& seal) {
  if (text.empty()) {
    return {};
  }
  auto sealed = sealed_json(text, seal);
  if (!sealed) {
    return std::unexpected(sealed.error());
  }
  body[key] = std::move(*sealed);
  return {};
}

std::expected<void, std::string> put_what_was_said(Json& body,
                                                   const Event& event,
                                                   const model::Protocol& protocol,
                                                   const Seal& seal) {
  for (const auto& [consent, given] : event.consents) {
    body["consent"][protocol[consent].name] = given ? "given" : "refused";
  }
  for (const auto& [information, value] : event.values) {
    const auto& declared = protocol[information];
    auto sealed = sealed_json(model::value_text(declared, value), seal);
    if (!sealed) {
      return std::unexpected(sealed.error());
    }
    body["information"][declared.name] = std::move(*sealed);
  }
  if (auto put = put_sealed(body, "reason", event.reason, seal); !put) {
    return put;
  }
  return put_sealed(body, "place", event.place, seal);
}

}  // namespace

std::expected<EncodedEvent, std::string> encode(const Event& event,
                                                const model::Protocol& protocol,
                                                const Seal& seal) {
  Json body = Json::object();
  put_states(body, event);
  put_people(body, event, protocol);
  put_session(body, event, protocol);
  if (auto said = put_what_was_said(body, event, protocol, seal); !said) {
    return std::unexpected(said.error());
  }
  return EncodedEvent{
      actor_json(event.actor, protocol), subject_json(event, protocol), body.dump()};
}

}  // namespace protoflow::engine
