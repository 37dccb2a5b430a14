#include "runtime/access/access.hpp"

#include <algorithm>

#include "engine/duty/duty.hpp"
#include "engine/duty/holder.hpp"

namespace protoflow::runtime {

namespace {

using model::PartnerId;
using model::RoleId;

PartnerId partner_of(const Reader& reader, const model::Protocol& protocol) {
  return model::find<PartnerId>(protocol.partners, reader.person.partner);
}

// By the partner that answers for the role in this case; nobody answers for one that waits to be
// bound.
bool holds(const CaseFile& file, PartnerId partner, RoleId role) {
  const auto answers = engine::holder(file.plan->protocol, file.state, role);
  return !answers.waits_for_referral && answers.role == role && answers.partner == partner;
}

bool coordinates(const CaseFile& file, PartnerId partner) {
  const auto& protocol = file.plan->protocol;
  return partner.known() &&
         engine::holder(protocol, file.state, protocol.coordinated_by).partner == partner;
}

bool is_asked_or_bound(const engine::ReferralBinding& referral, PartnerId partner) {
  switch (referral.state) {
    case engine::ReferralState::requested:
    case engine::ReferralState::received:
    case engine::ReferralState::accepted:
      return referral.partner == partner;
    case engine::ReferralState::none:
    case engine::ReferralState::declined:
    case engine::ReferralState::expired:
    case engine::ReferralState::revoked:
    case engine::ReferralState::ended:
      return false;
  }
  return false;
}

bool owes_something(const CaseFile& file, PartnerId partner) {
  return std::ranges::any_of(engine::duties(file.plan->protocol, file.state),
                             [&](const engine::Duty& duty) { return duty.partner == partner; });
}

bool has_part(const CaseFile& file, PartnerId partner) {
  const auto& protocol = file.plan->protocol;
  if (!partner.known()) {
    return false;
  }
  for (std::size_t i = 1; i < protocol.roles.size(); ++i) {
    if (holds(file, partner, RoleId{static_cast<std::uint16_t>(i)})) {
      return true;
    }
  }
  return std::ranges::any_of(
             file.state.referrals,
             [&](const auto& referral) { return is_asked_or_bound(referral, partner); }) ||
         owes_something(file, partner);
}

bool is_own_case(const Reader& reader, const CaseFile& file) {
  return reader.is_person() && is_beneficiary(reader.person) &&
         reader.person.id == file.state.beneficiary;
}

// A partner that has to do with the step, whatever the person does there.
bool has_to_do_with(const CaseFile& file, model::StepId id, PartnerId partner) {
  const auto& step = file.plan->protocol[id];
  const auto& state = file.state[id];
  const auto held = [&](RoleId role) { return holds(file, partner, role); };
  return held(step.responsible) || std::ranges::any_of(step.with, held) ||
         std::ranges::any_of(step.informs, held) ||
         (step.review && std::ranges::any_of(step.review->by, held)) || state.partner == partner ||
         state.review_partner == partner || state.receiver == partner;
}

bool hosts(const SessionFile& file, PartnerId partner) {
  const auto& protocol = file.plan->protocol;
  const auto among = [&](RoleId role) {
    return std::ranges::find(protocol[role].partners, partner) != protocol[role].partners.end();
  };
  return partner.known() &&
         (file.state.partner == partner || among(protocol[file.state.session].hosted_by) ||
          among(protocol.coordinated_by));
}

const CaseFile* case_of(const Reading& reading, std::string_view case_id) {
  const auto found = reading.cases.find(std::string(kCasePrefix) + std::string(case_id));
  return found == reading.cases.end() || found->second.state.version == 0 ? nullptr
                                                                          : &found->second;
}

bool is_enrolled(const Reader& reader, const Reading& reading, const SessionFile& file) {
  return std::ranges::any_of(file.state.enrolments, [&](const engine::Enrolment& enrolment) {
    const auto* of = case_of(reading, enrolment.case_id);
    return of != nullptr && is_own_case(reader, *of);
  });
}

bool is_among(auto id, const auto& list) {
  return std::ranges::find(list, id) != list.end();
}

// What a consent covers with a role is for that role only as long as it is given; of several, one
// is enough.
bool is_consented(const CaseFile& file, model::InformationId id, RoleId role) {
  const auto& consents = file.plan->protocol.consents;
  bool asked = false;
  for (std::size_t i = 0; i < consents.size(); ++i) {
    if (!is_among(id, consents[i].covers) || !is_among(role, consents[i].with)) {
      continue;
    }
    asked = true;
    if (file.state.consents[i] == engine::ConsentAnswer::given) {
      return true;
    }
  }
  return !asked;
}

// Roles of the reader's that send people to the session.
bool sends_there(const Reader& reader, const SessionFile& file) {
  const auto& protocol = file.plan->protocol;
  const auto& plays = actor_of(reader.person, protocol).plays;
  const auto is_theirs = [&](RoleId role) {
    const auto& partners = protocol[role].partners;
    return std::ranges::find(plays, role) != plays.end() &&
           (partners.empty() ||
            std::ranges::find(partners, partner_of(reader, protocol)) != partners.end());
  };
  return is_theirs(protocol[file.state.session].hosted_by) || is_theirs(protocol.coordinated_by) ||
         std::ranges::any_of(protocol.steps, [&](const model::Step& step) {
           return step.through == file.state.session && is_theirs(step.responsible);
         });
}

}  // namespace

bool is_beneficiary(const Person& person) {
  return std::ranges::any_of(person.roles, [](const std::string& role) {
    return role == "beneficiary" || role == "bénéficiaire";
  });
}

bool may_see(const Reader& reader, const CaseFile& file) {
  if (file.state.version == 0) {
    return false;
  }
  if (reader.is_operator() || is_own_case(reader, file)) {
    return true;
  }
  return reader.is_person() && !is_beneficiary(reader.person) &&
         has_part(file, partner_of(reader, file.plan->protocol));
}

bool may_see(const Reader& reader, const ValueOf& value) {
  const auto& [file, id] = value;
  if (is_own_case(reader, file)) {
    return true;
  }
  if (!reader.is_person() || !may_see(reader, file)) {
    return false;
  }
  const auto& protocol = file.plan->protocol;
  const auto actor = actor_of(reader.person, protocol);
  return std::ranges::any_of(protocol[id].seen_by, [&](RoleId role) {
    const auto answers = engine::holder(protocol, file.state, role);
    return !answers.waits_for_referral && actor.partner == answers.partner &&
           is_among(role, actor.plays) && is_consented(file, id, role);
  });
}

bool may_see(const Reader& reader, const StepOf& step) {
  const auto& [file, id] = step;
  if (reader.is_operator() || is_own_case(reader, file)) {
    return true;
  }
  const auto partner = partner_of(reader, file.plan->protocol);
  return may_see(reader, file) &&
         (coordinates(file, partner) || (id.known() && has_to_do_with(file, id, partner)));
}

bool may_see(const Reader& reader, const NameOf& name) {
  if (reader.is_operator() || reader.is(name.person)) {
    return true;
  }
  if (name.file != nullptr && may_see(reader, StepOf{*name.file, {}})) {
    return true;
  }
  const auto* person = name.people.find(name.person);
  return person != nullptr && may_see(reader, *person);
}

bool may_see(const Reader& reader, const Person& person) {
  return reader.is_operator() || reader.is(person.id) ||
         (reader.is_person() && !is_beneficiary(reader.person) && !is_beneficiary(person) &&
          reader.person.partner == person.partner);
}

bool may_see(const Reader& reader, const model::Protocol& protocol) {
  return reader.is_operator() || (reader.is_person() && !is_beneficiary(reader.person) &&
                                  partner_of(reader, protocol).known());
}

bool may_see(const Reader& reader, const SessionOf& session) {
  const auto& [reading, file] = session;
  return file.state.version != 0 &&
         (may_see(reader, file.plan->protocol) || is_enrolled(reader, reading, file));
}

bool may_see(const Reader& reader, const EnrolmentOf& enrolment) {
  const auto& [reading, file, case_id] = enrolment;
  if (reader.is_operator()) {
    return true;
  }
  const bool theirs =
      may_see(reader, file.plan->protocol) && hosts(file, partner_of(reader, file.plan->protocol));
  const auto* of = case_of(reading, case_id);
  return theirs || (of != nullptr && may_see(reader, *of));
}

bool may_see(const Reader& reader, const PlaceOf& place) {
  const auto& [reading, file] = place;
  return reader.is_person() && (is_enrolled(reader, reading, file) ||
                                (!is_beneficiary(reader.person) && sends_there(reader, file)));
}

bool may_see(const Reader& reader, const NoticeOf& notice) {
  const auto& [reading, stream, partner, role] = notice;
  if (reader.is_operator()) {
    return true;
  }
  if (!reader.is_person() || !reading.has_live(stream)) {
    return false;
  }
  if (!stream.starts_with(kCasePrefix)) {
    return reader.person.partner == partner && reading.look_at(stream, [&](const auto& file) {
      return may_see(reader, file.plan->protocol);
    });
  }
  const auto& file = reading.cases.find(stream)->second;
  const bool to_beneficiary = role == file.plan->protocol[model::kBeneficiary].name;
  return is_own_case(reader, file) ? to_beneficiary
                                   : reader.person.partner == partner && may_see(reader, file);
}

bool may_act_as(const Reader& reader, std::string_view person) {
  return reader.is_operator() ||
         (reader.is_person() && reader.may_act && (person.empty() || reader.is(person)));
}

}  // namespace protoflow::runtime
