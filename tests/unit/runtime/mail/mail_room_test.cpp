#include "runtime/mail/mail_room.hpp"

#include <gtest/gtest.h>

#include "tests/support/casebook_world.hpp"
#include "tests/support/mail_server.hpp"
#include "tests/unit/runtime/channel/running_channel.hpp"

namespace protoflow::runtime {
namespace {

using testing::MailServer;

class Room : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(MailServer::is_there())
        << "python3-aiosmtpd is not installed: `./dev test` does it";
    world_.prepare();
    set_contact("ines", "gone@example.org");
    set_contact("karim", "karim@example.org");
    world_.told.clear();
  }

  void TearDown() override { close(); }

  void set_contact(const std::string& person, const std::string& mail) {
    world_.casebook->set_contact(person, Contact{.mail = mail}, [](const Outcome&) {});
    world_.settle();
  }

  void open(const MailServer& server, bool caught_up = true) {
    room_ = running_.ask([&] {
      return MailRoom::open(world_.folder / "mail.db",
                            running_.loop,
                            clock_,
                            {.server = server.url(), .from = "a@example.org", .insecure = true})
          .value();
    });
    room_->serve(*world_.casebook, [](const Letter& letter) {
      return letter.theme == MailTheme::sign_in ? std::string("https://p.example/sign-in/pfl_1")
                                                : "";
    });
    if (caught_up) {
      room_->caught_up();
    }
  }

  void close() {
    running_.ask([&] {
      room_.reset();
      return 0;
    });
  }

  void post(const std::vector<OutgoingNotice>& notices, std::uint64_t position) {
    running_.ask([&] {
      room_->post(notices, position);
      return 0;
    });
  }

  void wait_until_idle() {
    running_.wait_until([&] {
      const auto health = room_->outbox().health();
      return health.waiting == 0 && health.channels[0].pending == 0;
    });
  }

  testing::CasebookWorld world_;
  SystemClock clock_;
  RunningLoop running_;
  std::unique_ptr<MailRoom> room_;
};

TEST_F(Room, TellsWhoeverAStepIsOfferedToOnceOverARestart) {
  const MailServer server("accept");
  open(server);
  world_.open();

  post(world_.told, world_.position_told);
  wait_until_idle();
  ASSERT_EQ(server.mails().size(), 1U);
  EXPECT_NE(server.mails()[0].find("X-To: gone@example.org"), std::string::npos);

  running_.wait_until([&] { return room_->scanned(0) == world_.position_told; });
  const auto& case_stream = world_.told.front().stream;
  running_.wait_until([&] {
    const auto views = room_->outbox().read_with_ids(case_stream + ":", 9);
    return views->size() == 1 && views->front().state == DeliveryState::sent;
  });
  close();
  open(server);
  EXPECT_EQ(room_->scanned(7), world_.position_told);
  post(world_.told, world_.position_told);
  wait_until_idle();
  EXPECT_EQ(server.mails().size(), 1U);
}

TEST_F(Room, TellsTheCoordinationOnceOfAnAddressThatIsRefused) {
  const MailServer server("refuse-one");
  open(server);
  world_.open();
  world_.open("open-2");

  post(world_.told, world_.position_told);
  running_.wait_until([&] { return room_->outbox().health().channels[0].dead == 2; });
  wait_until_idle();

  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_NE(mails[0].find("X-To: karim@example.org"), std::string::npos);
  EXPECT_NE(mails[0].find("ines"), std::string::npos) << "the pseudonymous id says whose";
  EXPECT_EQ(mails[0].find("gone@"), std::string::npos);
}

TEST_F(Room, SendsASignInLinkAtOnceAndKeepsNoneOfIt) {
  const MailServer server("accept");
  world_.casebook->set_contact("ines",
                               Contact{.mail = "gone@example.org",
                                       .quiet = quiet_hours_of("00:00-23:59"),
                                       .digest = day_time_of("23:59"),
                                       .all = false},
                               [](const Outcome&) {});
  world_.settle();
  open(server);
  running_.ask([&] {
    room_->post_sign_in("ines");
    return 0;
  });
  wait_until_idle();

  const auto mails = server.mails();
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_NE(mails[0].find("X-To: gone@example.org"), std::string::npos);
  const auto views = room_->outbox().read_with_ids("sign-in:", 9);
  ASSERT_EQ(views->size(), 1U);
  EXPECT_EQ(views->front().notice.json.find("pfl_"), std::string::npos);
}

TEST_F(Room, SendsNoSignInLinkThatIsTooLate) {
  const MailServer server("later");
  open(server);
  running_.ask([&] {
    room_->post_sign_in("ines");
    return 0;
  });
  running_.wait_until([&] { return !room_->outbox().health().channels[0].last_error.empty(); });
  world_.clock.set(world_.clock.now() + kSignInLasts);
  running_.wait_until([&] { return room_->outbox().health().channels[0].pending == 0; });

  EXPECT_TRUE(server.mails().empty());
}

TEST_F(Room, SaysNothingOfLongAgoWhenItBegins) {
  const MailServer server("accept");
  world_.open();
  const auto told = world_.told;
  world_.clock.set(world_.clock.now() + std::chrono::hours(80));
  open(server, false);

  post(told, world_.position_told);
  running_.wait_until([&] { return room_->scanned(0) == world_.position_told; });

  EXPECT_TRUE(server.mails().empty());
}

TEST(MailRoomSettings, NeedAPasswordThatNotEveryoneMayRead) {
  const testing::Folder folder;
  const auto file = folder / "password";
  std::ofstream(file) << "s3cret\n";
  Loop loop;
  const SystemClock clock;
  const auto opens = [&](const std::filesystem::path& password) {
    return MailRoom::open(folder / "mail.db",
                          loop,
                          clock,
                          {.server = "smtp://mail.example.org",
                           .from = "a@example.org",
                           .user = "a",
                           .password_file = password})
        .has_value();
  };
  using std::filesystem::perms;

  std::filesystem::permissions(file, perms::owner_read | perms::others_read);
  EXPECT_FALSE(opens(file));
  std::filesystem::permissions(file, perms::owner_read);
  EXPECT_TRUE(opens(file));
  EXPECT_FALSE(opens(folder / "nowhere"));
}

}  // namespace
}  // namespace protoflow::runtime
