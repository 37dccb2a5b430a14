#include "tests/sim/log_audit.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "engine/duty/notice.hpp"
#include "runtime/casebook/reading.hpp"
#include "runtime/casebook/sealing.hpp"
#include "runtime/daemon/daemon.hpp"
#include "runtime/store/sqlite_store.hpp"
#include "runtime/vault/vault.hpp"

namespace protoflow::testing {

namespace {

using engine::EventKind;
using Json = nlohmann::json;

struct Deadline {
  std::string key;  // what may happen once only
  model::Instant at = model::kNever;
};

std::string joined(std::initializer_list<std::string> parts) {
  std::string out;
  for (const auto& part : parts) {
    out += part + " ";
  }
  return out;
}

/// Which deadline an event is the firing of, by the state before it.
std::optional<Deadline> deadline_of(const engine::Event& event, const engine::CaseState& before) {
  if (event.kind == EventKind::referral_expired) {
    const auto due = before.referrals[event.binding.value].due;
    return Deadline{joined({"referral", std::to_string(event.binding.value), engine::to_text(due)}),
                    due};
  }
  if (!event.step.known()) {
    return std::nullopt;
  }
  const auto& step = before[event.step];
  const auto name = std::to_string(event.step.value) + " round " + std::to_string(step.round);
  const auto at_due = [&](const char* what, model::Instant due, std::uint8_t count = 0) {
    return Deadline{joined({what, name, engine::to_text(due), std::to_string(count)}), due};
  };
  // The instant of a reminder or a rule is not in the state: the event's own stands for it.
  const auto beside_due = [&](const char* what, std::uint8_t count) {
    return Deadline{at_due(what, step.due, count).key, event.happened};
  };
  if (event.kind == EventKind::step_reminded) {
    return beside_due("reminder", step.reminders);
  }
  if (event.kind == EventKind::lateness_told || event.kind == EventKind::step_escalated) {
    return beside_due("rule", step.late_rules);
  }
  if (event.kind == EventKind::step_late) {
    return at_due("late", step.due);
  }
  if (event.kind == EventKind::step_offer_expired) {
    return at_due("offer", step.offer_due);
  }
  if (event.kind == EventKind::review_late) {
    return at_due("review", step.review_due, step.returns);
  }
  return std::nullopt;
}

class Auditor {
 public:
  explicit Auditor(LogAudit& result) : result_(result) {}

  void look(const runtime::ReadEvent& read) {
    ++result_.events;
    if (read.file == nullptr) {
      return;
    }
    const auto id = read.record.stream.substr(runtime::kCasePrefix.size());
    auto& before = before_[id];
    look_at_command(id, read.record);
    look_at_deadline(id, read, before);
    before = read.file->state;
    const auto owed = engine::notices(read.file->plan->protocol, read.file->state, *read.event);
    for (std::size_t place = 0; place < owed.size(); ++place) {
      result_.notices[id].push_back(read.record.stream + ":" + std::to_string(read.record.version) +
                                    ":" + std::to_string(place));
    }
  }

 private:
  // The events of one command stand together; anywhere else, it has taken effect twice.
  void look_at_command(const std::string& id, const engine::Record& record) {
    auto& last = last_command_[id];
    if (record.command != last && !commands_.insert(id + " " + record.command).second) {
      complain(record, "its command has taken effect before");
    }
    last = record.command;
  }

  void look_at_deadline(const std::string& id,
                        const runtime::ReadEvent& read,
                        const engine::CaseState& before) {
    if (read.record.version == 1) {
      return;
    }
    const auto deadline = deadline_of(*read.event, before);
    if (!deadline) {
      return;
    }
    ++result_.fired[read.record.kind];
    if (!deadlines_.insert(id + " " + deadline->key).second) {
      complain(read.record, "a deadline has fired twice: " + deadline->key);
    }
    if (read.event->happened != deadline->at) {
      complain(read.record, "a deadline has fired at another instant than its own");
    }
    if (read.record.recorded < read.event->happened) {
      complain(read.record, "a deadline has fired before its instant");
    }
  }

  void complain(const engine::Record& record, const std::string& what) {
    result_.faults.push_back(record.stream + ", event " + std::to_string(record.version) + " (" +
                             record.kind + "): " + what);
  }

  LogAudit& result_;
  std::map<std::string, engine::CaseState> before_;
  std::map<std::string, std::string> last_command_;
  std::set<std::string> commands_, deadlines_;
};

}  // namespace

std::size_t LogAudit::fired_in_all() const {
  std::size_t all = 0;
  for (const auto& [kind, count] : fired) {
    all += count;
  }
  return all;
}

LogAudit audit(const std::filesystem::path& folder) {
  LogAudit result;
  auto store = runtime::SqliteStore::open_to_read(folder / runtime::kEventsFile);
  auto vault = runtime::Vault::open(folder / runtime::kKeysFile, runtime::VaultMode::read);
  if (!store || !vault) {
    result.faults.push_back(!store ? store.error().what : vault.error().what);
    return result;
  }
  runtime::Reading reading([&](const std::string& beneficiary, const engine::SealedText& sealed) {
    return runtime::open_sealed(*vault, beneficiary, sealed);
  });
  Auditor auditor(result);
  const auto read = (*store)->read_all(0, [&](const runtime::StoredEvent& stored) {
    const auto event = reading.read(stored);
    if (!event) {
      result.faults.push_back(std::string(stored.stream) + ", event " +
                              std::to_string(stored.version) + ": " + event.error().field + " " +
                              event.error().reason);
      return false;
    }
    if (event->file != nullptr) {
      result.cases[std::string(stored.stream.substr(runtime::kCasePrefix.size()))].emplace_back(
          stored.line);
    }
    auditor.look(*event);
    return true;
  });
  if (!read) {
    result.faults.push_back(read.error().what);
  }
  for (const auto& [stream, file] : reading.cases) {
    result.next_due = std::min(result.next_due, engine::next_due(*file.plan, file.state));
  }
  return result;
}

std::vector<std::string> delivery_faults(const LogAudit& log,
                                         const std::vector<std::string>& delivered) {
  std::unordered_map<std::string, std::size_t> first;
  for (std::size_t place = 0; place < delivered.size(); ++place) {
    first.emplace(delivered[place], place);
  }
  std::vector<std::string> faults;
  for (const auto& [id, owed] : log.notices) {
    std::size_t latest = 0;
    for (const auto& notice : owed) {
      const auto found = first.find(notice);
      if (found == first.end()) {
        faults.push_back("not delivered: " + notice);
        continue;
      }
      if (found->second < latest) {
        faults.push_back("delivered after a later one: " + notice);
      }
      latest = std::max(latest, found->second);
    }
  }
  return faults;
}

std::vector<std::string> ids_in(const std::filesystem::path& lines) {
  std::vector<std::string> ids;
  std::ifstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    const auto json = Json::parse(line, nullptr, false);
    if (json.is_object()) {
      ids.push_back(json.value("id", ""));
    }
  }
  return ids;
}

}  // namespace protoflow::testing
