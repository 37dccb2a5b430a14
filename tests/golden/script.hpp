// A golden file of the command line: steps with their whole output. The runner plays the steps and
// writes the file again; the test compares both texts.
//
//   # a comment, kept
//   $ file short.proto-flow     a step: `protoflow …` or one of the stage's own words (stage.hpp)
//   | its input, line by line
//   what it said
//   ! what it said on standard error
//   exit 0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace protoflow::golden {

struct Step {
  std::string comment;  // the lines before it, whole
  std::string command;
  std::string input;
};

/// Outputs are left out: they are what the runner finds.
[[nodiscard]] std::vector<Step> read_steps(std::string_view text);

/// Between quotes, blanks do not part: `a "b c"` is two words.
[[nodiscard]] std::vector<std::string> words_of(std::string_view command);

/// The step as it stands in a golden file, with its output.
[[nodiscard]] std::string write_step(const Step& step, std::string_view output);

/// Each line of `text` after `mark`; a text without a last line end gets one.
[[nodiscard]] std::string marked(std::string_view text, std::string_view mark);

}  // namespace protoflow::golden
