// Hands mails to one mail server (SMTP, RFC 5321), one after the other, on a thread of its own.
// Knows nothing of letters, persons or the outbox.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>

#include "runtime/channel/channel.hpp"
#include "runtime/mail/message.hpp"

namespace protoflow::runtime {

struct SmtpSettings {
  std::string url{};  // smtp://host:587, which must then speak STARTTLS, or smtps://host:465
  std::string user{}, password{};  // empty: none
  std::string authorities{};       // a file of certificates to trust instead of the system's
  bool insecure = false;           // no TLS: only for a relay on this machine
  std::chrono::milliseconds timeout{60'000};  // for one mail, from connecting to the last answer
};

/// nullopt: they fit together.
[[nodiscard]] std::optional<ChannelError> what_is_wrong(const SmtpSettings& settings);

/// One mail as it goes out.
struct Envelope {
  std::string from;  // as in MailSite
  std::string to;    // an address; is_mail_address
  MailMessage message;
  std::string date;  // header_date
};

/// How far a mail had come when its server last answered.
enum class SmtpStage : std::uint8_t { hello, sender, recipient, message };

/// What the last answer (0: none came) at that stage means for the mail. `Dead`: this reader or
/// this mail is refused for good; what is wrong with us or with the server is tried again.
[[nodiscard]] SendResult judge_reply(SmtpStage stage, long code);

class Smtp final {
 public:
  /// `done` is called on the sender's thread.
  using Done = std::function<void(SendResult)>;

  explicit Smtp(SmtpSettings settings);
  Smtp(const Smtp&) = delete;
  Smtp& operator=(const Smtp&) = delete;

  /// Ends what is under way; `done` of what waits is not called.
  ~Smtp();

  void send(Envelope envelope, Done done);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace protoflow::runtime
