#include "runtime/protocols/folder_shelf.hpp"

#include <sys/stat.h>

#include <fstream>

#include <gtest/gtest.h>

#include "runtime/protocols/plan.hpp"
#include "tests/support/folder.hpp"

namespace protoflow::runtime {
namespace {

using dsl::ReadProblem;
using testing::Folder;
namespace fs = std::filesystem;

constexpr std::string_view kProtocol = R"(protocol path "A path"
  coordinated by lead
  use "shared/partners.proto-flow"
calendar
  closed as in "shared/holidays.ics"
role lead "Lead"
  held by office
step welcome "Welcome"
  responsible lead
  within 3 days
  if late tell beneficiary
ending done-well "Done"
  when welcome
)";

void write(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

void write_protocol(const Folder& folder) {
  write(folder / "path.proto-flow", kProtocol);
  write(folder / "shared/partners.proto-flow", "partner office \"Office\"\n");
  write(folder / "shared/holidays.ics",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Noël\r\nDTSTART;VALUE=DATE:20271225\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

TEST(FolderShelf, ReadsAProtocolWithAllItUses) {
  const Folder folder;
  write_protocol(folder);

  const auto text = read_protocol_file(folder / "path.proto-flow");

  ASSERT_TRUE(text) << text.error();
  const auto plan = make_plan(*text);
  ASSERT_TRUE(plan);
  EXPECT_EQ((*plan)->protocol.calendar.closed.at(0).reason, "Noël");
  EXPECT_EQ((*plan)->protocol.partners.at(0).title, "Office");
}

TEST(FolderShelf, SaysWhyAFileCannotBeRead) {
  const Folder outer;
  const Folder folder;
  write(outer / "secret.proto-flow", "partner office \"Office\"\n");
  write(folder / "own/partners.proto-flow", "partner office \"Office\"\n");
  write(folder / "own/big.proto-flow", std::string((4 << 20) + 1, '#'));
  write(folder / "own/garbage.ics", "garbage");
  fs::create_directories(folder / "own/folder.proto-flow");
  fs::create_symlink(outer / "secret.proto-flow", folder / "own/link.proto-flow");
  fs::create_directory_symlink(outer.path(), folder / "own/elsewhere");
  fs::create_symlink("loop.proto-flow", folder / "own/loop.proto-flow");
  fs::create_symlink("partners.proto-flow", folder / "own/inside.proto-flow");
  fs::create_symlink("/dev/zero", folder / "own/zero.proto-flow");
  ASSERT_EQ(::mkfifo((folder / "own/pipe.proto-flow").c_str(), 0600), 0);
  const auto shelf = folder_shelf(folder / "own/path.proto-flow");

  const std::pair<std::string_view, ReadProblem> cases[] = {
      {"partner.proto-flow", ReadProblem::missing},
      {"nowhere/partners.proto-flow", ReadProblem::missing},
      {"big.proto-flow", ReadProblem::too_large},
      {"folder.proto-flow", ReadProblem::not_a_file},
      {"pipe.proto-flow", ReadProblem::not_a_file},
      {"link.proto-flow", ReadProblem::outside},
      {"elsewhere/secret.proto-flow", ReadProblem::outside},
      {"zero.proto-flow", ReadProblem::outside},
      {"loop.proto-flow", ReadProblem::unreadable},
  };
  for (const auto& [path, problem] : cases) {
    const auto text = shelf.text(path);
    ASSERT_FALSE(text) << path;
    EXPECT_EQ(text.error().problem, problem) << path;
  }
  EXPECT_EQ(shelf.text("partner.proto-flow").error().nearest, "partners.proto-flow");
  EXPECT_TRUE(shelf.text("inside.proto-flow"));
  EXPECT_EQ(shelf.closed_days("garbage.ics").error().problem, ReadProblem::not_a_calendar);
  EXPECT_EQ(shelf.own, "path.proto-flow");
}

TEST(FolderShelf, ReadsBesideAFileThatIsNamedWithoutItsFolder) {
  EXPECT_EQ(folder_shelf("path.proto-flow").text("no-such-file.proto-flow").error().problem,
            ReadProblem::missing);
}

TEST(ProtocolText, IsReadBackAsItWasWritten) {
  const Folder folder;
  write_protocol(folder);
  const ProtocolText text = read_protocol_file(folder / "path.proto-flow").value();

  const std::string json = protocol_text_json("path", 1, text);

  EXPECT_EQ(read_protocol_text(json), text);
  EXPECT_NE(json.find(R"("files":[{"path":"shared/partners.proto-flow","text":"partner)"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("calendars":[{"path":"shared/holidays.ics","closed":[{"day":"2027-12-25",)"
                      R"("reason":"Noël"}]}])"),
            std::string::npos)
      << json;
}

TEST(ProtocolText, OfOneFileHasNoOtherMembers) {
  EXPECT_EQ(protocol_text_json("path", 1, {"x", {}, {}}),
            R"({"name":"path","version":1,"text":"x"})");
}

TEST(ProtocolText, RefusesWhatItCannotRead) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "text"},
      {"[]", "text"},
      {R"({"text":1})", "text"},
      {R"({"text":"","files":{}})", "files"},
      {R"({"text":"","files":[{"path":"a"}]})", "files"},
      {R"({"text":"","calendars":[{"path":"a","closed":[{"day":"soon","reason":""}]}]})",
       "calendars"},
      {R"({"text":"","calendars":[{"path":"a","closed":[{"day":"2027-02-30","reason":""}]}]})",
       "calendars"},
      {R"({"text":"","calendars":[{"path":"a","closed":[{"day":"2027-02-03"}]}]})", "calendars"},
  };
  for (const auto& [json, member] : cases) {
    const auto text = read_protocol_text(json);
    ASSERT_FALSE(text) << json;
    EXPECT_NE(text.error().find(member), std::string::npos) << text.error();
  }
}

}  // namespace
}  // namespace protoflow::runtime
