// Statements of account that both sides sign (对账签认): the insurer hands in its signed comparison
// with the hub's statement, the hub countersigns the same bytes and keeps both.
#ifndef RECOUP_HUB_APP_SIGNED_ACCOUNTS_H_
#define RECOUP_HUB_APP_SIGNED_ACCOUNTS_H_

#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/crypto/signing.h"
#include "hub/domain/records/account.h"

namespace recoup::app {

// As published in recoup/v1/insurer_service.proto and account_service.proto.
inline constexpr char kAccountReceiptPrefix[] = "recoup statement of account receipt v1\n";
inline constexpr char kAccountComparisonPrefix[] = "recoup account comparison v1\n";

struct SignAccount {
  domain::PoolId pool;
  std::string document;
  std::string signature;
  std::string key_id;
  // What the document says.
  domain::PoolId account_pool;
  domain::PartyId insurer;
  absl::CivilDay from;
  absl::CivilDay until;
  domain::Money hub_open;
  domain::Money insurer_open;
  std::int64_t differences = 0;
  std::string receipt_payload;
  std::string receipt_signature;
  std::string receipt_key_id;
};

// `key` is the hub's. SIGNATURE_INVALID says whose signature does not hold.
absl::StatusOr<domain::SignedAccount> SignAccountOf(const SignAccount& command,
                                                    const crypto::SigningKey& key,
                                                    UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SIGNED_ACCOUNTS_H_
