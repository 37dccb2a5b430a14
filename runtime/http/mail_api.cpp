// /v1/cases/CASE/mails: who was told by mail, and what became of it.
#include <nlohmann/json.hpp>

#include "runtime/http/api_json.hpp"
#include "runtime/http/calls.hpp"
#include "runtime/http/problem.hpp"
#include "runtime/mail/letter.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMailsMax = 200;

Json mail_json(const DeliveryView& view) {
  const auto letter = read_letter(view.notice.json);
  Json json{{"id", view.notice.id},
            {"person", view.notice.stream},
            {"says", letter ? theme_name(letter->theme) : ""},
            {"state", delivery_state_name(view.state)},
            {"attempts", view.attempts}};
  const bool waits =
      view.state == DeliveryState::pending && view.notice.not_before != model::Instant();
  if (waits) {
    json["leaves"] = engine::to_text(view.notice.not_before);
  }
  if (!view.reason.empty()) {
    json["reason"] = view.reason;
  }
  return json;
}

}  // namespace

void get_mails(const Call& call, const Answer& answer) {
  if (find_case(call) == nullptr) {
    return answer(no_such_case());
  }
  Json list = Json::array();
  if (auto* mail = call.parts.mail; mail != nullptr) {
    const auto views = mail->read_with_ids(case_stream(call.places[0]) + ":", kMailsMax);
    if (!views) {
      return answer(
          problem(503, "not-readable", "Not now", "The mails cannot be read now. Try again."));
    }
    for (const auto& view : *views) {
      list.push_back(mail_json(view));
    }
  }
  answer(respond_json({{"mails", std::move(list)}}));
}

}  // namespace protoflow::runtime
