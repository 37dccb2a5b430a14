// Every role × every address × every member of every answer, on every protocol that we ship. What
// is expected stands in two tables of this file's own; an address or a member that they do not know
// fails.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "runtime/http/routes.hpp"
#include "tests/support/places.hpp"
#include "tests/unit/runtime/access/access_world.hpp"

namespace protoflow::runtime {
namespace {

using Json = RunningApi::Json;

// What an address answers to somebody.
enum class Door : std::uint8_t {
  open,
  hidden,  // 404, as for what there is not
  shut,    // 403: it is not for them, whatever is there
};

struct Address {
  std::string_view method, path, body;
  Door role, partless, elsewhere, beneficiary, other_beneficiary;
};

constexpr auto o = Door::open, h = Door::hidden, x = Door::shut;

// clang-format off
// role: whose partner has a part in the case; partless: of the protocol's partners, without one.
constexpr auto kAddresses = std::to_array<Address>({
    {"GET",    "/health",                              "",                  o, o, o, o, o},
    {"GET",    "/ready",                               "",                  o, o, o, o, o},
    {"GET",    "/metrics",                             "",                  x, x, x, x, x},
    {"GET",    "/v1/health",                           "",                  o, o, o, o, o},
    {"GET",    "/v1/openapi.json",                     "",                  o, o, o, o, o},
    {"GET",    "/v1/checkpoint",                       "",                  o, o, o, o, o},
    {"GET",    "/v1/me",                               "",                  o, o, o, o, o},
    {"POST",   "/v1/me/contact",                       "{}",                o, o, o, o, o},
    {"POST",   "/v1/me/calendar",                      "{}",                o, o, o, o, o},
    {"GET",    "/v1/tokens",                           "",                  o, o, o, o, o},
    {"DELETE", "/v1/tokens/{token}",                   "",                  h, h, o, h, h},
    {"POST",   "/v1/people/{person}/tokens",           "{}",                x, x, x, x, x},
    {"POST",   "/v1/clock",                            "{}",                x, x, x, x, x},
    {"GET",    "/v1/protocols",                        "",                  o, o, o, o, o},
    {"POST",   "/v1/protocols",                        "{}",                x, x, x, x, x},
    {"GET",    "/v1/protocols/{protocol}/versions",    "",                  o, o, h, h, h},
    {"GET",    "/v1/protocols/{protocol}/versions/{version}", "",           o, o, h, h, h},
    {"GET",    "/v1/protocols/{protocol}/changes",     "",                  o, o, h, h, h},
    {"POST",   "/v1/protocols/{protocol}/migrate",     R"({"to":"latest","dry_run":true})", o, o, h, h, h},
    {"POST",   "/v1/protocols/{protocol}/transfer",    R"({"from":"a","to":"b","dry_run":true})", o, o, h, h, h},
    {"GET",    "/v1/people",                           "",                  o, o, o, o, o},
    {"POST",   "/v1/people",                           "{}",                x, x, x, x, x},
    {"POST",   "/v1/people/{person}/commands",         R"({"command":"person_removed","dry_run":true})", x, x, x, x, x},
    {"POST",   "/v1/people/import",                    "{}",                x, x, x, x, x},
    {"GET",    "/v1/calendars",                        "",                  x, x, x, x, x},
    {"POST",   "/v1/calendars",                        "{}",                x, x, x, x, x},
    {"GET",    "/v1/calendar/{secret}",                "",                  h, h, h, h, h},
    {"GET",    "/v1/cases",                            "",                  o, o, o, o, o},
    {"POST",   "/v1/cases",                            R"({"protocol":"{protocol}","dry_run":true})", o, o, h, h, h},
    {"GET",    "/v1/cases/{case}",                     "",                  o, h, h, o, h},
    {"GET",    "/v1/cases/{case}/history",             "",                  o, h, h, o, h},
    {"GET",    "/v1/cases/{case}/mails",               "",                  x, x, x, x, x},
    {"GET",    "/v1/cases/{case}/times",               "",                  o, h, h, o, h},
    {"GET",    "/v1/cases/{case}/people",              "",                  o, h, h, o, h},
    {"POST",   "/v1/cases/{case}/commands",            R"({"command":"nothing"})", o, h, h, o, h},
    {"GET",    "/v1/partnerships",                     "",                  o, o, o, o, o},
    {"GET",    "/v1/partnerships/{protocol}",          "",                  o, o, h, h, h},
    {"POST",   "/v1/partnerships/{protocol}/commands", R"({"command":"nothing"})", o, o, h, h, h},
    {"GET",    "/v1/sessions",                         "",                  o, o, o, o, o},
    {"POST",   "/v1/sessions",                         R"({"protocol":"{protocol}","dry_run":true})", o, o, h, h, h},
    {"GET",    "/v1/sessions/{session}",               "",                  o, o, h, h, h},
    {"POST",   "/v1/sessions/{session}/commands",      R"({"command":"nothing"})", o, o, h, h, h},
    {"GET",    "/v1/tasks",                            "",                  o, o, o, o, o},
    {"GET",    "/v1/notices",                          "",                  o, o, o, o, o},
    {"GET",    "/v1/stream",                           "",                  o, o, o, o, o},
    {"GET",    "/v1/outbox",                           "",                  x, x, x, x, x},
    {"POST",   "/v1/outbox/{channel}/commands",        "{}",                x, x, x, x, x},
    {"POST",   "/v1/sign-in",                          "{}",                o, o, o, o, o},
    {"POST",   "/v1/sign-in/token",                    "{}",                o, o, o, o, o},
    {"POST",   "/v1/sign-in/operator",                 "{}",                x, x, x, x, x},
    {"GET",    "/sign-in/{secret}",                    "",                  h, h, h, h, h},
    {"POST",   "/sign-in",                             "secret=x",          h, h, h, h, h},
    {"GET",    "/answer/{secret}",                     "",                  h, h, h, h, h},
    {"POST",   "/answer",                              "secret=x",          h, h, h, h, h},
    {"POST",   "/sign-out",                            "",                  o, o, o, o, o},
});

// Who may find a member in an answer that they get.
enum class Shown : std::uint8_t {
  all,        // everybody who gets the answer
  chief,      // the operator alone
  of_part,    // of a case: those who have a part in it
  inside,     // of a step: those who have to do with it, the coordination, the beneficiary
  value,      // of an information: those that the protocol names
  name,       // of a person: colleagues; in a case also the coordination and the beneficiary
  colleague,  // of the directory: those of the reader's own partner
  to_partner, // a notice: the partner to which it is said
  own,        // a token: its owner's
  of_protocol,// partners that the protocol names
  role,       // those who play a role and have a part in the case
};

struct Member {
  std::string_view path, member;
  Shown shown;
};

constexpr auto kMembers = std::to_array<Member>({
    {"/ready", "status", Shown::all},
    {"/health", "status now", Shown::all},
    {"/health", "cases notices_waiting channels channels/*/channel channels/*/pending channels/*/dead", Shown::chief},
    {"/v1/health", "status now", Shown::all},
    {"/v1/health", "cases notices_waiting channels channels/*/channel channels/*/pending channels/*/dead", Shown::chief},
    {"/v1/me", "reader person partner roles/* roles token/token token/person token/scopes/* token/expires may/*", Shown::all},
    {"/v1/tokens", "tokens", Shown::all},
    {"/v1/tokens", "tokens/*/token tokens/*/person tokens/*/scopes/* tokens/*/expires", Shown::own},
    {"/v1/protocols", "protocols", Shown::all},
    {"/v1/protocols", "protocols/*/protocol protocols/*/version protocols/*/title protocols/*/meaning", Shown::of_protocol},
    {"/v1/protocols/{protocol}/versions", "versions/*/version versions/*/meaning versions/*/title versions/*/deployed versions/*/in_force versions/*/partners versions/*/partners/*/partner versions/*/partners/*/title versions/*/partners/*/state versions/*/partners/*/must_sign versions/*/partners/*/stands versions/*/partners/*/signed_at versions/*/partners/*/signed_at_text versions/*/partners/*/lapses versions/*/partners/*/lapses_text versions/*/partners/*/answer_due versions/*/partners/*/answer_due_text", Shown::of_protocol},
    {"/v1/protocols/{protocol}/versions/{version}", "protocol version meaning title deployed in_force language text files calendars files/*/path files/*/text calendars/*/path calendars/*/closed/*/day calendars/*/closed/*/reason partners partners/*/partner partners/*/title partners/*/state partners/*/must_sign partners/*/stands partners/*/signed_at partners/*/signed_at_text partners/*/lapses partners/*/lapses_text partners/*/answer_due partners/*/answer_due_text", Shown::of_protocol},
    {"/v1/protocols/{protocol}/changes", "protocol was/version was/meaning is/version is/meaning changes", Shown::of_protocol},
    {"/v1/people", "people", Shown::all},
    {"/v1/people", "people/*/person people/*/partner people/*/roles people/*/roles/* people/*/trainings/*/competence people/*/trainings/*/from people/*/trainings/*/until people/*/contact", Shown::colleague},
    {"/v1/calendars", "calendars", Shown::chief},
    {"/v1/cases/{case}/mails", "mails", Shown::chief},
    {"/v1/cases", "cases", Shown::all},
    {"/v1/cases", "cases/*/case cases/*/protocol cases/*/status cases/*/version", Shown::of_part},
    {"/v1/cases/{case}", "case protocol protocol_version meaning version status opened ending", Shown::of_part},
    {"/v1/cases/{case}", "steps/*/step steps/*/title steps/*/work steps/*/time steps/*/due", Shown::of_part},
    {"/v1/cases/{case}", "steps/*/outcome steps/*/review steps/*/approvals_needed steps/*/reviewers/*/role steps/*/reviewers/*/partner steps/*/reviewers/*/review", Shown::inside},
    {"/v1/cases/{case}", "steps/*/reviewers/*/person duties/*/person", Shown::name},
    {"/v1/cases/{case}", "information duties", Shown::of_part},
    {"/v1/cases/{case}", "information/*/information", Shown::value},
    {"/v1/cases/{case}", "information/*/value", Shown::value},
    {"/v1/cases/{case}", "duties/*/case duties/*/kind duties/*/step duties/*/binding duties/*/routine duties/*/session duties/*/task duties/*/role duties/*/partner duties/*/work duties/*/time duties/*/due duties/*/due_text duties/*/since duties/*/because/event duties/*/because/line duties/*/text duties/*/trouble", Shown::of_part},
    {"/v1/cases/{case}/history", "case events/*/stream events/*/version events/*/kind events/*/kind_version events/*/happened events/*/recorded events/*/protocol events/*/actor events/*/actor/partner events/*/actor/role events/*/subject events/*/subject/step events/*/subject/role events/*/subject/routine events/*/subject/session events/*/subject/occurrence events/*/subject/task events/*/hidden/* events/*/body", Shown::of_part},
    {"/v1/cases/{case}/history", "events/*/body/status events/*/body/work events/*/body/time events/*/body/responsibility events/*/body/review events/*/body/referral events/*/body/round events/*/body/returns events/*/body/deputy events/*/body/reminders events/*/body/late_rules events/*/body/reopenings events/*/body/due events/*/body/due_rule events/*/body/due_from events/*/body/offer_due events/*/body/review_due events/*/body/held_since events/*/body/next_round events/*/body/hand_over_due events/*/body/until events/*/body/shift_ms events/*/body/held_ms events/*/body/ending events/*/body/role events/*/body/partner events/*/body/review_partner events/*/body/told events/*/body/occurrence events/*/body/number events/*/body/planned events/*/body/counted_from events/*/body/unsigned_by/* events/*/body/source/origin events/*/body/source/ending events/*/body/source/name events/*/body/attended/* events/*/body/at", Shown::of_part},
    {"/v1/cases/{case}/history", "events/*/body/outcome events/*/body/why events/*/body/consent/* events/*/body/consent_until/* events/*/body/seat events/*/body/attendance", Shown::inside},
    {"/v1/cases/{case}/history", "events/*/actor/person events/*/body/person events/*/body/reviewer events/*/body/away events/*/body/reviewers/*/person", Shown::name},
    {"/v1/cases/{case}/history", "events/*/body/reviewers/*/role events/*/body/reviewers/*/review events/*/body/reviewers/*/partner", Shown::of_part},
    {"/v1/cases/{case}/history", "events/*/command events/*/previous events/*/body/beneficiary events/*/body/information/*/commitment events/*/body/information/*/sealed events/*/body/reason/commitment events/*/body/reason/sealed events/*/body/answers/*/question events/*/body/answers/*/scale events/*/body/answers/*/yes events/*/body/answers/*/text/commitment events/*/body/answers/*/text/sealed", Shown::chief},
    {"/v1/cases/{case}/times", "case until orphan_ms orphan_ms/not_taken orphan_ms/nobody_answers orphan_ms/waits_for_referral orphan_ms/released orphan_ms/referral stops", Shown::of_part},
    {"/v1/cases/{case}/times", "stops/*/step stops/*/why stops/*/from stops/*/to", Shown::inside},
    {"/v1/partnerships", "partnerships", Shown::all},
    {"/v1/partnerships/{protocol}", "founded meaning partners/*/lapses partners/*/lapses_text partners/*/must_sign partners/*/partner partners/*/signed_at partners/*/signed_at_text partners/*/stands partners/*/state partners/*/title protocol protocol_version remarks routines/*/answers routines/*/answers/*/count routines/*/answers/*/question routines/*/answers/*/text routines/*/held routines/*/last/attended routines/*/last/closed routines/*/last/number routines/*/last/planned routines/*/last/state routines/*/late_since routines/*/late_since_text routines/*/missed routines/*/number routines/*/partner routines/*/planned routines/*/planned_text routines/*/postponed routines/*/role routines/*/routine routines/*/state routines/*/title status title version", Shown::of_protocol},
    {"/v1/cases/{case}/people", "people", Shown::of_part},
    {"/v1/cases/{case}/people", "people/*/person people/*/for people/*/for/*", Shown::role},
    {"/v1/cases/{case}/people", "people/*/cases people/*/against people/*/against/* people/*/lacking/*", Shown::colleague},
    {"/v1/outbox", "channels/*/channel channels/*/dead channels/*/pending dead waiting", Shown::chief},
    {"/v1/tasks", "tasks", Shown::all},
    {"/v1/tasks", "deliveries deliveries/*/channel deliveries/*/id deliveries/*/stream deliveries/*/attempts deliveries/*/reason", Shown::chief},
    {"/v1/tasks", "tasks/*/person", Shown::name},
    {"/v1/tasks", "tasks/*/case tasks/*/kind tasks/*/step tasks/*/binding tasks/*/routine tasks/*/session tasks/*/task tasks/*/role tasks/*/partner tasks/*/work tasks/*/time tasks/*/due tasks/*/due_text tasks/*/since tasks/*/because/event tasks/*/because/line tasks/*/text tasks/*/trouble tasks/*/may_still_take tasks/*/stream tasks/*/protocol", Shown::of_part},
    {"/v1/notices", "notices next", Shown::all},
    {"/v1/notices", "notices/*/id notices/*/kind notices/*/at notices/*/case notices/*/partnership notices/*/session notices/*/protocol notices/*/role notices/*/partner notices/*/person notices/*/step notices/*/binding notices/*/routine notices/*/consent notices/*/ending notices/*/task notices/*/due notices/*/text", Shown::to_partner},
    {"/v1/sessions", "sessions", Shown::all},
    {"/v1/sessions", "sessions/*/id sessions/*/session sessions/*/title sessions/*/protocol sessions/*/protocol_version sessions/*/status sessions/*/at sessions/*/at_text sessions/*/places sessions/*/enrolled sessions/*/waiting", Shown::of_protocol},
    {"/v1/sessions/{session}", "id session title protocol protocol_version status at at_text places enrolled waiting version role partner enrolments duties duties/*/stream duties/*/kind duties/*/session duties/*/task duties/*/role duties/*/partner duties/*/work duties/*/time duties/*/due duties/*/due_text duties/*/since duties/*/because/event duties/*/because/line duties/*/text duties/*/trouble", Shown::of_protocol},
    {"/v1/sessions/{session}", "place", Shown::of_protocol},
    {"/v1/sessions/{session}", "enrolments/*/case enrolments/*/step enrolments/*/seat enrolments/*/attendance", Shown::of_part},
});
// clang-format on

const Address* address_of(const Route& route) {
  const auto* const found = std::ranges::find_if(kAddresses, [&](const Address& each) {
    return each.method == route.method && each.path == route.path;
  });
  return found == kAddresses.end() ? nullptr : found;
}

Door door_of(const Address& address, const Visitor& visitor, const AccessWorld& world) {
  switch (visitor.seat) {
    case Seat::nobody:
    case Seat::chief:
      return address.elsewhere;
    case Seat::elsewhere:
      return address.elsewhere;
    case Seat::beneficiary:
      return address.beneficiary;
    case Seat::other_beneficiary:
      return address.other_beneficiary;
    case Seat::role:
      return world.has_part(visitor.partner) ? address.role : address.partless;
  }
  return Door::hidden;
}

// What was answered, as a door; 401 and others as they are.
std::string door_text(const ClientAnswer& answer) {
  const auto json = Json::parse(answer.body, nullptr, false);
  const auto type = json.is_object() ? json.value("type", "") : "";
  if (answer.status == 404) {
    return "hidden";
  }
  const bool shut = type == "/problems/for-the-operator" || type == "/problems/not-yourself" ||
                    type == "/problems/token-only-reads";
  return answer.status == 401 ? "401" : shut ? "shut" : "open";
}

std::string_view door_name(Door door) {
  constexpr std::array<std::string_view, 3> kNames = {"open", "hidden", "shut"};
  return kNames[static_cast<std::size_t>(door)];
}

// "/steps/0/outcome" is the member "steps/*/outcome"; what people named stands for itself.
std::string member_of(const std::string& pointer) {
  std::string member;
  std::string_view rest = pointer;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const auto part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(part.size());
    const bool named = member.ends_with("body/information") || member.ends_with("body/consent") ||
                       member.ends_with("body/consent_until");
    const bool number = !part.empty() && part.find_first_not_of("0123456789") == part.npos;
    member += (member.empty() ? "" : "/") + std::string(number || named ? "*" : part);
  }
  return member;
}

bool has_word(std::string_view words, std::string_view word) {
  for (auto at = words.find(word); at != words.npos; at = words.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) {
      return true;
    }
  }
  return false;
}

// A list of partnerships holds what each holds by itself.
const Member* find_member(std::string_view path, const std::string& asked) {
  constexpr std::string_view kList = "partnerships/*/";
  const bool listed = asked.starts_with(kList);
  const auto member = listed ? asked.substr(kList.size()) : asked;
  path = listed ? "/v1/partnerships/{protocol}" : path;
  const auto* const found = std::ranges::find_if(kMembers, [&](const Member& each) {
    return each.path == path && has_word(each.member, member);
  });
  return found == kMembers.end() ? nullptr : found;
}

// One member of one answer to one visitor.
struct Leaf {
  const Json& answer;
  std::string pointer;
  const Json& value;

  // The nearest text called `name` around it.
  [[nodiscard]] std::string around(const std::string& name) const {
    auto place = pointer;
    while (!place.empty()) {
      place.resize(place.rfind('/'));
      const auto& object = answer[Json::json_pointer(place)];
      for (const auto* inner : {"", "subject"}) {
        const auto& in = *inner == '\0' || !object.contains(inner) ? object : object[inner];
        if (in.is_object() && in.contains(name) && in[name].is_string()) {
          return in[name];
        }
      }
    }
    return {};
  }
};

bool may_find(const AccessWorld& world, const Visitor& visitor, Shown shown, const Leaf& leaf) {
  const bool own = visitor.seat == Seat::beneficiary;
  const bool role = visitor.seat == Seat::role;
  const auto of_case = leaf.around("case");
  const auto& first_case = of_case.empty() ? world.case_id : of_case;
  const bool mine = own && first_case == world.case_id;
  switch (shown) {
    case Shown::all:
      return true;
    case Shown::chief:
      return false;
    case Shown::of_part:
      // What stands in no case is of the protocol's partners; of the other case, those by the text.
      return mine || (role && (of_case.empty() || first_case != world.case_id ||
                               world.has_part(visitor.partner)));
    case Shown::inside:
      return mine || (role && (world.coordinates(visitor.partner) ||
                               (!leaf.around("step").empty() &&
                                world.is_inside(visitor.partner, leaf.around("step")))));
    case Shown::value:
      return world.may_read_value(visitor, leaf.around("information"));
    case Shown::name: {
      const auto person = leaf.value.get<std::string>();
      const auto partner = world.partner_of.find(person);
      return mine || person == visitor.person || person.empty() ||
             (role && (world.coordinates(visitor.partner) ||
                       (partner != world.partner_of.end() && partner->second == visitor.partner)));
    }
    case Shown::colleague:
      return leaf.around("person") == visitor.person ||
             ((role || visitor.seat == Seat::elsewhere) &&
              world.partner_of.at(leaf.around("person")) == visitor.partner);
    case Shown::to_partner:
      return role ? leaf.around("partner") == visitor.partner
                  : mine && leaf.around("role") == world.plan->protocol[model::kBeneficiary].name;
    case Shown::own:
      return leaf.around("person") == visitor.person;
    case Shown::of_protocol:
      return role;
    case Shown::role:
      return role && world.has_part(visitor.partner);
  }
  return false;
}

class Cells : public ::testing::TestWithParam<std::string> {
 protected:
  AccessWorld world{in_sources("/protocols/" + GetParam() + ".proto-flow")};
};

std::string asked(const AccessWorld& world, const Route& route) {
  const bool matching = route.path == "/v1/cases/{case}/people";
  return world.filled(route.path) +
         (matching ? "?step=" + world.plan->protocol.steps.front().name : "");
}

std::string body_of(const AccessWorld& world, const Address& address) {
  return world.filled(address.body);
}

TEST_P(Cells, OpenAndCloseEachAddressAsTheTableSays) {
  for (const auto& route : all_routes()) {
    const auto* address = address_of(route);
    ASSERT_NE(address, nullptr) << "say in the table who may ask " << route.path;
    const bool streams = route.path == "/v1/stream";
    const bool no_session =
        world.session_id.empty() && route.path.find("{session}") != route.path.npos;
    for (const auto& visitor : world.visitors) {
      const bool destroys = route.method == "DELETE" &&
                            (visitor.seat == Seat::chief || visitor.seat == Seat::elsewhere);
      if (streams || no_session || destroys || visitor.seat == Seat::chief) {
        continue;
      }
      SCOPED_TRACE(std::string(route.method) + " " + std::string(route.path) + " as " +
                   visitor.person + " " + visitor.role + "@" + visitor.partner);
      const auto answer = world.api.ask_as(visitor.token,
                                           std::string(route.method),
                                           world.filled(route.path),
                                           body_of(world, *address));
      const bool closed = visitor.seat == Seat::nobody && route.needs != Needs::nothing;
      const auto expected =
          closed ? "401" : std::string(door_name(door_of(*address, visitor, world)));
      EXPECT_EQ(door_text(answer), expected) << answer.status << answer.body;
      const bool acts = route.method == "POST" && route.needs != Needs::nothing;
      if (acts && visitor.seat != Seat::nobody) {
        const auto reading = world.api.ask_as(visitor.reading_token,
                                              std::string(route.method),
                                              world.filled(route.path),
                                              body_of(world, *address));
        EXPECT_EQ(door_text(reading), "shut") << reading.body;
      }
    }
  }
}

TEST_P(Cells, ShowEachMemberToThoseWhomTheTableNames) {
  std::set<std::pair<std::string, std::string>> unknown;
  std::size_t cells = 0;
  for (const auto& route : all_routes()) {
    const bool of_nobody = route.path == "/v1/stream" || route.path == "/v1/openapi.json" ||
                           route.path == "/v1/checkpoint" || route.path == "/metrics";
    if (route.method != "GET" || of_nobody) {
      continue;
    }
    for (const auto& visitor : world.visitors) {
      const auto answer = world.ask(visitor, "GET", asked(world, route));
      if (answer.status != 200 || visitor.seat == Seat::nobody) {
        continue;
      }
      const auto json = Json::parse(answer.body);
      const auto leaves = json.flatten();
      for (const auto& [pointer, value] : leaves.items()) {
        const auto member = member_of(pointer);
        const auto* row = find_member(route.path, member);
        if (row == nullptr) {
          unknown.emplace(route.path, member);
          continue;
        }
        ++cells;
        const bool may = visitor.seat == Seat::chief || value.is_null() ||
                         may_find(world, visitor, row->shown, {json, pointer, value});
        EXPECT_TRUE(may) << visitor.person << " " << visitor.role << "@" << visitor.partner
                         << " finds " << pointer << " = " << value << " at " << route.path;
      }
    }
  }
  for (const auto& [path, member] : unknown) {
    ADD_FAILURE() << "say in the table who may find " << member << " at " << path;
  }
  EXPECT_GT(cells, 500u);
}

// The other way round: what is theirs is not kept from them.
TEST_P(Cells, KeepNothingFromThoseWhomItIsFor) {
  const auto whole =
      Json::parse(world.ask(world.visitors[1], "GET", world.filled("/v1/cases/{case}")).body);
  for (const auto& visitor : world.visitors) {
    if (visitor.seat != Seat::role || !world.has_part(visitor.partner)) {
      continue;
    }
    SCOPED_TRACE(visitor.role + "@" + visitor.partner);
    const auto json = Json::parse(world.ask(visitor, "GET", world.filled("/v1/cases/{case}")).body);
    ASSERT_EQ(json["steps"].size(), whole["steps"].size());
    std::size_t values = 0;
    for (const auto& information : whole["information"]) {
      values += world.may_read_value(visitor, information.value("information", "")) ? 1 : 0;
    }
    EXPECT_EQ(json["information"].size(), values);
    for (std::size_t i = 0; i < json["steps"].size(); ++i) {
      const auto& step = whole["steps"][i];
      if (step.contains("outcome") && world.coordinates(visitor.partner)) {
        EXPECT_EQ(json["steps"][i], step);
      }
    }
  }
}

TEST_P(Cells, AnswerOfWhatIsHiddenAsOfWhatThereIsNot) {
  const auto& stranger = *std::ranges::find(world.visitors, Seat::elsewhere, &Visitor::seat);
  for (const auto* path : {"/v1/cases/{case}",
                           "/v1/cases/{case}/history",
                           "/v1/cases/{case}/times",
                           "/v1/cases/{case}/people?role=x",
                           "/v1/sessions/{session}",
                           "/v1/partnerships/{protocol}",
                           "/v1/tasks?case={case}"}) {
    const auto hidden = world.ask(stranger, "GET", world.filled(path));
    std::string nowhere(path);
    nowhere.replace(nowhere.find('{'), nowhere.find('}') - nowhere.find('{') + 1, "nowhere");
    const auto absent = world.ask(stranger, "GET", nowhere);
    EXPECT_EQ(hidden.status, absent.status) << path;
    EXPECT_EQ(hidden.body, absent.body) << path;
  }
  const std::string command = R"({"command":"take","step":"x"})";
  EXPECT_EQ(
      world.api.ask_as(stranger.token, "POST", world.filled("/v1/cases/{case}/commands"), command)
          .body,
      world.api.ask_as(stranger.token, "POST", "/v1/cases/nowhere/commands", command).body);
}

INSTANTIATE_TEST_SUITE_P(Shipped,
                         Cells,
                         ::testing::Values("aide-urgence",
                                           "experience-diner",
                                           "first-steps",
                                           "madame-s",
                                           "parcours-annee",
                                           "vime"),
                         [](const auto& shipped) {
                           auto name = shipped.param;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace protoflow::runtime
