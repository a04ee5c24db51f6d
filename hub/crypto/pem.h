// Reading and writing PEM with BoringSSL. Internal to hub/crypto: it includes BoringSSL's headers,
// which must not meet the OpenSSL headers of gRPC.
#ifndef RECOUP_HUB_CRYPTO_PEM_H_
#define RECOUP_HUB_CRYPTO_PEM_H_

#include <openssl/bio.h>
#include <openssl/evp.h>

#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"

namespace recoup::crypto {

// Borrows the text.
bssl::UniquePtr<BIO> ReadOnlyBio(std::string_view text);

// What `write` puts out; it answers 1 as BoringSSL's PEM functions do, which can fail only for want
// of memory.
std::string WritePem(absl::FunctionRef<int(BIO*)> write);

// An unencrypted private key of any kind; null otherwise. Never asks a terminal for a password.
bssl::UniquePtr<EVP_PKEY> ReadPrivateKey(std::string_view pem);
// Unencrypted PKCS#8.
std::string PrivateKeyPem(EVP_PKEY* key);

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_PEM_H_
