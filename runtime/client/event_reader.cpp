#include "runtime/client/event_reader.hpp"

#include <utility>

namespace protoflow::runtime {

bool EventReader::feed(std::string_view bytes, const OnEvent& on_event) {
  for (const char c : bytes) {
    const bool same_end = c == '\n' && std::exchange(after_return_, c == '\r');
    if (same_end) {
      continue;
    }
    after_return_ = c == '\r';
    if (c != '\n' && c != '\r') {
      line_ += c;
    } else if (!take_line(on_event)) {
      return false;
    }
    if (line_.size() + text_.size() > kEventMax) {
      return false;
    }
  }
  return true;
}

bool EventReader::take_line(const OnEvent& on_event) {
  const std::string line = std::exchange(line_, {});
  std::string_view rest = line;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (std::exchange(at_start_, false) && rest.starts_with(kByteOrderMark)) {
    rest.remove_prefix(kByteOrderMark.size());
  }
  if (rest.empty()) {
    return dispatch(on_event);
  }
  const auto colon = std::min(rest.find(':'), rest.size());
  std::string_view value = rest.substr(std::min(colon + 1, rest.size()));
  if (value.starts_with(' ')) {
    value.remove_prefix(1);
  }
  take_field(rest.substr(0, colon), value);
  return true;
}

void EventReader::take_field(std::string_view name, std::string_view value) {
  if (name == "data") {
    text_ += has_text_ ? "\n" : "";
    text_ += value;
    has_text_ = true;
  } else if (name == "event") {
    event_ = value;
  } else if (name == "id" && value.find('\0') == value.npos) {
    id_ = value;
    has_id_ = true;
  }
}

bool EventReader::dispatch(const OnEvent& on_event) {
  if (std::exchange(has_id_, false)) {
    last_id_ = std::exchange(id_, {});
  }
  const std::string event = std::exchange(event_, {});
  const std::string text = std::exchange(text_, {});
  if (!std::exchange(has_text_, false)) {
    return true;
  }
  return on_event(last_id_, event.empty() ? std::string_view("message") : event, text);
}

}  // namespace protoflow::runtime
