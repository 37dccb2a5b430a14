#include "runtime/http/server.hpp"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/http/problem.hpp"
#include "tests/unit/runtime/http/raw_socket.hpp"
#include "tests/unit/runtime/http/running_server.hpp"

namespace protoflow::runtime {

using namespace std::chrono_literals;

namespace {

/// Says what it was asked, so that a test can see what the handler saw.
void echo(const HttpRequest& request, const Answer& answer) {
  std::string body = request.method + ' ' + request.path;
  for (const auto& [name, value] : request.query) {
    body += " " + name + "=" + value;
  }
  body += " [" + request.body + "]";
  answer({.content_type = "text/plain", .body = body});
}

std::string get(const std::string& target) {
  return "GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n";
}

std::string post(const std::string& body) {
  return "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

}  // namespace

TEST(HttpServer, HandsOverTheDecodedPathQueryAndBody) {
  RunningServer running(echo);

  struct Row {
    std::string request, body;
  };

  const std::vector<Row> rows = {
      {get("/"), "GET / []"},
      {get("/v1/cases?x=1&y=a+b%20c&x=2"), "GET /v1/cases x=1 y=a b c []"},
      {get("/%C3%A9tape/a%2Fb"), "GET /étape/a/b []"},
      {get("http://other.example/v1?q="), "GET /v1 q= []"},
      {get("/a?#part"), "GET /a []"},
      {post("hello"), "POST /p [hello]"},
      {"POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
       "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
       "POST /p [abcde]"},
      {"DELETE /p HTTP/1.1\r\nHost: h\r\n\r\n", "DELETE /p []"},
      {"PROPFIND /p HTTP/1.1\r\nHost: h\r\n\r\n", "PROPFIND /p []"},
  };
  for (const Row& row : rows) {
    RawSocket client(running.port());
    client.send(row.request);
    const RawAnswer answer = client.answer();
    EXPECT_EQ(answer.status, 200) << row.request;
    EXPECT_EQ(answer.body, row.body) << row.request;
  }
}

TEST(HttpServer, KeepsAnEncodedSlashInsideItsSegment) {
  RunningServer running([](const HttpRequest& request, const Answer& answer) {
    answer({.body = std::to_string(request.segments.size()) + request.segments.back()});
  });
  RawSocket client(running.port());

  client.send(get("/v1/cases/case%2Fab12"));

  EXPECT_EQ(client.answer().body, "3case/ab12");
}

TEST(HttpServer, GivesHeaderFieldsByLowerCaseName) {
  RunningServer running([](const HttpRequest& request, const Answer& answer) {
    answer({.body = std::string(request.header("if-match")) + "|" +
                    std::string(request.header("x-many")) + "|" +
                    std::string(request.header("absent"))});
  });
  RawSocket client(running.port());

  client.send("GET / HTTP/1.1\r\nHost: h\r\nIF-Match: \"7\"\r\nX-Many: a\r\nx-many: b\r\n\r\n");

  EXPECT_EQ(client.answer().body, "\"7\"|a, b|");
}

TEST(HttpServer, RefusesWhatIsNotAProperRequestWithAProblem) {
  RunningServer running(echo);

  struct Row {
    std::string name, request;
    int status;
  };

  std::string thousand_fields;
  for (int i = 0; i < 1000; ++i) {
    thousand_fields += "Field-" + std::to_string(i) + ": a rather ordinary value\r\n";
  }
  const std::string big(1024 * 1024 + 1, 'x');
  const std::string head = "POST /p HTTP/1.1\r\nHost: h\r\n";
  const std::vector<Row> rows = {
      {"garbage", "\x16\x03\x01\x02 what is this\r\n\r\n", 400},
      {"other protocol", "GET / FTP/9\r\nHost: h\r\n\r\n", 400},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"bad percent", get("/%zz"), 400},
      {"cut percent", get("/%4"), 400},
      {"not UTF-8", get("/%ff"), 400},
      {"overlong UTF-8", get("/%c0%af"), 400},
      {"NUL", get("/a%00b"), 400},
      {"bad query", get("/a?x=%ff"), 400},
      {"no slash", get("cases"), 400},
      {"space in field name", "GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400},
      {"negative length", head + "Content-Length: -1\r\n\r\n", 400},
      {"two lengths", head + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"length and chunks",
       head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"other coding", head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
      {"bad chunk", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
      {"thousand fields", "GET / HTTP/1.1\r\nHost: h\r\n" + thousand_fields + "\r\n", 431},
      {"endless target", "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 431},
      {"body by length", post(big), 413},
      {"length only", head + "Content-Length: 99999999999\r\n\r\n", 413},
      {"body by chunks",
       head + "Transfer-Encoding: chunked\r\n\r\n100001\r\n" + big + "\r\n0\r\n\r\n",
       413},
  };
  for (const Row& row : rows) {
    RawSocket client(running.port());
    client.send(row.request);
    const RawAnswer answer = client.answer();
    EXPECT_EQ(answer.status, row.status) << row.name;
    EXPECT_NE(answer.head.find("application/problem+json"), std::string::npos) << row.name;
    EXPECT_NE(answer.body.find("\"status\":" + std::to_string(row.status)), std::string::npos)
        << row.name;
  }
}

TEST(HttpServer, TakesABodyOfExactlyTheLimit) {
  RunningServer running([](const HttpRequest& request, const Answer& answer) {
    answer({.body = std::to_string(request.body.size())});
  });
  RawSocket client(running.port());

  client.send(post(std::string(1024 * 1024, 'x')));

  EXPECT_EQ(client.answer().body, "1048576");
}

TEST(HttpServer, TakesARequestThatComesByteAfterByte) {
  RunningServer running(echo);
  RawSocket client(running.port());

  for (const char c : post("slow")) {
    ASSERT_TRUE(client.send(std::string_view(&c, 1)));
  }

  EXPECT_EQ(client.answer().body, "POST /p [slow]");
}

TEST(HttpServer, AnswersTwoHundredRequestsOnOneConnection) {
  RunningServer running(echo);
  RawSocket client(running.port());

  for (int i = 0; i < 200; ++i) {
    client.send(get("/" + std::to_string(i)));
    ASSERT_EQ(client.answer().body, "GET /" + std::to_string(i) + " []");
  }
}

TEST(HttpServer, AnswersPipelinedRequestsInOrderEvenWhenLaterAnswersAreReadyFirst) {
  std::vector<std::pair<std::string, Answer>> kept;
  RunningServer running([&](const HttpRequest& request, const Answer& answer) {
    if (request.path == "/slow") {
      kept.emplace_back(request.path, answer);
    } else {
      answer({.body = request.path});
    }
  });
  RawSocket client(running.port());

  client.send(get("/slow") + get("/fast") + post("") + get("/last"));
  running.wait_until([&] { return !kept.empty(); });
  running.ask([&] {
    kept.front().second({.body = "/slow"});
    return 0;
  });

  for (const char* path : {"/slow", "/fast", "/p", "/last"}) {
    EXPECT_EQ(client.answer().body, path);
  }
}

TEST(HttpServer, LeavesOutTheBodyForHeadAndSaysItsLength) {
  RunningServer running(echo);
  RawSocket client(running.port());

  client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n" + get("/b"));

  const RawAnswer head = client.answer(false);
  EXPECT_EQ(head.status, 200);
  EXPECT_NE(head.head.find("Content-Length: 9\r\n"), std::string::npos) << head.head;
  EXPECT_EQ(client.answer().body, "GET /b []");
}

TEST(HttpServer, AnswersOptionsByItself) {
  RunningServer running(echo);
  RawSocket client(running.port());

  client.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n");

  const RawAnswer answer = client.answer();
  EXPECT_EQ(answer.status, 204);
  EXPECT_NE(answer.head.find("Allow: GET, HEAD, POST"), std::string::npos);
}

TEST(HttpServer, InvitesTheBodyOfAClientThatAsksFirst) {
  RunningServer running(echo);
  RawSocket client(running.port());

  client.send("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.answer().status, 100);
  client.send("ok");

  EXPECT_EQ(client.answer().body, "POST /p [ok]");
}

TEST(HttpServer, ClosesAfterTheAnswerWhenAskedTo) {
  RunningServer running(echo);

  for (const char* request :
       {"GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"}) {
    RawSocket client(running.port());
    client.send(request);
    const std::string all = client.rest();
    EXPECT_NE(all.find("Connection: close\r\n"), std::string::npos) << request;
    EXPECT_TRUE(all.ends_with("GET / []")) << request;
  }
}

TEST(HttpServer, SurvivesClientsThatLeaveInTheMiddle) {
  std::optional<Answer> kept;
  RunningServer running([&](const HttpRequest& request, const Answer& answer) {
    if (request.path == "/keep") {
      kept = answer;
    } else {
      echo(request, answer);
    }
  });

  RawSocket(running.port());
  RawSocket(running.port()).send("GET / HT");
  RawSocket(running.port()).send("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nhalf");
  RawSocket(running.port()).send(get("/keep"));
  running.wait_until([&] { return kept.has_value(); });
  running.ask([&] {
    (*kept)({.body = std::string(1'000'000, 'x')});
    kept.reset();
    return 0;
  });

  running.wait_until([&] { return running.server().connections() == 0; });
  RawSocket client(running.port());
  client.send(get("/"));
  EXPECT_EQ(client.answer().status, 200);
}

TEST(HttpServer, SendsOnlyTheFirstAnswer) {
  RunningServer running([](const HttpRequest&, const Answer& answer) {
    answer({.body = "first"});
    answer({.body = "second"});
  });
  RawSocket client(running.port());

  client.send(get("/") + get("/"));

  EXPECT_EQ(client.answer().body, "first");
  EXPECT_EQ(client.answer().body, "first");
}

TEST(HttpServer, SaysSoWhenARequestWasDroppedOrFailed) {
  RunningServer running([](const HttpRequest& request, const Answer& answer) {
    if (request.path == "/throw") {
      throw std::runtime_error("a fault");
    }
    // Dies unanswered, on another thread.
    std::jthread([answer] {});
  });
  RawSocket client(running.port());

  client.send(get("/drop") + get("/throw") + get("/drop"));

  EXPECT_NE(client.answer().body.find("/problems/no-answer"), std::string::npos);
  EXPECT_NE(client.answer().body.find("/problems/daemon-fault"), std::string::npos);
  EXPECT_EQ(client.answer().status, 500);
}

TEST(HttpServer, DoesNotLetAValueBreakOutOfItsHeaderField) {
  RunningServer running([](const HttpRequest&, const Answer& answer) {
    answer({.headers = {{"Location", "/a\r\nSet-Cookie: evil"}}});
  });
  RawSocket client(running.port());

  client.send(get("/"));

  EXPECT_EQ(client.answer().head.find("\r\nSet-Cookie"), std::string::npos);
}

TEST(HttpServer, EndsRequestsThatTrickleAndConnectionsThatSayNothing) {
  HttpLimits limits;
  limits.read = 40ms;
  limits.idle = 40ms;
  RunningServer running(echo, limits);

  RawSocket silent(running.port());
  RawSocket trickling(running.port());
  RawSocket idle(running.port());
  trickling.send("GET / HTTP/1.1\r\nHo");
  idle.send(get("/"));

  EXPECT_EQ(trickling.answer().status, 408);
  EXPECT_EQ(silent.rest(), "");
  EXPECT_TRUE(idle.rest().ends_with("GET / []"));
}

TEST(HttpServer, RefusesConnectionsBeyondItsLimitAndTakesThemAgainLater) {
  HttpLimits limits;
  limits.connections = 3;
  RunningServer running(echo, limits);
  std::vector<std::unique_ptr<RawSocket>> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(std::make_unique<RawSocket>(running.port()));
    clients.back()->send(get("/"));
    ASSERT_EQ(clients.back()->answer().status, 200);
  }

  RawSocket refused(running.port());
  const RawAnswer answer = refused.answer();
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.head.find("Retry-After: "), std::string::npos);
  refused.close();
  clients.pop_back();
  running.wait_until([&] { return running.server().connections() == 2; });

  RawSocket taken(running.port());
  taken.send(get("/"));
  EXPECT_EQ(taken.answer().status, 200);
}

TEST(HttpServer, SaysWhichOptionToChangeWhenItCannotListen) {
  RunningServer running(echo);
  Loop loop;
  HttpServer second(loop, echo);

  struct Row {
    std::string address;
    std::uint16_t port;
    std::string says;
  };

  for (const Row& row : {Row{"127.0.0.1", running.port(), "another program holds this port"},
                         Row{"192.0.2.1", 0, "no such address"},
                         Row{"example.org", 80, "not an IP address"},
                         Row{"", 80, "not an IP address"}}) {
    const auto heard = second.listen(row.address, row.port);
    ASSERT_FALSE(heard.has_value()) << row.address;
    EXPECT_NE(heard.error().what.find(row.says), std::string::npos) << heard.error().what;
    EXPECT_NE(heard.error().what.find("--listen"), std::string::npos) << heard.error().what;
  }
  EXPECT_TRUE(second.listen("localhost", 0).has_value());
}

TEST(HttpServer, LetsRequestsInFlightEndWhenItStops) {
  std::optional<Answer> kept;
  RunningServer running([&](const HttpRequest&, const Answer& answer) { kept = answer; });
  RawSocket idle(running.port());
  RawSocket busy(running.port());
  busy.send(get("/"));
  running.wait_until([&] { return kept.has_value() && running.server().connections() == 2; });

  std::promise<void> stopped;
  running.ask([&] {
    running.server().stop([&] { stopped.set_value(); });
    return 0;
  });
  EXPECT_EQ(idle.rest(), "");
  EXPECT_EQ(RawSocket(running.port()).answer().status, 0);
  running.ask([&] {
    (*kept)({.body = "in time"});
    return 0;
  });

  EXPECT_EQ(busy.answer().body, "in time");
  EXPECT_EQ(busy.rest(), "");
  stopped.get_future().wait();
}

TEST(HttpServer, DoesNotWaitForeverForARequestInFlightWhenItStops) {
  std::optional<Answer> kept;
  HttpLimits limits;
  limits.farewell = 20ms;
  RunningServer running([&](const HttpRequest&, const Answer& answer) { kept = answer; }, limits);
  RawSocket busy(running.port());
  busy.send(get("/"));
  running.wait_until([&] { return kept.has_value(); });

  std::promise<void> stopped;
  running.ask([&] {
    running.server().stop([&] { stopped.set_value(); });
    return 0;
  });

  EXPECT_EQ(busy.rest(), "");
  stopped.get_future().wait();
}

}  // namespace protoflow::runtime
