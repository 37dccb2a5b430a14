// A shelf of texts and closed days held in memory, for tests.
#pragma once

#include <map>
#include <string>

#include "dsl/files/shelf.hpp"

namespace protoflow::dsl {

/// What is in no map is missing.
struct MapShelf {
  std::map<std::string, std::string, std::less<>> texts;
  std::map<std::string, std::vector<model::ClosedDay>, std::less<>> closed;
  std::map<std::string, ReadFault, std::less<>> faults;
  std::map<std::string, int> readings;  // of each text

  /// Refers to this.
  [[nodiscard]] Shelf shelf(std::string own = "own.proto-flow");
};

}  // namespace protoflow::dsl
