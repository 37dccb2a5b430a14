// Who is called what: every declared name, and the answer to "what does this name mean here?". What
// a shared file declares is here only once something has asked for it. Knows nothing of what the
// declarations say.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dsl/diagnostic/diagnostic.hpp"
#include "dsl/syntax/lexicon.hpp"
#include "dsl/syntax/tree.hpp"
#include "engine/model/limits.hpp"

namespace protoflow::dsl {

enum class NameKind : std::uint8_t {
  need,
  competence,
  partner,
  role,
  information,
  consent,
  stage,
  step,
  session,
  routine,
  ending,
  promise,
  example,
};

inline constexpr std::size_t kNameKinds = 13;
using model::kDeclarationsMax;

/// One declaration. Its place in `of(kind)` is its id in the model, but for roles, where the
/// beneficiary, which nobody declares, comes first (node is kNoNode).
struct Declared {
  std::string name;  // NFC
  NodeIndex node = kNoNode;
  Span span;  // of the name; of the first word when the name is missing
};

class Names {
 public:
  /// Declarations that begin at `own_end` or later are those of shared files, and spare. Without
  /// it, all count as the protocol's own.
  Names(const Tree& tree,
        std::string_view text,
        const Lexicon& words,
        std::uint32_t own_end = 0xFFFFFFFF);

  [[nodiscard]] const std::vector<Declared>& of(NameKind kind) const {
    return tables_[static_cast<std::size_t>(kind)];
  }

  /// The id of the first declaration of that name, if any.
  [[nodiscard]] std::optional<std::uint16_t> find(NameKind kind, const std::string& name) const;

  /// Takes in the spare declarations that `find` was asked for since the last time; false when
  /// there were none. Ids change, and stay in the order of the text.
  bool take_in_missed();

  /// The declarations of that kind that nothing has asked for, by name.
  [[nodiscard]] const std::multimap<std::string, Declared>& spare(NameKind kind) const {
    return spare_[static_cast<std::size_t>(kind)];
  }

  /// True for a name on a line that could not be read: it may well be declared there.
  [[nodiscard]] bool doubtful(const std::string& name) const {
    return all_doubtful_ || doubtful_.contains(name);
  }

  /// True when two of that kind have one name: one of them may have been meant to have another.
  [[nodiscard]] bool doubled(NameKind kind) const {
    return doubled_[static_cast<std::size_t>(kind)];
  }

  /// A file could not be read: any name may be declared in it.
  void doubt_all() { all_doubtful_ = true; }

  /// The declarations `protocol`, `calendar` and `agreement`, in order.
  [[nodiscard]] const std::vector<NodeIndex>& protocols() const { return protocols_; }

  [[nodiscard]] const std::vector<NodeIndex>& calendars() const { return calendars_; }

  [[nodiscard]] const std::vector<NodeIndex>& agreements() const { return agreements_; }

  /// The kind with too many declarations or lines, by one that is too much.
  [[nodiscard]] std::optional<Span> too_many() const { return too_many_; }

 private:
  void declare(NameKind kind, Declared declared);
  void take_in(std::size_t kind);
  void take_declaration(const Tree& tree,
                        NodeIndex at,
                        std::string_view text,
                        std::uint32_t own_end);
  /// `joined`: the name before them, of which the words may be the rest.
  void doubt(std::string_view words, std::string joined);

  std::array<std::vector<Declared>, kNameKinds> tables_;
  std::array<std::multimap<std::string, Declared>, kNameKinds> spare_;
  mutable std::array<std::set<std::string>, kNameKinds> missed_;  // looked for, and spare
  std::array<std::unordered_map<std::string, std::uint16_t>, kNameKinds> places_;
  std::array<bool, kNameKinds> doubled_{};
  std::unordered_set<std::string> doubtful_;
  bool all_doubtful_ = false;
  std::vector<NodeIndex> protocols_, calendars_, agreements_;
  std::optional<Span> too_many_;
};

/// "une étape", "a step": what a name of that kind is.
[[nodiscard]] std::string_view kind_phrase(NameKind kind, model::Language language);

/// The kind that a declaration's first word makes, if it names something.
[[nodiscard]] std::optional<NameKind> kind_of(Keyword declaration);

/// A name as it is compared: composed form of the leaf.
[[nodiscard]] std::string name_of(const Tree& tree, NodeIndex leaf, std::string_view text);

}  // namespace protoflow::dsl
