#include "runtime/http/protocol_changes.hpp"

#include <nlohmann/json.hpp>

#include "dsl/compare/report.hpp"

namespace protoflow::runtime {

nlohmann::ordered_json changes_json(const engine::Plan& was, const engine::Plan& now) {
  const dsl::Comparison comparison{
      .was = was.protocol, .now = now.protocol, .reader = now.protocol.language};
  const auto changes = dsl::compare(was.protocol, now.protocol, comparison.reader);
  const auto report = dsl::report(comparison, changes, {}, dsl::ReportFormat::json);
  return nlohmann::ordered_json::parse(report)["changes"];
}

}  // namespace protoflow::runtime
