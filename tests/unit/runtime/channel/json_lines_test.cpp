#include "runtime/channel/json_lines.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/runtime/channel/running_channel.hpp"

namespace protoflow::runtime {

namespace {

class JsonLinesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "json-lines-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    file_ = folder_ / "notices.jsonl";
  }

  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string content() const {
    std::ifstream in(file_, std::ios::binary);
    return (std::stringstream() << in.rdbuf()).str();
  }

  std::filesystem::path folder_;
  std::filesystem::path file_;
};

}  // namespace

TEST_F(JsonLinesTest, AppendsOneLinePerNotice) {
  RunningLoop running;
  {
    const auto channel = make_json_lines(running.loop, "lines", file_).value();
    for (const std::uint64_t number : {16, 17}) {
      EXPECT_TRUE(std::holds_alternative<Sent>(send_and_wait(running, *channel, notice(number))));
    }
    running.ask([] { return 0; });
  }
  const auto again = make_json_lines(running.loop, "lines", file_).value();
  send_and_wait(running, *again, notice(32));

  EXPECT_EQ(content(), "{\"number\":16}\n{\"number\":17}\n{\"number\":32}\n");
  EXPECT_EQ(again->name(), "lines");
}

TEST_F(JsonLinesTest, BeginsANewLineAfterOneThatACrashHasCut) {
  std::ofstream(file_) << "{\"number\":1}\n{\"num";
  RunningLoop running;
  const auto channel = make_json_lines(running.loop, "lines", file_).value();

  send_and_wait(running, *channel, notice(2));
  send_and_wait(running, *channel, notice(3));

  EXPECT_EQ(content(), "{\"number\":1}\n{\"num\n{\"number\":2}\n{\"number\":3}\n");
}

TEST_F(JsonLinesTest, AsksToTryAgainWhenTheDiskIsFull) {
  RunningLoop running;
  const auto channel = make_json_lines(running.loop, "lines", "/dev/full").value();

  const SendResult result = send_and_wait(running, *channel, notice(1));

  ASSERT_TRUE(std::holds_alternative<Retry>(result));
  EXPECT_NE(std::get<Retry>(result).reason.find("No space left"), std::string::npos);
}

TEST_F(JsonLinesTest, SaysWhichFileCannotBeWritten) {
  RunningLoop running;

  const auto channel = make_json_lines(running.loop, "lines", folder_ / "absent" / "file");

  ASSERT_FALSE(channel.has_value());
  EXPECT_NE(channel.error().what.find("absent/file"), std::string::npos);
}

TEST_F(JsonLinesTest, EndsEvenWhenItsReaderHasStoppedReading) {
  ASSERT_EQ(::mkfifo(file_.c_str(), 0600), 0);
  const int reader = ::open(file_.c_str(), O_RDONLY | O_NONBLOCK);
  RunningLoop running;
  bool done = false;
  auto channel = make_json_lines(running.loop, "lines", file_).value();
  OutgoingNotice big = notice(1);
  big.json.assign(1024 * 1024, 'x');

  running.ask([&] {
    channel->send(big, [&](const SendResult&) { done = true; });
    channel.reset();
    return 0;
  });

  EXPECT_FALSE(running.ask([&] { return done; }));
  ::close(reader);
}

}  // namespace protoflow::runtime
