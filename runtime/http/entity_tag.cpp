#include "runtime/http/entity_tag.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

#include "engine/log/record.hpp"
#include "runtime/http/api_json.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::size_t kTagDigits = 16;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  const auto last = text.find_last_not_of(' ');
  return first == std::string_view::npos ? std::string_view()
                                         : text.substr(first, last + 1 - first);
}

// Compared weakly, as RFC 9110, section 13.1.2, has it.
bool is_among(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    auto each = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), each.size() + 1));
    each = trimmed(each);
    each.remove_prefix(each.starts_with("W/") ? 2 : 0);
    if (each == tag || each == "*") {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string tag_of(std::string_view body, std::string_view before) {
  return '"' + std::string(before) + engine::to_hex(engine::sha256(body)).substr(0, kTagDigits) +
         '"';
}

HttpResponse respond_tagged(const HttpRequest& request,
                            HttpResponse response,
                            const std::string& tag) {
  response.headers.emplace_back("ETag", tag);
  if (is_among(request.header("if-none-match"), tag)) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

HttpResponse respond_version(const HttpRequest& request,
                             const nlohmann::ordered_json& json,
                             std::uint64_t version) {
  auto response = respond_json(json);
  const auto tag = tag_of(response.body, std::to_string(version) + ".");
  return respond_tagged(request, std::move(response), tag);
}

std::expected<std::optional<std::uint64_t>, std::string> expected_version(
    const HttpRequest& request) {
  auto match = trimmed(request.header("if-match"));
  if (match.empty() || match == "*") {
    return std::nullopt;
  }
  const bool quoted = match.size() > 2 && match.starts_with('"') && match.ends_with('"');
  match = quoted ? match.substr(1, match.size() - 2) : match;
  match = match.substr(0, match.find('.'));
  const char* const end = match.data() + match.size();
  std::uint64_t version = 0;
  const auto read = std::from_chars(match.data(), end, version);
  if (read.ec != std::errc() || read.ptr != end) {
    return std::unexpected(
        "If-Match must be the ETag of what was read, or its version between quotes.");
  }
  return version;
}

}  // namespace protoflow::runtime
