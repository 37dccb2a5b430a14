// What the addresses of links share. Private to runtime/http.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/door/door_page.hpp"
#include "runtime/door/link_book.hpp"
#include "runtime/http/calls.hpp"

namespace protoflow::runtime {

/// Why a link does nothing.
enum class ShutLink : std::uint8_t { unknown, used, old, not_now };

[[nodiscard]] DoorPage shut_page(ShutLink shut, MailLanguage language);

/// That of whom the link is for; otherwise what their program asks for.
[[nodiscard]] MailLanguage language_of_reader(const Call& call, const Link* link);

/// Where there are no links, or somebody tries too many that there are not.
[[nodiscard]] std::optional<HttpResponse> refuse_door(const Call& call, std::string_view secret);

/// application/x-www-form-urlencoded; nothing of what cannot be read.
[[nodiscard]] std::map<std::string, std::string, std::less<>> read_form(const std::string& body);

}  // namespace protoflow::runtime
