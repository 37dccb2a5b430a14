// Absences and removals: recorded once in the directory, brought to each live case in which the
// person has acted, once, over crashes too. A case that comes to know the person later hears of it
// then.
#include "runtime/casebook/absences.hpp"

#include <algorithm>

#include "engine/state/apply.hpp"
#include "runtime/casebook/answers.hpp"
#include "runtime/casebook/casebook.hpp"

namespace protoflow::runtime {

namespace {

using Kind = PersonChangeKind;

// A closed one may still owe what its ending left to be done.
bool is_live_case(const engine::CaseState& state) {
  return engine::is_running(state.status) || state.status == engine::CaseStatus::paused ||
         (state.status == engine::CaseStatus::closed &&
          std::ranges::any_of(state.tasks,
                              [](const auto& task) { return engine::is_open(task.work); }));
}

bool knows(const engine::CaseState& state, std::string_view person) {
  return std::ranges::find(state.persons, person) != state.persons.end();
}

std::string news_id(std::uint64_t version) {
  return std::string(kPeopleStream) + ":" + std::to_string(version);
}

bool is_same(const engine::Duty& one, const engine::Duty& other) {
  return one.kind == other.kind && one.step == other.step && one.binding == other.binding &&
         one.routine == other.routine && one.task == other.task;
}

}  // namespace

std::optional<NotDone> check_change(const Directory& people,
                                    const PersonChange& change,
                                    model::Instant now) {
  const auto* standing = people.standing(change.person);
  const bool same_again = standing != nullptr && standing->change == change;
  if (same_again) {
    return std::nullopt;
  }
  if (people.find(change.person) == nullptr) {
    return unknown_person(change.person);
  }
  if (change.kind == Kind::person_returned && standing == nullptr) {
    return not_done(Why::refused,
                    "person_not_absent",
                    "The directory records no absence of " + change.person + ".");
  }
  constexpr auto kLatestZone = std::chrono::hours(14);  // the last place where a day ends
  if (change.until && *change.until + std::chrono::days(1) + kLatestZone <= now) {
    return not_done(Why::refused, "absence_is_over", "This absence is over already.");
  }
  const bool to_a_stranger = !change.to.empty() && people.find(change.to) == nullptr;
  if (to_a_stranger || change.to == change.person) {
    return unknown_person(change.to);
  }
  return std::nullopt;
}

std::optional<engine::Command> command_of(const PersonChange& change,
                                          const engine::Plan& plan,
                                          const Directory& people,
                                          model::Instant now) {
  engine::Command command;
  command.from = std::string(kPeopleStream);
  command.person = change.person;
  switch (change.kind) {
    case Kind::person_absent: {
      const auto away = time_away(change, plan.work_time.zone);
      command.kind = engine::CommandKind::person_absent;
      command.absent_from = change.from ? away.from : model::kNever;
      command.until = away.until;
      return away.until <= now ? std::nullopt : std::optional(std::move(command));
    }
    case Kind::person_returned:
      command.kind = engine::CommandKind::person_returned;
      return command;
    case Kind::person_removed:
      command.kind = engine::CommandKind::person_removed;
      if (const auto* colleague = people.find(change.to); colleague != nullptr) {
        command.colleague = actor_of(*colleague, plan.protocol);
      }
      return command;
  }
  return std::nullopt;
}

std::vector<HandedOn> handed_on(const CaseFile& file,
                                const std::vector<engine::Event>& events,
                                std::string_view person) {
  const auto& protocol = file.plan->protocol;
  auto after = file.state;
  for (const auto& event : events) {
    engine::apply(after, event);
  }
  const auto later = engine::duties(protocol, after);
  std::vector<HandedOn> list;
  for (const auto& was : engine::duties(protocol, file.state)) {
    const auto now =
        std::ranges::find_if(later, [&](const engine::Duty& duty) { return is_same(duty, was); });
    if (now != later.end() && (was.person == person) != (now->person == person)) {
      list.push_back({.was = was, .now = *now});
    }
  }
  return list;
}

std::vector<std::string> others_for(const engine::Duty& duty,
                                    std::string_view person,
                                    const Directory& people,
                                    const engine::Plan& plan,
                                    model::Instant now) {
  std::vector<std::string> others;
  for (const auto& [id, other] : people.all()) {
    const auto actor = actor_of(other, plan.protocol);
    const bool may = actor.partner == duty.partner &&
                     std::ranges::find(actor.plays, duty.role) != actor.plays.end();
    if (may && id != person && !is_away(people.standing(id), plan.work_time.zone, now)) {
      others.push_back(id);
    }
  }
  return others;
}

std::vector<LeftWithout> left_without(const Reading& reading, const PersonChange& change) {
  const auto* leaving = reading.people.find(change.person);
  std::vector<LeftWithout> list;
  if (leaving == nullptr || change.kind != PersonChangeKind::person_removed) {
    return list;
  }
  const auto stays = [&](const std::string& role) {
    return std::ranges::any_of(reading.people.all(), [&](const auto& entry) {
      const auto& [id, other] = entry;
      return id != leaving->id && other.partner == leaving->partner &&
             std::ranges::find(other.roles, role) != other.roles.end();
    });
  };
  for (const auto& [name, plan] : reading.protocols) {
    const auto leaving_plays = actor_of(*leaving, plan->protocol).plays;
    for (const auto id : leaving_plays) {
      const auto& role = plan->protocol[id];
      const LeftWithout left{role.name, leaving->partner, role.title};
      const bool asked = std::ranges::any_of(role.partners, [&](model::PartnerId partner) {
        return plan->protocol[partner].name == leaving->partner;
      });
      if (asked && !stays(role.name) && std::ranges::find(list, left) == list.end()) {
        list.push_back(left);
      }
    }
  }
  return list;
}

std::vector<CaseHandedOn> Casebook::rehearse(const PersonChange& change) const {
  const auto now = world_.clock.now();
  std::vector<CaseHandedOn> list;
  const auto* standing = reading_.people.standing(change.person);
  if (standing != nullptr && standing->change == change) {
    return list;  // recorded already, though some cases may not have heard of it yet
  }
  for (const auto& [stream, file] : reading_.cases) {
    if (!is_live_case(file.state) || !knows(file.state, change.person)) {
      continue;
    }
    auto command = command_of(change, *file.plan, reading_.people, now);
    if (!command) {
      continue;
    }
    command->absent_from = model::kNever;  // as if it began now: what is theirs today
    const auto decision = decide(stream, *command);
    auto duties = decision ? handed_on(file, *decision, change.person) : std::vector<HandedOn>();
    for (auto& duty : duties) {
      duty.others = others_for(duty.now, change.person, reading_.people, *file.plan, now);
    }
    if (!duties.empty()) {
      list.push_back({stream.substr(kCasePrefix.size()), file.plan, std::move(duties)});
    }
  }
  return list;
}

// What the case has still to hear of the person, by the newest that the directory says.
std::optional<Casebook::Errand> Casebook::news_of(const std::string& stream,
                                                  std::string_view person) const {
  const auto* standing = reading_.people.standing(person);
  const auto file = reading_.cases.find(stream);
  if (standing == nullptr || file == reading_.cases.end() || !is_live_case(file->second.state) ||
      !knows(file->second.state, person) || has_done(stream, news_id(standing->version))) {
    return std::nullopt;
  }
  // A return is told where the absence was, and nowhere else.
  const bool returns = standing->change.kind == Kind::person_returned;
  if (returns && std::ranges::none_of(standing->earlier, [&](std::uint64_t version) {
        return has_done(stream, news_id(version));
      })) {
    return std::nullopt;
  }
  auto command =
      command_of(standing->change, *file->second.plan, reading_.people, world_.clock.now());
  return command ? std::optional(Errand{stream, news_id(standing->version), std::move(*command)})
                 : std::nullopt;
}

// To every live case; `only` names one person, empty: everybody.
std::vector<Casebook::Errand> Casebook::news(std::string_view only) const {
  std::vector<Errand> list;
  for (const auto& [stream, file] : reading_.cases) {
    if (!is_live_case(file.state)) {
      continue;
    }
    for (const auto& person : file.state.persons) {
      if (!only.empty() && person != only) {
        continue;
      }
      if (auto errand = news_of(stream, person)) {
        list.push_back(std::move(*errand));
      }
    }
  }
  return list;
}

// To a case, of those who have just acted in it.
std::vector<Casebook::Errand> Casebook::news_after(const Batch& batch) const {
  std::vector<Errand> list;
  const auto add = [&](std::string_view person) {
    if (auto errand = news_of(batch.stream, person)) {
      list.push_back(std::move(*errand));
    }
  };
  for (const auto& event : batch.events) {
    add(event.actor.person);
    add(event.person.value_or(std::string()));
    if (event.kind == engine::EventKind::case_reopened) {
      const auto& file = reading_.cases.at(batch.stream);
      std::ranges::for_each(file.state.persons, add);
    }
  }
  return list;
}

void Casebook::change_person(const PersonChange& change, Tell tell, const Writing& writing) {
  const bool is_done = reading_.people.has_command(writing.command_id);
  if (auto wrong = is_done ? std::nullopt : check(change)) {
    return tell(std::unexpected(std::move(*wrong)));
  }
  if (!writing.by.empty() && reading_.people.find(writing.by) == nullptr && !is_done) {
    return tell(std::unexpected(unknown_person(writing.by)));
  }
  engine::Record record{
      .stream = std::string(kPeopleStream),
      .kind = std::string(kPersonChangeNames[static_cast<std::size_t>(change.kind)]),
      .actor = actor_json(writing),
      .body = change_json(change),
      .command = command_id_of(writing, change.person)};
  auto stands = [this, change, id = writing.command_id] {
    const auto* standing = reading_.people.standing(change.person);
    return reading_.people.has_command(id) || (standing != nullptr && standing->change == change);
  };
  append_record({.record = std::move(record),
                 .stands = std::move(stands),
                 .then = [this, person = change.person, tell = std::move(tell)](
                             const EventStore::Appended& appended) {
                   if (!appended) {
                     return tell(std::unexpected(record_not_written()));
                   }
                   send(news(person));
                   erase_spent_contacts();
                   tell(Done{.stream = std::string(kPeopleStream),
                             .version = reading_.heads[std::string(kPeopleStream)].version,
                             .repeated = *appended == 0});
                 }});
}

}  // namespace protoflow::runtime
