// The subcommands of `protoflow`: each takes plain options and returns an exit code.
// runtime/cli/arguments.cpp reads the arguments; the output goes to standard output, what went
// wrong to standard error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/model/protocol.hpp"
#include "runtime/daemon/daemon.hpp"

namespace protoflow::runtime {

/// For scripts.
enum ExitCode : int {
  kOk = 0,
  kFault = 1,  // it ran and found something wrong: an error in a text, a refusal, an altered log
  kUsage = 2,  // the arguments do not make sense
  kEnvironment = 3,  // it could not run: no such file, no daemon, a port in use
};

struct Output {
  bool json = false;
  bool colours = false;  // only on a terminal, and never when NO_COLOR is set
};

struct CheckOptions {
  std::vector<std::string> files;
  bool hash = false;            // check: the meaning hash too
  std::string format = "text";  // check: text, json or sarif
  Output output;
};

struct ExplainOptions {
  std::string code;             // as the reader writes it; empty: list them all
  std::string language;         // fr or en; empty: the reader's own
  std::string format = "text";  // text, md or json
};

struct NewOptions {
  std::string file;      // empty: the protocol's name
  std::string language;  // fr or en; empty: the reader's own
  std::string name, title, objective, audience, need;
  std::vector<std::string> partners;
  bool yes = false;    // ask nothing
  bool force = false;  // replace a file that is there
};

struct DiffOptions {
  std::string was, now;
  std::string language;         // fr or en; empty: the new version's
  std::string format = "text";  // text, md or json
  std::string audience;         // a role or a partner; empty: everyone
};

struct FmtOptions {
  std::vector<std::string> files;  // `-`: standard input
  std::string language;            // a tag; empty: each file's own
  std::string to;                  // a file, or `-` for standard output; empty: in place
  bool check = false;              // only say which files would change
  Output output;
};

struct ConvertOptions {
  std::string file;
  std::string from = "auto";  // auto, latin1 or windows-1252
  std::string to;             // empty: in place, the original beside it
  bool preview = false;       // show what would change, and no more
};

/// graph, brief, matrix, card.
struct DocumentOptions {
  std::string file;
  std::string partner;   // brief; graph: seen from this partner, when not empty
  std::string language;  // fr or en; empty: the protocol's own
  std::string format;
  std::string to;  // empty or `-`: standard output
};

struct SimulateOptions {
  std::string file;
  std::uint32_t cases = 1000;
  std::uint32_t months = 12;
  std::uint64_t seed = 1;
  std::uint8_t leave = 5;             // percent
  std::vector<std::string> roles;     // ROLE:delay=150,refuses=20,absent=10
  std::vector<std::string> outcomes;  // STEP=OUTCOME:WEIGHT
  std::string language;               // fr or en; empty: the protocol's own
  std::string format = "text";        // text, json or html
  std::string to;                     // empty or `-`: standard output
};

struct DaemonOptions {
  std::filesystem::path folder = "protoflow-data";  // where `address` and `token` are
  std::string address;                              // overrides
  std::string token;
  Output output;
};

struct ConfigOptions {
  std::filesystem::path file;  // to check; empty: print the defaults
};

struct TasksOptions {
  DaemonOptions daemon;
  std::string person, partner, case_id;
};

struct ActOptions {
  DaemonOptions daemon;
  std::string command;
  std::string case_id, person, protocol, step, outcome, role, partner, ending, reason, happened,
      command_id, task, to, until, about, from;
  std::vector<std::string> informations;  // name=value
  std::vector<std::string> consents;      // name=yes|no
  std::string partnership, routine, date, meaning;
  std::string session;  // plan_session: which one, by its name; otherwise the id of an occurrence
  std::string at, place;
  std::optional<std::uint64_t> places;
  std::vector<std::string> attendance;  // case=came
  std::vector<std::string> attended;
  std::vector<std::string> answers;  // question=answer
  std::optional<std::uint64_t> expected_version;
  std::uint64_t event = 0;  // void_event, correct_event
  bool with_reservations = false;
  bool dry_run = false;
};

struct SessionsOptions {
  DaemonOptions daemon;
  std::string id;  // empty: list them
  std::string person;
};

struct PartnershipOptions {
  DaemonOptions daemon;
  std::string protocol;
  std::string what;  // empty: everything; remarks: only those, of cases too
};

struct MigrateOptions {
  DaemonOptions daemon;
  std::string protocol, person;
  std::string to;       // a version's number, its meaning hash, or `latest`
  std::string case_id;  // empty: every open case
  bool dry_run = false;
  bool keep_deadlines = false;
};

struct PartnersOptions {
  DaemonOptions daemon;
  std::string what;  // hand-over, accept, refuse, take-back
  std::string protocol, person;
  std::string from, to;  // partners; of an answer, `to` is the person's own
  std::string role;      // empty: every role
  std::string case_id;   // empty: every case
  std::string reason, command_id;
  bool dry_run = false;
};

struct OutboxOptions {
  DaemonOptions daemon;
  std::string what = "list";  // list, retry, put-aside, keys or rotate-keys
  std::string channel;        // retry, put-aside
  std::string id, reason;     // put-aside
};

struct PeopleOptions {
  DaemonOptions daemon;
  std::string what;  // absent, returned, remove, match, contact, calendar, import, token, tokens,
                     // revoke-token; empty: register or list
  std::string who, step;             // match: `who` is the case; revoke-token: the token's id
  std::string name, expires, scope;  // token
  std::string person, partner;       // empty person: list
  std::vector<std::string> roles;
  std::string from, until, to;
  std::string speaks, days;    // match: such as ar,fa and monday,friday
  std::string by, command_id;  // who writes it, and under which id
  std::string mail, language, quiet, digest;
  bool only_needed = false;               // contact: leave out what asks nothing of them
  bool no_invitations = false;            // contact
  bool forget = false;                    // contact: there is none any more
  bool make_new = false, revoke = false;  // calendar
  bool dry_run = false;
};

struct ReplayOptions {
  std::filesystem::path folder = "protoflow-data";
  std::string case_id;
  std::optional<std::string> at;               // an instant
  model::Instant until = model::kNever;        // what `at` says, once it is read
  bool records = false;                        // the records themselves, as written and hashed
  std::string session;                         // this occurrence of a session instead of cases
  bool orphan = false;                         // how long duties were with nobody by name
  bool clocks = false;                         // when the clocks of steps stood still
  std::vector<std::filesystem::path> against;  // verify: checkpoints that were kept elsewhere
  Output output;
};

struct AuditOptions {
  std::filesystem::path folder = "protoflow-data";
  std::string what;  // key, checkpoint, inclusion, consistency, prove-case or verify-pack
  std::string name;  // prove-case: the case; verify-pack: the file
  std::string case_id;
  std::uint64_t event = 0;            // inclusion: by its version in the case
  std::optional<std::uint64_t> size;  // of a checkpoint; the newest otherwise
  std::optional<std::uint64_t> from;  // consistency
  std::string to;                     // prove-case: a file; empty or `-`: standard output
  std::vector<std::string> keys;      // verify-pack
  Output output;
};

struct BackupOptions {
  std::filesystem::path folder = "protoflow-data";
  std::filesystem::path to;       // a folder that is not there yet
  std::filesystem::path keys_to;  // another one; empty: the keys are not copied
  bool verify = false;            // restore the copy, replay it, hold it against the log
};

struct DemoOptions {
  std::filesystem::path protocol = "protocols/madame-s.proto-flow";
  std::filesystem::path folder;  // empty: a new temporary one
  std::string example;           // empty: the first one
  std::uint16_t port = 8300;
  bool exit = false;
  bool fast = false;  // no pauses between lines
  Output output;
};

[[nodiscard]] int run_check(const CheckOptions& options);
[[nodiscard]] int run_test(const CheckOptions& options);
[[nodiscard]] int run_explain(const ExplainOptions& options);
[[nodiscard]] int run_new(const NewOptions& options);
[[nodiscard]] int run_convert(const ConvertOptions& options);
[[nodiscard]] int run_diff(const DiffOptions& options);
[[nodiscard]] int run_fmt(const FmtOptions& options);
[[nodiscard]] int run_graph(const DocumentOptions& options);
[[nodiscard]] int run_brief(const DocumentOptions& options);
[[nodiscard]] int run_matrix(const DocumentOptions& options);
[[nodiscard]] int run_card(const DocumentOptions& options);
[[nodiscard]] int run_simulate(const SimulateOptions& options);
/// `listen` is ADDRESS:PORT, or nothing: as the options say; `clock`, for demonstrations only, an
/// instant or nothing.
[[nodiscard]] int run_serve(ServeOptions options,
                            const std::string& listen,
                            const std::string& clock);
[[nodiscard]] int run_config(const ConfigOptions& options);
[[nodiscard]] int run_tasks(const TasksOptions& options);
[[nodiscard]] int run_act(const ActOptions& options);
[[nodiscard]] int run_sessions(const SessionsOptions& options);
[[nodiscard]] int run_partnership(const PartnershipOptions& options);
[[nodiscard]] int run_migrate(const MigrateOptions& options);
[[nodiscard]] int run_partners(const PartnersOptions& options);
[[nodiscard]] int run_outbox(const OutboxOptions& options);
[[nodiscard]] int run_people(const PeopleOptions& options);

/// `what` is token, tokens or revoke-token.
[[nodiscard]] int run_tokens(const PeopleOptions& options);
[[nodiscard]] int run_replay(const ReplayOptions& options);
[[nodiscard]] int run_verify(const ReplayOptions& options);
[[nodiscard]] int run_audit(const AuditOptions& options);
[[nodiscard]] int run_backup(const BackupOptions& options);
[[nodiscard]] int run_demo(const DemoOptions& options);

/// The language of the reader's locale (LC_ALL, LC_MESSAGES, LANG): French, or else English.
[[nodiscard]] model::Language reader_language();

/// Reads the arguments and runs the subcommand.
[[nodiscard]] int run_cli(int count, char** arguments);

}  // namespace protoflow::runtime
