#include "runtime/http/api_json.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/model/value.hpp"
#include "runtime/access/shown_event.hpp"
#include "runtime/http/entity_tag.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/session_api.hpp"
#include "runtime/http/step_json.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::unexpected<std::string> wrong(const std::string& member, const std::string& wanted) {
  return std::unexpected("The member \"" + member + "\" must be " + wanted + ".");
}

std::expected<Json, std::string> body_of(const HttpRequest& request) {
  auto json = Json::parse(request.body, nullptr, false);
  if (!json.is_object()) {
    return std::unexpected(
        "The body must be one JSON object. Send Content-Type: application/json.");
  }
  return json;
}

struct TextMember {
  const char* name;
  std::string Request::* member;
};

constexpr auto kTextMembers = std::to_array<TextMember>({
    {"command", &Request::command},
    {"command_id", &Request::command_id},
    {"person", &Request::person},
    {"protocol", &Request::protocol},
    {"beneficiary", &Request::beneficiary},
    {"step", &Request::step},
    {"outcome", &Request::outcome},
    {"role", &Request::role},
    {"partner", &Request::partner},
    {"giver", &Request::giver},
    {"ending", &Request::ending},
    {"reason", &Request::reason},
    {"task", &Request::task},
    {"to", &Request::to},
    {"routine", &Request::routine},
    {"date", &Request::date},
    {"meaning", &Request::meaning},
    {"session", &Request::session},
    {"place", &Request::place},
    {"case", &Request::case_id},
    {"about", &Request::about},
    {"version", &Request::version},
});

constexpr auto kOtherMembers = std::to_array<std::string_view>(
    {"information", "consent", "attended", "answers", "attendance"});

struct FlagMember {
  const char* name;
  bool Request::* member;
};

constexpr auto kFlagMembers = std::to_array<FlagMember>({
    {"with_reservations", &Request::with_reservations},
    {"dry_run", &Request::dry_run},
    {"keep_deadlines", &Request::keep_deadlines},
});

struct InstantMember {
  const char* name;
  std::optional<Moment> Request::* member;
};

constexpr auto kInstantMembers = std::to_array<InstantMember>({
    {"happened", &Request::happened},
    {"until", &Request::until},
    {"at", &Request::at},
    {"from", &Request::from},
});

std::expected<void, std::string> read_instant(const Json& json,
                                              const char* name,
                                              std::optional<Moment>& into) {
  if (!json.contains(name)) {
    return {};
  }
  into = json[name].is_string() ? read_moment(json[name].get<std::string>()) : std::nullopt;
  if (!into) {
    return wrong(name,
                 "an instant such as 2027-01-04T08:00:00.000Z, or a time by the clock on the wall "
                 "such as 2027-01-04 09:00");
  }
  return {};
}

struct NumberMember {
  const char* name;
  std::optional<std::uint64_t> Request::* member;
};

constexpr auto kNumberMembers = std::to_array<NumberMember>({
    {"expected_version", &Request::expected_version},
    {"event", &Request::event},
    {"places", &Request::capacity},
});

std::expected<void, std::string> check_members(const Json& json) {
  for (const auto& [key, value] : json.items()) {
    const auto among = [&](const auto& members) {
      return std::ranges::any_of(members, [&](const auto& member) { return key == member.name; });
    };
    const bool text = among(kTextMembers);
    if (text && !value.is_string()) {
      return wrong(key, "text");
    }
    const bool known = text || among(kFlagMembers) || among(kInstantMembers) ||
                       among(kNumberMembers) ||
                       std::ranges::find(kOtherMembers, key) != kOtherMembers.end();
    if (!known) {
      return std::unexpected("There is no member of that name; check its spelling.");
    }
  }
  return {};
}

std::expected<void, std::string> read_meeting(const Json& json, Request& request) {
  const auto attended = json.value("attended", Json::array());
  for (const auto& partner : attended) {
    if (!attended.is_array() || !partner.is_string()) {
      return wrong("attended", "a list of partners");
    }
    request.attended.push_back(partner.get<std::string>());
  }
  if (auto came = read_attendance(json, request); !came) {
    return came;
  }
  const auto answers = json.value("answers", Json::object());
  if (!answers.is_object()) {
    return wrong("answers", "an object of questions' numbers and answers");
  }
  for (const auto& [question, answer] : answers.items()) {
    if (answer.is_structured() || answer.is_null()) {
      return wrong("answers", "an object of questions' numbers and answers");
    }
    request.answers.emplace_back(question,
                                 answer.is_string() ? answer.get<std::string>() : answer.dump());
  }
  return {};
}

std::expected<void, std::string> read_said(const Json& json, Request& request) {
  if (json.contains("information")) {
    if (!json["information"].is_object()) {
      return wrong("information", "an object of names and values");
    }
    for (const auto& [name, value] : json["information"].items()) {
      if (value.is_object() || value.is_array() || value.is_null()) {
        return wrong("information", "an object of names and values");
      }
      request.informations.emplace_back(
          name, value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
  if (json.contains("consent")) {
    if (!json["consent"].is_object()) {
      return wrong("consent", "an object of names and true or false");
    }
    for (const auto& [name, value] : json["consent"].items()) {
      if (!value.is_boolean()) {
        return wrong("consent", "an object of names and true or false");
      }
      request.consents.emplace_back(name, value.get<bool>());
    }
  }
  return {};
}

std::expected<void, std::string> read_numbers(const HttpRequest& http,
                                              const Json& json,
                                              Request& request) {
  for (const auto& [name, member] : kNumberMembers) {
    if (json.contains(name) && !json[name].is_number_unsigned()) {
      return wrong(name, "a whole number");
    }
    if (json.contains(name)) {
      request.*member = json[name].get<std::uint64_t>();
    }
  }
  const auto expected = expected_version(http);
  if (!expected) {
    return std::unexpected(expected.error());
  }
  request.expected_version = *expected ? *expected : request.expected_version;
  return {};
}

template <class IdType>
void put_name(Json& json, const char* key, IdType id, const model::Protocol& protocol) {
  if (id.known()) {
    json[key] = protocol[id].name;
  }
}

void put_instant(Json& json, const char* key, model::Instant instant) {
  if (instant != model::kNever) {
    json[key] = engine::to_text(instant);
  }
}

Json informations_json(const CaseFile& file, const Sight& sight) {
  Json list = Json::array();
  const auto& declared = file.plan->protocol.informations;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    const auto& state = file.state.informations[i];
    const bool seen = may_see(sight.values, ValueOf{file, {static_cast<std::uint16_t>(i)}});
    if (state.known == engine::Known::no || !(seen || sight.reader.is_operator())) {
      continue;
    }
    Json json{{"information", declared[i].name}};
    if (state.known == engine::Known::erased) {
      json["erased"] = true;
    } else if (seen) {
      json["value"] = model::value_text(declared[i], state.value);
    }
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

std::expected<Request, std::string> read_command(const HttpRequest& http) {
  const auto body = body_of(http);
  if (!body) {
    return std::unexpected(body.error());
  }
  const auto& json = *body;
  if (auto members = check_members(json); !members) {
    return std::unexpected(members.error());
  }
  Request request;
  for (const auto& [name, member] : kTextMembers) {
    if (json.contains(name)) {
      request.*member = json[name].get<std::string>();
    }
  }
  for (const auto& [name, member] : kFlagMembers) {
    if (json.contains(name) && !json[name].is_boolean()) {
      return wrong(name, "true or false");
    }
    request.*member = json.value(name, false);
  }
  for (const auto& [name, member] : kInstantMembers) {
    if (auto read = read_instant(json, name, request.*member); !read) {
      return std::unexpected(read.error());
    }
  }
  if (auto meeting = read_meeting(json, request); !meeting) {
    return std::unexpected(meeting.error());
  }
  if (auto said = read_said(json, request); !said) {
    return std::unexpected(said.error());
  }
  if (auto numbers = read_numbers(http, json, request); !numbers) {
    return std::unexpected(numbers.error());
  }
  auto command_id = command_id_of(http, json);
  if (!command_id) {
    return std::unexpected(command_id.error());
  }
  request.command_id = std::move(*command_id);
  return request;
}

std::expected<std::string, std::string> command_id_of(const HttpRequest& request,
                                                      const Json& json) {
  const std::string key(request.header("idempotency-key"));
  if (!json.is_object() || !json.contains("command_id")) {
    return key;
  }
  const auto& said = json["command_id"];
  if (!said.is_string() || said.get_ref<const std::string&>().size() > kIdMax) {
    return wrong("command_id", "text of at most 128 bytes");
  }
  const auto& id = said.get_ref<const std::string&>();
  if (!key.empty() && !id.empty() && id != key) {
    return std::unexpected(
        "Idempotency-Key and the member \"command_id\" are two names of the same: send one of "
        "them.");
  }
  return id.empty() ? key : id;
}

std::expected<Person, std::string> read_person_request(const HttpRequest& request) {
  const auto body = body_of(request);
  if (!body) {
    return std::unexpected(body.error());
  }
  auto person = read_person_json(request.body);
  if (!person) {
    return wrong(person.error().member, person.error().wanted);
  }
  return std::move(*person);
}

std::expected<std::string, std::string> read_text_member(const HttpRequest& request,
                                                         const char* member) {
  const auto body = body_of(request);
  if (!body) {
    return std::unexpected(body.error());
  }
  const auto& json = *body;
  if (!json.contains(member) || !json[member].is_string()) {
    return wrong(member, "text");
  }
  return json[member].get<std::string>();
}

HttpResponse respond_json(const Json& json) {
  return {.body = json.dump() + "\n"};
}

HttpResponse respond(const Outcome& outcome,
                     int status_done,
                     const Reader& reader,
                     const Reading& reading) {
  if (!outcome) {
    return respond(outcome.error());
  }
  Json json = Json::object();
  if (outcome->case_id.empty()) {
    json["stream"] = outcome->stream;
  } else {
    json["case"] = outcome->case_id;
  }
  json["version"] = outcome->version;
  if (outcome->repeated) {
    json["repeated"] = true;
  }
  if (outcome->dry_run) {
    json["dry_run"] = true;
    json["undoes"] = outcome->undoes;
  }
  json["events"] = Json::array();
  for (const auto& line : outcome->events) {
    json["events"].push_back(shown_event(reader, reading, line));
  }
  for (std::size_t i = 0; i < outcome->facts.size(); ++i) {
    if (is_shown_whole(json["events"][i])) {
      json["says"].push_back(sentence(outcome->facts[i], *outcome->plan));
    }
  }
  auto response = respond_json(json);
  response.status = outcome->repeated || outcome->dry_run ? 200 : status_done;
  response.headers.emplace_back("ETag", "\"" + std::to_string(outcome->version) + "\"");
  return response;
}

Json duty_json(std::string_view stream,
               const engine::Plan& plan,
               const engine::Duty& duty,
               bool named) {
  const auto& protocol = plan.protocol;
  const bool of_a_case = stream.starts_with(kCasePrefix);
  Json json{{of_a_case ? "case" : "stream",
             std::string(stream.substr(of_a_case ? kCasePrefix.size() : 0))},
            {"kind", engine::kDutyKindNames[static_cast<std::size_t>(duty.kind)]}};
  put_name(json, "step", duty.step, protocol);
  put_name(json, "binding", duty.binding, protocol);
  put_name(json, "routine", duty.routine, protocol);
  put_name(json, "session", duty.session, protocol);
  if (!duty.task.empty()) {
    json["task"] = duty.task;
  }
  put_name(json, "role", duty.role, protocol);
  put_name(json, "partner", duty.partner, protocol);
  if (named && !duty.person.empty()) {
    json["person"] = duty.person;
  }
  json["work"] = engine::kWorkStateNames[static_cast<std::size_t>(duty.work)];
  json["time"] = engine::kTimeStateNames[static_cast<std::size_t>(duty.time)];
  put_instant(json, "due", duty.due);
  if (duty.due != model::kNever) {
    json["due_text"] = date_words(duty.due, plan);
  }
  put_instant(json, "since", duty.since);
  json["because"] = {{"event", duty.since_version}, {"line", duty.line}};
  json["text"] = what(duty, protocol);
  if (auto trouble = trouble_words(duty, protocol.language); !trouble.empty()) {
    json["trouble"] = std::move(trouble);
  }
  return json;
}

Json case_json(std::string_view case_id, const CaseFile& file, const Sight& sight) {
  const auto& protocol = file.plan->protocol;
  const auto& state = file.state;
  Json json{{"case", std::string(case_id)},
            {"protocol", protocol.name},
            {"protocol_version", protocol.version},
            {"meaning", file.plan->meaning_hash},
            {"version", state.version},
            {"status", engine::kCaseStatusNames[static_cast<std::size_t>(state.status)]}};
  put_instant(json, "opened", state.opened);
  put_name(json, "ending", state.ending, protocol);
  json["steps"] = Json::array();
  for (std::size_t i = 0; i < state.steps.size(); ++i) {
    json["steps"].push_back(step_json(file, {static_cast<std::uint16_t>(i)}, sight));
  }
  json["information"] = informations_json(file, sight);
  json["duties"] = Json::array();
  for (const auto& duty : engine::duties(protocol, state)) {
    const bool named = may_see(sight.reader, NameOf{sight.people, duty.person, &file});
    json["duties"].push_back(duty_json(case_stream(case_id), *file.plan, duty, named));
  }
  return json;
}

}  // namespace protoflow::runtime
