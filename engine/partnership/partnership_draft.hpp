// The working copy that one decision about a partnership is made on. Private to
// engine/partnership.
#pragma once

#include <expected>
#include <utility>
#include <vector>

#include "engine/partnership/partnership.hpp"
#include "engine/routine/occurrences.hpp"

namespace protoflow::engine {

struct PartnershipDraft {
  const Plan& plan;
  PartnershipState state;
  std::vector<Event> events;

  [[nodiscard]] const model::Protocol& protocol() const { return plan.protocol; }

  void emit(Event event) {
    apply(state, event);
    events.push_back(std::move(event));
  }
};

/// Role -> partner: total. A partner that has left is passed over; a role that each case binds is
/// with its chooser.
[[nodiscard]] Holder holder(const model::Protocol& protocol,
                            const PartnershipState& state,
                            model::RoleId role);

[[nodiscard]] WhoAnswers who_answers(const PartnershipDraft& draft);

/// Every alarm that has passed at `now`, in the order of their instants.
void tick(PartnershipDraft& draft, model::Instant now);

/// Asks this partner for its signature.
void invite(PartnershipDraft& draft,
            model::PartnerId partner,
            const Actor& actor,
            model::Instant at);

/// It has gone: its routines go to whoever answers next.
void depart(PartnershipDraft& draft, model::PartnerId partner, const Command& command);

using PartnershipDone = std::expected<void, Refusal>;

[[nodiscard]] PartnershipDone found(PartnershipDraft& draft, const Command& command);
[[nodiscard]] PartnershipDone decide_on_partner(PartnershipDraft& draft,
                                                const Command& command,
                                                model::Instant now);
[[nodiscard]] PartnershipDone decide_on_routine(PartnershipDraft& draft, const Command& command);

}  // namespace protoflow::engine
