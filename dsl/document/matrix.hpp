// Who does what: steps, sessions and routines by roles, as a page and as a table for spreadsheets.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "dsl/document/document.hpp"
#include "dsl/document/phrases.hpp"

namespace protoflow::dsl::document {

/// What a role is to a step. Their places are those of MatrixWords.
enum class MatrixMark : std::uint8_t { responsible, reviewer, with, informed, deputy };

inline constexpr std::size_t kMatrixMarks = 5;

struct MatrixRow {
  Text group;  // set on the first row of a stage, of the sessions, of the routines
  Text title;
  std::vector<std::array<bool, kMatrixMarks>> marks;  // by the place of the role in `roles`
};

struct Matrix {
  std::vector<model::RoleId> roles;  // those that do something, in the protocol's order
  std::vector<MatrixRow> rows;
};

[[nodiscard]] Matrix role_matrix(const Edition& edition);

[[nodiscard]] Document matrix_document(const Edition& edition);

/// RFC 4180: commas, CRLF, every field between quotes. UTF-8 with a byte-order mark, without which
/// spreadsheets misread accents. A field that a spreadsheet would run as a formula is preceded by
/// an apostrophe.
[[nodiscard]] std::string matrix_csv(const Edition& edition);

}  // namespace protoflow::dsl::document
