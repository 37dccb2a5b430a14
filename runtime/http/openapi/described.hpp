// What the API says of itself, as tables: its addresses, commands, shapes and problems. The
// document is made of them (runtime/http/openapi/document.hpp); the tests hold them against what
// the daemon does. For runtime/http and its tests.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "runtime/http/routes.hpp"

namespace protoflow::runtime {

struct DescribedRoute {
  std::string_view method, path, id, says;
  std::string_view query;  // in the notation of shapes
  std::string_view takes;  // a shape; empty: no body
  int status = 200;        // when all is well
  std::string_view gives;  // a shape, or the media type of what is no JSON
  std::string_view problems;
  std::string_view example;  // of the body
};

enum class SentTo : std::uint8_t {
  none,  // only the daemon itself gives it
  own,   // an address of its own
  case_stream,
  session_stream,
  partnership_stream,
  both,  // a case or a partnership
};

struct DescribedCommand {
  std::string_view name;
  SentTo to = SentTo::none;
  std::string_view says, members, example;
};

struct DescribedShape {
  std::string_view name, says, members;
};

struct DescribedProblem {
  std::string_view slug;
  int status = 0;
  std::string_view when;
};

[[nodiscard]] std::span<const DescribedRoute> described_routes();

/// nullptr: nothing describes it.
[[nodiscard]] const DescribedRoute* description_of(const Route& route);
[[nodiscard]] std::span<const DescribedCommand> described_commands();
[[nodiscard]] std::span<const DescribedShape> described_shapes();

/// Beside the refusals of the engine.
[[nodiscard]] std::span<const DescribedProblem> described_problems();

/// The names that the query of an address knows, parted by commas; nothing where it knows all that
/// are asked.
[[nodiscard]] std::optional<std::string> names_known_instead(const Route& route,
                                                             const HttpRequest& request);

/// What stands in an address or its query; empty: unknown.
[[nodiscard]] std::string_view described_place(std::string_view name);

/// The body of the example, whole: of a command with its name and who acts.
[[nodiscard]] nlohmann::ordered_json example_of(const DescribedRoute& route);
[[nodiscard]] nlohmann::ordered_json example_of(const DescribedCommand& command);

/// The protocol that every example is about.
[[nodiscard]] std::string_view example_protocol();

}  // namespace protoflow::runtime
