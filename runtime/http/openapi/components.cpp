#include "runtime/http/openapi/components.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/duty/duty.hpp"
#include "engine/duty/notice.hpp"
#include "engine/event/event.hpp"
#include "engine/lifecycle/case_life.hpp"
#include "engine/lifecycle/occurrence.hpp"
#include "engine/lifecycle/participation.hpp"
#include "engine/lifecycle/review.hpp"
#include "engine/lifecycle/session_life.hpp"
#include "engine/lifecycle/time.hpp"
#include "engine/lifecycle/work.hpp"
#include "engine/partnership/partnership_state.hpp"
#include "engine/session/enrolment.hpp"
#include "runtime/http/openapi/notation.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

struct Words {
  std::string_view name, says;
  std::span<const std::string_view> words;
};

constexpr auto kLists = std::to_array<Words>({
    {"CaseStatus", "Where a case stands.", engine::kCaseStatusNames},
    {"WorkState", "Where the work of a step stands.", engine::kWorkStateNames},
    {"TimeState", "How it stands with its deadline.", engine::kTimeStateNames},
    {"ReviewState", "Where a review stands.", engine::kReviewStateNames},
    {"DutyKind", "What is owed.", engine::kDutyKindNames},
    {"EventKind", "What happened.", engine::kEventKindNames},
    {"NoticeKind", "What is told.", engine::kNoticeKindNames},
    {"SessionStatus", "Where a session stands.", engine::kSessionStatusNames},
    {"Seat", "Whether a case has a place.", engine::kSeatNames},
    {"Attendance", "Who came.", engine::kAttendanceNames},
    {"PartnershipStatus", "Where a partnership stands.", engine::kPartnershipStatusNames},
    {"ParticipationState", "Where a partner stands in it.", engine::kParticipationStateNames},
    {"OccurrenceState", "Where the meeting of a routine stands.", engine::kOccurrenceStateNames},
});

struct Refused {
  std::string_view code, says;
};

constexpr auto kRefused = std::to_array<Refused>({
#define PF_REFUSAL_WORDS(code, french, english) {#code, english},
#include "runtime/words/refusals.def"
#undef PF_REFUSAL_WORDS
});

constexpr std::string_view kOfEveryCommand =
    ", command_id? text, person? text, happened? moment, expected_version? whole, dry_run? flag";

// take_back: TakeBackCommand.
std::string schema_name(std::string_view command) {
  std::string name;
  bool capital = true;
  for (const char c : command) {
    if (c != '_') {
      name += static_cast<char>(capital ? c & ~0x20 : c);
    }
    capital = c == '_';
  }
  return name + "Command";
}

Json command_schema(const DescribedCommand& command) {
  auto members = "command =" + std::string(command.name);
  members += command.members.empty() ? "" : ", " + std::string(command.members);
  auto schema = shape_schema(members + std::string(kOfEveryCommand));
  schema["description"] = command.says;
  return schema;
}

void add_commands(Json& schemas, std::string_view shape, std::string_view says) {
  Json one_of = Json::array(), mapping = Json::object();
  for (const auto& command : described_commands()) {
    if (!is_sent_in(command, shape)) {
      continue;
    }
    const auto name = schema_name(command.name);
    const auto place = "#/components/schemas/" + name;
    schemas[name] = command_schema(command);
    one_of.push_back({{"$ref", place}});
    mapping[std::string(command.name)] = place;
  }
  schemas[std::string(shape)] = {
      {"description", says},
      {"oneOf", std::move(one_of)},
      {"discriminator", {{"propertyName", "command"}, {"mapping", std::move(mapping)}}}};
}

std::string type_of(std::string_view code) {
  std::string slug(code);
  std::ranges::replace(slug, '_', '-');
  return "/problems/" + slug;
}

// One entry a type, each with its status and when it comes.
Json problem_types() {
  Json list = Json::array();
  std::vector<std::string> seen;
  const auto add = [&](std::string type, int status, std::string_view when) {
    if (std::ranges::find(seen, type) == seen.end()) {
      list.push_back({{"const", type}, {"title", std::to_string(status)}, {"description", when}});
      seen.push_back(std::move(type));
    }
  };
  for (const auto& problem : described_problems()) {
    add(type_of(problem.slug), problem.status, problem.when);
  }
  for (const auto& [code, says] : kRefused) {
    add(type_of(code), code == "not_yours" ? 403 : 409, says);
  }
  return {{"description",
           "The kind of a problem, and with which status it comes. More may come; none changes its "
           "meaning."},
          {"type", "string"},
          {"anyOf", std::move(list)}};
}

Json problem_schema() {
  auto schema = shape_schema(
      "type ProblemType, title text, status whole, detail text, code? text, version? whole, "
      "who_could? WhoCould, missing? Missing, since? [Event]");
  schema["description"] =
      "What stands in the way, for people in `detail`, for programs in `type` (RFC 9457).";
  return schema;
}

Json schemas() {
  Json all = Json::object();
  for (const auto& shape : described_shapes()) {
    auto& schema = all[std::string(shape.name)] = shape_schema(shape.members);
    schema["description"] = shape.says;
  }
  for (const auto& [name, says, words] : kLists) {
    all[std::string(name)] = {{"description", says}, {"type", "string"}, {"enum", words}};
  }
  add_commands(all, "CaseCommand", "What is done in a case.");
  add_commands(all, "SessionCommand", "What is done in a session.");
  add_commands(all, "PartnershipCommand", "What is done in a partnership.");
  all["ProblemType"] = problem_types();
  all["Problem"] = problem_schema();
  return all;
}

Json header(std::string_view name, std::string_view says) {
  return {{"name", name},
          {"in", "header"},
          {"required", false},
          {"description", says},
          {"schema", {{"type", "string"}}}};
}

}  // namespace

bool is_sent_in(const DescribedCommand& command, std::string_view shape) {
  switch (command.to) {
    case SentTo::none:
    case SentTo::own:
      return false;
    case SentTo::case_stream:
      return shape == "CaseCommand";
    case SentTo::session_stream:
      return shape == "SessionCommand";
    case SentTo::partnership_stream:
      return shape == "PartnershipCommand";
    case SentTo::both:
      return shape == "CaseCommand" || shape == "PartnershipCommand";
  }
  return false;
}

Json openapi_components() {
  return {{"schemas", schemas()},
          {"headers",
           {{"ETag",
             {{"description", "The version, and what tells apart how readers see it."},
              {"schema", {{"type", "string"}}}}}}},
          {"parameters",
           {{"Idempotency-Key",
             header("Idempotency-Key",
                    "Names the request: sent again, it does nothing and gets the first answer. The "
                    "same as `command_id` in the body.")},
            {"If-Match", header("If-Match", "Act only on what was read: its ETag.")},
            {"If-None-Match",
             header("If-None-Match", "The ETag of what one has: 304 if it is the same.")},
            {"Last-Event-ID", header("Last-Event-ID", "The id of the last event that arrived.")}}},
          {"securitySchemes",
           {{"token",
             {{"type", "http"},
              {"scheme", "bearer"},
              {"description",
               "A person's token (pft_…), for reading or for acting too, or the operator's "
               "(pfo_…)."}}}}}};
}

}  // namespace protoflow::runtime
