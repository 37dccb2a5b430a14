#include "runtime/http/calls.hpp"

#include <algorithm>

#include "runtime/access/access.hpp"
#include "runtime/door/door.hpp"
#include "runtime/http/api_json.hpp"
#include "runtime/http/door_api.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/http/server_text.hpp"
#include "runtime/people/secret.hpp"

namespace protoflow::runtime {

HttpResponse no_such_protocol() {
  return problem(404,
                 "unknown-protocol",
                 "No such protocol",
                 "There is no such protocol. Look it up in the list at /v1/protocols.");
}

bool sees_protocol(const Call& call, std::string_view name) {
  const auto plan = call.reading().protocol(name);
  return call.reader.is_operator() || (plan && may_see(call.reader, plan->protocol));
}

HttpResponse acts_for_another() {
  return problem(403,
                 "not-yourself",
                 "Your token is your own",
                 "With your token you read and act as yourself, and as nobody else. Leave the "
                 "person out; for another person, ask whoever runs the daemon.");
}

std::expected<Reader, HttpResponse> reads_as(const Call& call) {
  const auto name = call.request.query_value("person");
  if (!call.reader.is_operator()) {
    return name.empty() || call.reader.is(name) ? std::expected<Reader, HttpResponse>(call.reader)
                                                : std::unexpected(acts_for_another());
  }
  const auto* person = call.reading().people.find(name);
  return person == nullptr ? Reader{} : Reader{.kind = ReaderKind::person, .person = *person};
}

namespace {

std::optional<HttpResponse> refuse(const Reader& reader,
                                   std::string& person,
                                   std::string& command_id) {
  if (reader.is_operator()) {
    return std::nullopt;
  }
  if (!may_act_as(reader, person)) {
    return acts_for_another();
  }
  person = reader.person.id;
  if (!command_id.empty()) {
    command_id.insert(0, person + ":");
  }
  return std::nullopt;
}

// Who has the step that was taken already, for those who may know: they are the one to ask.
std::string holder_of(const NotDone& failure,
                      const std::string& stream,
                      const Reader& reader,
                      const Reading& reading) {
  const auto file = reading.cases.find(stream);
  const bool taken = failure.refusal && failure.refusal->code == engine::RefusalCode::already_taken;
  if (!taken || !failure.refusal->step.known() || file == reading.cases.end()) {
    return {};
  }
  const auto& state = file->second.state;
  const std::string person(state.person(state[failure.refusal->step].person));
  return may_see(reader, NameOf{reading.people, person, &file->second}) ? person : "";
}

}  // namespace

std::optional<HttpResponse> refuse_actor(const Call& call, Request& request) {
  return refuse(call.reader, request.person, request.command_id);
}

std::optional<HttpResponse> refuse_writer(const Call& call, Writing& writing) {
  return refuse(call.reader, writing.by, writing.command_id);
}

std::string_view client_of(const HttpRequest& request) {
  const auto forwarded = request.header("x-forwarded-for");
  const bool is_proxy = request.peer == "127.0.0.1" || request.peer == "::1";
  if (!is_proxy || forwarded.empty()) {
    return request.peer;
  }
  const auto last = forwarded.substr(forwarded.rfind(',') + 1);
  return last.substr(std::min(last.find_first_not_of(' '), last.size()));
}

std::string_view cookie_of(const HttpRequest& request) {
  auto rest = request.header("cookie");
  while (!rest.empty()) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" ;,"), rest.size()));
    const auto pair = rest.substr(0, rest.find_first_of(";,"));
    if (pair.starts_with(kCookie) && pair.substr(kCookie.size()).starts_with('=')) {
      return pair.substr(kCookie.size() + 1);
    }
    rest.remove_prefix(pair.size());
  }
  return {};
}

bool comes_from_our_page(const HttpRequest& request, const Door* door) {
  if (const auto site = request.header("sec-fetch-site"); !site.empty()) {
    return site == "same-origin";
  }
  const auto origin = request.header("origin");
  const auto slashes = origin.find("://");
  return (slashes != origin.npos && origin.substr(slashes + 3) == request.header("host")) ||
         (door != nullptr && !origin.empty() && origin == door->pages());
}

HttpResponse from_elsewhere() {
  return problem(403,
                 "from-elsewhere",
                 "From another site",
                 "A signed-in browser acts from the pages of this address alone. Programs send "
                 "\"Authorization: Bearer TOKEN\".");
}

std::map<std::string, std::string, std::less<>> read_form(const std::string& body) {
  auto target = read_target("/?" + body);
  return target ? std::move(target->query) : std::map<std::string, std::string, std::less<>>();
}

HttpResponse too_often(std::chrono::milliseconds wait) {
  auto response = problem(429,
                          "too-often",
                          "Too many requests",
                          "Nothing was done. Send the request again a little later.");
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
  response.headers.emplace_back("Retry-After", std::to_string(seconds));
  return response;
}

void submit(const Call& call, Request request, int status_done, const Answer& answer) {
  if (request.command_id.empty()) {
    request.command_id = random_id();
  }
  const LastRead last{request.stream.empty() ? case_stream(request.case_id) : request.stream,
                      request.expected_version.value_or(0)};
  const bool has_read = request.expected_version.has_value();
  auto begun = call.reading().protocol(request.protocol);
  call.parts.casebook.submit(
      std::move(request),
      [answer, status_done, last, has_read, begun, reader = call.reader, &parts = call.parts](
          const Outcome& outcome) {
        const auto& reading = parts.casebook.reading();
        if (outcome) {
          return answer(respond(outcome, status_done, reader, reading));
        }
        if (outcome.error().why == Why::version_conflict && has_read) {
          return answer(respond_outrun(outcome.error(), last, reader, parts.casebook));
        }
        const auto plan =
            reading.has_live(last.stream)
                ? reading.look_at(last.stream, [](const auto& file) { return file.plan; })
                : begun;
        answer(respond(
            outcome.error(), plan.get(), holder_of(outcome.error(), last.stream, reader, reading)));
      });
}

}  // namespace protoflow::runtime
