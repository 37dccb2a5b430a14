// A manual as a reader follows it: what it says to write and to type, in order, in one folder.
//
//   ```proto-flow NAME   goes into the file NAME, declaration by declaration: in the place of the
//   one
//                        that begins alike, otherwise at the end. Without NAME: a file of its own
//   ```text NAME         a file that the manual's own need
//   ```console           `$ COMMAND` and what it says; a line `…` stands for lines left out
//
// A block of any other kind is for the eye only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace protoflow::golden {

struct Listing {
  std::string kind;  // "proto-flow"
  std::string name;  // empty: none
  std::size_t begin = 0;
  std::size_t end = 0;  // of its lines in the manual
  std::string text;
};

[[nodiscard]] std::vector<Listing> listings_of(std::string_view manual);

/// `file` with the declarations of `listing`, which blank lines part.
[[nodiscard]] std::string revised(std::string_view file, std::string_view listing);

/// Whether `shown` is `found` but for what its lines `…` leave out.
[[nodiscard]] bool shows(std::string_view shown, std::string_view found);

}  // namespace protoflow::golden
