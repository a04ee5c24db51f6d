#include "hub/crypto/pem.h"

#include <openssl/pem.h>

#include <cstdint>

#include "hub/base/check.h"

namespace recoup::crypto {
namespace {

// Without it, BoringSSL would treat a missing password as its own default.
int NoPassword(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*user*/) { return -1; }

}  // namespace

bssl::UniquePtr<BIO> ReadOnlyBio(std::string_view text) {
  bssl::UniquePtr<BIO> bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  RECOUP_CHECK(bio != nullptr);
  return bio;
}

std::string WritePem(absl::FunctionRef<int(BIO*)> write) {
  const bssl::UniquePtr<BIO> bio(BIO_new(BIO_s_mem()));
  RECOUP_CHECK(bio != nullptr && write(bio.get()) == 1);
  const std::uint8_t* content = nullptr;
  std::size_t size = 0;
  RECOUP_CHECK(BIO_mem_contents(bio.get(), &content, &size) == 1);
  return std::string(reinterpret_cast<const char*>(content), size);
}

bssl::UniquePtr<EVP_PKEY> ReadPrivateKey(std::string_view pem) {
  const bssl::UniquePtr<BIO> bio = ReadOnlyBio(pem);
  return bssl::UniquePtr<EVP_PKEY>(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassword, nullptr));
}

std::string PrivateKeyPem(EVP_PKEY* key) {
  return WritePem([&](BIO* bio) {
    return PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

}  // namespace recoup::crypto
