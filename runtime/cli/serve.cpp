#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"

namespace protoflow::runtime {

int run_serve(const ServeOptions& options) {
  const auto served = serve(options);
  return served ? kOk : complain("protoflow serve: " + served.error(), kEnvironment);
}

}  // namespace protoflow::runtime
