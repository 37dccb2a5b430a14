// diff: what changes between two versions of a protocol, for whom.
#include "dsl/compare/report.hpp"
#include "dsl/diagnostic/nearest.hpp"
#include "engine/log/meaning_hash.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

// An exit code of 1 says that something changes: a text at fault is one that cannot be compared.
std::expected<model::Protocol, int> protocol_in(const std::string& file) {
  auto read = compile_file(file);
  if (!read) {
    return std::unexpected(complain(read.error(), kEnvironment));
  }
  auto& [text, compiled] = *read;
  if (!compiled.protocol) {
    return std::unexpected(
        complain(compiled.shared ? file + ": a file for protocols to use; compare those that use it"
                                 : dsl::render_text(compiled, text, file, false),
                 kEnvironment));
  }
  return std::move(*compiled.protocol);
}

model::Language reader_of(const DiffOptions& options, const model::Protocol& now) {
  if (options.language.empty()) {
    return now.language;
  }
  return options.language == "fr" ? model::Language::french : model::Language::english;
}

int complain_nobody(const DiffOptions& options, const dsl::Comparison& comparison) {
  std::vector<std::string> known;
  known.reserve(comparison.now.roles.size() + comparison.now.partners.size());
  for (const auto& role : comparison.now.roles) {
    known.push_back(role.name);
  }
  for (const auto& partner : comparison.now.partners) {
    known.push_back(partner.name);
  }
  const auto near = dsl::nearest(options.audience, known);
  return complain("protoflow diff: neither version has a role or a partner \"" + options.audience +
                      "\"." + (near.empty() ? "" : " Did you mean \"" + near + "\"?"),
                  kUsage);
}

dsl::ReportFormat format_of(const std::string& name) {
  return name == "json" ? dsl::ReportFormat::json
         : name == "md" ? dsl::ReportFormat::markdown
                        : dsl::ReportFormat::text;
}

}  // namespace

int run_diff(const DiffOptions& options) {
  const auto was = protocol_in(options.was);
  if (!was) {
    return was.error();
  }
  const auto now = protocol_in(options.now);
  if (!now) {
    return now.error();
  }
  const dsl::Comparison comparison{.was = *was,
                                   .now = *now,
                                   .reader = reader_of(options, *now),
                                   .meaning_was = engine::meaning_hash(*was),
                                   .meaning_now = engine::meaning_hash(*now)};
  const auto audience = dsl::audience_named(comparison, options.audience);
  if (!options.audience.empty() && audience.role.empty() && audience.partner.empty()) {
    return complain_nobody(options, comparison);
  }
  const auto changes = dsl::compare(*was, *now, comparison.reader);
  print(dsl::report(comparison, changes, audience, format_of(options.format)));
  return changes.empty() ? kOk : kFault;
}

}  // namespace protoflow::runtime
