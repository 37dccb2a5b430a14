#include "runtime/audit/proof_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "runtime/signing/base64.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::string_view kProofFirst = "c2sp.org/tlog-proof@v1", kIndex = "index ",
                           kExtra = "extra ", kPackFirst = "protoflow.case-pack/v1",
                           kRecord = "record ";
constexpr std::size_t kPathMax = 64;

// A text read line by line; it remembers where it is, for the errors.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }

  [[nodiscard]] std::string_view rest() const { return rest_; }

  [[nodiscard]] std::string_view peek() const { return rest_.substr(0, rest_.find('\n')); }

  // A last line without its end is none.
  std::optional<std::string_view> next() {
    const auto end = rest_.find('\n');
    ++number_;
    if (end == rest_.npos) {
      return std::nullopt;
    }
    const auto line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return line;
  }

  [[nodiscard]] std::unexpected<std::string> wrong(std::string_view what) const {
    return std::unexpected("line " + std::to_string(number_) + " " + std::string(what));
  }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

// In decimal, without zeros before it.
std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool plain = text.size() == 1 || !text.starts_with('0');
  return error == std::errc() && end == text.data() + text.size() && plain ? std::optional(number)
                                                                           : std::nullopt;
}

std::string hash_text(const engine::Hash& hash) {
  return base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

std::optional<engine::Hash> hash_in(std::string_view text) {
  const auto bytes = from_base64(text);
  engine::Hash hash;
  if (!bytes || bytes->size() != hash.size()) {
    return std::nullopt;
  }
  std::ranges::copy(*bytes, hash.begin());
  return hash;
}

std::string path_text(const std::vector<engine::Hash>& path) {
  std::string text;
  for (const auto& hash : path) {
    text += hash_text(hash) + "\n";
  }
  return text + "\n";
}

// Up to the empty line, which is taken too.
std::expected<std::vector<engine::Hash>, std::string> read_path(Lines& lines) {
  std::vector<engine::Hash> path;
  while (true) {
    const auto line = lines.next();
    if (!line) {
      return lines.wrong("is missing: the text was cut off");
    }
    if (line->empty()) {
      return path;
    }
    const auto hash = hash_in(*line);
    if (!hash || path.size() == kPathMax) {
      return lines.wrong(hash ? "is one hash too many" : "is not a SHA-256 in base64");
    }
    path.push_back(*hash);
  }
}

std::expected<std::uint64_t, std::string> read_index(Lines& lines, std::string_view word) {
  const auto line = lines.next();
  const auto index =
      line && line->starts_with(word) ? number_in(line->substr(word.size())) : std::nullopt;
  if (!index) {
    return lines.wrong("does not say the place of a record");
  }
  return *index;
}

}  // namespace

std::string to_text(const TreeStatement& statement) {
  return statement.origin + "\n" + std::to_string(statement.head.size) + "\n" +
         hash_text(statement.head.root) + "\n";
}

std::expected<TreeStatement, std::string> read_statement(std::string_view text) {
  Lines lines(text);
  const auto origin = lines.next();
  if (!origin || origin->empty()) {
    return lines.wrong("names no log");
  }
  const auto size_line = lines.next();
  const auto size = size_line ? number_in(*size_line) : std::nullopt;
  if (!size) {
    return lines.wrong("does not say how many records the log has");
  }
  const auto root_line = lines.next();
  const auto root = root_line ? hash_in(*root_line) : std::nullopt;
  if (!root) {
    return lines.wrong("is not the root of a tree");
  }
  return TreeStatement{.origin = std::string(*origin), .head = {*size, *root}};
}

std::string to_text(const TlogProof& proof) {
  return std::string(kProofFirst) + "\n" + std::string(kIndex) + std::to_string(proof.proof.index) +
         "\n" + path_text(proof.proof.path) + proof.checkpoint;
}

std::expected<TlogProof, std::string> read_proof(std::string_view text) {
  Lines lines(text);
  if (lines.next() != kProofFirst) {
    return lines.wrong("is not that of a proof");
  }
  if (lines.peek().starts_with(kExtra)) {
    lines.next();
  }
  const auto index = read_index(lines, kIndex);
  if (!index) {
    return std::unexpected(index.error());
  }
  auto path = read_path(lines);
  if (!path) {
    return std::unexpected(path.error());
  }
  return TlogProof{.proof = {*index, std::move(*path)}, .checkpoint = std::string(lines.rest())};
}

std::string to_text(const GrowthProof& proof) {
  return "old " + std::to_string(proof.earlier) + "\n" + path_text(proof.path) + proof.checkpoint;
}

std::string to_text(const CasePack& pack) {
  std::string text = std::string(kPackFirst) + "\n";
  for (const auto& record : pack.records) {
    text += std::string(kRecord) + std::to_string(record.proof.index) + "\n" + record.line + "\n" +
            path_text(record.proof.path);
  }
  return text + pack.checkpoint;
}

std::expected<CasePack, std::string> read_pack(std::string_view text) {
  Lines lines(text);
  if (lines.next() != kPackFirst) {
    return lines.wrong("is not that of a pack: another kind of file, or a newer version");
  }
  CasePack pack;
  while (lines.peek().starts_with(kRecord)) {
    const auto index = read_index(lines, kRecord);
    if (!index) {
      return std::unexpected(index.error());
    }
    const auto line = lines.next();
    if (!line) {
      return lines.wrong("is missing: the text was cut off");
    }
    auto path = read_path(lines);
    if (!path) {
      return std::unexpected(path.error());
    }
    pack.records.push_back({.line = std::string(*line), .proof = {*index, std::move(*path)}});
  }
  if (pack.records.empty()) {
    lines.next();
    return lines.wrong("is not the first of a record: there is none");
  }
  pack.checkpoint = lines.rest();
  return pack;
}

}  // namespace protoflow::runtime
