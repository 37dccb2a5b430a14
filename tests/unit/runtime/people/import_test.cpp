#include "runtime/people/import.hpp"

#include <gtest/gtest.h>

#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

const ImportKnown kKnown{
    .is_partner = [](std::string_view name) { return name == "association" || name == "mairie"; },
    .is_role = [](std::string_view name) { return name == "référente" || name == "accueil"; }};

auto read(std::string_view text) {
  return read_people_csv(text, kKnown, model::Language::english);
}

constexpr const char* kHead = "partner,person,roles,mail\n";

TEST(PeopleImport, ReadsWhatASpreadsheetWrites) {
  for (const std::string_view text :
       {"partner,person,roles,speaks,mail,digest\nassociation,ines,référente|accueil,ar|fa,"
        "ines@example.org,08:00\n",
        "\xEF\xBB\xBFpartenaire;personne;rôles;parle;courriel;résumé\r\nassociation;ines;référente "
        "| "
        "accueil;ar|fa;ines@example.org;08:00\r\n",
        "mail,digest,\"roles\",speaks,person,partner\n\nines@example.org,08:00,\"référente|"
        "accueil\","
        "ar|fa, ines ,association"}) {
    const auto lines = read(text);

    ASSERT_TRUE(lines) << lines.error();
    ASSERT_EQ(lines->size(), 1U) << text;
    const auto& line = lines->front();
    EXPECT_EQ(line.wrong, "");
    EXPECT_EQ(line.person,
              (Person{.id = "ines",
                      .partner = "association",
                      .roles = {"référente", "accueil"},
                      .speaks = {"ar", "fa"}}));
    EXPECT_EQ(line.contact, (Contact{.mail = "ines@example.org", .digest = DayTime(480)}));
  }
}

TEST(PeopleImport, SaysWhereEachRowBegins) {
  const auto lines = read(std::string(kHead) +
                          "association,ines,référente,\n\n\"asso\nciation\",paul,accueil,\n"
                          "mairie,lea,accueil,lea@example.org");

  ASSERT_EQ(lines->size(), 3U);
  EXPECT_EQ((*lines)[0].line, 2U);
  EXPECT_EQ((*lines)[2].line, 6U);
  EXPECT_EQ((*lines)[2].wrong, "");
  EXPECT_NE((*lines)[1].wrong, "");
}

TEST(PeopleImport, RefusesWhatIsNoPersonWithoutRepeatingIt) {
  for (const std::string_view row : {"nowhere,secret,accueil,",
                                     "mairie,Secret Name,accueil,",
                                     "mairie,=cmd|' /C calc'!A0,accueil,",
                                     "=HYPERLINK(1),secret,accueil,",
                                     "mairie,secret,-accueil,",
                                     "mairie,secret,,",
                                     "mairie,secret,+1,",
                                     "mairie,secret,accueil,secret",
                                     "mairie,secret,accueil,@SUM(secret)",
                                     "\"mairie\r\nBcc: secret\",secret,accueil,",
                                     "mairie,sec\u202Eret,accueil,",
                                     "mairie,secret,accueil",
                                     "mairie,secret,accueil,,"}) {
    const auto lines = read(kHead + std::string(row) + "\n");

    ASSERT_TRUE(lines) << row;
    ASSERT_EQ(lines->size(), 1U) << row;
    EXPECT_NE(lines->front().wrong, "") << row;
    EXPECT_EQ(lines->front().wrong.find("secret"), std::string::npos) << row;
  }
}

TEST(PeopleImport, RefusesAPersonWhoStandsTwice) {
  const auto lines = read(std::string(kHead) + "mairie,lea,accueil,\nmairie,lea,accueil,\n");

  EXPECT_EQ((*lines)[0].wrong, "");
  EXPECT_NE((*lines)[1].wrong, "");
}

TEST(PeopleImport, RefusesAFileThatIsNoSuchTable) {
  const std::string long_cell =
      std::string(kHead) + "mairie,lea," + std::string(100'000, 'x') + ",\n";
  EXPECT_NE(read(long_cell)->front().wrong, "");
  std::string many = kHead;
  for (std::size_t line = 0; line <= kImportLinesMax; ++line) {
    many += "mairie,p,accueil,\n";
  }
  for (const std::string& text : {std::string(),
                                  std::string("partner,person\nmairie,lea\n"),
                                  std::string("partner,person,roles,birth date\n"),
                                  std::string("partner,person,roles,person\n"),
                                  std::string(kHead) + "\"mairie,lea,accueil,\n",
                                  std::string(kHead) + "ma\"irie,lea,accueil,\n",
                                  std::string("partenaire;personne;r\xF4les\n"),  // Windows-1252
                                  many}) {
    EXPECT_FALSE(read(text)) << text.substr(0, 80);
  }
  EXPECT_NE(read("partenaire;personne;r\xF4les\n").error().find("UTF-8"), std::string::npos);
}

TEST(PeopleImport, WritesEverybodyOrNobody) {
  RunningApi api;
  api.prepare();
  const auto import = [&](const std::string& csv, bool dry_run) {
    return api.post("/v1/people/import", {{"csv", csv}, {"dry_run", dry_run}});
  };
  const std::string good =
      "partner,person,roles,mail\nassociation,lea,référente,lea@example.org\n"
      "association,ines,référente,\n";

  const auto wrong = import(good + "nowhere,paul,référente,\n", false);
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(import(good, true).status, 200);
  EXPECT_EQ(api.get("/v1/people")["people"].size(), 2U);

  const auto done = RunningApi::Json::parse(import(good, false).body);
  EXPECT_EQ(done["lines"][0]["becomes"], "new");
  EXPECT_EQ(done["lines"][1]["becomes"], "same");
  EXPECT_EQ(api.get("/v1/people")["people"][2]["contact"], true);
  EXPECT_EQ(RunningApi::Json::parse(import(good, false).body)["lines"][0]["becomes"], "same");
  EXPECT_EQ(api.seen.find("lea@"), std::string::npos);
}

TEST(PeopleApi, SetsAndForgetsAContactAndNeverRepeatsIt) {
  RunningApi api;
  api.prepare();
  const auto act = [&](RunningApi::Json body) {
    return api.post("/v1/people/ines/commands", body);
  };

  EXPECT_EQ(act({{"command", "set_contact"}, {"mail", "ines@secret.example"}}).status, 200);
  EXPECT_EQ(api.get("/v1/people")["people"][0]["contact"], true);
  EXPECT_EQ(act({{"command", "set_contact"}, {"mail", "ines@secret.example\r\nBcc: x@y.z"}}).status,
            400);
  EXPECT_EQ(act({{"command", "set_contact"}}).status, 400);
  EXPECT_EQ(act({{"command", "forget_contact"}, {"mail", "a@b"}}).status, 400);
  EXPECT_EQ(act({{"command", "forget_contact"}}).status, 200);
  EXPECT_FALSE(api.get("/v1/people")["people"][0].contains("contact"));
  EXPECT_EQ(api.seen.find("secret.example"), std::string::npos);
}

}  // namespace
}  // namespace protoflow::runtime
