// The tokens with which people come in by themselves: whose each is, what it may do and until when.
// The token itself is known to its owner alone; kept is its SHA-256, from which nobody gets back to
// 256 random bits. Records of the stream `people`: `token_issued` {"token": id, "person", "name",
// "scopes": ["read", "act"], "expires", "sha256"} and `token_revoked` {"token": id, "person"}.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/log/record.hpp"

namespace protoflow::runtime {

inline constexpr std::string_view kTokenIssued = "token_issued";
inline constexpr std::string_view kTokenRevoked = "token_revoked";

struct PersonToken {
  std::string id;  // by which it is revoked; tells nothing of the token
  std::string person;
  std::string name;          // by which its owner knows it, such as `laptop`; may be empty
  bool may_act = false;      // otherwise it only reads
  model::Instant expires{};  // from then on it opens nothing
  std::string sha256;        // of the token, in hexadecimal

  friend bool operator==(const PersonToken&, const PersonToken&) = default;
};

/// `pft_` and 64 hexadecimal digits: 256 random bits, to be shown once.
[[nodiscard]] std::string make_person_token();

/// As it is kept.
[[nodiscard]] std::string sha256_of_token(std::string_view token);

class TokenBook {
 public:
  void put(PersonToken token);
  void revoke(std::string_view id);
  void revoke_all_of(std::string_view person);

  /// The token that was issued, not revoked and has not expired; nullptr: none. How long it takes
  /// tells nothing of any token.
  [[nodiscard]] const PersonToken* find(std::string_view token, model::Instant now) const;

  [[nodiscard]] const PersonToken* find_id(std::string_view id) const;

  /// By id; those that have expired too.
  [[nodiscard]] const std::map<std::string, PersonToken, std::less<>>& all() const {
    return tokens_;
  }

 private:
  std::map<std::string, PersonToken, std::less<>> tokens_;     // by id
  std::map<std::string, std::string, std::less<>> by_sha256_;  // its id
};

/// The body of a record, and back. What is not as it should be is named.
[[nodiscard]] std::string issued_json(const PersonToken& token);
[[nodiscard]] std::expected<PersonToken, engine::BadRecord> read_issued(std::string_view body);
[[nodiscard]] std::string revoked_json(const PersonToken& token);

/// The id of the token that a `token_revoked` record names, and whose it is.
struct RevokedToken {
  std::string id, person;
};

[[nodiscard]] std::expected<RevokedToken, engine::BadRecord> read_revoked(std::string_view body);

}  // namespace protoflow::runtime
