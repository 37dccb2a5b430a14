#include "runtime/graph/read_dot.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <string_view>

#include <graphviz/cgraph.h>

namespace protoflow::runtime {
namespace {

// ---- reading from memory
// -------------------------------------------------------------------------

struct Source {
  std::string_view rest;
};

/// One line at most, as Graphviz's scanner expects of an interactive source; 0 at the end.
int read_line(void* channel, char* buffer, int size) {
  auto& source = *static_cast<Source*>(channel);
  const std::size_t line_end = source.rest.find('\n');
  const std::size_t line = line_end == std::string_view::npos ? source.rest.size() : line_end + 1;
  const std::size_t length = std::min(line, static_cast<std::size_t>(size));
  std::memcpy(buffer, source.rest.data(), length);
  source.rest.remove_prefix(length);
  return static_cast<int>(length);
}

int write_nothing(void* /*channel*/, const char* /*text*/) {
  return 0;
}

int flush_nothing(void* /*channel*/) {
  return 0;
}

// ---- numbering
// -----------------------------------------------------------------------------------

struct Numbering {
  std::map<std::string, IDTYPE, std::less<>> numbers;
  std::map<IDTYPE, std::string> names;  // Graphviz takes them as char*, and reads only
  IDTYPE last = 0;
};

void* open_numbering(Agraph_t* /*graph*/, Agdisc_t* /*discipline*/) {
  return new Numbering;
}

void close_numbering(void* state) {
  delete static_cast<Numbering*>(state);
}

/// The number of `name`, a new one if there is none and `create` says so; a nameless object always
/// gets a new one.
long number_of(void* state, int /*object_type*/, char* name, IDTYPE* number, int create) {
  auto& own = *static_cast<Numbering*>(state);
  if (name != nullptr) {
    const auto found = own.numbers.find(std::string_view(name));
    if (found != own.numbers.end()) {
      *number = found->second;
      return TRUE;
    }
  }
  if (create == 0) {
    return FALSE;
  }
  *number = ++own.last;
  if (name != nullptr) {
    own.numbers.emplace(name, *number);
    own.names.emplace(*number, name);
  }
  return TRUE;
}

long refuse_number(void* /*state*/, int /*object_type*/, IDTYPE /*number*/) {
  return FALSE;
}

void keep_number(void* /*state*/, int /*object_type*/, IDTYPE /*number*/) {}

char* name_of(void* state, int /*object_type*/, IDTYPE number) {
  auto& names = static_cast<Numbering*>(state)->names;
  const auto found = names.find(number);
  return found == names.end() ? nullptr : found->second.data();
}

void note_object(void* /*state*/, int /*object_type*/, void* /*object*/) {}

}  // namespace

void CloseGraph::operator()(Agraph_s* graph) const {
  agclose(graph);
}

std::unique_ptr<Agraph_s, CloseGraph> read_dot(const std::string& dot) {
  // Graphviz keeps pointers to these for as long as the graph lives.
  static Agiddisc_t numbering = {
      open_numbering, number_of, refuse_number, keep_number, name_of, close_numbering, note_object};
  static Agiodisc_t memory = {read_line, write_nothing, flush_nothing};
  static Agdisc_t discipline = {&AgMemDisc, &numbering, &memory};
  agreadline(1);  // the line counter is a global too
  Source source{dot};
  return std::unique_ptr<Agraph_s, CloseGraph>(agread(&source, &discipline));
}

}  // namespace protoflow::runtime
