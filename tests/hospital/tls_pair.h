// Certificates of a listener on 127.0.0.1 and of one caller, of one authority, as files.
#ifndef RECOUP_TESTS_HOSPITAL_TLS_PAIR_H_
#define RECOUP_TESTS_HOSPITAL_TLS_PAIR_H_

#include <fstream>
#include <string>

#include "absl/time/clock.h"
#include "hub/crypto/pki.h"

namespace recoup::hospital {

struct TlsPair {
  explicit TlsPair(const std::string& folder) {
    const absl::Time from = absl::Now() - absl::Hours(1), until = absl::Now() + absl::Hours(1);
    const crypto::Identity authority = crypto::CreateCa({"test CA", from, until}).value();
    crypto::CertificateRequest request;
    request.common_name = "test";
    request.not_before = from;
    request.not_after = until;
    request.uri = "recoup://hospital/listener";
    request.ip_addresses = {"127.0.0.1"};
    request.server = true;
    const crypto::Identity server = crypto::IssueCertificate(authority, request).value();
    request.uri = "recoup://hospital/caller";
    request.ip_addresses = {};
    request.server = false;
    request.client = true;
    const crypto::Identity client = crypto::IssueCertificate(authority, request).value();
    const auto write = [&](const std::string& name, const std::string& pem) {
      std::ofstream(folder + "/" + name) << pem;
      return folder + "/" + name;
    };
    ca = write("ca.pem", authority.certificate_pem);
    server_certificate = write("server.pem", server.certificate_pem);
    server_key = write("server.key", server.key_pem);
    client_certificate = write("client.pem", client.certificate_pem);
    client_key = write("client.key", client.key_pem);
  }

  std::string ca, server_certificate, server_key, client_certificate, client_key;
};

}  // namespace recoup::hospital

#endif  // RECOUP_TESTS_HOSPITAL_TLS_PAIR_H_
