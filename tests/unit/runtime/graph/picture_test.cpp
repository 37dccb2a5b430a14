// The picture in the README is the one that the program draws of the shipped protocol.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "dsl/print/graph.hpp"
#include "runtime/graph/svg.hpp"
#include "runtime/protocols/plan.hpp"
#include "tests/support/places.hpp"

namespace protoflow::runtime {
namespace {

std::string read(const std::filesystem::path& file) {
  std::ifstream stream(in_sources("/" + file.string()));
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

TEST(Picture, InTheDocumentsIsTheOneTheProgramDraws) {
  const auto shipped = compile_file(in_sources("/protocols/madame-s.proto-flow"));
  ASSERT_TRUE(shipped && shipped->compiled.protocol) << "the shipped protocol has an error";

  const auto svg = render_svg(dsl::graph_dot(*shipped->compiled.protocol));

  ASSERT_TRUE(svg) << svg.error();
  EXPECT_TRUE(*svg == read("docs/madame-s.svg"))
      << "draw it again: protoflow graph protocols/madame-s.proto-flow > docs/madame-s.svg";
}

}  // namespace
}  // namespace protoflow::runtime
