// The seal of records and events for reading without the hub: the keyring behind app::RecordSeal.
// The context of a key is the partition, the binding is the place.
#ifndef RECOUP_CTL_KEYRING_SEAL_H_
#define RECOUP_CTL_KEYRING_SEAL_H_

#include <string>
#include <string_view>

#include "hub/app/ports.h"
#include "hub/base/ids.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/sealing.h"

namespace recoup::ctl {

// `random` is borrowed and used by this seal alone. Thread-safe as crypto::Sealer is.
class KeyringSeal final : public app::RecordSeal {
 public:
  KeyringSeal(const crypto::Keyring& keyring, Random& random) : sealer_(keyring, random) {}

  std::string Seal(const std::string& partition, std::string_view place,
                   std::string_view plain) override {
    return sealer_.Seal(partition, place, plain);
  }
  absl::StatusOr<std::string> Open(const std::string& partition, std::string_view place,
                                   std::string_view sealed) override {
    return sealer_.Open(partition, place, sealed);
  }

 private:
  crypto::Sealer sealer_;
};

}  // namespace recoup::ctl

#endif  // RECOUP_CTL_KEYRING_SEAL_H_
