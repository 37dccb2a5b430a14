// Links that let somebody in: whom each is for, until when, and whether it was used. The secret in
// a link is known to its reader alone; kept is its SHA-256. They stand in the file `links.db`,
// which may be lost: then they open nothing, and people ask for others. That what a link does is
// done once is held by the log too, under `use`.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "engine/model/time.hpp"
#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime {

inline constexpr const char* kLinksFile = "links.db";  // of the data folder

/// Written as numbers: only ever added to.
enum class LinkKind : std::uint8_t {
  sign_in = 0,           // a person's, out of a mail
  operator_sign_in = 1,  // the operator's, out of the daemon's log
  operator_session = 2,  // what the operator's link gave: opens again and again
  answer = 3,            // to one thing that is asked of one person
};

struct Link {
  LinkKind kind = LinkKind::sign_in;
  std::string person{};  // empty: the operator
  std::string use{};     // the command id of what it does; empty: one of its own
  std::string asks{};    // of an answer: what is asked, as the letter says it
  model::Instant expires{};
  bool used = false;
};

class LinkBook final {
 public:
  /// Makes the file when it is not there. The error is a sentence for the operator.
  [[nodiscard]] static std::expected<LinkBook, std::string> open(const std::filesystem::path& file);

  /// Its secret: `pfl_` and 32 hexadecimal digits, 128 random bits. What the file cannot take opens
  /// until the daemon ends.
  [[nodiscard]] std::string add(Link link, model::Instant now);

  /// Used and expired ones too, for a week; nullptr: none, or it has long expired.
  [[nodiscard]] const Link* find(std::string_view secret) const;

  void set_used(std::string_view secret, bool used);

  /// Opens nothing any more, and nobody is told that it ever did.
  void forget(std::string_view secret);

  [[nodiscard]] bool opens_for_operator(std::string_view secret, model::Instant now) const;

 private:
  explicit LinkBook(sqlite::Connection connection) : connection_(std::move(connection)) {}

  void write(const std::string& hash, const Link& link);
  void forget_old(model::Instant now);

  sqlite::Connection connection_;
  std::map<std::string, Link, std::less<>> links_;  // by the hash of the secret
  model::Instant looked_through_{};
};

}  // namespace protoflow::runtime
