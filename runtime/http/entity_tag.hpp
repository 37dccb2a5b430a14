// Entity tags (RFC 9110, section 8.8.3) of what has a version: `"7.3fa1…"` is version 7 of the
// stream as this reader sees it. Whoever acts sends the version back with If-Match, alone or with
// the rest; whoever reads again sends the whole with If-None-Match.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// A tag of what was answered, and of nothing else; `before` is said first.
[[nodiscard]] std::string tag_of(std::string_view body, std::string_view before = {});

/// With the tag; 304 and no body where the client has the same already.
[[nodiscard]] HttpResponse respond_tagged(const HttpRequest& request,
                                          HttpResponse response,
                                          const std::string& tag);

/// The same of a stream in its version.
[[nodiscard]] HttpResponse respond_version(const HttpRequest& request,
                                           const nlohmann::ordered_json& json,
                                           std::uint64_t version);

/// Of If-Match: which version it must still be. Nothing: whichever. The error is a sentence.
[[nodiscard]] std::expected<std::optional<std::uint64_t>, std::string> expected_version(
    const HttpRequest& request);

}  // namespace protoflow::runtime
