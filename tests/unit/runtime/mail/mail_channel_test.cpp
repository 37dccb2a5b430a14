#include "runtime/mail/mail_channel.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "runtime/calendar/calendar_text.hpp"
#include "tests/support/casebook_world.hpp"
#include "tests/support/mail_server.hpp"
#include "tests/unit/runtime/channel/running_channel.hpp"

namespace protoflow::runtime {
namespace {

using namespace std::chrono_literals;
using testing::MailServer;

const ManualClock kClock{testing::instant("2027-03-01T08:00:00.000Z")};

std::string text(const SendResult& result) {
  if (const auto* dead = std::get_if<Dead>(&result)) {
    return "dead: " + dead->reason;
  }
  const auto* retry = std::get_if<Retry>(&result);
  return retry == nullptr ? "sent" : "retry: " + retry->reason;
}

OutgoingNotice letter_of(const std::string& person = "ines", const std::string& id = "n1") {
  const Letter letter{.id = id + ":" + person,
                      .person = person,
                      .stream = "case/ab12",
                      .due = testing::instant("2027-03-05T17:00:00.000Z"),
                      .offset = std::chrono::minutes(60)};
  return {.number = 1, .id = letter.id, .stream = person, .json = letter_json(letter)};
}

MailChannelSettings settings_for(const SmtpSettings& smtp) {
  return {.smtp = smtp,
          .site = {.from = "Équipe <protoflow@example.org>", .link = "https://pages.example.org"},
          .contact_of = [](std::string_view person) -> std::optional<Contact> {
            return person == "nobody"
                       ? std::nullopt
                       : std::optional(Contact{.mail = std::string(person) + "@example.org"});
          }};
}

class Mail : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(MailServer::is_there())
        << "python3-aiosmtpd is not installed: `./dev test` does it";
  }

  std::string send(const SmtpSettings& smtp,
                   const std::vector<OutgoingNotice>& letters = {letter_of()}) {
    const auto channel = make_mail_channel(running_.loop, kClock, settings_for(smtp));
    if (!channel) {
      return channel.error().what;
    }
    std::promise<SendResult> promise;
    running_.loop.post([&] {
      (*channel)->send_all(letters,
                           [&](SendResult result) { promise.set_value(std::move(result)); });
    });
    auto result = text(promise.get_future().get());
    running_.ask([] { return 0; });  // the channel goes while nothing of it is under way
    return result;
  }

  static SmtpSettings plain(const MailServer& server) {
    return {.url = server.url(), .insecure = true};
  }

  RunningLoop running_;
};

TEST_F(Mail, ArrivesAsTextAndHtmlWithStableHeaders) {
  MailServer server("accept");

  EXPECT_EQ(send(plain(server)), "sent");
  EXPECT_EQ(send(plain(server)), "sent");

  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 2U);
  const auto& mail = mails.front();
  for (const std::string_view line : {"X-From: protoflow@example.org\r\n",
                                      "X-To: ines@example.org\r\n",
                                      "Date: Mon, 01 Mar 2027 08:00:00 +0000\r\n",
                                      "From: =?UTF-8?B?w4lxdWlwZQ==?= <protoflow@example.org>\r\n",
                                      "To: ines@example.org\r\n",
                                      "Auto-Submitted: auto-generated\r\n",
                                      "Content-Type: multipart/alternative; boundary=",
                                      "Content-Type: text/plain; charset=utf-8\r\n",
                                      "Content-Type: text/html; charset=utf-8\r\n",
                                      "Subject: =?UTF-8?B?",
                                      "In-Reply-To: <",
                                      "References: <"}) {
    EXPECT_NE(mail.find(line), mail.npos) << line << "\n" << mail;
  }
  const auto id_in = [](const std::string& text) {
    const auto at = text.find("Message-ID: <");
    return text.substr(at, text.find('\r', at) - at);
  };
  EXPECT_EQ(id_in(mails[0]), id_in(mails[1]));
  EXPECT_EQ(mail.find("Bcc"), mail.npos);
}

TEST_F(Mail, CarriesAnInvitationThatIsReadBackAndItsCancellation) {
  MailServer server("accept");
  Letter letter{.id = "session/1:7:0:ines",
                .person = "ines",
                .stream = "session/1",
                .theme = MailTheme::meeting_planned,
                .meeting = Meeting{.uid = calendar_uid("x"),
                                   .start = testing::instant("2027-03-05T17:00:00.000Z"),
                                   .sequence = 7}};
  const auto send_letter = [&] {
    return send(plain(server),
                {{.number = 1, .id = letter.id, .stream = "ines", .json = letter_json(letter)}});
  };

  EXPECT_EQ(send_letter(), "sent");
  letter.meeting->is_cancelled = true;
  EXPECT_EQ(send_letter(), "sent");

  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 2U);
  EXPECT_NE(mails[0].find("Content-Type: text/calendar; charset=utf-8; method=REQUEST"),
            std::string::npos)
      << mails[0];
  EXPECT_NE(mails[1].find("Content-Type: text/calendar; charset=utf-8; method=CANCEL"),
            std::string::npos);
}

TEST_F(Mail, SendsADigestAsOne) {
  MailServer server("accept");

  EXPECT_EQ(send(plain(server), {letter_of("ines", "n1"), letter_of("ines", "n2")}), "sent");

  EXPECT_EQ(server.mails().size(), 1U);
}

TEST_F(Mail, IsNotSentToWhoHasNoContactAnyMore) {
  MailServer server("accept");

  EXPECT_EQ(send(plain(server), {letter_of("nobody")}), "sent");

  EXPECT_TRUE(server.mails().empty());
}

TEST_F(Mail, IsNotSentOnceWhatItSaysNoLongerHolds) {
  MailServer server("accept");
  auto settings = settings_for(plain(server));
  settings.still_holds = [](const Letter& letter) { return letter.id.starts_with("n2"); };
  const auto channel = make_mail_channel(running_.loop, kClock, settings).value();

  EXPECT_EQ(std::get<Sent>(send_and_wait(running_, *channel, letter_of())).instead,
            "settled before it was sent");
  EXPECT_EQ(std::get<Sent>(send_and_wait(running_, *channel, letter_of("ines", "n2"))).instead, "");
  EXPECT_EQ(server.mails().size(), 1U);
}

TEST_F(Mail, IsGivenUpWhereTheServerRefusesItForGoodAndTriedAgainOtherwise) {
  struct Row {
    const char *mode, *result;
  };

  for (const auto& [mode, result] : std::vector<Row>{
           {"refuse", "dead: the address of the person is refused for good (550)"},
           {"later", "retry: the address of the person is refused this time (450)"},
           {"refuse-message", "dead: the message is refused for good (554)"},
           {"refuse-sender", "retry: the mail server refuses the sender; see --mail-from (550)"},
       }) {
    MailServer server(mode);
    EXPECT_EQ(send(plain(server)), result) << mode;
  }
}

TEST_F(Mail, IsSentAgainUnderTheSameIdWhenTheServerDropsItAfterReading) {
  MailServer server("drop-once");

  EXPECT_TRUE(send(plain(server)).starts_with("retry: ")) << "the outcome is not known";
  EXPECT_EQ(send(plain(server)), "sent");

  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 2U);
  const auto id = mails[0].substr(mails[0].find("Message-ID: "), 50);
  EXPECT_NE(mails[1].find(id), std::string::npos);
}

TEST_F(Mail, IsTriedAgainWhenTheServerStallsOrIsNotThere) {
  MailServer server("stall");
  auto stalls = plain(server);
  stalls.timeout = 300ms;
  EXPECT_TRUE(send(stalls).starts_with("retry: the mail server: "));

  EXPECT_TRUE(send({.url = "smtp://127.0.0.1:1", .insecure = true})
                  .starts_with("retry: the mail server: "));
}

TEST_F(Mail, StopsAtOnceWhileTheServerStalls) {
  MailServer server("stall");
  auto channel = make_mail_channel(running_.loop, kClock, settings_for(plain(server))).value();
  const auto begun = std::chrono::steady_clock::now();

  running_.ask([&] {
    channel->send(letter_of(), [](const SendResult&) { ADD_FAILURE() << "called after its end"; });
    return 0;
  });
  running_.ask([&] {
    channel.reset();
    return 0;
  });

  EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s);
}

class MailByTls : public Mail {
 protected:
  void SetUp() override {
    Mail::SetUp();
    const auto command =
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost -keyout '" +
        key() + "' -out '" + certificate() + "' 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
  }

  [[nodiscard]] std::string key() const { return (folder_ / "key.pem").string(); }

  [[nodiscard]] std::string certificate() const { return (folder_ / "certificate.pem").string(); }

  [[nodiscard]] std::string files() const { return "'" + certificate() + "' '" + key() + "'"; }

  testing::Folder folder_;
};

TEST_F(MailByTls, IsSentByStartTlsToAServerThatIsWhoItSays) {
  MailServer server("auth", files());
  const SmtpSettings settings{.url = server.url("localhost"),
                              .user = "protoflow",
                              .password = "s3cret",
                              .authorities = certificate()};

  EXPECT_EQ(send(settings), "sent");

  auto wrong_password = settings;
  wrong_password.password = "other";
  EXPECT_EQ(send(wrong_password),
            "retry: the mail server refuses us, or the name and password (535)");
  auto unknown = settings;
  unknown.timeout = 2s;
  unknown.authorities.clear();
  EXPECT_TRUE(send(unknown).starts_with("retry: "));
  auto of_another_name = settings;
  of_another_name.timeout = 2s;
  of_another_name.url = server.url();
  EXPECT_TRUE(send(of_another_name).starts_with("retry: "));
  EXPECT_EQ(server.mails().size(), 1U);
}

TEST_F(MailByTls, IsNeverSentInTheClearToAServerWithoutTls) {
  MailServer server("accept");

  EXPECT_TRUE(send({.url = server.url()}).starts_with("retry: "));

  EXPECT_TRUE(server.mails().empty());
}

TEST(MailChannel, RefusesSettingsThatDoNotFitTogether) {
  Loop loop;
  const auto refuses = [&](SmtpSettings smtp, MailSite site = {.from = "a@b"}) {
    return !make_mail_channel(loop, kClock, {.smtp = std::move(smtp), .site = std::move(site)});
  };
  EXPECT_FALSE(refuses({.url = "smtp://mail.example.org:587"}));
  EXPECT_TRUE(refuses({.url = "http://mail.example.org"}));
  EXPECT_TRUE(refuses({.url = "smtp://me:secret@mail.example.org"}));
  EXPECT_TRUE(refuses({.url = "smtp://mail.example.org", .user = "me"}));
  EXPECT_TRUE(refuses({.url = "smtp://mail.example.org", .insecure = true}));
  EXPECT_TRUE(refuses({.url = "smtp://127.0.0.1.example.org", .insecure = true}));
  EXPECT_TRUE(refuses({.url = "smtp://a"}, {.from = "nobody"}));
  EXPECT_TRUE(refuses({.url = "smtp://a"}, {.from = "A\r\nBcc: x@y <a@b>"}));
  EXPECT_TRUE(refuses({.url = "smtp://a"}, {.from = "a@b", .link = "https://x/"}));
  EXPECT_TRUE(refuses({.url = "smtp://a"}, {.from = "a@b", .link = "javascript:x"}));
}

}  // namespace
}  // namespace protoflow::runtime
