#include "dsl/document/words.hpp"

#include "dsl/document/words_of_language.hpp"

namespace protoflow::dsl::document {

const DocumentWords& document_words(model::Language language) {
  return language == model::Language::french ? kFrenchDocuments : kEnglishDocuments;
}

}  // namespace protoflow::dsl::document
