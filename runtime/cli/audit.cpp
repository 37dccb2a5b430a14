// replay and verify: what an auditor asks, from the files alone, beside a running daemon or without
// one.
#include <array>

#include <nlohmann/json.hpp>

#include "engine/duty/duty.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/casebook/checkpoint.hpp"
#include "runtime/casebook/sealing.hpp"
#include "runtime/casebook/verifying.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/store/sqlite_store.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::expected<std::unique_ptr<SqliteStore>, StoreError> open_log(const ReplayOptions& options) {
  return SqliteStore::open_to_read(options.folder / kEventsFile);
}

Json duty_line(const engine::Duty& duty, const CaseFile& file) {
  const auto& protocol = file.plan->protocol;
  Json json{{"what", what(duty, protocol)},
            {"role", protocol[duty.role].name},
            {"partner", protocol[duty.partner].name}};
  if (!duty.person.empty()) {
    json["person"] = duty.person;
  }
  if (duty.since != model::kNever) {
    json["since"] = engine::to_text(duty.since);
  }
  if (duty.due != model::kNever) {
    json["due"] = engine::to_text(duty.due);
  }
  json["by_event"] = duty.since_version;
  json["by_line"] = duty.line;
  return json;
}

void print_event(const ReadEvent& read, const Output& output) {
  const auto& plan = *read.file->plan;
  if (output.json) {
    print(Json{{"stream", read.record.stream},
               {"version", read.record.version},
               {"kind", read.record.kind},
               {"happened", engine::to_text(read.record.happened)},
               {"text", sentence(*read.event, plan)}}
              .dump() +
          "\n");
    return;
  }
  auto number = std::to_string(read.record.version);
  number.insert(0, number.size() < 4 ? 4 - number.size() : 0, ' ');
  print(painted(
            number + "  " + date_words(read.record.happened, plan), Paint::quiet, output.colours) +
        "  " + sentence(*read.event, plan) + "\n");
}

// Who is responsible for what at the end of what was read, and why: the event that made it so and
// the line of the protocol.
void print_duties(const std::string& stream, const CaseFile& file, const Output& output) {
  const auto& plan = *file.plan;
  const auto language = plan.protocol.language;
  const auto list = engine::duties(plan.protocol, file.state);
  if (output.json) {
    Json json{{"stream", stream}, {"duties", Json::array()}};
    for (const auto& duty : list) {
      json["duties"].push_back(duty_line(duty, file));
    }
    print(json.dump() + "\n");
    return;
  }
  if (list.empty()) {
    const bool closed = file.state.status == engine::CaseStatus::closed;
    print(std::string(closed ? say(language, "Parcours clos : ", "Case closed: ")
                             : say(language, "Rien n’est ouvert", "Nothing is open")) +
          (closed ? plan.protocol[file.state.ending].title : std::string()) + ".\n");
    return;
  }
  print(std::string(say(language, "Qui répond de quoi :\n", "Who answers for what:\n")));
  for (const auto& duty : list) {
    print("  " + painted(what(duty, plan.protocol), Paint::strong, output.colours) + " : " +
          who(duty, plan.protocol));
    if (duty.due != model::kNever) {
      print(std::string(say(language, ", avant le ", ", by ")) + date_words(duty.due, plan));
    }
    print(painted(std::string(say(language, "  [événement ", "  [event ")) +
                      std::to_string(duty.since_version) +
                      std::string(say(language, ", ligne ", ", line ")) +
                      std::to_string(duty.line) + "]",
                  Paint::quiet,
                  output.colours) +
          "\n");
  }
}

int complain_fault(const Fault& fault, const Output& output) {
  if (output.json) {
    print(Json{{"holds", false},
               {"stream", fault.stream},
               {"version", fault.version},
               {"position", fault.position},
               {"field", fault.field},
               {"reason", fault.reason}}
              .dump() +
          "\n");
    return kFault;
  }
  const auto place =
      fault.position == 0 ? std::string() : " (position " + std::to_string(fault.position) + ")";
  return complain("First bad event: stream " + fault.stream + ", event " +
                      std::to_string(fault.version) + place + ": " +
                      (fault.field.empty() ? "the line" : fault.field) + " " + fault.reason + ".",
                  kFault);
}

// "At an instant" is what was known then: the events recorded by then, which are the beginning of
// the log.
bool recorded_after(const StoredEvent& stored, model::Instant until) {
  const auto record = engine::read_record(stored.line);
  return record && record->recorded > until;
}

// Streams are interleaved in the log; a reader wants each case's story in one piece.
int replay_case(const SqliteStore& store,
                const std::string& wanted,
                model::Instant until,
                const Output& output) {
  Reading reading(nullptr);
  std::optional<Fault> fault;
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    if (stored.stream.starts_with(kCasePrefix) && stored.stream != wanted) {
      return true;
    }
    if (until != model::kNever && recorded_after(stored, until)) {
      return false;
    }
    auto event = reading.read(stored);
    if (!event) {
      fault = event.error();
      return false;
    }
    if (event->file != nullptr) {
      print_event(*event, output);
    }
    return true;
  });
  if (!read) {
    return complain(read.error().what, kEnvironment);
  }
  if (fault) {
    return complain_fault(*fault, output);
  }
  const auto file = reading.cases.find(wanted);
  if (file != reading.cases.end()) {
    print_duties(wanted, file->second, output);
  } else if (!output.json) {
    print("This case was not open yet.\n");
  }
  return kOk;
}

// What an auditor checks with other tools: the lines themselves, of one case or of the whole log.
int print_records(const SqliteStore& store, const std::string& case_id, model::Instant until) {
  const auto wanted = case_stream(case_id);
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    if (until != model::kNever && recorded_after(stored, until)) {
      return false;
    }
    if (case_id.empty() || stored.stream == wanted) {
      print(stored.line);
      print("\n");
    }
    return true;
  });
  return read ? kOk : complain(read.error().what, kEnvironment);
}

std::expected<std::vector<std::string>, StoreError> case_streams(const SqliteStore& store,
                                                                 const std::string& case_id) {
  std::vector<std::string> streams;
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    if (stored.version == 1 && stored.stream.starts_with(kCasePrefix) &&
        (case_id.empty() || stored.stream == case_stream(case_id))) {
      streams.emplace_back(stored.stream);
    }
    return true;
  });
  if (!read) {
    return std::unexpected(read.error());
  }
  return streams;
}

std::string summary(const Verification& found) {
  const auto events = std::to_string(found.events);
  const auto streams = std::to_string(found.streams);
  const auto compared = std::to_string(found.compared);
  const std::array<Filling, 3> fillings = {
      {{"events", events}, {"streams", streams}, {"compared", compared}}};
  return fill(
      say(found.language,
          "Tout tient : {events} événements dans {streams} fils, chaque empreinte suit de la "
          "précédente ; {compared} états enregistrés comparés aux événements, tous égaux.\n",
          "Everything holds: {events} events in {streams} streams, each hash follows from the one "
          "before; {compared} stored states compared with the events, all equal.\n"),
      fillings);
}

}  // namespace

int run_replay(const ReplayOptions& options) {
  auto until = model::kNever;
  if (options.at) {
    const auto instant = engine::to_instant(*options.at);
    if (!instant) {
      return complain("protoflow replay: --at needs an instant such as 2027-03-01T12:00:00.000Z",
                      kUsage);
    }
    until = *instant;
  }
  const auto store = open_log(options);
  if (!store) {
    return complain(store.error().what, kEnvironment);
  }
  if (options.records) {
    return print_records(**store, options.case_id, until);
  }
  const auto streams = case_streams(**store, options.case_id);
  if (!streams) {
    return complain(streams.error().what, kEnvironment);
  }
  if (streams->empty()) {
    return complain(options.case_id.empty() ? "The log holds no case yet."
                                            : "The log holds no case " + options.case_id + ".",
                    options.case_id.empty() ? kOk : kFault);
  }
  int worst = kOk;
  for (const auto& stream : *streams) {
    if (!options.output.json) {
      print(painted(stream, Paint::strong, options.output.colours) + "\n");
    }
    worst = std::max(worst, replay_case(**store, stream, until, options.output));
  }
  return worst;
}

int run_verify(const ReplayOptions& options) {
  const auto store = open_log(options);
  if (!store) {
    return complain(store.error().what, kEnvironment);
  }
  const auto checkpoints = read_checkpoints(options.folder / kCheckpointsFile);
  if (!checkpoints) {
    return complain(checkpoints.error(), kEnvironment);
  }
  std::optional<Vault> vault;
  if (auto opened = Vault::open(options.folder / kKeysFile, VaultMode::read)) {
    vault = std::move(*opened);
  }
  const OpenFor open = [&](const std::string& beneficiary, const engine::SealedText& sealed) {
    return open_sealed(*vault, beneficiary, sealed);
  };
  const auto found = verify(**store, *checkpoints, vault ? open : OpenFor());
  if (!found) {
    return complain(found.error().what, kEnvironment);
  }
  if (found->fault) {
    return complain_fault(*found->fault, options.output);
  }
  if (options.output.json) {
    print(Json{{"holds", true},
               {"events", found->events},
               {"streams", found->streams},
               {"cases", found->cases},
               {"states_compared", found->compared}}
              .dump() +
          "\n");
  } else {
    print(summary(*found));
  }
  return kOk;
}

}  // namespace protoflow::runtime
