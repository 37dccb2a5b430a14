// The partnerships of deployed versions: founded at deployment, with what the version before
// leaves to them; and what a case must know of them when it opens.
#include "runtime/casebook/casebook.hpp"
#include "runtime/partnership/founding.hpp"

namespace protoflow::runtime {

// What could not be done is done at the next deployment, which each start of the daemon repeats.
void Casebook::found_partnership(const PlanRef& plan, const PlanRef& before) {
  const auto stream = partnership_stream(*plan);
  if (reading_.has_live(stream)) {
    return;
  }
  if (auto key = world_.vault.create(stream); !key) {
    return world_.on_trouble("no key for " + stream + ": " + key.error().what);
  }
  reading_.begin_live(stream, plan);
  const auto earlier = before ? partnership_stream(*before) : std::string();
  const auto was = reading_.partnerships.find(earlier);
  std::vector<Errand> errands;
  if (was == reading_.partnerships.end() || earlier == stream) {
    errands.push_back({stream, stream + ":founded", founding(*plan, nullptr)});
  } else {
    const EarlierVersion version{*before, was->second.state};
    errands.push_back({stream, stream + ":founded", founding(*plan, &version)});
    engine::Command over{.kind = engine::CommandKind::supersede};
    over.meaning = plan->meaning_hash;
    errands.push_back({earlier, stream + ":supersedes", std::move(over)});
  }
  send(std::move(errands));
}

std::vector<model::PartnerId> Casebook::unsigned_by(const engine::Plan& plan) const {
  std::vector<model::PartnerId> partners;
  const auto found = reading_.partnerships.find(partnership_stream(plan));
  if (found == reading_.partnerships.end()) {
    return partners;
  }
  for (std::size_t i = 0; i < plan.protocol.partners.size(); ++i) {
    const model::PartnerId partner{static_cast<std::uint16_t>(i)};
    if (!engine::takes_part(plan.protocol, found->second.state, partner)) {
      partners.push_back(partner);
    }
  }
  return partners;
}

}  // namespace protoflow::runtime
