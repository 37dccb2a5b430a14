// The documents of tests/golden/documents/jardin.proto-flow and of Madame S., whole.
// PROTOFLOW_UPDATE=1 rewrites them; the difference is then read like a page.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "dsl/compile.hpp"
#include "dsl/document/brief.hpp"
#include "dsl/document/card.hpp"
#include "dsl/document/matrix.hpp"
#include "dsl/document/render.hpp"
#include "tests/support/places.hpp"

namespace protoflow::dsl::document {
namespace {

using model::Language;
using model::PartnerId;
using model::Protocol;

const std::filesystem::path kFolder = in_sources("/tests/golden/documents");
constexpr std::string_view kHash =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

Protocol protocol_in(const std::filesystem::path& path) {
  const Shelf beside{.own = path.filename().string(),
                     .text = [&](std::string_view used) { return read(path.parent_path() / used); },
                     .closed_days = {}};
  auto compiled = compile(read(path), beside);
  if (!compiled.protocol) {
    throw std::runtime_error(path.string() + " does not compile");
  }
  return *compiled.protocol;
}

void expect_golden(const std::string& name, const std::string& found) {
  const std::filesystem::path path = kFolder / name;
  if (std::getenv("PROTOFLOW_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << found;
  }
  EXPECT_TRUE(found == read(path)) << name << " differs; PROTOFLOW_UPDATE=1 accepts what was made";
}

void expect_both(const std::string& name, const Document& document) {
  expect_golden(name + ".html", render_html(document));
  expect_golden(name + ".md", render_markdown(document));
}

constexpr std::array<Language, 2> kLanguages = {Language::french, Language::english};

TEST(Documents, OfASmallProtocolAreHeldWhole) {
  const Protocol protocol = protocol_in(kFolder / "jardin.proto-flow");
  for (const Language language : kLanguages) {
    const Edition edition{protocol, language, kHash};
    const std::string tail = "." + std::string(language_tag(language));
    for (std::size_t i = 0; i < protocol.partners.size(); ++i) {
      const PartnerId partner{static_cast<std::uint16_t>(i)};
      expect_both("jardin-brief-" + std::to_string(i + 1) + tail, partner_brief(edition, partner));
    }
    expect_both("jardin-matrix" + tail, matrix_document(edition));
    expect_golden("jardin-matrix" + tail + ".csv", matrix_csv(edition));
    expect_both("jardin-card" + tail, beneficiary_card(edition));
  }
}

// The briefs of a reviewer and of whoever did the work, where several review it.
TEST(Documents, OfSeveralReviewersAreHeldWhole) {
  const auto protocol = protocol_in(in_sources("/protocols/aide-urgence.proto-flow"));
  for (const Language language : kLanguages) {
    const Edition edition{protocol, language, kHash};
    const std::string tail = language == Language::french ? ".fr.md" : ".en.md";
    for (const std::uint16_t partner : {std::uint16_t{0}, std::uint16_t{2}}) {
      expect_golden("aide-urgence-brief-" + std::to_string(partner + 1) + tail,
                    render_markdown(partner_brief(edition, PartnerId{partner})));
    }
  }
}

TEST(Documents, OfMadameSAreHeldWhole) {
  const Protocol protocol = protocol_in(in_sources("/protocols/madame-s.proto-flow"));
  for (const Language language : kLanguages) {
    const Edition edition{protocol, language, kHash};
    const std::string tail = "." + std::string(language_tag(language)) + ".md";
    for (std::size_t i = 0; i < protocol.partners.size(); ++i) {
      const PartnerId partner{static_cast<std::uint16_t>(i)};
      expect_golden("madame-s-brief-" + std::to_string(i + 1) + tail,
                    render_markdown(partner_brief(edition, partner)));
    }
    expect_golden("madame-s-matrix" + tail, render_markdown(matrix_document(edition)));
    expect_golden("madame-s-card" + tail, render_markdown(beneficiary_card(edition)));
  }
}

}  // namespace
}  // namespace protoflow::dsl::document
