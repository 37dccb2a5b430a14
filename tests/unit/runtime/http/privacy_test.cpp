// What a beneficiary said is seen by the roles that the protocol names, and stands nowhere in the
// clear: not in an answer to anyone else, not in a notice, not in a file.
#include <sys/stat.h>

#include <fstream>

#include <gtest/gtest.h>

#include "runtime/people/secret.hpp"
#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

constexpr const char* kSaid = "Zanzibar-mot-7193";
constexpr const char* kReason = "Tombouctou-motif-5521";
constexpr const char* kRefused = "Samarcande-refus-8842";

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::string case_with_values(RunningApi& api) {
  const auto case_id = api.open();
  api.act(case_id,
          {{"command", "complete"},
           {"person", "ines"},
           {"step", "accueil"},
           {"outcome", "engagée"},
           {"information", {{"niveau-français", "A2"}, {"mot", kSaid}}},
           {"consent", {{"partage", true}}}});
  api.act(
      case_id,
      {{"command", "give_back"}, {"person", "karim"}, {"step", "accueil"}, {"reason", kReason}});
  return case_id;
}

std::string value_of(const Json& read, const std::string& name) {
  for (const auto& information : read["information"]) {
    if (information["information"] == name) {
      return information.value("value", "");
    }
  }
  return "not recorded";
}

TEST(Privacy, ShowsAValueToTheRolesThatTheProtocolNames) {
  RunningApi api;
  api.prepare();
  const auto path = "/v1/cases/" + case_with_values(api);
  api.post("/v1/people",
           {{"person", "rosa"}, {"partner", "association"}, {"roles", Json::array()}});
  api.post("/v1/people",
           {{"person", "omar"}, {"partner", "mission-locale"}, {"roles", {"référente"}}});
  api.post("/v1/people",
           {{"person", "lea"}, {"partner", "association"}, {"roles", {"entreprise"}}});

  EXPECT_EQ(value_of(api.get(path + "?person=ines"), "mot"), kSaid);
  EXPECT_EQ(value_of(api.get(path + "?person=ines"), "niveau-français"), "A2");
  // Another role, no role, the role but at another partner, a role that nobody holds yet, nobody.
  for (const auto* reader : {"?person=karim",
                             "?person=rosa",
                             "?person=omar",
                             "?person=lea",
                             "?person=nobody",
                             "?person=",
                             ""}) {
    SCOPED_TRACE(reader);
    EXPECT_EQ(value_of(api.get(path + reader), "mot"), "");
    EXPECT_EQ(value_of(api.get(path + reader), "niveau-français"), "");
  }
}

TEST(Privacy, LetsNothingSaidOutInTheClear) {
  RunningApi api;
  api.prepare();
  const auto case_id = case_with_values(api);
  // Refused, not understood, or for nobody: the value comes back in no error text.
  api.act(case_id,
          {{"command", "record"},
           {"person", "karim"},
           {"reason", kRefused},
           {"information", {{"mot", kRefused}}}});
  api.act(case_id,
          {{"command", "complete"},
           {"person", "ines"},
           {"step", "accueil"},
           {"outcome", "engagée"},
           {"information", {{"niveau-français", kRefused}}},
           {"consent", {{"partage", true}}}});
  api.act(case_id, {{"command", "take"}, {"person", "nobody"}, {"reason", kRefused}});
  api.post("/v1/cases/nowhere/commands", {{"command", "take"}, {"reason", kRefused}});
  api.post("/v1/clock", {{"now", "2027-04-01T08:00:00.000Z"}});
  for (const auto* path : {"/v1/cases", "/v1/tasks", "/v1/notices", "/v1/people", "/v1/health"}) {
    api.get(path);
  }
  ASSERT_FALSE(page_with(api, "/v1/notices?after=0", 1)["notices"].empty());
  api.get("/v1/cases/" + case_id);
  api.get("/v1/cases/" + case_id + "/history");
  api.get("/v1/cases/" + case_id + "?person=karim");
  ASSERT_TRUE(api.write_checkpoints());

  api.ask("GET", "/v1/cases/" + std::string(kSaid));
  ASSERT_EQ(api.ask("GET", "/metrics").status, 200);
  EXPECT_NE(api.logged.find("route=/v1/cases/{case}/commands status=200"), std::string::npos);
  EXPECT_EQ(api.logged.find(case_id), std::string::npos) << api.logged;

  std::string everything = api.seen + api.logged;
  for (const auto& trouble : api.troubles) {
    everything += trouble;
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(api.folder.path())) {
    everything += bytes_of(entry.path());
    ++files;
  }
  EXPECT_GE(files, 4u);
  EXPECT_NE(everything.find("niveau-français"), std::string::npos);  // the scan does see texts
  for (const auto* secret : {kSaid, kReason, kRefused}) {
    EXPECT_EQ(everything.find(secret), std::string::npos) << secret;
  }
  EXPECT_EQ(everything.find("\"A2\""), std::string::npos);
}

TEST(Privacy, KeepsTheTokenForItsOwner) {
  const testing::Folder folder;
  const auto token = operator_token(folder / "token");
  ASSERT_TRUE(token);
  struct stat found{};
  ASSERT_EQ(::stat((folder / "token").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  EXPECT_EQ(token->size(), 68u);
  EXPECT_EQ(operator_token(folder / "token"), token);
  EXPECT_EQ(read_token(folder / "token"), token);
  EXPECT_NE(operator_token(folder / "other"), token);
}

TEST(Privacy, SaysThatAFileHoldsNoToken) {
  const testing::Folder folder;
  std::ofstream(folder / "token") << "a letter";
  EXPECT_FALSE(read_token(folder / "token"));
  EXPECT_FALSE(operator_token(folder / "token"));
  EXPECT_FALSE(read_token(folder / "nowhere"));
  EXPECT_FALSE(operator_token(folder / "nowhere/token"));
}

}  // namespace
}  // namespace protoflow::runtime
