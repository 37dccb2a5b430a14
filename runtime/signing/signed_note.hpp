// Signed notes (C2SP signed-note): a text, an empty line, and a line for each signature; Ed25519
// (RFC 8032), and the timestamped cosignatures of witnesses (C2SP tlog-cosignature, v1). It knows
// nothing of what the text says.
#pragma once

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace protoflow::runtime {

enum class SignatureType : std::uint8_t {
  note = 1,         // over the text
  cosignature = 4,  // over the time and the text: its signer has seen this tree grow
};

/// What a signature is checked with. As text: `name+id+base64`, the id as 8 hexadecimal digits, the
/// bytes the type and the 32 of the key.
struct VerifierKey {
  std::string name;
  SignatureType type = SignatureType::note;
  std::array<unsigned char, 32> key{};

  /// The first 4 bytes of the SHA-256 of the name, a line end, the type and the key.
  [[nodiscard]] std::uint32_t id() const;

  friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

[[nodiscard]] std::string to_text(const VerifierKey& key);

/// The error says what is wrong with the text and quotes none of it.
[[nodiscard]] std::expected<VerifierKey, std::string> read_verifier_key(std::string_view text);

/// A secret key. As text: `PRIVATE+KEY+` and the form of a verifier's, of the 32 bytes of the seed.
class SignerKey final {
 public:
  /// A new one. Requires a name without blanks and plus signs.
  [[nodiscard]] static SignerKey make(std::string name, SignatureType type);

  [[nodiscard]] static std::expected<SignerKey, std::string> read(std::string_view text);

  [[nodiscard]] std::string text() const;

  [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }

  /// The line of a signature over `text`, with its end. `seconds` since 1970 (UTC), of a
  /// cosignature only.
  [[nodiscard]] std::string sign(std::string_view text, std::uint64_t seconds = 0) const;

 private:
  VerifierKey verifier_;
  std::array<unsigned char, 32> seed_{};
};

struct NoteSignature {
  std::string name;
  std::uint32_t key_id = 0;
  std::string bytes;  // after the key's id
};

inline constexpr std::size_t kNoteSignaturesMax = 64;

struct SignedNote {
  std::string text;  // with its last line end
  std::vector<NoteSignature> signatures;
};

/// The error says which line is wrong, and quotes none.
[[nodiscard]] std::expected<SignedNote, std::string> read_note(std::string_view note);

/// One signature's line, as a witness answers it.
[[nodiscard]] std::expected<NoteSignature, std::string> read_signature(std::string_view line);

enum class SignatureStanding : std::uint8_t {
  absent,  // no signature by this key
  holds,
  broken,  // one that bears its name and id, and is not its own
};

[[nodiscard]] SignatureStanding standing_of(const SignedNote& note, const VerifierKey& key);

/// When a cosignature says that it was made, in seconds since 1970 (UTC); nullopt: it is none.
[[nodiscard]] std::optional<std::uint64_t> time_of(const NoteSignature& signature);

}  // namespace protoflow::runtime
