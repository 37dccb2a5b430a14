#include "runtime/http/page.hpp"

#include <charconv>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/server_text.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

// A cursor is the address of its list and a key, in hexadecimal digits: nobody need read it, and
// none is taken for one of another list.
std::string cursor_of(std::string_view path, std::string_view key) {
  std::string cursor;
  for (const char c : std::string(path) + '\n' + std::string(key)) {
    const auto byte = static_cast<unsigned char>(c);
    cursor += kHex[byte >> 4];
    cursor += kHex[byte & 15];
  }
  return cursor;
}

std::optional<std::string> key_in(std::string_view cursor, std::string_view path) {
  std::string text;
  for (std::size_t at = 0; at + 1 < cursor.size(); at += 2) {
    const auto high = kHex.find(cursor[at]), low = kHex.find(cursor[at + 1]);
    if (high == kHex.npos || low == kHex.npos) {
      return std::nullopt;
    }
    text += static_cast<char>(high << 4 | low);
  }
  const auto begins = std::string(path) + '\n';
  const bool is_one = cursor.size() % 2 == 0 && text.starts_with(begins) && is_clean_text(text);
  return is_one ? std::optional(text.substr(begins.size())) : std::nullopt;
}

}  // namespace

std::expected<Page, std::string> Page::read(const HttpRequest& request) {
  Page page;
  if (const auto cursor = request.query_value("after"); !cursor.empty()) {
    auto key = key_in(cursor, request.path);
    if (!key) {
      return std::unexpected(
          "\"after\" is no place in this list: follow the `next` of the page before, or leave it "
          "out to begin anew.");
    }
    page.after_ = std::move(*key);
  }
  const auto limit = read_number(request, "limit");
  if (!limit || (*limit == 0 && !request.query_value("limit").empty()) || *limit > kLimitMax) {
    return std::unexpected("\"limit\" must be a whole number from 1 to " +
                           std::to_string(kLimitMax) + ".");
  }
  page.limit_ = *limit == 0 ? kListMax : static_cast<std::size_t>(*limit);
  return page;
}

bool Page::takes(std::string_view key) {
  if (!after_.empty() && key <= after_) {
    return false;
  }
  is_over_ = rows_ == limit_;
  if (is_over_) {
    return false;
  }
  ++rows_;
  last_ = key;
  return true;
}

HttpResponse Page::respond(const HttpRequest& request, nlohmann::ordered_json json) const {
  if (is_over_) {
    json["next"] = address_with(request, "after", cursor_of(request.path, last_));
  }
  return respond_json(json);
}

std::string key_of(std::uint64_t number) {
  auto digits = std::to_string(number);
  return digits.insert(0, 20 - digits.size(), '0');
}

std::expected<bool, std::string> read_flag(const HttpRequest& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (text.empty() || text == "false") {
    return false;
  }
  return text == "true" ? std::expected<bool, std::string>(true)
                        : std::unexpected("\"" + std::string(name) + "\" must be true or false.");
}

std::expected<std::uint64_t, std::string> read_number(const HttpRequest& request,
                                                      std::string_view name) {
  const auto text = request.query_value(name);
  std::uint64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto [last, error] = std::from_chars(text.data(), end, number);
  if (!text.empty() && (error != std::errc() || last != end)) {
    return std::unexpected("\"" + std::string(name) + "\" must be a whole number.");
  }
  return number;
}

std::string address_with(const HttpRequest& request,
                         std::string_view name,
                         std::string_view value) {
  std::string address;
  for (const auto& segment : request.segments) {
    address += "/" + escaped(segment);
  }
  char mark = '?';
  const auto add = [&](std::string_view key, std::string_view text) {
    address += std::exchange(mark, '&') + escaped(key) + "=" + escaped(text);
  };
  for (const auto& [key, text] : request.query) {
    if (key != name) {
      add(key, text);
    }
  }
  add(name, value);
  return address;
}

}  // namespace protoflow::runtime
