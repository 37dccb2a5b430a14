// The file that knows toml++, whose header is slow to compile.
#include "runtime/configuration/configuration.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include <toml++/toml.h>

#include "dsl/diagnostic/nearest.hpp"
#include "runtime/configuration/settings.hpp"

namespace protoflow::runtime {

namespace {

const Setting* find_setting(std::string_view table, std::string_view name) {
  const auto settings = all_settings();
  const auto found = std::ranges::find_if(settings, [&](const Setting& setting) {
    return setting.table == table && setting.name == name;
  });
  return found == settings.end() ? nullptr : &*found;
}

bool is_table_name(std::string_view name) {
  const auto tables = all_setting_tables();
  return !name.empty() && std::ranges::find(tables, name, &SettingTable::name) != tables.end();
}

std::string in_quotes(std::string_view text) {
  return '"' + std::string(text) + '"';
}

/// The nearest key, of the same table first: `form` for `from` is likelier than a word elsewhere.
std::string did_you_mean(std::string_view table, std::string_view name) {
  std::vector<std::string> near, all;
  for (const auto& setting : all_settings()) {
    all.push_back(setting.key());
    if (setting.table == table) {
      near.emplace_back(setting.name);
    }
  }
  const auto full =
      table.empty() ? std::string(name) : std::string(table) + '.' + std::string(name);
  if (const auto same = dsl::nearest(name, near); !same.empty()) {
    return find_setting(table, same)->key();
  }
  if (const auto other = dsl::nearest(full, all); !other.empty()) {
    return other;
  }
  const auto moved = std::ranges::find(all_settings(), name, &Setting::name);
  return moved == all_settings().end() ? std::string() : moved->key();
}

/// Nothing: a kind of value that no setting takes.
std::optional<SettingValue> value_in(const toml::node& node) {
  if (const auto* text = node.as_string()) {
    return text->get();
  }
  if (const auto* truth = node.as_boolean()) {
    return truth->get();
  }
  if (const auto* number = node.as_integer()) {
    return number->get();
  }
  const auto* array = node.as_array();
  if (array == nullptr) {
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (const auto& each : *array) {
    const auto* text = each.as_string();
    if (text == nullptr) {
      return std::nullopt;
    }
    texts.push_back(text->get());
  }
  return texts;
}

class Reader {
 public:
  Reader(const std::filesystem::path& folder, ServeOptions options)
      : folder_(folder), options_(std::move(options)) {}

  void read(const toml::table& root) {
    for (const auto& [key, node] : root) {
      const auto* table = node.as_table();
      if (is_table_name(key.str())) {
        table == nullptr ? no_table(key, node) : read_table(key.str(), *table);
      } else if (table == nullptr || find_setting("", key.str()) != nullptr) {
        read_setting("", key, node);
      } else {
        unknown_table(key);
      }
    }
    check_together();
  }

  std::expected<ServeOptions, std::vector<Mistake>> result() {
    if (mistakes_.empty()) {
      return std::move(options_);
    }
    std::ranges::stable_sort(mistakes_, {}, [](const Mistake& mistake) {
      return std::tuple(mistake.line, mistake.column);
    });
    return std::unexpected(std::move(mistakes_));
  }

 private:
  void complain_at(const toml::source_region& region, std::string what) {
    mistakes_.push_back({region.begin.line, region.begin.column, std::move(what)});
  }

  void no_table(const toml::key& key, const toml::node& node) {
    const auto name = std::string(key.str());
    complain_at(node.source(),
                in_quotes(name) + " is a table: write [" + name + "], and its settings below");
  }

  void unknown_table(const toml::key& key) {
    std::vector<std::string> names;
    for (const auto& table : all_setting_tables()) {
      names.emplace_back(table.name);
    }
    const auto near = dsl::nearest(key.str(), names);
    complain_at(key.source(),
                "there is no table " + in_quotes('[' + std::string(key.str()) + ']') +
                    (near.empty() ? std::string() : "; did you mean \"[" + near + "]\"?"));
  }

  void read_table(std::string_view name, const toml::table& table) {
    for (const auto& [key, node] : table) {
      read_setting(name, key, node);
    }
  }

  void read_setting(std::string_view table, const toml::key& key, const toml::node& node) {
    const auto* setting = find_setting(table, key.str());
    if (setting == nullptr) {
      const auto near = did_you_mean(table, key.str());
      const auto full = (table.empty() ? "" : std::string(table) + '.') + std::string(key.str());
      return complain_at(key.source(),
                         "there is no setting " + in_quotes(full) +
                             (near.empty() ? "; `protoflow config` lists them"
                                           : "; did you mean " + in_quotes(near) + "?"));
    }
    auto value = value_in(node);
    if (!value || value->index() != setting->read(options_).index() ||
        !setting->write(options_, setting->is_path ? from_folder(*value) : *value)) {
      return complain_at(node.source(),
                         in_quotes(setting->key()) + " takes " + std::string(setting->takes));
    }
    written_.emplace_back(setting->key(), node.source());
  }

  [[nodiscard]] std::string from_folder(const std::string& path) const {
    return path.empty() || path == "-" ? path : (folder_ / path).lexically_normal().string();
  }

  [[nodiscard]] SettingValue from_folder(SettingValue value) const {
    if (auto* path = std::get_if<std::string>(&value)) {
      *path = from_folder(*path);
    }
    if (auto* paths = std::get_if<std::vector<std::string>>(&value)) {
      std::ranges::transform(
          *paths, paths->begin(), [this](const auto& path) { return from_folder(path); });
    }
    return value;
  }

  /// A setting that says nothing without another one.
  void check_pair(std::string_view key, bool is_set, std::string_view other, bool other_is_set) {
    const auto place =
        std::ranges::find(written_, key, [](const auto& each) { return each.first; });
    if (is_set && !other_is_set && place != written_.end()) {
      complain_at(place->second,
                  in_quotes(key) + " needs " + in_quotes(other) + " too; add it, or remove this");
    }
  }

  void check_together() {
    const auto& mail = options_.mail;
    check_pair("mail.server", !mail.server.empty(), "mail.from", !mail.from.empty());
    check_pair("mail.user", !mail.user.empty(), "mail.server", !mail.server.empty());
    check_pair("mail.password_file", !mail.password_file.empty(), "mail.user", !mail.user.empty());
  }

  const std::filesystem::path& folder_;
  ServeOptions options_;
  std::vector<std::pair<std::string, toml::source_region>> written_;
  std::vector<Mistake> mistakes_;
};

/// As it is written in the file; a default holds nothing that a text in quotes would have to escape.
std::string toml_text(const SettingValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return in_quotes(*text);
  }
  if (const auto* truth = std::get_if<bool>(&value)) {
    return *truth ? "true" : "false";
  }
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return std::to_string(*number);
  }
  return "[]";  // no list has a default
}

}  // namespace

std::expected<ServeOptions, std::vector<Mistake>> read_configuration(
    std::string_view text, const std::filesystem::path& folder, const ServeOptions& defaults) {
  if (text.size() > kConfigurationBytesMax) {
    return std::unexpected(std::vector<Mistake>{{.what = "the file has more than 64 KiB"}});
  }
  try {
    const auto root = toml::parse(text);
    Reader reader(folder, defaults);
    reader.read(root);
    return reader.result();
  } catch (const toml::parse_error& error) {
    const auto place = error.source().begin;
    return std::unexpected(std::vector<Mistake>{
        {std::max(place.line, 1U),
         std::max(place.column, 1U),
         "this is not TOML, and nothing after it was read: " + std::string(error.description())}});
  }
}

std::expected<ServeOptions, std::string> read_configuration_file(const std::filesystem::path& file,
                                                                 const ServeOptions& defaults) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(kConfigurationBytesMax + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (!stream.is_open() || stream.bad() || std::filesystem::is_directory(file)) {
    return std::unexpected(file.string() + ": the configuration cannot be read");
  }
  auto read = read_configuration(text, file.parent_path(), defaults);
  if (read) {
    return std::move(*read);
  }
  std::string all;
  for (const auto& mistake : read.error()) {
    all += (all.empty() ? "" : "\n") + file.string() + ':' + std::to_string(mistake.line) + ':' +
           std::to_string(mistake.column) + ": " + mistake.what;
  }
  return std::unexpected(std::move(all));
}

std::string default_configuration() {
  std::string text =
      "# The configuration of `protoflow serve --config FILE`. Every setting stands here with its\n"
      "# default: remove the # in front of one to change it. An option of the command line wins "
      "over\n"
      "# the file. A relative path begins at the folder of this file.\n"
      "# Look it over with `protoflow config --check FILE`.\n";
  const ServeOptions defaults;
  for (const auto& table : all_setting_tables()) {
    if (!table.name.empty()) {
      text += "\n# " + std::string(table.says) + "\n[" + std::string(table.name) + "]\n";
    }
    for (const auto& setting : all_settings()) {
      if (setting.table != table.name) {
        continue;
      }
      const auto value = toml_text(setting.read(defaults));
      const bool has_example = !setting.example.empty();
      text += "\n# " + std::string(setting.says) + '\n';
      text += has_example ? "# Such as: " + std::string(setting.example) + '\n' : std::string();
      text += '#' + std::string(setting.name) + " = " + value + '\n';
    }
  }
  return text;
}

}  // namespace protoflow::runtime
