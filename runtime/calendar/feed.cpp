#include "runtime/calendar/feed.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <type_traits>

#include "runtime/access/access.hpp"
#include "runtime/mail/mail_words.hpp"
#include "runtime/mail/message.hpp"
#include "runtime/people/duty_of.hpp"

namespace protoflow::runtime {

namespace {

MailTheme theme_of(engine::DutyKind kind) {
  using Kind = engine::DutyKind;
  switch (kind) {
    case Kind::step:
      return MailTheme::step_waits;
    case Kind::review:
      return MailTheme::review_waits;
    case Kind::choose:
    case Kind::decide:
      return MailTheme::decision_waits;
    case Kind::answer:
    case Kind::receive:
    case Kind::receive_all:
      return MailTheme::answer_awaited;
    case Kind::task:
      return MailTheme::task_waits;
    case Kind::receive_session:
    case Kind::routine:
      return MailTheme::meeting_planned;
    case Kind::record_attendance:
      return MailTheme::meeting_to_record;
    case Kind::sign:
      return MailTheme::signature_waits;
  }
  return MailTheme::news;
}

std::string uid_of(const std::string& stream,
                   const engine::Duty& duty,
                   const model::Protocol& protocol) {
  if (duty.kind == engine::DutyKind::review) {
    return review_uid(stream, protocol[duty.step].name);
  }
  const auto kind = static_cast<std::size_t>(duty.kind);
  auto what = stream + "\n" + std::string(engine::kDutyKindNames[kind]) + "\n" + duty.task;
  what += duty.step.known() ? "\nstep " + protocol[duty.step].name : "";
  what += duty.binding.known() ? "\nrole " + protocol[duty.binding].name : "";
  return calendar_uid(what);
}

// A partner's calendar holds what anybody of it may know of.
Reader reader_of(const FeedOwner& owner, const Directory& people) {
  const auto* person = owner.person.empty() ? nullptr : people.find(owner.person);
  return {.kind = ReaderKind::person,
          .person = person != nullptr ? *person : Person{.partner = owner.partner}};
}

class Feed {
 public:
  Feed(const FeedOwner& owner, const Reading& reading, MailLanguage language, std::string link)
      : owner_(owner),
        person_(owner.person.empty() ? nullptr : reading.people.find(owner.person)),
        language_(language),
        site_{.from = "", .link = std::move(link)} {}

  template <class File>
  void look_at(const std::string& stream, const File& file) {
    const auto& protocol = file.plan->protocol;
    for (const auto& duty : engine::duties(protocol, file.state)) {
      if (is_theirs(duty, protocol)) {
        add_duty(stream, file, duty);
      }
    }
    if constexpr (std::is_same_v<File, PartnershipFile>) {
      add_routines(stream, file);
    }
    if constexpr (std::is_same_v<File, SessionFile>) {
      add_session(stream, file);
    }
  }

  [[nodiscard]] std::vector<CalendarEntry> entries() && {
    std::vector<CalendarEntry> list;
    for (auto& [uid, entry] : entries_) {
      list.push_back(std::move(entry));
    }
    std::ranges::stable_sort(list, {}, &CalendarEntry::start);
    list.resize(std::min(list.size(), kFeedEntriesMax));
    return list;
  }

 private:
  [[nodiscard]] bool is_theirs(const engine::Duty& duty, const model::Protocol& protocol) const {
    return person_ != nullptr ? is_for(duty, *person_, protocol)
                              : protocol[duty.partner].name == owner_.partner;
  }

  [[nodiscard]] bool comes_as(model::RoleId role, const model::Protocol& protocol) const {
    return person_ != nullptr &&
           std::ranges::find(person_->roles, protocol[role].name) != person_->roles.end();
  }

  [[nodiscard]] CalendarEntry entry(const std::string& stream, std::string uid) const {
    return {.uid = std::move(uid),
            .description = reference_words(stream, language_),
            .link = link_to(stream, site_)};
  }

  // A routine and a session are met once, whoever is accountable for them.
  template <class File>
  void add_duty(const std::string& stream, const File& file, const engine::Duty& duty) {
    const auto& protocol = file.plan->protocol;
    const bool has_date = duty.due != model::kNever;
    if constexpr (std::is_same_v<File, CaseFile>) {
      for (const auto& place : file.state.places) {
        if (duty.kind == engine::DutyKind::step && place.step == duty.step &&
            engine::is_live(place)) {
          kept_places_.insert(std::string(kSessionPrefix) + place.occurrence);
        }
      }
    }
    if constexpr (requires { file.state.routines; }) {
      if (duty.kind == engine::DutyKind::routine) {
        return add_routine(stream, file, duty.routine);
      }
    }
    const bool is_meeting = duty.kind == engine::DutyKind::receive_session;
    if (!has_date || is_meeting) {
      return;
    }
    auto made = entry(stream, uid_of(stream, duty, protocol));
    made.summary = title_words(theme_of(duty.kind), language_);
    made.start = duty.due;
    made.stamp = duty.since == model::kNever ? duty.due : duty.since;
    made.sequence = file.state.version;
    made.is_deadline = true;
    entries_.insert_or_assign(made.uid, std::move(made));
  }

  void add_routines(const std::string& stream, const PartnershipFile& file) {
    const auto& protocol = file.plan->protocol;
    for (std::uint16_t place = 0; place < file.state.routines.size(); ++place) {
      const auto& routine = protocol.routines[place];
      const bool comes = comes_as(routine.responsible, protocol) ||
                         std::ranges::any_of(routine.with, [&](model::RoleId role) {
                           return comes_as(role, protocol);
                         });
      if (!routine.for_each_case && comes) {
        add_routine(stream, file, {place});
      }
    }
  }

  template <class File>
  void add_routine(const std::string& stream, const File& file, model::RoutineId id) {
    const auto& state = file.state.routines[id.value];
    if (state.planned == model::kNever) {
      return;
    }
    auto made = entry(stream, routine_uid(stream, file.plan->protocol[id].name, state.number));
    made.summary = title_words(MailTheme::meeting_planned, language_);
    made.start = state.planned;
    made.stamp = state.armed == model::kNever ? state.planned : state.armed;
    made.sequence = file.state.version;
    entries_.insert_or_assign(made.uid, std::move(made));
  }

  void add_session(const std::string& stream, const SessionFile& file) {
    const auto& state = file.state;
    const auto& protocol = file.plan->protocol;
    const bool is_to_come = state.status == engine::SessionStatus::planned ||
                            state.status == engine::SessionStatus::open;
    const bool hosts = protocol[state.partner].name == owner_.partner ||
                       (person_ != nullptr && person_->partner == protocol[state.partner].name &&
                        comes_as(state.role, protocol));
    if (!is_to_come || !(hosts || kept_places_.contains(stream))) {
      return;
    }
    auto made = entry(stream, session_uid(stream));
    made.summary = title_words(MailTheme::meeting_planned, language_);
    made.start = state.at;
    made.stamp = state.armed == model::kNever ? state.at : state.armed;
    made.sequence = state.version;
    entries_.insert_or_assign(made.uid, std::move(made));
  }

  const FeedOwner& owner_;
  const Person* person_;
  MailLanguage language_;
  MailSite site_;
  std::set<std::string> kept_places_;  // sessions to which a case of theirs goes
  std::map<std::string, CalendarEntry> entries_;
};

}  // namespace

std::string session_uid(std::string_view stream) {
  return calendar_uid(std::string(stream) + "\nsession");
}

std::string routine_uid(std::string_view stream, std::string_view routine, std::uint32_t number) {
  return calendar_uid(std::string(stream) + "\nroutine " + std::string(routine) + "\n" +
                      std::to_string(number));
}

std::string review_uid(std::string_view stream, std::string_view step) {
  return calendar_uid(std::string(stream) + "\nreview " + std::string(step));
}

std::vector<CalendarEntry> feed_of(const FeedOwner& owner,
                                   const Reading& reading,
                                   MailLanguage language,
                                   const std::string& link) {
  Feed feed(owner, reading, language, link);
  const auto all = [&feed](const auto& files) {
    for (const auto& [stream, file] : files) {
      feed.look_at(stream, file);
    }
  };
  // First: a case says to which session it goes.
  const auto reader = reader_of(owner, reading.people);
  for (const auto& [stream, file] : reading.cases) {
    if (may_see(reader, file)) {
      feed.look_at(stream, file);
    }
  }
  all(reading.partnerships);
  all(reading.sessions);
  return std::move(feed).entries();
}

}  // namespace protoflow::runtime
