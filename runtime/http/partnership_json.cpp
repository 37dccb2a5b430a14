#include "runtime/http/partnership_json.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "engine/log/record.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using Json = nlohmann::ordered_json;

void put_instant(Json& json, const char* key, model::Instant instant) {
  if (instant != model::kNever) {
    json[key] = engine::to_text(instant);
  }
}

void put_date(Json& json,
              const std::string& key,
              model::Instant instant,
              const engine::Plan& plan) {
  put_instant(json, key.c_str(), instant);
  if (instant != model::kNever) {
    json[key + "_text"] = date_words(instant, plan);
  }
}

Json partner_json(const engine::Plan& plan,
                  model::PartnerId id,
                  const engine::Participation& part) {
  const auto& partner = plan.protocol[id];
  Json json{{"partner", partner.name},
            {"title", title_of(partner)},
            {"state", engine::kParticipationStateNames[static_cast<std::size_t>(part.state)]},
            {"must_sign", engine::must_sign(plan.protocol, id)},
            {"stands", part.signed_at != model::kNever}};
  put_date(json, "signed_at", part.signed_at, plan);
  put_date(json, "lapses", part.lapses, plan);
  put_date(json, "answer_due", part.answer_due, plan);
  put_date(json, "leaves", part.leaves, plan);
  if (part.late) {
    json["late"] = true;
  }
  return json;
}

// An average to the hundredth; of yes or no, the share of yes.
Json answers_json(const model::Routine& routine, const engine::RoutineState& state) {
  Json list = Json::array();
  for (std::size_t i = 0; i < routine.asks.size(); ++i) {
    const auto total = i < state.totals.size() ? state.totals[i] : engine::AnswerTotal{};
    Json json{{"question", i + 1}, {"text", routine.asks[i].text}, {"count", total.count}};
    if (total.count > 0 && routine.asks[i].type != model::AnswerType::text) {
      const auto mean = static_cast<double>(total.sum) / total.count;
      json["average"] = std::round(mean * 100) / 100;
    }
    for (const auto& [question, value] : state.last.answers) {
      if (question == i && !value.text.empty()) {
        json["last"] = value.text;
      }
    }
    list.push_back(std::move(json));
  }
  return list;
}

Json last_json(const model::Protocol& protocol, const engine::PastOccurrence& last) {
  Json json{{"number", last.number},
            {"state", engine::kOccurrenceStateNames[static_cast<std::size_t>(last.state)]}};
  put_instant(json, "planned", last.planned);
  put_instant(json, "closed", last.closed);
  json["attended"] = Json::array();
  for (const auto partner : last.attended) {
    json["attended"].push_back(protocol[partner].name);
  }
  return json;
}

Json routine_json(const engine::Plan& plan,
                  model::RoutineId id,
                  const engine::RoutineState& state) {
  const auto& protocol = plan.protocol;
  Json json{{"routine", protocol[id].name},
            {"title", title_of(protocol[id])},
            {"state", engine::kOccurrenceStateNames[static_cast<std::size_t>(state.state)]},
            {"number", state.number}};
  put_date(json, "planned", state.planned, plan);
  json["role"] = protocol[state.role].name;
  json["partner"] = protocol[state.partner].name;
  put_date(json, "late_since", state.late_since, plan);
  json["held"] = state.held;
  json["missed"] = state.missed;
  json["postponed"] = state.postponed;
  if (state.last.number != 0) {
    json["last"] = last_json(protocol, state.last);
  }
  json["answers"] = answers_json(protocol[id], state);
  return json;
}

}  // namespace

Json routines_json(const engine::Plan& plan, const std::vector<engine::RoutineState>& routines) {
  Json list = Json::array();
  for (std::size_t i = 0; i < routines.size(); ++i) {
    if (routines[i].number != 0) {
      list.push_back(routine_json(plan, {static_cast<std::uint16_t>(i)}, routines[i]));
    }
  }
  return list;
}

Json remarks_json(const model::Protocol& protocol, const std::vector<engine::Remark>& remarks) {
  Json list = Json::array();
  for (const auto& remark : remarks) {
    Json json{{"happened", engine::to_text(remark.happened)}};
    if (remark.partner.known()) {
      json["partner"] = protocol[remark.partner].name;
    }
    if (remark.step.known()) {
      json["step"] = protocol[remark.step].name;
    }
    if (remark.routine.known()) {
      json["routine"] = protocol[remark.routine].name;
    }
    json["text"] = remark.text;
    list.push_back(std::move(json));
  }
  return list;
}

Json partnership_json(const engine::Plan& plan, const engine::PartnershipState& state) {
  const auto& protocol = plan.protocol;
  Json json{{"protocol", protocol.name},
            {"title", protocol.title},
            {"protocol_version", protocol.version},
            {"meaning", plan.meaning_hash},
            {"version", state.version},
            {"status", engine::kPartnershipStatusNames[static_cast<std::size_t>(state.status)]}};
  put_instant(json, "founded", state.founded);
  json["partners"] = Json::array();
  for (std::size_t i = 0; i < state.participations.size(); ++i) {
    json["partners"].push_back(
        partner_json(plan, {static_cast<std::uint16_t>(i)}, state.participations[i]));
  }
  json["routines"] = routines_json(plan, state.routines);
  json["remarks"] = remarks_json(protocol, state.remarks);
  return json;
}

}  // namespace protoflow::runtime
