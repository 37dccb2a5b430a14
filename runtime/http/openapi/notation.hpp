// The short notation in which the shapes of the API are written down, and JSON Schema 2020-12 made
// of it. Members stand as "name type, name? type"; with `?` they may be left out. A type is
//   text, whole (a number that counts), number, flag, instant, moment (an instant, or a time by the
//   clock on the wall), day, scalar (text, number or flag), object (any),
//   =a|b (one of these words), [type] (a list), {type} (an object whose members are all of it),
//   or the name of another shape.
#pragma once

#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace protoflow::runtime {

[[nodiscard]] nlohmann::ordered_json type_schema(std::string_view type);

/// A whole shape: its members, or one type where it has no members of its own (`=a|b`).
[[nodiscard]] nlohmann::ordered_json shape_schema(std::string_view members);

struct NotedMember {
  std::string_view name, type;
  bool optional = false;
};

/// Takes the first member off; requires that there is one.
[[nodiscard]] NotedMember take_member(std::string_view& members);

}  // namespace protoflow::runtime
