#include "runtime/cli/daemon_arguments.hpp"

#include <map>

#include <CLI/CLI.hpp>

#include "runtime/cli/terminal.hpp"
#include "runtime/configuration/configuration.hpp"

namespace protoflow::runtime {

namespace {

const std::map<std::string, EventData> kEventData{{"thin", EventData::thin},
                                                  {"whole", EventData::whole}};

void add_mail(CLI::App& serve, MailOptions& mail) {
  serve.add_option("--mail", mail.server, "The mail server: smtp://HOST:587 or smtps://HOST:465");
  serve.add_option("--mail-from", mail.from, "Who writes: \"Name <name@example.org>\"");
  serve.add_option("--mail-user", mail.user, "The name that the mail server knows us by");
  serve.add_option("--mail-password-file", mail.password_file, "A file that holds its password")
      ->envname("PROTOFLOW_MAIL_PASSWORD_FILE");
  serve.add_option(
      "--mail-ca", mail.authorities, "Certificates to trust instead of the system's: a PEM file");
  serve.add_flag("--mail-insecure", mail.insecure, "Without TLS, to a relay on this machine");
  serve.add_option("--pages", mail.pages, "What mails link to: https://HOST, where the pages are");
}

void add_webhook(CLI::App& serve, ServeOptions& options) {
  serve.add_option("--webhook",
                   options.webhook,
                   "An address that gets each notice by POST, as a signed CloudEvent");
  serve.add_option("--webhook-data", options.webhook_data, "What it says: thin or whole")
      ->transform(CLI::CheckedTransformer(kEventData).description("{thin,whole}"))
      ->default_str("thin");
  serve.add_flag("--webhook-private",
                 options.webhook_private,
                 "The address may lie in a private network, or on this machine");
}

// Values are taken in the order in which the options stand here: the file comes first, so that any
// other option wins over it.
void add_serve(CLI::App& app, DaemonArguments& o, int& code) {
  auto* serve = app.add_subcommand("serve", "Run the daemon");
  const auto read_file = [&o](const std::string& file) {
    if (auto read = read_configuration_file(file)) {
      o.serve = std::move(*read);
    } else {
      o.config_faults = std::move(read.error());
    }
  };
  serve
      ->add_option_function<std::string>(
          "--config", read_file, "The configuration; `protoflow config` prints one")
      ->envname("PROTOFLOW_CONFIG");
  serve->add_option("--data", o.serve.folder, "The data folder")->capture_default_str();
  serve->add_option("--listen", o.listen, "ADDRESS:PORT; port 0 asks for a free one")
      ->default_str("127.0.0.1:8300");
  serve->add_option(
      "--protocol", o.serve.protocols, "A .proto-flow file to deploy; may be repeated");
  serve
      ->add_option("--notices",
                   o.serve.notices,
                   "Where notices go as JSON lines: a file, `-` for standard output, or nothing")
      ->capture_default_str();
  add_webhook(*serve, o.serve);
  add_mail(*serve, o.serve.mail);
  serve->add_option("--clock",
                    o.clock,
                    "For demonstrations: a clock that stands at this instant until it is moved");
  serve->callback([&] {
    code = o.config_faults.empty() ? run_serve(o.serve, o.listen, o.clock)
                                   : complain("protoflow serve: " + o.config_faults, kUsage);
  });
}

void add_config(CLI::App& app, DaemonArguments& o, int& code) {
  auto* config = app.add_subcommand(
      "config", "The daemon's configuration: every setting with its default, explained");
  config->add_option("--check", o.config.file, "Say every mistake in this file instead");
  config->callback([&] { code = run_config(o.config); });
}

void add_backup(CLI::App& app, BackupOptions& o, int& code) {
  auto* backup = app.add_subcommand("backup", "Copy the data folder, also of a running daemon");
  backup->add_option("--data", o.folder, "The data folder")->capture_default_str();
  backup->add_option("--to", o.to, "Where to: a folder that is not there yet")->required();
  backup->add_option("--keys-to", o.keys_to, "Where the keys go: another folder, elsewhere");
  backup->add_flag(
      "--verify", o.verify, "Restore the copy, replay it whole, and compare it with the log");
  backup->callback([&] { code = run_backup(o); });
}

}  // namespace

void add_daemon_commands(CLI::App& app, DaemonArguments& arguments, int& code) {
  add_serve(app, arguments, code);
  add_config(app, arguments, code);
  add_backup(app, arguments.backup, code);
}

}  // namespace protoflow::runtime
