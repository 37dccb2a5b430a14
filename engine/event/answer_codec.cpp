#include "engine/event/answer_codec.hpp"

#include <nlohmann/json.hpp>

namespace protoflow::engine {

namespace {

using Json = nlohmann::ordered_json;

std::expected<Json, std::string> answer_json(const RecordedAnswer& answer,
                                             const model::Question& question,
                                             const Seal& seal) {
  Json json{{"question", answer.question + 1}};
  switch (question.type) {
    case model::AnswerType::scale:
      json["scale"] = answer.value.number;
      return json;
    case model::AnswerType::yes_or_no:
      json["yes"] = answer.value.number == 1;
      return json;
    case model::AnswerType::text:
      break;
  }
  const auto sealed = seal(answer.value.text);
  if (!sealed) {
    return std::unexpected(sealed.error());
  }
  json["text"] = Json{{"commitment", sealed->commitment}, {"sealed", sealed->sealed}};
  return json;
}

std::string member_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::expected<model::Value, std::string> opened(const Json& json, const Open& open) {
  const auto text = json.find("text");
  if (text == json.end() || !text->is_object() || !text->contains("sealed")) {
    return std::unexpected("have a text that is not sealed");
  }
  const auto plain = open({member_of(*text, "commitment"), member_of(*text, "sealed")});
  if (!plain) {
    return std::unexpected(plain.error());
  }
  return model::Value{.text = plain->value_or("")};
}

std::expected<model::Value, std::string> value_of(const Json& json,
                                                  model::AnswerType type,
                                                  const Open& open) {
  switch (type) {
    case model::AnswerType::scale:
      if (json.contains("scale") && json["scale"].is_number_integer()) {
        return model::Value{.number = json["scale"].get<std::int64_t>()};
      }
      break;
    case model::AnswerType::yes_or_no:
      if (json.contains("yes") && json["yes"].is_boolean()) {
        return model::Value{.number = json["yes"].get<bool>() ? 1 : 0};
      }
      break;
    case model::AnswerType::text:
      return opened(json, open);
  }
  return std::unexpected("are not of the type that the question asks");
}

// The place of the question among the routine's; its size when it has no such question.
std::size_t question_of(const Json& json, const model::Routine& routine) {
  const bool has_number =
      json.is_object() && json.contains("question") && json["question"].is_number_unsigned();
  const auto number = has_number ? json["question"].get<std::uint64_t>() : 0;
  return number == 0 || number > routine.asks.size() ? routine.asks.size() : number - 1;
}

}  // namespace

std::expected<std::string, std::string> encode_answers(const std::vector<RecordedAnswer>& answers,
                                                       const model::Routine& routine,
                                                       const Seal& seal) {
  Json list = Json::array();
  for (const auto& answer : answers) {
    auto json = answer_json(answer, routine.asks[answer.question], seal);
    if (!json) {
      return std::unexpected(json.error());
    }
    list.push_back(std::move(*json));
  }
  return list.dump();
}

std::expected<std::vector<RecordedAnswer>, std::string> decode_answers(
    const std::string& json, const model::Routine& routine, const Open& open) {
  const auto list = Json::parse(json, nullptr, false);
  if (!list.is_array()) {
    return std::unexpected("are not a JSON array");
  }
  std::vector<RecordedAnswer> answers;
  for (const auto& each : list) {
    const auto place = question_of(each, routine);
    if (place == routine.asks.size()) {
      return std::unexpected("are to a question that the routine does not ask");
    }
    auto value = value_of(each, routine.asks[place].type, open);
    if (!value) {
      return std::unexpected(value.error());
    }
    answers.push_back({static_cast<std::uint16_t>(place), std::move(*value)});
  }
  return answers;
}

}  // namespace protoflow::engine
