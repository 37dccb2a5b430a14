#include "dsl/compare/report_json.hpp"

#include <nlohmann/json.hpp>

#include "dsl/compare/sentences.hpp"

namespace protoflow::dsl {

std::string report_json(const Comparison& comparison, const std::vector<Change>& changes) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const Change& change : changes) {
    list.push_back({{"kind", name_of(change.kind)},
                    {"subject", name_of(change.subject)},
                    {"member", name_of(change.member)},
                    {"name", change.name},
                    {"was", change.was},
                    {"is", change.is},
                    {"everyone", change.everyone},
                    {"roles", change.roles},
                    {"partners", change.partners},
                    {"sentence", sentence(change, comparison.reader)}});
  }
  const Json report = {
      {"protocol", comparison.now.name},
      {"meaning", {{"was", comparison.meaning_was}, {"is", comparison.meaning_now}}},
      {"changes", std::move(list)}};
  return report.dump(2) + "\n";
}

}  // namespace protoflow::dsl
