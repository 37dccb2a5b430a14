#include "runtime/casebook/reading.hpp"

#include <type_traits>
#include <utility>

#include "engine/log/meaning_hash.hpp"
#include "engine/state/apply.hpp"
#include "runtime/people/contact.hpp"

namespace protoflow::runtime {

namespace {

using engine::BadRecord;

// What was deployed before the meaning was written in another way keeps the hash that its cases
// carry.
PlanRef under_its_hash(PlanRef plan, const std::string& recorded) {
  if (plan->meaning_hash == recorded) {
    return plan;
  }
  if (engine::meaning_hash(plan->protocol, model::Canonical::one) != recorded) {
    return nullptr;
  }
  auto old = std::make_shared<engine::Plan>(*plan);
  old->meaning_hash = recorded;
  return old;
}

}  // namespace

Reading::Reading(OpenFor open) : open_(std::move(open)) {}

PlanRef Reading::protocol(std::string_view name) const {
  const auto found = protocols.find(name);
  return found == protocols.end() ? nullptr : found->second;
}

PlanRef Reading::version(std::string_view name, std::string_view called) const {
  constexpr std::size_t kHashLettersMin = 8;
  const auto newest = protocol(name);
  const auto is_called = [&](const engine::Plan& plan) {
    return std::to_string(plan.protocol.version) == called ||
           (called.size() >= kHashLettersMin && plan.meaning_hash.starts_with(called));
  };
  if (!newest || called == "latest" || is_called(*newest)) {
    return newest;
  }
  PlanRef found;
  for (const auto& [hash, plan] : plans) {
    if (plan->protocol.name == name && is_called(*plan)) {
      if (found) {
        return nullptr;
      }
      found = plan;
    }
  }
  return found;
}

std::uint32_t Reading::free_version(const engine::Plan& plan) const {
  bool taken = false;
  std::uint32_t highest = 0;
  for (const auto& [hash, known] : plans) {
    if (known->protocol.name == plan.protocol.name) {
      highest = std::max(highest, known->protocol.version);
      taken =
          taken || (known->protocol.version == plan.protocol.version && hash != plan.meaning_hash);
    }
  }
  return taken ? highest + 1 : 0;
}

std::expected<ReadEvent, Fault> Reading::read(const StoredEvent& stored) {
  auto taken = take(stored);
  if (!taken) {
    return std::unexpected(Fault{stored.position,
                                 std::string(stored.stream),
                                 stored.version,
                                 taken.error().field,
                                 taken.error().reason});
  }
  return ReadEvent{stored.position, record_, file_, event_};
}

std::expected<void, BadRecord> Reading::take(const StoredEvent& stored) {
  event_.reset();
  file_ = nullptr;
  auto record = engine::read_record(stored.line);
  if (!record) {
    return std::unexpected(record.error());
  }
  record_ = std::move(*record);
  auto& head = heads[record_.stream];
  if (record_.stream != stored.stream) {
    return std::unexpected(BadRecord{"stream", "is not the stream it is stored under"});
  }
  if (record_.version != stored.version) {
    return std::unexpected(BadRecord{"version", "is not the version it is stored under"});
  }
  if (record_.version != head.version + 1) {
    return std::unexpected(BadRecord{
        "version",
        "does not follow version " + std::to_string(head.version) + ", the last before it"});
  }
  if (record_.previous != head.hash) {
    return std::unexpected(BadRecord{
        "previous", "is not the hash of the event before it: one of the two was altered"});
  }
  head = {record_.version, engine::to_hex(engine::sha256(stored.line))};
  if (record_.stream.starts_with(kCasePrefix) || record_.stream.starts_with(kSessionPrefix) ||
      record_.stream.starts_with(kPartnershipPrefix)) {
    return read_live();
  }
  if (record_.stream.starts_with(kProtocolPrefix)) {
    return read_protocol();
  }
  if (record_.stream == kPeopleStream) {
    return read_people();
  }
  return std::unexpected(BadRecord{"stream", "is of no kind that this program knows"});
}

std::expected<void, BadRecord> Reading::read_people() {
  if (record_.kind == kPersonRegistered) {
    auto person = read_person(record_);
    if (!person) {
      return std::unexpected(person.error());
    }
    note_command(person->id);
    people.put(std::move(*person), record_.version);
    return {};
  }
  if (record_.kind == kTokenIssued) {
    auto token = read_issued(record_.body);
    if (!token) {
      return std::unexpected(token.error());
    }
    note_command(token->person);
    people.tokens().put(std::move(*token));
    return {};
  }
  if (record_.kind == kTokenRevoked) {
    const auto revoked = read_revoked(record_.body);
    if (!revoked) {
      return std::unexpected(revoked.error());
    }
    note_command(revoked->person);
    people.tokens().revoke(revoked->id);
    return {};
  }
  if (change_kind(record_.kind)) {
    auto change = read_change(record_.kind, record_.body);
    if (!change) {
      return std::unexpected(change.error());
    }
    note_command(change->person);
    people.take(std::move(*change), record_.version);
    return {};
  }
  if (record_.kind == kPersonContact) {
    auto contact = read_sealed_contact(record_.body);
    if (!contact) {
      return std::unexpected(contact.error());
    }
    note_command(contact->person);
    people.put_contact(std::move(*contact));
    return {};
  }
  if (record_.kind == kCalendarAddress) {
    auto address = read_calendar_address(record_.body);
    if (!address) {
      return std::unexpected(address.error());
    }
    people.put_calendar(std::move(*address));
    return {};
  }
  return std::unexpected(BadRecord{"kind", "is none that this program knows of the directory"});
}

// Without an id of its sender's, a record has one of ours.
void Reading::note_command(std::string_view person) {
  if (record_.command != command_id_of({}, person)) {
    people.note_command(record_.command);
  }
}

std::expected<void, BadRecord> Reading::read_protocol() {
  const auto text = read_protocol_text(record_.body);
  if (record_.kind != kProtocolDeployed || !text) {
    return std::unexpected(BadRecord{"body", "is not a deployed protocol"});
  }
  auto plan = plan_of_deployed(*text);
  if (!plan) {
    return std::unexpected(BadRecord{"body", "holds a protocol that this program cannot read"});
  }
  const auto known = under_its_hash(std::move(*plan), record_.protocol);
  if (!known) {
    return std::unexpected(BadRecord{"protocol", "is not the meaning hash of the text beside it"});
  }
  // One plan a hash: its cases know their steps by place, and the same meaning has many orders.
  const auto& kept = plans.try_emplace(record_.protocol, known).first->second;
  protocols[kept->protocol.name] = kept;
  return {};
}

std::expected<void, BadRecord> Reading::read_live() {
  const auto plan = plans.find(record_.protocol);
  if (plan == plans.end()) {
    return std::unexpected(BadRecord{"protocol", "is the hash of no protocol deployed before"});
  }
  begin_live(record_.stream, plan->second);
  const bool migrates = record_.kind == kCaseMigrated && record_.stream.starts_with(kCasePrefix);
  return look_at(record_.stream, [&](auto& file) -> std::expected<void, BadRecord> {
    if (file.plan != plan->second && !migrates) {
      return std::unexpected(BadRecord{"protocol", "is not the protocol that the stream goes by"});
    }
    const engine::Open open = [&](const engine::SealedText& sealed) {
      return open_ ? open_(key_of(record_.stream, file.state), sealed)
                   : std::optional<std::string>();
    };
    const auto was = file.plan;
    auto event =
        engine::decode(record_, plan->second->protocol, open, migrates ? &was->protocol : nullptr);
    if (!event) {
      return std::unexpected(event.error());
    }
    if (migrates && event->meaning != was->meaning_hash) {
      return std::unexpected(BadRecord{"meaning", "is not the protocol that the case comes from"});
    }
    file.plan = plan->second;
    engine::apply(file.state, *event);
    event_ = std::move(*event);
    if constexpr (std::is_same_v<decltype(file), CaseFile&>) {
      file_ = &file;
    }
    return {};
  });
}

namespace {

engine::CaseState empty_state(const model::Protocol& protocol, const engine::CaseState*) {
  return engine::empty_case(protocol);
}

engine::SessionState empty_state(const model::Protocol& protocol, const engine::SessionState*) {
  return engine::empty_session(protocol);
}

engine::PartnershipState empty_state(const model::Protocol& protocol,
                                     const engine::PartnershipState*) {
  return engine::empty_partnership(protocol);
}

}  // namespace

void Reading::begin_live(const std::string& stream, const PlanRef& plan) {
  in_kind(*this, stream, [&](auto& files) {
    auto& file = files[stream];
    if (!file.plan) {
      file = {plan, empty_state(plan->protocol, &file.state)};
    }
  });
}

void Reading::forget_live(std::string_view stream) {
  in_kind(*this, stream, [&](auto& files) {
    const auto found = files.find(stream);
    if (found != files.end()) {
      files.erase(found);
    }
  });
  if (const auto head = heads.find(stream); head != heads.end() && head->second.version == 0) {
    heads.erase(head);
  }
}

std::string Reading::describe_live(std::string_view stream) const {
  if (!has_live(stream)) {
    return {};
  }
  return look_at(
      stream, [](const auto& file) { return engine::describe(file.state, file.plan->protocol); });
}

std::string key_of(std::string_view, const engine::CaseState& state) {
  return state.beneficiary;
}

std::string key_of(std::string_view stream, const engine::SessionState&) {
  return std::string(stream);
}

std::string key_of(std::string_view stream, const engine::PartnershipState&) {
  return std::string(stream);
}

std::string protocol_json(const engine::Plan& plan, const ProtocolText& text) {
  return protocol_text_json(plan.protocol.name, plan.protocol.version, text);
}

}  // namespace protoflow::runtime
