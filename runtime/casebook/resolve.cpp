#include <algorithm>
#include <array>
#include <charconv>

#include "dsl/diagnostic/nearest.hpp"
#include "engine/model/value.hpp"
#include "runtime/casebook/request.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

struct NameKind {
  std::string_view code;
  std::string_view french;
  std::string_view english;
};

constexpr NameKind kStep{"unknown_step", "une étape de ce protocole", "a step of this protocol"};
constexpr NameKind kOutcome{
    "unknown_outcome", "une issue de cette étape", "an outcome of this step"};
constexpr NameKind kRole{"unknown_role", "un rôle de ce protocole", "a role of this protocol"};
constexpr NameKind kPartner{
    "unknown_partner", "un partenaire de ce protocole", "a partner of this protocol"};
constexpr NameKind kEnding{
    "unknown_ending", "une fin de ce protocole", "an ending of this protocol"};
constexpr NameKind kInformation{
    "unknown_information", "une information de ce protocole", "an information of this protocol"};
constexpr NameKind kRoutine{
    "unknown_routine", "un rendez-vous de ce protocole", "a routine of this protocol"};
constexpr NameKind kSession{
    "unknown_session", "une séance de ce protocole", "a session of this protocol"};
constexpr NameKind kConsent{
    "unknown_consent", "un consentement de ce protocole", "a consent of this protocol"};

std::unexpected<NotDone> bad(std::string code, std::string detail) {
  return std::unexpected(
      NotDone{.why = Why::bad_request, .code = std::move(code), .detail = std::move(detail)});
}

// Names of a request are looked up one after the other; the first unknown one is the answer.
class Names {
 public:
  explicit Names(const model::Protocol& protocol) : protocol_(protocol) {}

  template <class IdType, class Declaration>
  IdType find(const std::vector<Declaration>& declared, const std::string& name, NameKind kind) {
    if (name.empty()) {
      return {};
    }
    const auto id = model::find<IdType>(declared, name);
    if (!id.known() && !failure_) {
      std::vector<std::string> candidates;
      for (const auto& declaration : declared) {
        candidates.push_back(declaration.name);
      }
      fail(name, kind, dsl::nearest(name, candidates));
    }
    return id;
  }

  void fail(std::string_view name, NameKind kind, const std::string& near) {
    const auto language = protocol_.language;
    std::string detail = quoted(language, name);
    detail += say(language, " n’est pas ", " is not ");
    detail += say(language, kind.french, kind.english);
    detail += ".";
    if (!near.empty()) {
      detail += say(language, " Vouliez-vous dire ", " Did you mean ");
      detail += quoted(language, near);
      detail += say(language, " ?", "?");
    }
    failure_ = NotDone{
        .why = Why::bad_request, .code = std::string(kind.code), .detail = std::move(detail)};
  }

  [[nodiscard]] const std::optional<NotDone>& failure() const { return failure_; }

 private:
  const model::Protocol& protocol_;
  std::optional<NotDone> failure_;
};

std::string levels_of(const model::Information& information) {
  std::string list;
  for (const auto& level : information.levels) {
    list += (list.empty() ? "" : ", ") + level;
  }
  return list;
}

std::string wanted(const model::Information& information, model::Language language) {
  switch (information.type) {
    case model::InformationType::yes_or_no:
      return std::string(say(language, "oui ou non", "yes or no"));
    case model::InformationType::scale:
    case model::InformationType::one_of:
      return levels_of(information);
    case model::InformationType::number:
      return std::string(say(language,
                             "un nombre, avec trois décimales au plus",
                             "a number with at most three decimals"));
    case model::InformationType::date:
      return std::string(
          say(language, "une date, par exemple 2027-01-31", "a date such as 2027-01-31"));
    case model::InformationType::text:
      return std::string(say(language, "un texte", "a text"));
  }
  return {};
}

using Kind = engine::CommandKind;

bool needs_step(Kind kind) {
  return (kind >= Kind::take && kind <= Kind::give_back) ||
         (kind >= Kind::delegate && kind <= Kind::take_back);
}

bool may_name_a_task(Kind kind) {
  return kind == Kind::take || kind == Kind::decline || kind == Kind::release ||
         kind == Kind::complete;
}

bool needs_role(Kind kind) {
  return kind >= Kind::refer && kind <= Kind::revoke_referral;
}

bool concerns_one_case(Kind kind) {
  return kind == Kind::enrol || kind == Kind::withdraw_enrolment;
}

bool needs_event(Kind kind) {
  return kind == Kind::void_event || kind == Kind::correct_event;
}

bool needs_partner(Kind kind) {
  return kind == Kind::refer || kind == Kind::hand_over || kind == Kind::transfer;
}

bool needs_giver(Kind kind) {
  return kind >= Kind::transfer && kind <= Kind::take_back_transfer;
}

bool concerns_a_person(Kind kind) {
  return kind >= Kind::person_absent && kind <= Kind::person_removed;
}

bool concerns_a_partner(Kind kind) {
  return kind == Kind::partner_left || kind == Kind::partner_joined;
}

std::expected<engine::CommandKind, NotDone> command_kind(const Request& request,
                                                         model::Language language) {
  const auto found = std::ranges::find(engine::kCommandKindNames, request.command);
  const auto place = static_cast<std::size_t>(found - engine::kCommandKindNames.begin());
  const auto is_for_people = [](std::size_t kind) {
    return kind != 0 && !engine::is_errand(static_cast<engine::CommandKind>(kind));  // 0 is tick
  };
  if (found != engine::kCommandKindNames.end() && is_for_people(place)) {
    return static_cast<engine::CommandKind>(place);
  }
  std::string list;
  for (std::size_t kind = 0; kind < engine::kCommandKindNames.size(); ++kind) {
    if (is_for_people(kind)) {
      list += (list.empty() ? "" : ", ") + std::string(engine::kCommandKindNames[kind]);
    }
  }
  return bad("unknown_command",
             std::string(say(language,
                             "Cette commande n’existe pas. Commandes possibles : ",
                             "There is no such command. Commands: ")) +
                 list + ".");
}

// 0 is no event's version.
std::uint32_t version_of(const Request& request) {
  const auto version = request.event.value_or(0);
  return version > UINT32_MAX ? 0 : static_cast<std::uint32_t>(version);
}

struct Need {
  bool is_missing;
  std::string_view code, french, english;
};

// What the command is about must be named.
std::expected<void, NotDone> check_subject(const engine::Command& command,
                                           model::Language language) {
  const auto kind = command.kind;
  const bool is_on_task = may_name_a_task(kind) && !command.task.empty();
  const auto needs = std::to_array<Need>({
      {needs_step(kind) && !command.step.known() && !is_on_task,
       "step_needed",
       "Nommez l’étape concernée.",
       "Name the step."},
      {needs_role(kind) && !command.role.known(),
       "role_needed",
       "Nommez le rôle concerné.",
       "Name the role."},
      {needs_partner(kind) && !command.partner.known(),
       "partner_needed",
       "Nommez le partenaire sollicité.",
       "Name the partner."},
      {concerns_a_partner(kind) && !command.partner.known(),
       "partner_needed",
       "Nommez le partenaire concerné.",
       "Name the partner."},
      {needs_giver(kind) && !command.giver.known(),
       "partner_needed",
       "Nommez le partenaire dont il s’agit.",
       "Name the partner whose it is."},
      {kind == Kind::withdraw_consent && command.consents.empty(),
       "consent_needed",
       "Nommez l’accord concerné.",
       "Name the consent."},
      {concerns_a_person(kind) && command.person.empty(),
       "person_needed",
       "Nommez la personne concernée.",
       "Name the person."},
      {needs_event(kind) && command.event == 0,
       "event_needed",
       "Nommez l’événement concerné par son numéro dans l’histoire.",
       "Name the event by its number in the history."},
      {kind == Kind::plan_session && !command.session.known(),
       "session_needed",
       "Nommez la séance concernée.",
       "Name the session."},
      {kind == Kind::delegate && command.colleague.person.empty(),
       "person_needed",
       "Nommez la personne à qui l’étape est confiée ; elle doit figurer dans l’annuaire.",
       "Name the person to whom the step is given; the directory must have them."},
  });
  const auto* const missing = std::ranges::find(needs, true, &Need::is_missing);
  if (missing == needs.end()) {
    return {};
  }
  return bad(std::string(missing->code),
             std::string(say(language, missing->french, missing->english)));
}

std::expected<std::vector<model::RecordedValue>, NotDone> values_of(const Request& request,
                                                                    const model::Protocol& protocol,
                                                                    Names& names) {
  std::vector<model::RecordedValue> values;
  for (const auto& [name, text] : request.informations) {
    const auto id = names.find<model::InformationId>(protocol.informations, name, kInformation);
    if (!id.known()) {
      break;
    }
    const auto value = model::parse_value(protocol[id], text);
    if (!value) {
      return bad("wrong_value",
                 quoted(protocol.language, name) +
                     std::string(say(protocol.language,
                                     " n’accepte pas cette valeur. Valeurs possibles : ",
                                     " does not accept this value. Possible values: ")) +
                     wanted(protocol[id], protocol.language) + ".");
    }
    values.push_back({id, *value});
  }
  return values;
}

std::optional<model::Value> whole_number(const std::string& text) {
  std::int64_t number = 0;
  const auto* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end ? std::optional(model::Value{.number = number})
                                                   : std::nullopt;
}

std::optional<model::Value> answer_value(const model::Question& question, const std::string& text) {
  switch (question.type) {
    case model::AnswerType::scale:
      return whole_number(text);
    case model::AnswerType::yes_or_no:
      return model::parse_value({.type = model::InformationType::yes_or_no}, text);
    case model::AnswerType::text:
      return model::Value{.text = text};
  }
  return std::nullopt;
}

std::unexpected<NotDone> bad_answer(const std::string& number, model::Language language) {
  return bad("wrong_answer",
             std::string(say(language, "La réponse à la question ", "The answer to question ")) +
                 number +
                 std::string(say(language,
                                 " ne lui convient pas. Lisez les questions du rendez-vous.",
                                 " does not suit it. Read the questions of the routine.")));
}

// Only the place of the question and the type are looked at here: the engine knows the rest.
std::expected<std::vector<engine::RecordedAnswer>, NotDone> answers_of(
    const Request& request, model::RoutineId routine, const model::Protocol& protocol) {
  std::vector<engine::RecordedAnswer> answers;
  for (const auto& [number, text] : request.answers) {
    std::uint16_t place = 0;
    const auto* const end = number.data() + number.size();
    const auto read = std::from_chars(number.data(), end, place);
    const bool asked = routine.known() && read.ec == std::errc() && read.ptr == end && place >= 1 &&
                       place <= protocol[routine].asks.size();
    if (!asked) {
      return bad_answer(number, protocol.language);
    }
    --place;
    const auto value = answer_value(protocol[routine].asks[place], text);
    if (!value) {
      return bad_answer(number, protocol.language);
    }
    answers.push_back({.question = place, .value = *value});
  }
  return answers;
}

// What partnerships and routines need beside the rest. A date is a day in the protocol's zone.
std::expected<void, NotDone> read_partnership(const Request& request,
                                              const engine::Plan& plan,
                                              Names& names,
                                              engine::Command& command) {
  const auto& protocol = plan.protocol;
  command.routine = names.find<model::RoutineId>(protocol.routines, request.routine, kRoutine);
  command.meaning = request.meaning;
  for (const auto& name : request.attended) {
    const auto id = names.find<model::PartnerId>(protocol.partners, name, kPartner);
    if (id.known()) {
      command.attended.push_back(id);
    }
  }
  if (!request.date.empty()) {
    const auto day = model::parse_value({.type = model::InformationType::date}, request.date);
    if (!day) {
      return bad("wrong_date",
                 std::string(say(protocol.language,
                                 "Écrivez la date ainsi : 2027-01-31.",
                                 "Write the date like this: 2027-01-31.")));
    }
    const std::chrono::sys_days date{std::chrono::days(day->number)};
    command.date = engine::to_instant({date}, plan.work_time.zone);
  }
  auto answers = answers_of(request, command.routine, protocol);
  if (!answers) {
    return std::unexpected(answers.error());
  }
  command.answers = std::move(*answers);
  return {};
}

struct AttendanceWord {
  std::string_view word;
  engine::Attendance attendance;
};

constexpr auto kAttendanceWords = std::to_array<AttendanceWord>({
    {"present", engine::Attendance::present},
    {"présent", engine::Attendance::present},
    {"excused", engine::Attendance::excused},
    {"excusé", engine::Attendance::excused},
    {"absent", engine::Attendance::absent},
});

// What a session's stream needs beside the rest. Whether the cases are there, the engine cannot
// know: see enrolling.hpp.
std::expected<void, NotDone> read_session(const Request& request,
                                          const engine::Plan& plan,
                                          Names& names,
                                          engine::Command& command) {
  const auto& protocol = plan.protocol;
  command.session = names.find<model::SessionId>(protocol.sessions, request.session, kSession);
  if (request.at) {
    command.at = request.at->in(plan.work_time.zone);
  }
  command.place = request.place;
  if (request.capacity) {  // too many is too many: the engine says how many can be
    command.capacity =
        static_cast<std::uint16_t>(std::min<std::uint64_t>(*request.capacity, UINT16_MAX));
  }
  if (concerns_one_case(command.kind) && !request.case_id.empty()) {
    command.enrolments.push_back({.case_id = request.case_id, .step = command.step});
  }
  for (const auto& [case_id, word] : request.attendance) {
    const auto found = std::ranges::find(kAttendanceWords, word, &AttendanceWord::word);
    if (found == kAttendanceWords.end()) {
      return bad("wrong_attendance",
                 std::string(say(protocol.language,
                                 "Écrivez pour chaque parcours : présent, excusé ou absent.",
                                 "Write for each case: present, excused or absent.")));
    }
    command.enrolments.push_back({.case_id = case_id, .attendance = found->attendance});
  }
  return {};
}

// Outcome, consents and values.
std::expected<void, NotDone> read_what_is_said(const Request& request,
                                               const model::Protocol& protocol,
                                               Names& names,
                                               engine::Command& command) {
  if (command.step.known()) {
    command.outcome =
        names.find<model::OutcomeId>(protocol[command.step].outcomes, request.outcome, kOutcome);
  } else if (!request.outcome.empty() && request.step.empty()) {
    return bad("step_needed",
               std::string(say(protocol.language,
                               "Dites de quelle étape est cette issue.",
                               "Say which step this outcome is of.")));
  }
  for (const auto& [name, given] : request.consents) {
    const auto id = names.find<model::ConsentId>(protocol.consents, name, kConsent);
    if (id.known()) {
      command.consents.push_back({id, given});
    }
  }
  auto values = values_of(request, protocol, names);
  if (!values) {
    return std::unexpected(values.error());
  }
  command.values = std::move(*values);
  return {};
}

model::Instant instant_of(const std::optional<Moment>& moment, const engine::Plan& plan) {
  return moment ? moment->in(plan.work_time.zone) : model::kNever;
}

}  // namespace

std::expected<engine::Command, NotDone> resolve(const Request& request,
                                                const Person& person,
                                                const engine::Plan& plan,
                                                const Person* colleague) {
  const auto& protocol = plan.protocol;
  const auto kind = command_kind(request, protocol.language);
  if (!kind) {
    return std::unexpected(kind.error());
  }
  Names names(protocol);
  engine::Command command{
      .kind = *kind,
      .actor = actor_of(person, protocol),
      .happened = instant_of(request.happened, plan),
      .step = names.find<model::StepId>(protocol.steps, request.step, kStep),
      .role = names.find<model::RoleId>(protocol.roles, request.role, kRole),
      .partner = names.find<model::PartnerId>(protocol.partners, request.partner, kPartner),
      .giver = names.find<model::PartnerId>(protocol.partners, request.giver, kPartner),
      .ending = names.find<model::EndingId>(protocol.endings, request.ending, kEnding),
      .reason = request.reason,
      .beneficiary = request.beneficiary,
      .with_reservations = request.with_reservations,
      .task = request.task,
      .until = instant_of(request.until, plan),
      .event = version_of(request)};
  if (colleague != nullptr) {
    command.colleague = actor_of(*colleague, protocol);
  }
  if (auto read = read_what_is_said(request, protocol, names, command); !read) {
    return std::unexpected(read.error());
  }
  if (auto read = read_partnership(request, plan, names, command); !read) {
    return std::unexpected(read.error());
  }
  if (auto read = read_session(request, plan, names, command); !read) {
    return std::unexpected(read.error());
  }
  if (names.failure()) {
    return std::unexpected(*names.failure());
  }
  command.person = request.about;
  command.absent_from = instant_of(request.from, plan);
  command.keeps_deadlines = request.keep_deadlines;
  if (auto whole = check_subject(command, protocol.language); !whole) {
    return std::unexpected(whole.error());
  }
  return command;
}

}  // namespace protoflow::runtime
