// A text that a test compares with one kept in the tree; PROTOFLOW_UPDATE=1 writes it anew.
#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/support/places.hpp"

namespace protoflow::tests {

/// What stands in the file of that path from the root of the tree; `found`, once it is written
/// there.
[[nodiscard]] inline std::string golden(const std::string& path, const std::string& found) {
  const auto file = in_sources("/" + path);
  if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
    std::ofstream(file) << found;
  }
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

}  // namespace protoflow::tests
