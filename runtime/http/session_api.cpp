#include "runtime/http/session_api.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "engine/session/owed.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/entity_tag.hpp"
#include "runtime/http/page.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kNoCase = "-";  // no case is called so

std::string session_stream(std::string_view id) {
  return std::string(kSessionPrefix) + std::string(id);
}

HttpResponse no_such_session() {
  return problem(404,
                 "unknown-session",
                 "No such session",
                 "There is no such session. Look it up in the list at /v1/sessions.");
}

std::ptrdiff_t waiting(const engine::SessionState& state) {
  return std::ranges::count(state.enrolments, engine::Seat::waiting, &engine::Enrolment::seat);
}

Json line_json(std::string_view stream, const SessionFile& file) {
  const auto& protocol = file.plan->protocol;
  const auto& state = file.state;
  return {{"id", std::string(stream.substr(kSessionPrefix.size()))},
          {"session", protocol[state.session].name},
          {"title", title_of(protocol[state.session])},
          {"protocol", protocol.name},
          {"protocol_version", protocol.version},
          {"status", engine::kSessionStatusNames[static_cast<std::size_t>(state.status)]},
          {"at", engine::to_text(state.at)},
          {"at_text", date_words(state.at, *file.plan)},
          {"places", state.capacity},
          {"enrolled", engine::places_taken(state)},
          {"waiting", waiting(state)}};
}

Json enrolments_json(const Call& call, const SessionFile& file) {
  Json list = Json::array();
  for (const auto& enrolment : file.state.enrolments) {
    if (!may_see(call.reader, EnrolmentOf{call.reading(), file, enrolment.case_id})) {
      continue;
    }
    Json json{{"case", enrolment.case_id},
              {"step", file.plan->protocol[enrolment.step].name},
              {"seat", engine::kSeatNames[static_cast<std::size_t>(enrolment.seat)]}};
    if (enrolment.attendance) {
      json["attendance"] =
          engine::kAttendanceNames[static_cast<std::size_t>(*enrolment.attendance)];
    }
    list.push_back(std::move(json));
  }
  return list;
}

// Those of earlier versions count too: a new version does not ask for what has just been held.
std::vector<engine::KnownOccurrence> known_occurrences(const Reading& reading,
                                                       const model::Protocol& protocol) {
  std::vector<engine::KnownOccurrence> known;
  for (const auto& [stream, file] : reading.sessions) {
    const auto& of = file.plan->protocol;
    if (file.state.version != 0 && of.name == protocol.name) {
      known.push_back(
          {.session = model::find<model::SessionId>(protocol.sessions, of[file.state.session].name),
           .status = file.state.status,
           .at = file.state.at});
    }
  }
  return known;
}

bool is_asked_of(const engine::OwedOccurrence& owed,
                 const model::Protocol& protocol,
                 const Person* person,
                 std::string_view partner) {
  if (!partner.empty() && protocol[owed.partner].name != partner) {
    return false;
  }
  if (person == nullptr) {
    return true;
  }
  const auto actor = actor_of(*person, protocol);
  return actor.partner == owed.partner &&
         std::ranges::find(actor.plays, owed.role) != actor.plays.end();
}

Json owed_json(const engine::OwedOccurrence& owed, const engine::Plan& plan) {
  const auto& protocol = plan.protocol;
  return {{"protocol", protocol.name},
          {"kind", "plan_session"},
          {"session", protocol[owed.session].name},
          {"role", protocol[owed.role].name},
          {"partner", protocol[owed.partner].name},
          {"work", "waiting"},
          {"time", "calm"},
          {"due", engine::to_text(owed.by)},
          {"due_text", date_words(owed.by, plan)},
          {"because", {{"line", protocol[owed.session].line}}},
          {"text",
           std::string(say(protocol.language, "prévoir la séance ", "plan the session ")) +
               quoted(protocol.language, title_of(protocol[owed.session]))}};
}

// A case that the reader may not see is answered as one that there is not.
void forget_unseen(const Call& call, const SessionFile& file, Request& request) {
  const auto forget = [&](std::string& case_id) {
    const auto& cases = call.reading().cases;
    const auto found = cases.find(case_stream(case_id));
    const bool sees = (found != cases.end() && may_see(call.reader, found->second)) ||
                      may_see(call.reader, EnrolmentOf{call.reading(), file, case_id});
    if (!case_id.empty() && !sees) {
      case_id = kNoCase;
    }
  };
  forget(request.case_id);
  for (auto& [case_id, came] : request.attendance) {
    forget(case_id);
  }
}

}  // namespace

std::vector<Json> sessions_to_plan(const Call& call,
                                   const Person* person,
                                   std::string_view partner) {
  const auto& reading = call.reading();
  std::vector<Json> list;
  for (const auto& [name, plan] : reading.protocols) {
    if (!may_see(call.reader, plan->protocol)) {
      continue;
    }
    const auto partnership = reading.partnerships.find(partnership_stream(*plan));
    if (partnership == reading.partnerships.end() || partnership->second.state.version == 0) {
      continue;
    }
    const auto known = known_occurrences(reading, plan->protocol);
    for (const auto& owed :
         engine::owed_occurrences(*plan, known, partnership->second.state.founded)) {
      if (is_asked_of(owed, plan->protocol, person, partner)) {
        list.push_back(owed_json(owed, *plan));
      }
    }
  }
  return list;
}

void get_sessions(const Call& call, const Answer& answer) {
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  std::map<std::string, const SessionFile*> seen;  // by when they are, then by their stream
  for (const auto& [stream, file] : call.reading().sessions) {
    if (may_see(call.reader, SessionOf{call.reading(), file})) {
      seen.emplace(engine::to_text(file.state.at) + stream, &file);
    }
  }
  Json list = Json::array();
  for (const auto& [key, file] : seen) {
    if (page->takes(key)) {
      list.push_back(line_json(key.substr(key.find(kSessionPrefix)), *file));
    }
  }
  answer(page->respond(call.request, {{"sessions", std::move(list)}}));
}

void get_session(const Call& call, const Answer& answer) {
  const auto& reading = call.reading();
  const auto found = reading.sessions.find(session_stream(call.places[0]));
  if (found == reading.sessions.end() || !may_see(call.reader, SessionOf{reading, found->second})) {
    return answer(no_such_session());
  }
  const auto values = reads_as(call);
  if (!values) {
    return answer(values.error());
  }
  const auto& [stream, file] = *found;
  const auto& protocol = file.plan->protocol;
  auto json = line_json(stream, file);
  json["version"] = file.state.version;
  json["role"] = protocol[file.state.role].name;
  json["partner"] = protocol[file.state.partner].name;
  if (!file.state.place.empty() && may_see(*values, PlaceOf{reading, file})) {
    json["place"] = file.state.place;
  }
  json["enrolments"] = enrolments_json(call, file);
  json["duties"] = Json::array();
  for (const auto& duty : engine::duties(protocol, file.state)) {
    const bool named = may_see(call.reader, NameOf{reading.people, duty.person});
    json["duties"].push_back(duty_json(stream, *file.plan, duty, named));
  }
  answer(respond_version(call.request, json, file.state.version));
}

void post_session(const Call& call, const Answer& answer) {
  auto request = read_command(call.request);
  if (!request) {
    return answer(not_understood(request.error()));
  }
  request->command = "plan_session";
  if (auto refused = refuse_actor(call, *request)) {
    return answer(std::move(*refused));
  }
  if (!sees_protocol(call, request->protocol)) {
    return answer(no_such_protocol());
  }
  submit(call, std::move(*request), 201, answer);
}

void post_session_command(const Call& call, const Answer& answer) {
  auto request = read_command(call.request);
  if (!request) {
    return answer(not_understood(request.error()));
  }
  request->stream = session_stream(call.places[0]);
  const auto found = call.reading().sessions.find(request->stream);
  if (found == call.reading().sessions.end() ||
      !(call.reader.is_operator() ||
        may_see(call.reader, SessionOf{call.reading(), found->second}))) {
    return answer(no_such_session());
  }
  if (auto refused = refuse_actor(call, *request)) {
    return answer(std::move(*refused));
  }
  forget_unseen(call, found->second, *request);
  submit(call, std::move(*request), 200, answer);
}

std::expected<void, std::string> read_attendance(const Json& json, Request& request) {
  const auto attendance = json.value("attendance", Json::object());
  const bool is_texts =
      attendance.is_object() &&
      std::ranges::all_of(attendance, [](const Json& came) { return came.is_string(); });
  if (!is_texts) {
    return std::unexpected(
        "The member \"attendance\" must be an object of cases and present, excused or absent.");
  }
  for (const auto& [case_id, came] : attendance.items()) {
    request.attendance.emplace_back(case_id, came.get<std::string>());
  }
  return {};
}

}  // namespace protoflow::runtime
