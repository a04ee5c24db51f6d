// An account that both sides have signed: the hub its receipt, the insurer its comparison with it,
// and, once handed in, the hub that very comparison.
//
// The file is one JSON object with the text that was signed, the signatures and the ids of the
// keys; the text holds the hub's receipt as the hub signed it, so each can be checked without the
// others and without the hub.
#ifndef RECOUP_ADAPTERS_INSURER_MAPPING_SIGNED_ACCOUNT_H_
#define RECOUP_ADAPTERS_INSURER_MAPPING_SIGNED_ACCOUNT_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/insurer/mapping/account_items.h"
#include "hub/crypto/signing.h"
#include "recoup/v1/insurer_service.pb.h"

namespace recoup::insurer::mapping {

// The payload of the hub's receipt, once the signature is the key's. SIGNATURE_INVALID when it is
// not.
absl::StatusOr<v1::StatementOfAccountReceipt> VerifiedAccount(const v1::SignedReceipt& receipt,
                                                              const crypto::VerifyKey& hub_key);

std::string SignAccount(const v1::SignedReceipt& receipt, const AccountComparison& comparison,
                        const crypto::SigningKey& insurer_key);

// The file in parts. The hub's signature is empty until it has countersigned.
struct SignedFile {
  std::string comparison;
  std::string signature;
  std::string key_id;
  std::string hub_signature;
  std::string hub_key_id;
};
absl::StatusOr<SignedFile> ReadSignedFile(std::string_view document);
std::string WriteSignedFile(const SignedFile& file);

// What a signed document says, once every signature in it holds. Errors: SIGNATURE_INVALID naming
// whose, INVALID_ARGUMENT for another document.
struct SignedAccount {
  v1::StatementOfAccountReceipt account;
  domain::Money ours;
  std::size_t differences = 0;
  bool countersigned = false;  // The hub signed the comparison too.
};
absl::StatusOr<SignedAccount> VerifySignedAccount(std::string_view document,
                                                  const crypto::VerifyKey& hub_key,
                                                  const crypto::VerifyKey& insurer_key);

}  // namespace recoup::insurer::mapping

#endif  // RECOUP_ADAPTERS_INSURER_MAPPING_SIGNED_ACCOUNT_H_
