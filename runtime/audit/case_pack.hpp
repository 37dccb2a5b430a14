// The pack of one case: taken from a log, and checked by somebody who has nothing but the pack and
// the key of the log. It shows nothing of other cases: of their records only hashes of hashes, each
// over ids that nobody can guess.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/audit/proof_text.hpp"
#include "runtime/casebook/reading.hpp"
#include "runtime/signing/signed_note.hpp"
#include "runtime/store/event_store.hpp"

namespace protoflow::runtime {

/// The tree of the first `size` records. The error is one of reading, or says that they are fewer.
[[nodiscard]] std::expected<engine::MerkleTree, std::string> tree_of(const EventStore& store,
                                                                     std::uint64_t size);

/// Every record of the stream among the first that the checkpoint speaks of, with the deployments
/// of the protocol that its records name. The error is a sentence.
[[nodiscard]] std::expected<CasePack, std::string> make_pack(const EventStore& store,
                                                             std::string_view stream,
                                                             const std::string& checkpoint);

struct PackVerdict {
  TreeStatement statement;
  std::string stream;
  std::uint64_t records = 0;           // of the case
  std::vector<std::string> witnesses;  // by name, those of the keys given that have cosigned
  std::uint64_t witnessed_at = 0;      // the earliest of them, in seconds since 1970 (UTC); 0: none
};

/// Every record in the tree, the case's chain from its first record, each event read under its
/// protocol, whose text gives the meaning hash that it bears. `read` then holds the case as it
/// stood. `keys` are of the log and of witnesses: a signature by one of them that is broken, or
/// none by a key of the log, is an error. The error is a sentence.
[[nodiscard]] std::expected<PackVerdict, std::string> verify_pack(
    const CasePack& pack, const std::vector<VerifierKey>& keys, Reading& read);

}  // namespace protoflow::runtime
