#include "runtime/people/tokens.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kPrefix = "pft_";
constexpr std::size_t kSha256Digits = 64;

std::unexpected<engine::BadRecord> bad(std::string member) {
  return std::unexpected(engine::BadRecord{std::move(member), "is not as it should be"});
}

std::string text_of(const Json& json, const char* member) {
  const auto found = json.find(member);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Whether every member is one of these.
bool has_only(const Json& json, std::initializer_list<std::string_view> members) {
  return json.is_object() && std::ranges::all_of(json.items(), [&](const auto& item) {
           return std::ranges::find(members, item.key()) != members.end();
         });
}

Json scopes_json(const PersonToken& token) {
  return token.may_act ? Json::array({"read", "act"}) : Json::array({"read"});
}

}  // namespace

std::string make_person_token() {
  return std::string(kPrefix) + random_id() + random_id();
}

std::string sha256_of_token(std::string_view token) {
  return engine::to_hex(engine::sha256(token));
}

void TokenBook::put(PersonToken token) {
  by_sha256_.insert_or_assign(token.sha256, token.id);
  auto id = token.id;
  tokens_.insert_or_assign(std::move(id), std::move(token));
}

void TokenBook::revoke(std::string_view id) {
  const auto found = tokens_.find(id);
  if (found != tokens_.end()) {
    by_sha256_.erase(found->second.sha256);
    tokens_.erase(found);
  }
}

void TokenBook::revoke_all_of(std::string_view person) {
  std::erase_if(tokens_, [&](const auto& each) {
    const bool theirs = each.second.person == person;
    if (theirs) {
      by_sha256_.erase(each.second.sha256);
    }
    return theirs;
  });
}

const PersonToken* TokenBook::find(std::string_view token, model::Instant now) const {
  // Where the lookup ends tells of the digest at most, and nobody can choose a token by its digest.
  const auto digest = sha256_of_token(token);
  const auto id = by_sha256_.find(digest);
  const auto* known = id == by_sha256_.end() ? nullptr : find_id(id->second);
  const bool opens = known != nullptr && same_secret(known->sha256, digest) && now < known->expires;
  return opens ? known : nullptr;
}

const PersonToken* TokenBook::find_id(std::string_view id) const {
  const auto found = tokens_.find(id);
  return found == tokens_.end() ? nullptr : &found->second;
}

std::string issued_json(const PersonToken& token) {
  Json json{{"token", token.id}, {"person", token.person}};
  if (!token.name.empty()) {
    json["name"] = token.name;
  }
  json["scopes"] = scopes_json(token);
  json["expires"] = engine::to_text(token.expires);
  json["sha256"] = token.sha256;
  return json.dump();
}

std::expected<PersonToken, engine::BadRecord> read_issued(std::string_view body) {
  const auto json = Json::parse(body, nullptr, false);
  if (!has_only(json, {"token", "person", "name", "scopes", "expires", "sha256"})) {
    return bad("body");
  }
  PersonToken token{.id = text_of(json, "token"),
                    .person = text_of(json, "person"),
                    .name = text_of(json, "name"),
                    .may_act = true,
                    .sha256 = text_of(json, "sha256")};
  const auto scopes = json.value("scopes", Json());
  token.may_act = scopes != Json::array({"read"});
  if (token.may_act && scopes != Json::array({"read", "act"})) {
    return bad("scopes");
  }
  const auto expires = engine::to_instant(text_of(json, "expires"));
  if (!expires) {
    return bad("expires");
  }
  token.expires = *expires;
  if (token.id.empty() || token.person.empty() || token.sha256.size() != kSha256Digits) {
    return bad("token");
  }
  return token;
}

std::string revoked_json(const PersonToken& token) {
  return Json{{"token", token.id}, {"person", token.person}}.dump();
}

std::expected<RevokedToken, engine::BadRecord> read_revoked(std::string_view body) {
  const auto json = Json::parse(body, nullptr, false);
  if (!has_only(json, {"token", "person"})) {
    return bad("body");
  }
  RevokedToken revoked{text_of(json, "token"), text_of(json, "person")};
  return revoked.id.empty() ? bad("token")
                            : std::expected<RevokedToken, engine::BadRecord>(std::move(revoked));
}

}  // namespace protoflow::runtime
