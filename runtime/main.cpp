// `protoflow`: runs the commands on a text itself and leaves the others to `protoflow-full`, beside
// it, whose libraries take longer to load than most texts to check (docs/decisions).
#include <unistd.h>

#include <filesystem>

#include "runtime/cli/terminal.hpp"
#include "runtime/cli/text_arguments.hpp"

int main(int count, char** arguments) {
  using namespace protoflow::runtime;
  if (count > 1 && is_text_command(arguments[1])) {
    return run_text_command(count, arguments);
  }
  std::error_code failed;
  const auto full =
      std::filesystem::read_symlink("/proc/self/exe", failed).replace_filename("protoflow-full");
  ::execv(full.c_str(), arguments);
  return complain("protoflow: cannot run " + full.string() +
                      ", the part that runs protocols. Install protoflow again, whole.",
                  kEnvironment);
}
