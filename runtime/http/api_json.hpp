// The JSON of the API: requests read, answers written. For runtime/http/api*.cpp only.
#pragma once

#include <expected>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "engine/duty/duty.hpp"
#include "runtime/access/access.hpp"
#include "runtime/casebook/casebook.hpp"
#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// How long an id of the sender's may be, in bytes.
inline constexpr std::size_t kIdMax = 128;

/// The members of a command; the error names the member that is wrong.
[[nodiscard]] std::expected<Request, std::string> read_command(const HttpRequest& request);

/// Idempotency-Key, or the member of the body that says the same; empty when the sender has none.
[[nodiscard]] std::expected<std::string, std::string> command_id_of(
    const HttpRequest& request, const nlohmann::ordered_json& json);
[[nodiscard]] std::expected<Person, std::string> read_person_request(const HttpRequest& request);
[[nodiscard]] std::expected<std::string, std::string> read_text_member(const HttpRequest& request,
                                                                       const char* member);

/// What was written, as far as the reader may see it.
[[nodiscard]] HttpResponse respond(const Outcome& outcome,
                                   int status_done,
                                   const Reader& reader,
                                   const Reading& reading);

/// With who could do it and what is missing, by their names in the plan, where it is known.
/// `holder`: who has what is taken already, where the reader may know.
[[nodiscard]] HttpResponse respond(const NotDone& failure,
                                   const engine::Plan* plan = nullptr,
                                   const std::string& holder = {});

/// Of which stream the sender had read which version.
struct LastRead {
  std::string stream;
  std::uint64_t version = 0;
};

/// 412, with what has happened in the stream `since`.
[[nodiscard]] HttpResponse respond_outrun(const NotDone& failure,
                                          const LastRead& last,
                                          const Reader& reader,
                                          const Casebook& casebook);
[[nodiscard]] HttpResponse respond_json(const nlohmann::ordered_json& json);

/// Who reads, and whose values they are shown: the operator may read for somebody.
struct Sight {
  const Reader& reader;
  const Reader& values;
  const Directory& people;
};

/// Status, steps, referrals and duties. Values only for a reader who plays a role that the protocol
/// lets see them; the operator is shown the names of the others.
[[nodiscard]] nlohmann::ordered_json case_json(std::string_view case_id,
                                               const CaseFile& file,
                                               const Sight& sight);

/// `stream` is the whole name: a case's duty says which `case`, any other which `stream`. The
/// person only where `named`.
[[nodiscard]] nlohmann::ordered_json duty_json(std::string_view stream,
                                               const engine::Plan& plan,
                                               const engine::Duty& duty,
                                               bool named);

}  // namespace protoflow::runtime
