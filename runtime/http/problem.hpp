// Problem details (RFC 9457): the one shape of every error that leaves over HTTP. Texts are for the
// person who reads them: what, why it matters, what to do; never a value of a beneficiary's.
#pragma once

#include <string>
#include <vector>

#include "runtime/http/server.hpp"

namespace protoflow::runtime {

/// A further member of a problem. `json` is a JSON value, already written; when it is not JSON it
/// is sent as a text.
struct ProblemMember {
  std::string name;
  std::string json;
};

/// `type_slug` names the kind of problem (`wrong-person`); its type is `/problems/<slug>`.
[[nodiscard]] HttpResponse problem(int status,
                                   std::string type_slug,
                                   std::string title,
                                   std::string detail,
                                   const std::vector<ProblemMember>& more = {});

/// 400: `detail` says what is wrong with what was sent, and never quotes it.
[[nodiscard]] HttpResponse not_understood(std::string detail);

/// 403.
[[nodiscard]] HttpResponse operators_only();

/// 404, of an address that there is not.
[[nodiscard]] HttpResponse no_such_address();

}  // namespace protoflow::runtime
