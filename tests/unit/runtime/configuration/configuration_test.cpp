#include "runtime/configuration/configuration.hpp"

#include <array>
#include <fstream>

#include <gtest/gtest.h>

#include "runtime/configuration/settings.hpp"
#include "tests/support/folder.hpp"

namespace protoflow::runtime {
namespace {

std::string mistakes_of(std::string_view text) {
  const auto read = read_configuration(text, "/etc/protoflow");
  std::string all;
  for (const auto& mistake : read ? std::vector<Mistake>() : read.error()) {
    all += std::to_string(mistake.line) + ":" + std::to_string(mistake.column) + ": " +
           mistake.what + "\n";
  }
  return all;
}

ServeOptions read(std::string_view text) {
  const auto options = read_configuration(text, "/etc/protoflow");
  EXPECT_TRUE(options) << mistakes_of(text);
  return options.value_or(ServeOptions{});
}

TEST(Configuration, ReadsEverySetting) {
  const auto options = read(R"(
data = "/var/lib/protoflow"
listen = "[::1]:8400"
protocols = ["protocols/a.proto-flow", "/srv/b.proto-flow"]
pages = "https://accueil.example.org"
[notices]
lines = ""
[webhook]
url = "https://example.org/notices"
data = "whole"
private = true
[mail]
server = "smtp://mail.example.org:587"
from = "Accueil <accueil@example.org>"
user = "accueil"
password_file = "mail-password"
authorities = "/etc/ssl/our-own.pem"
insecure = true
[log]
level = "debug"
[metrics]
open = true
[rates]
person_burst = 10
person_every_ms = 20
stranger_burst = 3
stranger_every_ms = 4000
)");

  EXPECT_EQ(options.folder, "/var/lib/protoflow");
  EXPECT_EQ(options.address, "::1");
  EXPECT_EQ(options.port, 8400);
  EXPECT_EQ(options.protocols,
            (std::vector<std::filesystem::path>{"/etc/protoflow/protocols/a.proto-flow",
                                                "/srv/b.proto-flow"}));
  EXPECT_EQ(options.mail.pages, "https://accueil.example.org");
  EXPECT_EQ(options.notices, "");
  EXPECT_EQ(options.webhook, "https://example.org/notices");
  EXPECT_EQ(options.webhook_data, EventData::whole);
  EXPECT_TRUE(options.webhook_private);
  EXPECT_EQ(options.mail.server, "smtp://mail.example.org:587");
  EXPECT_EQ(options.mail.from, "Accueil <accueil@example.org>");
  EXPECT_EQ(options.mail.user, "accueil");
  EXPECT_EQ(options.mail.password_file, "/etc/protoflow/mail-password");
  EXPECT_EQ(options.mail.authorities, "/etc/ssl/our-own.pem");
  EXPECT_TRUE(options.mail.insecure);
  EXPECT_EQ(options.log_level, "debug");
  EXPECT_TRUE(options.metrics_open);
  EXPECT_EQ(options.rates.person.burst, 10U);
  EXPECT_EQ(options.rates.person.every, std::chrono::milliseconds(20));
  EXPECT_EQ(options.rates.stranger.burst, 3U);
  EXPECT_EQ(options.rates.stranger.every, std::chrono::seconds(4));
}

struct Wrong {
  std::string_view text, says;
};

TEST(Configuration, SaysWhereWhatAndWhatToWriteInstead) {
  const auto table = std::to_array<Wrong>({
      {"[mail]\nsever = \"x\"",
       "2:1: there is no setting \"mail.sever\"; did you mean \"mail.server\"?\n"},
      {"pasges = \"x\"", "1:1: there is no setting \"pasges\"; did you mean \"pages\"?\n"},
      {"server = \"x\"", "1:1: there is no setting \"server\"; did you mean \"mail.server\"?\n"},
      {"colour = \"x\"", "1:1: there is no setting \"colour\"; `protoflow config` lists them\n"},
      {"[mial]\nfrom = \"x\"", "1:2: there is no table \"[mial]\"; did you mean \"[mail]\"?\n"},
      {"[kitchen]", "1:2: there is no table \"[kitchen]\"\n"},
      {"listen = 8300",
       "1:10: \"listen\" takes an address of this machine and a port, such as "
       "\"127.0.0.1:8300\"\n"},
      {"listen = \"accueil:8300\"",
       "1:10: \"listen\" takes an address of this machine and a port, such as "
       "\"127.0.0.1:8300\"\n"},
      {"listen = \"127.0.0.1:83000\"",
       "1:10: \"listen\" takes an address of this machine and a port, such as "
       "\"127.0.0.1:8300\"\n"},
      {"data = true", "1:8: \"data\" takes the path of a folder, in quotes\n"},
      {"protocols = [1]",
       "1:13: \"protocols\" takes paths in brackets, such as [\"first.proto-flow\", "
       "\"second.proto-flow\"]\n"},
      {"mail = \"smtp://x\"", "1:8: \"mail\" is a table: write [mail], and its settings below\n"},
      {"[listen]",
       "1:1: \"listen\" takes an address of this machine and a port, such as \"127.0.0.1:8300\"\n"},
      {"[rates]\nperson_burst = 0",
       "2:16: \"rates.person_burst\" takes a whole number from 1 to 100000\n"},
      {"[rates]\nperson_burst = 1e3",
       "2:16: \"rates.person_burst\" takes a whole number from 1 to 100000\n"},
      {"[rates]\nstranger_every_ms = -1",
       "2:21: \"rates.stranger_every_ms\" takes a whole number from 1 to 100000\n"},
      {"[webhook]\ndata = \"all\"", "2:8: \"webhook.data\" takes \"thin\" or \"whole\"\n"},
      {"[webhook]\nurl = \"ftp://x\"",
       "2:7: \"webhook.url\" takes an address such as \"https://example.org/path\", in quotes\n"},
      {"[mail]\nserver = \"smtp://m:25\"",
       "2:10: \"mail.server\" needs \"mail.from\" too; add it, or remove this\n"},
      {"[mail]\npassword_file = \"p\"",
       "2:17: \"mail.password_file\" needs \"mail.user\" too; add it, or remove this\n"},
  });

  for (const auto& row : table) {
    EXPECT_EQ(mistakes_of(row.text), row.says) << row.text;
  }
}

TEST(Configuration, SaysEveryMistakeInTheOrderOfTheFile) {
  EXPECT_EQ(
      mistakes_of("[webhook]\nprivate = \"yes\"\nulr = \"https://x\"\n[mail]\ninsecure = 1\n"),
      "2:11: \"webhook.private\" takes true or false, without quotes\n"
      "3:1: there is no setting \"webhook.ulr\"; did you mean \"webhook.url\"?\n"
      "5:12: \"mail.insecure\" takes true or false, without quotes\n");
}

TEST(Configuration, SaysWhereTheFileIsNoTomlAnyMore) {
  const auto said = mistakes_of("data = \"here\"\nlisten =\n");

  EXPECT_TRUE(said.starts_with("2:")) << said;
  EXPECT_TRUE(said.contains("this is not TOML, and nothing after it was read")) << said;
}

TEST(Configuration, ReadsNoFileThatHasNoEnd) {
  EXPECT_EQ(mistakes_of(std::string(kConfigurationBytesMax + 1, '#')),
            "1:1: the file has more than 64 KiB\n");
}

TEST(Configuration, PrintsAFileThatMeansTheDefaults) {
  const auto text = default_configuration();
  std::string uncommented;
  for (std::size_t at = 0; at < text.size();) {
    const auto line = text.substr(at, text.find('\n', at) + 1 - at);
    at += line.size();
    const bool is_setting = line.starts_with('#') && !line.starts_with("# ");
    uncommented += is_setting ? line.substr(1) : line;
  }

  for (const auto& options : {read(text), read(uncommented)}) {
    for (const auto& setting : all_settings()) {
      if (!setting.is_path) {
        EXPECT_EQ(setting.read(options), setting.read(ServeOptions{})) << setting.key();
      }
    }
  }
  EXPECT_EQ(read(uncommented).folder, "/etc/protoflow/protoflow-data");
}

TEST(Configuration, ExamplesOfThePrintedFileHold) {
  for (const auto& setting : all_settings()) {
    if (setting.example.empty()) {
      continue;
    }
    const auto line = std::string(setting.name) + " = " + std::string(setting.example) + "\n";
    const auto said =
        mistakes_of((setting.table.empty() ? "" : "[" + std::string(setting.table) + "]\n") + line);
    EXPECT_TRUE(said.empty() || said.contains(" needs ")) << said;
  }
}

TEST(Configuration, NamesTheFileBesideEachMistake) {
  const testing::Folder folder;
  const auto file = folder / "protoflow.toml";
  std::ofstream(file) << "daat = \"x\"\nlisten = 1\n";

  const auto read = read_configuration_file(file);

  ASSERT_FALSE(read);
  EXPECT_EQ(read.error(),
            file.string() + ":1:1: there is no setting \"daat\"; did you mean \"data\"?\n" +
                file.string() +
                ":2:10: \"listen\" takes an address of this machine and a port, such as "
                "\"127.0.0.1:8300\"");
  EXPECT_EQ(read_configuration_file(folder / "none.toml").error(),
            (folder / "none.toml").string() + ": the configuration cannot be read");
  EXPECT_FALSE(read_configuration_file(folder.path()));
}

}  // namespace
}  // namespace protoflow::runtime
