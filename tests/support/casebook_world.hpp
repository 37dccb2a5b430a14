// A world for a casebook, in memory and on one thread: nothing runs until the test says so.
#pragma once

#include <deque>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "runtime/casebook/casebook.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/places.hpp"

namespace protoflow::testing {

inline constexpr const char* kOpening = "2027-03-01T08:00:00.000Z";  // a Monday

inline model::Instant instant(std::string_view text) {
  return engine::to_instant(text).value();
}

/// The text with `version 2` under its first line, which opens the protocol.
inline std::string as_version_two(std::string text) {
  const auto end = text.find('\n', text.find("protocole "));
  return text.insert(end + 1, "  version 2\n");
}

inline std::string accueil_text() {
  std::ifstream file(in_sources("/tests/support/accueil.proto-flow"));
  return {std::istreambuf_iterator<char>(file), {}};
}

class CasebookWorld {
 public:
  explicit CasebookWorld(MemoryStore::Answers answers = MemoryStore::Answers::at_once)
      : store(answers), vault(open_vault(folder / "keys.db")) {
    restart();
  }

  /// A new casebook over the same log and keys, as after a crash: what was under way is gone.
  void restart(std::uint64_t notified = 0) {
    tasks_.clear();
    casebook.reset();
    told.clear();
    casebook = std::make_unique<runtime::Casebook>(runtime::World{
        .store = store,
        .vault = vault,
        .clock = clock,
        .post = [this](std::function<void()> task) { tasks_.push_back(std::move(task)); },
        .notify =
            [this](std::vector<runtime::OutgoingNotice> notices, std::uint64_t position) {
              std::ranges::move(notices, std::back_inserter(told));
              position_told = position;
            },
        .on_due_changed = [] {},
        .on_trouble = [this](std::string_view what) { troubles.emplace_back(what); },
        .on_doubt = [this](std::string_view what) { doubts.emplace_back(what); }});
    if (const auto started = casebook->start(notified); !started) {
      throw std::runtime_error(started.error().reason);
    }
  }

  /// Runs one task of the loop; false when there is none.
  bool turn() {
    if (tasks_.empty()) {
      return false;
    }
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    task();
    return true;
  }

  /// Runs the loop until nothing is left; false when it goes round more than `turns_max` times.
  bool settle(int turns_max = 10'000) {
    while (turn()) {
      if (--turns_max == 0) {
        return false;
      }
    }
    return true;
  }

  /// Runs the loop and lets a store that answers when told answer, until both are still.
  void settle_with_store() {
    do {
      settle();
    } while (store.tell_one());
  }

  /// Deploys tests/support/accueil.proto-flow and registers its people.
  void prepare() {
    casebook->deploy({accueil_text(), {}, {}}, [](const auto&) {});
    const auto deaf = [](const runtime::Outcome&) {};
    casebook->register_person({"ines", "association", {"référente", "entreprise"}}, deaf);
    casebook->register_person({"karim", "mission-locale", {"coordination", "entreprise"}}, deaf);
    settle_with_store();
  }

  runtime::Outcome register_person(runtime::Person person) {
    std::optional<runtime::Outcome> outcome;
    casebook->register_person(std::move(person),
                              [&](runtime::Outcome told_outcome) { outcome = told_outcome; });
    settle();
    return outcome.value();
  }

  /// Submits and waits for the answer.
  runtime::Outcome act(runtime::Request request) {
    std::optional<runtime::Outcome> outcome;
    casebook->submit(std::move(request),
                     [&](runtime::Outcome told_outcome) { outcome = told_outcome; });
    settle();
    return outcome.value();
  }

  /// Opens a case; its id.
  std::string open(const std::string& command_id = "open-1") {
    return act({.command = "open",
                .command_id = command_id,
                .person = "karim",
                .protocol = "accueil-partagé"})
        .value()
        .case_id;
  }

  runtime::Outcome act_on(const std::string& case_id,
                          const std::string& command,
                          const std::string& step,
                          const std::string& person = "ines") {
    return act({.command = command,
                .command_id = command + "-" + std::to_string(++commands_),
                .case_id = case_id,
                .person = person,
                .step = step});
  }

  runtime::Outcome complete(const std::string& case_id, const std::string& outcome = "engagée") {
    return act({.command = "complete",
                .command_id = "complete-" + std::to_string(++commands_),
                .case_id = case_id,
                .person = "ines",
                .step = "accueil",
                .outcome = outcome,
                .informations = {{"niveau-français", "A1"}},
                .consents = {{"partage", true}}});
  }

  [[nodiscard]] const runtime::CaseFile& file(const std::string& case_id) const {
    return casebook->reading().cases.at(runtime::case_stream(case_id));
  }

  /// The live state as text.
  [[nodiscard]] std::string live(const std::string& case_id) const {
    const auto& live_file = file(case_id);
    return engine::describe(live_file.state, live_file.plan->protocol);
  }

  /// What the log alone says, stream by stream.
  [[nodiscard]] std::map<std::string, std::string> replayed() const {
    runtime::Reading reading([this](const auto& beneficiary, const auto& sealed) {
      return runtime::open_sealed(vault, beneficiary, sealed);
    });
    const auto read = store.read_all(0, [&](const runtime::StoredEvent& stored) {
      const auto event = reading.read(stored);
      if (!event) {
        throw std::runtime_error(event.error().field + " " + event.error().reason);
      }
      return true;
    });
    if (!read) {
      throw std::runtime_error(read.error().what);
    }
    return described(reading);
  }

  [[nodiscard]] std::map<std::string, std::string> lived() const {
    return described(casebook->reading());
  }

  Folder folder;
  MemoryStore store;
  mutable runtime::Vault vault;
  runtime::ManualClock clock{instant(kOpening)};
  std::vector<runtime::OutgoingNotice> told;  // since the last start
  std::uint64_t position_told = 0;
  std::vector<std::string> troubles, doubts;
  std::unique_ptr<runtime::Casebook> casebook;

 private:
  static runtime::Vault open_vault(const std::filesystem::path& path) {
    auto opened = runtime::Vault::open(path);
    if (!opened) {
      throw std::runtime_error(opened.error().what);
    }
    return std::move(*opened);
  }

  static std::map<std::string, std::string> described(const runtime::Reading& reading) {
    std::map<std::string, std::string> states;
    for (const auto& [stream, head] : reading.heads) {
      if (head.version == 0) {  // of a case that was never opened
        continue;
      }
      states[stream] = std::to_string(head.version) + " " + head.hash;
    }
    for (const auto& [stream, live_file] : reading.cases) {
      states[stream] += "\n" + engine::describe(live_file.state, live_file.plan->protocol);
    }
    for (const auto& [stream, live_file] : reading.sessions) {
      states[stream] += "\n" + engine::describe(live_file.state, live_file.plan->protocol);
    }
    return states;
  }

  std::deque<std::function<void()>> tasks_;
  int commands_ = 0;
};

}  // namespace protoflow::testing
