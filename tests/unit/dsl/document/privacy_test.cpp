// No brief tells a partner what it may not see: neither the value on which others decide, nor that
// a sensitive information exists by name.
#include <gtest/gtest.h>

#include "dsl/document/brief.hpp"
#include "dsl/document/render.hpp"

namespace protoflow::dsl::document {
namespace {

using model::Binding;
using model::ConditionNode;
using model::InformationId;
using model::Op;
using model::PartnerId;
using model::RoleId;

constexpr RoleId kAdviser{1};
constexpr RoleId kTutor{2};
constexpr PartnerId kAgency{0};
constexpr PartnerId kFirm{1};

model::Condition looks_at(std::uint16_t information) {
  return {{ConditionNode{Op::information, model::Compare::equal, information, 0, 1}}};
}

/// The firm's step depends in every way it can on a sensitive and on a plain information that only
/// the agency sees.
model::Protocol with_secrets() {
  model::Protocol protocol;
  protocol.language = model::Language::english;
  protocol.name = "secrets";
  protocol.partners = {{.name = "agency", .title = "Agency"}, {.name = "firm", .title = "Firm"}};
  protocol.roles = {{.name = "beneficiary", .binding = Binding::beneficiary},
                    {.name = "adviser", .title = "Adviser", .partners = {kAgency}},
                    {.name = "tutor", .title = "Tutor", .partners = {kFirm}}};
  protocol.coordinated_by = kAdviser;
  protocol.informations = {{.name = "secretname",
                            .title = "Secrettitle",
                            .type = model::InformationType::scale,
                            .levels = {"lowvalue", "highvalue"},
                            .seen_by = {kAdviser},
                            .sensitive = true},
                           {.name = "plainname",
                            .title = "Plaintitle",
                            .type = model::InformationType::scale,
                            .levels = {"littlevalue", "muchvalue"},
                            .seen_by = {kAdviser}}};
  protocol.consents = {{.name = "consentname",
                        .title = "Consenttitle",
                        .covers = {InformationId{0}},
                        .with = {kAdviser}}};
  for (const std::uint16_t information : {std::uint16_t{0}, std::uint16_t{1}}) {
    model::Step step;
    step.name = "visit";
    step.title = "Visit";
    step.responsible = kTutor;
    step.when = looks_at(information);
    step.unless = looks_at(information);
    step.deadlines = {{.within = {5, model::DurationUnit::days}, .when = looks_at(information)},
                      {.within = {9, model::DurationUnit::days}}};
    step.repeat = model::Repeat{looks_at(information), 3, std::nullopt};
    step.outcomes = {{.name = "done"}};
    protocol.steps.push_back(step);
  }
  return protocol;
}

std::size_t times(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

TEST(BriefPrivacy, NeverNamesASensitiveInformationThatThePartnerMayNotSee) {
  const model::Protocol protocol = with_secrets();
  for (const auto language : {model::Language::french, model::Language::english}) {
    const Document brief = partner_brief({protocol, language, ""}, kFirm);
    for (const std::string& page : {render_html(brief), render_markdown(brief)}) {
      for (const std::string_view word :
           {"secretname", "Secrettitle", "lowvalue", "highvalue", "consentname", "Consenttitle"}) {
        EXPECT_EQ(times(page, word), 0U) << word << "\n" << page;
      }
    }
  }
}

TEST(BriefPrivacy, SaysOnceThatAPlainInformationIsNotSeenAndNeverItsValue) {
  const model::Protocol protocol = with_secrets();
  const Document brief = partner_brief({protocol, model::Language::english, ""}, kFirm);
  const std::string page = render_markdown(brief);
  EXPECT_EQ(times(page, "Plaintitle"), 1U) << page;
  EXPECT_NE(page.find("You do not see: Plaintitle."), std::string::npos) << page;
  for (const std::string_view word : {"plainname", "littlevalue", "muchvalue"}) {
    EXPECT_EQ(times(page, word), 0U) << word << "\n" << page;
  }
}

TEST(BriefPrivacy, TellsThePartnerThatMaySeeIt) {
  model::Protocol protocol = with_secrets();
  for (model::Information& information : protocol.informations) {
    information.seen_by.push_back(kTutor);
  }

  const std::string page =
      render_markdown(partner_brief({protocol, model::Language::english, ""}, kFirm));

  EXPECT_NE(page.find("Secrettitle: highvalue"), std::string::npos) << page;
}

TEST(BriefPrivacy, GivesADeputyNoValueBeforeItTakesOver) {
  model::Protocol protocol = with_secrets();
  protocol.roles[1].partners.push_back(kFirm);

  const std::string page =
      render_markdown(partner_brief({protocol, model::Language::english, ""}, kFirm));

  EXPECT_NE(page.find("As a deputy, you would also see: Secrettitle; Plaintitle."),
            std::string::npos)
      << page;
  EXPECT_EQ(times(page, "highvalue"), 0U) << page;
}

}  // namespace
}  // namespace protoflow::dsl::document
