#include "hub/main/hub_files.h"

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/signing.h"

namespace recoup {

absl::StatusOr<std::string> ReadPem(const std::string& key, const std::string& path) {
  absl::StatusOr<std::string> text = ReadFile(path);
  if (!text.ok() || text->empty()) {
    return MakeError(Reason::kInvalidArgument,
                     absl::StrCat(key, ": ",
                                  text.ok() ? absl::StrCat(path, " is empty")
                                            : std::string(text.status().message())));
  }
  return text;
}

absl::Status CheckFiles(const config::HubConfig& config) {
  Faults faults;
  const auto note = [&](const std::string& key, const absl::Status& read) {
    if (!read.ok()) faults.Add(key, std::string(read.message()));
  };
  const auto note_pem = [&](const std::string& key, const std::string& path) {
    const absl::StatusOr<std::string> text = ReadFile(path);
    note(key, text.status());
    if (text.ok() && text->find("-----BEGIN ") == std::string::npos) {
      faults.Add(key, absl::StrCat(path, " is no PEM file"));
    }
  };
  note_pem("tls.ca_file", config.tls_ca_file);
  note_pem("tls.certificate_file", config.tls_certificate_file);
  note_pem("tls.key_file", config.tls_key_file);
  note("keys.keyring_file", crypto::Keyring::Load(config.keyring_file).status());
  note("keys.signing_key_file", crypto::SigningKey::Load(config.signing_key_file).status());
  const std::filesystem::path folder = std::filesystem::absolute(config.data_file).parent_path();
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    faults.Add("store.data_file", absl::StrCat(folder.string(), " is no folder"));
  }
  return faults.ToStatus();
}

}  // namespace recoup
