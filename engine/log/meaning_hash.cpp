#include "engine/log/meaning_hash.hpp"

#include "engine/log/record.hpp"
#include "engine/model/canonical.hpp"

namespace protoflow::engine {

std::string meaning_hash(const model::Protocol& protocol, model::Canonical way) {
  return to_hex(sha256(model::canonical(protocol, way)));
}

}  // namespace protoflow::engine
