#include "tests/unit/dsl/compare/edits.hpp"

#include <algorithm>

namespace protoflow::dsl {
namespace {

using model::Condition;
using model::Duration;
using model::DurationUnit;
using model::Op;
using model::Protocol;
using model::RoleId;

constexpr Duration kDays{77, DurationUnit::days};
constexpr RoleId kLead{1};
constexpr RoleId kHost{2};
constexpr RoleId kHelper{3};

Condition settled(std::uint16_t step) {
  return {{{.op = Op::step_settled, .subject = step}}};
}

void swap_outcomes(Protocol& p) {
  auto& step = p.steps[0];
  std::swap(step.outcomes[0], step.outcomes[1]);
  for (auto& rule : step.late) {
    if (rule.outcome.known()) {
      rule.outcome.value ^= 1U;
    }
  }
  for (auto& former : p.former_names) {
    if (former.kind == model::FormerKind::outcome && former.step.value == 0) {
      former.place ^= 1U;
    }
  }
}

void swap_values(Protocol& p) {
  std::swap(p.informations[2].levels[0], p.informations[2].levels[1]);
  for (auto& node : p.steps[1].when.nodes) {
    if (node.op == Op::information && node.subject == 2) {
      node.number ^= 1;
    }
  }
}

// Both of `all of a, b`, behind it.
void swap_operands(Protocol& p) {
  auto& nodes = p.steps[2].after.nodes;
  for (std::size_t i = 0; i + 2 < nodes.size(); ++i) {
    if (nodes[i].op == Op::all_of && nodes[i].children == 2 &&
        nodes[i + 1].op == Op::step_settled && nodes[i + 2].op == Op::step_settled) {
      std::swap(nodes[i + 1], nodes[i + 2]);
    }
  }
}

// clang-format off
const Edit kEdits[] = {
    {"name",                 [](Protocol& p) { p.name = "x"; }, Member::protocol_name},
    {"title",                [](Protocol& p) { p.title = "x"; }, Member::protocol_title},
    {"version",              [](Protocol& p) { p.version += 1; }, Member::version},
    {"replaces",             [](Protocol& p) { p.replaces = 0; }, Member::replaces},
    {"replaces_because",     [](Protocol& p) { p.replaces_because = "x"; }, Member::replaces_because},
    {"objective",            [](Protocol& p) { p.objective = "x"; }, Member::objective},
    {"audience",             [](Protocol& p) { p.audience = ""; }, Member::audience},
    {"value",                [](Protocol& p) { p.value = "x"; }, Member::value},
    {"coordinated_by",       [](Protocol& p) { p.coordinated_by = kHost; }, Member::coordinated_by},
    {"time_zone",            [](Protocol& p) { p.time_zone = "UTC"; }, Member::time_zone},
    {"translation",          [](Protocol& p) { p.translations[0].text = "x"; }, Member::translation},
    {"another translation",  [](Protocol& p) { p.translations.push_back({"ti", "x"}); }, Member::translation},
    {"working",              [](Protocol& p) { p.calendar.working ^= 1U; }, Member::working_days},
    {"opens",                [](Protocol& p) { p.calendar.opens += std::chrono::minutes(5); }, Member::hours},
    {"closes",               [](Protocol& p) { p.calendar.closes += std::chrono::minutes(5); }, Member::hours},
    {"closed day",           [](Protocol& p) { p.calendar.closed.back().day += std::chrono::days(400); }, Member::closed_on},
    {"closed reason",        [](Protocol& p) { p.calendar.closed[0].reason = "x"; }, Member::closed_on},
    {"former name",          [](Protocol& p) { p.former_names.push_back({.place = 0, .step = {}, .was = "x"}); }, Member::former_name},
    {"former outcome",       [](Protocol& p) { p.former_names.push_back({model::FormerKind::outcome, 1, {0}, "x"}); }, Member::former_name},
    {"need name and title",  [](Protocol& p) { p.needs[0].name = "x"; p.needs[0].title = "x"; }, Member::whole_need},
    {"need name",            [](Protocol& p) { p.needs[0].name = "x"; }, Member::whole_need},
    {"need title",           [](Protocol& p) { p.needs[0].title = "x"; }, Member::title},
    {"need guidance",        [](Protocol& p) { p.needs[0].guidance = "x"; }, Member::guidance},
    {"another need",         [](Protocol& p) { p.needs.push_back({"x", "X", ""}); }, Member::whole_need},
    {"competence name",      [](Protocol& p) { p.competences[0].name = "x"; }, Member::whole_competence},
    {"competence title",     [](Protocol& p) { p.competences[0].title = "x"; }, Member::title},
    {"competence guidance",  [](Protocol& p) { p.competences[0].guidance = "x"; }, Member::guidance},
    {"partner name",         [](Protocol& p) { p.partners[0].name = "x"; }, Member::whole_partner},
    {"partner title",        [](Protocol& p) { p.partners[0].title = "x"; }, Member::title},
    {"another partner",      [](Protocol& p) { p.partners.push_back({"x", "X"}); }, Member::whole_partner},
    {"brings",               [](Protocol& p) { p.partners[0].brings.clear(); }, Member::brings},
    {"gains",                [](Protocol& p) { p.partners[0].gains = "x"; }, Member::gains},
    {"speaks",               [](Protocol& p) { p.partners[0].speaks.push_back("ti"); }, Member::speaks},
    {"contact",              [](Protocol& p) { p.partners[0].contact = "x"; }, Member::contact},
    {"partner closed",       [](Protocol& p) { p.partners[0].closed.clear(); }, Member::partner_closed_on},
    {"role name",            [](Protocol& p) { p.roles[1].name = "x"; }, Member::whole_role},
    {"role title",           [](Protocol& p) { p.roles[1].title = "x"; }, Member::title},
    {"another role",         [](Protocol& p) { p.roles.push_back(p.roles[1]); p.roles.back().name = "x"; p.roles.back().title = "X"; }, Member::whole_role},
    {"binding",              [](Protocol& p) { p.roles[3].binding = model::Binding::held_by; }, Member::binding},
    {"deputies",             [](Protocol& p) { std::ranges::reverse(p.roles[1].partners); }, Member::held_by},
    {"candidates",           [](Protocol& p) { p.roles[2].partners.pop_back(); }, Member::candidates},
    {"chooser",              [](Protocol& p) { p.roles[2].chooser = kHelper; }, Member::chooser},
    {"answer_within",        [](Protocol& p) { p.roles[2].answer_within = kDays; }, Member::answer_within},
    {"no answer_within",     [](Protocol& p) { p.roles[2].answer_within.reset(); }, Member::answer_within},
    {"requires",             [](Protocol& p) { p.roles[1].requires_competences.clear(); }, Member::requires_competence},
    {"supervisor",           [](Protocol& p) { p.roles[3].supervisor = kHost; }, Member::supervisor},
    {"cases_max",            [](Protocol& p) { p.roles[1].cases_max = std::uint16_t{7}; }, Member::cases_max},
    {"information name",     [](Protocol& p) { p.informations[0].name = "x"; }, Member::whole_information},
    {"information title",    [](Protocol& p) { p.informations[0].title = "x"; }, Member::title},
    {"another information",  [](Protocol& p) { p.informations.push_back(p.informations[1]); p.informations.back().name = "x"; p.informations.back().title = "X"; }, Member::whole_information},
    {"type",                 [](Protocol& p) { p.informations[5].type = model::InformationType::number; }, Member::type},
    {"levels",               [](Protocol& p) { std::swap(p.informations[1].levels[0], p.informations[1].levels[2]); }, Member::levels},
    {"one of",               [](Protocol& p) { p.informations[2].levels.push_back("x"); }, Member::levels},
    {"seen_by",              [](Protocol& p) { p.informations[0].seen_by.push_back(kHelper); }, Member::seen_by},
    {"no longer seen_by",    [](Protocol& p) { p.informations[1].seen_by.clear(); }, Member::seen_by},
    {"sensitive",            [](Protocol& p) { p.informations[1].sensitive = false; }, Member::sensitive},
    {"kept",                 [](Protocol& p) { p.informations[0].kept_after_closing = kDays; }, Member::kept},
    {"consent name",         [](Protocol& p) { p.consents[0].name = "x"; }, Member::whole_consent},
    {"consent title",        [](Protocol& p) { p.consents[0].title = "x"; }, Member::title},
    {"covers",               [](Protocol& p) { p.consents[0].covers.pop_back(); }, Member::covers},
    {"consent with",         [](Protocol& p) { p.consents[0].with.push_back(kHelper); }, Member::consent_with},
    {"purpose",              [](Protocol& p) { p.consents[0].purpose = "x"; }, Member::purpose},
    {"lasts",                [](Protocol& p) { p.consents[0].lasts.reset(); }, Member::lasts},
    {"stage name",           [](Protocol& p) { p.stages[0].name = "x"; }, Member::whole_stage},
    {"stage title",          [](Protocol& p) { p.stages[0].title = "x"; }, Member::title},
    {"step name",            [](Protocol& p) { p.steps[1].name = "x"; }, Member::whole_step},
    {"step name and title",  [](Protocol& p) { p.steps[1].name = "x"; p.steps[1].title = "x"; }, Member::whole_step},
    {"step title",           [](Protocol& p) { p.steps[1].title = "x"; }, Member::title},
    {"another step",         [](Protocol& p) { p.steps.push_back(p.steps[0]); p.steps.back().name = "x"; p.steps.back().title = "X"; }, Member::whole_step},
    {"step stage",           [](Protocol& p) { p.steps[1].stage = model::StageId{1}; }, Member::stage},
    {"after",                [](Protocol& p) { p.steps[2].after.nodes[0].op = Op::any_of; }, Member::after},
    {"no after",             [](Protocol& p) { p.steps[1].after.nodes.clear(); }, Member::after},
    {"when",                 [](Protocol& p) { p.steps[1].when = settled(0); }, Member::when},
    {"unless",               [](Protocol& p) { p.steps[1].unless = settled(0); }, Member::unless},
    {"no unless",            [](Protocol& p) { p.steps[1].unless.nodes.clear(); }, Member::unless},
    {"responsible",          [](Protocol& p) { p.steps[1].responsible = kHelper; }, Member::responsible},
    {"with",                 [](Protocol& p) { p.steps[0].with.pop_back(); }, Member::with},
    {"informs",              [](Protocol& p) { p.steps[0].informs.push_back(kHelper); }, Member::informs},
    {"addresses",            [](Protocol& p) { p.steps[0].addresses.clear(); }, Member::addresses},
    {"requires_consents",    [](Protocol& p) { p.steps[1].requires_consents.clear(); }, Member::requires_consent},
    {"asks_consent",         [](Protocol& p) { p.steps[0].asks_consent = {}; }, Member::asks_consent},
    {"accept_within",        [](Protocol& p) { p.steps[0].accept_within = kDays; }, Member::accept_within},
    {"deadline within",      [](Protocol& p) { p.steps[0].deadlines[0].within = kDays; }, Member::within},
    {"deadline from",        [](Protocol& p) { p.steps[1].deadlines[0].from = {}; }, Member::within},
    {"deadline when",        [](Protocol& p) { p.steps[1].deadlines[0].when.nodes.clear(); }, Member::within},
    {"deadlines' order",     [](Protocol& p) { std::ranges::reverse(p.steps[1].deadlines); }, Member::within},
    {"remind_before",        [](Protocol& p) { p.steps[0].remind_before[0] = kDays; }, Member::remind},
    {"late by",              [](Protocol& p) { p.steps[0].late[0].by = kDays; }, Member::late},
    {"late action",          [](Protocol& p) { p.steps[0].late[0].action = model::LateAction::escalate; }, Member::late},
    {"late role",            [](Protocol& p) { p.steps[0].late[0].role = kHelper; }, Member::late},
    {"late outcome",         [](Protocol& p) { p.steps[0].late[2].outcome = model::OutcomeId{0}; }, Member::late},
    {"late rules' order",    [](Protocol& p) { std::ranges::reverse(p.steps[0].late); }, Member::late},
    {"hold at_most",         [](Protocol& p) { p.steps[0].hold->at_most = kDays; }, Member::hold},
    {"hold reason",          [](Protocol& p) { p.steps[0].hold->reason = "x"; }, Member::hold},
    {"no hold",              [](Protocol& p) { p.steps[0].hold.reset(); }, Member::hold},
    {"records",              [](Protocol& p) { p.steps[0].records.pop_back(); }, Member::records},
    {"outcome name",         [](Protocol& p) { p.steps[0].outcomes[0].name = "x"; }, Member::outcome_name},
    {"outcome title",        [](Protocol& p) { p.steps[0].outcomes[0].title = "x"; }, Member::outcome},
    {"reopens",              [](Protocol& p) { p.steps[1].outcomes[1].reopens = model::StepId{1}; }, Member::outcome},
    {"reopens_max",          [](Protocol& p) { p.steps[1].outcomes[1].reopens_max = 7; }, Member::outcome},
    {"ends_case",            [](Protocol& p) { p.steps[0].outcomes[1].ends_case = {}; }, Member::outcome},
    {"review by",            [](Protocol& p) { p.steps[0].review->by = {kHelper}; }, Member::review},
    {"one more reviewer",    [](Protocol& p) { p.steps[0].review->by.push_back(kHelper); }, Member::review},
    {"how many approve",     [](Protocol& p) { p.steps[3].review->approvals = 1; }, Member::review},
    {"review within",        [](Protocol& p) { p.steps[0].review->within = kDays; }, Member::review_within},
    {"returns_max",          [](Protocol& p) { p.steps[0].review->returns_max = 7; }, Member::returns_max},
    {"no review",            [](Protocol& p) { p.steps[0].review.reset(); }, Member::review},
    {"another review",       [](Protocol& p) { p.steps[1].review = model::Review{{kHost}, 1, {}, 0}; }, Member::review},
    {"repeat until",         [](Protocol& p) { p.steps[1].repeat->until = settled(0); }, Member::repeat},
    {"repeat times",         [](Protocol& p) { p.steps[1].repeat->times_max = 7; }, Member::repeat},
    {"repeat every",         [](Protocol& p) { p.steps[1].repeat->every.reset(); }, Member::repeat},
    {"no repeat",            [](Protocol& p) { p.steps[1].repeat.reset(); }, Member::repeat},
    {"through",              [](Protocol& p) { p.steps[1].through = {}; }, Member::through},
    {"guidance",             [](Protocol& p) { p.steps[0].guidance = "x"; }, Member::guidance},
    {"session name",         [](Protocol& p) { p.sessions[0].name = "x"; }, Member::whole_session},
    {"session title",        [](Protocol& p) { p.sessions[0].title = "x"; }, Member::title},
    {"another session",      [](Protocol& p) { p.sessions.push_back(p.sessions[0]); p.sessions.back().name = "x"; p.sessions.back().title = "X"; }, Member::whole_session},
    {"hosted_by",            [](Protocol& p) { p.sessions[0].hosted_by = kHelper; }, Member::hosted_by},
    {"session with",         [](Protocol& p) { p.sessions[0].with.pop_back(); }, Member::with},
    {"beneficiaries_max",    [](Protocol& p) { p.sessions[0].beneficiaries_max.reset(); }, Member::places},
    {"session every",        [](Protocol& p) { p.sessions[0].every.reset(); }, Member::held_every},
    {"on_request",           [](Protocol& p) { p.sessions[0].on_request = false; }, Member::held_every},
    {"prepare name",         [](Protocol& p) { p.sessions[0].preparations[0].name = "x"; }, Member::preparation},
    {"prepare title",        [](Protocol& p) { p.sessions[0].preparations[0].title = "x"; }, Member::preparation},
    {"prepare responsible",  [](Protocol& p) { p.sessions[0].preparations[0].responsible = kHost; }, Member::preparation},
    {"prepare with",         [](Protocol& p) { p.sessions[0].preparations[0].with.clear(); }, Member::preparation},
    {"prepare before",       [](Protocol& p) { p.sessions[0].preparations[0].before = kDays; }, Member::preparation},
    {"follow-up name",       [](Protocol& p) { p.sessions[0].follow_ups[0].name = "x"; }, Member::follow_up},
    {"follow-up title",      [](Protocol& p) { p.sessions[0].follow_ups[0].title = "x"; }, Member::follow_up},
    {"follow-up role",       [](Protocol& p) { p.sessions[0].follow_ups[0].responsible = kHost; }, Member::follow_up},
    {"follow-up within",     [](Protocol& p) { p.sessions[0].follow_ups[0].within = kDays; }, Member::follow_up},
    {"routine name",         [](Protocol& p) { p.routines[0].name = "x"; }, Member::whole_routine},
    {"routine title",        [](Protocol& p) { p.routines[0].title = "x"; }, Member::title},
    {"another routine",      [](Protocol& p) { p.routines.push_back(p.routines[1]); p.routines.back().name = "x"; p.routines.back().title = "X"; }, Member::whole_routine},
    {"routine purpose",      [](Protocol& p) { p.routines[0].purpose = model::RoutinePurpose::evaluation; }, Member::routine_purpose},
    {"every",                [](Protocol& p) { p.routines[0].every = kDays; }, Member::every},
    {"for_first",            [](Protocol& p) { p.routines[0].for_first = kDays; }, Member::every},
    {"then_every",           [](Protocol& p) { p.routines[0].then_every = kDays; }, Member::every},
    {"for_each_case",        [](Protocol& p) { p.routines[1].for_each_case = false; }, Member::for_each_case},
    {"routine responsible",  [](Protocol& p) { p.routines[0].responsible = kHelper; }, Member::responsible},
    {"with_all_partners",    [](Protocol& p) { p.routines[0].with_all_partners = false; }, Member::with_all_partners},
    {"routine with",         [](Protocol& p) { p.routines[1].with = {kHelper}; }, Member::with},
    {"question text",        [](Protocol& p) { p.routines[1].asks[0].text = "x"; }, Member::asks},
    {"question type",        [](Protocol& p) { p.routines[1].asks[0].type = model::AnswerType::text; }, Member::asks},
    {"question from",        [](Protocol& p) { p.routines[1].asks[0].from = -1; }, Member::asks},
    {"question to",          [](Protocol& p) { p.routines[1].asks[0].to = 9; }, Member::asks},
    {"questions' order",     [](Protocol& p) { std::ranges::reverse(p.routines[1].asks); }, Member::asks},
    {"routine within",       [](Protocol& p) { p.routines[1].within.reset(); }, Member::routine_within},
    {"routine late",         [](Protocol& p) { p.routines[1].late.clear(); }, Member::late},
    {"routine reminder",     [](Protocol& p) { p.routines[1].remind_before.push_back(kDays); }, Member::remind},
    {"agreement",            [](Protocol& p) { p.agreement.reset(); }, Member::whole_agreement},
    {"signed by",            [](Protocol& p) { p.agreement->by_all_partners = false; p.agreement->partners = {model::PartnerId{1}}; }, Member::signed_by},
    {"signed within",        [](Protocol& p) { p.agreement->within = kDays; }, Member::signed_within},
    {"renewed every",        [](Protocol& p) { p.agreement->renewed_every.reset(); }, Member::renewed_every},
    {"cases before signature", [](Protocol& p) { p.agreement->cases_before_signature = false; }, Member::cases_before_signature},
    {"ending name",          [](Protocol& p) { p.endings[0].name = "x"; }, Member::whole_ending},
    {"ending title",         [](Protocol& p) { p.endings[0].title = "x"; }, Member::title},
    {"ending when",          [](Protocol& p) { p.endings[0].when = settled(0); }, Member::ending_when},
    {"has_condition",        [](Protocol& p) { p.endings[1].has_condition = true; }, Member::ending_when},
    {"immediately",          [](Protocol& p) { p.endings[0].immediately = false; }, Member::immediately},
    {"at_any_time_by",       [](Protocol& p) { p.endings[2].at_any_time_by = kLead; }, Member::at_any_time_by},
    {"counts_as",            [](Protocol& p) { p.endings[0].counts_as = model::CountsAs::neutral; }, Member::counts_as},
    {"ending's follow-up",   [](Protocol& p) { p.endings[0].follow_ups.clear(); }, Member::follow_up},
    {"promise name",         [](Protocol& p) { p.promises[0].name = "x"; }, Member::whole_promise},
    {"promise title",        [](Protocol& p) { p.promises[0].title = "x"; }, Member::title},
    {"promise translation",  [](Protocol& p) { p.promises[0].translations.push_back({"ti", "x"}); }, Member::translation},
    {"promise kind",         [](Protocol& p) { p.promises[0].lines[0].kind = model::PromiseKind::then_later; }, Member::promise_line},
    {"promise condition",    [](Protocol& p) { p.promises[0].lines[0].conditions[0] = settled(0); }, Member::promise_line},
    {"promise's order",      [](Protocol& p) { std::ranges::reverse(p.promises[0].lines[1].conditions); }, Member::promise_line},
    {"promise within",       [](Protocol& p) { p.promises[0].lines[4].within = kDays; }, Member::promise_line},
    {"promise partner",      [](Protocol& p) { p.promises[0].lines[7].partner = model::PartnerId{0}; }, Member::promise_line},
    {"promise information",  [](Protocol& p) { p.promises[0].lines[7].information = model::InformationId{0}; }, Member::promise_line},
    {"promise consent",      [](Protocol& p) { p.promises[0].lines[7].consent = {}; }, Member::promise_line},
};

const Edit kEmptyEdits[] = {
    {"language",             [](Protocol& p) { p.language = p.language == model::Language::french ? model::Language::english : model::Language::french; }, Member::count},
    {"lines",                [](Protocol& p) { p.roles[1].line = 9; p.steps[0].line = 9; p.steps[0].responsible_line = 9; p.steps[0].review->line = 9; p.sessions[0].line = 9; p.promises[0].line = 9; p.promises[0].lines[0].line = 9; }, Member::count},
    {"examples",             [](Protocol& p) { p.examples.clear(); }, Member::count},
    {"order of closed days", [](Protocol& p) { std::ranges::reverse(p.calendar.closed); std::ranges::reverse(p.partners[0].closed); }, Member::count},
    {"order of languages",   [](Protocol& p) { std::ranges::reverse(p.partners[0].speaks); }, Member::count},
    {"order of candidates",  [](Protocol& p) { std::ranges::reverse(p.roles[2].partners); }, Member::count},
    {"order of values",      [](Protocol& p) { std::ranges::reverse(p.informations[0].seen_by); std::ranges::reverse(p.consents[0].covers); }, Member::count},
    {"order of those with",  [](Protocol& p) { std::ranges::reverse(p.steps[0].with); std::ranges::reverse(p.steps[0].informs); std::ranges::reverse(p.routines[1].with); std::ranges::reverse(p.sessions[0].with); }, Member::count},
    {"order of records",     [](Protocol& p) { std::ranges::reverse(p.steps[0].records); }, Member::count},
    {"order of routines",    [](Protocol& p) { std::ranges::reverse(p.routines); }, Member::count},
    {"order of promises",    [](Protocol& p) { std::ranges::reverse(p.promises[0].lines); }, Member::count},
    {"order of outcomes",    swap_outcomes, Member::count},
    {"order of one of",      swap_values, Member::count},
    {"order of all of",      swap_operands, Member::count},
    {"order of both",        [](Protocol& p) { std::ranges::reverse(p.promises[0].lines[2].conditions); }, Member::count},
    {"order of reminders",   [](Protocol& p) { std::ranges::reverse(p.steps[0].remind_before); std::ranges::reverse(p.routines[1].remind_before); }, Member::count},
    {"order of signers",     [](Protocol& p) { std::ranges::reverse(p.agreement->partners); }, Member::count},
    {"order of preparations", [](Protocol& p) { std::ranges::reverse(p.sessions[0].preparations); std::ranges::reverse(p.sessions[0].preparations[1].with); std::ranges::reverse(p.sessions[0].follow_ups); std::ranges::reverse(p.endings[0].follow_ups); }, Member::count},
    {"order of needs",       [](Protocol& p) { std::ranges::reverse(p.steps[0].addresses); std::ranges::reverse(p.roles[1].requires_competences); std::ranges::reverse(p.partners[0].brings); }, Member::count},
    {"order of translations", [](Protocol& p) { std::ranges::reverse(p.translations); }, Member::count},
};
// clang-format on

}  // namespace

Protocol crowded(Protocol whole) {
  Protocol& p = whole;
  p.needs.push_back({"home", "Home", "", {}});
  p.competences.push_back({"law", "Law", "", {}});
  p.partners[0].brings.push_back(model::CompetenceId{1});
  p.partners[0].closed.push_back({p.partners[0].closed[0].day + std::chrono::days(1), "x"});
  p.roles[1].requires_competences.push_back(model::CompetenceId{1});
  p.steps[0].addresses.push_back(model::NeedId{1});
  p.steps[0].informs.push_back(RoleId{0});
  p.steps[0].remind_before.push_back({2, DurationUnit::days});
  p.sessions[0].preparations.push_back({"room", "Room", kLead, {kHost, kHelper}, kDays});
  p.sessions[0].follow_ups.push_back({"photos", "Photos", kHost, kDays});
  p.endings[0].follow_ups.push_back({"visit", "Visit", kHost, kDays});
  p.routines[1].asks.push_back({"Often?", model::AnswerType::yes_or_no, 0, 0});
  p.routines[1].remind_before = {{2, DurationUnit::days}, {1, DurationUnit::weeks}};
  p.routines[1].with.push_back(kHelper);
  p.routines[1].late.push_back({kDays, model::LateAction::tell, kHelper, {}});
  p.agreement->by_all_partners = false;
  p.agreement->partners = {model::PartnerId{0}, model::PartnerId{1}};
  p.translations.push_back({"fa", "x"});
  return whole;
}

std::span<const Edit> edits() {
  return kEdits;
}

std::span<const Edit> empty_edits() {
  return kEmptyEdits;
}

}  // namespace protoflow::dsl
