// Who must hear of what happens to a session: its host, the roles that take part, and whoever has a
// task of it. Those enrolled hear of it through their own cases.
#include <algorithm>

#include "engine/session/session_draft.hpp"

namespace protoflow::engine {

namespace {

class SessionLetters {
 public:
  SessionLetters(const model::Protocol& protocol, const SessionState& state, const Event& event)
      : protocol_(protocol), state_(state), event_(event) {}

  std::vector<Notice> take() { return std::move(list_); }

  void to_host(NoticeKind kind) {
    add({.kind = kind, .role = state_.role, .partner = state_.partner, .due = state_.at});
  }

  void to_role(NoticeKind kind, model::RoleId role) {
    const auto answers = holder_outside_cases(protocol_, role);
    add({.kind = kind, .role = role, .partner = answers.partner, .due = state_.at});
  }

  void to_all_who_take_part(NoticeKind kind) {
    to_host(kind);
    for (const auto role : protocol_[state_.session].with) {
      to_role(kind, role);
    }
  }

  // Who had something to prepare for it hears of it too, whether or not it is done.
  void to_everyone(NoticeKind kind) {
    to_all_who_take_part(kind);
    for (const auto& task : state_.tasks) {
      add({.kind = kind, .role = task.role, .partner = task.partner, .due = state_.at});
    }
  }

  void to_task(NoticeKind kind) {
    if (const auto* task = find_task(state_.tasks, event_.task); task != nullptr) {
      add({.kind = kind,
           .role = task->role,
           .partner = task->partner,
           .person = task->person,
           .due = task->due});
    }
  }

 private:
  void add(Notice notice) {
    const auto same = [&](const Notice& other) {
      return other.kind == notice.kind && other.role == notice.role &&
             other.partner == notice.partner && other.person == notice.person;
    };
    if (list_.size() == kNoticesPerEventMax || std::ranges::any_of(list_, same)) {
      return;
    }
    notice.session = state_.session;
    notice.task = event_.task;
    notice.source = event_.source;
    list_.push_back(std::move(notice));
  }

  const model::Protocol& protocol_;
  const SessionState& state_;
  const Event& event_;
  std::vector<Notice> list_;
};

void write_of_task(SessionLetters& letters, const Event& event, const model::Protocol& protocol) {
  if (event.kind == EventKind::task_late) {
    letters.to_task(NoticeKind::task_late);
    letters.to_role(NoticeKind::task_late, event.told);
  } else if (event.kind == EventKind::task_declined) {
    letters.to_task(NoticeKind::task_offered);
    letters.to_role(NoticeKind::task_declined, protocol.coordinated_by);
  } else if (event.kind == EventKind::task_opened || event.kind == EventKind::task_released ||
             event.kind == EventKind::task_assigned) {
    letters.to_task(NoticeKind::task_offered);
  } else if (event.kind == EventKind::task_completed) {
    letters.to_host(NoticeKind::task_done);
  } else if (event.kind == EventKind::task_withdrawn && event.why != "session_cancelled") {
    letters.to_task(NoticeKind::task_withdrawn);
  }
}

}  // namespace

std::vector<Notice> notices(const model::Protocol& protocol,
                            const SessionState& state,
                            const Event& event) {
  SessionLetters letters(protocol, state, event);
  if (event.kind == EventKind::session_planned) {
    letters.to_all_who_take_part(NoticeKind::session_planned);
  } else if (event.kind == EventKind::session_rescheduled) {
    letters.to_everyone(NoticeKind::session_moved);
  } else if (event.kind == EventKind::session_cancelled) {
    letters.to_everyone(NoticeKind::session_cancelled);
  } else if (event.kind == EventKind::session_reminded) {
    letters.to_all_who_take_part(NoticeKind::session_reminder);
  } else if (event.kind == EventKind::attendance_late) {
    letters.to_role(NoticeKind::attendance_late, event.told);
  } else if (event.kind == EventKind::tasks_left_out) {
    letters.to_role(NoticeKind::tasks_left_out, event.told);
    letters.to_role(NoticeKind::tasks_left_out, protocol.coordinated_by);
  } else if (!event.task.empty()) {
    write_of_task(letters, event, protocol);
  }
  return letters.take();
}

}  // namespace protoflow::engine
