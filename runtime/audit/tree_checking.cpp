#include "runtime/audit/tree_checking.hpp"

#include "runtime/audit/proof_text.hpp"
#include "runtime/signing/signed_note.hpp"

namespace protoflow::runtime {

namespace {

// What is wrong with a checkpoint whatever the log says; empty: nothing.
std::string fault_in(const SignedTree& tree, const VerifierKey& key) {
  const auto note = read_note(tree.note);
  if (!note) {
    return "was altered: " + note.error();
  }
  const auto standing = standing_of(*note, key);
  if (standing != SignatureStanding::holds) {
    return standing == SignatureStanding::broken ? "was altered: its signature does not hold"
                                                 : "is not signed by the log's key";
  }
  const auto statement = read_statement(note->text);
  if (!statement) {
    return "was altered: " + statement.error();
  }
  return statement->head.size == tree.size && statement->origin == key.name
             ? ""
             : "speaks of another tree than it is kept for";
}

// Once it is known to be sound.
engine::Hash root_of(const SignedTree& tree) {
  return read_statement(read_note(tree.note)->text)->head.root;
}

}  // namespace

std::expected<TreeVerification, StoreError> verify_tree(const EventStore& store,
                                                        const std::vector<SignedTree>& trees,
                                                        const VerifierKey& key) {
  TreeVerification found;
  engine::TreeEdge edge;
  auto next = trees.begin();
  const auto compare = [&] {
    while (!found.fault && next != trees.end() && next->size == edge.size()) {
      auto reason = fault_in(*next, key);
      if (reason.empty() && root_of(*next) != edge.root()) {
        reason =
            "does not follow from the records: one of them was changed, added or removed, "
            "even where the chains hold";
      }
      if (reason.empty() && !next->peaks.empty() && next->peaks != edge.peaks()) {
        reason = "is kept with subtrees that do not follow from the records";
      }
      if (!reason.empty()) {
        found.fault = {next->size, found.checkpoints == 0 ? 0 : std::prev(next)->size, reason};
        return;
      }
      ++found.checkpoints;
      ++next;
    }
  };
  compare();
  const auto read = store.read_all(0, [&](const StoredEvent& stored) {
    edge.add(engine::leaf_hash(stored.line));
    compare();
    return !found.fault;
  });
  if (!read) {
    return std::unexpected(read.error());
  }
  found.head = {edge.size(), edge.root()};
  if (!found.fault && next != trees.end()) {
    found.fault = {next->size,
                   found.checkpoints == 0 ? 0 : std::prev(next)->size,
                   "speaks of more records than the log has: records are missing at its end"};
  }
  return found;
}

}  // namespace protoflow::runtime
