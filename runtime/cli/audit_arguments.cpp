#include "runtime/cli/audit_arguments.hpp"

#include <CLI/CLI.hpp>

#include "runtime/cli/text_arguments.hpp"

namespace protoflow::runtime {

namespace {

void add_replay(CLI::App& app, AuditArguments& o, int& code) {
  auto* replay =
      app.add_subcommand("replay", "What happened, and who was responsible, to any instant");
  replay->add_option("--data", o.replay.folder, "The data folder")->capture_default_str();
  replay->add_option("--case", o.replay.case_id, "Only this case");
  replay->add_option("--session", o.replay.session, "This occurrence of a session, by its id");
  replay->add_flag(
      "--orphan", o.replay.orphan, "How long duties were with nobody by name, and why");
  replay->add_flag("--clocks", o.replay.clocks, "When the clocks of steps stood still, and why");
  replay->add_option("--at", o.replay.at, "Up to this instant, such as 2027-03-01T12:00:00.000Z");
  replay->add_flag("--records",
                   o.replay.records,
                   "The records themselves, one line each, as written and hashed");
  add_output(*replay, o.replay.output);
  replay->callback([&] { code = run_replay(o.replay); });
}

void add_verify(CLI::App& app, AuditArguments& o, int& code) {
  auto* verify = app.add_subcommand(
      "verify", "Prove that the log was not altered and that the state follows from it");
  verify->add_option("--data", o.verify.folder, "The data folder")->capture_default_str();
  verify->add_option("--against",
                     o.verify.against,
                     "A checkpoint of this log that was kept elsewhere; may be repeated");
  add_output(*verify, o.verify.output);
  verify->callback([&] { code = run_verify(o.verify); });
}

void add_audit(CLI::App& app, AuditArguments& o, int& code) {
  auto* audit = app.add_subcommand(
      "audit", "Prove to others what the log holds: keys, checkpoints, one record, one case");
  audit
      ->add_option("WHAT",
                   o.audit.what,
                   "key: what signatures are checked with; checkpoint: the newest, or of --size; "
                   "inclusion: of one event; consistency: that the log goes on from --from; "
                   "prove-case: a pack; verify-pack: checks one, with no log at hand")
      ->required()
      ->check(CLI::IsMember(
          {"key", "checkpoint", "inclusion", "consistency", "prove-case", "verify-pack"}));
  audit->add_option("NAME", o.audit.name, "prove-case: the case; verify-pack: the file");
  audit->add_option("--data", o.audit.folder, "The data folder")->capture_default_str();
  audit->add_option("--case", o.audit.case_id, "inclusion: the case");
  audit->add_option("--event", o.audit.event, "inclusion: the event, by its version in the case");
  audit->add_option("--size", o.audit.size, "The checkpoint of so many records");
  audit->add_option("--from", o.audit.from, "consistency: an earlier checkpoint's size");
  audit->add_option(
      "--to", o.audit.to, "prove-case: write the pack there; otherwise it is printed");
  audit->add_option(
      "--key", o.audit.keys, "verify-pack: the log's key, and those of witnesses; may be repeated");
  add_output(*audit, o.audit.output);
  audit->callback([&] { code = run_audit(o.audit); });
}

}  // namespace

void add_audit_commands(CLI::App& app, AuditArguments& arguments, int& code) {
  add_replay(app, arguments, code);
  add_verify(app, arguments, code);
  add_audit(app, arguments, code);
}

}  // namespace protoflow::runtime
