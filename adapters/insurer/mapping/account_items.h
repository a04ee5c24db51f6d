// The insurer's own open items against the hub's account: what both have, what only one has, and
// why amounts differ. Pure.
#ifndef RECOUP_ADAPTERS_INSURER_MAPPING_ACCOUNT_ITEMS_H_
#define RECOUP_ADAPTERS_INSURER_MAPPING_ACCOUNT_ITEMS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/domain/money.h"
#include "recoup/v1/insurer_service.pb.h"
#include "recoup/v1/remittance_advice.pb.h"

namespace recoup::insurer::mapping {

// One row of the insurer's list of open items.
struct OwnItem {
  std::string reference;  // As the hub writes it.
  domain::Money open;
};

// CSV as schedules are: columns reference (付款参考号) and amount (金额), the amount still open in
// the insurer's books, zero allowed. A reference twice is a fault. All faults, with line numbers.
absl::StatusOr<std::vector<OwnItem>> OwnItemsFromCsv(std::string_view bytes);

// Why the open amounts of one demand differ. Each difference has one kind: the first that explains
// it in full.
enum class DifferenceKind {
  kUnknownReference,  // No demand of the account has it.
  kNotInOurBooks,     // Open at the hub, not listed by the insurer.
  kInTransit,         // Advised as paid and not yet seen at the fund's bank.
  kPaidAtHub,         // Received at the hub, still open in the insurer's books.
  kGivenUp,           // Relinquished by the fund, still open in the insurer's books.
  kUnexplained,
};
std::string_view ToString(DifferenceKind kind);
std::string_view InChinese(DifferenceKind kind);

struct Difference {
  std::string reference;
  DifferenceKind kind = DifferenceKind::kUnexplained;
  domain::Money ours;
  domain::Money hub;
  bool operator==(const Difference&) const = default;
};

struct AccountComparison {
  domain::Money ours;
  domain::Money hub;  // The closing balance of the account.
  std::size_t agreeing = 0;
  std::vector<Difference> differences;  // By reference.
};

// By reference or name of a demand: what advices that no money was seen for announce.
std::map<std::string, domain::Money> InTransit(const std::vector<v1::RemittanceAdvice>& advices);

// INVALID_ARGUMENT when amounts of the hub's answer are out of range.
absl::StatusOr<AccountComparison> Compare(const std::vector<OwnItem>& ours,
                                          const v1::StatementOfAccountReceipt& account,
                                          const std::map<std::string, domain::Money>& in_transit);

}  // namespace recoup::insurer::mapping

#endif  // RECOUP_ADAPTERS_INSURER_MAPPING_ACCOUNT_ITEMS_H_
