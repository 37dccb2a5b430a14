// Every example of the document is sent to a daemon, in an order in which they make a story, and
// what is sent and answered is held against the document by another program.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "runtime/http/openapi/described.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

struct Told {
  const char* what;  // the id of an operation, or a command
  int status;
  bool rehearsed = false;  // with "dry_run": true, so that the story can go on
  const char* in = "";     // a command that two kinds of streams know: where
};

// clang-format off
constexpr auto kStory = std::to_array<Told>({
    {"post_protocol", 200}, {"post_person", 201}, {"post_import", 200}, {"post_token", 201},
    {"post_my_contact", 200}, {"post_my_calendar", 200}, {"post_calendar", 200},
    {"invite_partner", 409}, {"brief_partner", 200}, {"agree", 200}, {"leave_partnership", 200, true},
    {"post_partnership_command", 200}, {"remark", 200, false, "partnership"},
    {"hold_routine", 200, true, "partnership"}, {"postpone_routine", 200, true, "partnership"},
    {"post_case", 201}, {"post_case_command", 200},
    {"release", 200}, {"take", 200}, {"hold", 200}, {"resume", 200}, {"record", 200}, {"decline", 200, true}, {"delegate", 200, true},
    {"complete", 200}, {"begin_review", 200}, {"recuse", 200, true}, {"give_back", 200, true}, {"approve", 200},
        {"hand_over", 200}, {"accept_hand_over", 200, true}, {"refuse_hand_over", 200, true}, {"take_back", 200},
    {"refer", 200}, {"accept_referral", 200, true}, {"decline_referral", 200, true}, {"revoke_referral", 200},
    {"void_event", 200, true}, {"correct_event", 200, true}, {"transfer", 200}, {"accept_transfer", 200, true}, {"refuse_transfer", 200, true}, {"take_back_transfer", 200},
    {"withdraw_consent", 200, true},
    {"person_absent", 200}, {"person_returned", 200}, {"person_removed", 200, true},
    {"partner_left", 200, true}, {"partner_joined", 409}, {"migrate", 409},
    {"remark", 200, false, "case"}, {"hold_routine", 409, false, "case"}, {"postpone_routine", 409, false, "case"},
    {"post_session", 201}, {"enrol", 200}, {"withdraw_enrolment", 200, true},
    {"post_session_command", 200}, {"reschedule_session", 200, true}, {"cancel_session", 200, true},
    {"post_clock", 200}, {"record_attendance", 200}, {"close_session", 200},
    {"pause", 200}, {"resume_case", 200},
    {"post_migration", 200}, {"post_transfer", 200}, {"post_person_command", 200},
    {"get_health", 200}, {"get_openapi", 200}, {"get_me", 200}, {"get_tokens", 200}, {"get_protocols", 200}, {"get_versions", 200}, {"get_version", 200}, {"get_changes", 200},
    {"get_checkpoint", 200}, {"get_people", 200}, {"get_calendars", 200}, {"get_calendar", 200}, {"get_cases", 200}, {"get_case", 200},
    {"get_history", 200}, {"get_mails", 200}, {"get_times", 200}, {"get_people_for_case", 200},
    {"get_partnerships", 200}, {"get_partnership", 200}, {"get_sessions", 200}, {"get_session", 200},
    {"get_tasks", 200}, {"get_notices", 200}, {"get_outbox", 200}, {"post_outbox_command", 200},
    {"close", 200}, {"reopen_case", 200},
    {"post_sign_in", 202}, {"post_sign_in_token", 201}, {"post_operator_link", 201},
    {"delete_token", 200},
});
// clang-format on

class Telling {
 public:
  Telling() {
    places_ = {{"protocol", "welcome"},
               {"case", case_id_of_command("the-first")},
               {"session", case_id_of_command("the-workshop")},
               {"person", "ada"},
               {"version", "latest"},
               {"channel", "stream"}};
  }

  void tell(const Told& told) {
    SCOPED_TRACE(std::string(told.what) + " " + told.in);
    const auto* route = find(described_routes(), &DescribedRoute::id, told.what);
    Json body;
    if (route != nullptr) {
      body = example_of(*route);
    } else {
      const auto* command = find(described_commands(), &DescribedCommand::name, told.what);
      ASSERT_NE(command, nullptr) << "there is no such operation and no such command";
      body = example_of(*command);
      route = find(described_routes(), &DescribedRoute::id, sent_to(*command, told));
    }
    if (told.what == std::string_view("post_sign_in_token")) {
      const auto link = api.link_in({.person = "ada", .theme = MailTheme::sign_in});
      body["secret"] = link.substr(link.rfind('/') + 1);
    }
    if (told.rehearsed) {
      body["dry_run"] = true;
    }
    told_.insert(std::string(told.what) + told.in);
    const auto answer = ask(*route, body);
    EXPECT_EQ(answer.status, told.status) << answer.body;
    learn(*route, answer);
  }

  [[nodiscard]] bool is_told(const std::string& what) const { return told_.contains(what); }

  [[nodiscard]] const Json& exchanges() const { return exchanges_; }

  RunningApi api;

 private:
  template <class List, class Member>
  static auto find(const List& list, Member member, std::string_view name)
      -> decltype(list.data()) {
    const auto found = std::ranges::find(list, name, member);
    return found == list.end() ? nullptr : &*found;
  }

  static std::string sent_to(const DescribedCommand& command, const Told& told) {
    const bool partnership =
        command.to == SentTo::partnership_stream || told.in == std::string_view("partnership");
    return command.to == SentTo::session_stream ? "post_session_command"
           : partnership                        ? "post_partnership_command"
                                                : "post_case_command";
  }

  ClientAnswer ask(const DescribedRoute& route, const Json& body) {
    std::string path(route.path);
    for (const auto& [name, value] : places_) {
      if (const auto at = path.find("{" + name + "}"); at != path.npos) {
        path.replace(at, name.size() + 2, value);
      }
    }
    path += route.id == std::string_view("get_people_for_case") ? "?step=words" : "";
    const auto sent = body.is_null() ? std::string() : body.dump();
    const bool own = route.path.starts_with("/v1/me");
    auto answer = own ? api.ask_as(own_token_, std::string(route.method), path, sent)
                      : api.ask(std::string(route.method), path, sent);
    const auto json = Json::parse(answer.body, nullptr, false);
    exchanges_.push_back({{"id", route.id},
                          {"status", answer.status},
                          {"type", answer.headers["content-type"]},
                          {"sent", body},
                          {"got", json.is_discarded() ? Json(answer.body) : json}});
    return answer;
  }

  // What the story needs further on, and who else there is.
  void learn(const DescribedRoute& route, const ClientAnswer& answer) {
    const auto json = Json::parse(answer.body, nullptr, false);
    if (route.id == "post_person") {
      api.post("/v1/people",
               {{"person", "basil"}, {"partner", "centre"}, {"roles", {"adviser", "teacher"}}});
      api.post("/v1/people",
               {{"person", "tess"}, {"partner", "school"}, {"roles", {"teacher", "host"}}});
    } else if (route.id == "post_token") {
      own_token_ = json.value("secret", "");
      places_["token"] = json.value("token", "");
    } else if (route.id == "post_calendar") {
      const auto address = json.value("calendar", "");
      places_["secret"] = address.substr(address.rfind('/') + 1);
    }
  }

  std::map<std::string, std::string> places_;
  std::string own_token_;
  std::set<std::string> told_;
  Json exchanges_ = Json::array();
};

std::string checked_by_another(const Telling& telling, const Json& document) {
  const testing::Folder folder;
  std::ofstream(folder / "document.json") << document.dump();
  std::ofstream(folder / "exchanges.json") << telling.exchanges().dump();
  const auto command = "/usr/bin/python3 '" + in_sources("/tests/support/check_openapi.py") +
                       "' '" + (folder / "document.json").string() + "' '" +
                       (folder / "exchanges.json").string() + "' 2>&1";
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command.c_str(), "r"),
                                                             ::pclose);
  std::string said;
  for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
    said += static_cast<char>(c);
  }
  return said;
}

TEST(OpenApiExamples, AreAnsweredAsTheDocumentSays) {
  Telling telling;
  for (const auto& told : kStory) {
    telling.tell(told);
  }

  EXPECT_EQ(checked_by_another(telling, telling.api.get("/v1/openapi.json")), "");
  for (const auto& route : described_routes()) {
    const bool streams = route.gives == "text/event-stream";
    EXPECT_TRUE(streams || telling.is_told(std::string(route.id))) << route.id;
  }
  for (const auto& command : described_commands()) {
    const std::string name(command.name);
    const bool told = telling.is_told(name) ||
                      (telling.is_told(name + "case") && telling.is_told(name + "partnership"));
    EXPECT_TRUE(told || command.to == SentTo::none || command.to == SentTo::own) << name;
  }
}

TEST(OpenApiExamples, ComeWithADocumentThatIsNotSentTwice) {
  RunningApi api;
  const auto first = api.ask("GET", "/v1/openapi.json", {}, {});
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(Json::parse(first.body).value("openapi", ""), "3.1.0");
  const auto again =
      api.ask("GET", "/v1/openapi.json", {}, {{"If-None-Match", first.headers.at("etag")}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
}

}  // namespace
}  // namespace protoflow::runtime
