#include "runtime/channel/webhook_keys.hpp"

#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/folder.hpp"

namespace protoflow::runtime {
namespace {

using namespace std::string_literals;

// RFC 8032, 7.1, TEST 1: the seed, and the public key that belongs to it.
constexpr const char* kSeed = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
constexpr const char* kPublic = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
// The secret, message and signature that the libraries of Standard Webhooks test themselves with.
constexpr const char* kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr const char* kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr const char* kBody = R"({"test": 2432232314})";
constexpr std::int64_t kSeconds = 1'614'265'330;
constexpr const char* kByHmac = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
// The same message signed with the seed by OpenSSL.
constexpr const char* kByEd25519 =
    "v1a,fldxM4gAKugP6nnt1hdz3sgGfZ6d99nzrMFnZOELIxbzEHoVmAb2ADpkJK7zgPePmPsle0zV9jSeGlHFG2NVAw==";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string lines(std::initializer_list<const char*> all) {
  std::string text;
  for (const char* line : all) {
    text += std::string(line) + "\n";
  }
  return text;
}

TEST(WebhookKeys, SignAsStandardWebhooksAsks) {
  const auto one = [](const char* key) {
    return WebhookKeys::read(key)->signatures(kId, kSeconds, kBody);
  };

  EXPECT_EQ(one(kSecret), kByHmac);
  EXPECT_EQ(one(kSeed), kByEd25519);
  EXPECT_EQ(WebhookKeys::read(lines({kSeed, "# the one before", "", kSecret}))
                ->signatures(kId, kSeconds, kBody),
            std::string(kByEd25519) + " " + kByHmac);
}

TEST(WebhookKeys, ShowOnlyWhatIsNoSecret) {
  const auto keys = WebhookKeys::read(lines({kSeed, kSecret}));

  EXPECT_EQ(keys->public_keys(), std::vector<std::string>{kPublic});
}

TEST(WebhookKeys, RefuseWhatIsNoKeyAndQuoteNothing) {
  struct Row {
    std::string text, error;
  };

  const std::string long_one(64, 'A');
  const Row rows[] = {
      {"", "there is no key in it"},
      {"# nothing\n\n", "there is no key in it"},
      {"secret", "line 1 begins neither with whsk_ (Ed25519) nor with whsec_ (HMAC)"},
      {lines({kSecret, kPublic}), "line 2 is a public key, with which nothing can be signed"},
      {"whsk_%%%", "line 1 is not written in base64"},
      {"whsk_AAAA", "line 1 has not the length of an Ed25519 secret key, 64 bytes"},
      {"whsec_AAAA", "line 1 has not the length of a secret, 24 to 64 bytes"},
      {"whsk_" + long_one + std::string(22, 'A') + "==",
       "line 1 is no Ed25519 secret key: its two halves do not belong together"},
      {lines({kSeed, kSeed, kSeed, kSeed, kSeed}), "there are more than 4 keys"},
      {std::string(kSeed) + "\0"s, "line 1 is not written in base64"},
  };
  for (const Row& row : rows) {
    const auto keys = WebhookKeys::read(row.text);
    ASSERT_FALSE(keys) << row.text;
    EXPECT_EQ(keys.error(), row.error);
  }
}

TEST(WebhookKeys, AreMadeOnceForTheirOwnerAlone) {
  const testing::Folder folder;
  const auto file = folder.path() / "webhook-keys";

  const auto made = WebhookKeys::open(file);
  const auto again = WebhookKeys::open(file);

  ASSERT_TRUE(made && again);
  EXPECT_EQ(made->public_keys().size(), 1U);
  EXPECT_EQ(again->public_keys(), made->public_keys());
  struct stat status{};
  ASSERT_EQ(stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(WebhookKeys, RotateSoThatTheNewestTwoSign) {
  const testing::Folder folder;
  const auto file = folder.path() / "webhook-keys";
  const auto first = WebhookKeys::open(file)->public_keys();

  const auto second = WebhookKeys::rotate(file)->public_keys();
  const auto third = WebhookKeys::rotate(file)->public_keys();

  ASSERT_EQ(second.size(), 2U);
  EXPECT_EQ(second[1], first[0]);
  ASSERT_EQ(third.size(), 2U);
  EXPECT_EQ(third[1], second[0]);
  EXPECT_NE(third[0], second[0]);
}

TEST(WebhookKeys, AreLeftAsTheyAreWhenTheyCannotBeRead) {
  const testing::Folder folder;
  const auto file = folder.path() / "webhook-keys";
  std::ofstream(file) << "no key\n";

  EXPECT_FALSE(WebhookKeys::rotate(file));

  EXPECT_EQ(text_of(file), "no key\n");
  EXPECT_FALSE(WebhookKeys::open(folder.path() / "absent" / "webhook-keys"));
}

}  // namespace
}  // namespace protoflow::runtime
