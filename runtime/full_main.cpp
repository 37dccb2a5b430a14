#include "runtime/cli/cli.hpp"

int main(int count, char** arguments) {
  return protoflow::runtime::run_cli(count, arguments);
}
