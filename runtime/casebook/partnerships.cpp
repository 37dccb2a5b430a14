// The partnerships of deployed versions: founded at deployment, with what the version before
// leaves to them; and what a case must know of them when it opens.
#include "runtime/casebook/casebook.hpp"
#include "runtime/partnership/founding.hpp"

namespace protoflow::runtime {

// What could not be done is done at the next deployment, which each start of the daemon repeats.
// `then` once the founding is written, or could not be.
void Casebook::found_partnership(const PlanRef& plan,
                                 const PlanRef& before,
                                 std::function<void()> then) {
  const auto stream = partnership_stream(*plan);
  const auto known = reading_.partnerships.find(stream);
  const bool again = known != reading_.partnerships.end();
  if (again && known->second.state.status != engine::PartnershipStatus::superseded) {
    return then();
  }
  // The same founding again, of a version that had been replaced, is another one.
  const auto turn_of = again ? ":" + std::to_string(known->second.state.version) : std::string();
  if (auto key = world_.vault.create(stream); !key) {
    world_.on_trouble("no key for " + stream + ": " + key.error().what);
    return then();
  }
  reading_.begin_live(stream, plan);
  const auto earlier = before ? partnership_stream(*before) : std::string();
  const auto was = reading_.partnerships.find(earlier);
  const bool follows = was != reading_.partnerships.end() && earlier != stream;
  auto command = founding(*plan, nullptr);
  if (follows) {
    const EarlierVersion version{*before, was->second.state};
    command = founding(*plan, &version);
  }
  take_turn(stream,
            {.request = {.command_id = stream + ":founded" + turn_of},
             .tell = [then = std::move(then)](const Outcome&) { then(); },
             .errand = std::move(command)});
  if (follows) {
    engine::Command over{.kind = engine::CommandKind::supersede};
    over.meaning = plan->meaning_hash;
    send({{earlier, stream + ":supersedes" + turn_of, std::move(over)}});
  }
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
