// Any bytes at all, given to the language: nothing crashes or overflows (the sanitizers see to it),
// the tree gives back the text byte for byte, messages can be drawn, and laying out twice is laying
// out once and keeps the meaning.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "dsl/compile.hpp"
#include "dsl/format/format.hpp"
#include "dsl/syntax/parse.hpp"
#include "engine/model/canonical.hpp"

namespace {

void must(bool holds, const char* claim) {
  if (!holds) {
    std::fprintf(stderr, "not so: %s\n", claim);
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace protoflow;
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  const dsl::Parsed parsed = dsl::parse(text);
  if (!parsed.tree.nodes.empty()) {
    must(dsl::rebuild(parsed.tree, text) == text, "the tree gives the text back");
  }
  const dsl::Compiled compiled = dsl::compile(text);
  must(compiled.diagnostics.empty() || !render_text(compiled, text, "x", false).empty(),
       "messages can be drawn");
  (void)render_json(compiled, text, "x");
  if (const auto laid_out = dsl::format(text)) {
    const auto again = dsl::format(*laid_out);
    must(again && *again == *laid_out, "laying out twice is laying out once");
    const dsl::Compiled after = dsl::compile(*laid_out);
    must(compiled.protocol.has_value() == after.protocol.has_value(), "it is as right as before");
    must(!compiled.protocol || canonical(*compiled.protocol) == canonical(*after.protocol),
         "it means the same");
  }
  return 0;
}
