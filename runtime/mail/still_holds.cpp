#include "runtime/mail/still_holds.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include "engine/duty/duty.hpp"

namespace protoflow::runtime {

namespace {

using Kind = engine::DutyKind;

enum class Whose : std::uint8_t { theirs, anybodys };

struct Cause {
  MailTheme theme;
  Kind duty;
  Whose whose;
};

// clang-format off
constexpr auto kCauses = std::to_array<Cause>({
    {MailTheme::step_waits,      Kind::step,        Whose::theirs},
    {MailTheme::step_soon,       Kind::step,        Whose::theirs},
    {MailTheme::step_returned,   Kind::step,        Whose::theirs},
    {MailTheme::step_late,       Kind::step,        Whose::anybodys},
    {MailTheme::review_waits,    Kind::review,      Whose::theirs},
    {MailTheme::review_late,     Kind::review,      Whose::anybodys},
    {MailTheme::task_waits,      Kind::task,        Whose::theirs},
    {MailTheme::task_late,       Kind::task,        Whose::anybodys},
    {MailTheme::answer_awaited,  Kind::answer,      Whose::theirs},
    {MailTheme::answer_awaited,  Kind::receive,     Whose::theirs},
    {MailTheme::answer_awaited,  Kind::receive_all, Whose::theirs},
    {MailTheme::signature_waits, Kind::sign,        Whose::anybodys},
});
// clang-format on

bool is_to_come(const engine::SessionState& state) {
  return state.status == engine::SessionStatus::planned ||
         state.status == engine::SessionStatus::open;
}

bool is_cause(const Cause& cause,
              const engine::Duty& duty,
              const Person& reader,
              const model::Protocol& protocol) {
  const bool by_another = !duty.person.empty() && duty.person != reader.id;
  const bool theirs = protocol[duty.partner].name == reader.partner && !by_another;
  return cause.duty == duty.kind && (cause.whose == Whose::anybodys || theirs);
}

}  // namespace

bool still_holds(const Letter& letter, const Reading& reading) {
  const auto* reader = reading.people.find(letter.person);
  const auto asks = [&](const Cause& cause) { return cause.theme == letter.theme; };
  const bool is_reminder = letter.theme == MailTheme::meeting_soon;
  if (reader == nullptr || !reading.has_live(letter.stream)) {
    return reader != nullptr;
  }
  if (!is_reminder && std::ranges::none_of(kCauses, asks)) {
    return true;
  }
  return reading.look_at(letter.stream, [&](const auto& file) {
    if constexpr (std::is_same_v<decltype(file), const SessionFile&>) {
      if (is_reminder) {
        return is_to_come(file.state);
      }
    }
    const auto& protocol = file.plan->protocol;
    return is_reminder ||
           std::ranges::any_of(engine::duties(protocol, file.state), [&](const auto& duty) {
             return std::ranges::any_of(kCauses, [&](const Cause& cause) {
               return asks(cause) && is_cause(cause, duty, *reader, protocol);
             });
           });
  });
}

}  // namespace protoflow::runtime
