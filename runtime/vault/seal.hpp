// Sealing under one key, without any file: the arithmetic of vault.hpp, and keys that leave no
// trace in memory.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace protoflow::runtime {

struct Sealed;

/// 32 bytes, wiped when they go. Never copied by accident: only moved.
class Key {
 public:
  static constexpr std::size_t kSize = 32;

  [[nodiscard]] static Key random();
  /// nullopt: not 32 bytes.
  [[nodiscard]] static std::optional<Key> from(std::string_view bytes);
  Key(Key&& other) noexcept;
  Key& operator=(Key&&) = delete;
  ~Key();

  [[nodiscard]] const std::uint8_t* bytes() const { return bytes_.data(); }

  [[nodiscard]] std::string_view view() const;

 private:
  Key() = default;

  std::array<std::uint8_t, kSize> bytes_{};
};

/// Makes the library ready; false when the system gives no random numbers. Any thread, any number
/// of times.
[[nodiscard]] bool ready_to_seal();

[[nodiscard]] Sealed seal(const Key& key, std::string_view beneficiary, std::string_view text);

/// nullopt: the commitment is another text's, or not sealed by `seal` with this key for this
/// beneficiary, or changed since.
[[nodiscard]] std::optional<std::string> unseal(const Key& key,
                                                std::string_view beneficiary,
                                                const Sealed& sealed);

}  // namespace protoflow::runtime
