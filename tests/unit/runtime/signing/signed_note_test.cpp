// Signed notes against the examples of the C2SP documents and of the format's first implementation
// (the Go module database), and against hands that alter them.
#include "runtime/signing/signed_note.hpp"

#include <gtest/gtest.h>

#include "runtime/signing/base64.hpp"

namespace protoflow::runtime {
namespace {

constexpr std::string_view kText =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n";
constexpr std::string_view kSigner =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
constexpr std::string_view kVerifier =
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr std::string_view kLine =
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/"
    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

std::string signed_text() {
  return std::string(kText) + "\n" + std::string(kLine);
}

TEST(SignedNote, SignsAsTheFirstImplementationDoes) {
  const auto signer = SignerKey::read(kSigner);
  ASSERT_TRUE(signer) << signer.error();
  EXPECT_EQ(signer->text(), kSigner);
  EXPECT_EQ(to_text(signer->verifier()), kVerifier);
  EXPECT_EQ(signer->sign(kText), kLine);
}

TEST(SignedNote, HoldsByTheKeyThatSignedIt) {
  const auto note = read_note(signed_text());
  ASSERT_TRUE(note) << note.error();
  EXPECT_EQ(note->text, kText);
  EXPECT_EQ(standing_of(*note, read_verifier_key(kVerifier).value()), SignatureStanding::holds);
  const auto other = SignerKey::make("PeterNeumann", SignatureType::note);
  EXPECT_EQ(standing_of(*note, other.verifier()), SignatureStanding::absent);
}

TEST(SignedNote, OfTheDocumentHoldsByItsKey) {
  const auto note = read_note(
      "This is an example message.\n\n— example.com/foo "
      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
      "\n");
  ASSERT_TRUE(note) << note.error();
  const auto key =
      read_verifier_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  ASSERT_TRUE(key) << key.error();
  EXPECT_EQ(standing_of(*note, *key), SignatureStanding::holds);
}

TEST(SignedNote, IsBrokenByEveryBitThatIsFlipped) {
  const auto key = read_verifier_key(kVerifier).value();
  const auto whole = signed_text();
  for (std::size_t i = 0; i < 8 * whole.size(); ++i) {
    auto altered = whole;
    altered[i / 8] = static_cast<char>(altered[i / 8] ^ 1 << i % 8);
    const auto note = read_note(altered);
    const bool holds = note && standing_of(*note, key) == SignatureStanding::holds;
    ASSERT_FALSE(holds) << "bit " << i;
  }
}

TEST(SignedNote, KeepsTheTimeOfACosignature) {
  const auto witness = SignerKey::make("mairie.example/témoin", SignatureType::cosignature);
  const auto log = SignerKey::make("example.org/log", SignatureType::note);
  const std::string text = "example.org/log\n3\nabc=\n";
  const auto note = read_note(text + "\n" + log.sign(text) + witness.sign(text, 1'679'315'147));
  ASSERT_TRUE(note) << note.error();
  EXPECT_EQ(standing_of(*note, log.verifier()), SignatureStanding::holds);
  EXPECT_EQ(standing_of(*note, witness.verifier()), SignatureStanding::holds);
  EXPECT_EQ(time_of(note->signatures[1]), 1'679'315'147U);
  EXPECT_FALSE(time_of(note->signatures[0]));
  auto later = *note;
  later.signatures[1].bytes[7] ^= 1;
  EXPECT_EQ(standing_of(later, witness.verifier()), SignatureStanding::broken);
}

TEST(SignedNote, KeysThatAreNoneAreRefused) {
  for (const std::string_view text :
       {"",
        "a+b",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"}) {
    EXPECT_FALSE(read_verifier_key(text)) << text;
  }
  EXPECT_FALSE(SignerKey::read(kVerifier));
}

TEST(SignedNote, WhatIsNoneIsRefused) {
  const std::string many = [] {
    std::string text = std::string(kText) + "\n";
    for (std::size_t i = 0; i <= kNoteSignaturesMax; ++i) {
      text += kLine;
    }
    return text;
  }();
  for (const std::string& text : {std::string(),
                                  std::string(kText),
                                  std::string("\n\n\n"),
                                  std::string(kText) + "\nPeterNeumann x08go\n",
                                  std::string(kText) + "\n— PeterNeumann x08g%\n",
                                  "a\tb\n\n" + std::string(kLine),
                                  std::string(kText) + "\n" + std::string(kLine) + "x",
                                  many}) {
    const auto note = read_note(text);
    EXPECT_FALSE(note) << text;
  }
}

TEST(Base64, IsThatOfTheStandard) {
  EXPECT_EQ(base64("any carnal pleas"), "YW55IGNhcm5hbCBwbGVhcw==");
  EXPECT_EQ(from_base64("YW55IGNhcm5hbCBwbGVhcw=="), "any carnal pleas");
  for (const auto* text :
       {"YW55IGNhcm5hbCBwbGVhcw", "YW55 IGN", "YW5_", "YW55IGNhcm5hbCBwbGVhcx=="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

}  // namespace
}  // namespace protoflow::runtime
