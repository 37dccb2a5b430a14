#include "runtime/configuration/settings.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <type_traits>
#include <utility>

#include "runtime/configuration/listen.hpp"

namespace protoflow::runtime {

namespace {

using Paths = std::vector<std::filesystem::path>;

SettingValue value_of(const std::string& member) {
  return member;
}

SettingValue value_of(const std::filesystem::path& member) {
  return member.string();
}

SettingValue value_of(bool member) {
  return member;
}

SettingValue value_of(std::uint32_t member) {
  return std::int64_t{member};
}

SettingValue value_of(const Paths& member) {
  std::vector<std::string> texts;
  std::ranges::transform(
      member, std::back_inserter(texts), [](const auto& path) { return path.string(); });
  return texts;
}

/// A setting that is a member of the options as it stands: `Of` gives a reference to it.
template <auto Of>
SettingValue read_member(const ServeOptions& options) {
  return value_of(Of(options));
}

template <auto Of>
bool write_member(ServeOptions& options, const SettingValue& value) {
  auto& member = Of(options);
  using Member = std::remove_cvref_t<decltype(member)>;
  if constexpr (std::is_same_v<Member, Paths>) {
    const auto& texts = std::get<std::vector<std::string>>(value);
    member.assign(texts.begin(), texts.end());
  } else if constexpr (std::is_same_v<Member, bool>) {
    member = std::get<bool>(value);
  } else {
    member = std::get<std::string>(value);
  }
  return true;
}

constexpr std::int64_t kCountMost = 100'000;

template <auto Of>
bool write_number(ServeOptions& options, const SettingValue& value) {
  const auto number = std::get<std::int64_t>(value);
  const bool fits = number >= 1 && number <= kCountMost;
  if (fits) {
    Of(options) = static_cast<std::uint32_t>(number);
  }
  return fits;
}

bool write_milliseconds(std::chrono::milliseconds& member, const SettingValue& value) {
  const auto number = std::get<std::int64_t>(value);
  const bool fits = number >= 1 && number <= kCountMost;
  if (fits) {
    member = std::chrono::milliseconds(number);
  }
  return fits;
}

/// As `write_member`, of an address that begins with one of the schemes, or none.
template <auto Of, std::size_t Count>
bool write_address(ServeOptions& options,
                   const SettingValue& value,
                   const std::array<std::string_view, Count>& schemes) {
  const std::string_view text = std::get<std::string>(value);
  const bool known = std::ranges::any_of(schemes, [text](std::string_view scheme) {
    return text.starts_with(scheme) && text.size() > scheme.size();
  });
  return (text.empty() || known) && write_member<Of>(options, value);
}

template <auto Of>
bool write_web(ServeOptions& options, const SettingValue& value) {
  return write_address<Of>(
      options, value, std::to_array<std::string_view>({"https://", "http://"}));
}

template <auto Of>
bool write_smtp(ServeOptions& options, const SettingValue& value) {
  return write_address<Of>(
      options, value, std::to_array<std::string_view>({"smtp://", "smtps://"}));
}

SettingValue read_listening(const ServeOptions& options) {
  const bool six = options.address.contains(':');
  return (six ? '[' + options.address + ']' : options.address) + ':' + std::to_string(options.port);
}

bool write_listening(ServeOptions& options, const SettingValue& value) {
  auto listen = read_listen(std::get<std::string>(value));
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  const bool known = listen && (listen->address == "localhost" ||
                                ::inet_pton(AF_INET, listen->address.c_str(), parsed.data()) == 1 ||
                                ::inet_pton(AF_INET6, listen->address.c_str(), parsed.data()) == 1);
  if (known) {
    options.address = std::move(listen->address);
    options.port = listen->port;
  }
  return known;
}

constexpr std::string_view kThin = "thin", kWhole = "whole";

SettingValue read_event_data(const ServeOptions& options) {
  return std::string(options.webhook_data == EventData::thin ? kThin : kWhole);
}

bool write_event_data(ServeOptions& options, const SettingValue& value) {
  const auto& text = std::get<std::string>(value);
  options.webhook_data = text == kWhole ? EventData::whole : EventData::thin;
  return text == kThin || text == kWhole;
}

bool write_level(ServeOptions& options, const SettingValue& value) {
  constexpr auto kLevels = std::to_array<std::string_view>({"debug", "info", "warn", "error"});
  options.log_level = std::get<std::string>(value);
  return std::ranges::find(kLevels, options.log_level) != kLevels.end();
}

constexpr std::string_view kListenTakes =
    "an address of this machine and a port, such as \"127.0.0.1:8300\"";
constexpr std::string_view kText = "a text in quotes";
constexpr std::string_view kPath = "the path of a file, in quotes";
constexpr std::string_view kYesNo = "true or false, without quotes";
constexpr std::string_view kWeb = "an address such as \"https://example.org/path\", in quotes";
constexpr std::string_view kCount = "a whole number from 1 to 100000";

// One member of the options, for both directions.
#define PF_MEMBER(member) [](auto& options) -> auto& { return options.member; }
#define PF_AS_IT_STANDS(member) \
  .read = read_member<PF_MEMBER(member)>, .write = write_member<PF_MEMBER(member)>
#define PF_CHECKED(member, writer) \
  .read = read_member<PF_MEMBER(member)>, .write = writer<PF_MEMBER(member)>

// clang-format off
constexpr auto kSettings = std::to_array<Setting>({
    {.table = "", .name = "data",
     .says = "The folder that holds the log, the keys and all the rest. It belongs to the daemon alone.",
     .example = "", .takes = "the path of a folder, in quotes", .is_path = true,
     PF_AS_IT_STANDS(folder)},
    {.table = "", .name = "listen",
     .says = "Where the daemon answers. It speaks no TLS: leave it on this machine itself and put a proxy in front.",
     .example = "", .takes = kListenTakes,
     .read = read_listening, .write = write_listening},
    {.table = "", .name = "protocols",
     .says = "Protocols to deploy at each start. One that stands already, with the same meaning, is left as it is.",
     .example = "[\"protocols/accueil.proto-flow\"]",
     .takes = "paths in brackets, such as [\"first.proto-flow\", \"second.proto-flow\"]", .is_path = true,
     PF_AS_IT_STANDS(protocols)},
    {.table = "", .name = "pages",
     .says = "Where people reach the daemon, from outside: what mails and calendars link to. Without it, they have no links.",
     .example = "\"https://accueil.example.org\"", .takes = kWeb,
     PF_CHECKED(mail.pages, write_web)},
    {.table = "notices", .name = "lines",
     .says = "Where each notice goes as a line of JSON: a file, \"-\" for standard output, or \"\" for nowhere.",
     .example = "", .takes = kPath, .is_path = true,
     PF_AS_IT_STANDS(notices)},
    {.table = "webhook", .name = "url",
     .says = "An address that gets each notice by POST, as a signed CloudEvent. Without it, there is no webhook.",
     .example = "\"https://example.org/notices\"", .takes = kWeb,
     PF_CHECKED(webhook, write_web)},
    {.table = "webhook", .name = "data",
     .says = "What it says: \"thin\", the kind of notice, the dates and the case; or \"whole\", also the step and the people.",
     .example = "", .takes = "\"thin\" or \"whole\"",
     .read = read_event_data, .write = write_event_data},
    {.table = "webhook", .name = "private",
     .says = "Whether that address may lie in a private network, or on this machine itself.",
     .example = "", .takes = kYesNo,
     PF_AS_IT_STANDS(webhook_private)},
    {.table = "mail", .name = "server",
     .says = "The mail server. With smtp:// STARTTLS is asked for. Without a server, no mails are sent.",
     .example = "\"smtp://mail.example.org:587\"",
     .takes = "an address such as \"smtp://mail.example.org:587\" or \"smtps://mail.example.org:465\"",
     PF_CHECKED(mail.server, write_smtp)},
    {.table = "mail", .name = "from",
     .says = "Who writes. Somebody should read what arrives there.",
     .example = "\"Accueil <accueil@example.org>\"", .takes = kText,
     PF_AS_IT_STANDS(mail.from)},
    {.table = "mail", .name = "user",
     .says = "The name that the mail server knows us by. Without it, no name and no password are given.",
     .example = "\"accueil\"", .takes = kText,
     PF_AS_IT_STANDS(mail.user)},
    {.table = "mail", .name = "password_file",
     .says = "A file that holds the password and that not everybody can read. PROTOFLOW_MAIL_PASSWORD_FILE names it too.",
     .example = "\"mail-password\"", .takes = kPath, .is_path = true,
     PF_AS_IT_STANDS(mail.password_file)},
    {.table = "mail", .name = "authorities",
     .says = "Certificates to trust instead of the system's: a PEM file.",
     .example = "\"/etc/ssl/our-own.pem\"", .takes = kPath, .is_path = true,
     PF_AS_IT_STANDS(mail.authorities)},
    {.table = "mail", .name = "insecure",
     .says = "Without TLS, which is only accepted towards a mail server on this machine itself.",
     .example = "", .takes = kYesNo,
     PF_AS_IT_STANDS(mail.insecure)},
    {.table = "log", .name = "level",
     .says = "What the daemon says of itself, on standard error: \"debug\" adds every request that only reads.",
     .example = "", .takes = "\"debug\", \"info\", \"warn\" or \"error\"",
     .read = read_member<PF_MEMBER(log_level)>, .write = write_level},
    {.table = "metrics", .name = "open",
     .says = "Whether a program on this machine may read /metrics without the operator's token.",
     .example = "", .takes = kYesNo,
     PF_AS_IT_STANDS(metrics_open)},
    {.table = "rates", .name = "person_burst",
     .says = "How many requests one token may make at once.",
     .example = "", .takes = kCount,
     PF_CHECKED(rates.person.burst, write_number)},
    {.table = "rates", .name = "person_every_ms",
     .says = "After so many milliseconds, one more.",
     .example = "", .takes = kCount,
     .read = [](const ServeOptions& options) -> SettingValue { return options.rates.person.every.count(); },
     .write = [](ServeOptions& options, const SettingValue& value) {
       return write_milliseconds(options.rates.person.every, value);
     }},
    {.table = "rates", .name = "stranger_burst",
     .says = "How many wrong tokens may come at once from one address.",
     .example = "", .takes = kCount,
     PF_CHECKED(rates.stranger.burst, write_number)},
    {.table = "rates", .name = "stranger_every_ms",
     .says = "After so many milliseconds, one more.",
     .example = "", .takes = kCount,
     .read = [](const ServeOptions& options) -> SettingValue { return options.rates.stranger.every.count(); },
     .write = [](ServeOptions& options, const SettingValue& value) {
       return write_milliseconds(options.rates.stranger.every, value);
     }},
});
// clang-format on

#undef PF_MEMBER
#undef PF_AS_IT_STANDS
#undef PF_CHECKED

constexpr auto kTables = std::to_array<SettingTable>({
    {"", ""},
    {"notices", "What people are told, for programs on this machine."},
    {"webhook", "What people are told, for a program elsewhere."},
    {"mail", "Mails to people who have a contact in the directory."},
    {"log",
     "The daemon's own messages: key=value, one a line, without a name or a text of anybody's."},
    {"metrics", "What the daemon counts, for Prometheus."},
    {"rates", "How often one may ask. The operator is not counted."},
});

}  // namespace

std::string Setting::key() const {
  return table.empty() ? std::string(name) : std::string(table) + '.' + std::string(name);
}

std::span<const Setting> all_settings() {
  return kSettings;
}

std::span<const SettingTable> all_setting_tables() {
  return kTables;
}

}  // namespace protoflow::runtime
