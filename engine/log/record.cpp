#include "engine/log/record.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include <nlohmann/json.hpp>

#include "engine/log/appender.hpp"

namespace protoflow::engine {
namespace {

// Members in the order of the line, with the punctuation that leads to each value.
constexpr std::array<std::string_view, 12> kMembers = {"stream",
                                                       "version",
                                                       "kind",
                                                       "kind_version",
                                                       "happened",
                                                       "recorded",
                                                       "actor",
                                                       "subject",
                                                       "body",
                                                       "protocol",
                                                       "command",
                                                       "previous"};

constexpr std::string_view kOtherwise =
    "is not written as records are: order of the members, blanks or escapes differ";

void put_text(Appender& line, std::string_view text) {
  if (is_plain(text)) {
    return line.put_quoted(text);
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  line.put('"');
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != '"' && byte != '\\') {
      line.put(c);
      continue;
    }
    line.put('\\');
    if (byte >= 0x20) {
      line.put(c);
    } else {
      line.put("u00");
      line.put(kDigits[byte >> 4U]);
      line.put(kDigits[byte & 15U]);
    }
  }
  line.put('"');
}

bool is_hash(std::string_view text) {
  return text.size() == kNoPrevious.size() && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

/// Reads a line written by `write`, left to right; after the first fault it stands still and
/// remembers it.
class Reader final {
 public:
  explicit Reader(std::string_view line) : line_(line) {}

  /// `{"stream":` or `,"version":` …, exactly.
  void member(std::size_t place) {
    field_ = kMembers[place];
    literal(place == 0 ? "{\"" : ",\"");
    literal(field_);
    literal("\":");
  }

  void end() {
    field_ = {};
    literal("}");
    if (at_ != line_.size()) {
      fail(kOtherwise);
    }
  }

  std::string text() {
    const std::size_t begin = at_;
    literal("\"");
    bool plain = true;
    while (!bad_ && at_ < line_.size() && line_[at_] != '"') {
      const auto byte = static_cast<unsigned char>(line_[at_]);
      plain = plain && byte >= 0x20 && byte < 0x80 && byte != '\\';
      at_ += byte == '\\' ? 2 : 1;
    }
    at_ = std::min(at_, line_.size());
    literal("\"");
    if (bad_) {
      return {};
    }
    const std::string_view token = line_.substr(begin, at_ - begin);
    return plain ? std::string(token.substr(1, token.size() - 2)) : decoded(token);
  }

  template <class Number>
  Number number() {
    Number value = 0;
    const char* const begin = line_.data() + at_;
    const auto [end, error] = std::from_chars(begin, line_.data() + line_.size(), value);
    if (error != std::errc() || value == 0 || *begin == '0') {
      fail("is not a whole number from 1 on");
      return 0;
    }
    at_ += static_cast<std::size_t>(end - begin);
    return value;
  }

  model::Instant instant() {
    const auto value = to_instant(text());
    if (!value) {
      fail(value.error().reason);
      return {};
    }
    return *value;
  }

  /// A JSON object, as the bytes that stand in the line.
  std::string object() {
    const std::size_t begin = at_;
    if (at_ >= line_.size() || line_[at_] != '{') {
      fail("is not an object");
    }
    std::size_t depth = 0;
    bool in_text = false;
    while (!bad_ && at_ < line_.size()) {
      const char c = line_[at_++];
      if (in_text) {
        at_ += c == '\\' ? 1 : 0;
        in_text = c != '"';
      } else if (c == '"') {
        in_text = true;
      } else if (c == '{') {
        ++depth;
      } else if (c == '}' && --depth == 0) {
        break;
      }
    }
    at_ = std::min(at_, line_.size());
    const std::string_view bytes = line_.substr(begin, at_ - begin);
    if (!bad_ && bytes != "{}" && !nlohmann::json::accept(bytes)) {
      fail("is not JSON");
    }
    return std::string(bytes);
  }

  void require(bool holds, std::string_view otherwise) {
    if (!holds) {
      fail(otherwise);
    }
  }

  [[nodiscard]] const std::optional<BadRecord>& bad() const { return bad_; }

 private:
  void fail(std::string_view reason) {
    if (!bad_) {
      bad_ = BadRecord{std::string(field_), std::string(reason)};
    }
  }

  void literal(std::string_view expected) {
    if (bad_) {
      return;
    }
    if (!line_.substr(at_).starts_with(expected)) {
      fail(kOtherwise);
      return;
    }
    at_ += expected.size();
  }

  // Rare: escapes or bytes beyond ASCII. The text must be escaped exactly as `write` does, or
  // re-writing would change the hash.
  std::string decoded(std::string_view token) {
    const auto parsed = nlohmann::json::parse(token, nullptr, false);
    if (!parsed.is_string()) {
      fail("is not a text in UTF-8");
      return {};
    }
    auto value = parsed.get<std::string>();
    std::string again;
    {
      Appender written(again);
      put_text(written, value);
    }
    require(again == token, kOtherwise);
    return value;
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::string_view field_;
  std::optional<BadRecord> bad_;
};

Record read_members(Reader& reader) {
  Record record;
  reader.member(0);
  record.stream = reader.text();
  reader.require(!record.stream.empty(), "is empty");
  reader.member(1);
  record.version = reader.number<std::uint64_t>();
  reader.member(2);
  record.kind = reader.text();
  reader.require(!record.kind.empty(), "is empty");
  reader.member(3);
  record.kind_version = reader.number<std::uint32_t>();
  reader.member(4);
  record.happened = reader.instant();
  reader.member(5);
  record.recorded = reader.instant();
  reader.member(6);
  record.actor = reader.object();
  reader.member(7);
  record.subject = reader.object();
  reader.member(8);
  record.body = reader.object();
  reader.member(9);
  record.protocol = reader.text();
  reader.require(record.protocol.empty() || is_hash(record.protocol),
                 "is not 64 lower-case hexadecimal digits");
  reader.member(10);
  record.command = reader.text();
  reader.member(11);
  record.previous = reader.text();
  reader.require(is_hash(record.previous), "is not 64 lower-case hexadecimal digits");
  reader.end();
  return record;
}

/// What is wrong with the type of a member; empty when nothing is.
std::string_view wrong_type(std::string_view name, const nlohmann::json& member) {
  if (name == "version" || name == "kind_version") {
    return member.is_number_unsigned() ? "" : "is not a whole number from 1 on";
  }
  if (name == "actor" || name == "subject" || name == "body") {
    return member.is_object() ? "" : "is not an object";
  }
  return member.is_string() ? "" : "is not a text";
}

/// Why a line that is not exactly a record is not one: what is missing or of the wrong type comes
/// before how it is written.
BadRecord diagnose(std::string_view line, const BadRecord& first) {
  const auto parsed = nlohmann::json::parse(line, nullptr, false);
  if (parsed.is_discarded()) {
    return {"", "is not JSON in UTF-8"};
  }
  if (!parsed.is_object()) {
    return {"", "is not a JSON object"};
  }
  for (const std::string_view name : kMembers) {
    const auto member = parsed.find(name);
    const std::string_view wrong =
        member == parsed.end() ? "is missing" : wrong_type(name, *member);
    if (!wrong.empty()) {
      return {std::string(name), std::string(wrong)};
    }
  }
  if (parsed.size() > kMembers.size()) {
    return {"", "has a member that records do not have"};
  }
  return first;
}

}  // namespace

std::string write(const Record& record) {
  std::string line;
  write_into(line, record);
  return line;
}

void write_into(std::string& line, const Record& record) {
  Appender text(line);
  text.put("{\"stream\":");
  put_text(text, record.stream);
  text.put(",\"version\":");
  text.put_number(record.version);
  text.put(",\"kind\":");
  put_text(text, record.kind);
  text.put(",\"kind_version\":");
  text.put_number(record.kind_version);
  text.put(",\"happened\":");
  text.put_instant(record.happened);
  text.put(",\"recorded\":");
  text.put_instant(record.recorded);
  text.put(",\"actor\":");
  text.put(record.actor);
  text.put(",\"subject\":");
  text.put(record.subject);
  text.put(",\"body\":");
  text.put(record.body);
  text.put(",\"protocol\":");
  put_text(text, record.protocol);
  text.put(",\"command\":");
  put_text(text, record.command);
  text.put(",\"previous\":");
  put_text(text, record.previous);
  text.put('}');
}

std::expected<Record, BadRecord> read_record(std::string_view line) {
  Reader reader(line);
  reader.require(!line.contains('\n'), "is more than one line");
  Record record = read_members(reader);
  if (const auto& bad = reader.bad(); bad.has_value()) {
    return std::unexpected(diagnose(line, *bad));
  }
  return record;
}

}  // namespace protoflow::engine
