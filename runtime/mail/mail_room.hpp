// The mails of a running daemon: makes letters of notices, keeps them in an outbox of their own
// (the file `mail.db`) until they may leave, and sends them. Everything on the loop.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/casebook/casebook.hpp"
#include "runtime/clock/clock.hpp"
#include "runtime/loop/loop.hpp"
#include "runtime/mail/letter.hpp"
#include "runtime/mail/mail_channel.hpp"
#include "runtime/mail/mail_options.hpp"
#include "runtime/outbox/outbox.hpp"

namespace protoflow::runtime {

class MailRoom final {
 public:
  /// `clock` is the machine's. The error is a sentence for the operator.
  [[nodiscard]] static std::expected<std::unique_ptr<MailRoom>, std::string> open(
      const std::filesystem::path& file,
      Loop& loop,
      const Clock& clock,
      const MailOptions& options);

  /// Whose people and protocols the letters go by; before the first `post`, and outlives the room.
  /// `link_of` makes what a letter's reader is to open, for one mail; empty: the pages.
  void serve(const Casebook& casebook, std::function<std::string(const Letter&)> link_of = {}) {
    casebook_ = &casebook;
    link_of_ = std::move(link_of);
  }

  /// A link to come in with, to somebody who asked for it.
  void post_sign_in(const std::string& person);

  /// Up to which event the letters are written; `otherwise` in a room where none was ever.
  [[nodiscard]] std::uint64_t scanned(std::uint64_t otherwise) const;

  /// As Outbox::post, of the notices as they leave the casebook. Those of events up to `scanned`
  /// are left out, and, until the log is caught up with, those of more than three days ago: mails
  /// may have been off meanwhile.
  void post(const std::vector<OutgoingNotice>& notices, std::uint64_t position);

  /// What the log held when the daemon started has been posted.
  void caught_up() { catching_up_ = false; }

  [[nodiscard]] Outbox& outbox() { return *outbox_; }

 private:
  explicit MailRoom(const Clock& clock) : clock_(clock) {}

  [[nodiscard]] LetterWorld world() const;
  void on_refused(const OutgoingNotice& letter);

  const Clock& clock_;
  const Casebook* casebook_ = nullptr;
  std::function<std::string(const Letter&)> link_of_;
  std::uint64_t sign_ins_ = 0;
  bool catching_up_ = true;
  std::set<std::string> refused_;  // contacts of which the coordination was told, by their keys
  std::unique_ptr<Outbox> outbox_;
};

}  // namespace protoflow::runtime
