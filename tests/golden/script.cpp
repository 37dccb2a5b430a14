#include "tests/golden/script.hpp"

namespace protoflow::golden {

namespace {

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  text = end == text.npos ? std::string_view() : text.substr(end + 1);
  return line;
}

}  // namespace

std::vector<Step> read_steps(std::string_view text) {
  std::vector<Step> steps;
  std::string comment;
  bool in_input = false;
  while (!text.empty()) {
    const auto line = take_line(text);
    if (line.starts_with("$ ")) {
      steps.push_back({std::move(comment), std::string(line.substr(2)), {}});
      comment.clear();
      in_input = true;
    } else if (in_input && line.starts_with("|")) {
      steps.back().input += std::string(line.substr(line.starts_with("| ") ? 2 : 1)) + "\n";
    } else {
      in_input = false;
      if (line.starts_with("# ")) {
        comment += std::string(line) + "\n";
      }
    }
  }
  return steps;
}

std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  bool quoted = false;
  bool in_word = false;
  for (const char c : command) {
    if (c == '"') {
      quoted = !quoted;
    }
    if (c == ' ' && !quoted) {
      in_word = false;
      continue;
    }
    if (!in_word) {
      words.emplace_back();
      in_word = true;
    }
    if (c != '"') {
      words.back() += c;
    }
  }
  return words;
}

std::string marked(std::string_view text, std::string_view mark) {
  std::string lines;
  while (!text.empty()) {
    const auto line = take_line(text);
    auto whole = std::string(mark) + std::string(line);
    while (line.empty() && whole.ends_with(' ')) {
      whole.pop_back();
    }
    lines += whole + "\n";
  }
  return lines;
}

std::string write_step(const Step& step, std::string_view output) {
  auto text = step.comment + "$ " + step.command + "\n" + marked(step.input, "| ");
  return text.append(output) + "\n";
}

}  // namespace protoflow::golden
