#include "hub/crypto/signing.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>
#include <vector>

#include "hub/crypto/bytes.h"
#include "tests/crypto/temporary_directory.h"

namespace recoup::crypto {
namespace {

SigningKey KeyFromSeedHex(std::string_view hex) {
  return SigningKey::FromSeed(SecretKey(DigestFromHex(hex).value()));
}

TEST(SigningTest, Rfc8032) {
  struct Row {
    std::string seed;
    std::string public_key;
    std::string message;
    std::string signature;
  };
  const std::vector<Row> rows = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
       "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf"
       "9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
       "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f"
       "11d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
       "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984"
       "dc6594a7c15e9716ed28dc027beceea1ec40a"},
  };
  for (const Row& row : rows) {
    const SigningKey key = KeyFromSeedHex(row.seed);
    const std::string message = *FromHex(row.message);
    EXPECT_EQ(ToHex(AsView(key.verify_key().bytes())), row.public_key);
    EXPECT_EQ(ToHex(AsView(key.Sign(message))), row.signature);
    EXPECT_TRUE(key.verify_key().Verify(message, *FromHex(row.signature)));
  }
}

TEST(SigningTest, RefusesEveryAlteration) {
  SeededRandom random(5);
  const SigningKey key = SigningKey::Generate(random);
  const SigningKey other = SigningKey::Generate(random);
  const std::string message = "canonical bytes";
  const Signature signature = key.Sign(message);
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Signature altered = signature;
    altered[i] ^= 1;
    EXPECT_FALSE(key.verify_key().Verify(message, altered)) << "byte " << i;
  }
  EXPECT_FALSE(key.verify_key().Verify("canonical byte", signature));
  EXPECT_FALSE(key.verify_key().Verify("", signature));
  EXPECT_FALSE(other.verify_key().Verify(message, signature));
  EXPECT_FALSE(key.verify_key().Verify(message, AsView(signature).substr(0, 63)));
  EXPECT_FALSE(key.verify_key().Verify(message, std::string(AsView(signature)) + "x"));
}

TEST(SigningTest, KeyIdIsTheBeginningOfTheKeysHash) {
  const SigningKey key =
      KeyFromSeedHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
  EXPECT_EQ(key.key_id(), ToHex(Sha256(AsView(key.verify_key().bytes()))).substr(0, 16));
}

// RFC 8410 section 10.3 and 10.1: a private key and its public key in PEM.
TEST(SigningTest, ReadsTheKeysOfRfc8410) {
  constexpr char kPrivate[] =
      "-----BEGIN PRIVATE KEY-----\n"
      "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
      "-----END PRIVATE KEY-----\n";
  constexpr char kPublic[] =
      "-----BEGIN PUBLIC KEY-----\n"
      "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
      "-----END PUBLIC KEY-----\n";
  const auto key = SigningKey::FromPem(kPrivate);
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(key->ToPem(), kPrivate);
  EXPECT_EQ(key->verify_key().ToPem(), kPublic);
  EXPECT_EQ(*VerifyKey::FromPem(kPublic), key->verify_key());
}

TEST(SigningTest, RefusesPemOfAnotherKind) {
  SeededRandom random(6);
  const SigningKey key = SigningKey::Generate(random);
  const std::string pem = key.ToPem();
  for (const std::string& refused :
       {std::string(), std::string("text"), pem.substr(0, pem.size() / 2), key.verify_key().ToPem(),
        // An X25519 key: the object identifier is 1.3.101.110.
        std::string("-----BEGIN PRIVATE KEY-----\n"
                    "MC4CAQAwBQYDK2VuBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                    "-----END PRIVATE KEY-----\n")}) {
    EXPECT_EQ(SigningKey::FromPem(refused).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(VerifyKey::FromPem(pem).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(VerifyKey::FromPem("").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST(SigningTest, SavedKeyIsItsOwnersAlone_AndLoadsBack) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/signing.pem";
  SeededRandom random(8);
  const SigningKey key = SigningKey::Generate(random);
  ASSERT_TRUE(key.Save(path).ok());
  EXPECT_EQ(key.Save(path).code(), absl::StatusCode::kAlreadyExists);
  struct stat status = {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777u, 0600u);
  const auto loaded = SigningKey::Load(path);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(loaded->verify_key(), key.verify_key());
  EXPECT_EQ(loaded->Sign("x"), key.Sign("x"));
  ASSERT_EQ(chmod(path.c_str(), 0644), 0);
  EXPECT_EQ(SigningKey::Load(path).status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace recoup::crypto
