#include "engine/state/apply_partners.hpp"

#include <algorithm>

namespace protoflow::engine {

namespace {

void apply_signatures(CaseState& state, const Event& event) {
  if (event.kind == EventKind::case_opened || event.kind == EventKind::case_migrated) {
    state.unsigned_by = event.unsigned_by;
  } else if (event.kind == EventKind::partner_agreed) {
    std::erase(state.unsigned_by, event.partner);
  } else if (event.kind == EventKind::partner_lapsed) {
    state.unsigned_by.push_back(event.partner);
  }
}

bool answers_transfer(EventKind kind) {
  return kind == EventKind::transfer_accepted || kind == EventKind::transfer_refused ||
         kind == EventKind::transfer_taken_back;
}

// Nobody answers a proposal of, or to, a partner that has left, nor of a case that is over.
void apply_transfer(CaseState& state, const Event& event) {
  if (event.kind == EventKind::transfer_proposed) {
    state.transfers.push_back({.giver = event.giver,
                               .receiver = event.receiver,
                               .role = event.role,
                               .receiver_role = event.receiver_role,
                               .version = state.version,
                               .since = event.happened});
  } else if (event.kind == EventKind::role_transferred) {
    state.taken_over.push_back(
        {.role = event.binding, .giver = event.giver, .receiver = event.receiver});
  } else if (event.kind == EventKind::case_closed) {
    state.transfers.clear();
  } else if (event.kind == EventKind::partner_left) {
    std::erase_if(state.transfers, [&](const Transfer& transfer) {
      return transfer.giver == event.partner || transfer.receiver == event.partner;
    });
  } else if (answers_transfer(event.kind)) {
    std::erase_if(state.transfers, [&](const Transfer& transfer) {
      return transfer.giver == event.giver && transfer.receiver == event.receiver &&
             transfer.role == event.role;
    });
  }
}

}  // namespace

void apply_partners(CaseState& state, const Event& event) {
  if (event.kind == EventKind::partner_left) {
    state.left.push_back(event.partner);
  }
  if (event.kind == EventKind::partner_joined) {
    std::erase(state.left, event.partner);
  }
  apply_signatures(state, event);
  apply_transfer(state, event);
}

}  // namespace protoflow::engine
