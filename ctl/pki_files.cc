#include "ctl/pki_files.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ctl/public_file.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"
#include "hub/base/status.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/pki.h"
#include "hub/crypto/secret_file.h"
#include "hub/crypto/signing.h"

namespace recoup::ctl {
namespace {

namespace fs = std::filesystem;

enum class Secrecy { kPublic, kSecret };
struct NewFile {
  fs::path path;
  std::string content;
  Secrecy secrecy;
};

bool IsSlug(std::string_view text) {
  return !text.empty() && text.size() <= 63 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool IsPartyKind(std::string_view kind) {
  for (const std::string_view known :
       {"fund", "hospital", "court", "insurer", "mediator", "auditor", "operator"}) {
    if (kind == known) return true;
  }
  return false;
}

absl::Status MakeFolder(const fs::path& path) {
  std::error_code error;
  // Each folder that is missing, from the outermost in, so that every new one is private.
  fs::path made;
  for (const fs::path& part : path) {
    made /= part;
    if (fs::create_directory(made, error)) {
      fs::permissions(made, fs::perms::owner_all, fs::perm_options::replace, error);
    }
    if (error) {
      return MakeError(Reason::kInvalidArgument,
                       absl::StrCat("cannot make the folder ", made.string()));
    }
  }
  return absl::OkStatus();
}

// All or nothing as far as it can be known beforehand.
absl::Status WriteNew(const std::vector<NewFile>& files) {
  ErrorDetail exists;
  exists.reason = Reason::kIllegalTransition;
  for (const NewFile& file : files) {
    std::error_code error;
    if (fs::exists(fs::symlink_status(file.path, error))) {
      exists.preconditions.push_back(
          {"FILE", file.path.string(), "exists already and is never overwritten; move it away"});
    }
  }
  if (!exists.preconditions.empty()) return MakeError("files would be overwritten", exists);
  for (const NewFile& file : files) {
    RECOUP_RETURN_IF_ERROR(MakeFolder(file.path.parent_path()));
    RECOUP_RETURN_IF_ERROR(file.secrecy == Secrecy::kSecret
                               ? crypto::WriteSecretFile(file.path.string(), file.content)
                               : WritePublicFile(file.path.string(), file.content));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadText(const fs::path& path) {
  absl::StatusOr<std::string> text = ReadFile(path.string());
  if (!text.ok()) {
    return MakeError(Reason::kInvalidArgument, absl::StrCat(std::string(text.status().message()),
                                                            "; run recoupctl pki init first"));
  }
  return text;
}

absl::StatusOr<crypto::Identity> ReadCa(const fs::path& dir) {
  crypto::Identity ca;
  RECOUP_ASSIGN_OR_RETURN(ca.certificate_pem, ReadText(dir / "ca.pem"));
  RECOUP_ASSIGN_OR_RETURN(ca.key_pem, crypto::ReadSecretFile((dir / "ca.key").string()));
  return ca;
}

// A little earlier than now, for machines whose clocks are slow.
absl::Time NotBefore(absl::Time now) { return now - absl::Hours(1); }
absl::Time NotAfter(absl::Time now, int days) { return now + absl::Hours(24) * days; }

}  // namespace

absl::StatusOr<std::vector<fs::path>> InitPki(const PkiInitRequest& request, Random& random) {
  RECOUP_ASSIGN_OR_RETURN(const crypto::Identity ca,
                          crypto::CreateCa({.common_name = "Recoup development authority",
                                            .not_before = NotBefore(request.now),
                                            .not_after = NotAfter(request.now, request.days)}));
  crypto::CertificateRequest server{.common_name = "recoup-hub",
                                    .uri = "",
                                    .dns_names = {"localhost"},
                                    .ip_addresses = {"127.0.0.1"},
                                    .server = true,
                                    .client = false,
                                    .not_before = NotBefore(request.now),
                                    .not_after = NotAfter(request.now, request.days)};
  server.dns_names.insert(server.dns_names.end(), request.dns_names.begin(),
                          request.dns_names.end());
  server.ip_addresses.insert(server.ip_addresses.end(), request.ip_addresses.begin(),
                             request.ip_addresses.end());
  RECOUP_ASSIGN_OR_RETURN(const crypto::Identity hub, crypto::IssueCertificate(ca, server));
  const crypto::SigningKey tree_head = crypto::SigningKey::Generate(random);
  const fs::path hub_dir = request.dir / "hub";
  const std::vector<NewFile> files = {
      {request.dir / "ca.pem", ca.certificate_pem, Secrecy::kPublic},
      {request.dir / "ca.key", ca.key_pem, Secrecy::kSecret},
      {hub_dir / "server.pem", hub.certificate_pem, Secrecy::kPublic},
      {hub_dir / "server.key", hub.key_pem, Secrecy::kSecret},
      {hub_dir / "keyring", crypto::KeyringLine(1, crypto::SecretKey::Generate(random)),
       Secrecy::kSecret},
      {hub_dir / "tree-head.key", tree_head.ToPem(), Secrecy::kSecret},
      {hub_dir / "tree-head.pem", tree_head.verify_key().ToPem(), Secrecy::kPublic}};
  RECOUP_RETURN_IF_ERROR(WriteNew(files));
  std::vector<fs::path> written;
  for (const NewFile& file : files) written.push_back(file.path);
  return written;
}

absl::StatusOr<IssuedParty> IssueParty(const PkiIssueRequest& request, Random& random) {
  Faults faults;
  const std::size_t slash = request.party.find('/');
  const std::string kind = request.party.substr(0, slash);
  const std::string slug = slash == std::string::npos ? "" : request.party.substr(slash + 1);
  if (!IsPartyKind(kind)) {
    faults.Add("--party",
               "must begin with fund/, hospital/, court/, insurer/, mediator/, "
               "auditor/ or operator/");
  }
  if (!IsSlug(slug)) faults.Add("--party", "its short name must be 1 to 63 of a-z, 0-9 and -");
  if (!request.actor.empty() && !IsSlug(request.actor)) {
    faults.Add("--actor", "must be 1 to 63 of a-z, 0-9 and -");
  }
  if (request.days < 1) faults.Add("--days", "must be at least 1");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());

  RECOUP_ASSIGN_OR_RETURN(const crypto::Identity ca, ReadCa(request.dir));
  const std::string subject =
      request.actor.empty() ? request.party : absl::StrCat(request.party, "/", request.actor);
  const fs::path party_dir = request.dir / "parties" / kind / slug;
  const fs::path client_dir = request.actor.empty() ? party_dir : party_dir / request.actor;
  IssuedParty issued{.uri = absl::StrCat("recoup://", subject),
                     .certificate_file = client_dir / "client.pem",
                     .key_file = client_dir / "client.key",
                     .signing_key_file = party_dir / "signing.key",
                     .signing_public_file = party_dir / "signing.pem",
                     .signing_key_id = ""};
  RECOUP_ASSIGN_OR_RETURN(
      const crypto::Identity client,
      crypto::IssueCertificate(ca, {.common_name = subject,
                                    .uri = issued.uri,
                                    .dns_names = {},
                                    .ip_addresses = {},
                                    .server = false,
                                    .client = true,
                                    .not_before = NotBefore(request.now),
                                    .not_after = NotAfter(request.now, request.days)}));
  std::vector<NewFile> files = {{issued.certificate_file, client.certificate_pem, Secrecy::kPublic},
                                {issued.key_file, client.key_pem, Secrecy::kSecret}};
  std::error_code ignored;  // A folder that cannot be read fails below, when it is written to.
  issued.signing_key_is_new = !fs::exists(issued.signing_key_file, ignored);
  if (issued.signing_key_is_new) {
    const crypto::SigningKey key = crypto::SigningKey::Generate(random);
    issued.signing_key_id = key.key_id();
    files.push_back({issued.signing_key_file, key.ToPem(), Secrecy::kSecret});
    files.push_back({issued.signing_public_file, key.verify_key().ToPem(), Secrecy::kPublic});
  } else {
    RECOUP_ASSIGN_OR_RETURN(const crypto::SigningKey key,
                            crypto::SigningKey::Load(issued.signing_key_file.string()));
    issued.signing_key_id = key.key_id();
  }
  RECOUP_RETURN_IF_ERROR(WriteNew(files));
  return issued;
}

}  // namespace recoup::ctl
