// Every session has a host, and people can reach it.
#include <algorithm>

#include "dsl/meaning/questions.hpp"

namespace protoflow::dsl {

void ask_sessions(const Asked& asked) {
  std::vector<NodeIndex> led_to(asked.protocol.sessions.size(), kNoNode);  // lines `through`
  for (std::size_t i = 0; i < asked.protocol.steps.size(); ++i) {
    const model::SessionId session = asked.protocol.steps[i].through;
    if (session.known() && led_to[session.value] == kNoNode) {
      led_to[session.value] =
          clause_of(asked, declared(asked, NameKind::step, i).node, Keyword::through);
    }
  }
  for (std::size_t i = 0; i < led_to.size(); ++i) {
    const model::Session& session = asked.protocol.sessions[i];
    const Declared& one = declared(asked, NameKind::session, i);
    if (unreadable(asked, one)) {
      continue;
    }
    const bool hosted = clause_of(asked, one.node, Keyword::hosted_by) != kNoNode;
    const std::vector<std::string> name = {session.name};
    if (!hosted && led_to[i] != kNoNode) {
      const Span step = asked.tree[led_to[i]].span();
      tell_two(asked, Code::session_without_host, one.span, step, name);
    } else if (!hosted) {
      tell(asked, Code::session_without_host, one.span, name);
    }
    const bool held = session.every.has_value() || session.on_request || led_to[i] != kNoNode;
    if (!held && !asked.unread.anything && !doubted_by(asked, "129")) {
      tell(asked, Code::session_unreachable, one.span, name);
    }
  }
}

}  // namespace protoflow::dsl
