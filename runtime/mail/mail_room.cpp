#include "runtime/mail/mail_room.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "runtime/mail/still_holds.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::chrono::hours kTooOld{72};

// A mail server that is away over a weekend is waited for.
OutboxPolicy mail_policy() {
  OutboxPolicy policy;
  policy.first_delay = std::chrono::seconds(5);
  policy.longest_delay = std::chrono::hours(2);
  policy.attempts_max = 45;
  return policy;
}

std::expected<std::string, std::string> read_password(const std::filesystem::path& path) {
  struct stat found{};

  if (path.empty()) {
    return "";
  }
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.is_open() || ::stat(path.c_str(), &found) != 0) {
    return std::unexpected(path.string() + ": the password of the mail server cannot be read");
  }
  if ((found.st_mode & 07U) != 0) {
    return std::unexpected(path.string() +
                           ": every account of this machine may read the password of the mail "
                           "server; run chmod 600 on it");
  }
  text.resize(std::min(text.size(), text.find_last_not_of("\r\n") + 1));
  return text;
}

}  // namespace

std::expected<std::unique_ptr<MailRoom>, std::string> MailRoom::open(
    const std::filesystem::path& file, Loop& loop, const Clock& clock, const MailOptions& options) {
  auto password = read_password(options.password_file);
  if (!password) {
    return std::unexpected(std::move(password.error()));
  }
  std::unique_ptr<MailRoom> room(new MailRoom(clock));
  auto channel = make_mail_channel(
      loop,
      clock,
      {.smtp = {.url = options.server,
                .user = options.user,
                .password = std::move(*password),
                .authorities = options.authorities,
                .insecure = options.insecure},
       .site = {.from = options.from, .link = options.pages},
       .contact_of = [room = room.get()](
                         std::string_view person) { return room->casebook_->contact_of(person); },
       .still_holds =
           [room = room.get()](const Letter& letter) {
             const bool is_late =
                 letter.theme == MailTheme::sign_in && room->casebook_->now() >= letter.due;
             return !is_late && still_holds(letter, room->casebook_->reading());
           },
       .link_of =
           [room = room.get()](const Letter& letter) {
             return room->link_of_ ? room->link_of_(letter) : std::string();
           },
       .on_refused = [room =
                          room.get()](const OutgoingNotice& letter) { room->on_refused(letter); }});
  if (!channel) {
    return std::unexpected(channel.error().what);
  }
  std::vector<std::unique_ptr<Channel>> channels;
  channels.push_back(std::move(*channel));
  auto outbox = Outbox::open(file, loop, clock, std::move(channels), mail_policy());
  if (!outbox) {
    return std::unexpected(outbox.error().what);
  }
  room->outbox_ = std::move(*outbox);
  return room;
}

std::uint64_t MailRoom::scanned(std::uint64_t otherwise) const {
  return outbox_->scanned() == 0 ? otherwise : outbox_->scanned();
}

LetterWorld MailRoom::world() const {
  return {.reading = casebook_->reading(),
          .contact_of = [this](std::string_view person) { return casebook_->contact_of(person); },
          .now = clock_.now(),
          .told_after = catching_up_ ? casebook_->now() - kTooOld : model::Instant::min()};
}

void MailRoom::post(const std::vector<OutgoingNotice>& notices, std::uint64_t position) {
  const auto here = world();
  std::vector<OutgoingNotice> letters;
  for (const auto& notice : notices) {
    if (notice.number / engine::kNoticesPerEventMax > outbox_->scanned()) {
      std::ranges::move(letters_of(notice, here), std::back_inserter(letters));
    }
  }
  outbox_->post(std::move(letters), position);
}

// Its number is beyond those of events, and of today.
void MailRoom::post_sign_in(const std::string& person) {
  constexpr std::uint64_t kBeyondEvents = std::uint64_t{1} << 62;
  constexpr std::uint64_t kInAMillisecond = 1024;
  const auto today = static_cast<std::uint64_t>(clock_.now().time_since_epoch().count());
  const auto number = kBeyondEvents + today * kInAMillisecond + sign_ins_++ % kInAMillisecond;
  outbox_->post({letter_of_sign_in(person, casebook_->now() + kSignInLasts, number)},
                outbox_->scanned());
}

// Once for each contact: every further mail to it would be refused as well.
void MailRoom::on_refused(const OutgoingNotice& letter) {
  const auto* contact = casebook_->reading().people.contact(letter.stream);
  if (contact != nullptr && refused_.insert(contact->key).second) {
    outbox_->post(letters_of_refusal(letter, world()), outbox_->scanned());
  }
}

}  // namespace protoflow::runtime
