// graph, brief, matrix and card: what is handed to people, made from a protocol's meaning.
#include <fstream>

#include "dsl/diagnostic/nearest.hpp"
#include "dsl/document/brief.hpp"
#include "dsl/document/card.hpp"
#include "dsl/document/matrix.hpp"
#include "dsl/document/render.hpp"
#include "dsl/document/translated.hpp"
#include "dsl/print/graph.hpp"
#include "dsl/source/utf8.hpp"
#include "engine/log/meaning_hash.hpp"
#include "runtime/cli/cli.hpp"
#include "runtime/cli/print.hpp"
#include "runtime/graph/svg.hpp"
#include "runtime/protocols/plan.hpp"
#include "runtime/words/words.hpp"

namespace protoflow::runtime {

namespace {

using model::Language;
using model::Protocol;

/// The protocol of `file`; what is wrong goes to standard error.
std::expected<Protocol, int> read_protocol(const std::string& file) {
  auto read = compile_file(file);
  if (!read) {
    return std::unexpected(complain(read.error(), kEnvironment));
  }
  if (read->compiled.shared) {
    return std::unexpected(complain(
        file + std::string(say(read->compiled.language,
                               " : ce fichier est partagé par des protocoles et n’en est pas un ; "
                               "donner le fichier d’un protocole",
                               ": this file is shared by protocols and is none itself; give the "
                               "file of a protocol")),
        kFault));
  }
  if (!read->compiled.protocol) {
    return std::unexpected(
        complain(dsl::render_text(read->compiled, read->text, file, false), kFault));
  }
  return std::move(*read->compiled.protocol);
}

std::string unknown_partner(const Protocol& protocol, const std::string& wanted) {
  std::vector<std::string> names;
  std::string list;
  for (const auto& partner : protocol.partners) {
    names.push_back(partner.name);
    list += "\n  " + partner.name + "  " + partner.title;
  }
  const auto near = dsl::nearest(wanted, names);
  const auto language = protocol.language;
  std::string text =
      std::string(say(language, "aucun partenaire ne s’appelle ", "no partner is called ")) +
      quoted(language, wanted);
  if (!near.empty()) {
    text += std::string(say(language, " ; vouliez-vous dire ", "; did you mean ")) +
            quoted(language, near) + std::string(say(language, " ?", "?"));
  }
  return text +
         std::string(say(
             language, "\nLes partenaires de ce protocole :", "\nThe partners of this protocol:")) +
         list;
}

/// The partner of that name; an unknown id without a name.
std::expected<model::PartnerId, int> find_partner(const Protocol& protocol,
                                                  const std::string& name) {
  if (name.empty()) {
    return model::PartnerId{};
  }
  const auto found = dsl::first_broken_byte(name)
                         ? model::PartnerId{}
                         : model::find<model::PartnerId>(protocol.partners, dsl::composed(name));
  if (!found.known()) {
    return std::unexpected(complain(unknown_partner(protocol, name), kUsage));
  }
  return found;
}

int write_to(const std::string& to, const std::string& text) {
  if (to.empty() || to == "-") {
    print(text);
    return kOk;
  }
  std::ofstream file(to, std::ios::binary);
  file << text;
  file.close();
  if (!file) {
    return complain(to + ": cannot be written; check the folder and its rights", kEnvironment);
  }
  return kOk;
}

Language language_of(const DocumentOptions& options, const Protocol& protocol) {
  return options.language == "fr"   ? Language::french
         : options.language == "en" ? Language::english
                                    : protocol.language;
}

std::string rendered(const dsl::document::Document& document, const std::string& format) {
  return format == "md" ? dsl::document::render_markdown(document)
                        : dsl::document::render_html(document);
}

}  // namespace

int run_graph(const DocumentOptions& options) {
  const auto protocol = read_protocol(options.file);
  if (!protocol) {
    return protocol.error();
  }
  const auto partner = find_partner(*protocol, options.partner);
  if (!partner) {
    return partner.error();
  }
  const auto shown = dsl::document::in_language(*protocol, language_of(options, *protocol));
  auto picture = options.format == "mermaid" ? dsl::graph_mermaid(shown, *partner)
                                             : dsl::graph_dot(shown, *partner);
  if (options.format == "svg") {
    auto svg = render_svg(picture);
    if (!svg) {
      return complain(options.file + ": " + svg.error(), kEnvironment);
    }
    picture = std::move(*svg);
  }
  return write_to(options.to, picture);
}

int run_brief(const DocumentOptions& options) {
  const auto protocol = read_protocol(options.file);
  if (!protocol) {
    return protocol.error();
  }
  const auto partner = find_partner(*protocol, options.partner);
  if (!partner) {
    return partner.error();
  }
  const auto hash = engine::meaning_hash(*protocol);
  const dsl::document::Edition edition{*protocol, language_of(options, *protocol), hash};
  return write_to(options.to,
                  rendered(dsl::document::partner_brief(edition, *partner), options.format));
}

int run_matrix(const DocumentOptions& options) {
  const auto protocol = read_protocol(options.file);
  if (!protocol) {
    return protocol.error();
  }
  const auto hash = engine::meaning_hash(*protocol);
  const dsl::document::Edition edition{*protocol, language_of(options, *protocol), hash};
  return write_to(options.to,
                  options.format == "csv"
                      ? dsl::document::matrix_csv(edition)
                      : rendered(dsl::document::matrix_document(edition), options.format));
}

int run_card(const DocumentOptions& options) {
  const auto protocol = read_protocol(options.file);
  if (!protocol) {
    return protocol.error();
  }
  const auto hash = engine::meaning_hash(*protocol);
  const dsl::document::Edition edition{*protocol, language_of(options, *protocol), hash};
  return write_to(options.to, rendered(dsl::document::beneficiary_card(edition), options.format));
}

}  // namespace protoflow::runtime
