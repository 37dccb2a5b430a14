// replay and verify: what an auditor asks, from the files alone, beside a running daemon or without
// one.
#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "engine/duty/duty.hpp"
#include "runtime/audit/proof_text.hpp"
#include "runtime/audit/tree_checking.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/casebook/checkpoint.hpp"
#include "runtime/casebook/sealing.hpp"
#include "runtime/casebook/verifying.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/measures.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/store/sqlite_store.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::expected<std::unique_ptr<SqliteStore>, StoreError> open_log(const ReplayOptions& options) {
  return SqliteStore::open_to_read(options.folder / kEventsFile);
}

Json duty_line(const engine::Duty& duty, const model::Protocol& protocol) {
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

void print_event(const ReadEvent& read, const engine::Plan& plan, const Output& output) {
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
void print_duties(const std::string& stream, const Reading& reading, const Output& output) {
  const auto [plan_ref, list] = reading.look_at(stream, [](const auto& file) {
    return std::pair(file.plan, engine::duties(file.plan->protocol, file.state));
  });
  const auto& plan = *plan_ref;
  const auto language = plan.protocol.language;
  if (output.json) {
    Json json{{"stream", stream}, {"duties", Json::array()}};
    for (const auto& duty : list) {
      json["duties"].push_back(duty_line(duty, plan.protocol));
    }
    print(json.dump() + "\n");
    return;
  }
  if (list.empty()) {
    const auto file = reading.cases.find(stream);
    const bool closed =
        file != reading.cases.end() && file->second.state.status == engine::CaseStatus::closed;
    print(std::string(closed ? say(language, "Parcours clos : ", "Case closed: ")
                             : say(language, "Rien n’est ouvert", "Nothing is open")) +
          (closed ? plan.protocol[file->second.state.ending].title : std::string()) + ".\n");
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

bool is_live(std::string_view stream) {
  return stream.starts_with(kCasePrefix) || stream.starts_with(kSessionPrefix) ||
         stream.starts_with(kPartnershipPrefix);
}

// Reads the log up to an instant; of the live streams, those that `wanted` names. The exit code.
template <class Wanted, class Visit>
int read_log(const SqliteStore& store,
             const ReplayOptions& options,
             Reading& reading,
             const Wanted& wanted,
             const Visit& visit) {
  std::optional<Fault> fault;
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    if (is_live(stored.stream) && !wanted(stored.stream)) {
      return true;
    }
    if (options.until != model::kNever && recorded_after(stored, options.until)) {
      return false;
    }
    auto event = reading.read(stored);
    if (!event) {
      fault = event.error();
      return false;
    }
    if (event->event) {
      visit(*event);
    }
    return true;
  });
  if (!read) {
    return complain(read.error().what, kEnvironment);
  }
  return fault ? complain_fault(*fault, options.output) : kOk;
}

// Streams are interleaved in the log; a reader wants each one's story in one piece.
int replay_stream(const SqliteStore& store,
                  const std::string& wanted,
                  const ReplayOptions& options) {
  Reading reading(nullptr);
  const auto code = read_log(
      store,
      options,
      reading,
      [&](std::string_view stream) { return stream == wanted; },
      [&](const ReadEvent& event) {
        const auto plan = reading.look_at(wanted, [](const auto& file) { return file.plan; });
        print_event(event, *plan, options.output);
      });
  if (code != kOk) {
    return code;
  }
  if (reading.has_live(wanted)) {
    print_duties(wanted, reading, options.output);
  } else if (!options.output.json) {
    print("This case was not open yet.\n");
  }
  return kOk;
}

// Without an instant, up to the last event of the log: the same log gives the same figures.
int measure(const SqliteStore& store,
            const std::vector<std::string>& streams,
            const ReplayOptions& options) {
  Reading reading(nullptr);
  const std::set<std::string, std::less<>> wanted(streams.begin(), streams.end());
  std::map<std::string, CaseHistory, std::less<>> histories;
  auto last = model::Instant::min();
  const auto code = read_log(
      store,
      options,
      reading,
      [&](std::string_view stream) { return wanted.contains(stream); },
      [&](const ReadEvent& read) {
        last = std::max(last, read.record.recorded);
        auto& history = histories[read.record.stream];
        history.case_id = read.record.stream.substr(kCasePrefix.size());
        if (history.plans.empty() || history.plans.back() != read.file->plan) {
          history.plans.push_back(read.file->plan);
        }
        history.events.push_back(*read.event);
      });
  if (code != kOk) {
    return code;
  }
  std::vector<CaseHistory> list;
  for (const auto& stream : streams) {
    if (const auto found = histories.find(stream); found != histories.end()) {
      list.push_back(std::move(found->second));
    }
  }
  if (options.orphan) {
    print_orphan_time(list, options.until == model::kNever ? last : options.until, options.output);
  }
  if (options.clocks) {
    print_clocks(list, options.output);
  }
  return kOk;
}

// What an auditor checks with other tools: the lines themselves, of one case or of the whole log.
int print_records(const SqliteStore& store, const ReplayOptions& options) {
  const auto wanted = options.session.empty() ? case_stream(options.case_id)
                                              : std::string(kSessionPrefix) + options.session;
  const bool all = options.session.empty() && options.case_id.empty();
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    if (options.until != model::kNever && recorded_after(stored, options.until)) {
      return false;
    }
    if (all || stored.stream == wanted) {
      print(stored.line);
      print("\n");
    }
    return true;
  });
  return read ? kOk : complain(read.error().what, kEnvironment);
}

// Every case, or the one stream that is asked for; in the order in which they began.
std::expected<std::vector<std::string>, StoreError> wanted_streams(const SqliteStore& store,
                                                                   const ReplayOptions& options) {
  const auto only = !options.session.empty()   ? std::string(kSessionPrefix) + options.session
                    : !options.case_id.empty() ? case_stream(options.case_id)
                                               : std::string();
  std::vector<std::string> streams;
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    const bool wanted =
        only.empty() ? stored.stream.starts_with(kCasePrefix) : stored.stream == only;
    if (stored.version == 1 && wanted) {
      streams.emplace_back(stored.stream);
    }
    return true;
  });
  if (!read) {
    return std::unexpected(read.error());
  }
  return streams;
}

int complain_none(const ReplayOptions& options) {
  if (!options.session.empty()) {
    return complain("The log holds no session " + options.session + ".", kFault);
  }
  return options.case_id.empty()
             ? complain("The log holds no case yet.", kOk)
             : complain("The log holds no case " + options.case_id + ".", kFault);
}

std::string summary(const Verification& found, std::size_t kept) {
  const auto events = std::to_string(found.events);
  const auto streams = std::to_string(found.streams);
  const auto compared = std::to_string(found.compared);
  const std::array<Filling, 3> fillings = {
      {{"events", events}, {"streams", streams}, {"compared", compared}}};
  auto text = fill(
      say(found.language,
          "Tout tient : {events} événements dans {streams} fils, chaque empreinte suit de la "
          "précédente ; {compared} états enregistrés comparés aux événements, tous égaux.\n",
          "Everything holds: {events} events in {streams} streams, each hash follows from the one "
          "before; {compared} stored states compared with the events, all equal.\n"),
      fillings);
  if (kept != 0) {
    text += say(found.language,
                "Ce journal est bien la suite de ce qui avait été signé et gardé ailleurs.\n",
                "This log does go on from what was signed and kept elsewhere.\n");
  }
  return text;
}

// The checkpoints of the log itself and those that were kept elsewhere, the smallest tree first.
std::expected<std::vector<SignedTree>, std::string> all_checkpoints(const ReplayOptions& options) {
  auto trees = read_signed_trees(options.folder);
  for (const auto& path : options.against) {
    std::ifstream stream(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    const auto note = read_note(text);
    const auto statement = note ? read_statement(note->text) : std::unexpected(note.error());
    if (!statement) {
      return std::unexpected(path.string() + ": no checkpoint: " + statement.error());
    }
    if (trees) {
      trees->push_back({statement->head.size, std::move(text), {}});
    }
  }
  if (trees) {
    std::ranges::stable_sort(*trees, {}, &SignedTree::size);
  }
  return trees;
}

// The exit code, once it is said what does not hold.
int check_tree(const EventStore& store, const ReplayOptions& options) {
  const auto trees = all_checkpoints(options);
  const auto key = read_log_key(options.folder);
  if (!trees || !key) {
    return complain(trees ? key.error() : trees.error(), kEnvironment);
  }
  if (trees->empty()) {
    return kOk;
  }
  if (!*key) {
    return complain("The log's key is gone: its checkpoints cannot be checked.", kFault);
  }
  auto found = verify_tree(store, *trees, **key);
  if (!found) {
    return complain(found.error().what, kEnvironment);
  }
  if (found->fault) {
    const auto& [size, holds_to, reason] = *found->fault;
    if (options.output.json) {
      print(Json{{"holds", false},
                 {"checkpoint", size},
                 {"records_that_hold", holds_to},
                 {"reason", reason}}
                .dump() +
            "\n");
      return kFault;
    }
    return complain("First bad checkpoint: that of " + std::to_string(size) + " records " + reason +
                        (holds_to == 0 ? ". There is none before it."
                                       : ". The first " + std::to_string(holds_to) +
                                             " records follow from the one before it."),
                    kFault);
  }
  return kOk;
}

}  // namespace

int run_replay(const ReplayOptions& asked) {
  auto options = asked;
  if (options.at) {
    const auto instant = engine::to_instant(*options.at);
    if (!instant) {
      return complain("protoflow replay: --at needs an instant such as 2027-03-01T12:00:00.000Z",
                      kUsage);
    }
    options.until = *instant;
  }
  const bool measures = options.orphan || options.clocks;
  if (!options.session.empty() && (measures || !options.case_id.empty())) {
    return complain(
        "protoflow replay: --orphan and --clocks are of cases; name a case or a "
        "session, not both",
        kUsage);
  }
  const auto store = open_log(options);
  if (!store) {
    return complain(store.error().what, kEnvironment);
  }
  if (options.records) {
    return print_records(**store, options);
  }
  const auto streams = wanted_streams(**store, options);
  if (!streams) {
    return complain(streams.error().what, kEnvironment);
  }
  if (streams->empty()) {
    return complain_none(options);
  }
  if (measures) {
    return measure(**store, *streams, options);
  }
  int worst = kOk;
  for (const auto& stream : *streams) {
    if (!options.output.json) {
      print(painted(stream, Paint::strong, options.output.colours) + "\n");
    }
    worst = std::max(worst, replay_stream(**store, stream, options));
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
  if (const auto code = check_tree(**store, options); code != kOk) {
    return code;
  }
  if (options.output.json) {
    print(Json{{"holds", true},
               {"events", found->events},
               {"streams", found->streams},
               {"cases", found->cases},
               {"states_compared", found->compared},
               {"kept_checkpoints", options.against.size()}}
              .dump() +
          "\n");
  } else {
    print(summary(*found, options.against.size()));
  }
  return kOk;
}

}  // namespace protoflow::runtime
