// A development PKI as files: an authority, the hub's server certificate and keys, and one folder
// per party. Nothing that exists is ever overwritten.
//
//   DIR/ca.pem  ca.key                        the authority
//   DIR/hub/server.pem  server.key            the hub, for localhost and 127.0.0.1
//   DIR/hub/keyring                           seals what is stored
//   DIR/hub/tree-head.key  tree-head.pem      signs tree heads and receipts; the public half
//   DIR/parties/<kind>/<slug>/signing.key  signing.pem         the party's Ed25519 key
//   DIR/parties/<kind>/<slug>/client.pem  client.key           the party's certificate
//   DIR/parties/<kind>/<slug>/<actor>/client.pem  client.key   a person's or system's certificate
//
// Keys have mode 0600, folders 0700.
#ifndef RECOUP_CTL_PKI_FILES_H_
#define RECOUP_CTL_PKI_FILES_H_

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/base/ids.h"

namespace recoup::ctl {

struct PkiInitRequest {
  std::filesystem::path dir;
  std::vector<std::string> dns_names;     // Besides localhost.
  std::vector<std::string> ip_addresses;  // Besides 127.0.0.1.
  absl::Time now;
  int days = 3650;
};

struct PkiIssueRequest {
  std::filesystem::path dir;
  std::string party;  // "insurer/huaan"
  std::string actor;  // Empty: the party itself.
  absl::Time now;
  int days = 825;
};

struct IssuedParty {
  std::string uri;
  std::filesystem::path certificate_file;
  std::filesystem::path key_file;
  std::filesystem::path signing_key_file;
  std::filesystem::path signing_public_file;
  std::string signing_key_id;
  bool signing_key_is_new = false;  // A party has one; further actors share it.
};

// The files written. FAILED_PRECONDITION when one of them exists: nothing is written then.
absl::StatusOr<std::vector<std::filesystem::path>> InitPki(const PkiInitRequest& request,
                                                           Random& random);

// INVALID_ARGUMENT for a malformed party or actor, with all faults; FAILED_PRECONDITION when the
// certificate exists.
absl::StatusOr<IssuedParty> IssueParty(const PkiIssueRequest& request, Random& random);

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_PKI_FILES_H_
