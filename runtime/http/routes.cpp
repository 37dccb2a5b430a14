#include "runtime/http/routes.hpp"

#include <array>
#include <optional>

namespace protoflow::runtime {

namespace {

// clang-format off
constexpr auto kRoutes = std::to_array<Route>({
    {"GET",    "/health",                                  Needs::nothing,    get_health},
    {"GET",    "/ready",                                   Needs::nothing,    get_ready},
    {"GET",    "/metrics",                                 Needs::nothing,    get_metrics},
    {"GET",    "/v1/health",                               Needs::nothing,    get_health},
    {"GET",    "/v1/openapi.json",                         Needs::nothing,    get_openapi},
    {"GET",    "/v1/me",                                   Needs::reading,    get_me},
    {"POST",   "/v1/me/contact",                           Needs::acting,     post_my_contact},
    {"POST",   "/v1/me/calendar",                          Needs::acting,     post_my_calendar},
    {"GET",    "/v1/tokens",                               Needs::reading,    get_tokens},
    {"DELETE", "/v1/tokens/{token}",                       Needs::reading,    delete_token},
    {"POST",   "/v1/people/{person}/tokens",               Needs::operating,  post_token},
    {"GET",    "/v1/checkpoint",                           Needs::reading,    get_checkpoint},
    {"POST",   "/v1/clock",                                Needs::operating,  post_clock},
    {"GET",    "/v1/protocols",                            Needs::reading,    get_protocols},
    {"POST",   "/v1/protocols",                            Needs::operating,  post_protocol},
    {"GET",    "/v1/protocols/{protocol}/versions",        Needs::reading,    get_versions},
    {"GET",    "/v1/protocols/{protocol}/versions/{version}", Needs::reading, get_version},
    {"GET",    "/v1/protocols/{protocol}/changes",         Needs::reading,    get_changes},
    {"POST",   "/v1/protocols/{protocol}/migrate",         Needs::acting,     post_migration},
    {"POST",   "/v1/protocols/{protocol}/transfer",        Needs::acting,     post_transfer},
    {"GET",    "/v1/people",                               Needs::reading,    get_people},
    {"POST",   "/v1/people",                               Needs::operating,  post_person},
    {"POST",   "/v1/people/import",                        Needs::operating,  post_import},
    {"POST",   "/v1/people/{person}/commands",             Needs::acting,     post_person_command},
    {"GET",    "/v1/calendars",                            Needs::operating,  get_calendars},
    {"POST",   "/v1/calendars",                            Needs::operating,  post_calendar},
    {"GET",    "/v1/calendar/{secret}",                    Needs::nothing,    get_calendar},
    {"GET",    "/v1/cases",                                Needs::reading,    get_cases},
    {"POST",   "/v1/cases",                                Needs::acting,     post_case},
    {"GET",    "/v1/cases/{case}",                         Needs::reading,    get_case},
    {"GET",    "/v1/cases/{case}/history",                 Needs::reading,    get_history},
    {"GET",    "/v1/cases/{case}/mails",                   Needs::operating,  get_mails},
    {"GET",    "/v1/cases/{case}/times",                   Needs::reading,    get_times},
    {"GET",    "/v1/cases/{case}/people",                  Needs::reading,    get_people_for_case},
    {"POST",   "/v1/cases/{case}/commands",                Needs::acting,     post_case_command},
    {"GET",    "/v1/partnerships",                         Needs::reading,    get_partnerships},
    {"GET",    "/v1/partnerships/{protocol}",              Needs::reading,    get_partnership},
    {"POST",   "/v1/partnerships/{protocol}/commands",     Needs::acting,     post_partnership_command},
    {"GET",    "/v1/sessions",                             Needs::reading,    get_sessions},
    {"POST",   "/v1/sessions",                             Needs::acting,     post_session},
    {"GET",    "/v1/sessions/{session}",                   Needs::reading,    get_session},
    {"POST",   "/v1/sessions/{session}/commands",          Needs::acting,     post_session_command},
    {"GET",    "/v1/tasks",                                Needs::reading,    get_tasks},
    {"GET",    "/v1/notices",                              Needs::reading,    get_notices},
    {"GET",    "/v1/stream",                               Needs::reading,    get_stream},
    {"GET",    "/v1/outbox",                               Needs::operating,  get_outbox},
    {"POST",   "/v1/outbox/{channel}/commands",            Needs::operating,  post_outbox_command},
    {"POST",   "/v1/sign-in",                              Needs::nothing,    post_sign_in},
    {"POST",   "/v1/sign-in/token",                        Needs::nothing,    post_sign_in_token},
    {"POST",   "/v1/sign-in/operator",                     Needs::operating,  post_operator_link},
    {"GET",    "/sign-in/{secret}",                        Needs::nothing,    get_sign_in_page},
    {"POST",   "/sign-in",                                 Needs::nothing,    post_sign_in_page},
    {"GET",    "/answer/{secret}",                         Needs::nothing,    get_answer_page},
    {"POST",   "/answer",                                  Needs::nothing,    post_answer_page},
    {"POST",   "/sign-out",                                Needs::nothing,    post_sign_out_page},
});
// clang-format on

// What stands in the places of the path; nothing when it is another address.
std::optional<std::vector<std::string_view>> places_in(std::string_view path,
                                                       const std::vector<std::string>& segments) {
  std::vector<std::string_view> places;
  for (const auto& segment : segments) {
    if (path.empty()) {
      return std::nullopt;
    }
    path.remove_prefix(1);
    const auto part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    if (part.starts_with('{')) {
      places.emplace_back(segment);
    } else if (part != segment) {
      return std::nullopt;
    }
  }
  return path.empty() ? std::optional(std::move(places)) : std::nullopt;
}

}  // namespace

std::span<const Route> all_routes() {
  return kRoutes;
}

FoundRoute find_route(const HttpRequest& request) {
  FoundRoute found;
  for (const auto& route : kRoutes) {
    auto places = places_in(route.path, request.segments);
    if (!places) {
      continue;
    }
    found.methods += (found.methods.empty() ? "" : ", ") + std::string(route.method);
    found.methods += route.method == "GET" ? ", HEAD" : "";
    if (route.method == request.method) {
      found.route = &route;
      found.places = std::move(*places);
    }
  }
  return found;
}

}  // namespace protoflow::runtime
