// Which notices are invitations: sessions, routines and reviews, and what takes them back. For
// letter.cpp.
#pragma once

#include <optional>

#include <nlohmann/json_fwd.hpp>

#include "runtime/mail/letter.hpp"

namespace protoflow::runtime {

/// Nothing: the notice is about no meeting.
[[nodiscard]] std::optional<Meeting> meeting_of(engine::NoticeKind kind,
                                                const OutgoingNotice& notice,
                                                const Reading& reading);

[[nodiscard]] nlohmann::ordered_json meeting_json(const Meeting& meeting);
[[nodiscard]] std::optional<Meeting> read_meeting(const nlohmann::ordered_json& json);

}  // namespace protoflow::runtime
