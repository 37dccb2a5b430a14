#include <algorithm>

#include "engine/event/errand.hpp"

namespace protoflow::engine {

namespace {

constexpr std::string_view kSessionPrefix = "session/";
constexpr std::string_view kCasePrefix = "case/";

std::string_view id_of(std::string_view stream, std::string_view prefix) {
  return stream.starts_with(prefix) ? stream.substr(prefix.size()) : stream;
}

bool waits_or_has_a_place(const Enrolment& enrolment) {
  return enrolment.seat != Seat::left && !enrolment.attendance;
}

class ToCases {
 public:
  ToCases(const SessionState& state, const Event& event, std::string_view stream)
      : state_(state), event_(event), stream_(stream) {}

  std::vector<Errand> take() { return std::move(list_); }

  // Whoever recorded it stands in the case's own history.
  void send(CommandKind kind, const EnrolmentChange& to, std::string why = {}) {
    list_.push_back({.stream = std::string(kCasePrefix) + to.case_id,
                     .command = {.kind = kind,
                                 .actor = event_.actor,
                                 .happened = event_.happened,
                                 .session = state_.session,
                                 .occurrence = std::string(id_of(stream_, kSessionPrefix)),
                                 .at = state_.at,
                                 .attendance = to.attendance,
                                 .from = std::string(stream_),
                                 .why = std::move(why)}});
  }

  void send_to_all_to_come(CommandKind kind, const std::string& why = {}) {
    for (const auto& enrolment : state_.enrolments) {
      if (waits_or_has_a_place(enrolment)) {
        send(kind, {.case_id = enrolment.case_id}, why);
      }
    }
  }

  void send_what_changed(const std::string& why) {
    for (const auto& change : event_.enrolments) {
      if (change.attendance) {
        send(CommandKind::session_attended, change);
      } else if (change.seat == Seat::enrolled) {
        send(CommandKind::session_enrolled, change);
      } else if (change.seat == Seat::waiting) {
        send(CommandKind::session_waitlisted, change);
      } else if (change.seat == Seat::left) {
        send(CommandKind::session_left, change, why);
      }
    }
  }

 private:
  const SessionState& state_;
  const Event& event_;
  std::string_view stream_;
  std::vector<Errand> list_;
};

// The case goes by what is so, not by when it was written down: who came, came when it was held.
void date_by_session(std::vector<Errand>& errands) {
  for (auto& errand : errands) {
    if (errand.command.kind == CommandKind::session_attended) {
      errand.command.happened = *errand.command.at;
    }
  }
}

}  // namespace

std::vector<Errand> errands(const model::Protocol&,
                            const SessionState& state,
                            const Event& event,
                            std::string_view stream) {
  ToCases letters(state, event, stream);
  if (event.kind == EventKind::session_rescheduled) {
    letters.send_to_all_to_come(CommandKind::session_moved);
  } else if (event.kind == EventKind::session_cancelled) {
    letters.send_to_all_to_come(CommandKind::session_left, "session_cancelled");
  } else if (event.kind == EventKind::session_reminded) {
    letters.send_to_all_to_come(CommandKind::session_reminded);
  } else if (event.kind != EventKind::enrolment_withdrawn || !event.actor.person.empty()) {
    // A case that has given its place back knows it.
    const bool no_place = event.kind == EventKind::attendance_recorded;
    letters.send_what_changed(no_place ? "session_full" : "withdrawn");
  }
  auto list = letters.take();
  date_by_session(list);
  return list;
}

std::vector<Errand> errands(const model::Protocol&,
                            const CaseState& state,
                            const Event& event,
                            std::string_view stream) {
  const bool gives_back = event.kind == EventKind::session_left && event.why == "not_needed";
  const bool another_step_comes = std::ranges::any_of(state.places, [&](const Place& place) {
    return place.occurrence == event.occurrence && is_live(place);
  });
  if (!gives_back || another_step_comes) {
    return {};
  }
  return {{.stream = std::string(kSessionPrefix) + event.occurrence,
           .command = {.kind = CommandKind::withdraw_enrolment,
                       .enrolments = {{.case_id = std::string(id_of(stream, kCasePrefix))}},
                       .from = std::string(stream)}}};
}

}  // namespace protoflow::engine
