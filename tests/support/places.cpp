#include "tests/support/places.hpp"

namespace protoflow {

std::string in_sources(std::string_view path) {
  return std::string(PROTOFLOW_SOURCE_DIR).append(path);
}

const char* program_under_test() {
  return PROTOFLOW_PROGRAM;
}

}  // namespace protoflow
