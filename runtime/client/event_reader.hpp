// Reads an event stream (WHATWG HTML, section 9.2.6) from chunks cut anywhere.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace protoflow::runtime {

class EventReader final {
 public:
  /// An event whose text is longer is not ours.
  static constexpr std::size_t kEventMax = 4 * 1024 * 1024;

  using OnEvent =
      std::function<bool(std::string_view id, std::string_view event, std::string_view text)>;

  explicit EventReader(std::string last_id = {}) : last_id_(std::move(last_id)) {}

  /// false: `on_event` said so, or an event or a line is too long. Nothing more is to be fed then.
  bool feed(std::string_view bytes, const OnEvent& on_event);

  /// Of the last event that was given.
  [[nodiscard]] const std::string& last_id() const { return last_id_; }

 private:
  bool take_line(const OnEvent& on_event);
  void take_field(std::string_view name, std::string_view value);
  bool dispatch(const OnEvent& on_event);

  std::string line_;
  std::string id_;  // of the event being read
  bool has_id_ = false;
  std::string event_;
  std::string text_;
  bool has_text_ = false;
  std::string last_id_;
  bool after_return_ = false;  // a line feed that follows belongs to the same line end
  bool at_start_ = true;
};

}  // namespace protoflow::runtime
