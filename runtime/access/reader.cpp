#include "runtime/access/reader.hpp"

#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

Reader reader_of(std::string_view token,
                 std::string_view operators,
                 const Directory& people,
                 model::Instant now) {
  if (same_secret(token, operators)) {
    return {.kind = ReaderKind::the_operator, .may_act = true};
  }
  const auto* known = people.tokens().find(token, now);
  const auto* person = known == nullptr ? nullptr : people.find(known->person);
  if (person == nullptr) {
    return {};
  }
  return {
      .kind = ReaderKind::person, .person = *person, .token = known->id, .may_act = known->may_act};
}

bool is_still(const Reader& reader, const Directory& people, model::Instant now) {
  const auto* token = people.tokens().find_id(reader.token);
  const auto* person = people.find(reader.person.id);
  return token != nullptr && now < token->expires && person != nullptr && *person == reader.person;
}

}  // namespace protoflow::runtime
