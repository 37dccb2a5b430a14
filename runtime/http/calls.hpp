// What each address of the API answers: one function a row of runtime/http/routes.cpp. They turn
// requests into the casebook's words and answers into JSON; they decide nothing. Private to
// runtime/http.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/access/reader.hpp"
#include "runtime/http/api.hpp"

namespace protoflow::runtime {

struct Call {
  const ApiParts& parts;
  const HttpRequest& request;
  Reader reader;
  std::vector<std::string_view> places;  // what stands where the route has {…}, in order

  [[nodiscard]] const Reading& reading() const { return parts.casebook.reading(); }
};

void get_health(const Call& call, const Answer& answer);

/// The newest signed checkpoint of the log, as text: what a partner keeps as a witness.
void get_checkpoint(const Call& call, const Answer& answer);

/// 503 with the reasons while commands cannot be taken.
void get_ready(const Call& call, const Answer& answer);

/// Prometheus' text format, for the operator.
void get_metrics(const Call& call, const Answer& answer);

/// The API described in OpenAPI 3.1.
void get_openapi(const Call& call, const Answer& answer);
void post_clock(const Call& call, const Answer& answer);

/// Who one is, and which addresses one may ask.
void get_me(const Call& call, const Answer& answer);

/// {"name":"laptop","scope":"read","expires":"2027-12-31"}: a token for the person, shown in the
/// answer as `secret` and never again. By default it acts, and lasts a year.
void post_token(const Call& call, const Answer& answer);

/// Those that have not been revoked; ?person=… those of one person.
void get_tokens(const Call& call, const Answer& answer);
void delete_token(const Call& call, const Answer& answer);

void get_protocols(const Call& call, const Answer& answer);

/// {"text":…}; with "dry_run": true nothing is deployed, and the answer says what it would change.
void post_protocol(const Call& call, const Answer& answer);

/// Every version that was deployed, when, and who has signed it; one with its text; what one
/// changes of another: ?from=1&to=latest, by default the newest of the one before.
void get_versions(const Call& call, const Answer& answer);
void get_version(const Call& call, const Answer& answer);
void get_changes(const Call& call, const Answer& answer);

/// The cases of a protocol come over to another of its versions, each by a command of its own.
/// Those that are on it already are left, so that what a crash has cut short is simply sent again.
/// `{"person": …, "to": "2" | "latest", "case": …, "dry_run": true, "keep_deadlines": true}`. Cases
/// to which the same happens stand together.
void post_migration(const Call& call, const Answer& answer);

/// All that one partner answers for in the cases of a protocol is offered to another, which takes
/// it over, or not; each case by a command of its own. What a crash has cut short is simply sent
/// again. `{"command": "transfer" | "accept_transfer" | "refuse_transfer" | "take_back_transfer",
/// "person": …, "from": PARTNER, "to": PARTNER, "role": …, "reason": …, "dry_run": true}`. The
/// answer counts what changes hands, and says what does not and why; one line for all cases of a
/// kind.
void post_transfer(const Call& call, const Answer& answer);

/// Everybody who is there, an absence beside whoever has one that is not over;
/// whether they have a contact, and not which.
void get_people(const Call& call, const Answer& answer);
void post_person(const Call& call, const Answer& answer);

/// {"command":"person_absent","from":"2027-03-01","until":"2027-03-12"},
/// {"command":"person_returned"}, {"command":"person_removed","to":ID}; with "dry_run": true
/// nothing is recorded. The answer lists what changes hands, case by case. Or
/// {"command":"set_contact","mail":"…",…} (runtime/people/contact.hpp), {"command":
/// "forget_contact"}: no answer ever repeats an address.
void post_person_command(const Call& call, const Answer& answer);

/// People out of a table, all or none: {"csv":"…","dry_run":true,"language":"fr"}; the last two are
/// left out as a rule. The answer says line by line who is new, changed or the same, or what is
/// wrong; 422 when anything is, and then nothing is written. `language` is that of the sentences.
void post_import(const Call& call, const Answer& answer);

/// A person's own, by their own token: as the commands of /v1/people and /v1/calendars.
void post_my_contact(const Call& call, const Answer& answer);
void post_my_calendar(const Call& call, const Answer& answer);

/// What to subscribe to: SECRET.ics. 404 for a wrong one, as for one that was revoked.
void get_calendar(const Call& call, const Answer& answer);

/// Who has one; never its address.
void get_calendars(const Call& call, const Answer& answer);

/// {"command":"new_calendar","person":"ines"} or {"partner":…}: answers its address, once, and the
/// one before is not known any more; {"command":"revoke_calendar",…}.
void post_calendar(const Call& call, const Answer& answer);

void get_cases(const Call& call, const Answer& answer);
void post_case(const Call& call, const Answer& answer);
void get_case(const Call& call, const Answer& answer);
void get_history(const Call& call, const Answer& answer);

/// {"mails":[{"id","person","says":"step_waits","state":"sent","attempts":1}]}: who was told of the
/// case by mail, and what became of it; at most 200, and as long as the outbox keeps them. What
/// waits has `leaves`, what failed `reason`; no address is said.
void get_mails(const Call& call, const Answer& answer);

/// {"case","until","orphan_ms":{"not_taken":…},"stops":[{"step","why","from","to"}]}: how long what
/// was owed was with nobody by name, and when the clocks of steps stood still; a stop without `to`
/// lasts.
void get_times(const Call& call, const Answer& answer);

/// Who could take a step or a role, in order: ?step=… or ?role=…, &speaks=ar, &days=monday,friday.
void get_people_for_case(const Call& call, const Answer& answer);
void post_case_command(const Call& call, const Answer& answer);

void get_partnerships(const Call& call, const Answer& answer);

/// With the remarks of its cases.
void get_partnership(const Call& call, const Answer& answer);
void post_partnership_command(const Call& call, const Answer& answer);

/// In the order of their dates.
void get_sessions(const Call& call, const Answer& answer);
void post_session(const Call& call, const Answer& answer);

/// With who is enrolled and what it owes; the place only for a reader who plays a role that hosts
/// it or sends people there.
void get_session(const Call& call, const Answer& answer);
void post_session_command(const Call& call, const Answer& answer);

void get_tasks(const Call& call, const Answer& answer);

void get_notices(const Call& call, const Answer& answer);
void get_stream(const Call& call, const Answer& answer);
void get_outbox(const Call& call, const Answer& answer);
void post_outbox_command(const Call& call, const Answer& answer);

/// {"mail":"…"}: a link is on its way to whoever has that address; the same answer whoever has it.
void post_sign_in(const Call& call, const Answer& answer);

/// {"secret":"pfl_…"}: the link's token, for programs; once.
void post_sign_in_token(const Call& call, const Answer& answer);

/// {"link":"…/sign-in/pfl_…","expires":…}: the operator comes in by a browser, once.
void post_operator_link(const Call& call, const Answer& answer);

/// The page behind a link changes nothing; its button, by a form, opens a session kept in a cookie.
void get_sign_in_page(const Call& call, const Answer& answer);
void post_sign_in_page(const Call& call, const Answer& answer);
void post_sign_out_page(const Call& call, const Answer& answer);

/// The page behind a link that answers one thing asked of one person: yes, or no with a reason.
/// Pressing a button acts as that person, once.
void get_answer_page(const Call& call, const Answer& answer);
void post_answer_page(const Call& call, const Answer& answer);

/// Of the case that the address names; nullptr: there is none.
[[nodiscard]] const CaseFile* find_case(const Call& call);
[[nodiscard]] HttpResponse no_such_case();

/// Whether the reader may know of a protocol of that name; the operator is told what is wrong with
/// it.
[[nodiscard]] bool sees_protocol(const Call& call, std::string_view name);
[[nodiscard]] HttpResponse no_such_protocol();

/// 403, to somebody who comes with a token of their own and names somebody else.
[[nodiscard]] HttpResponse acts_for_another();

/// Whose values are read: ?person=… for the operator, otherwise the reader's own.
[[nodiscard]] std::expected<Reader, HttpResponse> reads_as(const Call& call);

/// Whoever comes with a token of their own acts as themselves, and their command ids are their own:
/// both are set in the request. The answer, where it names somebody else.
[[nodiscard]] std::optional<HttpResponse> refuse_actor(const Call& call, Request& request);

/// The same of who writes in the directory.
[[nodiscard]] std::optional<HttpResponse> refuse_writer(const Call& call, Writing& writing);

/// Behind a proxy on this machine, the last address that the proxy has seen.
[[nodiscard]] std::string_view client_of(const HttpRequest& request);

/// The cookie of a signed-in browser; empty: none.
inline constexpr std::string_view kCookie = "protoflow";
[[nodiscard]] std::string_view cookie_of(const HttpRequest& request);

/// A browser sends its cookie, and a form, whoever wrote the page: as it says, or by its `Origin`.
[[nodiscard]] bool comes_from_our_page(const HttpRequest& request, const Door* door);
[[nodiscard]] HttpResponse from_elsewhere();

/// 429, with how long to wait.
[[nodiscard]] HttpResponse too_often(std::chrono::milliseconds wait);

/// Gives the command to the casebook, with an id of ours where the sender has none.
void submit(const Call& call, Request request, int status_done, const Answer& answer);

}  // namespace protoflow::runtime
