#include "runtime/cli/print.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/folder.hpp"
#include "tests/unit/runtime/http/running_server.hpp"

namespace protoflow::runtime {
namespace {

TEST(Escaped, IsFitForAQuery) {
  EXPECT_EQ(escaped("ines.martin-2_~"), "ines.martin-2_~");
  EXPECT_EQ(escaped("référente & co/+"), "r%C3%A9f%C3%A9rente%20%26%20co%2F%2B");
  EXPECT_EQ(escaped(""), "");
}

// Whatever answers at the address: the person at the terminal gets a sentence and an exit code.
TEST(Tasks, SurviveAServerThatIsNotOurs) {
  for (const auto* body : {"<html>Welcome</html>", "", "[]", "7"}) {
    SCOPED_TRACE(body);
    RunningServer server([body](const HttpRequest&, const Answer& answer) {
      answer({.content_type = "text/html", .body = body});
    });
    const DaemonOptions daemon{.address = server.url(""), .token = "pfo_x"};
    EXPECT_EQ(run_tasks({.daemon = daemon}), kEnvironment);
    EXPECT_EQ(run_people({.daemon = daemon}), kEnvironment);
    EXPECT_EQ(run_act({.daemon = daemon, .command = "take", .case_id = "a", .person = "ines"}),
              kEnvironment);
  }
}

}  // namespace
}  // namespace protoflow::runtime
