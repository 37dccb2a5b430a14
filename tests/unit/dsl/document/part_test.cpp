#include "dsl/document/part.hpp"

#include <gtest/gtest.h>

namespace protoflow::dsl::document {
namespace {

using model::Binding;
using model::PartnerId;
using model::RoleId;

constexpr RoleId kCoordination{1};
constexpr RoleId kSocial{2};
constexpr RoleId kVolunteer{3};
constexpr RoleId kTutor{4};
constexpr PartnerId kAgency{0};
constexpr PartnerId kHome{1};
constexpr PartnerId kFirm{2};

model::Protocol partnership() {
  model::Protocol protocol;
  protocol.competences = {{.name = "craft"}};
  protocol.partners = {
      {.name = "agency"}, {.name = "home"}, {.name = "firm", .brings = {model::CompetenceId{0}}}};
  protocol.roles = {
      {.name = "beneficiary", .binding = Binding::beneficiary},
      {.name = "coordination", .partners = {kAgency}},
      {.name = "social", .partners = {kHome, kAgency}},
      {.name = "volunteer",
       .binding = Binding::volunteer_of,
       .partners = {kHome},
       .supervisor = kSocial},
      {.name = "tutor",
       .binding = Binding::chosen_by,
       .chooser = kCoordination,
       .requires_competences = {model::CompetenceId{0}}},
  };
  protocol.coordinated_by = kCoordination;
  return protocol;
}

TEST(Part, IsTheRolesOfAPartnerAndHowItPlaysThem) {
  const model::Protocol protocol = partnership();

  const Part agency = part_of(protocol, kAgency);
  const Part firm = part_of(protocol, kFirm);

  EXPECT_TRUE(agency.plays(kCoordination));
  EXPECT_FALSE(agency.plays(kSocial));
  EXPECT_TRUE(agency.stands_in_for(kSocial));
  ASSERT_EQ(firm.roles.size(), 1U);
  EXPECT_EQ(firm.roles.front().how, Playing::if_chosen);
}

TEST(Part, MayBeChosenOnlyWithTheCompetenceThatTheRoleRequires) {
  const model::Protocol protocol = partnership();

  EXPECT_EQ(candidates(protocol, protocol[kTutor]), std::vector<PartnerId>{kFirm});
  EXPECT_FALSE(part_of(protocol, kHome).plays(kTutor));
}

TEST(Part, IsTakenOverByTheNextDeputyThenByWhoeverStandsIn) {
  struct Row {
    std::string_view claim;
    RoleId role;
    PartnerId leaving;
    Successor next;
  };

  const Row rows[] = {
      {"the deputy", kSocial, kHome, {kSocial, kAgency}},
      {"the supervisor's deputy, as the supervisor leaves too",
       kVolunteer,
       kHome,
       {kSocial, kAgency}},
      {"whoever chose", kTutor, kFirm, {kCoordination, kAgency}},
      {"nobody behind the coordination", kCoordination, kAgency, {}},
  };
  const model::Protocol protocol = partnership();
  for (const Row& row : rows) {
    const Successor next = successor(protocol, row.role, row.leaving);
    EXPECT_EQ(next.role, row.next.role) << row.claim;
    EXPECT_EQ(next.partner, row.next.partner) << row.claim;
  }
}

}  // namespace
}  // namespace protoflow::dsl::document
