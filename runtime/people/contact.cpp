#include "runtime/people/contact.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "runtime/words/plain_text.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kAddressMax = 254;  // RFC 5321, 4.5.3.1.3, without the angle brackets
constexpr std::size_t kLocalMax = 64;     // 4.5.3.1.1
constexpr auto kLanguages = std::to_array<std::string_view>({"fr", "en", "ar"});

std::unexpected<BadPerson> bad(std::string member, std::string wanted) {
  return std::unexpected(BadPerson{std::move(member), std::move(wanted)});
}

std::string time_text(DayTime time) {
  const auto two = [](std::int64_t number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return two(time.count() / 60) + ":" + two(time.count() % 60);
}

// What the member should be; nothing: it was read.
std::optional<std::string> read_member(Contact& contact,
                                       const std::string& name,
                                       const Json& value) {
  const auto text = value.is_string() ? value.get<std::string>() : std::string();
  if (name == "mail") {
    contact.mail = text;
    return is_mail_address(text)
               ? std::nullopt
               : std::optional<std::string>(
                     "one mail address such as ines@example.org, on one line, without blanks, "
                     "quotes, commas or brackets");
  }
  if (name == "language") {
    const auto* const found = std::ranges::find(kLanguages, text);
    contact.language = static_cast<MailLanguage>((found - kLanguages.begin()) % 3);
    return found != kLanguages.end() ? std::nullopt : std::optional<std::string>("fr, en or ar");
  }
  if (name == "quiet") {
    contact.quiet = quiet_hours_of(text);
    return contact.quiet ? std::nullopt : std::optional<std::string>("hours such as 20:00-08:00");
  }
  if (name == "digest") {
    contact.digest = day_time_of(text);
    return contact.digest ? std::nullopt : std::optional<std::string>("a time such as 08:00");
  }
  if ((name == "all" || name == "invitations") && value.is_boolean()) {
    (name == "all" ? contact.all : contact.invitations) = value.get<bool>();
    return std::nullopt;
  }
  return name == "all" || name == "invitations"
             ? "true or false"
             : "left out: a contact has mail, language, quiet, digest, all and invitations";
}

}  // namespace

bool is_mail_address(std::string_view address) {
  constexpr std::string_view kNever = " \"(),:;<>[]\\";
  const auto at = address.find('@');
  if (address.size() > kAddressMax || !is_plain_line(address) || at == address.npos ||
      address.find_first_of(kNever) != address.npos || address.find('@', at + 1) != address.npos) {
    return false;
  }
  const auto is_dotted = [](std::string_view part) {
    return !part.empty() && part.front() != '.' && part.back() != '.' &&
           part.find("..") == part.npos;
  };
  const auto domain = address.substr(at + 1);
  return at <= kLocalMax && is_dotted(address.substr(0, at)) && is_dotted(domain) &&
         address.front() != '-' && domain.front() != '-' && domain.find('%') == domain.npos;
}

std::optional<DayTime> day_time_of(std::string_view text) {
  constexpr std::string_view kShape = "dd:dd";
  const auto fits = [](char shape, char c) {
    return shape == 'd' ? c >= '0' && c <= '9' : c == shape;
  };
  if (text.size() != kShape.size() || !std::ranges::equal(kShape, text, fits)) {
    return std::nullopt;
  }
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
  return number(0) < 24 && number(3) < 60 ? std::optional(DayTime(number(0) * 60 + number(3)))
                                          : std::nullopt;
}

std::optional<QuietHours> quiet_hours_of(std::string_view text) {
  const auto dash = std::min(text.find('-'), text.size());
  const auto from = day_time_of(text.substr(0, dash));
  const auto until = day_time_of(text.substr(std::min(dash + 1, text.size())));
  return from && until && *from != *until ? std::optional(QuietHours{*from, *until}) : std::nullopt;
}

std::expected<Contact, BadPerson> read_contact_json(std::string_view json) {
  const auto object = Json::parse(json, nullptr, false);
  if (!object.is_object()) {
    return bad("body", "a JSON object");
  }
  Contact contact;
  for (const auto& [name, value] : object.items()) {
    if (auto wanted = read_member(contact, name, value)) {
      return bad(name, std::move(*wanted));
    }
  }
  return contact.mail.empty() ? bad("mail", "there") : std::expected<Contact, BadPerson>(contact);
}

std::string contact_json(const Contact& contact) {
  Json json{{"mail", contact.mail},
            {"language", kLanguages[static_cast<std::size_t>(contact.language)]}};
  if (contact.quiet) {
    json["quiet"] = time_text(contact.quiet->from) + "-" + time_text(contact.quiet->until);
  }
  if (contact.digest) {
    json["digest"] = time_text(*contact.digest);
  }
  if (!contact.all) {
    json["all"] = false;
  }
  if (!contact.invitations) {
    json["invitations"] = false;
  }
  return json.dump();
}

std::string sealed_contact_json(const SealedContact& contact) {
  Json json{{"person", contact.person}};
  if (!contact.key.empty()) {
    json["key"] = contact.key;
    json["commitment"] = contact.sealed.commitment;
    json["sealed"] = contact.sealed.sealed;
  }
  return json.dump();
}

std::expected<SealedContact, engine::BadRecord> read_sealed_contact(std::string_view body) {
  const auto json = Json::parse(body, nullptr, false);
  SealedContact contact;
  const auto is_text = [](const auto& item) { return item.value().is_string(); };
  if (!json.is_object() || !std::ranges::all_of(json.items(), is_text)) {
    return std::unexpected(engine::BadRecord{"body", "is no contact of a person"});
  }
  contact.person = json.value("person", "");
  contact.key = json.value("key", "");
  contact.sealed = {json.value("commitment", ""), json.value("sealed", "")};
  const bool sealed_whole = contact.key.empty() || !contact.sealed.sealed.empty();
  if (!is_person_id(contact.person) || !sealed_whole) {
    return std::unexpected(
        engine::BadRecord{contact.person.empty() ? "person" : "sealed", "is not as it should be"});
  }
  return contact;
}

}  // namespace protoflow::runtime
