#include "dsl/start/forms.hpp"

namespace protoflow::dsl {

namespace {

constexpr StartForms kForms = {
    .defaults = {.title = "A shared path towards independence",
                 .objective =
                     "Each person moves towards independence, with partners around them who "
                     "work as one.",
                 .audience = "People who have recently arrived and wish to be accompanied.",
                 .need = "Understand and be understood in daily life",
                 .partners = {"Welcome centre", "Volunteers’ association"}},
    .protocol_fallback = "shared-protocol",
    .partner_fallback = "local-partner",
    .support = "support-",
    .action = "action-",
    .all_of = "all of ",
    .head =
        R"(# A first protocol, to be read aloud with your partners and made your own. Every line starts with a word that says what
# the line is. To check it after each change: protoflow check

protocol {name} "{title}"
  version 1
  objective "{objective}"
  audience "{audience}"
  value "One and the same adviser from beginning to end, and delays that everyone knows."
  coordinated by coordination
  time zone Europe/Paris

# Add the days when you are closed, for instance: closed on 2026-12-25 "Christmas"
calendar
  working days monday to friday
  hours 09:00 to 18:00

# What the person meets, and what partners must understand of it.
need main-need "{need}"
  guidance "Start from what the person can already do, and make sure with them that the need is well understood."

competence accompaniment "Accompany a person from beginning to end"

competence practical-support "Give practical support for a part of the path"

# Complete each partner, for instance: contact "welcome@partner.example"
)",
    .coordinating_partner = R"(partner {partner} "{partner-title}"
  brings accompaniment, practical-support
  gains "partners who can be reached within days, and paths that no longer break off"
  speaks en

)",
    .second_partner = R"(partner {partner} "{partner-title}"
  brings accompaniment, practical-support
  gains "clear tasks with an end, and an adviser who answers"
  speaks en

)",
    .other_partner = R"(partner {partner} "{partner-title}"
  brings practical-support
  gains "clear tasks with an end, and an adviser who answers"
  speaks en

)",
    .roles = R"(role coordination "Coordination of the partnership"
  held by {coordinating}, else {second}
  requires accompaniment

role adviser "Adviser"
  held by {coordinating}, else {second}
  requires accompaniment
  at most 25 cases

)",
    .second_support_role = R"(role support-{partner} "Support by {partner-title}"
  held by {partner}, else {coordinating}
  requires practical-support

)",
    .other_support_role = R"(role support-{partner} "Support by {partner-title}"
  held by {partner}, else {second}
  requires practical-support

)",
    .path = R"(# What is not declared here cannot be recorded.
information language-level "Level in the language of the country" scale A0, A1, A2, B1, B2
  seen by adviser, {supports}
  kept 24 months after closing

consent sharing "I agree that the partners who accompany me know my level in the language."
  covers language-level with {supports}
  for "preparing the support together"
  lasts 12 months

stage welcoming "Welcome, and decide together"

step welcome "Hold the first meeting"
  responsible adviser
  with beneficiary
  accept within 2 working days
  within 5 working days
  remind 1 day before
  if late tell coordination
  records language-level
  outcome committed "The person wishes to take this path"
  outcome redirected "Another programme suits them better" ends case as redirection
  guidance "The useful facts are enough. Where needed, plan for a professional interpreter."

step agreeing "Explain what is shared, and ask for consent"
  after welcome is committed
  responsible adviser
  with beneficiary
  within 5 working days
  remind 1 day before
  if late tell coordination
  asks consent sharing

step plan "Write the person's plan together"
  after agreeing
  responsible adviser
  with beneficiary
  informs {supports}
  within 15 working days
  remind 3 days before
  if late tell coordination
  addresses main-need
  review by coordination within 3 working days, may return at most 2 times

stage accompanying "Accompany, and look back"

)",
    .action_step = R"(step action-{partner} "Carry out what was agreed with {partner-title}"
  after plan
  when sharing is given
  responsible support-{partner}
  with beneficiary
  informs adviser
  addresses main-need
  requires consent sharing
  accept within 3 working days
  within 30 days
  remind 5 days before
  if late tell adviser
  if late by 10 days escalate to adviser
  may be held at most 30 days "waiting for an answer from outside"

)",
    .rest = R"(step look-back "Say what helped and what is still missing"
  after {supported}
  responsible beneficiary
  with adviser
  informs coordination
  within 15 working days
  remind 3 days before
  if late tell adviser
  outcome enough "I can go on without this support"
  outcome more-needed "I still need support, elsewhere or in another way"

session gathering "Gathering of the people and the partners"
  hosted by coordination
  with adviser, {supports}
  for up to 12 beneficiaries
  every 3 months
  prepare invitation "Invite the people and present the programme" responsible adviser 15 days before
  prepare contribution "Prepare what will be shared" responsible {first-support} 7 days before
  follow-up impressions "Gather what everyone takes from it" responsible adviser within 10 days

routine regular-talk "Regular talk between partners"
  for exchange
  every 2 weeks for 3 months, then every month
  responsible coordination
  with all partners
  asks "Which cases move on, which ones wait, and who can help?" text
  within 5 working days
  if late tell adviser

routine shared-views "What each of us sees of this path"
  for feedback
  every 6 weeks
  for each case
  responsible adviser
  with beneficiary, {supports}
  asks "What worked well?" text
  asks "Did everyone know in time what was expected of them?" yes or no
  within 10 working days
  if late tell coordination

routine partnership-review "Half-yearly review of the partnership"
  for evaluation
  every 6 months
  responsible {first-support}
  with all partners
  asks "Does our way of working together help people?" scale 1 to 5
  asks "What should change in this protocol?" text
  within 15 working days
  if late tell coordination

agreement
  signed by all partners within 30 days
  renewed every 12 months

ending independence "The person goes on without this support"
  when look-back is enough
  counts as success
  follow-up news "Ask how things are, if the person wishes" responsible adviser within 3 months

ending handover "Another form of support takes over"
  when look-back is more-needed
  counts as neutral

ending redirection "Another programme suits the person better"
  counts as neutral

ending stopped "The person chooses to stop"
  at any time by beneficiary
  counts as neutral

)",
    .example_head = R"(# An example is a story that really runs: protoflow test
example on-time "Everyone keeps their dates"
  day 0 opened
  day 1 adviser completes welcome as committed with language-level A1
  expect agreeing is offered to adviser
  day 3 adviser completes agreeing with sharing yes
  day 10 adviser completes plan
  expect plan is in review
  day 11 coordination approves plan
)",
    .example_action = R"(  expect action-{partner} is offered to support-{partner}
  day 14 support-{partner} takes action-{partner}
)",
    .example_done = R"(  day 30 support-{partner} completes action-{partner}
)",
    .example_tail = R"(  expect look-back is offered to beneficiary
  day 40 beneficiary completes look-back as enough
  expect closed as independence

)",
    .refusal_head = R"(example nothing-shared "The person prefers to share nothing"
  day 0 opened
  day 1 adviser completes welcome as committed with language-level B1
  day 3 adviser completes agreeing with sharing no
  day 10 adviser completes plan
  day 11 coordination approves plan
)",
    .refusal_action = R"(  expect action-{partner} is not needed
)",
    .refusal_tail = R"(  day 20 beneficiary completes look-back as more-needed
  expect closed as handover
)",
};

}  // namespace

const StartForms& english_forms() {
  return kForms;
}

}  // namespace protoflow::dsl
