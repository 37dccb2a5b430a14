#include "runtime/door/door.hpp"

#include <algorithm>
#include <cctype>

#include "runtime/people/contact.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::size_t kUseDigits = 32;
constexpr std::size_t kSameAddressMax = 5;  // persons who share one

// People write their own address in small letters and in capitals.
std::string hash_of_address(std::string_view mail) {
  std::string small(mail);
  std::ranges::transform(
      small, small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return hash_of_secret(small);
}

std::optional<std::chrono::milliseconds> wait_or_take(RateLimit& limit,
                                                      std::string_view who,
                                                      model::Instant now) {
  const auto wait = limit.wait(who, now);
  if (!wait) {
    limit.take(who, now);
  }
  return wait;
}

}  // namespace

Door::Door(LinkBook links, const Casebook& casebook, const Clock& pace, DoorSettings settings)
    : links_(std::move(links)),
      casebook_(casebook),
      pace_(pace),
      settings_(std::move(settings)),
      addresses_(settings_.rates.address),
      clients_(settings_.rates.client),
      wrong_(settings_.rates.wrong) {}

std::optional<std::chrono::milliseconds> Door::wait_to_ask(std::string_view client) {
  return wait_or_take(clients_, client, pace_.now());
}

std::optional<std::chrono::milliseconds> Door::wait_to_open(std::string_view client,
                                                            std::string_view secret) {
  return links_.find(secret) != nullptr ? std::nullopt : wait_or_take(wrong_, client, pace_.now());
}

void Door::ask(std::string_view mail) {
  const auto persons = with_address(mail);
  const bool too_often = wait_or_take(addresses_, hash_of_address(mail), pace_.now()).has_value();
  if (too_often || !sends_mails()) {
    return;
  }
  for (const auto& person : persons) {
    settings_.mail_link(person);
  }
}

// All contacts are opened when one has changed, and not when one is asked for: how long an answer
// takes says nothing of the address.
std::vector<std::string> Door::with_address(std::string_view mail) {
  const auto& reading = casebook_.reading();
  const auto head = reading.heads.find(kPeopleStream);
  const auto version = head == reading.heads.end() ? 0 : head->second.version;
  if (version != people_version_) {
    people_version_ = version;
    by_address_.clear();
    for (const auto& [id, person] : reading.people.all()) {
      if (const auto contact = casebook_.contact_of(id)) {
        by_address_.emplace(hash_of_address(contact->mail), id);
      }
    }
  }
  std::vector<std::string> persons;
  const auto [first, last] = by_address_.equal_range(hash_of_address(mail));
  for (auto each = first; each != last && persons.size() < kSameAddressMax; ++each) {
    persons.push_back(each->second);
  }
  return persons;
}

std::string Door::link_of(const Letter& letter) {
  const bool signs_in = letter.theme == MailTheme::sign_in;
  if (settings_.pages.empty() || !(signs_in || letter.asks)) {
    return "";
  }
  const auto now = casebook_.now();
  if (letter.asks) {
    return settings_.pages + "/answer/" +
           links_.add({.kind = LinkKind::answer,
                       .person = letter.person,
                       .use = "answer:" + hash_of_secret(letter.id).substr(0, kUseDigits),
                       .asks = asked_json(*letter.asks),
                       .expires = now + kAnswerLasts},
                      now);
  }
  return settings_.pages + "/sign-in/" +
         links_.add(
             {.kind = LinkKind::sign_in, .person = letter.person, .expires = now + kSignInLasts},
             now);
}

std::string Door::operator_link(const std::string& base) {
  const auto now = casebook_.now();
  return (settings_.pages.empty() ? base : settings_.pages) + "/sign-in/" +
         links_.add({.kind = LinkKind::operator_sign_in, .expires = now + kOperatorLinkLasts}, now);
}

}  // namespace protoflow::runtime
