// Who asks: nobody, somebody of the directory by a token of their own, or the operator. What they
// may see is said in runtime/access/access.hpp.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/people/directory.hpp"

namespace protoflow::runtime {

enum class ReaderKind : std::uint8_t { nobody, person, the_operator };

struct Reader {
  ReaderKind kind = ReaderKind::nobody;
  Person person{};      // as the directory had them when they asked; empty unless of that kind
  std::string token{};  // the id of theirs
  bool may_act = false;

  [[nodiscard]] bool is_operator() const { return kind == ReaderKind::the_operator; }

  [[nodiscard]] bool is_person() const { return kind == ReaderKind::person; }

  /// By their own token.
  [[nodiscard]] bool is(std::string_view person_id) const {
    return is_person() && person.id == person_id;
  }
};

/// By what a request carries: `operators` is the operator's own token.
[[nodiscard]] Reader reader_of(std::string_view token,
                               std::string_view operators,
                               const Directory& people,
                               model::Instant now);

/// Whether the token still opens the door to the same person as it was.
[[nodiscard]] bool is_still(const Reader& reader, const Directory& people, model::Instant now);

}  // namespace protoflow::runtime
