#include "runtime/graph/svg.hpp"

#include <cstring>
#include <memory>
#include <mutex>
#include <string_view>

#include <graphviz/gvc.h>
#include <graphviz/gvplugin.h>
#include <graphviz/gvplugin_textlayout.h>

#include "runtime/graph/read_dot.hpp"
#include "runtime/graph/text_width.hpp"
#include "runtime/graph/tidy_svg.hpp"

extern "C" {
// NOLINTBEGIN(readability-identifier-naming): the names that Graphviz gave its plug-ins
extern gvplugin_library_t gvplugin_core_LTX_library;
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;
// NOLINTEND(readability-identifier-naming)
}

namespace protoflow::runtime {
namespace {

/// Our measure of a text, as a Graphviz plug-in.
boolean measure(textspan_t* span, char** font_path) {
  const bool bold =
      (span->font->flags & HTML_BF) != 0U || std::strstr(span->font->name, "Bold") != nullptr;
  span->size.x = text_width(span->str, span->font->size, bold);
  span->size.y = span->font->size * 1.2;
  span->yoffset_layout = 0;
  span->yoffset_centerline = span->font->size * 0.1;
  span->layout = nullptr;
  span->free_layout = nullptr;
  if (font_path != nullptr) {
    *font_path = nullptr;
  }
  return TRUE;
}

GVC_t* new_context() {
  // Graphviz wants mutable C tables, and keeps pointers to them; nobody writes to them.
  static char type[] = "textlayout";
  static char package[] = "protoflow";
  static gvtextlayout_engine_t text_engine = {measure};
  static gvplugin_installed_t types[] = {{0, type, 8, &text_engine, nullptr},
                                         {0, nullptr, 0, nullptr, nullptr}};
  static gvplugin_api_t apis[] = {{API_textlayout, types}, {static_cast<api_t>(0), nullptr}};
  static gvplugin_library_t library = {package, apis};
  static const lt_symlist_t plugins[] = {
      {"gvplugin_protoflow_LTX_library", &library},
      {"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
      {"gvplugin_core_LTX_library", &gvplugin_core_LTX_library},
      {nullptr, nullptr}};
  return gvContextPlugins(plugins, 0);
}

/// Graphviz says what is wrong through one function for the whole process, so one picture is drawn
/// at a time.
struct Turn {
  std::mutex mutex;
  std::string complaint;
};

Turn& turn() {
  static Turn only;
  return only;
}

int keep_complaint(char* text) {
  turn().complaint += text;
  return 0;
}

struct FreeContext {
  void operator()(GVC_t* context) const { gvFreeContext(context); }
};

std::string said(std::string_view otherwise) {
  std::string& complaint = turn().complaint;
  while (!complaint.empty() && (complaint.back() == '\n' || complaint.back() == ' ')) {
    complaint.pop_back();
  }
  return complaint.empty() ? std::string(otherwise) : complaint;
}

}  // namespace

std::expected<std::string, std::string> render_svg(const std::string& dot) {
  const std::lock_guard guard(turn().mutex);
  turn().complaint.clear();
  agseterrf(keep_complaint);
  const std::unique_ptr<GVC_t, FreeContext> context(new_context());
  const auto graph = read_dot(dot);
  if (!graph) {
    return std::unexpected(said("the picture's description cannot be read"));
  }
  if (gvLayout(context.get(), graph.get(), "dot") != 0) {
    return std::unexpected(said("the picture cannot be laid out"));
  }
  char* drawn = nullptr;
  unsigned length = 0;
  const int status = gvRenderData(context.get(), graph.get(), "svg", &drawn, &length);
  std::string svg(drawn == nullptr ? "" : drawn, drawn == nullptr ? 0 : length);
  gvFreeRenderData(drawn);
  gvFreeLayout(context.get(), graph.get());
  if (status != 0 || svg.empty()) {
    return std::unexpected(said("the picture cannot be drawn"));
  }
  return tidy_svg(std::move(svg));
}

}  // namespace protoflow::runtime
