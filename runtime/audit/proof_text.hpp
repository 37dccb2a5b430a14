// The texts by which a log proves itself to people who have only a file: checkpoints (C2SP
// tlog-checkpoint), the proof of one record (C2SP tlog-proof) and the pack of one case. It reads
// and writes texts; nothing here trusts a key or opens a file.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/merkle.hpp"

namespace protoflow::runtime {

/// What a checkpoint's note says: whose log, how many records, the root of their tree.
struct TreeStatement {
  std::string origin;
  engine::TreeHead head;

  friend bool operator==(const TreeStatement&, const TreeStatement&) = default;
};

/// The text of the note, with its last line end.
[[nodiscard]] std::string to_text(const TreeStatement& statement);

/// Lines that follow the three are passed over. The error quotes nothing.
[[nodiscard]] std::expected<TreeStatement, std::string> read_statement(std::string_view text);

/// One record in the tree of a checkpoint.
struct RecordProof {
  std::uint64_t index = 0;  // from 0: its place in the log, less one
  std::vector<engine::Hash> path;

  friend bool operator==(const RecordProof&, const RecordProof&) = default;
};

struct TlogProof {
  RecordProof proof;
  std::string checkpoint;  // the signed note, as written

  friend bool operator==(const TlogProof&, const TlogProof&) = default;
};

[[nodiscard]] std::string to_text(const TlogProof& proof);
[[nodiscard]] std::expected<TlogProof, std::string> read_proof(std::string_view text);

/// That the checkpoint's tree begins with the first `earlier` records.
struct GrowthProof {
  std::uint64_t earlier = 0;
  std::vector<engine::Hash> path;
  std::string checkpoint;
};

/// As a witness is asked (C2SP tlog-witness, the body of add-checkpoint).
[[nodiscard]] std::string to_text(const GrowthProof& proof);

/// A record with its proof.
struct ProvenRecord {
  std::string line;
  RecordProof proof;

  friend bool operator==(const ProvenRecord&, const ProvenRecord&) = default;
};

/// One case, whole up to its last record here: the protocol's text as deployed, then every record
/// of the case, in order, all proven by one checkpoint.
///
///     protoflow.case-pack/v1
///     record INDEX
///     LINE
///     HASH in base64, one a line, from the leaf's sibling up
///     (an empty line)
///     … and so on for every record; then the signed note, to the end
struct CasePack {
  std::vector<ProvenRecord> records;
  std::string checkpoint;

  friend bool operator==(const CasePack&, const CasePack&) = default;
};

[[nodiscard]] std::string to_text(const CasePack& pack);

/// The error names the line, from 1, and quotes nothing of it.
[[nodiscard]] std::expected<CasePack, std::string> read_pack(std::string_view text);

}  // namespace protoflow::runtime
