// How many live cases a partner, or a volunteer, has in each role that takes `at most N cases`:
// kept as cases change, never counted anew. Private to runtime/casebook.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/decide/decide.hpp"
#include "engine/duty/load.hpp"

namespace protoflow::runtime {

class Loads {
 public:
  /// What the case counts for from now on, in place of what it counted for; nothing forgets it.
  void keep(std::string_view stream,
            const model::Protocol& protocol,
            const std::vector<engine::Part>& parts);

  /// What a decision on this case must know of all others, those of the same protocol whatever
  /// their version, by the names of the roles and partners: who has as many as the role takes.
  [[nodiscard]] engine::Surroundings around(std::string_view stream,
                                            const model::Protocol& protocol) const;

  friend bool operator==(const Loads&, const Loads&) = default;

 private:
  struct Share {
    std::string protocol, role, partner;
    std::string person;  // of a volunteer; empty: the partner's

    friend auto operator<=>(const Share&, const Share&) = default;
  };

  void drop(std::string_view stream);
  [[nodiscard]] std::uint32_t others(std::string_view stream,
                                     const Share& share,
                                     std::uint32_t cases) const;

  std::map<Share, std::uint32_t> cases_;                           // none is zero
  std::map<std::string, std::vector<Share>, std::less<>> shares_;  // by stream; none is empty
};

/// Whether a role of the protocol takes `at most N cases`: without one, nothing is counted.
[[nodiscard]] bool counts_cases(const model::Protocol& protocol);

}  // namespace protoflow::runtime
