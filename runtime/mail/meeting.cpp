#include "runtime/mail/meeting.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

#include "runtime/calendar/feed.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;
using Kind = engine::NoticeKind;

// Of "case/ab12:7:0": 7, which only rises.
std::uint32_t version_in(std::string_view id) {
  const auto end = std::min(id.rfind(':'), id.size());
  const auto begin = id.substr(0, end).rfind(':') + 1;
  std::uint32_t version = 0;
  (void)std::from_chars(id.data() + begin, id.data() + end, version);
  return version;
}

std::optional<Meeting> routine_meeting(const std::string& stream,
                                       const std::string& name,
                                       const Reading& reading) {
  return reading.look_at(stream, [&](const auto& file) -> std::optional<Meeting> {
    if constexpr (requires { file.state.routines; }) {
      const auto id = model::find<model::RoutineId>(file.plan->protocol.routines, name);
      if (id.known() && id.value < file.state.routines.size()) {
        const auto& state = file.state.routines[id.value];
        return Meeting{.uid = routine_uid(stream, name, state.number), .start = state.planned};
      }
    }
    return std::nullopt;
  });
}

std::optional<Meeting> session_meeting(const std::string& stream, const Reading& reading) {
  const auto found = reading.sessions.find(stream);
  return found == reading.sessions.end()
             ? std::nullopt
             : std::optional(Meeting{.uid = session_uid(stream), .start = found->second.state.at});
}

bool is_about_session(Kind kind) {
  return kind == Kind::session_planned || kind == Kind::session_moved ||
         kind == Kind::session_cancelled;
}

bool is_about_routine(Kind kind) {
  return kind == Kind::routine_planned || kind == Kind::routine_postponed ||
         kind == Kind::routine_yours;
}

}  // namespace

std::optional<Meeting> meeting_of(engine::NoticeKind kind,
                                  const OutgoingNotice& notice,
                                  const Reading& reading) {
  const auto json = Json::parse(notice.json, nullptr, false);
  const bool is_review = kind == Kind::review_requested || kind == Kind::review_over;
  std::optional<Meeting> meeting;
  if (is_about_session(kind)) {
    meeting = session_meeting(notice.stream, reading);
  } else if (is_about_routine(kind)) {
    meeting = routine_meeting(notice.stream, json.value("routine", ""), reading);
  } else if (is_review) {
    meeting = Meeting{.uid = review_uid(notice.stream, json.value("step", "")),
                      .start = engine::to_instant(json.value("due", "")).value_or(model::kNever),
                      .is_deadline = true};
  }
  if (!meeting) {
    return std::nullopt;
  }
  meeting->sequence = version_in(notice.id);
  meeting->is_cancelled = kind == Kind::session_cancelled || kind == Kind::review_over;
  const bool has_date = meeting->start != model::kNever || meeting->is_cancelled;
  return has_date ? meeting : std::nullopt;
}

Json meeting_json(const Meeting& meeting) {
  Json json{{"uid", meeting.uid}, {"sequence", meeting.sequence}};
  if (meeting.start != model::kNever) {
    json["start"] = engine::to_text(meeting.start);
  }
  if (meeting.is_deadline) {
    json["deadline"] = true;
  }
  if (meeting.is_cancelled) {
    json["cancelled"] = true;
  }
  return json;
}

std::optional<Meeting> read_meeting(const Json& json) {
  if (!json.is_object()) {
    return std::nullopt;
  }
  return Meeting{.uid = json.value("uid", ""),
                 .start = engine::to_instant(json.value("start", "")).value_or(model::kNever),
                 .sequence = json.value("sequence", 0U),
                 .is_deadline = json.value("deadline", false),
                 .is_cancelled = json.value("cancelled", false)};
}

}  // namespace protoflow::runtime
