// A link that answers one thing asked of one person, once, without a token.
#include <gtest/gtest.h>

#include "runtime/mail/asked.hpp"
#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

class AnswerLink : public ::testing::Test {
 protected:
  void SetUp() override {
    api.prepare();
    case_id = api.open();
    api.post("/v1/people",
             {{"person", "lea"}, {"partner", "association"}, {"roles", {"référente"}}});
  }

  std::string link(const std::string& person = "ines", const std::string& id = "n1") {
    return api.link_in({.id = id + ":" + person,
                        .person = person,
                        .stream = "case/" + case_id,
                        .asks = Asked{.stream = "case/" + case_id, .step = "accueil"}});
  }

  ClientAnswer look(const std::string& path, const std::string& language = "en") {
    return api.ask("GET", path, "", {{"Accept-Language", language}});
  }

  ClientAnswer say(const std::string& path, const std::string& form) {
    return api.ask("POST",
                   "/answer",
                   "secret=" + path.substr(path.rfind('/') + 1) + "&" + form,
                   {{"Accept-Language", "en"}});
  }

  Json step() { return api.get("/v1/cases/" + case_id)["steps"][0]; }

  std::string who_has_it() {
    const auto tasks = api.get("/v1/tasks?case=" + case_id)["tasks"];
    for (const auto& task : tasks) {
      if (task.value("step", "") == "accueil") {
        return task.value("person", "");
      }
    }
    return "nobody";
  }

  RunningApi api;
  std::string case_id;
};

TEST_F(AnswerLink, SaysWhatIsAskedAndNobodysNameNorTheProgrammes) {
  const auto page = look(link());
  ASSERT_EQ(page.status, 200);
  for (const auto* part : {"A step waits for you",
                           "Mener le premier entretien",
                           "I take it on",
                           "I cannot",
                           "<html lang=\"en\">",
                           "width=device-width"}) {
    EXPECT_NE(page.body.find(part), std::string::npos) << part;
  }
  for (const auto* part : {"ines", "accueil-partagé", "Un accueil relu", "<script", "http://"}) {
    EXPECT_EQ(page.body.find(part), std::string::npos) << part;
  }
  EXPECT_NE(look(link(), "ar").body.find("dir=\"rtl\""), std::string::npos);
  EXPECT_NE(look(link(), "de, fr;q=0.5").body.find("Une étape vous attend"), std::string::npos);
}

TEST_F(AnswerLink, ChangesNothingUntilAButtonIsPressed) {
  const auto path = link();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(look(path).status, 200);
  }
  EXPECT_EQ(who_has_it(), "");
  EXPECT_EQ(say(path, "answer=yes").status, 200);
  EXPECT_EQ(who_has_it(), "ines");
}

TEST_F(AnswerLink, ActsOnceWhicheverMailOfTheLetterWasRead) {
  const auto first = link(), second = link();
  EXPECT_NE(first, second);
  ASSERT_EQ(say(first, "answer=yes").status, 200);
  for (const auto& path : {first, second}) {
    const auto again = say(path, "answer=no&reason=x");
    EXPECT_GE(again.status, 409) << again.body;
  }
  EXPECT_EQ(look(first).status, 410);
  EXPECT_EQ(who_has_it(), "ines");
}

TEST_F(AnswerLink, DeclinesWithAReasonOnly) {
  const auto path = link();
  EXPECT_EQ(say(path, "answer=no").status, 422);
  EXPECT_EQ(say(path, "answer=no&reason=++").status, 422);
  const auto declined = say(path, "answer=no&reason=Zanzibar-motif+%C3%A9");
  EXPECT_EQ(declined.status, 200) << declined.body;
  EXPECT_EQ(api.seen.find("Zanzibar"), std::string::npos);
  EXPECT_NE(api.get("/v1/cases/" + case_id + "/history").dump().find("step_declined"),
            std::string::npos);
}

TEST_F(AnswerLink, SaysThatSomebodyElseHasTakenIt) {
  const auto path = link();
  api.act(case_id, {{"command", "take"}, {"person", "lea"}, {"step", "accueil"}});
  const auto page = look(path);
  EXPECT_EQ(page.status, 409);
  EXPECT_NE(page.body.find("Somebody else has taken it on"), std::string::npos);
  EXPECT_EQ(page.body.find("lea"), std::string::npos);
  const auto refused = say(path, "answer=yes");
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.body.find("Somebody else has taken it on"), std::string::npos);
  EXPECT_EQ(who_has_it(), "lea");
}

TEST_F(AnswerLink, DiesWithItsCauseItsPersonAndItsWeek) {
  const auto path = link(), removed = link("lea"), old = link("ines", "n2");
  api.post("/v1/people/lea/commands", {{"command", "person_removed"}});
  EXPECT_EQ(look(removed).status, 404);
  EXPECT_EQ(say(removed, "answer=yes").status, 404);
  api.act(case_id, {{"command", "pause"}, {"person", "karim"}});
  EXPECT_EQ(say(path, "answer=yes").status, 409);
  api.post("/v1/clock", {{"now", "2027-03-08T08:00:00.000Z"}});
  const auto late = look(old);
  EXPECT_EQ(late.status, 410);
  EXPECT_NE(late.body.find("8 March 2027"), std::string::npos) << late.body;
}

TEST_F(AnswerLink, OpensNothingElse) {
  const auto path = link();
  const auto secret = path.substr(path.rfind('/') + 1);
  EXPECT_EQ(api.ask_as(secret, "GET", "/v1/me").status, 401);
  EXPECT_EQ(api.ask("GET", "/sign-in/" + secret, "", {}).status, 404);
  EXPECT_EQ(api.ask("POST", "/sign-in", "secret=" + secret, {}).status, 404);
  EXPECT_EQ(look("/answer/pfl_wrong").status, 404);
}

TEST_F(AnswerLink, LetsAnEmployerAnswerAReferral) {
  api.act(case_id,
          {{"command", "refer"},
           {"person", "karim"},
           {"role", "entreprise"},
           {"partner", "association"}});
  const auto path = api.link_in(
      {.id = "r1:ines",
       .person = "ines",
       .stream = "case/" + case_id,
       .asks =
           Asked{.kind = AskKind::referral, .stream = "case/" + case_id, .role = "entreprise"}});
  const auto page = look(path);
  ASSERT_EQ(page.status, 200) << page.body;
  EXPECT_NE(page.body.find("Entreprise d’accueil"), std::string::npos);
  EXPECT_EQ(say(path, "answer=yes").status, 200);
  EXPECT_NE(api.get("/v1/cases/" + case_id + "/history").dump().find("referral_accepted"),
            std::string::npos);
}

TEST_F(AnswerLink, LetsAReviewerBegin) {
  api.act(case_id,
          {{"command", "complete"},
           {"person", "ines"},
           {"step", "accueil"},
           {"outcome", "engagée"},
           {"information", {{"niveau-français", "A2"}}},
           {"consent", {{"partage", true}}}});
  const auto path = api.link_in({.id = "v1:karim",
                                 .person = "karim",
                                 .stream = "case/" + case_id,
                                 .asks = Asked{.kind = AskKind::review,
                                               .stream = "case/" + case_id,
                                               .step = "accueil",
                                               .role = "coordination"}});
  ASSERT_EQ(look(path).status, 200);
  EXPECT_EQ(say(path, "answer=yes").status, 200);
  EXPECT_NE(api.get("/v1/cases/" + case_id + "/history").dump().find("review_begun"),
            std::string::npos);
}

}  // namespace
}  // namespace protoflow::runtime
