#include "engine/event/object_writer.hpp"

#include <nlohmann/json.hpp>

namespace protoflow::engine {

std::string ObjectWriter::escaped(std::string_view name) {
  const auto quoted = nlohmann::json(name).dump();
  return quoted.substr(1, quoted.size() - 2);
}

void ObjectWriter::put_escaped(std::string_view text) {
  text_.put(nlohmann::json(text).dump());
}

}  // namespace protoflow::engine
