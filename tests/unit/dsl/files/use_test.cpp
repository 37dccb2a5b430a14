#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/files/path.hpp"
#include "engine/model/canonical.hpp"
#include "tests/unit/dsl/files/map_shelf.hpp"

namespace protoflow::dsl {
namespace {

using namespace std::chrono_literals;

// Sound once `partners.proto-flow` declares the partner `office` and the need `work`.
constexpr std::string_view kProtocol = R"(protocol path "A path"
  coordinated by lead
  use "partners.proto-flow"
role lead "Lead"
  held by office
step welcome "Welcome"
  responsible lead
  addresses work
  within 3 days
  if late tell beneficiary
routine a "A"
  for exchange
  every month
  responsible lead
routine b "B"
  for feedback
  every month
  responsible lead
  with beneficiary
routine c "C"
  for evaluation
  every month
  responsible lead
ending done-well "Done"
  when welcome
)";

constexpr std::string_view kPartners = R"(partner office "Office"
  brings skill
competence skill "Skill"
need work "Work"
)";

struct Told {
  Compiled compiled;
  std::string words;
};

Told told(MapShelf& files, const std::string& text = std::string(kProtocol)) {
  Told told;
  told.compiled = compile(text, files.shelf());
  told.words = render_text(told.compiled, text, "folder/own.proto-flow", false);
  return told;
}

MapShelf with_partners(const std::string& more = {}) {
  MapShelf files;
  files.texts["partners.proto-flow"] = std::string(kPartners) + more;
  return files;
}

std::string changed(std::string_view text, std::string_view from, const std::string& to) {
  std::string result(text);
  return result.replace(result.find(from), from.size(), to);
}

std::vector<std::string_view> codes(const Compiled& compiled) {
  std::vector<std::string_view> result;
  for (const Diagnostic& diagnostic : compiled.diagnostics) {
    result.push_back(entry(diagnostic.code).code);
  }
  return result;
}

TEST(Path, LeadsFromTheFileThatSaysItAndNeverOut) {
  struct Case {
    std::string_view from, written;
    std::optional<std::string> path;
  };

  const Case cases[] = {
      {"own.proto-flow", "partners.proto-flow", "partners.proto-flow"},
      {"own.proto-flow", "./shared//partners.proto-flow", "shared/partners.proto-flow"},
      {"shared/a.proto-flow", "b.proto-flow", "shared/b.proto-flow"},
      {"shared/a.proto-flow", "../b.proto-flow", "b.proto-flow"},
      {"shared/deep/a.proto-flow", "../../é.proto-flow", "é.proto-flow"},
      {"shared/a.proto-flow", "../../b.proto-flow", std::nullopt},
      {"own.proto-flow", "../b.proto-flow", std::nullopt},
      {"own.proto-flow", "shared/../../b.proto-flow", std::nullopt},
      {"own.proto-flow", "/etc/passwd", std::nullopt},
      {"own.proto-flow", "C:/b.proto-flow", std::nullopt},
      {"own.proto-flow", "shared\\b.proto-flow", std::nullopt},
      {"own.proto-flow", "https://example.org/b.proto-flow", std::nullopt},
      {"own.proto-flow", "a\tb", std::nullopt},
      {"own.proto-flow", "", std::nullopt},
      {"own.proto-flow", ".", std::nullopt},
      {"shared/a.proto-flow", "..", std::nullopt},
  };
  for (const Case& row : cases) {
    EXPECT_EQ(path_from(row.from, row.written), row.path) << row.written;
  }
  EXPECT_EQ(path_from("a", std::string(2000, 'x')), std::nullopt);
}

TEST(Use, TakesInWhatASharedFileDeclares) {
  MapShelf files = with_partners();

  const Told result = told(files);

  ASSERT_TRUE(result.compiled.protocol) << result.words;
  EXPECT_EQ(result.words, "");
  const model::Protocol& protocol = *result.compiled.protocol;
  EXPECT_EQ(protocol[protocol.roles[1].partners.front()].title, "Office");
  EXPECT_EQ(protocol.competences.at(0).name, "skill");
  EXPECT_EQ(protocol.needs.at(0).name, "work");
  EXPECT_EQ(protocol.roles[1].line, 4U);
  EXPECT_EQ(result.compiled.used,
            (std::vector<UsedText>{{"partners.proto-flow", std::string(kPartners)}}));
}

TEST(Use, MeansTheSameAsOneFile) {
  MapShelf files = with_partners();
  const std::string apart(kProtocol);
  const std::string together =
      changed(kProtocol, "  use \"partners.proto-flow\"\n", "") + std::string(kPartners);

  EXPECT_EQ(canonical(*compile(apart, files.shelf()).protocol),
            canonical(compile(together).protocol.value()));
}

TEST(Use, LeavesOutWhatNothingAsksFor) {
  MapShelf files = with_partners();
  const std::string before = canonical(*told(files).compiled.protocol);
  files = with_partners(R"(partner other "Other"
  brings unheard-of
competence cooking "Cooking"
need rest "Rest"
information age "Age" number
  seen by nobody-here
)");

  const Told result = told(files);

  EXPECT_EQ(result.words, "");
  EXPECT_EQ(canonical(result.compiled.protocol.value()), before);
}

TEST(Use, LeavesOutAPartnerThatHasTheNameOfARole) {
  MapShelf files = with_partners();
  const std::string before = canonical(*told(files).compiled.protocol);
  files = with_partners("partner lead \"Lead\"\nneed welcome \"Welcome\"\n");

  EXPECT_EQ(canonical(*told(files).compiled.protocol), before);
}

TEST(Use, TakesInInformationForTheConditionsThatNameIt) {
  MapShelf files = with_partners("information age \"Age\" number\n  seen by lead, beneficiary\n");
  const std::string text =
      changed(kProtocol, "  addresses work\n", "  addresses work\n  records age\n") +
      "  counts as success\n";

  const Told result = told(files, text);

  ASSERT_TRUE(result.compiled.protocol) << result.words;
  EXPECT_EQ(result.compiled.protocol->informations.at(0).seen_by,
            (std::vector{model::RoleId{1}, model::kBeneficiary}));
}

TEST(Use, ReadsEachFileInItsOwnLanguage) {
  MapShelf files;
  files.texts["partners.proto-flow"] =
      "besoin work \"Travail\"\npartenaire office \"Bureau\"\n  apporte skill\n"
      "compétence skill \"Savoir\"\ninformation age \"Âge\" nombre\n  vue par bénéficiaire\n";
  const std::string text =
      changed(kProtocol, "  addresses work\n", "  addresses work\n  records age\n");

  const Told result = told(files, text);

  ASSERT_TRUE(result.compiled.protocol) << result.words;
  EXPECT_EQ(result.compiled.protocol->language, model::Language::english);
  EXPECT_EQ(result.compiled.protocol->informations.at(0).seen_by,
            (std::vector{model::kBeneficiary}));
}

TEST(Use, ReadsAFileOnceThatTwoOthersUse) {
  MapShelf files;
  files.texts["partners.proto-flow"] = "use \"shared/a.proto-flow\"\nuse \"shared/b.proto-flow\"\n";
  files.texts["shared/a.proto-flow"] = "use \"common.proto-flow\"\nneed work \"Work\"\n";
  files.texts["shared/b.proto-flow"] = "use \"../shared/common.proto-flow\"\n";
  files.texts["shared/common.proto-flow"] = "partner office \"Office\"\n";

  const Told result = told(files);

  EXPECT_TRUE(result.compiled.protocol) << result.words;
  EXPECT_EQ(files.readings["shared/common.proto-flow"], 1);
}

TEST(Use, ShowsAMistakeInTheLinesOfItsOwnFile) {
  MapShelf files = with_partners("need rest Rest\n");

  const Told result = told(files);

  EXPECT_EQ(result.words,
            "folder/partners.proto-flow:5:11: error PF105: the line should end before “Rest”\n"
            "    5 | need rest Rest\n"
            "      |           ^^^^\n"
            "  why: What comes after it would apply to nobody.\n"
            "  to do: write “\"Rest\"”\n\n"
            "1 error\n");
  const std::string json =
      render_json(result.compiled, std::string(kProtocol), "folder/own.proto-flow");
  EXPECT_NE(json.find("\"file\": \"folder/partners.proto-flow\""), std::string::npos) << json;
  EXPECT_NE(json.find("\"line\": 5"), std::string::npos) << json;
}

TEST(Use, ShowsBothPlacesOfANameDeclaredTwice) {
  MapShelf files = with_partners("partner used-by-nobody \"One\"\n");
  files.texts["more.proto-flow"] = "partner used-by-nobody \"Two\"\n";
  const std::string text = changed(kProtocol, "  use", "  use \"more.proto-flow\"\n  use");

  const Told result = told(files, text);

  EXPECT_EQ(codes(result.compiled), (std::vector<std::string_view>{"PF203"}));
  EXPECT_NE(result.words.find("folder/partners.proto-flow:5:9: error"), std::string::npos)
      << result.words;
  EXPECT_NE(result.words.find("  folder/more.proto-flow:\n    1 | partner used-by-nobody"),
            std::string::npos)
      << result.words;
}

TEST(Use, SuggestsANameOfASharedFileThatNothingElseUses) {
  MapShelf files = with_partners();
  const std::string text = changed(kProtocol, "held by office", "held by ofice");

  const Told result = told(files, text);

  EXPECT_NE(result.words.find("write “office”"), std::string::npos) << result.words;
  EXPECT_NE(result.words.find("  folder/partners.proto-flow:\n"), std::string::npos)
      << result.words;
}

TEST(Use, SaysAtItsLineWhyAFileCannotBeRead) {
  struct Case {
    ReadFault fault;
    std::string_view code, words;
  };

  const Case cases[] = {
      {{.problem = ReadProblem::missing}, "PF902", "to do: check its name"},
      {{.problem = ReadProblem::missing, .nearest = "partner.proto-flow"},
       "PF902",
       "write “\"partner.proto-flow\"”"},
      {{.problem = ReadProblem::not_a_file}, "PF903", "is not a file"},
      {{.problem = ReadProblem::unreadable}, "PF904", "cannot be read"},
      {{.problem = ReadProblem::outside}, "PF905", "does not lead to a file"},
      {{.problem = ReadProblem::too_large}, "PF907", "larger than 4 MiB"},
  };
  for (const Case& row : cases) {
    MapShelf files;
    files.faults["partners.proto-flow"] = row.fault;

    const Told result = told(files);

    EXPECT_EQ(codes(result.compiled), (std::vector{row.code})) << result.words;
    EXPECT_NE(result.words.find("    3 |   use \"partners.proto-flow\"\n"
                                "      |       ^^^^^^^^^^^^^^^^^^^^^\n"),
              std::string::npos)
        << result.words;
    EXPECT_NE(result.words.find(row.words), std::string::npos) << result.words;
  }
}

TEST(Use, SaysWhatIsWrongWithTheFileItNames) {
  struct Case {
    std::string text;
    std::string_view code;
  };

  const Case cases[] = {
      {"partner office \"Pr\xE9nom\"\n", "PF906"},
      {std::string("partner\0", 8), "PF906"},
      {"use \"own.proto-flow\"\n", "PF909"},
      {"use \"partners.proto-flow\"\n", "PF909"},
      {"use \"../partners.proto-flow\"\n", "PF905"},
      {"step more \"More\"\n", "PF910"},
      {"protocol other\nrole x\nstep y\n", "PF910"},
      {std::string(4 << 20, '#'), "PF907"},
  };
  for (const Case& row : cases) {
    MapShelf files = with_partners();
    files.texts["partners.proto-flow"].insert(0, row.text);

    const Told result = told(files);

    EXPECT_EQ(codes(result.compiled), (std::vector{row.code})) << result.words.substr(0, 1000);
  }
}

TEST(Use, StandsAtTheTopOfASharedFile) {
  MapShelf files = with_partners("use \"more.proto-flow\"\n");

  const Told result = told(files);

  EXPECT_EQ(codes(result.compiled), (std::vector<std::string_view>{"PF107"}));
  EXPECT_NE(result.words.find("under: protocol, or at the top of a shared file"), std::string::npos)
      << result.words;
}

TEST(Use, ReportsACircleWithBothPlaces) {
  MapShelf files = with_partners();
  files.texts["partners.proto-flow"] =
      "use \"more.proto-flow\"\n" + files.texts["partners.proto-flow"];
  files.texts["more.proto-flow"] = "use \"partners.proto-flow\"\n";

  const Told result = told(files);

  EXPECT_EQ(codes(result.compiled), (std::vector<std::string_view>{"PF909"}));
  EXPECT_EQ(result.words.find("folder/more.proto-flow:1:5: error PF909"), 0U) << result.words;
  EXPECT_NE(result.words.find("  folder/partners.proto-flow:\n    1 | use \"more.proto-flow\""),
            std::string::npos)
      << result.words;
}

TEST(Use, ReadsFiftyFilesAndNoMore) {
  MapShelf files = with_partners();
  std::string uses;
  for (int i = 0; i < 48; ++i) {
    const std::string name = "f" + std::to_string(i) + ".proto-flow";
    files.texts[name] = i < 47 ? "use \"f" + std::to_string(i + 1) + ".proto-flow\"\n" : "";
  }
  const std::string text = changed(kProtocol, "  use", "  use \"f0.proto-flow\"\n  use");
  EXPECT_TRUE(told(files, text).compiled.protocol) << told(files, text).words;
  files.texts["f47.proto-flow"] = "use \"f48.proto-flow\"\n";
  files.texts["f48.proto-flow"] = "";

  const Told result = told(files, text);

  EXPECT_EQ(codes(result.compiled).front(), "PF908") << result.words;
}

TEST(Use, WithoutAShelfIsOneMessage) {
  EXPECT_EQ(codes(compile(kProtocol)), (std::vector<std::string_view>{"PF901"}));
}

TEST(SharedFile, IsSoundOnItsOwn) {
  MapShelf files;
  const std::string text = std::string(kPartners) + "information age number\n  seen by lead\n";

  const Compiled compiled = compile(text, files.shelf());

  EXPECT_TRUE(compiled.shared);
  EXPECT_FALSE(compiled.protocol);
  EXPECT_EQ(render_text(compiled, text, "partners", false), "");
}

TEST(SharedFile, HasItsMistakesSaidOnItsOwn) {
  const Compiled compiled = compile("partner office \"Office\"\n  brings skil\nneed a\nneed a\n");

  EXPECT_EQ(codes(compiled), (std::vector<std::string_view>{"PF201", "PF203"}));
}

TEST(ClosedAsIn, ClosesTheCalendarAndAPartnerOnTheDaysOfAFile) {
  constexpr std::chrono::sys_days kMay{2027y / 5 / 1};
  constexpr std::chrono::sys_days kChristmas{2027y / 12 / 25};
  MapShelf files = with_partners();
  files.texts["shared/calendar.proto-flow"] =
      "calendar\n  closed on 2027-12-25 \"Christmas\"\n  closed as in \"holidays.ics\"\n";
  files.closed["shared/holidays.ics"] = {{kMay, "Labour"}, {kChristmas, "Noël"}};
  const std::string text =
      changed(changed(kProtocol, "  use", "  use \"shared/calendar.proto-flow\"\n  use"),
              "role lead",
              "calendar\n  closed on 2026-01-01\npartner more \"More\"\n"
              "  closed as in \"shared/holidays.ics\"\nrole lead");

  const Told result = told(files, changed(text, "held by office", "held by office, else more"));

  ASSERT_TRUE(result.compiled.protocol) << result.words;
  const std::vector<model::ClosedDay> expected = {
      {std::chrono::sys_days(2026y / 1 / 1), ""}, {kMay, "Labour"}, {kChristmas, "Christmas"}};
  EXPECT_EQ(result.compiled.protocol->calendar.closed, expected);
  EXPECT_EQ(result.compiled.protocol->partners.at(0).closed, files.closed["shared/holidays.ics"]);
  EXPECT_EQ(
      result.compiled.calendars,
      (std::vector<UsedCalendar>{{"shared/holidays.ics", files.closed["shared/holidays.ics"]}}));
}

TEST(ClosedAsIn, SaysAtItsLineWhatIsWrong) {
  MapShelf files = with_partners();
  files.faults["garbage.ics"] = {.problem = ReadProblem::not_a_calendar};
  files.closed["empty.ics"] = {};
  const std::pair<std::string, std::string_view> cases[] = {
      {"garbage.ics", "PF911"}, {"empty.ics", "PF912"}, {"none.ics", "PF902"}, {"/a.ics", "PF905"}};
  for (const auto& [name, code] : cases) {
    const Told result =
        told(files, std::string(kProtocol) + "calendar\n  closed as in \"" + name + "\"\n");

    EXPECT_EQ(codes(result.compiled), (std::vector{code})) << result.words;
  }
}

TEST(Calendar, SaysItsHoursInOneFileOnly) {
  MapShelf files = with_partners("calendar\n  hours 09:00 to 17:00\n");
  const std::string text = std::string(kProtocol) + "calendar\n  hours 08:00 to 16:00\n";

  const Told result = told(files, text);

  EXPECT_EQ(codes(result.compiled), (std::vector<std::string_view>{"PF204"})) << result.words;
}

}  // namespace
}  // namespace protoflow::dsl
