// Every address of the API: with which method, what it needs, and what answers it. One table, from
// which the API looks up a request and says which methods an address has; nothing else knows.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/http/calls.hpp"

namespace protoflow::runtime {

enum class Needs : std::uint8_t {
  nothing,    // anybody may ask
  reading,    // a token
  acting,     // a token that is for acting too
  operating,  // the operator's token
};

struct Route {
  std::string_view method;
  std::string_view path;  // with {…} where any one segment may stand
  Needs needs;
  void (*answer)(const Call& call, const Answer& answer);
};

[[nodiscard]] std::span<const Route> all_routes();

struct FoundRoute {
  const Route* route = nullptr;  // none: there is no such address, or not with this method
  std::vector<std::string_view> places;
  std::string methods;  // of the address, for `Allow`; empty: there is no such address
};

/// The places point into `request`.
[[nodiscard]] FoundRoute find_route(const HttpRequest& request);

}  // namespace protoflow::runtime
