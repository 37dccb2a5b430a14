// /v1/people/import: people out of a table.

#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/people/import.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

ImportKnown known_in(const Reading& reading) {
  const auto any = [&reading](const auto& has) {
    return std::ranges::any_of(reading.protocols,
                               [&](const auto& named) { return has(named.second->protocol); });
  };
  return {.is_partner =
              [any](std::string_view name) {
                return any([name](const model::Protocol& protocol) {
                  return model::find<model::PartnerId>(protocol.partners, name).known();
                });
              },
          .is_role =
              [any](std::string_view name) {
                return any([name](const model::Protocol& protocol) {
                  return model::find<model::RoleId>(protocol.roles, name).known();
                });
              }};
}

std::string_view becomes(const ImportLine& line, const Casebook& casebook) {
  const auto* known = casebook.reading().people.find(line.person.id);
  if (known == nullptr) {
    return "new";
  }
  const bool same_contact = !line.contact || casebook.contact_of(line.person.id) == line.contact;
  return *known == line.person && same_contact ? "same" : "changed";
}

// Writes the lines one after the other; what is there already is not written again.
struct Import : std::enable_shared_from_this<Import> {
  Casebook& casebook;
  std::vector<ImportLine> lines;
  Json report;
  Answer answer;
  std::size_t next = 0;

  Import(Casebook& to, std::vector<ImportLine> what, Json said, Answer then)
      : casebook(to), lines(std::move(what)), report(std::move(said)), answer(std::move(then)) {}

  void go_on() {
    if (next == lines.size()) {
      return answer(respond_json(report));
    }
    const auto& line = lines[next++];
    casebook.register_person(
        line.person, [self = shared_from_this(), &line](const Outcome& outcome) {
          const auto on = [self](const Outcome& then) {
            then ? self->go_on() : self->answer(respond(then.error()));
          };
          outcome&& line.contact ? self->casebook.set_contact(line.person.id, line.contact, on)
                                 : on(outcome);
        });
  }
};

}  // namespace

void post_import(const Call& call, const Answer& answer) {
  auto& casebook = call.parts.casebook;
  const auto json = Json::parse(call.request.body, nullptr, false);
  const auto dry_run = json.is_object() ? json.value("dry_run", Json(false)) : Json();
  if (!dry_run.is_boolean() || !json.value("csv", Json()).is_string()) {
    return answer(not_understood(
        "The body must be one JSON object with \"csv\", the text of the table in UTF-8, and "
        "perhaps \"dry_run\": true."));
  }
  const auto language =
      json.value("language", Json()) == "fr" ? model::Language::french : model::Language::english;
  auto lines =
      read_people_csv(json["csv"].get<std::string>(), known_in(casebook.reading()), language);
  if (!lines) {
    return answer(problem(422, "not-importable", "This table cannot be imported", lines.error()));
  }
  Json report{{"dry_run", dry_run}, {"wrong", 0}, {"lines", Json::array()}};
  for (const auto& line : *lines) {
    Json each{{"line", line.line}};
    if (line.wrong.empty()) {
      each["person"] = line.person.id;
      each["becomes"] = becomes(line, casebook);
    } else {
      each["wrong"] = line.wrong;
      report["wrong"] = report["wrong"].get<int>() + 1;
    }
    report["lines"].push_back(std::move(each));
  }
  if (report["wrong"] != 0 || dry_run.get<bool>()) {
    auto response = respond_json(report);
    response.status = report["wrong"] == 0 ? 200 : 422;
    return answer(std::move(response));
  }
  std::make_shared<Import>(casebook, std::move(*lines), std::move(report), answer)->go_on();
}

}  // namespace protoflow::runtime
