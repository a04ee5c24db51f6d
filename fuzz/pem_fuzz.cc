// Certificates and keys in PEM come from other parties; any bytes are read or refused.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hub/base/check.h"
#include "hub/crypto/pki.h"
#include "hub/crypto/signing.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view pem(reinterpret_cast<const char*>(data), size);
  const auto certificate = recoup::crypto::ParseCertificate(pem);
  if (certificate.ok()) RECOUP_CHECK(certificate->not_after < absl::InfiniteFuture());
  const auto verify_key = recoup::crypto::VerifyKey::FromPem(pem);
  if (verify_key.ok()) {
    RECOUP_CHECK(*recoup::crypto::VerifyKey::FromPem(verify_key->ToPem()) == *verify_key);
  }
  const auto signing_key = recoup::crypto::SigningKey::FromPem(pem);
  if (signing_key.ok()) {
    RECOUP_CHECK(signing_key->verify_key().Verify("x", signing_key->Sign("x")));
  }
  return 0;
}
