#include "runtime/protocols/plan.hpp"

#include <fstream>
#include <system_error>
#include <utility>

#include "engine/log/meaning_hash.hpp"
#include "runtime/clock/zone.hpp"
#include "runtime/protocols/folder_shelf.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::uintmax_t kTextBytesMax = 4u << 20;

// Wide enough for every deadline that a case of our lifetime can have.
constexpr int kZoneFromYear = 2000;
constexpr int kZoneToYear = 2099;

}  // namespace

std::expected<PlanRef, std::string> plan_of(model::Protocol protocol) {
  auto zone = load_zone(protocol.time_zone, kZoneFromYear, kZoneToYear);
  if (!zone) {
    return std::unexpected(std::move(zone.error()));
  }
  auto plan = std::make_shared<engine::Plan>();
  plan->meaning_hash = engine::meaning_hash(protocol);
  plan->work_time = {protocol.calendar, std::move(*zone)};
  plan->protocol = std::move(protocol);
  return plan;
}

namespace {

std::expected<PlanRef, PlanError> plan_if_sound(dsl::Compiled compiled) {
  if (!compiled.protocol) {
    return std::unexpected(PlanError{std::move(compiled), {}});
  }
  auto plan = plan_of(*compiled.protocol);
  if (!plan) {
    return std::unexpected(PlanError{std::move(compiled), std::move(plan.error())});
  }
  return *plan;
}

}  // namespace

std::expected<PlanRef, PlanError> make_plan(std::string_view text, const dsl::Shelf& shelf) {
  return plan_if_sound(dsl::compile(text, shelf));
}

std::expected<PlanRef, PlanError> plan_of_deployed(const ProtocolText& text) {
  auto compiled = dsl::compile(text.text, shelf_of(text));
  if (compiled.once_sound) {
    compiled.protocol = std::move(compiled.once_sound);
  }
  return plan_if_sound(std::move(compiled));
}

std::expected<PlanRef, PlanError> make_plan(const ProtocolText& text) {
  return make_plan(text.text, shelf_of(text));
}

std::expected<CompiledFile, std::string> compile_file(const std::filesystem::path& file,
                                                      model::Language otherwise) {
  auto text = read_text_file(file);
  if (!text) {
    return std::unexpected(std::move(text.error()));
  }
  auto compiled = dsl::compile(*text, folder_shelf(file), dsl::languages_from(otherwise));
  return CompiledFile{std::move(*text), std::move(compiled)};
}

std::expected<ProtocolText, std::string> read_protocol_file(const std::filesystem::path& file) {
  auto read = compile_file(file);
  if (!read) {
    return std::unexpected(std::move(read.error()));
  }
  auto& [text, compiled] = *read;
  if (!compiled.protocol && !compiled.once_sound) {
    return std::unexpected("the protocol does not hold\n" +
                           dsl::render_text(compiled, text, file.string(), false));
  }
  return ProtocolText{std::move(text), std::move(compiled.used), std::move(compiled.calendars)};
}

std::expected<std::string, std::string> read_text_file(const std::filesystem::path& file) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) {
    return std::unexpected(file.string() + ": there is no such file; check the path");
  }
  if (!std::filesystem::is_regular_file(status)) {
    return std::unexpected(file.string() + ": is not a file; name one .proto-flow file");
  }
  const auto size = std::filesystem::file_size(file, error);
  if (!error && size > kTextBytesMax) {
    return std::unexpected(file.string() + ": has " + std::to_string(size >> 20) +
                           " MiB, a protocol has at most 4; is this really a .proto-flow file?");
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(stream)), {});
  if (!stream.good() && !stream.eof()) {
    return std::unexpected(file.string() + ": could not be read; check that you may read it");
  }
  if (text.empty() && size > 0) {
    return std::unexpected(file.string() + ": could not be opened; check that you may read it");
  }
  return text;
}

}  // namespace protoflow::runtime
