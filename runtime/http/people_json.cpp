#include "runtime/http/people_json.hpp"

#include <nlohmann/json.hpp>

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const auto part = list.substr(0, list.find(','));
    list.remove_prefix(std::min(list.size(), part.size() + 1));
    if (!part.empty()) {
      parts.emplace_back(part);
    }
  }
  return parts;
}

template <class Reason, std::size_t N>
Json names_of(const std::vector<Reason>& reasons, const std::array<std::string_view, N>& names) {
  Json list = Json::array();
  for (const auto reason : reasons) {
    list.push_back(names[static_cast<std::size_t>(reason)]);
  }
  return list;
}

}  // namespace

std::expected<Asked, std::string> read_asked(const HttpRequest& request,
                                             const model::Protocol& protocol) {
  const auto role = request.query_value("role");
  const auto step = request.query_value("step");
  Asked asked{.role = model::find<model::RoleId>(protocol.roles, role),
              .languages = parts_of(request.query_value("speaks"))};
  if (role.empty()) {
    asked.step = model::find<model::StepId>(protocol.steps, step);
    asked.role = asked.step.known() ? protocol[asked.step].responsible : model::RoleId{};
  }
  if (!step.empty() && !asked.role.known()) {
    return std::unexpected("The protocol of this case has no step of that name.");
  }
  if (!asked.role.known()) {
    return std::unexpected(
        "Name a role of the protocol with ?role=… or one of its steps with ?step=….");
  }
  const auto days = days_of(parts_of(request.query_value("days")));
  if (!days) {
    return std::unexpected("\"days\" must be a list of days such as monday,friday.");
  }
  asked.days = *days;
  return asked;
}

Json proposed_json(const Proposed& proposed, const CaseFile& file) {
  const auto& [person, proposal, cases] = proposed;
  Json json{{"person", person},
            {"cases", cases},
            {"for", names_of(proposal.merits, engine::kMeritNames)},
            {"against", names_of(proposal.obstacles, engine::kObstacleNames)}};
  for (const auto competence : proposal.lacking) {
    json["lacking"].push_back(file.plan->protocol.competences[competence.value].name);
  }
  return json;
}

Json stranger_json(const Proposed& proposed) {
  return {{"person", proposed.person},
          {"for", names_of(proposed.proposal.merits, engine::kMeritNames)}};
}

}  // namespace protoflow::runtime
