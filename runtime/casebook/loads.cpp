#include "runtime/casebook/loads.hpp"

#include <algorithm>

#include "engine/state/apply.hpp"
#include "runtime/casebook/casebook.hpp"

namespace protoflow::runtime {

bool counts_cases(const model::Protocol& protocol) {
  return std::ranges::any_of(protocol.roles,
                             [](const auto& role) { return role.cases_max.has_value(); });
}

void Loads::keep(std::string_view stream,
                 const model::Protocol& protocol,
                 const std::vector<engine::Part>& parts) {
  drop(stream);
  if (parts.empty()) {
    return;
  }
  auto& shares = shares_[std::string(stream)];
  for (const auto& part : parts) {
    Share share{protocol.name, protocol[part.role].name, protocol[part.partner].name, part.person};
    if (std::ranges::find(shares, share) == shares.end()) {
      ++cases_[share];
      shares.push_back(std::move(share));
    }
  }
  std::ranges::sort(shares);
}

void Loads::drop(std::string_view stream) {
  const auto had = shares_.find(stream);
  if (had == shares_.end()) {
    return;
  }
  for (const auto& share : had->second) {
    const auto counted = cases_.find(share);
    if (--counted->second == 0) {
      cases_.erase(counted);
    }
  }
  shares_.erase(had);
}

// The case's own part is not another's.
std::uint32_t Loads::others(std::string_view stream,
                            const Share& share,
                            std::uint32_t cases) const {
  const auto own = shares_.find(stream);
  const bool counts = own != shares_.end() && std::ranges::binary_search(own->second, share);
  return counts ? cases - 1 : cases;
}

engine::Surroundings Loads::around(std::string_view stream, const model::Protocol& protocol) const {
  engine::Surroundings surroundings;
  for (std::size_t i = 0; i < protocol.roles.size(); ++i) {
    const auto& role = protocol.roles[i];
    if (!role.cases_max) {
      continue;
    }
    auto counted = cases_.lower_bound({protocol.name, role.name, {}, {}});
    const auto is_of_the_role = [&](const Share& share) {
      return share.protocol == protocol.name && share.role == role.name;
    };
    for (; counted != cases_.end() && is_of_the_role(counted->first); ++counted) {
      const auto& [share, all] = *counted;
      if (all < *role.cases_max) {
        continue;  // there is room: nothing to know
      }
      const auto partner = model::find<model::PartnerId>(protocol.partners, share.partner);
      surroundings.loads.push_back({.role = {static_cast<std::uint16_t>(i)},
                                    .partner = partner,
                                    .person = share.person,
                                    .cases = others(stream, share, all)});
    }
  }
  return surroundings;
}

// While its events are on their way to the store, a case counts for what it had and for what it
// will have: two decisions at once never take the same last place.
void Casebook::keep_load(std::string_view stream, std::span<const engine::Event> coming) {
  const auto found = reading_.cases.find(stream);
  if (found == reading_.cases.end()) {
    return;
  }
  const auto& [plan, state] = found->second;
  auto parts = engine::parts_of(plan->protocol, state);
  if (!coming.empty() && counts_cases(plan->protocol)) {
    auto after = state;
    for (const auto& event : coming) {
      if (event.kind == engine::EventKind::case_migrated) {
        break;  // it is counted by its new version once it is there
      }
      engine::apply(after, event);
    }
    std::ranges::move(engine::parts_of(plan->protocol, after), std::back_inserter(parts));
  }
  loads_.keep(stream, plan->protocol, parts);
}

engine::Decision Casebook::decide(const std::string& stream, const engine::Command& command) const {
  const auto now = world_.clock.now();
  if (const auto found = reading_.cases.find(stream); found != reading_.cases.end()) {
    const auto& [plan, state] = found->second;
    return engine::decide(*plan, state, command, now, loads_.around(stream, plan->protocol));
  }
  return reading_.look_at(stream, [&](const auto& file) {
    return engine::decide(*file.plan, file.state, command, now);
  });
}

}  // namespace protoflow::runtime
