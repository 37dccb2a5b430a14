// A shipped protocol on the whole API: its examples played, a person for each role and partner, a
// beneficiary, somebody from elsewhere, each with a token. What the protocol lets them see is read
// off its text and the log here, not asked of the code under test.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/cli/story.hpp"
#include "tests/unit/runtime/http/running_api.hpp"

namespace protoflow::runtime {

enum class Seat : std::uint8_t { nobody, elsewhere, role, beneficiary, other_beneficiary, chief };

struct Visitor {
  Seat seat = Seat::nobody;
  std::string person, partner, role;
  std::string token;
  std::string reading_token;  // one that does not act
};

class AccessWorld {
 public:
  using Json = RunningApi::Json;

  explicit AccessWorld(const std::filesystem::path& file);

  ClientAnswer ask(const Visitor& visitor, const std::string& method, const std::string& path);

  /// The path with what stands in its places here.
  [[nodiscard]] std::string filled(std::string_view path) const;

  /// Partners that hold a role of the case, are asked or bound, or owe something.
  [[nodiscard]] bool has_part(const std::string& partner) const {
    return partners.contains(partner);
  }

  [[nodiscard]] bool coordinates(const std::string& partner) const;

  /// By the roles that the text gives to the step, and by whom the log made answer for it.
  [[nodiscard]] bool is_inside(const std::string& partner, const std::string& step) const;

  [[nodiscard]] bool may_read_value(const Visitor& visitor, const std::string& information) const;

  RunningApi api{true, {.person = {.burst = 100'000}, .stranger = {.burst = 100'000}}};
  PlanRef plan;
  std::vector<Visitor> visitors;
  std::string case_id;                                    // half played
  std::string token_id;                                   // somebody's
  std::string session_id;                                 // empty: the protocol has none
  std::map<std::string, std::string> partner_of;          // by person
  std::map<std::string, std::string> holder;              // partner by role, in the case
  std::map<std::string, std::set<std::string>> answered;  // by step: partners that answered for it
  std::set<std::string> partners;                         // with a part in the case
  std::set<std::string> agreed;                           // consents that were given

 private:
  [[nodiscard]] bool is_agreed(model::InformationId information, const std::string& role) const;
  void play();
  void read_the_log();
  void plan_a_session();
  void seat_everybody();
  void seat(Seat seat, const std::string& person, const std::string& partner, const Json& roles);
};

}  // namespace protoflow::runtime
