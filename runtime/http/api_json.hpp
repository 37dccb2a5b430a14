// The JSON of the API: requests read, answers written. For runtime/http/api*.cpp only.
#pragma once

#include <expected>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "engine/duty/duty.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// How much of a list one answer holds.
inline constexpr std::size_t kListMax = 200;

/// The members of a command; the error names the member that is wrong.
[[nodiscard]] std::expected<Request, std::string> read_command(const HttpRequest& request);
[[nodiscard]] std::expected<Person, std::string> read_person_request(const HttpRequest& request);
[[nodiscard]] std::expected<std::string, std::string> read_text_member(const HttpRequest& request,
                                                                       const char* member);

[[nodiscard]] HttpResponse respond(const Outcome& outcome, int status_done);
[[nodiscard]] HttpResponse respond(const NotDone& failure);
[[nodiscard]] HttpResponse respond_json(const nlohmann::ordered_json& json);

/// Status, steps, referrals and duties. Values only for a reader who plays a role that the protocol
/// lets see them; without a reader, names only.
[[nodiscard]] nlohmann::ordered_json case_json(std::string_view case_id,
                                               const CaseFile& file,
                                               const Person* reader);
/// `stream` is the whole name: a case's duty says which `case`, any other which `stream`.
[[nodiscard]] nlohmann::ordered_json duty_json(std::string_view stream,
                                               const engine::Plan& plan,
                                               const engine::Duty& duty);

}  // namespace protoflow::runtime
