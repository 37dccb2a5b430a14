// With daemon_arguments.cpp and text_arguments.cpp, the files that know CLI11, which is slow to
// compile.
#include <algorithm>
#include <string_view>

#include <CLI/CLI.hpp>

#include "dsl/diagnostic/nearest.hpp"
#include "engine/log/record.hpp"
#include "engine/simulate/population.hpp"
#include "runtime/cli/audit_arguments.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/daemon_arguments.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/cli/text_arguments.hpp"

namespace protoflow::runtime {

namespace {

void add_daemon(CLI::App& app, DaemonOptions& daemon) {
  app.add_option(
         "--data", daemon.folder, "The daemon's data folder: its address and token are read there")
      ->capture_default_str();
  app.add_option("--address", daemon.address, "The daemon's address, such as http://127.0.0.1:8300")
      ->envname("PROTOFLOW_ADDRESS");
  app.add_option("--token", daemon.token, "The token to enter with")->envname("PROTOFLOW_TOKEN");
  add_output(app, daemon.output);
}

struct Options {
  TextOptions texts;
  NewOptions start;
  DiffOptions diff;
  DocumentOptions graph, brief, matrix, card;
  SimulateOptions simulate;
  DaemonArguments daemon;
  TasksOptions tasks;
  ActOptions act;
  PeopleOptions people;
  SessionsOptions sessions;
  PartnershipOptions partnership;
  MigrateOptions migrate;
  PartnersOptions partners;
  OutboxOptions outbox;
  AuditArguments audit;
  DemoOptions demo;
  std::uint64_t expected_version = 0;
};

void add_new(CLI::App& app, Options& o, int& code) {
  auto* start = app.add_subcommand("new", "Write a first protocol from a few answers");
  start->add_option("FILE", o.start.file, "Where to write; the protocol's name otherwise");
  start
      ->add_option(
          "--language", o.start.language, "fr or en; the language of your system otherwise")
      ->check(CLI::IsMember({"fr", "en"}));
  start->add_flag("--yes", o.start.yes, "Ask nothing: take the options, and the usual answers");
  start->add_flag("--force", o.start.force, "Replace a file that is there already");
  start->add_option("--title", o.start.title, "The protocol's title");
  start->add_option("--name", o.start.name, "Its short name; made from the title otherwise");
  start->add_option("--objective", o.start.objective, "What it is to achieve");
  start->add_option("--audience", o.start.audience, "Whom it is for");
  start->add_option("--need", o.start.need, "The need that it addresses first");
  start
      ->add_option("--partner",
                   o.start.partners,
                   "A partner's title; may be repeated: the first coordinates")
      ->allow_extra_args(false);
  start->callback([&] { code = run_new(o.start); });
}

void add_simulate(CLI::App& app, Options& o, int& code) {
  auto* simulate = app.add_subcommand(
      "simulate", "What a protocol would bring with many people, on the engine itself");
  simulate->add_option("FILE", o.simulate.file, "The protocol")->required();
  simulate->add_option("--cases", o.simulate.cases, "How many people")
      ->check(CLI::Range(1U, engine::kSimulatedCasesMax))
      ->capture_default_str();
  simulate->add_option("--months", o.simulate.months, "Over how many months of 30 days")
      ->check(CLI::Range(1U, engine::kSimulatedMonthsMax))
      ->capture_default_str();
  simulate->add_option("--seed", o.simulate.seed, "The same seed gives the same figures")
      ->capture_default_str();
  simulate->add_option("--leave", o.simulate.leave, "Percent of the people who leave on the way")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
  simulate
      ->add_option("--role",
                   o.simulate.roles,
                   "How a role behaves, in percent: ROLE:delay=150,refuses=20,absent=10; may be "
                   "repeated")
      ->allow_extra_args(false);
  simulate
      ->add_option("--outcome",
                   o.simulate.outcomes,
                   "How often an outcome comes: STEP=OUTCOME:WEIGHT; may be repeated")
      ->allow_extra_args(false);
  simulate->add_option("--language", o.simulate.language, "fr or en; the protocol's own otherwise")
      ->check(CLI::IsMember({"fr", "en"}));
  simulate->add_option("--format", o.simulate.format, "text, json or html (with plots)")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->capture_default_str();
  simulate->add_option("-o,--output", o.simulate.to, "Write to this file");
  simulate->callback([&] { code = run_simulate(o.simulate); });
}

void add_diff(CLI::App& app, Options& o, int& code) {
  auto* diff = app.add_subcommand(
      "diff", "What changes between two versions of a protocol, for each role and partner");
  diff->add_option("OLD", o.diff.was, "The version that was")->required();
  diff->add_option("NEW", o.diff.now, "The version that is to be")->required();
  diff->add_option("--language", o.diff.language, "fr or en; the language of NEW otherwise")
      ->check(CLI::IsMember({"fr", "en"}));
  diff->add_option("--format", o.diff.format, "text, md or json")
      ->check(CLI::IsMember({"text", "md", "json"}))
      ->capture_default_str();
  diff->add_option("--for", o.diff.audience, "Only what concerns this role or this partner");
  diff->footer(
      "Exit codes: 0 nothing changes, 1 something changes, 2 wrong arguments, 3 a version could\n"
      "not be read.");
  diff->callback([&] { code = run_diff(o.diff); });
}

/// What all documents take. The first of `formats` is the one without `--format`.
CLI::App* add_document(CLI::App& app,
                       DocumentOptions& options,
                       const char* name,
                       const char* what,
                       const std::vector<std::string>& formats) {
  auto* document = app.add_subcommand(name, what);
  document->add_option("FILE", options.file, "The .proto-flow file")->required();
  std::string list;
  for (const auto& format : formats) {
    list += (list.empty() ? "" : format == formats.back() ? " or " : ", ") + format;
  }
  options.format = formats.front();
  document->add_option("--format", options.format, list)
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  document->add_option("-o,--output", options.to, "Where to write; `-` is standard output");
  return document;
}

void add_language(CLI::App& app, DocumentOptions& options) {
  app.add_option("--language", options.language, "fr or en; the protocol's own otherwise")
      ->check(CLI::IsMember({"fr", "en"}));
}

void add_documents(CLI::App& app, Options& o, int& code) {
  auto* graph = add_document(app, o.graph, "graph", "Draw a protocol", {"svg", "dot", "mermaid"});
  graph->add_option("--partner", o.graph.partner, "A partner whose own part is to stand out");
  add_language(*graph, o.graph);
  graph->callback([&] { code = run_graph(o.graph); });

  auto* brief = add_document(
      app, o.brief, "brief", "What a partner must know to join, on two pages", {"html", "md"});
  brief->add_option("--partner", o.brief.partner, "The partner's name in the protocol")->required();
  add_language(*brief, o.brief);
  brief->callback([&] { code = run_brief(o.brief); });

  auto* matrix =
      add_document(app, o.matrix, "matrix", "Who does what: steps by roles", {"html", "md", "csv"});
  add_language(*matrix, o.matrix);
  matrix->callback([&] { code = run_matrix(o.matrix); });

  auto* card =
      add_document(app, o.card, "card", "The beneficiary's page, in plain words", {"html", "md"});
  add_language(*card, o.card);
  card->callback([&] { code = run_card(o.card); });
}

void add_partnership_acts(CLI::App& act, ActOptions& o) {
  act.add_option("--partnership",
                 o.partnership,
                 "The partnership of this protocol: agree, brief_partner, leave_partnership, "
                 "invite_partner, hold_routine, postpone_routine, remark");
  act.add_option("--routine", o.routine, "The routine");
  act.add_option("--attended", o.attended, "hold_routine: a partner; may be repeated");
  act.add_option("--answer", o.answers, "hold_routine: QUESTION=ANSWER; may be repeated");
  act.add_option("--date", o.date, "postpone_routine, leave_partnership: such as 2027-01-31");
  act.add_option("--meaning", o.meaning, "agree: the meaning hash of the text that is signed");
}

void add_session_acts(CLI::App& act, ActOptions& o) {
  act.add_option("--session",
                 o.session,
                 "plan_session: the session, by its name. enrol, withdraw_enrolment, "
                 "record_attendance, reschedule_session, cancel_session, close_session: its id");
  act.add_option("--at", o.at, "plan_session, reschedule_session: when it begins");
  act.add_option("--places", o.places, "plan_session: how many, when fewer than the protocol's");
  act.add_option("--place", o.place, "plan_session, reschedule_session: where; sealed");
  act.add_option("--attendance",
                 o.attendance,
                 "record_attendance: CASE=present, CASE=excused or CASE=absent; may be repeated")
      ->allow_extra_args(false);
}

void add_acts(CLI::App& app, Options& o, int& code) {
  auto* tasks = app.add_subcommand("tasks", "Who owes what, the most urgent first");
  tasks->add_option("--person", o.tasks.person, "Only what waits for this person");
  tasks->add_option("--partner", o.tasks.partner, "Only what this partner answers for");
  tasks->add_option("--case", o.tasks.case_id, "Only this case");
  add_daemon(*tasks, o.tasks.daemon);
  tasks->callback([&] { code = run_tasks(o.tasks); });

  auto* act = app.add_subcommand("act", "Do something in a case: open, take, complete, approve, …");
  act->add_option(
         "COMMAND",
         o.act.command,
         "open, take, decline, release, complete, hold, resume, begin_review, recuse, approve, "
         "give_back, record, refer, accept_referral, decline_referral, revoke_referral, pause, "
         "resume_case, close, delegate, hand_over, accept_hand_over, refuse_hand_over, take_back, "
         "reopen_case, void_event, correct_event, withdraw_consent, person_absent, "
         "person_returned, "
         "person_removed, partner_left, partner_joined")
      ->required();
  act->add_option("--case", o.act.case_id, "The case; with --session, the one that is enrolled");
  act->add_option("--person", o.act.person, "Who acts")->required();
  act->add_option("--protocol", o.act.protocol, "open, plan_session: under which protocol");
  act->add_option("--step", o.act.step, "The step");
  act->add_option("--task", o.act.task, "take, decline, release, complete: a task, by its name");
  act->add_option("--to", o.act.to, "delegate: to which person of the same partner");
  act->add_option("--event",
                  o.act.event,
                  "void_event, correct_event: the event, by its version in the history");
  act->add_flag("--dry-run", o.act.dry_run, "Only say what would be written, and what it undoes");
  act->add_option("--until", o.act.until, "delegate, person_absent: when it, or they, come back");
  act->add_option("--about", o.act.about, "person_absent, person_returned, person_removed: who");
  act->add_option("--from", o.act.from, "person_absent: when it begins");
  act->add_option("--outcome", o.act.outcome, "complete, correct_event: how it ended");
  act->add_option("--role", o.act.role, "Referrals: the role to bind; reviews: for which reviewer");
  act->add_option("--partner", o.act.partner, "refer, hand_over: which partner is asked");
  act->add_option("--ending", o.act.ending, "close: which ending");
  act->add_option(
      "--with", o.act.informations, "complete, record, correct_event: NAME=VALUE; may be repeated");
  act->add_option("--consent", o.act.consents, "complete: NAME=yes or NAME=no");
  act->add_option(
      "--reason", o.act.reason, "Why, or what to rework; sealed with the beneficiary's key");
  act->add_option("--happened", o.act.happened, "When it happened, when that is not now");
  act->add_option("--command-id", o.act.command_id, "Sending the same id twice does it once");
  auto* version = act->add_option(
      "--expected-version", o.expected_version, "Refuse if the case has moved past this version");
  act->add_flag("--with-reservations", o.act.with_reservations, "approve: with reservations");
  add_partnership_acts(*act, o.act);
  add_session_acts(*act, o.act);
  add_daemon(*act, o.act.daemon);
  act->callback([&o, &code, version] {
    if (version->count() > 0) {
      o.act.expected_version = o.expected_version;
    }
    code = run_act(o.act);
  });
}

void add_people(CLI::App& app, Options& o, int& code) {
  auto* people = app.add_subcommand(
      "people", "The directory: list it, register, say who is away; who could take a step");
  people
      ->add_option(
          "WHAT",
          o.people.what,
          "absent, returned, remove, contact or calendar, of a person; match: who could take "
          "a step; import: everybody in a CSV file; token, tokens, revoke-token, sign-in or "
          "operator-link: with what people come in")
      ->check(CLI::IsMember(CLI::detail::split(
          "absent,returned,remove,match,contact,calendar,import,token,tokens,revoke-token,sign-in,"
          "operator-link",
          ',')));
  people->add_option("WHO",
                     o.people.who,
                     "The person; match: the case; import: the file; revoke-token: the token's "
                     "id; sign-in: the link that came by mail");
  people->add_option("STEP", o.people.step, "match: the step");
  people->add_option("--person", o.people.person, "Register this id: a pseudonym, no name");
  people->add_option("--partner", o.people.partner, "The partner the person belongs to");
  people->add_option("--role", o.people.roles, "A role the person may play; may be repeated");
  people->add_option("--from", o.people.from, "absent: the first day, such as 2027-03-01");
  people->add_option("--until", o.people.until, "absent: the last day; without it, nobody knows");
  people->add_option("--to", o.people.to, "remove: the colleague who has the work from then on");
  people->add_option("--mail", o.people.mail, "contact, sign-in: where to write to");
  people->add_option("--language", o.people.language, "contact: fr, en or ar");
  people->add_option("--quiet", o.people.quiet, "contact: no mail then, such as 20:00-08:00");
  people->add_option("--digest", o.people.digest, "contact: one mail a day, such as at 08:00");
  people->add_flag("--only-needed", o.people.only_needed, "contact: only what waits for them");
  people->add_flag("--no-invitations", o.people.no_invitations, "contact: none to sessions");
  people->add_flag("--new", o.people.make_new, "calendar: a new address; the old one ends");
  people->add_flag("--revoke", o.people.revoke, "calendar: no address any more");
  people->add_flag("--forget", o.people.forget, "contact: erase it");
  people->add_flag("--dry-run", o.people.dry_run, "Only say what would be done, and write nothing");
  people->add_option("--by", o.people.by, "Who writes this in the directory: a person of it");
  people->add_option("--command-id", o.people.command_id, "Sending the same id twice does it once");
  people->add_option("--speaks", o.people.speaks, "match: languages that would help: ar,fa");
  people->add_option("--days", o.people.days, "match: days that are needed: monday,friday");
  people->add_option("--name", o.people.name, "token: by which its owner knows it, such as laptop");
  people->add_option(
      "--expires", o.people.expires, "token: its last day, such as 2027-12-31; without it, a year");
  people->add_option("--scope", o.people.scope, "token: read, or act, which reads too")
      ->check(CLI::IsMember({"read", "act"}));
  add_daemon(*people, o.people.daemon);
  people->callback([&] { code = run_people(o.people); });
}

void add_partnership(CLI::App& app, Options& o, int& code) {
  auto* partnership =
      app.add_subcommand("partnership", "Who has signed, which routines are due, what they taught");
  partnership->add_option("PROTOCOL", o.partnership.protocol, "The protocol")->required();
  partnership->add_option("WHAT", o.partnership.what, "`remarks`: those for the next version")
      ->check(CLI::IsMember({"remarks"}));
  add_daemon(*partnership, o.partnership.daemon);
  partnership->callback([&] { code = run_partnership(o.partnership); });
}

void add_partners(CLI::App& app, Options& o, int& code) {
  auto* partners = app.add_subcommand(
      "partners", "One partner hands over to another all that it answers for, in every case");
  partners
      ->add_option("WHAT",
                   o.partners.what,
                   "hand-over proposes it; accept or refuse, of who is asked; take-back")
      ->required()
      ->check(CLI::IsMember({"hand-over", "accept", "refuse", "take-back"}));
  partners->add_option("PROTOCOL", o.partners.protocol, "The protocol")->required();
  partners->add_option("--from", o.partners.from, "The partner whose work it is")->required();
  partners->add_option("--to", o.partners.to, "The partner that is asked to take it over");
  partners->add_option("--role", o.partners.role, "Only what it answers for in this role");
  partners->add_option("--case", o.partners.case_id, "Only this case; otherwise every one");
  partners->add_option("--person", o.partners.person, "Who acts")->required();
  partners->add_option("--reason", o.partners.reason, "Why; to refuse, it is needed");
  partners->add_option(
      "--command-id", o.partners.command_id, "Sending the same id twice does it once");
  partners->add_flag("--dry-run", o.partners.dry_run, "Only say what would change hands");
  add_daemon(*partners, o.partners.daemon);
  partners->callback([&] { code = run_partners(o.partners); });
}

void add_migrate(CLI::App& app, Options& o, int& code) {
  auto* migrate = app.add_subcommand("migrate", "Bring open cases over to another version");
  migrate->add_option("PROTOCOL", o.migrate.protocol, "The protocol")->required();
  migrate->add_option("--to", o.migrate.to, "The version's number, its meaning hash, or `latest`")
      ->required();
  migrate->add_option("--person", o.migrate.person, "Who decides it: the coordination")->required();
  migrate->add_option("--case", o.migrate.case_id, "Only this case; otherwise every open one");
  migrate->add_flag("--dry-run", o.migrate.dry_run, "Only say what would happen, and why not");
  migrate->add_flag("--keep-deadlines", o.migrate.keep_deadlines, "Due dates stay as they are");
  add_daemon(*migrate, o.migrate.daemon);
  migrate->callback([&] { code = run_migrate(o.migrate); });
}

void add_outbox(CLI::App& app, Options& o, int& code) {
  auto* outbox = app.add_subcommand(
      "outbox", "Where notices have been brought; what was given up, and trying it again");
  outbox
      ->add_option("WHAT",
                   o.outbox.what,
                   "list; retry, of a channel; put-aside, of one notice; keys: the public keys of "
                   "the webhook; rotate-keys: "
                   "a new one, beside the newest")
      ->check(CLI::IsMember({"list", "retry", "put-aside", "keys", "rotate-keys"}))
      ->capture_default_str();
  outbox->add_option("CHANNEL", o.outbox.channel, "retry, put-aside: such as webhook");
  outbox->add_option("ID", o.outbox.id, "put-aside: the notice, as `list` shows it");
  outbox->add_option("--reason", o.outbox.reason, "put-aside: why it need not be sent any more");
  add_daemon(*outbox, o.outbox.daemon);
  outbox->callback([&] { code = run_outbox(o.outbox); });
}

void add_sessions(CLI::App& app, Options& o, int& code) {
  auto* sessions =
      app.add_subcommand("sessions", "The collective sessions: when, how many places, who comes");
  sessions->add_option("ID", o.sessions.id, "Only this one, with the cases that are enrolled");
  sessions->add_option("--person", o.sessions.person, "Who reads: the place is not for everyone");
  add_daemon(*sessions, o.sessions.daemon);
  sessions->callback([&] { code = run_sessions(o.sessions); });
}

void add_demo(CLI::App& app, Options& o, int& code) {
  auto* demo =
      app.add_subcommand("demo", "Play a protocol's example on a live daemon, with a fast clock");
  demo->add_option("--protocol", o.demo.protocol, "The .proto-flow file")->capture_default_str();
  demo->add_option("--example", o.demo.example, "Which example; the first one otherwise");
  demo->add_option("--data", o.demo.folder, "The data folder; a new one otherwise");
  demo->add_option("--port", o.demo.port, "The daemon's port")->capture_default_str();
  demo->add_flag("--exit", o.demo.exit, "End by itself; status 0 only if everything held");
  demo->add_flag("--fast", o.demo.fast, "No pauses between the lines");
  add_output(*demo, o.demo.output);
  demo->callback([&] { code = run_demo(o.demo); });
}

// CLI11 only says that a subcommand is required; the person wants to know which word was wrong.
std::string unknown_subcommand(const CLI::App& app, int count, char** arguments) {
  const std::string word = count > 1 ? arguments[1] : "";
  std::vector<std::string> names;
  for (const auto* command : app.get_subcommands(nullptr)) {
    names.push_back(command->get_name());
  }
  if (word.empty() || word.front() == '-' || std::ranges::find(names, word) != names.end()) {
    return {};
  }
  const auto near = dsl::nearest(word, names);
  return "protoflow: there is no command \"" + word + "\"." +
         (near.empty() ? std::string() : " Did you mean \"" + near + "\"?") +
         " `protoflow --help` lists them.";
}

}  // namespace

int run_cli(int count, char** arguments) {
  CLI::App app{
      "protoflow: joint support protocols that no person can fall through.\n"
      "Start with `protoflow check FILE`, or see it run with `protoflow demo`.",
      "protoflow"};
  app.set_version_flag("--version", "protoflow " PROTOFLOW_VERSION);
  app.require_subcommand(1);
  app.footer(kExitCodes);
  Options options;
  int code = kOk;
  add_text_commands(app, options.texts, code);
  add_new(app, options, code);
  add_diff(app, options, code);
  add_documents(app, options, code);
  add_simulate(app, options, code);
  add_daemon_commands(app, options.daemon, code);
  add_acts(app, options, code);
  add_people(app, options, code);
  add_partnership(app, options, code);
  add_sessions(app, options, code);
  add_partners(app, options, code);
  add_migrate(app, options, code);
  add_outbox(app, options, code);
  add_audit_commands(app, options.audit, code);
  add_demo(app, options, code);
  try {
    app.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    if (const auto word = unknown_subcommand(app, count, arguments); !word.empty()) {
      return complain(word, kUsage);
    }
    return app.exit(error) == 0 ? kOk : kUsage;
  }
  return code;
}

}  // namespace protoflow::runtime
