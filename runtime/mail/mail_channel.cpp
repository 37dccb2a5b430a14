#include "runtime/mail/mail_channel.hpp"

#include <utility>
#include <vector>

#include "runtime/channel/return_path.hpp"
#include "runtime/mail/letter.hpp"
#include "runtime/words/plain_text.hpp"

namespace protoflow::runtime {

namespace {

class MailChannel final : public Channel {
 public:
  MailChannel(Loop& loop, const Clock& clock, MailChannelSettings settings)
      : path_back_(loop), clock_(clock), settings_(std::move(settings)), smtp_(settings_.smtp) {}

  [[nodiscard]] std::string_view name() const override { return kMailChannel; }

  [[nodiscard]] bool goes_with(const OutgoingNotice& first,
                               const OutgoingNotice& next) const override {
    const auto one = read_letter(first.json);
    const auto other = read_letter(next.json);
    return one && other && !one->digest.empty() && one->digest == other->digest &&
           one->person == other->person;
  }

  void send(const OutgoingNotice& notice, Done done) override {
    send_all({&notice, 1}, std::move(done));
  }

  void send_all(std::span<const OutgoingNotice> notices, Done done) override {
    std::vector<Letter> letters;
    for (const auto& notice : notices) {
      if (auto letter = read_letter(notice.json); letter && settings_.still_holds(*letter)) {
        letters.push_back(std::move(*letter));
      }
    }
    if (letters.empty()) {
      return done(Sent{"settled before it was sent"});
    }
    const auto contact = settings_.contact_of(letters.front().person);
    if (!contact) {
      return done(Sent{"the contact was erased before it was sent"});
    }
    for (auto& letter : letters) {
      letter.link = settings_.link_of(letter);
    }
    auto message = compose(letters, contact->language, settings_.site);
    const auto& first = letters.front();
    message.calendar = invitation_of(first, *contact, settings_.site, clock_.now());
    message.is_cancelled = first.meeting && first.meeting->is_cancelled;
    smtp_.send({.from = settings_.site.from,
                .to = contact->mail,
                .message = std::move(message),
                .date = header_date(clock_.now())},
               [this, done = told_of_refusal(notices.front(), std::move(done))](SendResult result) {
                 path_back_.give(done, std::move(result));
               });
  }

 private:
  [[nodiscard]] Done told_of_refusal(const OutgoingNotice& first, Done done) const {
    return [this, first, done = std::move(done)](SendResult result) {
      if (std::holds_alternative<Dead>(result)) {
        settings_.on_refused(first);
      }
      done(std::move(result));
    };
  }

  ReturnPath path_back_;
  const Clock& clock_;
  MailChannelSettings settings_;
  Smtp smtp_;  // ends before what its results go through
};

}  // namespace

std::expected<std::unique_ptr<Channel>, ChannelError> make_mail_channel(
    Loop& loop, const Clock& clock, MailChannelSettings settings) {
  if (auto wrong = what_is_wrong(settings.smtp)) {
    return std::unexpected(std::move(*wrong));
  }
  if (address_in(settings.site.from).empty() || !is_plain_line(settings.site.from)) {
    return std::unexpected(ChannelError{
        "the mails' sender: write --mail-from as name@example.org or \"Name <name@example.org>\""});
  }
  const auto& link = settings.site.link;
  if (!link.empty() && (!link.starts_with("http") || !is_plain_line(link) || link.ends_with('/'))) {
    return std::unexpected(ChannelError{
        "the address of the pages: write --pages as https://example.org, without a slash at its "
        "end"});
  }
  return std::make_unique<MailChannel>(loop, clock, std::move(settings));
}

}  // namespace protoflow::runtime
