// Who may see what: the one place that decides it, for every way out. Pure. What no rule here
// allows is not allowed. The operator sees all that is kept in the clear, and no value: those are
// for the roles that a protocol names.
#pragma once

#include <string_view>

#include "runtime/access/reader.hpp"
#include "runtime/casebook/reading.hpp"

namespace protoflow::runtime {

/// Plays the role of the beneficiary: sees their own case, and nothing of anybody else's.
[[nodiscard]] bool is_beneficiary(const Person& person);

/// That it exists, and how far its path has come: who accompanies it. A partner that holds one of
/// its roles now, is asked to or was bound to by a referral, or owes something in it; and the
/// beneficiary.
[[nodiscard]] bool may_see(const Reader& reader, const CaseFile& file);

/// A value: roles that the protocol lets see it, of the partner that holds them in this case, and
/// where a consent covers it with the role, as long as that is given; and whom it is about.
struct ValueOf {
  const CaseFile& file;
  model::InformationId information;
};

[[nodiscard]] bool may_see(const Reader& reader, const ValueOf& value);

/// More of a step than its name and state: how it ended and who judged it. Who does it, helps, is
/// informed or reviews it; the coordination; the beneficiary. An unknown step is the case itself.
struct StepOf {
  const CaseFile& file;
  model::StepId step;
};

[[nodiscard]] bool may_see(const Reader& reader, const StepOf& step);

/// Which person of a partner it is: colleagues, and, in a case, its coordination and whom it is
/// about.
struct NameOf {
  const Directory& people;
  std::string_view person;
  const CaseFile* file = nullptr;
};

[[nodiscard]] bool may_see(const Reader& reader, const NameOf& name);

/// All that the directory says of somebody.
[[nodiscard]] bool may_see(const Reader& reader, const Person& person);

/// A protocol, its partnership, its sessions: the partners that it names.
[[nodiscard]] bool may_see(const Reader& reader, const model::Protocol& protocol);

/// A collective session: its partners, and beneficiaries who are enrolled.
struct SessionOf {
  const Reading& reading;
  const SessionFile& file;
};

[[nodiscard]] bool may_see(const Reader& reader, const SessionOf& session);

/// That a case is enrolled: those who host the session, and those who see the case.
struct EnrolmentOf {
  const Reading& reading;
  const SessionFile& file;
  std::string_view case_id;
};

[[nodiscard]] bool may_see(const Reader& reader, const EnrolmentOf& enrolment);

/// Where it is: those who host it, send people there, or are enrolled.
struct PlaceOf {
  const Reading& reading;
  const SessionFile& file;
};

[[nodiscard]] bool may_see(const Reader& reader, const PlaceOf& place);

/// What somebody is told: the partner to which it is said, as long as it sees what it is about.
struct NoticeOf {
  const Reading& reading;
  std::string_view stream;  // that it comes from
  std::string_view partner, role;
};

[[nodiscard]] bool may_see(const Reader& reader, const NoticeOf& notice);

/// Whether the reader may say that `person` acts. An empty name is the reader's own.
[[nodiscard]] bool may_act_as(const Reader& reader, std::string_view person);

}  // namespace protoflow::runtime
