#include "runtime/casebook/casebook.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/state/apply.hpp"
#include "runtime/casebook/answers.hpp"
#include "runtime/casebook/enrolling.hpp"
#include "runtime/casebook/matching.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

bool begins_a_stream(const Request& request) {
  return request.command == "open" || request.command == "plan_session";
}

std::string stream_of(const Request& request) {
  return request.stream.empty() ? case_stream(request.case_id) : request.stream;
}

// Nothing is offered to somebody whose training has lapsed: she does not play the role today. The
// answer, when it is the role that would take a step on.
std::optional<NotDone> drop_untrained(engine::Command& command,
                                      const Person& person,
                                      const engine::Plan& plan,
                                      model::Instant now) {
  std::optional<NotDone> answer;
  std::erase_if(command.actor.plays, [&](model::RoleId role) {
    const auto lacking = lacking_now(person, role, plan, now);
    const bool takes = command.kind == engine::CommandKind::take && command.step.known() &&
                       plan.protocol[command.step].responsible == role;
    if (!lacking.empty() && takes) {
      answer = not_trained(plan, role, lacking);
    }
    return !lacking.empty();
  });
  return answer;
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
  std::vector<Errand> errands;
  std::uint64_t last = 0;
  const auto read = world_.store.read_all(0, [&](const StoredEvent& stored) {
    auto event = reading_.read(stored);
    if (!event) {
      fault = event.error();
      return false;
    }
    last = event->position;
    if (event->event) {
      const auto& stream = event->record.stream;
      auto& marks = seats_[stream].command_marks;
      const auto mark = mark_of(event->record.command);
      if (marks.empty() || marks.back() != mark) {
        marks.push_back(mark);
      }
      if (event->position > notified) {
        std::ranges::move(letters_of(stream, *event->event, event->position),
                          std::back_inserter(letters));
      }
      std::ranges::move(errands_of(stream, *event->event), std::back_inserter(errands));
    }
    return true;
  });
  if (!read) {
    return std::unexpected(Fault{.reason = read.error().what});
  }
  if (fault) {
    return std::unexpected(*fault);
  }
  for (const auto& [stream, seat] : seats_) {
    keep_due(stream);
    keep_load(stream);
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
  send(std::move(errands));
  send(news({}));
  erase_spent_contacts();
  return {};
}

void Casebook::submit(Request request, Tell tell) {
  if (stopping_) {
    return tell(std::unexpected(not_done(
        Why::stopping, "stopping", "The daemon is stopping. Send the command again in a moment.")));
  }
  Turn turn{std::move(request), std::move(tell), {}};
  if (begins_a_stream(turn.request) && turn.request.stream.empty()) {
    return begin_stream(std::move(turn));
  }
  const auto stream = stream_of(turn.request);
  if (!reading_.has_live(stream)) {
    return turn.tell(std::unexpected(unknown_stream(turn.request)));
  }
  take_turn(stream, std::move(turn));
}

void Casebook::begin_stream(Turn turn) {
  if (make_stream(turn)) {
    const auto stream = stream_of(turn.request);
    take_turn(stream, std::move(turn));
  }
}

// false: it cannot be, and the sender has been told.
bool Casebook::make_stream(Turn& turn) {
  auto& request = turn.request;
  const auto plan = reading_.protocol(request.protocol);
  if (!plan) {
    turn.tell(std::unexpected(unknown_protocol(request.protocol, reading_)));
    return false;
  }
  const auto id = case_id_of_command(request.command_id);
  if (request.command == "open") {
    request.case_id = id;
    if (request.beneficiary.empty()) {
      request.beneficiary = "b-" + id;
    }
  } else {
    request.stream = std::string(kSessionPrefix) + id;
  }
  const auto stream = stream_of(request);
  if (request.dry_run) {
    reading_.begin_live(stream, plan);
  } else if (!reading_.has_live(stream)) {
    if (auto key = world_.vault.create(request.stream.empty() ? request.beneficiary : stream);
        !key) {
      world_.on_trouble("no key for " + stream + ": " + key.error().what);
      turn.tell(std::unexpected(keys_unavailable(plan->protocol.language)));
      return false;
    }
    reading_.begin_live(stream, plan);
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
    tick_stream(stream);
  }
}

PlanRef Casebook::plan_of(std::string_view stream) const {
  return reading_.look_at(stream, [](const auto& file) { return file.plan; });
}

std::uint32_t Casebook::version_of(std::string_view stream) const {
  return reading_.look_at(stream, [](const auto& file) { return file.state.version; });
}

Done Casebook::done_at(const std::string& stream) const {
  Done done{.stream = stream, .version = version_of(stream)};
  if (stream.starts_with(kCasePrefix)) {
    done.case_id = stream.substr(kCasePrefix.size());
  }
  return done;
}

void Casebook::run(const std::string& stream, Turn turn) {
  if (turn.errand) {
    return run_errand(stream, std::move(turn));
  }
  if (!reading_.has_live(stream)) {  // its opening has failed meanwhile
    const bool begins = begins_a_stream(turn.request);
    if (!begins) {
      turn.tell(std::unexpected(unknown_stream(turn.request)));
    }
    if (!begins || !make_stream(turn)) {
      return world_.post([this, stream] { run_next(stream); });
    }
  }
  const auto plan = plan_of(stream);
  const auto version = version_of(stream);
  const auto answer = [&](NotDone failure) {
    failure.version = version;
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
  if (turn.request.expected_version && *turn.request.expected_version != version) {
    return answer(
        not_done(Why::version_conflict,
                 "version_conflict",
                 std::string(say(plan->protocol.language,
                                 "Quelqu’un a agi entre-temps. Relisez, puis recommencez.",
                                 "Someone acted meanwhile. Read it again, then try again."))));
  }
  // Nobody at all is refused as somebody from elsewhere: no answer tells which ids there are.
  const Person nobody{.id = turn.request.to};
  const auto* known = reading_.people.find(nobody.id);
  const auto* colleague = known == nullptr && !nobody.id.empty() ? &nobody : known;
  auto command = resolve(turn.request, *person, *plan, colleague);
  if (!command) {
    return answer(command.error());
  }
  if (auto lapsed = drop_untrained(*command, *person, *plan, world_.clock.now())) {
    return answer(std::move(*lapsed));
  }
  if (auto unfit = check_enrolment(reading_, stream, *command)) {
    return answer(std::move(*unfit));
  }
  if (command->kind == engine::CommandKind::open) {
    command->unsigned_by = unsigned_by(*plan);
  }
  if (auto unknown = find_version(*plan, *command, turn)) {
    return answer(std::move(*unknown));
  }
  decide_and_append(stream, *command, std::move(turn));
}

void Casebook::decide_and_append(const std::string& stream,
                                 const engine::Command& command,
                                 Turn turn) {
  auto decision = decide(stream, command);
  if (!decision) {
    tell_refusal(stream, decision.error(), turn);
    return world_.post([this, stream] { run_next(stream); });
  }
  if (turn.request.dry_run) {
    tell_dry_run(stream, std::move(*decision), turn);
    forget_unopened(stream);
    return world_.post([this, stream] { run_next(stream); });
  }
  if (decision->empty()) {
    keep_due(stream);
    turn.tell(done_at(stream));
    return run_waiting(stream);
  }
  append_events(stream, std::move(*decision), std::move(turn));
}

void Casebook::append_events(const std::string& stream,
                             std::vector<engine::Event> events,
                             Turn turn) {
  const auto plan = plan_of(stream);
  const auto seal = seal_of(stream, events);
  auto batch = write_batch(stream, std::move(events), turn, seal);
  if (!batch) {
    keep_due(stream);
    forget_unopened(stream);
    world_.on_trouble("stream " + stream + " not written: " + batch.error());
    turn.tell(std::unexpected(keys_unavailable(plan->protocol.language)));
    return run_waiting(stream);
  }
  batch->errand = std::move(turn.errand);
  keep_load(stream, batch->events);
  seats_[stream].busy = true;
  ++under_way_;
  Append append{stream, version_of(stream), batch->lines};
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
  std::vector<OutgoingNotice> letters;
  std::vector<Errand> errands;
  auto position = *appended;
  for (const auto& event : batch.events) {
    reading_.look_at(batch.stream, [&](auto& file) {
      file.plan = event.kind == engine::EventKind::case_migrated ? batch.plan : file.plan;
      engine::apply(file.state, event);
    });
    std::ranges::move(letters_of(batch.stream, event, position), std::back_inserter(letters));
    std::ranges::move(errands_of(batch.stream, event), std::back_inserter(errands));
    ++position;
  }
  reading_.heads[batch.stream] = batch.head;
  seat.command_marks.push_back(mark_of(batch.command_id));
  std::ranges::move(news_after(batch), std::back_inserter(errands));
  keep_due(batch.stream);
  keep_load(batch.stream);
  world_.notify(std::move(letters), position - 1);
  auto done = done_at(batch.stream);
  done.events = std::move(batch.lines);
  done.facts = std::move(batch.events);
  done.plan = std::move(batch.plan);
  tell(std::move(done));
  run_next(batch.stream);
  send(std::move(errands));
  tell_quiet();
}

void Casebook::on_failed(const Batch& batch, const StoreError& error, const Tell& tell) {
  const auto language = plan_of(batch.stream)->protocol.language;
  if (batch.errand) {
    unsent_.push_back({batch.stream, batch.command_id, *batch.errand});
  }
  // Time goes on by itself: a deadline that could not be written stays due, and is tried again on
  // the clock's next turn, not at once.
  keep_due(batch.stream);
  keep_load(batch.stream);
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
                            const Turn& turn) {
  // Whoever has not agreed to a version is named as that version names them.
  const bool of_new = turn.to && refusal.code == engine::RefusalCode::partners_not_agreed;
  NotDone failure{
      .why = Why::refused,
      .code = std::string(engine::kRefusalCodeNames[static_cast<std::size_t>(refusal.code)]),
      .detail = sentence(refusal, of_new ? *turn.to : *plan_of(stream)),
      .refusal = refusal,
      .version = version_of(stream)};
  forget_unopened(stream);
  turn.tell(std::unexpected(std::move(failure)));
}

// Of an opening that came to nothing, nothing stays.
void Casebook::forget_unopened(const std::string& stream) {
  if (reading_.has_live(stream) && version_of(stream) == 0) {
    reading_.forget_live(stream);
  }
}

// Absence is certain; presence is checked in the log where it matters.
bool Casebook::has_done(const std::string& stream, std::string_view command_id) const {
  const auto seat = seats_.find(stream);
  return seat != seats_.end() &&
         std::ranges::find(seat->second.command_marks, mark_of(command_id)) !=
             seat->second.command_marks.end();
}

bool Casebook::tell_repeated(const std::string& stream, const Turn& turn) {
  if (!has_done(stream, turn.request.command_id)) {
    return false;
  }
  auto first = done_at(stream);
  first.repeated = true;
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
      tick_stream(stream);
    }
  }
  send_again();
}

void Casebook::tick_stream(const std::string& stream) {
  auto& seat = seats_[stream];
  // The same deadline of the same state has the same id, so a clock that jumps cannot fire it
  // twice.
  Turn turn{.request = {.command = "tick",
                        .command_id = "tick-" + engine::to_text(seat.due) + "-" +
                                      std::to_string(version_of(stream))},
            .tell = [](const Outcome&) {},
            .errand = {}};
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
  auto& seat = seats_[stream];
  const auto due = reading_.look_at(
      stream, [](const auto& file) { return engine::next_due(*file.plan, file.state); });
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
