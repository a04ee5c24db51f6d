#include "adapters/insurer/mapping/signed_account.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/bytes.h"
#include "nlohmann/json.hpp"

namespace recoup::insurer::mapping {
namespace {

using Json = nlohmann::ordered_json;

// recoup/v1/insurer_service.proto, StatementOfAccountReceipt.
constexpr char kReceiptPrefix[] = "recoup statement of account receipt v1\n";
constexpr char kComparisonPrefix[] = "recoup account comparison v1\n";

absl::Status Damaged(std::string_view what) {
  return MakeError(Reason::kInvalidArgument, std::string(what));
}

absl::Status Forged(std::string_view what) {
  return MakeError(Reason::kSignatureInvalid, std::string(what));
}

std::string Base64(const std::string& bytes) { return absl::Base64Escape(bytes); }

absl::StatusOr<std::string> FromBase64(const Json& json, const char* key) {
  std::string bytes;
  const auto found = json.find(key);
  if (found == json.end() || !found->is_string() ||
      !absl::Base64Unescape(found->get_ref<const std::string&>(), &bytes)) {
    return Damaged(absl::StrCat("the document has no ", key));
  }
  return bytes;
}

std::string TextOf(const v1::SignedReceipt& receipt, const AccountComparison& comparison) {
  Json json = {{"hub_receipt",
                {{"payload", Base64(receipt.payload())},
                 {"signature", Base64(receipt.signature())},
                 {"key_id", receipt.key_id()}}},
               {"ours_fen", comparison.ours.fen()},
               {"hub_fen", comparison.hub.fen()},
               {"agreeing_count", comparison.agreeing},
               {"differences", Json::array()}};
  for (const Difference& difference : comparison.differences) {
    json["differences"].push_back({{"reference", difference.reference},
                                   {"kind", ToString(difference.kind)},
                                   {"ours_fen", difference.ours.fen()},
                                   {"hub_fen", difference.hub.fen()}});
  }
  return json.dump();
}

absl::StatusOr<Json> ParseObject(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return Damaged("the document is no JSON object");
  return json;
}

}  // namespace

absl::StatusOr<v1::StatementOfAccountReceipt> VerifiedAccount(const v1::SignedReceipt& receipt,
                                                              const crypto::VerifyKey& hub_key) {
  if (!hub_key.Verify(absl::StrCat(kReceiptPrefix, receipt.payload()), receipt.signature())) {
    return Forged("the hub's signature does not fit its receipt");
  }
  v1::StatementOfAccountReceipt account;
  if (!account.ParseFromString(receipt.payload())) return Damaged("the receipt cannot be read");
  return account;
}

std::string SignAccount(const v1::SignedReceipt& receipt, const AccountComparison& comparison,
                        const crypto::SigningKey& insurer_key) {
  SignedFile file;
  file.comparison = TextOf(receipt, comparison);
  const crypto::Signature signature =
      insurer_key.Sign(absl::StrCat(kComparisonPrefix, file.comparison));
  file.signature = std::string(crypto::AsView(signature));
  file.key_id = insurer_key.key_id();
  return WriteSignedFile(file);
}

absl::StatusOr<SignedFile> ReadSignedFile(std::string_view document) {
  RECOUP_ASSIGN_OR_RETURN(const Json outer, ParseObject(document));
  SignedFile file;
  RECOUP_ASSIGN_OR_RETURN(file.signature, FromBase64(outer, "signature"));
  const auto text = [&](const char* key) -> absl::StatusOr<std::string> {
    const auto found = outer.find(key);
    if (found == outer.end() || !found->is_string()) {
      return Damaged(absl::StrCat("the document has no ", key));
    }
    return found->get<std::string>();
  };
  RECOUP_ASSIGN_OR_RETURN(file.comparison, text("comparison"));
  RECOUP_ASSIGN_OR_RETURN(file.key_id, text("key_id"));
  if (!outer.contains("hub_signature")) return file;
  RECOUP_ASSIGN_OR_RETURN(file.hub_signature, FromBase64(outer, "hub_signature"));
  RECOUP_ASSIGN_OR_RETURN(file.hub_key_id, text("hub_key_id"));
  return file;
}

std::string WriteSignedFile(const SignedFile& file) {
  Json json = {{"comparison", file.comparison},
               {"signature", Base64(file.signature)},
               {"key_id", file.key_id}};
  if (!file.hub_signature.empty()) {
    json["hub_signature"] = Base64(file.hub_signature);
    json["hub_key_id"] = file.hub_key_id;
  }
  return json.dump() + "\n";
}

absl::StatusOr<SignedAccount> VerifySignedAccount(std::string_view document,
                                                  const crypto::VerifyKey& hub_key,
                                                  const crypto::VerifyKey& insurer_key) {
  RECOUP_ASSIGN_OR_RETURN(const SignedFile file, ReadSignedFile(document));
  const std::string signed_text = absl::StrCat(kComparisonPrefix, file.comparison);
  if (!insurer_key.Verify(signed_text, file.signature)) {
    return Forged("the insurer's signature does not fit the comparison");
  }
  if (!file.hub_signature.empty() && !hub_key.Verify(signed_text, file.hub_signature)) {
    return Forged("the hub's countersignature does not fit the comparison");
  }
  RECOUP_ASSIGN_OR_RETURN(const Json inner, ParseObject(file.comparison));
  const auto hub = inner.find("hub_receipt");
  const auto ours = inner.find("ours_fen");
  const auto differences = inner.find("differences");
  if (hub == inner.end() || !hub->is_object() || ours == inner.end() ||
      !ours->is_number_integer() || differences == inner.end() || !differences->is_array()) {
    return Damaged("the comparison is incomplete");
  }
  v1::SignedReceipt receipt;
  RECOUP_ASSIGN_OR_RETURN(*receipt.mutable_payload(), FromBase64(*hub, "payload"));
  RECOUP_ASSIGN_OR_RETURN(*receipt.mutable_signature(), FromBase64(*hub, "signature"));
  SignedAccount account;
  RECOUP_ASSIGN_OR_RETURN(account.account, VerifiedAccount(receipt, hub_key));
  RECOUP_ASSIGN_OR_RETURN(account.ours, domain::Money::Create(ours->get<std::int64_t>()));
  account.differences = differences->size();
  account.countersigned = !file.hub_signature.empty();
  return account;
}

}  // namespace recoup::insurer::mapping
