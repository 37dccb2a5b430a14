// Contacts of persons: sealed under a key of their own before they enter the directory's stream;
// the key goes when the contact does.
#include "runtime/casebook/answers.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

std::expected<void, std::string> seal_contact(Vault& vault,
                                              SealedContact& made,
                                              const Contact& contact) {
  made.key = "contact/" + random_id();
  if (auto created = vault.create(made.key); !created) {
    return std::unexpected(created.error().what);
  }
  auto sealed = seal_text(vault, made.key, contact_json(contact));
  if (!sealed) {
    return std::unexpected(sealed.error());
  }
  made.sealed = std::move(*sealed);
  return {};
}

}  // namespace

void Casebook::set_contact(const std::string& person,
                           const std::optional<Contact>& contact,
                           Tell tell,
                           const Writing& writing) {
  const auto& people = reading_.people;
  const bool is_done = people.has_command(writing.command_id);
  for (const auto& id : {person, writing.by}) {
    if (!is_done && !id.empty() && people.find(id) == nullptr) {
      return tell(std::unexpected(unknown_person(id)));
    }
  }
  SealedContact made{.person = person};
  if (contact && !is_done) {
    auto sealed = seal_contact(world_.vault, made, *contact);
    if (!sealed) {
      world_.on_trouble(sealed.error());
      return tell(std::unexpected(record_not_written()));
    }
  }
  engine::Record record{.stream = std::string(kPeopleStream),
                        .kind = std::string(kPersonContact),
                        .actor = actor_json(writing),
                        .body = sealed_contact_json(made),
                        .command = command_id_of(writing, person)};
  auto stands = [this, person, contact, id = writing.command_id] {
    return reading_.people.has_command(id) || contact_of(person) == contact;
  };
  append_record({.record = std::move(record),
                 .stands = std::move(stands),
                 .then = [this, made = std::move(made), tell = std::move(tell)](
                             const EventStore::Appended& appended) {
                   const bool unused = !appended || *appended == 0;
                   if (unused && !made.key.empty()) {
                     (void)world_.vault.destroy(made.key);  // it has sealed nothing that was kept
                   }
                   if (!appended) {
                     return tell(std::unexpected(record_not_written()));
                   }
                   erase_spent_contacts();
                   tell(Done{.stream = std::string(kPeopleStream),
                             .version = reading_.heads[std::string(kPeopleStream)].version,
                             .repeated = *appended == 0});
                 }});
}

void Casebook::set_calendar(const CalendarAddress& address, Tell tell) {
  engine::Record record{.stream = std::string(kPeopleStream),
                        .kind = std::string(kCalendarAddress),
                        .actor = actor_json({}),
                        .body = calendar_address_json(address),
                        .command = command_id_of({}, address.person + address.partner)};
  auto stands = [this, address] {
    const auto* now = reading_.people.calendars().of(address.person, address.partner);
    return now == nullptr ? address.hash.empty() : *now == address;
  };
  append_record({.record = std::move(record),
                 .stands = std::move(stands),
                 .then = [this, tell = std::move(tell)](const EventStore::Appended& appended) {
                   if (!appended) {
                     return tell(std::unexpected(record_not_written()));
                   }
                   tell(Done{.stream = std::string(kPeopleStream),
                             .version = reading_.heads[std::string(kPeopleStream)].version});
                 }});
}

std::optional<Contact> Casebook::contact_of(std::string_view person) const {
  const auto* sealed = reading_.people.contact(person);
  if (sealed == nullptr) {
    return std::nullopt;
  }
  const auto text = open_sealed(world_.vault, sealed->key, sealed->sealed);
  if (!text || !*text) {
    return std::nullopt;
  }
  auto contact = read_contact_json(**text);
  return contact ? std::optional(std::move(*contact)) : std::nullopt;
}

// At the start too: a crash may have come between the record and the key.
void Casebook::erase_spent_contacts() {
  for (const auto& spent : reading_.people.take_spent_contacts()) {
    const auto text = open_sealed(world_.vault, spent.key, spent.sealed);
    const bool is_erased = text && !*text;
    if (is_erased) {
      continue;
    }
    if (auto destroyed = world_.vault.destroy(spent.key); !destroyed) {
      world_.on_trouble(destroyed.error().what);
    }
  }
}

}  // namespace protoflow::runtime
