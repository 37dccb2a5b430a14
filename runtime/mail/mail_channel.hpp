// The channel that sends letters by mail: looks up where the reader is to be reached, writes the
// mail, and hands it to the mail server. The letters of one digest leave as one mail.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "runtime/channel/channel.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/loop/loop.hpp"
#include "runtime/mail/smtp.hpp"

namespace protoflow::runtime {

inline constexpr std::string_view kMailChannel = "mail";

struct MailChannelSettings {
  SmtpSettings smtp{};
  MailSite site{};
  /// Nothing: nowhere any more, and the letter is not sent.
  std::function<std::optional<Contact>(std::string_view person)> contact_of{};
  /// Whether what the letter says is still so; what is not is not sent.
  std::function<bool(const Letter&)> still_holds = [](const Letter&) { return true; };
  /// What its reader is to open, made for this mail; empty: the pages.
  std::function<std::string(const Letter&)> link_of = [](const Letter&) { return std::string(); };
  /// Of a letter that the mail server has refused for good. On the loop.
  std::function<void(const OutgoingNotice& letter)> on_refused = [](const OutgoingNotice&) {};
};

/// Its notices are letters (letter.hpp). `clock` dates them.
[[nodiscard]] std::expected<std::unique_ptr<Channel>, ChannelError> make_mail_channel(
    Loop& loop, const Clock& clock, MailChannelSettings settings);

}  // namespace protoflow::runtime
