// What is sensitive is seen with the person's consent, and a consent covers what somebody sees.
#include <algorithm>
#include <optional>
#include <set>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {
namespace {

// Who sees, records and agrees to what, looked up once: rows are informations, columns roles.
struct Sight {
  const Asked& asked;
  BitTable seen_by, recorded_by, agreed_for;
  std::vector<bool> recorded_by_somebody;              // whose role could not be read
  std::vector<std::uint16_t> covering;                 // by information: a consent that covers it
  std::vector<std::vector<std::uint16_t>> covered_by;  // by sensitive information: all of them
};

constexpr std::uint16_t kNone = 0xFFFF;

void look_at_consents(Sight& sight) {
  const auto& consents = sight.asked.protocol.consents;
  for (const std::uint16_t i : places_in(consents)) {
    BitTable with(1, sight.asked.protocol.roles.size());
    for (const model::RoleId role : consents[i].with) {
      with.set(0, role.value);
    }
    const std::set<model::InformationId> covers(consents[i].covers.begin(),
                                                consents[i].covers.end());
    for (const model::InformationId information : covers) {
      sight.covering[information.value] = i;
      sight.covered_by[information.value].push_back(i);
      const auto row = sight.agreed_for.row(information.value);
      for (std::size_t word = 0; word < row.size(); ++word) {
        row[word] |= with.row(0)[word];
      }
    }
  }
}

Sight sight_of(const Asked& asked) {
  const model::Protocol& protocol = asked.protocol;
  const std::size_t count = protocol.informations.size();
  const BitTable none(count, protocol.roles.size());
  Sight sight{asked,
              none,
              none,
              none,
              std::vector<bool>(count, false),
              std::vector<std::uint16_t>(count, kNone),
              std::vector<std::vector<std::uint16_t>>(count)};
  for (std::size_t i = 0; i < count; ++i) {
    for (const model::RoleId role : protocol.informations[i].seen_by) {
      sight.seen_by.set(i, role.value);
    }
  }
  for (const model::Step& step : protocol.steps) {
    for (const model::InformationId information : step.records) {
      if (step.responsible.known()) {
        sight.recorded_by.set(information.value, step.responsible.value);
      } else {
        sight.recorded_by_somebody[information.value] = true;
      }
    }
  }
  look_at_consents(sight);
  return sight;
}

// Whoever records an information has it from the person. Of a step that could not be read whole,
// anybody may be responsible.
bool records(const Sight& sight, model::RoleId role, model::InformationId information) {
  return sight.recorded_by_somebody[information.value] ||
         sight.recorded_by.test(information.value, role.value);
}

// A consent that could not be read whole may cover anything, with anybody.
bool all_readable(const Asked& asked) {
  return std::ranges::none_of(asked.names.of(NameKind::consent),
                              [&](const Declared& one) { return unreadable(asked, one); });
}

void ask_seen(const Sight& sight, model::InformationId id, model::RoleId role, NodeIndex seen_by) {
  const Asked& asked = sight.asked;
  if (sight.agreed_for.test(id.value, role.value)) {
    return;
  }
  if (may_be_named(asked, declared(asked, NameKind::information, id.value)) ||
      may_be_named(asked, declared(asked, NameKind::role, role.value))) {
    return;
  }
  const std::string& name = asked.protocol[role].name;
  const Span place = place_of_name(asked, seen_by, name);
  const std::vector<std::string> parameters = {asked.protocol[id].name, name};
  const std::uint16_t covering = sight.covering[id.value];
  if (covering == kNone) {
    tell(asked, Code::sensitive_without_consent, place, parameters);
    return;
  }
  tell_two(asked,
           Code::sensitive_unclear,
           place,
           declared(asked, NameKind::consent, covering).span,
           parameters);
}

void ask_sensitive(const Sight& sight, model::InformationId id) {
  const Asked& asked = sight.asked;
  const model::Information& information = asked.protocol[id];
  const Declared& one = declared(asked, NameKind::information, id.value);
  const NodeIndex seen_by = clause_of(asked, one.node, Keyword::seen_by);
  if (!information.sensitive || seen_by == kNoNode) {
    return;
  }
  for (const model::RoleId role : information.seen_by) {
    if (role != model::kBeneficiary && !records(sight, role, id)) {
      ask_seen(sight, id, role, seen_by);
    }
  }
}

void ask_covers(const Sight& sight, std::size_t id) {
  const Asked& asked = sight.asked;
  const model::Consent& consent = asked.protocol.consents[id];
  const NodeIndex covers =
      clause_of(asked, declared(asked, NameKind::consent, id).node, Keyword::covers);
  BitTable with(1, asked.protocol.roles.size());
  for (const model::RoleId role : consent.with) {
    with.set(0, role.value);
  }
  for (const model::InformationId information : consent.covers) {
    bool seen = consent.with.empty();
    const auto seen_by = sight.seen_by.row(information.value);
    for (std::size_t word = 0; word < seen_by.size(); ++word) {
      seen = seen || (seen_by[word] & with.row(0)[word]) != 0;
    }
    const std::string& name = asked.protocol[information].name;
    const Declared& one = declared(asked, NameKind::information, information.value);
    if (!seen && !unreadable(asked, one)) {
      tell_two(asked,
               Code::consent_covers_unseen,
               place_of_name(asked, covers, name),
               one.span,
               {consent.name, name});
    }
  }
}

// By consent: the steps that ask it.
std::vector<std::vector<std::uint16_t>> askers_of(const model::Protocol& protocol) {
  std::vector<std::vector<std::uint16_t>> askers(protocol.consents.size());
  for (const std::uint16_t i : places_in(protocol.steps)) {
    if (protocol.steps[i].asks_consent.known()) {
      askers[protocol.steps[i].asks_consent.value].push_back(i);
    }
  }
  return askers;
}

// The first step that asks a consent for what `recorder` records, when all of them come after it.
std::optional<std::uint16_t> asked_only_after(const Sight& sight,
                                              const std::vector<std::vector<std::uint16_t>>& askers,
                                              std::uint16_t recorder,
                                              model::InformationId information) {
  std::optional<std::uint16_t> first;
  for (const std::uint16_t consent : sight.covered_by[information.value]) {
    for (const std::uint16_t asker : askers[consent]) {
      if (!sight.asked.order.opens_after(asker, recorder)) {
        return std::nullopt;
      }
      first = first ? first : asker;
    }
  }
  return first;
}

// What is sensitive is shown as soon as it is recorded: the person is asked before, or then.
void ask_moment(const Sight& sight) {
  const Asked& asked = sight.asked;
  const auto askers = askers_of(asked.protocol);
  std::set<model::InformationId> told;
  for (const std::uint16_t i : places_in(asked.protocol.steps)) {
    for (const model::InformationId information : asked.protocol.steps[i].records) {
      if (!asked.protocol[information].sensitive || told.contains(information)) {
        continue;
      }
      const auto asker = asked_only_after(sight, askers, i, information);
      if (!asker) {
        continue;
      }
      told.insert(information);
      const NodeIndex step = declared(asked, NameKind::step, i).node;
      const NodeIndex asks =
          clause_of(asked, declared(asked, NameKind::step, *asker).node, Keyword::asks_consent);
      const std::string& name = asked.protocol[information].name;
      tell_two(asked,
               Code::sensitive_before_consent,
               place_of_name(asked, clause_of(asked, step, Keyword::records), name),
               asked.tree[asks].span(),
               {name,
                asked.protocol.steps[i].name,
                asked.protocol[asked.protocol.steps[*asker].asks_consent].name});
    }
  }
}

}  // namespace

void ask_consents(const Asked& asked) {
  const Sight sight = sight_of(asked);
  const bool covers_known = all_readable(asked) && !lacks_a_declaration(asked);
  for (std::size_t i = 0; covers_known && i < asked.protocol.informations.size(); ++i) {
    ask_sensitive(sight, model::InformationId{static_cast<std::uint16_t>(i)});
  }
  for (std::size_t i = 0; i < asked.protocol.consents.size(); ++i) {
    ask_covers(sight, i);
  }
  if (asked.order.known() && !asked.unread.anything) {
    ask_moment(sight);
  }
}

}  // namespace protoflow::dsl
