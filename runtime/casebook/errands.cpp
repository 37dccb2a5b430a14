// What one stream has to say to another: brought after the commit, at least once, with an id that
// makes a second delivery do nothing. What the other stream cannot take leaves a trace there, so
// that it is never brought again.
#include "engine/event/errand.hpp"
#include "runtime/casebook/casebook.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::string_view kEveryCase = "case/*";

std::string command_id_of(const std::string& stream, std::uint32_t version, std::size_t place) {
  return stream + ":" + std::to_string(version) + ":" + std::to_string(place);
}

bool is_open_case(const engine::CaseState& state) {
  return engine::is_running(state.status) || state.status == engine::CaseStatus::paused;
}

// Keeps who has left each partnership; true when the event brings one of them back.
bool signs_again(std::set<std::pair<std::string, model::PartnerId>>& departed,
                 const std::string& stream,
                 const engine::Event& event) {
  if (event.kind == engine::EventKind::partner_left && stream.starts_with(kPartnershipPrefix)) {
    departed.emplace(stream, event.partner);
  }
  return event.kind == engine::EventKind::partner_agreed &&
         departed.erase({stream, event.partner}) > 0;
}

}  // namespace

// Of an event that has just been applied.
std::vector<Casebook::Errand> Casebook::errands_of(const std::string& stream,
                                                   const engine::Event& event) {
  std::vector<Errand> list;
  const auto plan = plan_of(stream);
  const bool comes_back = signs_again(departed_, stream, event);
  auto caused = reading_.look_at(stream, [&](const auto& file) {
    return engine::errands(plan->protocol, file.state, event, stream);
  });
  for (std::size_t i = 0; i < caused.size(); ++i) {
    auto& [to, command] = caused[i];
    const auto id = command_id_of(stream, version_of(stream), i);
    if (command.kind == engine::CommandKind::partner_joined && !comes_back) {
      continue;
    }
    if (to != kEveryCase) {
      list.push_back({std::move(to), id, std::move(command)});
      continue;
    }
    for (const auto& [other, file] : reading_.cases) {
      if (is_open_case(file.state) && file.plan == plan) {
        list.push_back({other, id, command});
      }
    }
  }
  // Who signed while this case was being opened, or came over, could not be told of it.
  const bool comes = event.kind == engine::EventKind::case_opened ||
                     event.kind == engine::EventKind::case_migrated;
  if (comes && !event.unsigned_by.empty()) {
    const auto still = unsigned_by(*plan);
    for (const auto partner : event.unsigned_by) {
      if (std::ranges::find(still, partner) == still.end()) {
        engine::Command agreed{.kind = engine::CommandKind::partner_agreed};
        agreed.partner = partner;
        agreed.from = partnership_stream(*plan);
        list.push_back({stream,
                        command_id_of(stream, version_of(stream), caused.size() + partner.value),
                        std::move(agreed)});
      }
    }
  }
  return list;
}

void Casebook::send(std::vector<Errand> errands) {
  for (auto& [stream, command_id, command] : errands) {
    if (!reading_.has_live(stream)) {
      world_.on_trouble("an errand to " + stream + ", which does not exist, was dropped");
      continue;
    }
    if (!has_done(stream, command_id)) {
      take_turn(stream,
                {.request = {.command_id = std::move(command_id)},
                 .tell = [](const Outcome&) {},
                 .errand = std::move(command)});
    }
  }
}

void Casebook::send_again() {
  send(std::exchange(unsent_, {}));
}

void Casebook::run_errand(const std::string& stream, Turn turn) {
  const bool is_done = has_done(stream, turn.request.command_id);  // brought twice meanwhile
  if (is_done || !reading_.has_live(stream)) {                     // or its opening has failed
    return world_.post([this, stream] { run_next(stream); });
  }
  const auto now = world_.clock.now();
  const auto said = in_words_of(plan_of(stream), *turn.errand);
  auto decision =
      said ? decide(stream, *said) : engine::Decision(std::unexpected(engine::Refusal{}));
  std::vector<engine::Event> events;
  if (decision && !decision->empty()) {
    events = std::move(*decision);
  } else {
    const auto code =
        decision ? std::string_view("nothing_to_do")
                 : engine::kRefusalCodeNames[static_cast<std::size_t>(decision.error().code)];
    events.push_back(
        {.kind = engine::EventKind::errand_noted, .happened = now, .why = std::string(code)});
  }
  append_events(stream, std::move(events), std::move(turn));
}

}  // namespace protoflow::runtime
