#include "runtime/client/event_reader.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/http/sse.hpp"

namespace protoflow::runtime {

namespace {

/// Every event as "id|event|text".
std::vector<std::string> read(EventReader& reader, std::string_view bytes, std::size_t chunk) {
  std::vector<std::string> events;
  for (std::size_t from = 0; from < bytes.size(); from += chunk) {
    reader.feed(
        bytes.substr(from, chunk),
        [&](std::string_view id, std::string_view event, std::string_view text) {
          events.push_back(std::string(id) + '|' + std::string(event) + '|' + std::string(text));
          return true;
        });
  }
  return events;
}

}  // namespace

TEST(EventReader, ReadsTheFormatHoweverItIsCut) {
  struct Row {
    std::string bytes;
    std::vector<std::string> events;
  };

  const std::vector<Row> rows = {
      {"id: 1\nevent: notice\ndata: {}\n\n", {"1|notice|{}"}},
      {"data: a\n\ndata: b\n\n", {"|message|a", "|message|b"}},
      {"data: a\r\ndata: b\r\rdata:c\r\n\r\n", {"|message|a\nb", "|message|c"}},
      {":beat\n\nid: 7\n\ndata: x\n\n", {"7|message|x"}},
      {"data\n\n", {"|message|"}},
      {"\xEF\xBB\xBF"
       "data: x\n\n",
       {"|message|x"}},
      {"unknown: y\nretry: 9\ndata:  two spaces\n\n", {"|message| two spaces"}},
      {"data: never finished\n", {}},
      {"event: nothing\n\ndata: x\n\n", {"|message|x"}},
      {"id: 1\ndata: a\n\ndata: b\n\n", {"1|message|a", "1|message|b"}},
  };
  for (const Row& row : rows) {
    for (const std::size_t chunk : {std::size_t{1}, std::size_t{3}, row.bytes.size()}) {
      EventReader reader;
      EXPECT_EQ(read(reader, row.bytes, chunk), row.events) << row.bytes << " in " << chunk;
    }
  }
}

TEST(EventReader, ReadsBackWhatTheServerWrites) {
  EventReader reader;

  EXPECT_EQ(read(reader, event_text("5", "notice", "a\nb"), 4),
            (std::vector<std::string>{"5|notice|a\nb"}));
  EXPECT_EQ(reader.last_id(), "5");
}

TEST(EventReader, StopsAtAnEventWithoutEnd) {
  EventReader reader;
  const std::string chunk(1024 * 1024, 'x');
  int fed = 0;

  while (fed < 10 && reader.feed(chunk, [](auto, auto, auto) { return true; })) {
    ++fed;
  }

  EXPECT_LT(fed, 10);
}

}  // namespace protoflow::runtime
