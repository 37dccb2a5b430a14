#include "tests/golden/manual.hpp"

#include <algorithm>

namespace protoflow::golden {

namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kLeftOut = "…\n";

// Parted by blank lines.
std::vector<std::string> paragraphs_of(std::string_view text) {
  std::vector<std::string> paragraphs;
  while (!text.empty()) {
    const auto end = std::min(text.find("\n\n"), text.size());
    auto paragraph = std::string(text.substr(0, end));
    while (paragraph.ends_with('\n')) {
      paragraph.pop_back();
    }
    if (!paragraph.empty()) {
      paragraphs.push_back(paragraph + "\n");
    }
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return paragraphs;
}

// `step meeting` of `step meeting "Meet"`.
std::string_view beginning_of(std::string_view paragraph) {
  return paragraph.substr(0, paragraph.find_first_of("\"\n"));
}

// Where a line `…` begins.
std::size_t next_left_out(std::string_view shown) {
  if (shown.starts_with(kLeftOut)) {
    return 0;
  }
  const auto end_before = shown.find("\n" + std::string(kLeftOut));
  return end_before == shown.npos ? end_before : end_before + 1;
}

}  // namespace

std::vector<Listing> listings_of(std::string_view manual) {
  std::vector<Listing> listings;
  bool inside = false;
  for (std::size_t at = 0; at < manual.size();) {
    const auto next = std::min(manual.find('\n', at), manual.size() - 1) + 1;
    const auto line = manual.substr(at, next - at - 1);
    if (line.starts_with(kFence) && inside) {
      auto& listing = listings.back();
      listing.end = at;
      listing.text = manual.substr(listing.begin, at - listing.begin);
    } else if (line.starts_with(kFence)) {
      const auto words = line.substr(kFence.size());
      const auto blank = std::min(words.find(' '), words.size());
      listings.push_back({.kind = std::string(words.substr(0, blank)),
                          .name = std::string(words.substr(std::min(blank + 1, words.size()))),
                          .begin = next,
                          .end = next,
                          .text = {}});
    }
    inside = inside != line.starts_with(kFence);
    at = next;
  }
  return listings;
}

std::string revised(std::string_view file, std::string_view listing) {
  auto whole = paragraphs_of(file);
  for (const auto& paragraph : paragraphs_of(listing)) {
    const auto old = std::ranges::find(whole, beginning_of(paragraph), beginning_of);
    if (old == whole.end()) {
      whole.push_back(paragraph);
    } else {
      *old = paragraph;
    }
  }
  std::string text;
  for (const auto& paragraph : whole) {
    text += (text.empty() ? "" : "\n") + paragraph;
  }
  return text;
}

bool shows(std::string_view shown, std::string_view found) {
  for (bool anywhere = false;; anywhere = true) {
    const auto end = next_left_out(shown);
    const auto part = shown.substr(0, end);
    if (end == shown.npos) {
      return anywhere ? found.ends_with(part) : found == part;
    }
    const auto at = found.find(part);
    if (at == found.npos || (at > 0 && !anywhere)) {
      return false;
    }
    found.remove_prefix(at + part.size());
    shown.remove_prefix(end + kLeftOut.size());
  }
}

}  // namespace protoflow::golden
