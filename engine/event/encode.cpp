#include <algorithm>

#include "engine/event/answer_codec.hpp"
#include "engine/event/codec.hpp"
#include "engine/event/name_codec.hpp"
#include "engine/event/object_writer.hpp"
#include "engine/model/value.hpp"

namespace protoflow::engine {

namespace {

template <class E, class Names>
void put_state(ObjectWriter& json,
               std::string_view key,
               const std::optional<E>& value,
               const Names& names) {
  if (value) {
    json.put_word(key, names[static_cast<std::size_t>(*value)]);
  }
}

template <class IdType>
void put_name(ObjectWriter& json,
              std::string_view key,
              IdType id,
              const model::Protocol& protocol) {
  if (id.known()) {
    json.put_name(key, protocol[id].name);
  }
}

template <class IdType>
void put_names(ObjectWriter& body,
               std::string_view key,
               const std::vector<IdType>& ids,
               const model::Protocol& protocol) {
  std::vector<std::string_view> names;
  for (const auto id : ids) {
    names.push_back(protocol[id].name);
  }
  if (!names.empty()) {
    body.put_names(key, names);
  }
}

template <class Number>
void put_number(ObjectWriter& json, std::string_view key, const std::optional<Number>& value) {
  if (value) {
    json.put_number(key, *value);
  }
}

void put_instant(ObjectWriter& json,
                 std::string_view key,
                 const std::optional<model::Instant>& value) {
  if (value) {
    json.put_instant(key, *value);
  }
}

void put_length(ObjectWriter& json,
                std::string_view key,
                const std::optional<std::chrono::milliseconds>& value) {
  if (value) {
    json.put_number(key, value->count());
  }
}

void put_text(ObjectWriter& json, std::string_view key, const std::string& text) {
  if (!text.empty()) {
    json.put_text(key, text);
  }
}

void put_text(ObjectWriter& json, std::string_view key, const std::optional<std::string>& text) {
  if (text) {
    json.put_text(key, *text);
  }
}

void write_actor(std::string& into, const Actor& actor, const model::Protocol& protocol) {
  Appender text(into);
  ObjectWriter json(text);
  put_text(json, "person", actor.person);
  put_name(json, "partner", actor.partner, protocol);
  put_name(json, "role", actor.role, protocol);
  json.end();
}

void write_subject(std::string& into, const Event& event, const model::Protocol& protocol) {
  Appender text(into);
  ObjectWriter json(text);
  put_name(json, "step", event.step, protocol);
  put_name(json, "role", event.binding, protocol);
  put_name(json, "routine", event.routine, protocol);
  put_name(json, "consent", event.consent, protocol);
  put_name(json, "session", event.session, protocol);
  put_text(json, "occurrence", event.occurrence);
  put_text(json, "task", event.task);
  json.end();
}

void put_states(ObjectWriter& body, const Event& event) {
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
  put_number(body, "due_rule", event.due_rule);
  put_instant(body, "due_from", event.due_from);
  put_instant(body, "offer_due", event.offer_due);
  put_instant(body, "review_due", event.review_due);
  put_instant(body, "held_since", event.held_since);
  put_instant(body, "absent_from", event.absent_from);
  put_instant(body, "until", event.until);
  put_instant(body, "next_round", event.next_round);
  put_instant(body, "hand_over_due", event.hand_over_due);
  put_length(body, "shift_ms", event.shift);
  put_length(body, "held_ms", event.held);
}

// {"origin":"follow_up","ending":"success","name":"visit"}; a reservation has no name of its own.
void put_source(ObjectWriter& body, const TaskSource& source, const model::Protocol& protocol) {
  auto json = body.object("source");
  json.put_word("origin", kTaskOriginNames[static_cast<std::size_t>(source.origin)]);
  put_name(json, "ending", source.ending, protocol);
  put_name(json, "session", source.session, protocol);
  put_name(json, "step", source.step, protocol);
  if (source.ending.known()) {
    json.put_name("name", protocol[source.ending].follow_ups[source.place].name);
  } else if (source.session.known()) {
    const auto& session = protocol[source.session];
    json.put_name("name",
                  source.origin == TaskOrigin::preparation ? session.preparations[source.place].name
                                                           : session.follow_ups[source.place].name);
  }
  json.end();
}

void put_people(ObjectWriter& body, const Event& event, const model::Protocol& protocol) {
  if (event.outcome.known()) {
    body.put_name("outcome", protocol[event.step].outcomes[event.outcome.value].name);
  }
  put_name(body, "ending", event.ending, protocol);
  put_name(body, "role", event.role, protocol);
  put_name(body, "partner", event.partner, protocol);
  put_text(body, "person", event.person);
  put_text(body, "away", event.away);
  put_name(body, "review_partner", event.review_partner, protocol);
  put_text(body, "reviewer", event.reviewer);
  put_name(body, "told", event.told, protocol);
  put_name(body, "receiver", event.receiver, protocol);
  put_name(body, "receiver_role", event.receiver_role, protocol);
  put_name(body, "giver", event.giver, protocol);
  if (event.source) {
    put_source(body, *event.source, protocol);
  }
  if (event.of != 0) {
    body.put_number("of", event.of);
  }
  put_names(body, "forgotten", event.forgotten, protocol);
  put_names(body, "unasked", event.unasked, protocol);
  put_text(body, "beneficiary", event.beneficiary);
  put_text(body, "why", event.why);
}

void put_session(ObjectWriter& body, const Event& event, const model::Protocol& protocol) {
  put_state(body, "session_status", event.session_status, kSessionStatusNames);
  put_state(body, "seat", event.seat, kSeatNames);
  put_state(body, "attendance", event.attendance, kAttendanceNames);
  put_instant(body, "at", event.at);
  put_number(body, "capacity", event.capacity);
  if (event.enrolments.empty()) {
    return;
  }
  body.begin_list("enrolments");
  for (const auto& change : event.enrolments) {
    auto json = body.next();
    json.put_text("case", change.case_id);
    put_name(json, "step", change.step, protocol);
    put_state(json, "seat", change.seat, kSeatNames);
    put_state(json, "attendance", change.attendance, kAttendanceNames);
    json.end();
  }
  body.end_list();
}

void put_reviewers(ObjectWriter& body, const Event& event, const model::Protocol& protocol) {
  if (event.reviewers.empty()) {
    return;
  }
  body.begin_list("reviewers");
  for (const auto& change : event.reviewers) {
    auto json = body.next();
    put_name(json, "role", change.role, protocol);
    put_state(json, "review", change.review, kReviewStateNames);
    put_name(json, "partner", change.partner, protocol);
    put_text(json, "person", change.person);
    json.end();
  }
  body.end_list();
}

void put_partnership(ObjectWriter& body, const Event& event, const model::Protocol& protocol) {
  put_state(body, "partnership", event.partnership, kPartnershipStatusNames);
  put_state(body, "participation", event.participation, kParticipationStateNames);
  put_state(body, "occurrence", event.occurrence_state, kOccurrenceStateNames);
  if (event.number) {
    body.put_number("number", *event.number);
  }
  put_instant(body, "planned", event.planned);
  put_instant(body, "counted_from", event.counted_from);
  put_instant(body, "signed_at", event.signed_at);
  put_instant(body, "lapses", event.lapses);
  put_instant(body, "leaves", event.leaves);
  put_text(body, "meaning", event.meaning);
  put_names(body, "attended", event.attended, protocol);
  put_names(body, "unsigned_by", event.unsigned_by, protocol);
}

std::expected<void, std::string> seal_text(ObjectWriter& json,
                                           std::string_view key,
                                           std::string_view plaintext,
                                           const Seal& seal) {
  const auto sealed = seal(plaintext);
  if (!sealed) {
    return std::unexpected(sealed.error());
  }
  auto both = json.object(key);
  both.put_text("commitment", sealed->commitment);
  both.put_text("sealed", sealed->sealed);
  both.end();
  return {};
}

std::expected<void, std::string> put_sealed(ObjectWriter& body,
                                            std::string_view key,
                                            const std::string& text,
                                            const Seal& seal) {
  return text.empty() ? std::expected<void, std::string>() : seal_text(body, key, text, seal);
}

/// Of what is said twice in `said`, the last holds, at the place of the first; null elsewhere.
template <class Said, class Subject>
const Said* that_holds(const std::vector<Said>& said, const Said& here, Subject subject) {
  const auto is_same = [&](const Said& other) { return other.*subject == here.*subject; };
  const bool first = &*std::ranges::find_if(said, is_same) == &here;
  return first ? &*std::ranges::find_if(said.rbegin(), said.rend(), is_same) : nullptr;
}

void put_consents(ObjectWriter& body, const Event& event, const model::Protocol& protocol) {
  if (event.consents.empty()) {
    return;
  }
  auto answers = body.object("consent");
  for (const auto& said : event.consents) {
    if (const auto* holds = that_holds(event.consents, said, &model::RecordedConsent::consent)) {
      answers.put_word(ObjectWriter::escaped(protocol[said.consent].name),
                       holds->given ? "given" : "refused");
    }
  }
  answers.end();
}

void put_consent_terms(ObjectWriter& body, const Event& event, const model::Protocol& protocol) {
  if (event.consents_until.empty()) {
    return;
  }
  auto terms = body.object("consent_until");
  for (const auto& said : event.consents_until) {
    if (const auto* holds = that_holds(event.consents_until, said, &ConsentUntil::consent)) {
      terms.put_instant(ObjectWriter::escaped(protocol[said.consent].name), holds->until);
    }
  }
  terms.end();
}

std::expected<void, std::string> put_values(ObjectWriter& body,
                                            const Event& event,
                                            const model::Protocol& protocol,
                                            const Seal& seal) {
  if (event.values.empty()) {
    return {};
  }
  auto values = body.object("information");
  for (const auto& said : event.values) {
    const auto* holds = that_holds(event.values, said, &model::RecordedValue::information);
    if (holds == nullptr) {
      continue;
    }
    const auto& declared = protocol[said.information];
    const auto text = model::value_text(declared, holds->value);
    if (auto put = seal_text(values, ObjectWriter::escaped(declared.name), text, seal); !put) {
      return put;
    }
  }
  values.end();
  return {};
}

std::expected<void, std::string> put_what_was_said(ObjectWriter& body,
                                                   const Event& event,
                                                   const model::Protocol& protocol,
                                                   const Seal& seal) {
  put_consents(body, event, protocol);
  put_consent_terms(body, event, protocol);
  if (auto put = put_values(body, event, protocol, seal); !put) {
    return put;
  }
  if (!event.answers.empty()) {
    const auto answers = encode_answers(event.answers, protocol[event.routine], seal);
    if (!answers) {
      return std::unexpected(answers.error());
    }
    body.put_json("answers", *answers);
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
  EncodedEvent encoded;
  if (auto done = encode_into(encoded, event, protocol, seal); !done) {
    return std::unexpected(std::move(done.error()));
  }
  return encoded;
}

std::expected<void, std::string> encode_into(EncodedEvent& encoded,
                                             const Event& event,
                                             const model::Protocol& protocol,
                                             const Seal& seal) {
  write_actor(encoded.actor, event.actor, protocol);
  write_subject(encoded.subject, event, protocol);
  Appender text(encoded.body);
  ObjectWriter body(text);
  put_states(body, event);
  put_people(body, event, protocol);
  put_session(body, event, protocol);
  put_reviewers(body, event, protocol);
  put_partnership(body, event, protocol);
  if (!event.mapping.empty()) {
    body.put_json("names", encode_names(event.mapping.front().changes));
  }
  auto said = put_what_was_said(body, event, protocol, seal);
  body.end();
  return said;
}

}  // namespace protoflow::engine
