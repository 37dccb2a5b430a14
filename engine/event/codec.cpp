#include "engine/event/codec.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include <nlohmann/json.hpp>

#include "engine/event/answer_codec.hpp"
#include "engine/event/members.hpp"
#include "engine/event/name_codec.hpp"
#include "engine/model/value.hpp"

namespace protoflow::engine {

namespace {

using Json = nlohmann::ordered_json;

// Reads the members of one JSON object; remembers the first that is wrong.
class Reader {
 public:
  Reader(const model::Protocol& protocol, const Open& open) : protocol_(protocol), open_(open) {}

  [[nodiscard]] const std::optional<BadRecord>& bad() const { return bad_; }

  void fail(std::string field, std::string reason) {
    if (!bad_) {
      bad_ = BadRecord{std::move(field), std::move(reason)};
    }
  }

  [[nodiscard]] Json object(const std::string& text, const char* field) {
    auto json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
      fail(field, "is not a JSON object");
      return Json::object();
    }
    return json;
  }

  void only(const Json& json, std::span<const std::string_view> members) {
    for (const auto& [key, value] : json.items()) {
      if (std::ranges::find(members, key) == members.end()) {
        return fail(key, "is not a member this program knows");
      }
    }
  }

  [[nodiscard]] std::string text(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) {
      return {};
    }
    if (!found->is_string()) {
      fail(key, "is not text");
      return {};
    }
    return found->get<std::string>();
  }

  [[nodiscard]] std::optional<std::string> optional_text(const Json& json, const char* key) {
    return json.contains(key) ? std::optional(text(json, key)) : std::nullopt;
  }

  template <class E, std::size_t N>
  void state(const Json& json,
             const char* key,
             std::optional<E>& into,
             const std::array<std::string_view, N>& names) {
    if (!json.contains(key)) {
      return;
    }
    const auto found = std::ranges::find(names, text(json, key));
    if (found == names.end()) {
      fail(key, "is not a state this program knows");
      return;
    }
    into = static_cast<E>(found - names.begin());
  }

  template <class IdType, class Declaration>
  [[nodiscard]] IdType name(const Json& json,
                            const char* key,
                            const std::vector<Declaration>& declared) {
    if (!json.contains(key)) {
      return {};
    }
    const auto id = model::find<IdType>(declared, text(json, key));
    if (!id.known()) {
      fail(key, "is not declared in the protocol of this record");
    }
    return id;
  }

  template <class IdType, class Declaration>
  [[nodiscard]] std::vector<IdType> names(const Json& json,
                                          const char* key,
                                          const std::vector<Declaration>& declared) {
    std::vector<IdType> ids;
    const auto found = json.find(key);
    if (found == json.end()) {
      return ids;
    }
    if (!found->is_array()) {
      fail(key, "is not a list of names");
      return ids;
    }
    for (const auto& each : *found) {
      const auto text = each.is_string() ? each.get<std::string>() : std::string();
      const auto id = model::find<IdType>(declared, text);
      if (!id.known()) {
        fail(key, "names one that the protocol of this record does not declare");
        return ids;
      }
      ids.push_back(id);
    }
    return ids;
  }

  [[nodiscard]] std::uint32_t version(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end()) {
      return 0;
    }
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > UINT32_MAX) {
      fail(key, "is not the version of an event");
      return 0;
    }
    return found->get<std::uint32_t>();
  }

  template <class Number>
  void number(const Json& json, const char* key, std::optional<Number>& into) {
    constexpr std::uint64_t kMax = std::numeric_limits<Number>::max();
    const auto found = json.find(key);
    if (found == json.end()) {
      return;
    }
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > kMax) {
      return fail(key, "is not a whole number from 0 to " + std::to_string(kMax));
    }
    into = found->get<Number>();
  }

  void instant(const Json& json, const char* key, std::optional<model::Instant>& into) {
    const auto found = json.find(key);
    if (found == json.end()) {
      return;
    }
    if (found->is_null()) {
      into = model::kNever;
      return;
    }
    const auto read = to_instant(text(json, key));
    if (!read) {
      fail(key, "is not an instant");
      return;
    }
    into = *read;
  }

  void length(const Json& json, const char* key, std::optional<std::chrono::milliseconds>& into) {
    const auto found = json.find(key);
    if (found == json.end()) {
      return;
    }
    if (!found->is_number_integer()) {
      fail(key, "is not a whole number");
      return;
    }
    into = std::chrono::milliseconds(found->get<std::int64_t>());
  }

  [[nodiscard]] Json list(const Json& body, const char* key) {
    const auto found = body.find(key);
    const bool is_list = found != body.end() && found->is_array();
    if (found != body.end() && !is_list) {
      fail(key, "is not a list");
    }
    return is_list ? *found : Json::array();
  }

  void enrolments(const Json& body, std::vector<EnrolmentChange>& into) {
    for (const auto& json : list(body, "enrolments")) {
      if (!json.is_object() || text(json, "case").empty()) {
        fail("enrolments", "holds something else than an object that names its case");
        return;
      }
      only(json, kEnrolmentMembers);
      auto& change = into.emplace_back(
          EnrolmentChange{.case_id = text(json, "case"),
                          .step = name<model::StepId>(json, "step", protocol_.steps)});
      state(json, "seat", change.seat, kSeatNames);
      state(json, "attendance", change.attendance, kAttendanceNames);
    }
  }

  void reviewers(const Json& body, std::vector<ReviewerChange>& into) {
    for (const auto& json : list(body, "reviewers")) {
      if (!json.is_object() || !json.contains("role")) {
        return fail("reviewers", "holds something else than an object that names its role");
      }
      only(json, kReviewerMembers);
      auto& change = into.emplace_back(
          ReviewerChange{.role = name<model::RoleId>(json, "role", protocol_.roles),
                         .partner = name<model::PartnerId>(json, "partner", protocol_.partners),
                         .person = optional_text(json, "person")});
      state(json, "review", change.review, kReviewStateNames);
    }
  }

  [[nodiscard]] Json member(const Json& body, const char* key) {
    const auto found = body.find(key);
    if (found == body.end()) {
      return Json::object();
    }
    if (!found->is_object()) {
      fail(key, "is not a JSON object");
      return Json::object();
    }
    return *found;
  }

  /// The plaintext; nullopt when erased or when the member is wrong.
  [[nodiscard]] std::optional<std::string> opened(const Json& json, const std::string& field) {
    if (!json.is_object() || !json.contains("sealed") || !json.contains("commitment")) {
      fail(field, "is not a sealed value");
      return std::nullopt;
    }
    auto plain = open_({text(json, "commitment"), text(json, "sealed")});
    if (!plain) {
      fail(field, plain.error());
      return std::nullopt;
    }
    return std::move(*plain);
  }

  void informations(const Json& body, Event& event) {
    const auto members = member(body, "information");
    for (const auto& [key, json] : members.items()) {
      const auto id = model::find<model::InformationId>(protocol_.informations, key);
      if (!id.known()) {
        fail("information", "names one that the protocol of this record does not declare");
        return;
      }
      const auto plain = opened(json, "information");
      if (!plain) {
        event.erased.push_back(id);
        continue;
      }
      const auto value = model::parse_value(protocol_[id], *plain);
      if (!value) {
        fail("information", "has a value outside its declared type");
        return;
      }
      event.values.push_back({id, *value});
    }
  }

  void mapping(const Json& body, const model::Protocol* was, Event& event) {
    if (event.kind != EventKind::case_migrated) {
      return;
    }
    auto changes = decode_names(body.contains("names") ? body["names"].dump() : "[]");
    if (!changes || was == nullptr) {
      return fail("names", changes ? "are of a stream that keeps its protocol" : changes.error());
    }
    auto mapping = mapping_of(*was, protocol_, std::move(*changes));
    if (!mapping) {
      return fail("names", mapping.error());
    }
    event.mapping.push_back(std::move(*mapping));
  }

  void answers(const Json& body, Event& event) {
    if (!body.contains("answers")) {
      return;
    }
    if (!event.routine.known()) {
      fail("answers", "are of no routine");
      return;
    }
    auto read = decode_answers(body["answers"].dump(), protocol_[event.routine], open_);
    if (!read) {
      fail("answers", read.error());
      return;
    }
    event.answers = std::move(*read);
  }

  void consents(const Json& body, Event& event) {
    const auto members = member(body, "consent");
    for (const auto& [key, json] : members.items()) {
      const auto id = model::find<model::ConsentId>(protocol_.consents, key);
      if (!id.known() || (json != "given" && json != "refused")) {
        fail("consent", "is not a declared consent given or refused");
        return;
      }
      event.consents.push_back({id, json == "given"});
    }
    const auto terms = member(body, "consent_until");
    for (const auto& [key, json] : terms.items()) {
      const auto id = model::find<model::ConsentId>(protocol_.consents, key);
      std::optional<model::Instant> until;
      instant(terms, key.c_str(), until);
      if (!id.known() || !until) {
        fail("consent_until", "is not a declared consent and an instant");
        return;
      }
      event.consents_until.push_back({id, *until});
    }
  }

 private:
  const model::Protocol& protocol_;
  const Open& open_;
  std::optional<BadRecord> bad_;
};

void read_states(Reader& reader, const Json& body, Event& event) {
  reader.state(body, "status", event.status, kCaseStatusNames);
  reader.state(body, "work", event.work, kWorkStateNames);
  reader.state(body, "time", event.time, kTimeStateNames);
  reader.state(body, "responsibility", event.responsibility, kResponsibilityStateNames);
  reader.state(body, "review", event.review, kReviewStateNames);
  reader.state(body, "referral", event.referral, kReferralStateNames);
  reader.number(body, "round", event.round);
  reader.number(body, "returns", event.returns);
  reader.number(body, "deputy", event.deputy);
  reader.number(body, "reminders", event.reminders);
  reader.number(body, "late_rules", event.late_rules);
  reader.number(body, "reopenings", event.reopenings);
  reader.instant(body, "due", event.due);
  reader.number(body, "due_rule", event.due_rule);
  reader.instant(body, "due_from", event.due_from);
  reader.instant(body, "offer_due", event.offer_due);
  reader.instant(body, "review_due", event.review_due);
  reader.instant(body, "held_since", event.held_since);
  reader.instant(body, "absent_from", event.absent_from);
  reader.instant(body, "until", event.until);
  reader.instant(body, "next_round", event.next_round);
  reader.instant(body, "hand_over_due", event.hand_over_due);
  reader.length(body, "shift_ms", event.shift);
  reader.length(body, "held_ms", event.held);
}

template <class Declared>
void read_place(Reader& reader,
                const Json& json,
                const std::vector<Declared>& declared,
                TaskSource& source) {
  const auto found = std::ranges::find(declared, reader.text(json, "name"), &Declared::name);
  if (found == declared.end()) {
    return reader.fail("source", "names a task that the protocol of this record does not declare");
  }
  source.place = static_cast<std::uint16_t>(found - declared.begin());
}

void read_source(Reader& reader, const Json& body, const model::Protocol& protocol, Event& event) {
  if (!body.contains("source")) {
    return;
  }
  const auto json = reader.member(body, "source");
  reader.only(json, kSourceMembers);
  TaskSource source;
  std::optional<TaskOrigin> origin;
  reader.state(json, "origin", origin, kTaskOriginNames);
  source.origin = origin.value_or(TaskOrigin::follow_up);
  source.ending = reader.name<model::EndingId>(json, "ending", protocol.endings);
  source.session = reader.name<model::SessionId>(json, "session", protocol.sessions);
  source.step = reader.name<model::StepId>(json, "step", protocol.steps);
  if (source.ending.known()) {
    read_place(reader, json, protocol[source.ending].follow_ups, source);
  } else if (source.session.known() && source.origin == TaskOrigin::preparation) {
    read_place(reader, json, protocol[source.session].preparations, source);
  } else if (source.session.known()) {
    read_place(reader, json, protocol[source.session].follow_ups, source);
  } else if (!source.step.known()) {
    reader.fail("source", "says neither an ending, nor a session, nor a step");
  }
  event.source = source;
}

void read_partnership(Reader& reader, const Json& body, Event& event) {
  reader.state(body, "partnership", event.partnership, kPartnershipStatusNames);
  reader.state(body, "participation", event.participation, kParticipationStateNames);
  reader.state(body, "occurrence", event.occurrence_state, kOccurrenceStateNames);
  reader.number(body, "number", event.number);
  reader.instant(body, "planned", event.planned);
  reader.instant(body, "counted_from", event.counted_from);
  reader.instant(body, "signed_at", event.signed_at);
  reader.instant(body, "lapses", event.lapses);
  reader.instant(body, "leaves", event.leaves);
  event.meaning = reader.text(body, "meaning");
}

void read_people(Reader& reader, const Json& body, const model::Protocol& protocol, Event& event) {
  if (event.step.known()) {
    event.outcome = reader.name<model::OutcomeId>(body, "outcome", protocol[event.step].outcomes);
  }
  event.ending = reader.name<model::EndingId>(body, "ending", protocol.endings);
  event.role = reader.name<model::RoleId>(body, "role", protocol.roles);
  event.partner = reader.name<model::PartnerId>(body, "partner", protocol.partners);
  event.person = reader.optional_text(body, "person");
  event.away = reader.optional_text(body, "away");
  event.review_partner = reader.name<model::PartnerId>(body, "review_partner", protocol.partners);
  event.reviewer = reader.optional_text(body, "reviewer");
  event.told = reader.name<model::RoleId>(body, "told", protocol.roles);
  event.receiver = reader.name<model::PartnerId>(body, "receiver", protocol.partners);
  event.receiver_role = reader.name<model::RoleId>(body, "receiver_role", protocol.roles);
  event.giver = reader.name<model::PartnerId>(body, "giver", protocol.partners);
  read_source(reader, body, protocol, event);
  event.of = reader.version(body, "of");
  event.forgotten = reader.names<model::InformationId>(body, "forgotten", protocol.informations);
  event.unasked = reader.names<model::ConsentId>(body, "unasked", protocol.consents);
  event.beneficiary = reader.text(body, "beneficiary");
  event.why = reader.text(body, "why");
}

void read_session(Reader& reader, const Json& body, Event& event) {
  reader.state(body, "session_status", event.session_status, kSessionStatusNames);
  reader.state(body, "seat", event.seat, kSeatNames);
  reader.state(body, "attendance", event.attendance, kAttendanceNames);
  reader.instant(body, "at", event.at);
  reader.number(body, "capacity", event.capacity);
  reader.enrolments(body, event.enrolments);
}

}  // namespace

std::expected<Event, BadRecord> decode(const Record& record,
                                       const model::Protocol& protocol,
                                       const Open& open,
                                       const model::Protocol* was) {
  const auto kind = std::ranges::find(kEventKindNames, record.kind);
  if (kind == kEventKindNames.end()) {
    return std::unexpected(BadRecord{"kind", "is not a kind of event this program knows"});
  }
  const auto place = static_cast<std::size_t>(kind - kEventKindNames.begin());
  if (record.kind_version != kEventKindVersions[place]) {
    return std::unexpected(BadRecord{"kind_version", "is from another version of the program"});
  }
  Reader reader(protocol, open);
  Event event{.kind = static_cast<EventKind>(place), .happened = record.happened};
  const auto actor = reader.object(record.actor, "actor");
  reader.only(actor, kActorMembers);
  event.actor.person = reader.text(actor, "person");
  event.actor.partner = reader.name<model::PartnerId>(actor, "partner", protocol.partners);
  event.actor.role = reader.name<model::RoleId>(actor, "role", protocol.roles);
  const auto subject = reader.object(record.subject, "subject");
  reader.only(subject, kSubjectMembers);
  event.step = reader.name<model::StepId>(subject, "step", protocol.steps);
  event.binding = reader.name<model::RoleId>(subject, "role", protocol.roles);
  event.consent = reader.name<model::ConsentId>(subject, "consent", protocol.consents);
  event.session = reader.name<model::SessionId>(subject, "session", protocol.sessions);
  event.occurrence = reader.text(subject, "occurrence");
  event.task = reader.text(subject, "task");
  event.routine = reader.name<model::RoutineId>(subject, "routine", protocol.routines);
  const auto body = reader.object(record.body, "body");
  reader.only(body, kBodyMembers);
  read_states(reader, body, event);
  read_people(reader, body, protocol, event);
  read_session(reader, body, event);
  reader.reviewers(body, event.reviewers);
  read_partnership(reader, body, event);
  reader.informations(body, event);
  reader.consents(body, event);
  event.attended = reader.names<model::PartnerId>(body, "attended", protocol.partners);
  event.unsigned_by = reader.names<model::PartnerId>(body, "unsigned_by", protocol.partners);
  reader.answers(body, event);
  reader.mapping(body, was, event);
  if (body.contains("reason")) {
    event.reason = reader.opened(body["reason"], "reason").value_or("");
  }
  if (body.contains("place")) {
    event.place = reader.opened(body["place"], "place").value_or("");
  }
  if (reader.bad()) {
    return std::unexpected(*reader.bad());
  }
  return event;
}

}  // namespace protoflow::engine
