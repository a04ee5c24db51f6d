#include "hub/crypto/signing.h"

#include <openssl/bio.h>
#include <openssl/curve25519.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/mem.h>
#include <openssl/pem.h>

#include <algorithm>

#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "hub/crypto/pem.h"
#include "hub/crypto/secret_file.h"
#include "hub/crypto/sha256.h"

namespace recoup::crypto {

static_assert(ED25519_SIGNATURE_LEN == std::tuple_size_v<Signature>);

absl::StatusOr<VerifyKey> VerifyKey::FromPem(std::string_view pem) {
  const bssl::UniquePtr<BIO> bio = ReadOnlyBio(pem);
  const bssl::UniquePtr<EVP_PKEY> key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
  Bytes bytes;
  std::size_t size = bytes.size();
  if (key == nullptr || EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key.get(), bytes.data(), &size) != 1 || size != bytes.size()) {
    ERR_clear_error();
    return MakeError(Reason::kInvalidArgument, "this is not an Ed25519 public key in PEM");
  }
  return VerifyKey(bytes);
}

std::string VerifyKey::ToPem() const {
  const bssl::UniquePtr<EVP_PKEY> key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_.data(), bytes_.size()));
  RECOUP_CHECK(key != nullptr);
  return WritePem([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key.get()); });
}

bool VerifyKey::Verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != ED25519_SIGNATURE_LEN) return false;
  return ED25519_verify(Data(message), message.size(), Data(signature), bytes_.data()) == 1;
}

bool VerifyKey::Verify(std::string_view message, const Signature& signature) const {
  return Verify(message, AsView(signature));
}

std::string VerifyKey::key_id() const { return ToHex(AsView(Sha256(AsView(bytes_))).substr(0, 8)); }

SigningKey SigningKey::Generate(Random& random) { return FromSeed(SecretKey::Generate(random)); }

SigningKey SigningKey::FromSeed(const SecretKey& seed) {
  VerifyKey::Bytes public_bytes;
  std::array<std::uint8_t, ED25519_PRIVATE_KEY_LEN> expanded;
  ED25519_keypair_from_seed(public_bytes.data(), expanded.data(), Data(seed.bytes()));
  OPENSSL_cleanse(expanded.data(), expanded.size());
  return SigningKey(seed, VerifyKey(public_bytes));
}

absl::StatusOr<SigningKey> SigningKey::FromPem(std::string_view pem) {
  const bssl::UniquePtr<EVP_PKEY> key = ReadPrivateKey(pem);
  Digest seed;
  std::size_t size = seed.size();
  if (key == nullptr || EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_private_key(key.get(), seed.data(), &size) != 1 || size != seed.size()) {
    ERR_clear_error();
    return MakeError(Reason::kInvalidArgument, "this is not an Ed25519 private key in PEM");
  }
  const SecretKey secret(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return FromSeed(secret);
}

absl::StatusOr<SigningKey> SigningKey::Load(const std::string& path) {
  RECOUP_ASSIGN_OR_RETURN(std::string pem, ReadSecretFile(path));
  absl::StatusOr<SigningKey> key = FromPem(pem);
  OPENSSL_cleanse(pem.data(), pem.size());
  return key;
}

std::string SigningKey::ToPem() const {
  const bssl::UniquePtr<EVP_PKEY> key(EVP_PKEY_new_raw_private_key(
      EVP_PKEY_ED25519, nullptr, Data(seed_.bytes()), seed_.bytes().size()));
  RECOUP_CHECK(key != nullptr);
  return PrivateKeyPem(key.get());
}

absl::Status SigningKey::Save(const std::string& path) const {
  std::string pem = ToPem();
  const absl::Status saved = WriteSecretFile(path, pem);
  OPENSSL_cleanse(pem.data(), pem.size());
  return saved;
}

Signature SigningKey::Sign(std::string_view message) const {
  // RFC 8032 private keys are seed and public key together.
  std::array<std::uint8_t, ED25519_PRIVATE_KEY_LEN> expanded;
  std::copy_n(Data(seed_.bytes()), 32, expanded.begin());
  std::copy_n(verify_key_.bytes().begin(), 32, expanded.begin() + 32);
  Signature signature;
  RECOUP_CHECK(ED25519_sign(signature.data(), Data(message), message.size(), expanded.data()) == 1);
  OPENSSL_cleanse(expanded.data(), expanded.size());
  return signature;
}

}  // namespace recoup::crypto
