// What a letter asks of its reader that can be answered with yes or no, and which commands of the
// case that is. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/duty/notice.hpp"
#include "runtime/casebook/reading.hpp"

namespace protoflow::runtime {

enum class AskKind : std::uint8_t { step, review, task, referral, hand_over };

/// Of one case, in the words of its protocol, which hold when it comes over to another version.
struct Asked {
  AskKind kind = AskKind::step;
  std::string stream;
  std::string step, task;
  std::string role;  // review: for which reviewer; referral: which is to be bound

  friend bool operator==(const Asked&, const Asked&) = default;
};

/// Nothing: the notice asks nothing that is answered so. `notice` is its JSON.
[[nodiscard]] std::optional<Asked> asked_by(engine::NoticeKind kind,
                                            std::string_view stream,
                                            std::string_view notice);

/// {"kind":"step","stream":"case/ab12","step":"accueil"}; what is empty is left out.
[[nodiscard]] std::string asked_json(const Asked& asked);
[[nodiscard]] std::optional<Asked> read_asked(std::string_view json);

/// The command's name, as the API takes it.
[[nodiscard]] std::string_view command_of(AskKind kind, bool yes);

enum class AskState : std::uint8_t {
  open,    // they may answer
  theirs,  // they have said yes
  taken,   // somebody else has
  over,    // it is not asked of them any more
};

struct Asking {
  AskState state = AskState::over;
  model::Instant due = model::kNever;  // of what is open
};

[[nodiscard]] Asking asking_of(const Asked& asked, const CaseFile& file, const Person& person);

/// The title of the step, the task or the role, in the protocol's own words; empty: it is gone.
[[nodiscard]] std::string title_of(const Asked& asked, const model::Protocol& protocol);

}  // namespace protoflow::runtime
