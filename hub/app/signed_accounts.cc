#include "hub/app/signed_accounts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::SignedAccount;

absl::Status Forged(std::string_view what) {
  return MakeError(Reason::kSignatureInvalid, std::string(what));
}

absl::Status CheckReceipt(const SignAccount& command, const crypto::VerifyKey& hub_key) {
  if (command.receipt_key_id != hub_key.key_id()) {
    return Forged(
        "the hub's statement was signed with a key that is not its own any more: fetch it "
        "again");
  }
  if (!hub_key.Verify(absl::StrCat(kAccountReceiptPrefix, command.receipt_payload),
                      command.receipt_signature)) {
    return Forged("the hub's statement in the document is not as the hub signed it");
  }
  return absl::OkStatus();
}

absl::Status CheckInsurer(UnitOfWork& work, const SignAccount& command) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> party,
                          work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                     domain::Key({command.insurer.value})));
  if (!party) return NotFound("no such account");
  const auto key = std::find_if(
      party->keys.begin(), party->keys.end(),
      [&](const domain::PartyKey& one) { return one.key_id == command.key_id && !one.revoked; });
  crypto::VerifyKey::Bytes bytes{};
  if (key == party->keys.end() || key->public_key.size() != bytes.size()) {
    return Forged("the key is not registered for the insurer, or is revoked");
  }
  std::copy(key->public_key.begin(), key->public_key.end(), bytes.begin());
  if (crypto::VerifyKey(bytes).Verify(absl::StrCat(kAccountComparisonPrefix, command.document),
                                      command.signature)) {
    return absl::OkStatus();
  }
  return Forged("the insurer's signature does not fit the document");
}

}  // namespace

absl::StatusOr<SignedAccount> SignAccountOf(const SignAccount& command,
                                            const crypto::SigningKey& key, UnitOfWork& work) {
  if (command.insurer != work.caller().party || command.account_pool != command.pool) {
    return NotFound("no such account");
  }
  RECOUP_RETURN_IF_ERROR(CheckReceipt(command, key.verify_key()));
  RECOUP_RETURN_IF_ERROR(CheckInsurer(work, command));
  const crypto::Digest digest = crypto::Sha256(command.document);
  const std::string sha256(digest.begin(), digest.end());
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<SignedAccount> known,
      work.FindBy<SignedAccount>(domain::UniqueKeyKind::kSignedAccountOf,
                                 domain::Key({command.pool.value, command.insurer.value, sha256})));
  if (known) return *std::move(known);
  SignedAccount account;
  account.id = work.NewId<domain::SignedAccountId>();
  account.pool = command.pool;
  account.insurer = command.insurer;
  account.from = command.from;
  account.until = command.until;
  account.hub_open = command.hub_open;
  account.insurer_open = command.insurer_open;
  account.differences = command.differences;
  account.document = command.document;
  account.document_sha256 = sha256;
  account.insurer_signature = command.signature;
  account.insurer_key_id = command.key_id;
  const crypto::Signature signature =
      key.Sign(absl::StrCat(kAccountComparisonPrefix, command.document));
  account.hub_signature.assign(signature.begin(), signature.end());
  account.hub_key_id = key.key_id();
  account.signed_by = work.caller().actor;
  account.signed_time = work.now();
  work.Put(account);
  return account;
}

}  // namespace recoup::app
