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
  command.to = turn.to.get();
  command.there = loads_.around(case_stream(turn.request.case_id), turn.to->protocol);
  command.unsigned_by = unsigned_by(*turn.to);
  return std::nullopt;
}

}  // namespace protoflow::runtime
