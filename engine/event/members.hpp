// The members that the JSON objects of a record may have: what encode.cpp writes. One that is not
// here comes from a newer program, or from a mistake, and nobody knows what it means.
#pragma once

#include <array>
#include <string_view>

namespace protoflow::engine {

inline constexpr auto kActorMembers =
    std::to_array<std::string_view>({"person", "partner", "role"});

inline constexpr auto kSubjectMembers = std::to_array<std::string_view>(
    {"step", "role", "routine", "consent", "session", "occurrence", "task"});

inline constexpr auto kSourceMembers =
    std::to_array<std::string_view>({"origin", "ending", "session", "step", "name"});

inline constexpr auto kEnrolmentMembers =
    std::to_array<std::string_view>({"case", "step", "seat", "attendance"});

inline constexpr auto kReviewerMembers =
    std::to_array<std::string_view>({"role", "review", "partner", "person"});

inline constexpr auto kBodyMembers = std::to_array<std::string_view>({"status",
                                                                      "work",
                                                                      "time",
                                                                      "responsibility",
                                                                      "review",
                                                                      "referral",
                                                                      "round",
                                                                      "returns",
                                                                      "deputy",
                                                                      "reminders",
                                                                      "late_rules",
                                                                      "reopenings",
                                                                      "due",
                                                                      "due_rule",
                                                                      "due_from",
                                                                      "absent_from",
                                                                      "away",
                                                                      "consent_until",
                                                                      "offer_due",
                                                                      "review_due",
                                                                      "held_since",
                                                                      "next_round",
                                                                      "hand_over_due",
                                                                      "until",
                                                                      "shift_ms",
                                                                      "held_ms",
                                                                      "outcome",
                                                                      "ending",
                                                                      "role",
                                                                      "partner",
                                                                      "person",
                                                                      "review_partner",
                                                                      "reviewer",
                                                                      "told",
                                                                      "receiver",
                                                                      "receiver_role",
                                                                      "giver",
                                                                      "source",
                                                                      "of",
                                                                      "forgotten",
                                                                      "unasked",
                                                                      "beneficiary",
                                                                      "why",
                                                                      "session_status",
                                                                      "seat",
                                                                      "attendance",
                                                                      "at",
                                                                      "capacity",
                                                                      "enrolments",
                                                                      "partnership",
                                                                      "participation",
                                                                      "occurrence",
                                                                      "number",
                                                                      "planned",
                                                                      "counted_from",
                                                                      "signed_at",
                                                                      "lapses",
                                                                      "leaves",
                                                                      "meaning",
                                                                      "names",
                                                                      "attended",
                                                                      "unsigned_by",
                                                                      "information",
                                                                      "consent",
                                                                      "answers",
                                                                      "reason",
                                                                      "place",
                                                                      "reviewers"});

}  // namespace protoflow::engine
