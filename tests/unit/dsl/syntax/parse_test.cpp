#include "dsl/syntax/parse.hpp"

#include <fstream>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "dsl/syntax/builder.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/dsl/syntax/whole_language.hpp"

namespace protoflow::dsl {
namespace {

std::string shipped(std::string_view name) {
  std::ifstream file(in_sources("/protocols/").append(name));
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Every node lies inside its parent, leaves follow one another, and the sizes add up.
void expect_well_formed(const Tree& tree, const std::string& text) {
  ASSERT_FALSE(tree.nodes.empty());
  ASSERT_EQ(tree[0].size, tree.nodes.size());
  std::uint32_t leaf_end = 0;
  for (NodeIndex at = 0; at < tree.nodes.size(); ++at) {
    const Node& node = tree[at];
    ASSERT_LE(node.begin, node.end);
    ASSERT_LE(node.end, text.size());
    ASSERT_LE(at + node.size, tree.nodes.size());
    NodeIndex covered = at + 1;
    for (const NodeIndex child : tree.children(at)) {
      ASSERT_EQ(child, covered);
      ASSERT_GE(tree[child].begin, node.begin);
      ASSERT_LE(tree[child].end, node.end);
      covered += tree[child].size;
    }
    ASSERT_EQ(covered, at + node.size);
    if (is_leaf(node.kind)) {
      ASSERT_EQ(node.size, 1U);
      ASSERT_GE(node.begin, leaf_end);
      leaf_end = node.end;
    }
  }
}

TEST(Parse, RebuildsTheTextFromItsLeaves) {
  for (const std::string& text : {shipped("madame-s.proto-flow"),
                                  shipped("first-steps.proto-flow"),
                                  whole_language(model::Language::french),
                                  whole_language(model::Language::english),
                                  std::string("protocole x\r\n  version 1 # fin\r\n"),
                                  std::string("\xEF\xBB\xBFprotocole x\n"),
                                  std::string("protocole")}) {
    const Parsed parsed = parse(text);
    ASSERT_FALSE(text.empty());
    EXPECT_TRUE(parsed.diagnostics.empty() || text == "protocole") << text;
    EXPECT_EQ(rebuild(parsed.tree, text), text);
    expect_well_formed(parsed.tree, text);
  }
}

TEST(Parse, SurvivesEveryPrefixOfAProtocol) {
  const std::string whole = whole_language(model::Language::french);
  for (std::size_t length = 0; length < whole.size(); length += 3) {
    const std::string text = whole.substr(0, length);
    const Parsed parsed = parse(text);
    if (!parsed.tree.nodes.empty()) {  // a cut through a letter is refused whole
      ASSERT_EQ(rebuild(parsed.tree, text), text);
      expect_well_formed(parsed.tree, text);
    }
  }
}

TEST(Parse, SurvivesRandomDamage) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::string whole = whole_language(model::Language::english);
  constexpr std::string_view kDamage =
      "\"«»“”,()<=#\n\n  '’abc 019-_.:étape step after and or responsible";
  for (int round = 0; round < 400; ++round) {
    std::string text = whole;
    for (int blow = 0; blow < 6; ++blow) {
      const std::size_t at = random() % text.size();
      const std::size_t from = random() % kDamage.size();
      text.replace(at, random() % 12, kDamage.substr(from, random() % 9));
    }
    const Parsed parsed = parse(text);
    if (!parsed.tree.nodes.empty()) {
      ASSERT_EQ(rebuild(parsed.tree, text), text);
      expect_well_formed(parsed.tree, text);
    }
  }
}

TEST(Parse, TakesTheLanguageFromTheFirstWord) {
  EXPECT_EQ(language_of("# a\n\n  protocol x\nétape y\nétape z\n").table().tag, "en");
  EXPECT_EQ(language_of("protocole x\nstep y\nstep z\n").table().tag, "fr");
  EXPECT_EQ(language_of("protocl x\nstep y\n  responsible z\n").table().tag, "en");
  EXPECT_EQ(language_of("").table().tag, "fr");
  // A shared file has no protocol: `information` is in both languages, `partner` in one.
  EXPECT_EQ(language_of("information x\npartner y\nétape z\nétape w\n").table().tag, "en");
}

TEST(Parse, GoesOnAfterCommasAndConnectives) {
  const std::string text =
      "protocol p\npartner a\n  brings x,\n    # between\n\n    y\n  speaks fr\n    , ar\n"
      "step s\n  after b\n    and c and\n    d\n  with r\n";

  const Parsed parsed = parse(text);

  EXPECT_TRUE(parsed.diagnostics.empty());
  std::size_t clauses = 0;
  for (const Node& node : parsed.tree.nodes) {
    clauses += node.kind == NodeKind::clause ? 1 : 0;
  }
  EXPECT_EQ(clauses, 4U);
}

TEST(Parse, BoundsTheDepthOfAConditionWithOneMessage) {
  const std::string deep(5000, '(');
  for (const std::string& condition : {deep + "a", "not " + deep, [] {
                                         std::string nots;
                                         for (int i = 0; i < 5000; ++i) {
                                           nots += "not ";
                                         }
                                         return nots + "a";
                                       }()}) {
    const Parsed parsed = parse("protocol p\nstep s\n  when " + condition + "\n  with r\n");

    ASSERT_EQ(parsed.diagnostics.size(), 1U);
    EXPECT_EQ(parsed.diagnostics[0].code, Code::too_deep);
  }
}

TEST(Parse, AcceptsBracketsUpToTheLimit) {
  const std::string open(kNesting, '('), close(kNesting, ')');
  EXPECT_TRUE(
      parse("protocol p\nstep s\n  after " + open + "a" + close + "\n").diagnostics.empty());
}

}  // namespace
}  // namespace protoflow::dsl
