#include "engine/event/errand.hpp"

namespace protoflow::engine {

std::vector<Errand> errands(const model::Protocol&,
                            const SessionState&,
                            const Event&,
                            std::string_view) {
  return {};
}

std::vector<Errand> errands(const model::Protocol&,
                            const CaseState&,
                            const Event&,
                            std::string_view) {
  return {};
}

}  // namespace protoflow::engine
