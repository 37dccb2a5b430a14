#include "runtime/vault/vault.hpp"

#include <sodium.h>

#include <fstream>
#include <map>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/support/folder.hpp"

namespace protoflow::runtime {
namespace {

Vault opened(const std::filesystem::path& file, VaultMode mode = VaultMode::create_or_open) {
  auto vault = Vault::open(file, mode);
  if (!vault) {
    throw std::runtime_error(vault.error().what);
  }
  return std::move(*vault);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string bytes_in(const testing::Folder& folder) {
  std::string bytes;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    bytes += bytes_of(entry.path());
  }
  return bytes;
}

void execute(const std::filesystem::path& file, const std::string& sql) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sql;
  sqlite3_close(db);
}

std::map<std::string, std::string> keys_in(const std::filesystem::path& file) {
  std::map<std::string, std::string> keys;
  sqlite3* db = nullptr;
  EXPECT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
  const auto keep = [](void* found, int, char** values, char**) {
    (*static_cast<std::map<std::string, std::string>*>(found))[values[0]] = values[1];
    return 0;
  };
  EXPECT_EQ(sqlite3_exec(db, "SELECT beneficiary, hex(key) FROM keys", keep, &keys, nullptr),
            SQLITE_OK);
  sqlite3_close(db);
  return keys;
}

std::string from_hex(const std::string& hex) {
  std::string bytes(hex.size() / 2, '\0');
  sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()),
                 bytes.size(),
                 hex.data(),
                 hex.size(),
                 nullptr,
                 nullptr,
                 nullptr);
  return bytes;
}

using Bytes = std::vector<unsigned char>;

Bytes decoded(const std::string& base64) {
  Bytes bytes(base64.size());
  std::size_t size = 0;
  EXPECT_EQ(sodium_base642bin(bytes.data(),
                              bytes.size(),
                              base64.data(),
                              base64.size(),
                              nullptr,
                              &size,
                              nullptr,
                              sodium_base64_VARIANT_URLSAFE_NO_PADDING),
            0);
  bytes.resize(size);
  return bytes;
}

std::string encoded(const Bytes& bytes) {
  std::string text(
      sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
  sodium_bin2base64(text.data(),
                    text.size(),
                    bytes.data(),
                    bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  text.pop_back();
  return text;
}

class AVault : public ::testing::Test {
 protected:
  AVault() : file_(folder_ / "keys.db"), vault_(opened(file_)) {
    EXPECT_TRUE(vault_.create("b-1"));
    EXPECT_TRUE(vault_.create("b-2"));
  }

  testing::Folder folder_;
  std::filesystem::path file_;
  Vault vault_;
};

TEST_F(AVault, OpensWhatItSealed) {
  for (const std::string& text :
       {std::string(), std::string("S., née à Kaboul\0, 2004", 23), std::string(100'000, 'x')}) {
    const auto sealed = vault_.seal("b-1", text);
    ASSERT_TRUE(sealed);
    EXPECT_EQ(vault_.open("b-1", *sealed).value(), text);
  }
}

TEST_F(AVault, SealsTheSameTextDifferentlyEachTime) {
  const auto one = vault_.seal("b-1", "oui");
  const auto two = vault_.seal("b-1", "oui");
  EXPECT_NE(one->commitment_hex, two->commitment_hex);
  EXPECT_NE(one->sealed_base64, two->sealed_base64);
}

// The format of the header, followed by hand.
TEST_F(AVault, SealsInTheFormatThatItsHeaderGives) {
  const auto sealed = vault_.seal("b-1", "oui");
  const Bytes bytes = decoded(sealed->sealed_base64);
  ASSERT_EQ(bytes.size(), 24U + 16U + 3U + 16U);
  const std::string key = from_hex(keys_in(file_).at("b-1"));
  ASSERT_EQ(key.size(), 32U);

  Bytes salted(16 + 3);
  const std::string with = "b-1";
  ASSERT_EQ(crypto_aead_xchacha20poly1305_ietf_decrypt(
                salted.data(),
                nullptr,
                nullptr,
                bytes.data() + 24,
                bytes.size() - 24,
                reinterpret_cast<const unsigned char*>(with.data()),
                with.size(),
                bytes.data(),
                reinterpret_cast<const unsigned char*>(key.data())),
            0);
  EXPECT_EQ(std::string(salted.begin() + 16, salted.end()), "oui");
  Bytes hash(32);
  crypto_hash_sha256(hash.data(), salted.data(), salted.size());
  EXPECT_EQ(decoded(encoded(hash)), hash);
  EXPECT_EQ(from_hex(sealed->commitment_hex), std::string(hash.begin(), hash.end()));
}

TEST_F(AVault, CallsAnyFlippedBitTampered) {
  const auto sealed = vault_.seal("b-1", "oui");
  const Bytes bytes = decoded(sealed->sealed_base64);
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    Bytes flipped = bytes;
    flipped[bit / 8] ^= static_cast<unsigned char>(1U << (bit % 8));
    const auto opened = vault_.open("b-1", {sealed->commitment_hex, encoded(flipped)});
    ASSERT_FALSE(opened) << bit;
    ASSERT_EQ(opened.error().code, VaultErrorCode::tampered) << bit;
  }
}

TEST_F(AVault, CallsAnotherCommitmentTampered) {
  const auto sealed = *vault_.seal("b-1", "oui");
  const auto other = *vault_.seal("b-1", "oui");

  const auto opened = vault_.open("b-1", {other.commitment_hex, sealed.sealed_base64});

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, VaultErrorCode::tampered);
}

TEST_F(AVault, CallsWhatItNeverSealedTampered) {
  const auto [commitment, sealed] = *vault_.seal("b-1", "oui");
  const auto cut = sealed.substr(0, sealed.size() - 4);
  for (const std::string& text : {std::string(),
                                  std::string("oui"),
                                  std::string("é!"),
                                  std::string(80, 'A'),
                                  cut,
                                  sealed + "=",
                                  sealed + "\n"}) {
    const auto opened = vault_.open("b-1", {commitment, text});
    ASSERT_FALSE(opened) << text;
    EXPECT_EQ(opened.error().code, VaultErrorCode::tampered) << text;
  }
}

TEST_F(AVault, OpensNothingWithAnotherBeneficiarysKey) {
  const auto sealed = vault_.seal("b-1", "oui");
  EXPECT_EQ(vault_.open("b-2", *sealed).error().code, VaultErrorCode::tampered);
}

TEST_F(AVault, BindsWhatIsSealedToItsBeneficiaryEvenUnderTheSameKey) {
  const auto sealed = vault_.seal("b-1", "oui");
  execute(file_, "UPDATE keys SET key = (SELECT key FROM keys WHERE beneficiary = 'b-1')");

  auto again = opened(file_);
  EXPECT_EQ(again.open("b-1", *sealed).value(), "oui");
  EXPECT_EQ(again.open("b-2", *sealed).error().code, VaultErrorCode::tampered);
}

TEST_F(AVault, KeepsKeysAcrossOpeningsAndMakesEachOnlyOnce) {
  const auto sealed = vault_.seal("b-1", "oui");
  ASSERT_TRUE(vault_.create("b-1"));

  auto again = opened(file_);
  ASSERT_TRUE(again.create("b-1"));
  EXPECT_EQ(again.open("b-1", *sealed).value(), "oui");
}

TEST_F(AVault, TellsAnErasedBeneficiaryFromOneItNeverKnew) {
  const auto sealed = *vault_.seal("b-1", "oui");
  ASSERT_TRUE(vault_.destroy("b-1"));
  ASSERT_TRUE(vault_.destroy("b-1"));

  auto again = opened(file_);
  for (Vault* vault : {&vault_, &again}) {
    EXPECT_EQ(vault->open("b-1", sealed).value(), std::nullopt);
    EXPECT_EQ(vault->seal("b-1", "x").error().code, VaultErrorCode::erased);
    EXPECT_EQ(vault->create("b-1").error().code, VaultErrorCode::erased);
    EXPECT_EQ(vault->open("b-9", sealed).error().code, VaultErrorCode::no_key);
    EXPECT_EQ(vault->seal("b-9", "x").error().code, VaultErrorCode::no_key);
    EXPECT_EQ(vault->destroy("b-9").error().code, VaultErrorCode::no_key);
  }
}

TEST_F(AVault, LeavesNoTraceOfDestroyedKeysInAnyFile) {
  // Enough for pages to split, so that keys move about the file before they are destroyed.
  for (int i = 3; i < 150; ++i) {
    ASSERT_TRUE(vault_.create("b-" + std::to_string(i * 7919 % 1000)));
  }
  const auto keys = keys_in(file_);
  ASSERT_GE(keys.size(), 149U);
  ASSERT_NE(bytes_in(folder_).find(from_hex(keys.at("b-1"))), std::string::npos);

  for (const auto& [beneficiary, key] : keys) {
    ASSERT_TRUE(vault_.destroy(beneficiary));
    ASSERT_EQ(bytes_in(folder_).find(from_hex(key)), std::string::npos) << beneficiary;
  }
}

TEST_F(AVault, WipesAtItsOpeningWhatADestructionCutShortLeft) {
  const std::string key = from_hex(keys_in(file_).at("b-1"));
  execute(file_,
          "PRAGMA journal_mode=PERSIST; PRAGMA secure_delete=ON;"
          "UPDATE keys SET key = NULL WHERE beneficiary = 'b-1'");
  ASSERT_NE(bytes_in(folder_).find(key), std::string::npos) << "the journal should hold the key";

  (void)opened(file_);

  EXPECT_EQ(bytes_in(folder_).find(key), std::string::npos);
}

TEST_F(AVault, ReadsBesideTheDaemonAndFeelsADestructionAtOnce) {
  const auto sealed = *vault_.seal("b-1", "oui");
  auto reader = opened(file_, VaultMode::read);
  EXPECT_EQ(reader.open("b-1", sealed).value(), "oui");

  ASSERT_TRUE(vault_.destroy("b-1"));

  EXPECT_EQ(reader.open("b-1", sealed).value(), std::nullopt);
  EXPECT_EQ(reader.create("b-3").error().code, VaultErrorCode::unavailable);
  EXPECT_EQ(reader.destroy("b-2").error().code, VaultErrorCode::unavailable);
}

TEST(VaultFile, IsItsOwnersAloneAndRefusedOtherwise) {
  const testing::Folder folder;
  const auto file = folder / "keys.db";
  (void)opened(file);
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write);

  for (const perms exposed : {perms::others_read, perms::group_read, perms::group_write}) {
    std::filesystem::permissions(file, perms::owner_read | perms::owner_write | exposed);
    for (const VaultMode mode : {VaultMode::create_or_open, VaultMode::open, VaultMode::read}) {
      const auto vault = Vault::open(file, mode);
      ASSERT_FALSE(vault);
      EXPECT_EQ(vault.error().code, VaultErrorCode::exposed);
      EXPECT_NE(vault.error().what.find("chmod 600"), std::string::npos);
    }
  }
}

TEST(VaultFile, IsCreatedOnlyForAFirstStart) {
  const testing::Folder folder;
  for (const VaultMode mode : {VaultMode::open, VaultMode::read}) {
    const auto vault = Vault::open(folder / "keys.db", mode);
    ASSERT_FALSE(vault);
    EXPECT_EQ(vault.error().code, VaultErrorCode::unavailable);
    EXPECT_NE(vault.error().what.find("restore"), std::string::npos);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_TRUE(Vault::open(folder / "keys.db"));
}

TEST(VaultFile, IsRefusedWhenItIsNotOursOrTooNewAndLeftAsItWas) {
  const testing::Folder folder;
  std::ofstream(folder / "garbage") << std::string(10'000, 'x');
  std::ofstream{folder / "empty"};
  execute(folder / "other", "CREATE TABLE keys(beneficiary, key)");
  (void)opened(folder / "newer");
  execute(folder / "newer", "PRAGMA user_version=2");
  const std::map<std::string, VaultErrorCode> expected{{"garbage", VaultErrorCode::not_ours},
                                                       {"empty", VaultErrorCode::not_ours},
                                                       {"other", VaultErrorCode::not_ours},
                                                       {"newer", VaultErrorCode::too_new}};
  for (const auto& [name, code] : expected) {
    const auto file = folder / name;
    std::filesystem::permissions(file, std::filesystem::perms(0600));
    const std::string before = bytes_of(file);
    const auto vault = Vault::open(file);
    ASSERT_FALSE(vault) << name;
    EXPECT_EQ(vault.error().code, code) << vault.error().what;
    EXPECT_EQ(bytes_of(file), before) << name;
  }
}

}  // namespace
}  // namespace protoflow::runtime
