// What a protocol means: the value that dsl/lower makes and that everything else reads. Standard
// library only. `line` members are places in the author's text (1-based), kept so that an auditor
// can be shown the line that made someone responsible; they are not part of the meaning hash.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/condition.hpp"
#include "engine/model/id.hpp"
#include "engine/model/time.hpp"

namespace protoflow::model {

enum class Language : std::uint8_t { french, english };

/// A title in another language than the file's, for a reader of that language.
struct Translation {
  std::string language;  // BCP 47 tag
  std::string text;

  friend bool operator==(const Translation&, const Translation&) = default;
};

struct Need {
  std::string name, title, guidance;
  std::vector<Translation> translations;
};

struct Competence {
  std::string name, title, guidance;
  std::vector<Translation> translations;
};

struct Partner {
  std::string name, title;
  std::vector<CompetenceId> brings;
  std::string gains;
  std::vector<std::string> speaks;  // BCP 47 tags
  std::string contact;
  std::vector<ClosedDay> closed;  // beside the calendar's; sorted by day, no day twice
  std::vector<Translation> translations;
};

enum class Binding : std::uint8_t {
  beneficiary,   // the built-in role, always RoleId{0}
  held_by,       // `partners` in order: the first holds it, the next are its deputies
  chosen_by,     // bound per case by a referral that `chooser` sends to one of `partners`
  volunteer_of,  // one partner; the person is a volunteer of it
};

struct Role {
  std::string name, title;
  Binding binding = Binding::held_by;
  std::vector<PartnerId> partners;  // chosen_by: the candidates, in order; empty means any partner
  RoleId chooser;                   // chosen_by only
  std::optional<Duration> answer_within;  // chosen_by only
  std::vector<CompetenceId> requires_competences;
  RoleId supervisor;
  std::optional<std::uint16_t> cases_max;
  std::vector<Translation> translations;
  std::uint32_t line = 0;
};

enum class InformationType : std::uint8_t { yes_or_no, scale, one_of, number, date, text };

struct Information {
  std::string name, title;
  InformationType type = InformationType::text;
  std::vector<std::string> levels;  // scale (ordered) and one_of
  std::vector<RoleId> seen_by;
  bool sensitive = false;
  std::optional<Duration> kept_after_closing;
  std::vector<Translation> translations;
};

struct Consent {
  std::string name, title;
  std::vector<InformationId> covers;
  std::vector<RoleId> with;
  std::string purpose;
  std::optional<Duration> lasts;
  std::vector<Translation> translations;
};

struct Stage {
  std::string name, title;
  std::vector<Translation> translations;
};

struct Deadline {
  Duration within;
  StepId from;  // unknown: counted from the step's own opening
  Condition when;
};

enum class LateAction : std::uint8_t { tell, escalate, settle };

struct LateRule {
  std::optional<Duration> by;  // none: as soon as it is late
  LateAction action = LateAction::tell;
  RoleId role;        // tell, escalate
  OutcomeId outcome;  // settle
};

struct Hold {
  Duration at_most;
  std::string reason;
};

struct Outcome {
  std::string name, title;
  StepId reopens;
  std::uint8_t reopens_max = 0;
  EndingId ends_case;
};

/// `review by A, B`, `review by 2 of A, B, C`: each reviewer judges on their own.
struct Review {
  std::vector<RoleId> by;       // one, or several
  std::uint16_t approvals = 1;  // how many of them must approve
  std::optional<Duration> within;
  std::uint8_t returns_max = 0;
  std::uint32_t line = 0;

  [[nodiscard]] bool is_by(RoleId role) const { return std::ranges::find(by, role) != by.end(); }
};

/// `repeat until GUARD at most N times [every D]`: the step starts again until the guard holds.
struct Repeat {
  Condition until;
  std::uint8_t times_max = 0;
  std::optional<Duration> every;  // between two rounds; none: at once
};

struct Step {
  std::string name, title;
  StageId stage;
  Condition after, when;
  Condition unless;  // withdraws the step, open or not, when it comes true
  RoleId responsible;
  std::vector<RoleId> with, informs;
  std::vector<NeedId> addresses;
  std::vector<ConsentId> requires_consents;
  ConsentId asks_consent;
  std::optional<Duration> accept_within;
  std::vector<Deadline> deadlines;
  std::vector<Duration> remind_before;
  std::vector<LateRule> late;
  std::optional<Hold> hold;
  std::vector<InformationId> records;
  std::vector<Outcome> outcomes;  // never empty: without `outcome` the one outcome is `done`
  std::optional<Review> review;
  std::optional<Repeat> repeat;
  SessionId through;  // done by attending an occurrence of that session
  std::string guidance;
  std::vector<Translation> translations;
  std::uint32_t line = 0;              // of `step`
  std::uint32_t responsible_line = 0;  // of its `responsible` clause
};

enum class RoutinePurpose : std::uint8_t { exchange, feedback, evaluation };

enum class AnswerType : std::uint8_t { scale, yes_or_no, text };

struct Question {
  std::string text;
  AnswerType type = AnswerType::text;
  std::int32_t from = 0, to = 0;  // scale only
};

struct FollowUp {
  std::string name, title;
  RoleId responsible;
  Duration within;
};

/// What a partner prepares before each occurrence of a session.
struct Preparation {
  std::string name, title;
  RoleId responsible;
  std::vector<RoleId> with;
  Duration before;
};

/// A collective session. Neither `every` nor `on_request`: it is held once.
struct Session {
  std::string name, title;
  RoleId hosted_by;
  std::vector<RoleId> with;
  std::optional<std::uint16_t> beneficiaries_max;
  std::optional<Duration> every;
  bool on_request = false;
  std::vector<Preparation> preparations;
  std::vector<FollowUp> follow_ups;
  std::vector<Translation> translations;
  std::uint32_t line = 0;
};

struct Routine {
  std::string name, title;
  RoutinePurpose purpose = RoutinePurpose::exchange;
  Duration every;
  std::optional<Duration> for_first;  // `every 2 weeks for 3 months, then every month`
  std::optional<Duration> then_every;
  bool for_each_case = false;
  RoleId responsible;
  bool with_all_partners = false;
  std::vector<RoleId> with;
  std::vector<Question> asks;
  std::optional<Duration> within;
  std::vector<Duration> remind_before;
  std::vector<LateRule> late;
  std::vector<Translation> translations;
  std::uint32_t line = 0;
};

/// What the partners sign, and how often they sign again.
struct Agreement {
  bool by_all_partners = false;
  std::vector<PartnerId> partners;  // when not all
  std::optional<Duration> within;
  std::optional<Duration> renewed_every;
  bool cases_before_signature = false;  // `cases may open before signature`
};

enum class CountsAs : std::uint8_t { success, neutral, setback };

struct Ending {
  std::string name, title;
  Condition when;  // empty: only by an outcome or by hand
  bool has_condition = false;
  bool immediately = false;
  RoleId at_any_time_by;
  CountsAs counts_as = CountsAs::neutral;
  std::vector<FollowUp> follow_ups;
  std::vector<Translation> translations;
};

/// What one line of a promise says of A and B, its `conditions` in the order of the text. They are
/// read, resolved and kept; engine/proof will prove them.
enum class PromiseKind : std::uint8_t {
  never_before,           // never A before B
  then_later,             // whenever A then later B
  never_both,             // A and B never both
  exactly_one,            // exactly one of A, B, …
  within_of,              // A within D of B
  case_ends_within,       // case ends within D
  by_different_partners,  // A and B by different partners
  sees_only_after,        // PARTNER sees INFORMATION only after CONSENT
};

struct PromiseLine {
  PromiseKind kind = PromiseKind::never_before;
  std::vector<Condition> conditions;
  std::optional<Duration> within;
  PartnerId partner;
  InformationId information;
  ConsentId consent;
  std::uint32_t line = 0;
};

struct Promise {
  std::string name, title;
  std::vector<PromiseLine> lines;
  std::vector<Translation> translations;
  std::uint32_t line = 0;
};

/// One line of an example: what someone does, or what is expected. Words are already resolved.
enum class ExampleVerb : std::uint8_t {
  open,            // `opened`
  nothing,         // time passes
  take,            // ROLE takes STEP
  decline,         // ROLE declines STEP ["reason"]; the task goes to the deputy
  complete,        // ROLE completes STEP [as OUTCOME] [with INFORMATION VALUE, …]
  hold,            // ROLE holds STEP
  resume,          // ROLE resumes STEP
  approve,         // ROLE approves STEP
  give_back,       // ROLE returns STEP ["points"]
  refer,           // ROLE refers TARGET to PARTNER: asks it to play the role TARGET in this case
  refer_accept,    // PARTNER accepts TARGET
  refer_decline,   // PARTNER declines TARGET
  close,           // ROLE ends case as ENDING
  expect_offered,  // STEP is offered [to ROLE]
  expect_waiting,  // STEP is waiting
  expect_taken,
  expect_held,
  expect_in_review,
  expect_done,        // STEP is done
  expect_outcome,     // STEP is OUTCOME
  expect_not_needed,  // STEP is not needed
  expect_late,        // STEP is late
  expect_escalated,   // STEP is escalated to ROLE
  expect_told,        // ROLE was told [of STEP]
  expect_closed,      // closed as ENDING
  expect_withdrawn,   // STEP is withdrawn
};

/// A value of one information; how `number` reads is said at ConditionNode.
struct Value {
  std::int64_t number = 0;
  std::string text;  // InformationType::text only

  friend bool operator==(const Value&, const Value&) = default;
};

struct RecordedValue {
  InformationId information;
  Value value;

  friend bool operator==(const RecordedValue&, const RecordedValue&) = default;
};

/// What the beneficiary answered to a consent.
struct RecordedConsent {
  ConsentId consent;
  bool given = false;

  friend bool operator==(const RecordedConsent&, const RecordedConsent&) = default;
};

struct ExampleLine {
  ExampleVerb verb = ExampleVerb::nothing;
  std::int32_t day = 0;  // days after opening; an `expect` line has the day of the line before it
  RoleId role;           // who acts, or to whom it is offered, or who was told
  PartnerId partner;
  StepId step;
  OutcomeId outcome;
  RoleId target;  // refer, refer_accept, refer_decline
  EndingId ending;
  std::vector<RecordedValue> values;
  std::vector<RecordedConsent> consents;  // `with sharing yes`
  std::string reason;
  std::uint32_t line = 0;
  bool same_line_as_before = false;  // the second half of `expect A and B`
};

struct Example {
  std::string name, title;
  std::vector<ExampleLine> lines;
  std::vector<Translation> translations;
  std::uint32_t line = 0;
};

/// What `was` speaks of.
enum class FormerKind : std::uint8_t {
  partner,
  role,
  information,
  consent,
  step,
  outcome,
  session,
  routine,
  ending,
};

/// A line `was`: an earlier version declared it under that name, and its cases know it so.
struct FormerName {
  FormerKind kind = FormerKind::step;
  std::uint16_t place = 0;  // in its table; of an outcome, among those of `step`
  StepId step;              // outcome only
  std::string was;

  friend bool operator==(const FormerName&, const FormerName&) = default;
};

struct Protocol {
  Language language = Language::french;
  std::string name, title;
  std::uint32_t version = 1;
  std::uint32_t replaces = 0;
  std::string replaces_because;
  std::string objective, audience, value;
  RoleId coordinated_by;
  std::string time_zone = "Europe/Paris";
  Calendar calendar;
  std::vector<Need> needs;
  std::vector<Competence> competences;
  std::vector<Partner> partners;
  std::vector<Role> roles;  // roles[0] is the beneficiary
  std::vector<Information> informations;
  std::vector<Consent> consents;
  std::vector<Stage> stages;
  std::vector<Step> steps;
  std::vector<Session> sessions;
  std::vector<Routine> routines;
  std::optional<Agreement> agreement;
  std::vector<Ending> endings;
  std::vector<Promise> promises;
  std::vector<Example> examples;
  std::vector<Translation> translations;  // of the protocol's own title
  std::vector<FormerName> former_names;

  const Partner& operator[](PartnerId id) const { return partners[id.value]; }

  const Role& operator[](RoleId id) const { return roles[id.value]; }

  const Information& operator[](InformationId id) const { return informations[id.value]; }

  const Consent& operator[](ConsentId id) const { return consents[id.value]; }

  const Step& operator[](StepId id) const { return steps[id.value]; }

  const Session& operator[](SessionId id) const { return sessions[id.value]; }

  const Routine& operator[](RoutineId id) const { return routines[id.value]; }

  const Ending& operator[](EndingId id) const { return endings[id.value]; }
};

inline constexpr RoleId kBeneficiary{0};

/// The first declaration of that name in `table`, or an unknown id. Names are compared byte for
/// byte: dsl/ has already brought them to NFC.
template <class IdType, class Declaration>
[[nodiscard]] IdType find(const std::vector<Declaration>& table, std::string_view name) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].name == name) {
      return IdType{static_cast<std::uint16_t>(i)};
    }
  }
  return {};
}

}  // namespace protoflow::model
