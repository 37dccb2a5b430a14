// Which part of a list is answered: ?limit=… rows, those ?after=… where the page before ended. Rows
// stand in the order of their keys, so that a page begins at the same row whatever came or went
// meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// How much of a list one answer holds, unless ?limit=… says otherwise.
inline constexpr std::size_t kListMax = 200;

/// As much as it may say.
inline constexpr std::size_t kLimitMax = 1000;

class Page {
 public:
  /// The error is a sentence: a limit or a cursor that is none of this list.
  [[nodiscard]] static std::expected<Page, std::string> read(const HttpRequest& request);

  /// Whether the next row belongs to it; asked in the order of the keys, once each.
  [[nodiscard]] bool takes(std::string_view key);

  /// There are rows beyond it: the others need not be asked.
  [[nodiscard]] bool is_over() const { return is_over_; }

  /// The key of the last row of the page before; empty: it is the first.
  [[nodiscard]] const std::string& after() const { return after_; }

  [[nodiscard]] std::size_t limit() const { return limit_; }

  /// With `next`, the address of the page after it, where there are more rows.
  [[nodiscard]] HttpResponse respond(const HttpRequest& request, nlohmann::ordered_json json) const;

 private:
  std::string after_, last_;
  std::size_t limit_ = kListMax;
  std::size_t rows_ = 0;
  bool is_over_ = false;
};

/// A number as a key: in the order of numbers.
[[nodiscard]] std::string key_of(std::uint64_t number);

/// ?late=true. The error is a sentence.
[[nodiscard]] std::expected<bool, std::string> read_flag(const HttpRequest& request,
                                                         std::string_view name);

/// ?after_sequence=7; 0 when there is none. The error is a sentence.
[[nodiscard]] std::expected<std::uint64_t, std::string> read_number(const HttpRequest& request,
                                                                    std::string_view name);

/// The same address, with another value in its query.
[[nodiscard]] std::string address_with(const HttpRequest& request,
                                       std::string_view name,
                                       std::string_view value);

}  // namespace protoflow::runtime
