#include "engine/event/errand.hpp"

namespace protoflow::engine {

namespace {

constexpr std::string_view kEveryCase = "case/*";

Errand to_every_case(CommandKind kind, const Event& event, std::string_view stream) {
  Errand errand{.stream = std::string(kEveryCase)};
  errand.command.kind = kind;
  errand.command.partner = event.partner;
  errand.command.from = std::string(stream);
  return errand;
}

}  // namespace

std::vector<Errand> errands(const model::Protocol& protocol,
                            const PartnershipState&,
                            const Event& event,
                            std::string_view stream) {
  if (event.kind == EventKind::partner_agreed) {
    return {to_every_case(CommandKind::partner_agreed, event, stream),
            to_every_case(CommandKind::partner_joined, event, stream)};
  }
  std::vector<Errand> list;
  const bool left = event.kind == EventKind::partner_left;
  if (event.kind == EventKind::agreement_lapsed || (left && must_sign(protocol, event.partner))) {
    list.push_back(to_every_case(CommandKind::partner_lapsed, event, stream));
  }
  if (left) {
    list.push_back(to_every_case(CommandKind::partner_left, event, stream));
  }
  return list;
}

}  // namespace protoflow::engine
