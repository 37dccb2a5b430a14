// The tables of words_french.cpp and words_english.cpp, for document_words only.
#pragma once

#include "dsl/document/words.hpp"

namespace protoflow::dsl::document {

extern const DocumentWords kFrenchDocuments;
extern const DocumentWords kEnglishDocuments;

}  // namespace protoflow::dsl::document
