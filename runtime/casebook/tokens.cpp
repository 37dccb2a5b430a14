// Tokens of people in the directory's stream: issued and revoked, each a record.
#include "runtime/casebook/answers.hpp"
#include "runtime/casebook/casebook.hpp"

namespace protoflow::runtime {

void Casebook::issue_token(PersonToken token, Tell tell, const Writing& writing) {
  const bool is_done = reading_.people.has_command(writing.command_id);
  if (reading_.people.find(token.person) == nullptr && !is_done) {
    return tell(std::unexpected(unknown_person(token.person)));
  }
  record_token(
      {.stream = std::string(kPeopleStream),
       .kind = std::string(kTokenIssued),
       .actor = actor_json(writing),
       .body = issued_json(token),
       .command = command_id_of(writing, token.person)},
      [this, id = writing.command_id] { return reading_.people.has_command(id); },
      std::move(tell));
}

void Casebook::revoke_token(std::string_view id, Tell tell, const Writing& writing) {
  const auto* token = reading_.people.tokens().find_id(id);
  if (token == nullptr) {
    return tell(std::unexpected(not_done(Why::unknown_case,
                                         "unknown_token",
                                         "There is no such token. `protoflow people tokens` lists "
                                         "those that have not been revoked.")));
  }
  record_token(
      {.stream = std::string(kPeopleStream),
       .kind = std::string(kTokenRevoked),
       .actor = actor_json(writing),
       .body = revoked_json(*token),
       .command = command_id_of(writing, token->person)},
      [this, id = token->id] { return reading_.people.tokens().find_id(id) == nullptr; },
      std::move(tell));
}

void Casebook::record_token(engine::Record record, std::function<bool()> stands, Tell tell) {
  append_record({.record = std::move(record),
                 .stands = std::move(stands),
                 .then = [this, tell = std::move(tell)](const EventStore::Appended& appended) {
                   if (!appended) {
                     return tell(std::unexpected(not_done(
                         Why::unavailable,
                         "not_written",
                         "This could not be written; nothing was lost. Try again in a moment.")));
                   }
                   tell(Done{.stream = std::string(kPeopleStream),
                             .version = reading_.heads[std::string(kPeopleStream)].version,
                             .repeated = *appended == 0});
                 }});
}

}  // namespace protoflow::runtime
