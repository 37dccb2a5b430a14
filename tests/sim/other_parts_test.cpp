// Other people's programs, from npm, take what the daemon sends: its webhooks and the document of
// its API. `./dev test` installs them into tests/npm.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>

#include <gtest/gtest.h>

#include "runtime/channel/webhook_keys.hpp"
#include "tests/sim/scene.hpp"
#include "tests/support/places.hpp"

namespace protoflow::testing {

namespace {

constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kKeys =
    "whsk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nwhsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";

// What a script of tests/npm says, line by line, while it runs.
class Script {
 public:
  explicit Script(const std::string& called)
      : pipe_(::popen(("node '" + in_sources("/tests/npm/") + called + " 2>&1").c_str(), "r"),
              ::pclose) {}

  /// Without its end of line; empty at the end.
  std::string line() {
    std::string text;
    int c = std::fgetc(pipe_.get());
    for (; c != EOF && c != '\n'; c = std::fgetc(pipe_.get())) {
      text += static_cast<char>(c);
    }
    return text;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe_;
};

bool is_installed() {
  return std::filesystem::exists(in_sources("/tests/npm/node_modules"));
}

constexpr const char* kMissing =
    "tests/npm has no node_modules: run ./dev test, or npm ci in that folder";

}  // namespace

TEST(OtherParts, TakeOurWebhooks) {
  ASSERT_TRUE(is_installed()) << kMissing;
  const auto keys = runtime::WebhookKeys::read(kKeys);
  ASSERT_TRUE(keys);
  constexpr int kEvents = 5;
  Script receiver("receive_webhooks.mjs' " + std::string(kSecret) + " " + keys->public_keys()[0] +
                  " " + std::to_string(kEvents));
  const auto port = receiver.line();
  ASSERT_TRUE(std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; })) << port;
  Scene scene;
  scene.settings.webhook = "http://127.0.0.1:" + port + "/";
  std::filesystem::create_directories(scene.settings.folder);
  std::ofstream(scene.file("webhook-keys")) << kKeys;
  std::filesystem::permissions(scene.file("webhook-keys"), std::filesystem::perms::owner_read);
  ASSERT_TRUE(scene.start_with_people()) << scene.daemon->log();

  for (int i = 0; i < kEvents; ++i) {
    ASSERT_NE(open_case(scene.door, "case-" + std::to_string(i)), "");
  }

  for (int i = 0; i < kEvents; ++i) {
    const auto said = receiver.line();
    EXPECT_TRUE(said.starts_with("ok protoflow.")) << said;
  }
}

TEST(OtherParts, TakeTheDocumentOfTheApi) {
  ASSERT_TRUE(is_installed()) << kMissing;
  Scene scene;
  ASSERT_TRUE(scene.start()) << scene.daemon->log();
  const auto document = scene.door.get("/v1/openapi.json");
  ASSERT_EQ(document.status, 200);
  const auto checked = [&](const Json& json) {
    const auto file = scene.folder / "openapi.json";
    std::ofstream(file) << json.dump();
    return Script("check_document.mjs' '" + file.string() + "'").line();
  };

  EXPECT_EQ(checked(document.body), "");
  auto wrong = document.body;
  wrong["paths"]["/v1/cases"]["get"].erase("responses");
  wrong["paths"]["/v1/cases"]["get"]["parameters"] = "none";
  EXPECT_NE(checked(wrong), "");
}

}  // namespace protoflow::testing
