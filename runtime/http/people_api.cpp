// /v1/people: the directory, who is absent, what their absence or removal would change, and who
// could take a role in a case.

#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/page.hpp"
#include "runtime/http/people_json.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

struct Asking {
  PersonChange change;
  Writing writing;
  bool dry_run = false;
};

// `by` and `command_id` are taken out of the object.
std::expected<Writing, std::string> take_writing(const HttpRequest& request, Json& json) {
  auto command_id = command_id_of(request, json);
  if (!command_id) {
    return std::unexpected(command_id.error());
  }
  const auto by = json.value("by", Json(""));
  if (!by.is_string() || by.get_ref<const std::string&>().size() > kIdMax) {
    return std::unexpected("The member \"by\" must be text of at most 128 bytes.");
  }
  json.erase("by");
  json.erase("command_id");
  return Writing{.by = by.get<std::string>(), .command_id = std::move(*command_id)};
}

std::expected<Asking, std::string> read_asking(std::string_view person,
                                               const HttpRequest& request) {
  auto json = Json::parse(request.body, nullptr, false);
  if (!json.is_object() || !json.contains("command") || !json["command"].is_string()) {
    return std::unexpected(
        "The body must be one JSON object with a \"command\": person_absent, person_returned, "
        "person_removed, set_contact or forget_contact.");
  }
  if (!is_person_id(person)) {
    return std::unexpected("A person has an id of 1 to 64 letters, digits, dots or hyphens.");
  }
  const auto command = json["command"].get<std::string>();
  if (!change_kind(command)) {
    return std::unexpected(
        "The member \"command\" must be person_absent, person_returned, person_removed, "
        "set_contact or forget_contact.");
  }
  const auto dry_run = json.value("dry_run", Json(false));
  if (!dry_run.is_boolean()) {
    return std::unexpected("The member \"dry_run\" must be true or false.");
  }
  auto writing = take_writing(request, json);
  if (!writing) {
    return std::unexpected(writing.error());
  }
  json.erase("command");
  json.erase("dry_run");
  json["person"] = person;
  const auto change = read_change(command, json.dump());
  if (!change) {
    return std::unexpected(
        "There is a member that this command does not take, or cannot read: days are written as "
        "2027-03-01, and `until` is not before `from`.");
  }
  return Asking{*change, std::move(*writing), dry_run.get<bool>()};
}

Json handed_json(const Call& call, const HandedOn& handed, const CaseFile& file) {
  const auto& plan = *file.plan;
  const auto& protocol = plan.protocol;
  const auto sees = [&](const std::string& person) {
    return may_see(call.reader, NameOf{call.reading().people, person, &file});
  };
  auto [was, now, others] = handed;
  std::erase_if(others, [&](const std::string& person) { return !sees(person); });
  if (!sees(now.person)) {
    now.person.clear();
  }
  Json json{{"what", engine::kDutyKindNames[static_cast<std::size_t>(was.kind)]}};
  if (was.step.known()) {
    json["step"] = protocol[was.step].name;
  }
  if (!was.task.empty()) {
    json["task"] = was.task;
  }
  json["text"] = what(was, protocol);
  if (was.due != model::kNever) {
    json["due"] = engine::to_text(was.due);
    json["due_text"] = date_words(was.due, plan);
  }
  json["role"] = protocol[now.role].name;
  json["partner"] = protocol[now.partner].name;
  if (!now.person.empty()) {
    json["person"] = now.person;
  }
  json["who"] = who(now, protocol);
  json["others"] = others;
  return json;
}

Json changes_json(const Call& call, const std::vector<CaseHandedOn>& cases) {
  Json list = Json::array();
  for (const auto& [case_id, plan, duties] : cases) {
    const auto& file = call.reading().cases.find(case_stream(case_id))->second;
    if (!may_see(call.reader, file)) {
      continue;
    }
    Json each{{"case", case_id}, {"protocol", plan->protocol.name}, {"duties", Json::array()}};
    for (const auto& handed : duties) {
      each["duties"].push_back(handed_json(call, handed, file));
    }
    list.push_back(std::move(each));
  }
  return list;
}

constexpr const char* kForget = "forget_contact";

// {"command":"set_contact","mail":"…",…} as a contact; `forget_contact`: none.
std::expected<std::optional<Contact>, std::string> read_contact(Json json) {
  const bool forgets = json["command"] == kForget;
  json.erase("command");
  if (forgets) {
    return json.empty() ? std::expected<std::optional<Contact>, std::string>(std::nullopt)
                        : std::unexpected("This command takes no other member.");
  }
  auto contact = read_contact_json(json.dump());
  if (!contact) {
    return std::unexpected("The member \"" + contact.error().member + "\" must be " +
                           contact.error().wanted + ".");
  }
  return std::move(*contact);
}

bool is_about_contact(const Json& json) {
  return json.is_object() && (json.value("command", Json()) == "set_contact" ||
                              json.value("command", Json()) == kForget);
}

void change_contact(const Call& call, std::string_view person, Json json, const Answer& answer) {
  auto writing = take_writing(call.request, json);
  const auto contact = writing ? read_contact(std::move(json)) : std::unexpected(writing.error());
  if (!contact) {
    return answer(not_understood(contact.error()));
  }
  if (auto refused = refuse_writer(call, *writing)) {
    return answer(std::move(*refused));
  }
  call.parts.casebook.set_contact(
      std::string(person),
      *contact,
      [answer, reader = call.reader, &reading = call.reading()](const Outcome& outcome) {
        answer(respond(outcome, 200, reader, reading));
      },
      *writing);
}

// The day of its end is looked at in UTC: each protocol has its own.
bool is_absence_until(const PersonChange& change, model::Instant now) {
  return change.kind == PersonChangeKind::person_absent &&
         (!change.until || *change.until + std::chrono::days(1) > now);
}

Json left_without_json(const std::vector<LeftWithout>& roles) {
  Json list = Json::array();
  for (const auto& [role, partner, title] : roles) {
    list.push_back({{"role", role}, {"partner", partner}, {"title", title}});
  }
  return list;
}

}  // namespace

void get_people(const Call& call, const Answer& answer) {
  auto page = Page::read(call.request);
  if (!page) {
    return answer(not_understood(page.error()));
  }
  const auto& reading = call.reading();
  Json list = Json::array();
  for (const auto& [id, person] : reading.people.all()) {
    if (!may_see(call.reader, person) || !page->takes(id)) {
      continue;
    }
    auto json = Json::parse(person_json(person));
    const auto* standing = reading.people.standing(id);
    if (standing != nullptr && is_absence_until(standing->change, call.parts.clock.now())) {
      json["absent"] = Json::parse(change_json(standing->change));
      json["absent"].erase("person");
    }
    if (reading.people.contact(id) != nullptr) {
      json["contact"] = true;
    }
    list.push_back(std::move(json));
  }
  answer(page->respond(call.request, {{"people", std::move(list)}}));
}

void post_person(const Call& call, const Answer& answer) {
  auto person = read_person_request(call.request);
  if (!person) {
    return answer(not_understood(person.error()));
  }
  auto json = Json::parse(call.request.body, nullptr, false);
  const auto writing = take_writing(call.request, json);
  if (!writing) {
    return answer(not_understood(writing.error()));
  }
  call.parts.casebook.register_person(
      std::move(*person),
      [answer, reader = call.reader, &reading = call.reading()](const Outcome& outcome) {
        answer(respond(outcome, 201, reader, reading));
      },
      *writing);
}

void post_my_contact(const Call& call, const Answer& answer) {
  auto json = Json::parse(call.request.body, nullptr, false);
  if (!call.reader.is_person() || !is_about_contact(json)) {
    return answer(not_understood(
        "The body must be {\"command\": \"set_contact\", \"mail\": …} or {\"command\": "
        "\"forget_contact\"}, sent with a person's own token."));
  }
  change_contact(call, call.reader.person.id, std::move(json), answer);
}

void post_person_command(const Call& call, const Answer& answer) {
  auto& casebook = call.parts.casebook;
  if (auto json = Json::parse(call.request.body, nullptr, false); is_about_contact(json)) {
    if (!call.reader.is_operator() && !call.reader.is(call.places[0])) {
      return answer(acts_for_another());
    }
    return change_contact(call, call.places[0], std::move(json), answer);
  }
  auto asking = read_asking(call.places[0], call.request);
  if (!asking) {
    return answer(not_understood(asking.error()));
  }
  const auto& change = asking->change;
  const bool absence = change.kind != PersonChangeKind::person_removed;
  if (!call.reader.is_operator() && !(absence && call.reader.is(change.person))) {
    return answer(acts_for_another());
  }
  if (auto refused = refuse_writer(call, asking->writing)) {
    return answer(std::move(*refused));
  }
  const bool is_done = casebook.reading().people.has_command(asking->writing.command_id);
  if (auto wrong = is_done ? std::nullopt : casebook.check(asking->change)) {
    return answer(respond(*wrong));
  }
  auto cases =
      changes_json(call, is_done ? std::vector<CaseHandedOn>() : casebook.rehearse(asking->change));
  auto without = left_without_json(left_without(call.reading(), asking->change));
  if (asking->dry_run) {
    return answer(respond_json({{"person", asking->change.person},
                                {"dry_run", true},
                                {"cases", std::move(cases)},
                                {"left_without", std::move(without)}}));
  }
  casebook.change_person(
      asking->change,
      [answer,
       &parts = call.parts,
       person = asking->change.person,
       cases = std::move(cases),
       without = std::move(without)](const Outcome& outcome) {
        parts.stream->look_again();
        if (!outcome) {
          return answer(respond(outcome.error()));
        }
        Json json{{"person", person}, {"version", outcome->version}};
        if (outcome->repeated) {
          json["repeated"] = true;
        }
        json["cases"] = cases;
        json["left_without"] = without;
        answer(respond_json(json));
      },
      asking->writing);
}

void get_people_for_case(const Call& call, const Answer& answer) {
  const auto* file = find_case(call);
  if (file == nullptr) {
    return answer(no_such_case());
  }
  const auto asked = read_asked(call.request, file->plan->protocol);
  if (!asked) {
    return answer(not_understood(asked.error()));
  }
  Json list = Json::array();
  for (const auto& proposed :
       propose_people(call.reading(), *file, *asked, call.parts.clock.now())) {
    const auto* person = call.reading().people.find(proposed.person);
    if (person != nullptr && may_see(call.reader, *person)) {
      list.push_back(proposed_json(proposed, *file));
    } else if (!is_beneficiary(call.reader.person) && proposed.proposal.obstacles.empty()) {
      list.push_back(stranger_json(proposed));
    }
  }
  answer(respond_json({{"people", std::move(list)}}));
}

}  // namespace protoflow::runtime
