// The seal and the blind index of a running hub: hub/crypto behind the application's ports.
// Thread-safe.
#ifndef RECOUP_HUB_STORAGE_VAULT_H_
#define RECOUP_HUB_STORAGE_VAULT_H_

#include <string>

#include "hub/app/ports.h"
#include "hub/crypto/blind_index.h"
#include "hub/crypto/sealing.h"

namespace recoup::storage {

// Seals each record under the data key of its partition, bound to its place. Borrows the sealer.
class SealerSeal final : public app::RecordSeal {
 public:
  explicit SealerSeal(const crypto::Sealer& sealer) : sealer_(sealer) {}
  std::string Seal(const std::string& partition, std::string_view place,
                   std::string_view plain) override {
    return sealer_.Seal(partition, place, plain);
  }
  absl::StatusOr<std::string> Open(const std::string& partition, std::string_view place,
                                   std::string_view sealed) override {
    return sealer_.Open(partition, place, sealed);
  }

 private:
  const crypto::Sealer& sealer_;
};

class IndexBlinder final : public app::Blinder {
 public:
  explicit IndexBlinder(const crypto::BlindIndex& index) : index_(index) {}
  std::string IdNumber(std::string_view value) override {
    return Token(crypto::IndexKind::kIdNumber, value);
  }
  std::string Name(std::string_view value) override {
    return Token(crypto::IndexKind::kName, value);
  }
  std::string CaseNumber(std::string_view value) override {
    return Token(crypto::IndexKind::kCaseNumber, value);
  }

 private:
  std::string Token(crypto::IndexKind kind, std::string_view value) const {
    const crypto::IndexValue token = index_.Of(kind, value);
    return std::string(reinterpret_cast<const char*>(token.data()), token.size());
  }
  const crypto::BlindIndex& index_;
};

}  // namespace recoup::storage

#endif  // RECOUP_HUB_STORAGE_VAULT_H_
