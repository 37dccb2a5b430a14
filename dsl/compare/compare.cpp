#include "dsl/compare/compare.hpp"

#include <array>

#include "dsl/compare/table.hpp"

// Structs are taken apart with structured bindings, all members at once: one that is added to the
// model does not compile in this folder until it is compared, or left out on purpose.
namespace protoflow::dsl {
namespace {

constexpr std::array<std::string_view, kMemberCount> kMemberNames = {
#define PF_MEMBER(name) #name,
#include "dsl/compare/members.def"
#undef PF_MEMBER
};

// By Subject and ChangeKind.
constexpr std::string_view kSubjectNames[] = {"protocol",
                                              "need",
                                              "competence",
                                              "partner",
                                              "role",
                                              "information",
                                              "consent",
                                              "stage",
                                              "step",
                                              "session",
                                              "routine",
                                              "agreement",
                                              "ending",
                                              "promise"};
constexpr std::string_view kKindNames[] = {"added", "removed", "changed"};

std::string replaced(std::uint32_t version) {
  return version == 0 ? std::string() : std::to_string(version);
}

void compare_calendar(const Telling& telling,
                      const model::Calendar& was,
                      const model::Calendar& now) {
  const auto& [working, opens, closes, closed] = now;
  const auto language = telling.versions.reader();
  compare_texts(telling,
                Member::working_days,
                working_days_phrase(was.working, language),
                working_days_phrase(working, language));
  if (was.opens != opens || was.closes != closes) {
    tell_change(telling, {Member::hours, hours_phrase(was), hours_phrase(now), {}, {}});
  }
  compare_closed(telling, Member::closed_on, was.closed, closed);
}

void tell_former_names(const Versions& versions,
                       const model::Protocol& of,
                       const model::Protocol& other,
                       ChangeKind kind) {
  const auto said = model::words::in_words(other, other.former_names);
  for (const auto& former : of.former_names) {
    if (said.find(model::words::in_words(of, {former})) != std::string::npos) {
      continue;
    }
    const auto& name = model::words::name_of(of, former);
    const Telling telling{versions, Subject::protocol, name, name, {}, {}};
    Difference difference{Member::former_name, {}, {}, {}, {}};
    (kind == ChangeKind::added ? difference.is : difference.was) = former.was;
    tell_change(telling, kind, std::move(difference));
  }
}

// Both are copies: one language for their words, one name for the person in both.
void read_as(model::Protocol& protocol, model::Language reader) {
  protocol.language = reader;
  if (protocol.roles.empty()) {
    protocol.roles.emplace_back();
  }
  if (protocol.roles.front().binding == model::Binding::beneficiary) {
    protocol.roles.front().name = phrase_words(reader).beneficiary;
  }
}

}  // namespace

void compare_heading(const Versions& versions) {
  const auto& [language,
               name,
               title,
               version,
               replaces,
               replaces_because,
               objective,
               audience,
               value,
               coordinated_by,
               time_zone,
               calendar,
               needs,
               competences,
               partners,
               roles,
               informations,
               consents,
               stages,
               steps,
               sessions,
               routines,
               agreement,
               endings,
               promises,
               examples,
               translations,
               former_names] = versions.now;
  const auto& was = versions.was;
  const Telling telling{versions, Subject::protocol, name, title.empty() ? name : title, {}, {}};
  compare_texts(telling, Member::protocol_name, was.name, name);
  compare_texts(telling, Member::protocol_title, was.title, title);
  compare_numbers(telling, Member::version, was.version, version);
  compare_texts(telling, Member::replaces, replaced(was.replaces), replaced(replaces));
  compare_texts(telling, Member::replaces_because, was.replaces_because, replaces_because);
  compare_texts(telling, Member::objective, was.objective, objective);
  compare_texts(telling, Member::audience, was.audience, audience);
  compare_texts(telling, Member::value, was.value, value);
  compare_named(telling,
                Member::coordinated_by,
                named(was.roles, was.coordinated_by),
                named(roles, coordinated_by));
  compare_texts(telling, Member::time_zone, was.time_zone, time_zone);
  compare_calendar(telling, was.calendar, calendar);
  compare_translations(telling, was.translations, translations);
  tell_former_names(versions, versions.now, was, ChangeKind::added);
  tell_former_names(versions, was, versions.now, ChangeKind::removed);
}

std::string_view name_of(Member member) {
  return kMemberNames[static_cast<std::size_t>(member)];
}

std::string_view name_of(Subject subject) {
  return kSubjectNames[static_cast<std::size_t>(subject)];
}

std::string_view name_of(ChangeKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

std::vector<Change> compare(const model::Protocol& was,
                            const model::Protocol& now,
                            model::Language reader) {
  model::Protocol before = was;
  model::Protocol after = now;
  read_as(before, reader);
  read_as(after, reader);
  const Renames renamed = rename_alike(before, after);
  std::vector<Change> changes;
  const Versions versions{before, after, renamed, changes};
  compare_heading(versions);
  compare_endings(versions);
  compare_people(versions);
  compare_recorded(versions);
  compare_steps(versions);
  compare_meetings(versions);
  return changes;
}

}  // namespace protoflow::dsl
