// People out of a table that a partner keeps in a spreadsheet: CSV (RFC 4180) in UTF-8, by commas
// or semicolons, the first line naming its columns in French or in English. Says line by line what
// is wrong; writes nothing.
#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/protocol.hpp"
#include "runtime/people/contact.hpp"
#include "runtime/people/directory.hpp"

namespace protoflow::runtime {

inline constexpr std::size_t kImportLinesMax = 5'000;

struct ImportLine {
  std::size_t line = 0;  // where the row begins, from 1
  Person person;
  std::optional<Contact> contact;  // there was an address
  std::string wrong;               // a sentence, without what the cell held; empty: nothing is
};

/// What the deployed protocols say; names as written there.
struct ImportKnown {
  std::function<bool(std::string_view)> is_partner;
  std::function<bool(std::string_view)> is_role;
};

/// What to do about a text that is not UTF-8; nothing when it is.
[[nodiscard]] std::optional<std::string> wrong_encoding(std::string_view text,
                                                        model::Language language);

/// Columns `partner`, `person`, `roles`, and, where wanted, `speaks`, `mail`, `language`, `quiet`,
/// `digest`; several roles or languages in one cell are parted by `|`. A cell is text, whatever it
/// begins with. The error is a sentence about the whole file: its encoding, its columns.
[[nodiscard]] std::expected<std::vector<ImportLine>, std::string> read_people_csv(
    std::string_view text, const ImportKnown& known, model::Language language);

}  // namespace protoflow::runtime
