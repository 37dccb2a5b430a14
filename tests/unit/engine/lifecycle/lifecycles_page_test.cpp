// docs/lifecycles.md is made from the rows: this test writes the page and compares it with the
// file. To accept a change of the rows, run it with PROTOFLOW_UPDATE=1.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/lifecycle/case_life_rows.hpp"
#include "engine/lifecycle/fold.hpp"
#include "engine/lifecycle/occurrence_rows.hpp"
#include "engine/lifecycle/participation_rows.hpp"
#include "engine/lifecycle/referral_rows.hpp"
#include "engine/lifecycle/responsibility_rows.hpp"
#include "engine/lifecycle/review_rows.hpp"
#include "engine/lifecycle/session_life_rows.hpp"
#include "engine/lifecycle/time_rows.hpp"
#include "engine/lifecycle/work_rows.hpp"
#include "tests/support/places.hpp"

namespace protoflow::engine::lifecycle {
namespace {

std::string in_words(std::string_view name) {
  std::string words(name);
  for (char& c : words) {
    c = c == '_' ? ' ' : c;
  }
  return words;
}

template <class Names>
void append_bits(std::string& text,
                 std::uint8_t bits,
                 const Names& names,
                 std::string_view prefix) {
  for (std::size_t bit = 0; bit < names.size(); ++bit) {
    if ((bits & (1U << bit)) != 0) {
      text += text.empty() ? "" : ", ";
      text += prefix;
      text += in_words(names[bit]);
    }
  }
}

template <class Lifecycle>
std::string facts_of(const PlainRow& row) {
  std::string text;
  append_bits(text, row.needs, Lifecycle::kFactNames, "");
  append_bits(text, row.forbids, Lifecycle::kFactNames, "not ");
  return text;
}

template <class Lifecycle>
std::string picture() {
  // One arrow for all that leads from one state to another, in the order of the rows.
  std::vector<std::pair<std::pair<std::size_t, std::size_t>, std::string>> arrows;
  for (const PlainRow& row : kRows<Lifecycle>) {
    std::string label = in_words(Lifecycle::kEventNames[row.event]);
    const std::string facts = facts_of<Lifecycle>(row);
    label += facts.empty() ? "" : " [" + facts + "]";
    const std::pair key(row.from, row.to);
    const auto known = std::ranges::find(arrows, key, &decltype(arrows)::value_type::first);
    if (known == arrows.end()) {
      arrows.emplace_back(key, label);
    } else {
      known->second += " or " + label;
    }
  }

  std::string text = "```mermaid\nstateDiagram-v2\n";
  for (std::size_t i = 0; i < kStates<Lifecycle>; ++i) {
    text += "  state \"" + in_words(Lifecycle::kStateNames[i]) + " · " +
            std::string(Lifecycle::kFrenchStates[i]) + "\" as " +
            std::string(Lifecycle::kStateNames[i]) + "\n";
  }
  text += "  [*] --> " +
          std::string(Lifecycle::kStateNames[static_cast<std::size_t>(Lifecycle::kStart)]) + "\n";
  for (const auto& [states, label] : arrows) {
    text += "  " + std::string(Lifecycle::kStateNames[states.first]) + " --> " +
            std::string(Lifecycle::kStateNames[states.second]) + " : " + label + "\n";
  }
  return text + "```\n";
}

template <class Lifecycle>
std::string states_table() {
  std::string text = "| in the log | English | français |\n|---|---|---|\n";
  for (std::size_t i = 0; i < kStates<Lifecycle>; ++i) {
    text += "| `" + std::string(Lifecycle::kStateNames[i]) + "` | " +
            in_words(Lifecycle::kStateNames[i]) + " | " + std::string(Lifecycle::kFrenchStates[i]) +
            " |\n";
  }
  return text;
}

template <class Lifecycle>
std::string rows_table() {
  std::string text = "| from | event | if | to | effects |\n|---|---|---|---|---|\n";
  for (const PlainRow& row : kRows<Lifecycle>) {
    std::string effects;
    append_bits(effects, row.effects, Lifecycle::kEffectNames, "");
    text += "| `" + std::string(Lifecycle::kStateNames[row.from]) + "` | `" +
            std::string(Lifecycle::kEventNames[row.event]) + "` | " + facts_of<Lifecycle>(row) +
            " | `" + std::string(Lifecycle::kStateNames[row.to]) + "` | " + effects + " |\n";
  }
  return text;
}

template <class Lifecycle>
std::string section() {
  return "\n## " + std::string(Lifecycle::kTitle) + " · " + std::string(Lifecycle::kFrenchTitle) +
         "\n\n" + std::string(Lifecycle::kMeaning) + "\n\n" + picture<Lifecycle>() + "\n" +
         states_table<Lifecycle>() + "\n" + rows_table<Lifecycle>();
}

std::string page() {
  return "# Lifecycles\n\n"
         "Small machines, one per question. Each is defined by rows in "
         "`engine/lifecycle/*_rows.hpp` (Boost.MSM), folded at\n"
         "compile time into a table; this page is made from the same rows by a test, never by "
         "hand. An event without a row is *not possible\n"
         "now*; a row whose `if` does not hold is *refused*: not you, or not yet. The words in "
         "the log are never renamed.\n" +
         section<WorkRows>() + section<TimeRows>() + section<ResponsibilityRows>() +
         section<ReviewRows>() + section<CaseRows>() + section<ReferralRows>() +
         section<SessionRows>() + section<ParticipationRows>() + section<OccurrenceRows>();
}

TEST(Lifecycle, PageInDocsIsMadeFromTheRows) {
  const std::string path = in_sources("/docs/lifecycles.md");
  if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << page();
  }
  std::ifstream file(path, std::ios::binary);
  const std::string found{std::istreambuf_iterator<char>(file), {}};

  EXPECT_EQ(found, page()) << "run this test with PROTOFLOW_UPDATE=1 to write docs/lifecycles.md";
}

TEST(Lifecycle, FoldRefusesRowsThatMsmWouldAccept) {
  struct TwoAnswers : TimeRows {
    using TransitionTable = boost::mpl::vector<
        Row<St<S::calm>, On<E::finish>, St<S::met>, none, If<time_fact::in_time>>,
        Row<St<S::calm>, On<E::finish>, St<S::met_late>, none, none>>;
  };

  struct NeverFires : TimeRows {
    using TransitionTable =
        boost::mpl::vector<Row<St<S::calm>, On<E::finish>, St<S::met>, none, If<2>>>;
  };

  static_assert(!one_row_a_cell<TwoAnswers>());
  static_assert(!every_row_can_fire<NeverFires>());
  static_assert(!every_state_can_end<NeverFires>());
  static_assert(!every_state_is_reached<NeverFires>());
  static_assert(!every_event_has_a_row<NeverFires>());
  EXPECT_TRUE(one_row_a_cell<TimeRows>());
}

}  // namespace
}  // namespace protoflow::engine::lifecycle
