// The hub's receipt for a pushed case: checked against what was pushed, and kept.
#ifndef RECOUP_ADAPTERS_COURT_MAPPING_RECEIPT_H_
#define RECOUP_ADAPTERS_COURT_MAPPING_RECEIPT_H_

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "hub/crypto/signing.h"
#include "recoup/v1/common.pb.h"

namespace recoup::court::mapping {

inline constexpr std::string_view kReceiptPrefix = "recoup court case receipt v1\n";

// That the receipt names these bytes and, when a key is given, that the hub signed it.
// SIGNATURE_INVALID otherwise.
absl::Status CheckReceipt(const v1::SignedReceipt& receipt, std::string_view elements,
                          const std::optional<crypto::VerifyKey>& hub_key);

// Named by the elements' digest, so that every version of a case has its own.
std::filesystem::path ReceiptFile(const std::filesystem::path& directory,
                                  std::string_view elements);

// Writes the serialized receipt, whole or not at all; the same receipt again changes nothing.
// STORE_UNAVAILABLE when the disk does not take it.
absl::Status StoreReceipt(const v1::SignedReceipt& receipt, const std::filesystem::path& file);

}  // namespace recoup::court::mapping

#endif  // RECOUP_ADAPTERS_COURT_MAPPING_RECEIPT_H_
