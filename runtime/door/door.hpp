// The door: how people come in without a token, by links that they get by mail. Who asks is told
// the same whether or not the address is known. It makes links and says what they are; acting is
// the casebook's. Everything on the loop.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/access/rate_limit.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/door/link_book.hpp"
#include "runtime/mail/letter.hpp"

namespace protoflow::runtime {

inline constexpr std::chrono::hours kOperatorLinkLasts{1};
inline constexpr std::chrono::days kAnswerLasts{7};
inline constexpr std::chrono::hours kSessionLasts{12};  // what a link gives

struct DoorRates {
  Rate address{.burst = 3, .every = std::chrono::minutes(5)};   // links to one mail address
  Rate client{.burst = 10, .every = std::chrono::seconds(30)};  // asked for from one place
  Rate wrong{.burst = 30, .every = std::chrono::seconds(2)};    // links that there are not
};

struct DoorSettings {
  std::string pages{};  // https://example.org, in front of the daemon; empty: no links in mails
  std::function<void(const std::string& person)> mail_link{};  // empty: no mails are sent
  DoorRates rates{};
};

class Door final {
 public:
  /// `pace` goes on by itself, also where the casebook's clock stands still.
  Door(LinkBook links, const Casebook& casebook, const Clock& pace, DoorSettings settings);

  /// How long whoever asks from `client` must wait; nothing: their request is counted.
  [[nodiscard]] std::optional<std::chrono::milliseconds> wait_to_ask(std::string_view client);

  /// The same of a link that is looked at: only those that there are not are counted.
  [[nodiscard]] std::optional<std::chrono::milliseconds> wait_to_open(std::string_view client,
                                                                      std::string_view secret);

  /// Sends a link to whoever has this address, if anybody has.
  void ask(std::string_view mail);

  [[nodiscard]] bool sends_mails() const { return settings_.mail_link && !settings_.pages.empty(); }

  /// What the letter's reader is to open, made for this mail; empty: the letter needs none. Each
  /// attempt to send has a link of its own, which does the same once.
  [[nodiscard]] std::string link_of(const Letter& letter);

  /// `base` is the daemon's own address, where there are no pages in front of it.
  [[nodiscard]] std::string operator_link(const std::string& base);

  [[nodiscard]] LinkBook& links() { return links_; }

  [[nodiscard]] const std::string& pages() const { return settings_.pages; }

 private:
  [[nodiscard]] std::vector<std::string> with_address(std::string_view mail);

  LinkBook links_;
  const Casebook& casebook_;
  const Clock& pace_;
  DoorSettings settings_;
  RateLimit addresses_, clients_, wrong_;
  std::multimap<std::string, std::string> by_address_;  // persons, by the hash of their address
  std::uint64_t people_version_ = 0;                    // that by_address_ is of
};

}  // namespace protoflow::runtime
