#include "hub/crypto/keyring.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>
#include <vector>

#include "hub/base/error.h"
#include "hub/crypto/secret_file.h"
#include "tests/crypto/temporary_directory.h"

namespace recoup::crypto {
namespace {

constexpr char kKeyA[] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
constexpr char kKeyB[] = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

TEST(KeyringTest, HighestVersionIsCurrent_WhateverTheOrder) {
  const auto keyring =
      Keyring::Parse(std::string("# made 2026-11-01\n\n 7=") + kKeyB + " \r\n2=" + kKeyA);
  ASSERT_TRUE(keyring.ok()) << keyring.status();
  EXPECT_EQ(keyring->current_version(), 7);
  EXPECT_EQ(keyring->oldest_version(), 2);
  EXPECT_EQ(ToHex(keyring->keys().at(2).bytes()),
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
}

TEST(KeyringTest, RefusesWhatIsNotAKeyring) {
  const std::string key = kKeyA;
  const std::vector<std::string> refused = {
      "",
      "# only a comment\n",
      key,
      "0=" + key,
      "65536=" + key,
      "-1=" + key,
      "one=" + key,
      "1",
      "1=",
      "1=AAEC",
      "1=not base64!",
      "1=" + key + "AAAA",
      "1=" + key + "\n1=" + kKeyB,
  };
  for (const std::string& text : refused) {
    const auto keyring = Keyring::Parse(text);
    EXPECT_EQ(keyring.status().code(), absl::StatusCode::kInvalidArgument) << text;
  }
  EXPECT_TRUE(Keyring::Parse("65535=" + key).ok());
}

TEST(KeyringTest, ReportsAllFaultsByLine_AndNeverTheKey) {
  const auto keyring = Keyring::Parse(std::string("x=") + kKeyA + "\n# fine\n3=" + kKeyB + "A\n");
  const ErrorDetail detail = DetailOf(keyring.status());
  ASSERT_EQ(detail.faults.size(), 2u);
  EXPECT_EQ(detail.faults[0].field, "line 1");
  EXPECT_EQ(detail.faults[1].field, "line 3");
  EXPECT_EQ(keyring.status().ToString().find(std::string(kKeyB).substr(0, 10)), std::string::npos);
}

TEST(KeyringTest, WrittenLineReadsBack) {
  SeededRandom random(7);
  const SecretKey key = SecretKey::Generate(random);
  const auto keyring = Keyring::Parse(KeyringLine(12, key));
  ASSERT_TRUE(keyring.ok()) << keyring.status();
  EXPECT_EQ(keyring->keys().at(12).bytes(), key.bytes());
  EXPECT_NE(SecretKey::Generate(random).bytes(), key.bytes());
}

TEST(SecretFileTest, RefusesEveryModeThatIsOpenToOthers) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/keyring";
  ASSERT_TRUE(WriteSecretFile(path, std::string("1=") + kKeyA + "\n").ok());
  struct stat status = {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
  for (const mode_t allowed : {0600u, 0400u}) {
    ASSERT_EQ(chmod(path.c_str(), allowed), 0);
    EXPECT_TRUE(Keyring::Load(path).ok()) << std::oct << allowed;
  }
  for (const mode_t refused : {0640u, 0604u, 0660u, 0602u, 0610u, 0644u, 0777u}) {
    ASSERT_EQ(chmod(path.c_str(), refused), 0);
    EXPECT_EQ(Keyring::Load(path).status().code(), absl::StatusCode::kFailedPrecondition)
        << std::oct << refused;
  }
}

TEST(SecretFileTest, RefusesWhatIsNoRegularFileOrMissingOrTooLarge) {
  const TemporaryDirectory directory;
  EXPECT_EQ(ReadSecretFile(directory.path() + "/none").status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadSecretFile(directory.path()).status().code(),
            absl::StatusCode::kFailedPrecondition);
  const std::string fifo = directory.path() + "/fifo";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(ReadSecretFile(fifo).status().code(), absl::StatusCode::kFailedPrecondition);
  const std::string large = directory.path() + "/large";
  ASSERT_TRUE(WriteSecretFile(large, std::string((1u << 20) + 1, 'x')).ok());
  EXPECT_EQ(ReadSecretFile(large).status().code(), absl::StatusCode::kFailedPrecondition);
}

TEST(SecretFileTest, NeverOverwrites) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/key";
  ASSERT_TRUE(WriteSecretFile(path, "first").ok());
  EXPECT_EQ(WriteSecretFile(path, "second").code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(*ReadSecretFile(path), "first");
}

}  // namespace
}  // namespace recoup::crypto
