#include "runtime/http/openapi/described.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "runtime/casebook/casebook.hpp"
#include "runtime/http/openapi/notation.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr auto kRoutes = std::to_array<DescribedRoute>({
#define PF_DESCRIBED(method, path, id, says, query, takes, status, gives, problems, example) \
  {method, path, #id, says, query, takes, status, gives, problems, example},
#include "runtime/http/openapi/routes.def"
#undef PF_DESCRIBED
});

// The words of commands.def.
namespace sent_to {
constexpr auto none = SentTo::none, own = SentTo::own, both = SentTo::both;
constexpr auto a_case = SentTo::case_stream, a_session = SentTo::session_stream;
constexpr auto a_partnership = SentTo::partnership_stream;
}  // namespace sent_to

constexpr auto kCommands = std::to_array<DescribedCommand>({
#define PF_TAKES(name, stream, says, members, example) \
  {#name, sent_to::stream, says, members, example},
#include "runtime/http/openapi/commands.def"
#undef PF_TAKES
});

constexpr auto kShapes = std::to_array<DescribedShape>({
#define PF_SHAPE(name, says, members) {#name, says, members},
#include "runtime/http/openapi/shapes.def"
#undef PF_SHAPE
});

constexpr auto kProblems = std::to_array<DescribedProblem>({
#define PF_PROBLEM(slug, status, when) {slug, status, when},
#include "runtime/http/openapi/problems.def"
#undef PF_PROBLEM
});

struct Place {
  std::string_view name, says;
};

constexpr auto kPlaces = std::to_array<Place>({
#define PF_PLACE(name, says) {#name, says},
#include "runtime/http/openapi/places.def"
#undef PF_PLACE
});

constexpr std::string_view kProtocol = R"(protocol welcome "A welcome that two organisations share"
  coordinated by adviser
  time zone Europe/Paris

partner centre "Welcome centre"
partner school "Language school"

role adviser "Adviser"
  held by centre, else school

role teacher "Teacher"
  held by school, else centre

role host "Host of the first visit"
  chosen by adviser among school, centre
  answer within 2 working days

information level "Level of English" scale A0, A1, A2
  seen by teacher, adviser

consent sharing "I agree that the school knows my level."
  covers level with teacher
  for "preparing the course"
  lasts 6 months

agreement
  signed by school within 30 days

session workshop "Workshop of words"
  hosted by teacher
  for up to 8 beneficiaries
  on request

step meeting "Meet for the first time"
  responsible adviser
  within 5 working days
  if late tell teacher
  records level
  asks consent sharing
  outcome stays "The person stays"
  outcome leaves "The person prefers something else"
  may be held at most 20 days "waiting for an interpreter"
  review by teacher within 2 working days, may return at most 2 times

step visit "Visit the place of work"
  after meeting
  responsible host
  within 10 working days
  if late tell adviser

step words "Come to the workshop"
  responsible teacher
  within 3 weeks
  if late tell adviser
  through workshop

ending settled "Both are done"
  when visit is done and words is done
  counts as success

ending left "The person prefers to stop"
  at any time by beneficiary
  counts as neutral

ending elsewhere "The person goes elsewhere"
  at any time by adviser
  counts as neutral

routine monthly-talk "How are our shared cases going?"
  for exchange
  every month
  responsible adviser
  with all partners
  asks "Do we hear of late steps in time?" scale 1 to 5

routine look-back "What helped, and what was missing?"
  for feedback
  every 3 months
  responsible teacher
  with beneficiary, adviser

routine yearly-review "Does working together help?"
  for evaluation
  every year
  responsible adviser
  with all partners
)";

}  // namespace

std::span<const DescribedRoute> described_routes() {
  return kRoutes;
}

const DescribedRoute* description_of(const Route& route) {
  const auto* const found = std::ranges::find_if(kRoutes, [&](const DescribedRoute& each) {
    return each.method == route.method && each.path == route.path;
  });
  return found == kRoutes.end() ? nullptr : found;
}

std::optional<std::string> names_known_instead(const Route& route, const HttpRequest& request) {
  const auto* described = description_of(route);
  std::set<std::string_view> names;
  for (auto rest = described == nullptr ? "" : described->query; !rest.empty();) {
    names.insert(take_member(rest).name);
  }
  const bool all = std::ranges::all_of(
      request.query, [&](const auto& asked) { return names.contains(asked.first); });
  if (all) {
    return std::nullopt;
  }
  std::string list;
  for (const auto name : names) {
    list += (list.empty() ? "" : ", ") + std::string(name);
  }
  return list;
}

std::span<const DescribedCommand> described_commands() {
  return kCommands;
}

std::span<const DescribedShape> described_shapes() {
  return kShapes;
}

std::span<const DescribedProblem> described_problems() {
  return kProblems;
}

std::string_view described_place(std::string_view name) {
  const auto* const found = std::ranges::find(kPlaces, name, &Place::name);
  return found == kPlaces.end() ? std::string_view() : found->says;
}

Json example_of(const DescribedRoute& route) {
  auto json = Json::parse(route.example.empty() ? "null" : route.example);
  if (route.takes == "ProtocolText") {
    json["text"] = example_protocol();
  }
  return json;
}

Json example_of(const DescribedCommand& command) {
  const auto case_id = case_id_of_command("the-first");
  std::string text(command.example);
  constexpr std::string_view kCase = "case-of-the-example";
  if (const auto at = text.find(kCase); at != text.npos) {
    text.replace(at, kCase.size(), case_id);
  }
  Json json{{"command", command.name}, {"person", "ada"}};
  json.update(Json::parse(text));
  return json;
}

std::string_view example_protocol() {
  return kProtocol;
}

}  // namespace protoflow::runtime
