#include "runtime/casebook/verifying.hpp"

#include <utility>

namespace protoflow::runtime {

namespace {

// What stands around a broken link of one stream.
struct Link {
  std::uint64_t position_before = 0;
  std::string hash;  // of the event that names another hash than its forerunner has
  std::optional<std::string> confirmed_by;  // `previous` of the event after it
};

std::expected<Link, StoreError> read_link(const EventStore& store, const Fault& fault) {
  Link link;
  const auto read =
      store.read_stream(fault.stream, fault.version - 2, [&](const StoredEvent& stored) {
        if (stored.version == fault.version - 1) {
          link.position_before = stored.position;
        } else if (stored.version == fault.version) {
          link.hash = engine::to_hex(engine::sha256(stored.line));
        } else if (const auto record = engine::read_record(stored.line)) {
          link.confirmed_by = record->previous;
        }
        return stored.version <= fault.version;
      });
  if (!read) {
    return std::unexpected(read.error());
  }
  return link;
}

// A broken link has two ends. The one that later events or the stored state confirm is sound, so
// the other was altered.
std::expected<Fault, StoreError> locate(const EventStore& store,
                                        const Checkpoints& checkpoints,
                                        Fault fault) {
  if (fault.field != "previous" || fault.version < 2) {
    return fault;
  }
  const auto link = read_link(store, fault);
  if (!link) {
    return std::unexpected(link.error());
  }
  const auto checkpoint = checkpoints.find(fault.stream);
  const bool at_checkpoint =
      checkpoint != checkpoints.end() && checkpoint->second.version == fault.version;
  const bool sound =
      link->confirmed_by == link->hash || (at_checkpoint && checkpoint->second.hash == link->hash);
  if (sound) {
    fault.version -= 1;
    fault.position = link->position_before;
    fault.field = "line";
    fault.reason = "was altered: the event after it, itself sound, recorded another hash of it";
  }
  return fault;
}

std::optional<Fault> compare(const ReadEvent& event,
                             const Reading& reading,
                             const Checkpoint& stored) {
  Fault fault{
      .position = event.position, .stream = event.record.stream, .version = event.record.version};
  if (reading.heads.find(event.record.stream)->second.hash != stored.hash) {
    fault.field = "line";
    fault.reason = "was altered: the stored state remembers another hash of it";
    return fault;
  }
  if (reading.describe_live(event.record.stream) != stored.state) {
    fault.field = "state";
    fault.reason = "as stored differs from what the events say: the stored state was altered";
    return fault;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Fault> find_broken_end(const Reading& reading, const Checkpoints& checkpoints) {
  for (const auto& [stream, stored] : checkpoints) {
    const auto head = reading.heads.find(stream);
    if (head == reading.heads.end() || head->second.version < stored.version) {
      return Fault{.stream = stream,
                   .version = stored.version,
                   .field = "line",
                   .reason = "is missing: the stored state has seen it, the log has lost it"};
    }
    if (head->second.version == stored.version && head->second.hash != stored.hash) {
      return Fault{.stream = stream,
                   .version = stored.version,
                   .field = "line",
                   .reason = "was altered: the stored state remembers another hash of it"};
    }
  }
  return std::nullopt;
}

std::expected<Verification, StoreError> verify(const EventStore& store,
                                               const Checkpoints& checkpoints,
                                               OpenFor open) {
  Reading reading(std::move(open));
  Verification found;
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    auto event = reading.read(stored);
    if (!event) {
      found.fault = event.error();
      return false;
    }
    ++found.events;
    const auto checkpoint = checkpoints.find(event->record.stream);
    if (checkpoint != checkpoints.end() && checkpoint->second.version == event->record.version) {
      ++found.compared;
      found.fault = compare(*event, reading, checkpoint->second);
    }
    return !found.fault;
  });
  if (!read) {
    return std::unexpected(read.error());
  }
  found.streams = reading.heads.size();
  found.cases = reading.cases.size();
  if (!reading.plans.empty()) {
    found.language = reading.plans.begin()->second->protocol.language;
  }
  if (!found.fault) {
    found.fault = find_broken_end(reading, checkpoints);
  } else {
    auto located = locate(store, checkpoints, *found.fault);
    if (!located) {
      return std::unexpected(located.error());
    }
    found.fault = std::move(*located);
  }
  return found;
}

}  // namespace protoflow::runtime
