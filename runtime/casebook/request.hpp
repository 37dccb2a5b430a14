// A command as a person writes it, in the protocol's own words, and its answer. runtime/http and
// runtime/cli speak this; the engine's Command is made of it by `resolve`.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/decide/decide.hpp"
#include "runtime/clock/moment.hpp"
#include "runtime/people/directory.hpp"
#include "runtime/protocols/plan.hpp"

namespace protoflow::runtime {

struct Request {
  std::string command;  // a name of engine/decide/commands.def
  std::string
      command_id;  // chosen by the sender; the same id gives the same answer, never a second act
  std::string case_id;  // empty for `open`; in a session's stream, the case that comes to it
  std::string stream;   // "session/…" or "partnership/…"; empty: the case's
  std::string person;
  std::optional<std::uint64_t> expected_version;
  std::string protocol, beneficiary;      // open; protocol: plan_session too
  std::string session;                    // plan_session: by its name
  std::optional<Moment> at;               // plan_session, reschedule_session: when it begins
  std::optional<std::uint64_t> capacity;  // plan_session: how many places
  std::string place;                      // plan_session, reschedule_session
  std::vector<std::pair<std::string, std::string>> attendance;  // record_attendance: case, came
  std::string step, outcome, role, partner, ending, reason;
  std::string giver;  // transfer and its answers: whose it is; `partner` is who is asked
  std::string task;   // beside `step`: of a task, by its name
  std::string to;     // delegate: which person
  bool with_reservations = false;
  std::optional<Moment> until;         // delegate, person_absent
  std::optional<Moment> from;          // person_absent: when it begins
  std::optional<std::uint64_t> event;  // void_event, correct_event: by its version
  bool dry_run = false;                // only say what would be written
  std::string about;                   // person_absent, person_returned, person_removed: who
  std::string version;  // migrate: to which; its number, its meaning hash, or `latest`
  bool keep_deadlines = false;
  std::optional<Moment> happened;
  std::vector<std::pair<std::string, std::string>> informations;  // name, value
  std::vector<std::pair<std::string, bool>> consents;
  std::string routine;
  std::string date;                   // postpone_routine, leave_partnership: such as 2027-01-31
  std::string meaning;                // agree: the meaning hash, or its first 16 digits
  std::vector<std::string> attended;  // hold_routine: partners
  std::vector<std::pair<std::string, std::string>> answers;  // the question's number from 1, answer
};

enum class Why : std::uint8_t {
  bad_request,  // a name or value that the protocol does not have
  unknown_case,
  unknown_person,
  unknown_protocol,
  refused,           // by the engine; `refusal` says why
  version_conflict,  // someone acted meanwhile
  unavailable,       // the store could not write; nothing was lost, try again
  stopping,
};

struct NotDone {
  Why why = Why::bad_request;
  std::string code;    // stable, for programs: "unknown_step", "not_yours", …
  std::string detail;  // a sentence for the person, in the protocol's language when there is one
  std::optional<engine::Refusal> refusal;
  std::uint64_t version = 0;  // of the case, when it is known
};

struct Done {
  std::string case_id;               // of a case
  std::string stream;                // written to, whatever its kind
  std::uint64_t version = 0;         // of the case after the command
  std::vector<std::string> events;   // the records, as written
  bool repeated = false;             // the command had been done before; this is its first answer
  bool dry_run = false;              // nothing was written: the events are those that would be
  std::vector<std::string> undoes;   // dry run: the steps whose work, done or under way, it undoes
  std::vector<std::string> tells;    // dry run of migrate: what becomes of the case, in sentences
  std::vector<engine::Event> facts;  // the events before they were written; none when repeated
  PlanRef plan;                      // that the facts speak of
};

using Outcome = std::expected<Done, NotDone>;
using Tell = std::function<void(Outcome)>;

/// Names become places in the protocol; an unknown one is said with the nearest that would do.
/// `colleague` is the person that `to` names, where the directory has it.
[[nodiscard]] std::expected<engine::Command, NotDone> resolve(const Request& request,
                                                              const Person& person,
                                                              const engine::Plan& plan,
                                                              const Person* colleague = nullptr);

}  // namespace protoflow::runtime
