#include "runtime/people/calendar_address.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::string owner_of(std::string_view person, std::string_view partner) {
  return person.empty() ? "partner " + std::string(partner) : "person " + std::string(person);
}

}  // namespace

std::string calendar_address_json(const CalendarAddress& address) {
  Json json = address.person.empty() ? Json{{"partner", address.partner}}
                                     : Json{{"person", address.person}};
  if (!address.hash.empty()) {
    json["hash"] = address.hash;
  }
  return json.dump();
}

std::expected<CalendarAddress, engine::BadRecord> read_calendar_address(std::string_view body) {
  const auto json = Json::parse(body, nullptr, false);
  const auto is_text = [](const auto& item) { return item.value().is_string(); };
  if (!json.is_object() || !std::ranges::all_of(json.items(), is_text)) {
    return std::unexpected(engine::BadRecord{"body", "is no address of a calendar"});
  }
  CalendarAddress address{.person = json.value("person", ""),
                          .partner = json.value("partner", ""),
                          .hash = json.value("hash", "")};
  if (address.person.empty() == address.partner.empty()) {
    return std::unexpected(engine::BadRecord{"person", "is not as it should be"});
  }
  return address;
}

std::string hash_of_secret(std::string_view secret) {
  return engine::to_hex(engine::sha256(secret));
}

void CalendarAddresses::put(CalendarAddress address) {
  auto owner = owner_of(address.person, address.partner);
  auto& now = by_owner_[owner];
  owners_.erase(now.hash);
  now = std::move(address);
  if (!now.hash.empty()) {
    owners_[now.hash] = std::move(owner);
  }
}

// By the hash: how long it takes tells nothing of the secrets that are known.
const CalendarAddress* CalendarAddresses::with_secret(std::string_view secret) const {
  const auto found = owners_.find(hash_of_secret(secret));
  return found == owners_.end() ? nullptr : &by_owner_.find(found->second)->second;
}

const CalendarAddress* CalendarAddresses::of(std::string_view person,
                                             std::string_view partner) const {
  const auto found = by_owner_.find(owner_of(person, partner));
  return found == by_owner_.end() || found->second.hash.empty() ? nullptr : &found->second;
}

}  // namespace protoflow::runtime
