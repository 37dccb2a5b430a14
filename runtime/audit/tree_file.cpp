#include "runtime/audit/tree_file.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

#include "runtime/audit/proof_text.hpp"
#include "runtime/people/secret.hpp"
#include "runtime/store/sqlite.hpp"

namespace protoflow::runtime {

namespace {

constexpr const char* kSchema =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    "CREATE TABLE IF NOT EXISTS checkpoint("
    "size INTEGER PRIMARY KEY, note TEXT NOT NULL, peaks BLOB NOT NULL);";

std::string sentence(const std::filesystem::path& file, const sqlite::Failure& failure) {
  return file.string() + ": " + failure.what;
}

std::string bytes_of(const std::vector<engine::Hash>& peaks) {
  std::string bytes;
  for (const auto& peak : peaks) {
    bytes.append(reinterpret_cast<const char*>(peak.data()), peak.size());
  }
  return bytes;
}

std::vector<engine::Hash> peaks_in(std::string_view bytes) {
  std::vector<engine::Hash> peaks(bytes.size() / std::tuple_size_v<engine::Hash>);
  for (std::size_t i = 0; i < peaks.size(); ++i) {
    std::memcpy(peaks[i].data(), bytes.data() + i * peaks[i].size(), peaks[i].size());
  }
  return peaks;
}

std::expected<sqlite::Connection, std::string> open_to_write(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) {
    std::ofstream created(file);  // sqlite::Connection never creates a file
    std::error_code ignored;
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  }
  auto connection = sqlite::Connection::open(file, sqlite::Access::write);
  if (!connection) {
    return std::unexpected(sentence(file, connection.error()));
  }
  if (auto made = connection->execute(kSchema); !made) {
    return std::unexpected(sentence(file, made.error()));
  }
  return std::move(*connection);
}

std::expected<SignerKey, std::string> read_signer(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  while (text.ends_with('\n')) {
    text.pop_back();
  }
  auto key = SignerKey::read(text);
  if (!key) {
    return std::unexpected(file.string() + ": the key that signs the log's checkpoints " +
                           key.error() + ". Bring it back from a copy");
  }
  return key;
}

// The log's own name, which nobody else's log has; neither the host nor the organisation shows.
SignerKey new_signer() {
  return SignerKey::make("protoflow/" + random_id().substr(0, 16), SignatureType::note);
}

bool follows(const SignedTree& tree, const VerifierKey& key) {
  const auto note = read_note(tree.note);
  const auto statement = note ? read_statement(note->text) : std::unexpected(note.error());
  return statement && standing_of(*note, key) == SignatureStanding::holds &&
         statement->origin == key.name &&
         statement->head ==
             engine::TreeHead{tree.size, engine::TreeEdge(tree.size, tree.peaks).root()};
}

}  // namespace

std::expected<std::vector<SignedTree>, std::string> read_signed_trees(
    const std::filesystem::path& folder) {
  std::vector<SignedTree> trees;
  const auto file = folder / kTreeFile;
  if (!std::filesystem::exists(file)) {
    return trees;
  }
  auto connection = sqlite::Connection::open(file, sqlite::Access::read);
  if (!connection) {
    return std::unexpected(sentence(file, connection.error()));
  }
  auto all = connection->prepare("SELECT size, note, peaks FROM checkpoint ORDER BY size");
  if (!all) {
    return std::unexpected(sentence(file, all.error()));
  }
  auto row = all->step();
  for (; row && *row; row = all->step()) {
    trees.push_back({.size = static_cast<std::uint64_t>(all->integer(0)),
                     .note = std::string(all->bytes(1)),
                     .peaks = peaks_in(all->bytes(2))});
  }
  if (!row) {
    return std::unexpected(sentence(file, row.error()));
  }
  return trees;
}

std::expected<std::optional<VerifierKey>, std::string> read_log_key(
    const std::filesystem::path& folder) {
  const auto file = folder / kLogKeyFile;
  if (!std::filesystem::exists(file)) {
    return std::nullopt;
  }
  const auto key = read_signer(file);
  if (!key) {
    return std::unexpected(key.error());
  }
  return key->verifier();
}

std::expected<TreeSigner, std::string> TreeSigner::open(const std::filesystem::path& folder) {
  const auto key_file = folder / kLogKeyFile;
  auto trees = read_signed_trees(folder);
  if (!trees) {
    return std::unexpected(trees.error());
  }
  if (!std::filesystem::exists(key_file)) {
    if (!trees->empty()) {
      return std::unexpected(key_file.string() +
                             ": the key that signs the log's checkpoints is gone. Bring it back "
                             "from a copy: with another, partners take the log for a forged one");
    }
    if (!write_secret(key_file, new_signer().text() + "\n")) {
      return std::unexpected(key_file.string() + ": the key of the log cannot be written");
    }
  }
  auto key = read_signer(key_file);
  if (!key) {
    return std::unexpected(key.error());
  }
  if (auto connection = open_to_write(folder / kTreeFile); !connection) {
    return std::unexpected(connection.error());
  }
  TreeSigner signer(folder, std::move(*key));
  if (!trees->empty()) {
    auto& last = trees->back();
    if (!follows(last, signer.key_.verifier())) {
      return std::unexpected((folder / kTreeFile).string() +
                             ": its newest checkpoint was altered, or signed by another key. Run "
                             "`protoflow verify`, and bring the file back from a copy");
    }
    signer.note_ = std::move(last.note);
    signer.edge_ = engine::TreeEdge(last.size, std::move(last.peaks));
  }
  return signer;
}

std::expected<void, std::string> TreeSigner::sign(const EventStore& store) {
  auto edge = edge_;
  bool signed_is_there = edge.size() == 0;
  const auto after = edge.size() == 0 ? 0 : edge.size() - 1;  // with the last one that was signed
  const auto read = store.read_all(after, [&](const StoredEvent& stored) {
    if (stored.position <= edge_.size()) {
      signed_is_there = true;
    } else {
      edge.add(engine::leaf_hash(stored.line));
    }
    return true;
  });
  if (!read) {
    return std::unexpected(read.error().what);
  }
  if (!signed_is_there) {
    return std::unexpected("the log has fewer than the " + std::to_string(edge_.size()) +
                           " records that its newest checkpoint speaks of: records are lost");
  }
  if (edge.size() == edge_.size()) {
    return {};
  }
  const auto text =
      to_text(TreeStatement{.origin = key_.verifier().name, .head = {edge.size(), edge.root()}});
  auto note = text + "\n" + key_.sign(text);
  const auto file = folder_ / kTreeFile;
  auto connection = open_to_write(file);
  if (!connection) {
    return std::unexpected(connection.error());
  }
  auto put = connection->prepare("INSERT INTO checkpoint VALUES(?1, ?2, ?3)");
  if (!put) {
    return std::unexpected(sentence(file, put.error()));
  }
  const auto peaks = bytes_of(edge.peaks());
  put->bind(1, static_cast<std::int64_t>(edge.size()));
  put->bind(2, note);
  put->bind_bytes(3, peaks);
  if (auto done = put->run(); !done) {
    return std::unexpected(sentence(file, done.error()));
  }
  edge_ = std::move(edge);
  note_ = std::move(note);
  return {};
}

}  // namespace protoflow::runtime
