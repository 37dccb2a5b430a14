#include "runtime/casebook/migrating.hpp"

#include <algorithm>
#include <array>

#include "engine/state/apply.hpp"
#include "runtime/casebook/answers.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/words/migration_words.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

std::vector<std::string> what_becomes_of(const CaseFile& file,
                                         std::span<const engine::Event> events,
                                         const engine::Plan& to) {
  const auto from =
      std::ranges::find(events, engine::EventKind::case_migrated, &engine::Event::kind);
  if (from == events.end()) {
    return {};
  }
  auto state = file.state;  // deadlines may have passed first
  for (auto event = events.begin(); event != from; ++event) {
    engine::apply(state, *event);
  }
  const auto& mapping = from->mapping.front();
  const auto findings = engine::examine(state, file.plan->protocol, to.protocol, mapping);
  return consequences(
      findings, events.subspan(static_cast<std::size_t>(from - events.begin())), *file.plan, to);
}

NotDone unknown_version(const engine::Plan& plan, std::string_view called, const Reading& reading) {
  const auto language = plan.protocol.language;
  std::vector<std::uint32_t> numbers;
  for (const auto& [hash, each] : reading.plans) {
    if (each->protocol.name == plan.protocol.name) {
      numbers.push_back(each->protocol.version);
    }
  }
  std::ranges::sort(numbers);
  const auto again = std::ranges::unique(numbers);
  numbers.erase(again.begin(), again.end());
  std::string list;
  for (const auto number : numbers) {
    list += (list.empty() ? "" : ", ") + std::to_string(number);
  }
  const auto name = quoted(language, called);
  const std::array<Filling, 2> fillings = {{{"version", name}, {"versions", list}}};
  return not_done(
      Why::bad_request,
      "unknown_version",
      fill(say(language,
               "Aucune version déployée de ce protocole ne s’appelle {version}, ou plusieurs "
               "s’appellent ainsi. Donnez un numéro ({versions}), le début de l’empreinte du texte "
               "ou « latest », la plus récente.",
               "No deployed version of this protocol is called {version}, or several are. Give a "
               "number ({versions}), the beginning of its meaning hash, or `latest`."),
           fillings));
}

// The case may have left the version in whose places the errand names a session, and who acted; a
// session stays on its own. What a partnership says is of its version alone.
std::optional<engine::Command> Casebook::in_words_of(const PlanRef& plan,
                                                     engine::Command errand) const {
  const auto& from = errand.from;
  if (from.empty() || !reading_.has_live(from) || plan_of(from) == plan) {
    return errand;
  }
  const auto& was = plan_of(from)->protocol;
  const auto mapping =
      engine::mapping_of(was, plan->protocol, engine::name_changes(was, plan->protocol));
  if (from.starts_with(kPartnershipPrefix) || !mapping) {
    return std::nullopt;
  }
  const auto place = [](const auto& places, auto& id) {
    id = id.known() ? places[id.value] : id;
    return id.known();
  };
  if (errand.session.known() && !place(mapping->sessions, errand.session)) {
    return std::nullopt;
  }
  place(mapping->partners, errand.actor.partner);
  place(mapping->roles, errand.actor.role);
  return errand;
}

// A session may be of an earlier version than the case: it must be found from there too.
std::optional<NotDone> Casebook::check_places(std::string_view stream,
                                              const engine::Plan& to) const {
  const auto file = reading_.cases.find(stream);
  if (file == reading_.cases.end()) {
    return std::nullopt;
  }
  const auto& [plan, state] = file->second;
  for (const auto& place : state.places) {
    const auto session = std::string(kSessionPrefix) + place.occurrence;
    if (!engine::is_live(place) || !reading_.has_live(session)) {
      continue;
    }
    const auto& was = plan_of(session)->protocol;
    const auto mapping =
        engine::mapping_of(was, to.protocol, engine::name_changes(was, to.protocol));
    const auto held = reading_.sessions.at(session).state.session;
    if (!mapping || !mapping->sessions[held.value].known()) {
      const engine::Finding finding{.kind = engine::FindingKind::session_awaited,
                                    .step = place.step};
      return not_done(
          Why::refused, "cannot_migrate", sentence(finding, plan->protocol, to.protocol));
    }
  }
  return std::nullopt;
}

std::optional<NotDone> Casebook::find_version(const engine::Plan& plan,
                                              engine::Command& command,
                                              Turn& turn) const {
  if (command.kind != engine::CommandKind::migrate) {
    return std::nullopt;
  }
  turn.to = reading_.version(plan.protocol.name, turn.request.version);
  if (!turn.to) {
    return unknown_version(plan, turn.request.version, reading_);
  }
  if (auto unknown = check_places(case_stream(turn.request.case_id), *turn.to)) {
    return unknown;
  }
  command.to = turn.to.get();
  command.there = loads_.around(case_stream(turn.request.case_id), turn.to->protocol);
  command.unsigned_by = unsigned_by(*turn.to);
  return std::nullopt;
}

}  // namespace protoflow::runtime
