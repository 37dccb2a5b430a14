#include "runtime/people/import.hpp"

#include <csv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include <nlohmann/json.hpp>

#include "dsl/source/utf8.hpp"
#include "runtime/words/plain_text.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

enum class Column : std::uint8_t { partner, person, roles, speaks, mail, language, quiet, digest };

constexpr std::size_t kColumns = 8;
constexpr std::size_t kCellMax = 500;

struct Heading {
  Column column;
  std::string_view name;
};

constexpr auto kHeadings = std::to_array<Heading>({{Column::partner, "partner"},
                                                   {Column::partner, "partenaire"},
                                                   {Column::person, "person"},
                                                   {Column::person, "personne"},
                                                   {Column::roles, "roles"},
                                                   {Column::roles, "rôles"},
                                                   {Column::speaks, "speaks"},
                                                   {Column::speaks, "parle"},
                                                   {Column::mail, "mail"},
                                                   {Column::mail, "courriel"},
                                                   {Column::language, "language"},
                                                   {Column::language, "langue"},
                                                   {Column::quiet, "quiet"},
                                                   {Column::quiet, "silence"},
                                                   {Column::digest, "digest"},
                                                   {Column::digest, "résumé"}});

struct Row {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

struct Table {
  std::vector<Row> rows;
  Row row;
};

void take_cell(void* cell, std::size_t size, void* given) {
  auto& table = *static_cast<Table*>(given);
  table.row.cells.emplace_back(static_cast<const char*>(cell), size);
}

void take_row(int, void* given) {
  auto& table = *static_cast<Table*>(given);
  table.rows.push_back(std::exchange(table.row, {}));
}

// Line by line, so that each row knows where it began. nullopt: a quote that does not close.
std::optional<std::vector<Row>> rows_of(std::string_view text, char delimiter) {
  csv_parser parser{};
  if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
    return std::nullopt;
  }
  const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner(&parser, csv_free);
  csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
  Table table;
  for (std::size_t at = 0, line = 1; at < text.size(); ++line) {
    const auto size = std::min(text.find('\n', at), text.size() - 1) + 1 - at;
    if (table.row.line == 0) {
      table.row.line = line;
    }
    if (csv_parse(&parser, text.data() + at, size, take_cell, take_row, &table) != size) {
      return std::nullopt;
    }
    at += size;
  }
  return csv_fini(&parser, take_cell, take_row, &table) == 0 ? std::optional(std::move(table.rows))
                                                             : std::nullopt;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == text.npos
             ? std::string()
             : std::string(text.substr(first, text.find_last_not_of(" \t") + 1 - first));
}

std::vector<std::string> parts_of(std::string_view cell) {
  std::vector<std::string> parts;
  while (!cell.empty()) {
    const auto bar = std::min(cell.find('|'), cell.size());
    if (auto part = trimmed(cell.substr(0, bar)); !part.empty()) {
      parts.push_back(std::move(part));
    }
    cell.remove_prefix(std::min(bar + 1, cell.size()));
  }
  return parts;
}

// Cells by column; where each column stands in a row.
using Places = std::array<std::optional<std::size_t>, kColumns>;

class Reader {
 public:
  Reader(const ImportKnown& known, model::Language language) : known_(known), language_(language) {}

  [[nodiscard]] std::expected<std::vector<ImportLine>, std::string> read(std::string_view text) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    text.remove_prefix(text.starts_with(kMark) ? kMark.size() : 0);
    if (auto wrong = wrong_encoding(text, language_)) {
      return std::unexpected(std::move(*wrong));
    }
    const auto head = text.substr(0, text.find('\n'));
    const auto rows = rows_of(text, head.find(';') != head.npos ? ';' : ',');
    if (!rows) {
      return std::unexpected(
          say("Ce fichier n’est pas un CSV : un guillemet n’est pas fermé, ou "
              "n’est pas doublé.",
              "This file is no CSV: a quote is not closed, or not doubled."));
    }
    if (auto wrong = read_head(*rows)) {
      return std::unexpected(std::move(*wrong));
    }
    std::vector<ImportLine> lines;
    for (const auto& row : std::span(*rows).subspan(1)) {
      lines.push_back(read_row(row));
    }
    return lines;
  }

 private:
  [[nodiscard]] std::string say(std::string_view french, std::string_view english) const {
    return std::string(runtime::say(language_, french, english));
  }

  std::optional<std::string> read_head(const std::vector<Row>& rows) {
    if (rows.size() > kImportLinesMax + 1) {
      return say("Ce fichier a plus de 5000 lignes : partagez-le.",
                 "This file has more than 5000 lines: divide it.");
    }
    const auto cells = rows.empty() ? std::vector<std::string>() : rows.front().cells;
    for (std::size_t place = 0; place < cells.size(); ++place) {
      const auto* const found =
          std::ranges::find(kHeadings, std::string_view(trimmed(cells[place])), &Heading::name);
      if (found == kHeadings.end() || places_[static_cast<std::size_t>(found->column)]) {
        return say("La colonne ", "Column ") + std::to_string(place + 1) +
               say(" n’est pas connue, ou revient deux fois. Les colonnes sont : partenaire, "
                   "personne, rôles, parle, courriel, langue, silence, résumé.",
                   " is not known, or comes twice. The columns are: partner, person, roles, "
                   "speaks, "
                   "mail, language, quiet, digest.");
      }
      places_[static_cast<std::size_t>(found->column)] = place;
    }
    if (!places_[0] || !places_[1] || !places_[2]) {
      return say(
          "La première ligne doit nommer au moins les colonnes partenaire, personne et rôles.",
          "The first line must name at least the columns partner, person and roles.");
    }
    columns_ = cells.size();
    return std::nullopt;
  }

  [[nodiscard]] static std::string cell(const Row& row, const std::optional<std::size_t>& place) {
    return place ? trimmed(row.cells[*place]) : std::string();
  }

  [[nodiscard]] std::string at(const Row& row, Column column) const {
    return cell(row, places_[static_cast<std::size_t>(column)]);
  }

  ImportLine read_row(const Row& row) {
    ImportLine line{.line = row.line};
    const bool fits =
        row.cells.size() == columns_ && std::ranges::all_of(row.cells, [](const std::string& each) {
          return each.size() <= kCellMax && is_plain_line(each);
        });
    if (!fits) {
      line.wrong =
          say("La ligne n’a pas le bon nombre de cellules, ou l’une est trop longue ou "
              "contient des caractères invisibles.",
              "The line has not the right number of cells, or one is too long or holds "
              "characters that cannot be seen.");
      return line;
    }
    line.person = {.id = at(row, Column::person),
                   .partner = at(row, Column::partner),
                   .roles = parts_of(at(row, Column::roles)),
                   .speaks = parts_of(at(row, Column::speaks))};
    line.wrong = wrong_person(line.person);
    if (line.wrong.empty()) {
      read_contact(row, line);
    }
    return line;
  }

  [[nodiscard]] std::string wrong_person(const Person& person) {
    if (!is_person_id(person.id)) {
      return say(
          "La personne doit être un pseudonyme de 1 à 64 lettres sans accent, chiffres, "
          "points ou tirets.",
          "The person must be a pseudonym of 1 to 64 unaccented letters, digits, dots or "
          "hyphens.");
    }
    if (!seen_.insert(person.id).second) {
      return say("Cette personne est déjà plus haut dans le fichier.",
                 "This person stands further up in the file already.");
    }
    if (!known_.is_partner(person.partner)) {
      return say("Aucun protocole déployé n’a de partenaire de ce nom.",
                 "No deployed protocol has a partner of this name.");
    }
    if (person.roles.empty() || !std::ranges::all_of(person.roles, known_.is_role)) {
      return say(
          "Il manque un rôle, ou aucun protocole déployé n’a de rôle de ce nom. Séparez "
          "plusieurs rôles par « | ».",
          "A role is missing, or no deployed protocol has a role of this name. Part several "
          "roles by \"|\".");
    }
    return {};
  }

  void read_contact(const Row& row, ImportLine& line) const {
    nlohmann::ordered_json json;
    for (const auto& [name, column] : {std::pair{"mail", Column::mail},
                                       {"language", Column::language},
                                       {"quiet", Column::quiet},
                                       {"digest", Column::digest}}) {
      if (const auto text = at(row, column); !text.empty()) {
        json[name] = text;
      }
    }
    if (json.empty()) {
      return;
    }
    auto contact = read_contact_json(json.dump());
    if (contact) {
      line.contact = std::move(*contact);
      return;
    }
    line.wrong =
        say("Le contact n’est pas lisible : il faut une adresse de courriel ; ensuite, au "
            "choix, une langue (fr, en, ar), un silence comme 20:00-08:00, un résumé comme "
            "08:00. À revoir : ",
            "The contact cannot be read: it needs a mail address; then, where wanted, a "
            "language (fr, en, ar), quiet hours such as 20:00-08:00, a digest such as "
            "08:00. Look at: ") +
        contact.error().member + ".";
  }

  const ImportKnown& known_;
  model::Language language_;
  Places places_{};
  std::size_t columns_ = 0;
  std::set<std::string> seen_;
};

}  // namespace

std::optional<std::string> wrong_encoding(std::string_view text, model::Language language) {
  return dsl::first_broken_byte(text)
             ? std::optional<std::string>(
                   say(language,
                       "Ce fichier n’est pas en UTF-8. Dans votre tableur, enregistrez-le "
                       "sous « CSV UTF-8 » et recommencez.",
                       "This file is not in UTF-8. In your spreadsheet, save it as \"CSV "
                       "UTF-8\" and try again."))
             : std::nullopt;
}

std::expected<std::vector<ImportLine>, std::string> read_people_csv(std::string_view text,
                                                                    const ImportKnown& known,
                                                                    model::Language language) {
  return Reader(known, language).read(text);
}

}  // namespace protoflow::runtime
