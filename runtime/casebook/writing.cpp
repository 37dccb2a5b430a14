// The writing side of the casebook: events to records, records to notices, and the streams that are
// not cases.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/log/meaning_hash.hpp"
#include "runtime/casebook/answers.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/casebook/migrating.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kCaseIdLetters = 13;  // 65 bits of a hash

NotDone not_written(const StoreError& error) {
  return {.why = error.code == StoreErrorCode::conflict ? Why::version_conflict : Why::unavailable,
          .code = "not_written",
          .detail = "This could not be written; nothing was lost. Try again in a moment."};
}

// "case/abc" is the member "case" with the value "abc".
void put_stream(Json& json, std::string_view stream) {
  const auto slash = stream.find('/');
  json[std::string(stream.substr(0, slash))] = std::string(stream.substr(slash + 1));
}

std::string notice_json(const engine::Notice& notice,
                        const engine::Plan& plan,
                        std::string_view stream,
                        const engine::Event& event,
                        const std::string& id) {
  const auto& protocol = plan.protocol;
  Json json{{"id", id},
            {"kind", engine::kNoticeKindNames[static_cast<std::size_t>(notice.kind)]},
            {"at", engine::to_text(event.happened)}};
  put_stream(json, stream);
  json["protocol"] = protocol.name;
  json["role"] = protocol[notice.role].name;
  json["partner"] = protocol[notice.partner].name;
  if (!notice.person.empty()) {
    json["person"] = notice.person;
  }
  if (notice.step.known()) {
    json["step"] = protocol[notice.step].name;
  }
  if (notice.binding.known()) {
    json["binding"] = protocol[notice.binding].name;
  }
  if (notice.consent.known()) {
    json["consent"] = protocol[notice.consent].name;
  }
  if (notice.ending.known()) {
    json["ending"] = protocol[notice.ending].name;
  }
  if (notice.routine.known()) {
    json["routine"] = protocol[notice.routine].name;
  }
  if (!notice.task.empty()) {
    json["task"] = notice.task;
  }
  if (notice.due != model::kNever) {
    json["due"] = engine::to_text(notice.due);
  }
  json["text"] = sentence(notice, plan);
  return json.dump();
}

}  // namespace

std::string case_stream(std::string_view case_id) {
  return std::string(kCasePrefix) + std::string(case_id);
}

std::string case_id_of_command(std::string_view command_id) {
  constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";
  const auto hash = engine::sha256("open " + std::string(command_id));
  std::string id;
  for (std::size_t i = 0; i < kCaseIdLetters; ++i) {
    id += kLetters[hash[i] % kLetters.size()];
  }
  return id;
}

// With the key of the beneficiary that the case has, or is being opened for; with the stream's own
// where no beneficiary speaks.
engine::Seal Casebook::seal_of(const std::string& stream, std::span<const engine::Event> events) {
  auto key = reading_.look_at(stream, [&](const auto& file) { return key_of(stream, file.state); });
  for (const auto& event : events) {
    key = event.beneficiary.empty() ? key : event.beneficiary;
  }
  return [this, key = std::move(key)](std::string_view plaintext) {
    return seal_text(world_.vault, key, plaintext);
  };
}

// What would be written is said without its values: they are the sender's own, and no seal is
// spent on them.
void Casebook::tell_dry_run(const std::string& stream,
                            std::vector<engine::Event> events,
                            const Turn& turn) {
  auto done = done_at(stream);
  done.dry_run = true;
  if (const auto file = reading_.cases.find(stream); file != reading_.cases.end()) {
    for (const auto step : engine::undone(file->second.state, events)) {
      done.undoes.push_back(file->second.plan->protocol[step].name);
    }
  }
  const engine::Seal unsealed = [](std::string_view) {
    return engine::SealedText{.commitment = "dry-run", .sealed = ""};
  };
  if (turn.to) {
    done.tells = what_becomes_of(reading_.cases.find(stream)->second, events, *turn.to);
  }
  auto batch = write_batch(stream, std::move(events), turn, unsealed);
  done.version += batch->events.size();
  done.events = std::move(batch->lines);
  done.facts = std::move(batch->events);
  done.plan = std::move(batch->plan);
  turn.tell(std::move(done));
}

std::expected<Casebook::Batch, std::string> Casebook::write_batch(const std::string& stream,
                                                                  std::vector<engine::Event> events,
                                                                  const Turn& turn,
                                                                  const engine::Seal& seal) {
  Batch batch{.stream = stream,
              .plan = plan_of(stream),
              .head = reading_.heads[stream],
              .command_id = turn.request.command_id};
  const auto recorded = world_.clock.now();
  for (const auto& event : events) {
    batch.plan = event.kind == engine::EventKind::case_migrated ? turn.to : batch.plan;
    auto encoded = engine::encode(event, batch.plan->protocol, seal);
    if (!encoded) {
      return std::unexpected(encoded.error());
    }
    const auto kind = static_cast<std::size_t>(event.kind);
    batch.lines.push_back(engine::write({.stream = stream,
                                         .version = batch.head.version + 1,
                                         .kind = std::string(engine::kEventKindNames[kind]),
                                         .kind_version = engine::kEventKindVersions[kind],
                                         .happened = event.happened,
                                         .recorded = recorded,
                                         .actor = std::move(encoded->actor),
                                         .subject = std::move(encoded->subject),
                                         .body = std::move(encoded->body),
                                         .protocol = batch.plan->meaning_hash,
                                         .command = batch.command_id,
                                         .previous = batch.head.hash}));
    batch.head = {batch.head.version + 1, engine::to_hex(engine::sha256(batch.lines.back()))};
  }
  batch.events = std::move(events);
  return batch;
}

// Of an event that has just been applied.
std::vector<OutgoingNotice> Casebook::letters_of(std::string_view stream,
                                                 const engine::Event& event,
                                                 std::uint64_t position) const {
  std::vector<OutgoingNotice> letters;
  const auto plan = plan_of(stream);
  const auto told = reading_.look_at(
      stream, [&](const auto& file) { return engine::notices(plan->protocol, file.state, event); });
  std::uint64_t place = 0;
  for (const auto& notice : told) {
    auto id = std::string(stream) + ":" + std::to_string(version_of(stream)) + ":" +
              std::to_string(place);
    auto json = notice_json(notice, *plan, stream, event, id);
    letters.push_back({.number = position * engine::kNoticesPerEventMax + place,
                       .id = std::move(id),
                       .stream = std::string(stream),
                       .json = std::move(json)});
    ++place;
  }
  return letters;
}

std::string partnership_stream(const engine::Plan& plan) {
  constexpr std::size_t kHashLetters = 16;
  return std::string(kPartnershipPrefix) + plan.meaning_hash.substr(0, kHashLetters);
}

std::expected<void, std::string> Casebook::read_history(
    const std::string& stream, const std::function<void(std::string_view)>& visit) const {
  const auto read = world_.store.read_stream(stream, 0, [&](const StoredEvent& stored) {
    visit(stored.line);
    return true;
  });
  if (!read) {
    return std::unexpected(read.error().what);
  }
  return {};
}

void Casebook::append_record(PendingRecord pending) {
  records_.push_back(std::move(pending));
  if (!recording_) {
    append_next_record();
  }
}

// One at a time: each record carries the hash of the one before it.
void Casebook::append_next_record() {
  recording_ = !records_.empty();
  if (!recording_) {
    return;
  }
  auto [record, stands, then] = std::move(records_.front());
  records_.pop_front();
  if (stands()) {
    then(std::uint64_t{0});
    return world_.post([this] { append_next_record(); });
  }
  const auto& head = reading_.heads[record.stream];
  record.version = head.version + 1;
  record.recorded = world_.clock.now();
  record.happened = record.recorded;
  record.previous = head.hash;
  auto line = engine::write(record);
  ++under_way_;
  auto on_loop =
      [this, stream = record.stream, version = record.version, line, then = std::move(then)](
          const EventStore::Appended& appended) {
        --under_way_;
        if (appended) {
          const auto read = reading_.read({*appended, stream, version, line});
          if (!read) {
            world_.on_trouble("stream " + stream + ": " + read.error().reason);
          }
        }
        then(appended);
        append_next_record();
      };
  world_.store.append(
      {record.stream, head.version, {std::move(line)}},
      [this, on_loop = std::move(on_loop)](EventStore::Appended appended) {
        world_.post([on_loop, appended = std::move(appended)] { on_loop(appended); });
      });
}

// A text that runs already is not refused for what was not asked when it was deployed.
PlanRef Casebook::deployed_before(const ProtocolText& text) const {
  const auto plan = plan_of_deployed(text);
  if (!plan) {
    return nullptr;
  }
  auto known = reading_.plans.find((*plan)->meaning_hash);
  if (known == reading_.plans.end()) {
    known = reading_.plans.find(engine::meaning_hash((*plan)->protocol, model::Canonical::one));
  }
  return known == reading_.plans.end() ? nullptr : known->second;
}

void Casebook::deploy(ProtocolText text,
                      std::function<void(std::expected<PlanRef, NotDone>)> tell) {
  auto plan = make_plan(text);
  if (!plan) {
    if (auto old = deployed_before(text)) {
      world_.on_trouble("the protocol " + old->protocol.name +
                        ", as deployed before, has errors by today's checks: it stays as it is; "
                        "run `protoflow check` on its file");
      return tell(std::move(old));
    }
    const auto& error = plan.error();
    auto detail = error.what.empty()
                      ? dsl::render_text(error.compiled, text.text, "protocol", false)
                      : error.what;
    return tell(std::unexpected(NotDone{
        .why = Why::bad_request, .code = "protocol_not_valid", .detail = std::move(detail)}));
  }
  if (const auto next = reading_.free_version(**plan); next != 0 && !deployed_before(text)) {
    return tell(std::unexpected(version_taken(**plan, next)));
  }
  const auto& name = (*plan)->protocol.name;
  engine::Record record{.stream = std::string(kProtocolPrefix) + name,
                        .kind = std::string(kProtocolDeployed),
                        .body = protocol_json(**plan, text),
                        .protocol = (*plan)->meaning_hash,
                        .command = "deploy-" + (*plan)->meaning_hash.substr(0, 16)};
  auto before = std::make_shared<PlanRef>();  // known once it is this record's turn
  auto stands = [this, name, before, hash = record.protocol] {
    const auto newest = reading_.protocol(name);
    *before = newest;
    return newest && engine::meaning_hash(newest->protocol) == hash;
  };
  append_record(
      {.record = std::move(record),
       .stands = std::move(stands),
       .then = [this, name, before, tell = std::move(tell)](EventStore::Appended appended) {
         if (!appended) {
           return tell(std::unexpected(not_written(appended.error())));
         }
         found_partnership(reading_.protocol(name), *before, [this, name, tell] {
           tell(reading_.protocol(name));
         });
       }});
}

void Casebook::register_person(Person person, Tell tell, const Writing& writing) {
  if (!is_person_id(person.id) || person.partner.empty()) {
    return tell(std::unexpected(NotDone{
        .why = Why::bad_request,
        .code = "not_a_person",
        .detail =
            "A person has an id of 1 to 64 letters, digits, dots or hyphens, and a partner."}));
  }
  const bool is_done = reading_.people.has_command(writing.command_id);
  if (!writing.by.empty() && reading_.people.find(writing.by) == nullptr && !is_done) {
    return tell(std::unexpected(unknown_person(writing.by)));
  }
  engine::Record record{.stream = std::string(kPeopleStream),
                        .kind = std::string(kPersonRegistered),
                        .actor = actor_json(writing),
                        .body = person_json(person),
                        .command = command_id_of(writing, person.id)};
  const auto id = person.id;
  auto stands = [this, person = std::move(person), command_id = writing.command_id] {
    const auto* known = reading_.people.find(person.id);
    return reading_.people.has_command(command_id) || (known != nullptr && *known == person);
  };
  append_record({.record = std::move(record),
                 .stands = std::move(stands),
                 .then = [this, id, tell = std::move(tell)](EventStore::Appended appended) {
                   if (!appended) {
                     return tell(std::unexpected(not_written(appended.error())));
                   }
                   if (reading_.people.standing(id) != nullptr) {
                     send(news(id));
                   }
                   tell(Done{.version = reading_.heads[std::string(kPeopleStream)].version,
                             .repeated = *appended == 0});
                 }});
}

}  // namespace protoflow::runtime
