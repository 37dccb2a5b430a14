#include "runtime/casebook/casebook.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/state/apply.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

NotDone not_done(Why why, std::string code, std::string detail) {
  return {.why = why, .code = std::move(code), .detail = std::move(detail)};
}

NotDone unknown_case(std::string_view case_id) {
  return not_done(
      Why::unknown_case,
      "unknown_case",
      "There is no case " + std::string(case_id) + ". Look it up in the list of cases.");
}

NotDone unknown_person(std::string_view person) {
  return not_done(Why::unknown_person,
                  "unknown_person",
                  person.empty() ? std::string("Say which person acts.")
                                 : "The directory has no person " + std::string(person) +
                                       ". Register the person first, or check the id.");
}

NotDone unknown_protocol(const std::string& name, const Reading& reading) {
  std::string deployed;
  for (const auto& [known, plan] : reading.protocols) {
    deployed += (deployed.empty() ? "" : ", ") + known;
  }
  return not_done(
      Why::unknown_protocol,
      "unknown_protocol",
      (name.empty() ? "Say under which protocol." : "There is no protocol " + name + ".") +
          (deployed.empty() ? " None is deployed yet: start the daemon with --protocol FILE."
                            : " Deployed here: " + deployed + "."));
}

// The operator's log says why; the sender only what to do.
NotDone keys_unavailable(model::Language language) {
  return not_done(
      Why::unavailable,
      "keys_unavailable",
      std::string(
          say(language,
              "Ce qui est personnel n’a pas pu être mis sous clé ; rien n’a été enregistré. "
              "Recommencez dans un instant, ou prévenez la personne qui gère le service.",
              "What is personal could not be sealed; nothing was recorded. Try again in a "
              "moment, or tell whoever runs the daemon.")));
}

std::uint64_t mark_of(std::string_view command_id) {
  return std::hash<std::string_view>{}(command_id);
}

}  // namespace

Casebook::Casebook(World world)
    : world_(std::move(world)),
      reading_([this](const std::string& beneficiary, const engine::SealedText& sealed) {
        return open_sealed(world_.vault, beneficiary, sealed);
      }) {}

std::expected<void, Fault> Casebook::start(std::uint64_t notified) {
  std::optional<Fault> fault;
  std::vector<OutgoingNotice> letters;
  std::uint64_t last = 0;
  const auto read = world_.store.read_all(0, [&](const StoredEvent& stored) {
    auto event = reading_.read(stored);
    if (!event) {
      fault = event.error();
      return false;
    }
    last = event->position;
    if (event->file != nullptr) {
      auto& marks = seats_[event->record.stream].command_marks;
      const auto mark = mark_of(event->record.command);
      if (marks.empty() || marks.back() != mark) {
        marks.push_back(mark);
      }
      if (event->position > notified) {
        std::ranges::move(
            letters_of(*event->file, event->record.stream, *event->event, event->position),
            std::back_inserter(letters));
      }
    }
    return true;
  });
  if (!read) {
    return std::unexpected(Fault{.reason = read.error().what});
  }
  if (fault) {
    return std::unexpected(*fault);
  }
  for (const auto& [stream, file] : reading_.cases) {
    keep_due(stream);
  }
  if (last < notified) {
    return std::unexpected(
        Fault{.reason = "the outbox (outbox.db) has seen more events than the log (events.db) "
                        "holds: one of the two is of another day. Restore both from one backup; "
                        "or, if the log is right, move outbox.db away and start again: every "
                        "notice is then sent anew"});
  }
  if (last > notified) {
    world_.notify(std::move(letters), last);
  }
  return {};
}

void Casebook::submit(Request request, Tell tell) {
  if (stopping_) {
    return tell(std::unexpected(not_done(
        Why::stopping, "stopping", "The daemon is stopping. Send the command again in a moment.")));
  }
  Turn turn{std::move(request), std::move(tell)};
  if (turn.request.command == "open") {
    return open_case(std::move(turn));
  }
  const auto stream = case_stream(turn.request.case_id);
  if (!reading_.cases.contains(stream)) {
    return turn.tell(std::unexpected(unknown_case(turn.request.case_id)));
  }
  take_turn(stream, std::move(turn));
}

void Casebook::open_case(Turn turn) {
  if (make_case(turn)) {
    const auto stream = case_stream(turn.request.case_id);
    take_turn(stream, std::move(turn));
  }
}

// false: it cannot be, and the sender has been told.
bool Casebook::make_case(Turn& turn) {
  const auto plan = reading_.protocol(turn.request.protocol);
  if (!plan) {
    turn.tell(std::unexpected(unknown_protocol(turn.request.protocol, reading_)));
    return false;
  }
  turn.request.case_id = case_id_of_command(turn.request.command_id);
  if (turn.request.beneficiary.empty()) {
    turn.request.beneficiary = "b-" + turn.request.case_id;
  }
  const auto stream = case_stream(turn.request.case_id);
  if (turn.request.dry_run && !reading_.cases.contains(stream)) {
    reading_.cases[stream] = {plan, engine::empty_case(plan->protocol)};
  } else if (!reading_.cases.contains(stream)) {
    if (auto key = world_.vault.create(turn.request.beneficiary); !key) {
      world_.on_trouble("no key for " + stream + ": " + key.error().what);
      turn.tell(std::unexpected(keys_unavailable(plan->protocol.language)));
      return false;
    }
    reading_.cases[stream] = {plan, engine::empty_case(plan->protocol)};
  }
  return true;
}

void Casebook::take_turn(const std::string& stream, Turn turn) {
  auto& seat = seats_[stream];
  if (seat.busy || !seat.waiting.empty()) {  // whoever waits already has the next turn
    seat.waiting.push_back(std::move(turn));
    return;
  }
  run(stream, std::move(turn));
}

// After what time itself could not do: only people are answered, the deadline waits for the clock.
void Casebook::run_waiting(const std::string& stream) {
  if (!seats_[stream].waiting.empty()) {
    world_.post([this, stream] { run_next(stream); });
  }
}

void Casebook::run_next(const std::string& stream) {
  auto& seat = seats_[stream];
  if (seat.busy) {
    return;
  }
  if (!seat.waiting.empty()) {
    auto turn = std::move(seat.waiting.front());
    seat.waiting.pop_front();
    return run(stream, std::move(turn));
  }
  if (seat.due <= world_.clock.now()) {
    tick_case(stream);
  }
}

void Casebook::run(const std::string& stream, Turn turn) {
  if (!reading_.cases.contains(stream)) {  // its opening has failed meanwhile
    const bool opens = turn.request.command == "open";
    if (!opens) {
      turn.tell(std::unexpected(unknown_case(turn.request.case_id)));
    }
    if (!opens || !make_case(turn)) {
      return world_.post([this, stream] { run_next(stream); });
    }
  }
  const auto& file = reading_.cases[stream];
  const auto answer = [&](NotDone failure) {
    failure.version = file.state.version;
    forget_unopened(stream);
    turn.tell(std::unexpected(std::move(failure)));
    world_.post([this, stream] { run_next(stream); });
  };
  if (!turn.request.dry_run && tell_repeated(stream, turn)) {
    return world_.post([this, stream] { run_next(stream); });
  }
  const auto* person = reading_.people.find(turn.request.person);
  if (person == nullptr) {
    return answer(unknown_person(turn.request.person));
  }
  if (turn.request.expected_version && *turn.request.expected_version != file.state.version) {
    return answer(
        not_done(Why::version_conflict,
                 "version_conflict",
                 std::string(say(
                     file.plan->protocol.language,
                     "Quelqu’un a agi sur ce parcours entre-temps. Relisez-le, puis recommencez.",
                     "Someone acted on this case meanwhile. Read it again, then try again."))));
  }
  const auto* colleague = reading_.people.find(turn.request.to);
  auto command = resolve(turn.request, *person, *file.plan, colleague);
  if (!command) {
    return answer(command.error());
  }
  decide_and_append(stream, *command, std::move(turn));
}

void Casebook::decide_and_append(const std::string& stream,
                                 const engine::Command& command,
                                 Turn turn) {
  const auto& file = reading_.cases[stream];
  const auto language = file.plan->protocol.language;
  auto decision = engine::decide(*file.plan, file.state, command, world_.clock.now());
  if (!decision) {
    tell_refusal(stream, decision.error(), turn.tell);
    return world_.post([this, stream] { run_next(stream); });
  }
  if (turn.request.dry_run) {
    tell_dry_run(stream, std::move(*decision), turn);
    forget_unopened(stream);
    return world_.post([this, stream] { run_next(stream); });
  }
  if (decision->empty()) {
    keep_due(stream);
    turn.tell(Done{.case_id = turn.request.case_id, .version = file.state.version});
    return run_waiting(stream);
  }
  const auto seal = seal_of(stream, *decision);
  auto batch = write_batch(stream, file.plan, std::move(*decision), turn.request.command_id, seal);
  if (!batch) {
    keep_due(stream);
    forget_unopened(stream);
    world_.on_trouble("stream " + stream + " not written: " + batch.error());
    turn.tell(std::unexpected(keys_unavailable(language)));
    return run_waiting(stream);
  }
  seats_[stream].busy = true;
  ++under_way_;
  Append append{stream, file.state.version, batch->lines};
  world_.store.append(std::move(append),
                      [this, batch = std::move(*batch), tell = std::move(turn.tell)](
                          EventStore::Appended appended) mutable {
                        world_.post([this,
                                     batch = std::move(batch),
                                     tell = std::move(tell),
                                     appended = std::move(appended)]() mutable {
                          on_appended(std::move(batch), std::move(appended), tell);
                        });
                      });
}

void Casebook::on_appended(Batch batch, EventStore::Appended appended, const Tell& tell) {
  --under_way_;
  auto& seat = seats_[batch.stream];
  seat.busy = false;
  if (!appended) {
    on_failed(batch, appended.error(), tell);
    run_waiting(batch.stream);
    return tell_quiet();
  }
  auto& file = reading_.cases[batch.stream];
  std::vector<OutgoingNotice> letters;
  auto position = *appended;
  for (const auto& event : batch.events) {
    engine::apply(file.state, event);
    std::ranges::move(letters_of(file, batch.stream, event, position), std::back_inserter(letters));
    ++position;
  }
  reading_.heads[batch.stream] = batch.head;
  seat.command_marks.push_back(mark_of(batch.command_id));
  keep_due(batch.stream);
  world_.notify(std::move(letters), position - 1);
  tell(Done{.case_id = batch.stream.substr(kCasePrefix.size()),
            .version = file.state.version,
            .events = std::move(batch.lines)});
  run_next(batch.stream);
  tell_quiet();
}

void Casebook::on_failed(const Batch& batch, const StoreError& error, const Tell& tell) {
  auto& file = reading_.cases[batch.stream];
  const auto language = file.plan->protocol.language;
  // Time goes on by itself: a deadline that could not be written stays due, and is tried again on
  // the clock's next turn, not at once.
  keep_due(batch.stream);
  forget_unopened(batch.stream);
  if (error.code == StoreErrorCode::outcome_unknown) {
    // Neither yes nor no can be said of this command: the sender asks again after the restart, with
    // the same command id.
    world_.on_doubt(error.what);
  }
  world_.on_trouble("stream " + batch.stream + " not written: " + error.what +
                    "; nothing was changed, the sender is told to try again");
  tell(std::unexpected(not_done(
      error.code == StoreErrorCode::conflict ? Why::version_conflict : Why::unavailable,
      "not_written",
      std::string(say(
          language,
          "L’enregistrement n’a pas pu se faire ; rien n’a été perdu. Recommencez dans un instant.",
          "This could not be written; nothing was lost. Try again in a moment.")))));
}

void Casebook::tell_refusal(const std::string& stream,
                            const engine::Refusal& refusal,
                            const Tell& tell) {
  const auto& file = reading_.cases[stream];
  NotDone failure{
      .why = Why::refused,
      .code = std::string(engine::kRefusalCodeNames[static_cast<std::size_t>(refusal.code)]),
      .detail = sentence(refusal, *file.plan),
      .refusal = refusal,
      .version = file.state.version};
  forget_unopened(stream);
  tell(std::unexpected(std::move(failure)));
}

// Of an opening that came to nothing, nothing stays.
void Casebook::forget_unopened(const std::string& stream) {
  const auto file = reading_.cases.find(stream);
  if (file != reading_.cases.end() && file->second.state.version == 0) {
    reading_.cases.erase(file);
  }
}

bool Casebook::tell_repeated(const std::string& stream, const Turn& turn) {
  const auto& marks = seats_[stream].command_marks;
  if (std::ranges::find(marks, mark_of(turn.request.command_id)) == marks.end()) {
    return false;
  }
  Done first{.case_id = turn.request.case_id, .repeated = true};
  const auto read = world_.store.read_stream(stream, 0, [&](const StoredEvent& stored) {
    const auto record = engine::read_record(stored.line);
    if (record && record->command == turn.request.command_id) {
      first.events.emplace_back(stored.line);
      first.version = stored.version;
    }
    return true;
  });
  if (!read || first.events.empty()) {
    return false;
  }
  turn.tell(std::move(first));
  return true;
}

void Casebook::tick() {
  const auto now = world_.clock.now();
  std::vector<std::string> late;
  for (const auto& [due, stream] : dues_) {
    if (due > now) {
      break;
    }
    late.push_back(stream);
  }
  for (const auto& stream : late) {
    if (!seats_[stream].busy) {
      tick_case(stream);
    }
  }
}

void Casebook::tick_case(const std::string& stream) {
  const auto& file = reading_.cases[stream];
  auto& seat = seats_[stream];
  // The same deadline of the same state has the same id, so a clock that jumps cannot fire it
  // twice.
  Turn turn{.request = {.command = "tick",
                        .command_id = "tick-" + engine::to_text(seat.due) + "-" +
                                      std::to_string(file.state.version)},
            .tell = [](const Outcome&) {}};
  dues_.erase({seat.due, stream});
  seat.due = model::kNever;
  decide_and_append(stream, {.kind = engine::CommandKind::tick}, std::move(turn));
}

model::Instant Casebook::next_due() const {
  return dues_.empty() ? model::kNever : dues_.begin()->first;
}

void Casebook::when_quiet(std::function<void()> task) {
  for_quiet_.push_back(std::move(task));
  world_.post([this] { tell_quiet(); });
}

void Casebook::tell_quiet() {
  if (under_way_ == 0 && next_due() > world_.clock.now()) {
    for (const auto& task : std::exchange(for_quiet_, {})) {
      task();
    }
  }
}

void Casebook::keep_due(const std::string& stream) {
  const auto& file = reading_.cases[stream];
  auto& seat = seats_[stream];
  const auto due = engine::next_due(*file.plan, file.state);
  if (seat.due != model::kNever) {
    dues_.erase({seat.due, stream});
  }
  seat.due = due;
  if (due != model::kNever) {
    dues_.insert({due, stream});
    world_.on_due_changed();
  }
}

}  // namespace protoflow::runtime
