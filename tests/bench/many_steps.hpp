// A protocol as an author writes them, in French, with as many steps as asked: what the language's
// benchmarks read. Checks without an error.
#pragma once

#include <cstddef>
#include <string>

namespace protoflow::bench {

/// `steps` is at least 3. About 380 bytes a step, in stages of ten; each step waits for one or two
/// before it.
[[nodiscard]] std::string protocol_of(std::size_t steps);

}  // namespace protoflow::bench
