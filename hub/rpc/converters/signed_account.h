// Accounts that both sides signed, as the API sends and shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_SIGNED_ACCOUNT_H_
#define RECOUP_HUB_RPC_CONVERTERS_SIGNED_ACCOUNT_H_

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/app/signed_accounts.h"
#include "recoup/v1/account_service.pb.h"

namespace recoup::rpc {

enum class WithDocument { kNo, kYes };
void SignedAccountToProto(const domain::SignedAccount& account, WithDocument with_document,
                          v1::SignedAccount* out);

// Reads the document too: its statement must name the sums it is compared with, and the differences
// must add up. Signatures are left to the use case.
absl::StatusOr<app::SignAccount> SignAccountFromProto(const v1::SignAccountRequest& request,
                                                      absl::Time now);
void SignAccountToProto(const domain::SignedAccount& account, v1::SignAccountResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_SIGNED_ACCOUNT_H_
