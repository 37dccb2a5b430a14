// Bodies that no honest client sends: the daemon says what is wrong with each, and fails on none.
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "runtime/http/openapi/described.hpp"
#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

// What stands where something else was expected.
const std::vector<Json>& odd_values() {
  static const std::vector<Json> kValues = {nullptr,
                                            true,
                                            0,
                                            -1,
                                            1e308,
                                            18446744073709551615U,
                                            "",
                                            "x",
                                            "=cmd|'/C calc'!A0",
                                            "a\r\nBcc: x@example.org",
                                            "\u202Eab",
                                            std::string(5000, 'a'),
                                            Json::array(),
                                            Json::object(),
                                            Json::array({nullptr}),
                                            Json{{"a", Json::array({1})}},
                                            Json::array({Json::object()})};
  return kValues;
}

Json changed(Json body, std::mt19937& random) {
  const auto pick = [&](std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
  };
  const auto& odd = odd_values()[pick(odd_values().size())];
  const auto leaves = body.flatten();
  if (!body.is_object() || body.empty() || pick(20) == 0) {
    return odd;
  }
  const auto leaf = std::next(leaves.begin(), static_cast<std::ptrdiff_t>(pick(leaves.size())));
  switch (pick(3)) {
    case 0:
      body[Json::json_pointer(leaf.key())] = odd;
      break;
    case 1:
      body.erase(std::next(body.begin(), static_cast<std::ptrdiff_t>(pick(body.size()))));
      break;
    default:
      body[pick(2) == 0 ? "person" : "attended"] = odd;
  }
  return body;
}

TEST(Hostile, BodiesAreRefusedAndTheDaemonGoesOn) {
  const auto seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  RunningApi api;
  api.prepare();
  const auto case_id = api.open();
  const auto send = [&](std::string path, const Json& body) {
    for (const auto& [place, value] : std::map<std::string, std::string>{
             {"{case}", case_id}, {"{protocol}", "accueil-partagé"}, {"{person}", "ines"}}) {
      if (const auto at = path.find(place); at != path.npos) {
        path.replace(at, place.size(), value);
      }
    }
    const auto answer = api.ask("POST", path, body.dump());
    EXPECT_LT(answer.status, 500) << path << " " << body << ": " << answer.body;
    EXPECT_TRUE(Json::accept(answer.body)) << path << " " << body;
  };

  for (const auto& route : described_routes()) {
    for (int i = 0; i < 25 && !route.takes.empty(); ++i) {
      send(std::string(route.path), changed(example_of(route), random));
    }
  }
  for (const auto& command : described_commands()) {
    for (int i = 0; i < 10; ++i) {
      send("/v1/cases/{case}/commands", changed(example_of(command), random));
    }
  }
  EXPECT_EQ(api.ask("GET", "/v1/cases/" + case_id).status, 200);
}

TEST(Hostile, BodiesOfBracketsAloneAreRefused) {
  RunningApi api;
  api.prepare();
  const auto deep = std::string(250'000, '[') + std::string(250'000, ']');
  for (const auto* path : {"/v1/cases/x/commands", "/v1/people", "/v1/protocols"}) {
    const auto answer = api.ask("POST", path, R"({"command":"take","attended":)" + deep + "}");
    EXPECT_EQ(answer.status, 400) << path;
  }
  EXPECT_EQ(api.ask("GET", "/v1/health").status, 200);
}

TEST(Hostile, TheSecondOfTwoWhoTakeAStepIsToldWhoHasIt) {
  RunningApi api;
  api.prepare();
  api.post("/v1/people", {{"person", "lea"}, {"partner", "association"}, {"roles", {"référente"}}});
  const auto case_id = api.open();
  const auto lea = api.token_for("lea");
  const auto path = "/v1/cases/" + case_id + "/commands";
  const std::string take = R"({"command":"take","step":"accueil"})";
  EXPECT_EQ(api.act(case_id, {{"command", "take"}, {"person", "ines"}, {"step", "accueil"}}).status,
            200);

  const auto second = api.ask_as(lea, "POST", path, take);

  EXPECT_EQ(second.status, 409) << second.body;
  EXPECT_EQ(Json::parse(second.body)["who_could"], (Json{{"person", "ines"}})) << second.body;
}

}  // namespace
}  // namespace protoflow::runtime
