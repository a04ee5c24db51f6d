// An account that both sides have signed: the hub its receipt, the insurer its comparison with it.
//
// The document is one JSON object with the text that the insurer signed, its signature and the id
// of its key; the text holds the hub's receipt as the hub signed it, so either can be checked
// without the other and without the hub.
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

// What a signed document says, once both signatures hold. Errors: SIGNATURE_INVALID naming whose,
// INVALID_ARGUMENT for another document.
struct SignedAccount {
  v1::StatementOfAccountReceipt account;
  domain::Money ours;
  std::size_t differences = 0;
};
absl::StatusOr<SignedAccount> VerifySignedAccount(std::string_view document,
                                                  const crypto::VerifyKey& hub_key,
                                                  const crypto::VerifyKey& insurer_key);

}  // namespace recoup::insurer::mapping

#endif  // RECOUP_ADAPTERS_INSURER_MAPPING_SIGNED_ACCOUNT_H_
