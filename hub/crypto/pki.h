// A development PKI: a certificate authority and the certificates of parties, for tests, the demo
// and small installations. A production hub may use any authority that names parties the same way:
// the certificate's URI ("recoup://insurer/huaan") is the party.
//
// Keys are P-256 and come, like serial numbers, from the kernel's randomness; times are given by
// the caller. Functions are pure otherwise and thread-safe.
#ifndef RECOUP_HUB_CRYPTO_PKI_H_
#define RECOUP_HUB_CRYPTO_PKI_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace recoup::crypto {

struct Identity {
  std::string certificate_pem;
  std::string key_pem;  // PKCS#8, unencrypted; keep it in a file of mode 0600.
};

struct CaRequest {
  std::string common_name;
  absl::Time not_before;
  absl::Time not_after;
};

struct CertificateRequest {
  std::string common_name;
  // Names the party: "recoup://" and printable ASCII. Empty for a certificate that is no party's.
  std::string uri;
  std::vector<std::string> dns_names;
  std::vector<std::string> ip_addresses;
  bool server = false;  // At least one of the two.
  bool client = false;
  absl::Time not_before;
  absl::Time not_after;
};

// Self-signed, and may sign certificates of parties only (path length 0). INVALID_ARGUMENT with all
// faults of the request.
absl::StatusOr<Identity> CreateCa(const CaRequest& request);

// A certificate signed by the authority. INVALID_ARGUMENT with all faults of the request, or when
// `ca` is not a certificate and its key.
absl::StatusOr<Identity> IssueCertificate(const Identity& ca, const CertificateRequest& request);

struct CertificateInfo {
  std::string common_name;
  std::vector<std::string> uris;
  std::vector<std::string> dns_names;
  absl::Time not_before;
  absl::Time not_after;
};

// What a certificate says; whether anybody should believe it is for TLS to decide.
// INVALID_ARGUMENT when it is not a certificate in PEM.
absl::StatusOr<CertificateInfo> ParseCertificate(std::string_view pem);

}  // namespace recoup::crypto

#endif  // RECOUP_HUB_CRYPTO_PKI_H_
