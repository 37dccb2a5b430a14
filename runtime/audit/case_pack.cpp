#include "runtime/audit/case_pack.hpp"

#include <algorithm>
#include <set>

#include "engine/log/record.hpp"

namespace protoflow::runtime {

namespace {

std::unexpected<std::string> wrong(std::uint64_t index, std::string_view what) {
  return std::unexpected("Record " + std::to_string(index + 1) + " of the log " +
                         std::string(what) + ".");
}

// Who signed, of those whose keys are given; who cosigned.
std::expected<PackVerdict, std::string> look_at_signatures(const SignedNote& note,
                                                           const std::vector<VerifierKey>& keys) {
  PackVerdict verdict;
  bool is_signed = false;
  for (const auto& key : keys) {
    const auto standing = standing_of(note, key);
    if (standing == SignatureStanding::broken) {
      return std::unexpected("The signature of " + key.name +
                             " does not hold: the checkpoint was altered, or is a forged one.");
    }
    const bool cosigns = key.type == SignatureType::cosignature;
    is_signed = is_signed || (standing == SignatureStanding::holds && !cosigns);
    if (standing == SignatureStanding::holds && cosigns) {
      verdict.witnesses.push_back(key.name);
    }
  }
  for (const auto& signature : note.signatures) {
    const auto at = time_of(signature);
    const bool counts = at && std::ranges::count(verdict.witnesses, signature.name) > 0;
    if (counts && (verdict.witnessed_at == 0 || *at < verdict.witnessed_at)) {
      verdict.witnessed_at = *at;
    }
  }
  if (!is_signed) {
    return std::unexpected("The checkpoint is not signed by the key that was given for the log.");
  }
  return verdict;
}

}  // namespace

std::expected<engine::MerkleTree, std::string> tree_of(const EventStore& store,
                                                       std::uint64_t size) {
  engine::MerkleTree tree;
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    if (tree.size() < size) {
      tree.add(engine::leaf_hash(stored.line));
    }
    return tree.size() < size;
  });
  if (!read) {
    return std::unexpected(read.error().what);
  }
  if (tree.size() < size) {
    return std::unexpected("The log has " + std::to_string(tree.size()) + " records, fewer than " +
                           std::to_string(size) + ".");
  }
  return tree;
}

std::expected<CasePack, std::string> make_pack(const EventStore& store,
                                               std::string_view stream,
                                               const std::string& checkpoint) {
  const auto note = read_note(checkpoint);
  const auto statement = note ? read_statement(note->text) : std::unexpected(note.error());
  if (!statement) {
    return std::unexpected("The checkpoint: " + statement.error() + ".");
  }
  const auto size = statement->head.size;
  const auto tree = tree_of(store, size);
  if (!tree) {
    return std::unexpected(tree.error());
  }
  if (tree->root(size) != statement->head.root) {
    return std::unexpected(
        "The records of the log do not give the checkpoint's tree: run `protoflow verify`.");
  }
  CasePack pack{.records = {}, .checkpoint = checkpoint};
  std::set<std::string, std::less<>> meanings;
  std::vector<ProvenRecord> deployments;
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    const auto index = stored.position - 1;
    const bool deploys = stored.stream.starts_with(kProtocolPrefix);
    if (index < size && (deploys || stored.stream == stream)) {
      (deploys ? deployments : pack.records)
          .push_back({std::string(stored.line), {index, tree->inclusion(index, size)}});
    }
    return index < size;
  });
  if (!read) {
    return std::unexpected(read.error().what);
  }
  if (pack.records.empty()) {
    return std::unexpected("The log holds no " + std::string(stream) + " up to this checkpoint.");
  }
  for (const auto& each : pack.records) {
    if (const auto record = engine::read_record(each.line)) {
      meanings.insert(record->protocol);
    }
  }
  std::erase_if(deployments, [&](const ProvenRecord& each) {
    const auto record = engine::read_record(each.line);
    return !record || !meanings.contains(record->protocol);
  });
  pack.records.insert(pack.records.begin(), deployments.begin(), deployments.end());
  return pack;
}

std::expected<PackVerdict, std::string> verify_pack(const CasePack& pack,
                                                    const std::vector<VerifierKey>& keys,
                                                    Reading& read) {
  const auto note = read_note(pack.checkpoint);
  auto statement = note ? read_statement(note->text) : std::unexpected(note.error());
  if (!statement) {
    return std::unexpected("The checkpoint: " + statement.error() + ".");
  }
  auto verdict = look_at_signatures(*note, keys);
  if (!verdict) {
    return verdict;
  }
  verdict->statement = std::move(*statement);
  const auto& head = verdict->statement.head;
  for (const auto& [line, proof] : pack.records) {
    if (!engine::proves_inclusion(
            engine::leaf_hash(line), proof.index, head.size, proof.path, head.root)) {
      return wrong(proof.index, "is not in the checkpoint's tree: it was altered, or is not of it");
    }
    const auto record = engine::read_record(line);
    if (!record) {
      return wrong(proof.index, "cannot be read: " + record.error().reason);
    }
    const bool deploys = record->stream.starts_with(kProtocolPrefix);
    if (deploys) {
      // Versions between are no part of the pack; the tree speaks for this one.
      read.heads[record->stream] = {record->version - 1, record->previous};
    }
    if (!deploys && !verdict->stream.empty() && record->stream != verdict->stream) {
      return wrong(proof.index, "is of another case than those before it");
    }
    if (const auto event = read.read({.position = proof.index + 1,
                                      .stream = record->stream,
                                      .version = record->version,
                                      .line = line});
        !event) {
      return wrong(proof.index,
                   (event.error().field.empty() ? "" : "in `" + event.error().field + "` ") +
                       event.error().reason);
    }
    if (!deploys) {
      verdict->stream = record->stream;
      ++verdict->records;
    }
  }
  if (verdict->records == 0) {
    return std::unexpected("The pack holds no record of a case.");
  }
  return verdict;
}

}  // namespace protoflow::runtime
