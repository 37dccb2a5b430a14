#include "runtime/signing/signed_note.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "engine/log/record.hpp"
#include "runtime/signing/base64.hpp"

namespace protoflow::runtime {

namespace {

constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr std::string_view kDash = "\xE2\x80\x94 ";  // an em dash and a blank
constexpr std::size_t kIdBytes = 4, kTimeBytes = 8, kKeyBytes = 32;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_key_name(std::string_view name) {
  return !name.empty() && std::ranges::none_of(name, [](unsigned char c) {
    return c <= ' ' || c == '+' || c == 0x7F;
  });
}

std::string big_endian(std::uint64_t number, std::size_t bytes) {
  std::string text(bytes, '\0');
  for (std::size_t i = 0; i < bytes; ++i) {
    text[bytes - 1 - i] = static_cast<char>(number >> (8 * i) & 0xFFU);
  }
  return text;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) {
    number = number << 8U | static_cast<unsigned char>(byte);
  }
  return number;
}

std::string hex_of(std::uint32_t id) {
  std::array<char, 9> text{};
  const auto bytes = big_endian(id, kIdBytes);
  sodium_bin2hex(text.data(), text.size(), bytes_of(bytes), bytes.size());
  return text.data();
}

// What a cosignature signs (tlog-cosignature, "Ed25519 signed message").
std::string cosigned(std::string_view text, std::uint64_t seconds) {
  return "cosignature/v1\ntime " + std::to_string(seconds) + "\n" + std::string(text);
}

std::string key_text(const VerifierKey& key, std::string_view secret_or_open) {
  return key.name + "+" + hex_of(key.id()) + "+" +
         base64(static_cast<char>(key.type) + std::string(secret_or_open));
}

struct KeyParts {
  std::string name;
  std::string id;  // as written
  SignatureType type = SignatureType::note;
  std::array<unsigned char, kKeyBytes> bytes{};
};

std::expected<KeyParts, std::string> read_key(std::string_view text) {
  const auto first = text.find('+');
  const auto second = first == text.npos ? first : text.find('+', first + 1);
  if (second == text.npos) {
    return std::unexpected("is not made of a name, an id and a key, with plus signs between them");
  }
  const auto bytes = from_base64(text.substr(second + 1));
  if (!is_key_name(text.substr(0, first)) || !bytes) {
    return std::unexpected("has no name, or its key is not written in base64");
  }
  const bool known = bytes->size() == 1 + kKeyBytes &&
                     ((*bytes)[0] == static_cast<char>(SignatureType::note) ||
                      (*bytes)[0] == static_cast<char>(SignatureType::cosignature));
  if (!known) {
    return std::unexpected("is not a key of Ed25519: another kind, or another length");
  }
  KeyParts parts{.name = std::string(text.substr(0, first)),
                 .id = std::string(text.substr(first + 1, second - first - 1)),
                 .type = static_cast<SignatureType>((*bytes)[0])};
  std::copy_n(bytes->begin() + 1, kKeyBytes, parts.bytes.begin());
  return parts;
}

std::unexpected<std::string> other_id() {
  return std::unexpected(std::string("does not belong to its id: a letter was lost or changed"));
}

void set_up() {
  if (sodium_init() < 0) {
    std::abort();
  }
}

// The public half into `open`, from the seed; the secret key that signs is returned.
std::array<unsigned char, crypto_sign_SECRETKEYBYTES> key_pair(
    std::array<unsigned char, kKeyBytes>& open, const std::array<unsigned char, kKeyBytes>& seed) {
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_seed_keypair(open.data(), secret.data(), seed.data());
  return secret;
}

bool is_signed(const VerifierKey& key, std::string_view text, std::string_view signature) {
  const bool timed = key.type == SignatureType::cosignature;
  if (signature.size() != crypto_sign_BYTES + (timed ? kTimeBytes : 0)) {
    return false;
  }
  const auto message =
      timed ? cosigned(text, from_big_endian(signature.substr(0, kTimeBytes))) : std::string(text);
  return crypto_sign_verify_detached(bytes_of(signature.substr(timed ? kTimeBytes : 0)),
                                     bytes_of(message),
                                     message.size(),
                                     key.key.data()) == 0;
}

}  // namespace

std::uint32_t VerifierKey::id() const {
  auto named = name + "\n" + static_cast<char>(type);
  named.append(reinterpret_cast<const char*>(key.data()), key.size());
  const auto hash = engine::sha256(named);
  return static_cast<std::uint32_t>(
      from_big_endian({reinterpret_cast<const char*>(hash.data()), kIdBytes}));
}

std::string to_text(const VerifierKey& key) {
  return key_text(key, {reinterpret_cast<const char*>(key.key.data()), key.key.size()});
}

std::expected<VerifierKey, std::string> read_verifier_key(std::string_view text) {
  auto parts = read_key(text);
  if (!parts) {
    return std::unexpected(parts.error());
  }
  VerifierKey key{.name = std::move(parts->name), .type = parts->type, .key = parts->bytes};
  return hex_of(key.id()) == parts->id ? std::expected<VerifierKey, std::string>(key) : other_id();
}

SignerKey SignerKey::make(std::string name, SignatureType type) {
  set_up();
  SignerKey key;
  key.verifier_ = {.name = std::move(name), .type = type};
  randombytes_buf(key.seed_.data(), key.seed_.size());
  key_pair(key.verifier_.key, key.seed_);
  return key;
}

std::expected<SignerKey, std::string> SignerKey::read(std::string_view text) {
  set_up();
  if (!text.starts_with(kPrivate)) {
    return std::unexpected("does not begin with PRIVATE+KEY+");
  }
  auto parts = read_key(text.substr(kPrivate.size()));
  if (!parts) {
    return std::unexpected(parts.error());
  }
  SignerKey key;
  key.verifier_ = {.name = std::move(parts->name), .type = parts->type};
  key.seed_ = parts->bytes;
  key_pair(key.verifier_.key, key.seed_);
  return hex_of(key.verifier_.id()) == parts->id ? std::expected<SignerKey, std::string>(key)
                                                 : other_id();
}

std::string SignerKey::text() const {
  return std::string(kPrivate) +
         key_text(verifier_, {reinterpret_cast<const char*>(seed_.data()), seed_.size()});
}

std::string SignerKey::sign(std::string_view text, std::uint64_t seconds) const {
  const bool timed = verifier_.type == SignatureType::cosignature;
  const auto message = timed ? cosigned(text, seconds) : std::string(text);
  auto open = verifier_.key;
  const auto secret = key_pair(open, seed_);
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(), secret.data());
  auto bytes = big_endian(verifier_.id(), kIdBytes);
  bytes += timed ? big_endian(seconds, kTimeBytes) : std::string();
  bytes.append(reinterpret_cast<const char*>(signature.data()), signature.size());
  return std::string(kDash) + verifier_.name + " " + base64(bytes) + "\n";
}

std::expected<NoteSignature, std::string> read_signature(std::string_view line) {
  if (!line.starts_with(kDash)) {
    return std::unexpected("does not begin with a dash and a blank");
  }
  line.remove_prefix(kDash.size());
  const auto blank = line.find(' ');
  if (blank == line.npos || !is_key_name(line.substr(0, blank))) {
    return std::unexpected("names no key");
  }
  const auto bytes = from_base64(line.substr(blank + 1));
  if (!bytes || bytes->size() <= kIdBytes) {
    return std::unexpected("holds no signature in base64");
  }
  return NoteSignature{
      .name = std::string(line.substr(0, blank)),
      .key_id = static_cast<std::uint32_t>(from_big_endian(bytes->substr(0, kIdBytes))),
      .bytes = bytes->substr(kIdBytes)};
}

std::expected<SignedNote, std::string> read_note(std::string_view note) {
  const auto is_odd = [](unsigned char c) { return c < ' ' && c != '\n'; };
  const auto gap = note.rfind("\n\n");
  if (gap == note.npos || gap + 2 == note.size() || !note.ends_with('\n') ||
      std::ranges::any_of(note, is_odd)) {
    return std::unexpected(
        "this is not a signed note: a text, an empty line, and the lines of the signatures");
  }
  SignedNote read{.text = std::string(note.substr(0, gap + 1)), .signatures = {}};
  auto rest = note.substr(gap + 2);
  while (!rest.empty()) {
    const auto end = rest.find('\n');
    auto signature = read_signature(rest.substr(0, end));
    if (!signature || read.signatures.size() == kNoteSignaturesMax) {
      return std::unexpected("the line of signature " + std::to_string(read.signatures.size() + 1) +
                             " " + (signature ? "is one too many" : signature.error()));
    }
    read.signatures.push_back(std::move(*signature));
    rest.remove_prefix(end + 1);
  }
  return read;
}

SignatureStanding standing_of(const SignedNote& note, const VerifierKey& key) {
  auto standing = SignatureStanding::absent;
  for (const auto& signature : note.signatures) {
    if (signature.name != key.name || signature.key_id != key.id()) {
      continue;
    }
    if (!is_signed(key, note.text, signature.bytes)) {
      return SignatureStanding::broken;
    }
    standing = SignatureStanding::holds;
  }
  return standing;
}

std::optional<std::uint64_t> time_of(const NoteSignature& signature) {
  if (signature.bytes.size() != kTimeBytes + crypto_sign_BYTES) {
    return std::nullopt;
  }
  return from_big_endian(std::string_view(signature.bytes).substr(0, kTimeBytes));
}

}  // namespace protoflow::runtime
