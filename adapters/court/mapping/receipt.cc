#include "adapters/court/mapping/receipt.h"

#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/crypto/sha256.h"
#include "recoup/v1/court_case.pb.h"

namespace recoup::court::mapping {

absl::Status CheckReceipt(const v1::SignedReceipt& receipt, std::string_view elements,
                          const std::optional<crypto::VerifyKey>& hub_key) {
  v1::CourtCaseReceipt payload;
  if (!payload.ParseFromString(receipt.payload())) {
    return MakeError(Reason::kSignatureInvalid, "the hub's receipt cannot be read");
  }
  const crypto::Digest digest = crypto::Sha256(elements);
  if (payload.elements_sha256() !=
      std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size())) {
    return MakeError(Reason::kSignatureInvalid, "the hub's receipt is for other elements");
  }
  if (hub_key.has_value() &&
      !hub_key->Verify(absl::StrCat(std::string(kReceiptPrefix), receipt.payload()),
                       receipt.signature())) {
    return MakeError(Reason::kSignatureInvalid, "the hub's signature on the receipt is wrong");
  }
  return absl::OkStatus();
}

std::filesystem::path ReceiptFile(const std::filesystem::path& directory,
                                  std::string_view elements) {
  return directory / absl::StrCat(crypto::ToHex(crypto::Sha256(elements)), ".receipt");
}

absl::Status StoreReceipt(const v1::SignedReceipt& receipt, const std::filesystem::path& file) {
  const auto unavailable = [&file](std::string_view what) {
    return MakeError(Reason::kStoreUnavailable,
                     absl::StrCat("receipt ", file.string(), ": ", std::string(what)));
  };
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (error) return unavailable(error.message());
  std::filesystem::path part = file;
  part += ".part";
  {
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    out << receipt.SerializeAsString();
    out.flush();
    if (!out) return unavailable("cannot be written");
  }
  std::filesystem::rename(part, file, error);
  if (error) return unavailable(error.message());
  return absl::OkStatus();
}

}  // namespace recoup::court::mapping
