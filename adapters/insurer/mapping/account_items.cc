#include "adapters/insurer/mapping/account_items.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "adapters/insurer/mapping/remittance.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/creditor_reference.h"

namespace recoup::insurer::mapping {
namespace {

using domain::Money;

// A demand as the account shows it.
struct HubItem {
  std::string name;
  Money open;
  Money applied;
  Money relinquished;
};

absl::StatusOr<std::map<std::string, HubItem>> HubItems(
    const v1::StatementOfAccountReceipt& account) {
  std::map<std::string, HubItem> items;
  for (const v1::StatementOfAccountLine& line : account.lines()) {
    HubItem item;
    item.name = line.demand();
    RECOUP_ASSIGN_OR_RETURN(item.open, Money::Create(line.open_fen()));
    RECOUP_ASSIGN_OR_RETURN(item.applied, Money::Create(line.applied_fen()));
    RECOUP_ASSIGN_OR_RETURN(item.relinquished, Money::Create(line.relinquished_fen()));
    items[line.reference()] = item;
  }
  return items;
}

Money InTransitFor(const std::map<std::string, Money>& in_transit, const std::string& reference,
                   const std::string& name) {
  Money sum;
  for (const std::string& key : {reference, name}) {
    const auto found = in_transit.find(key);
    if (found != in_transit.end()) sum += found->second;
  }
  return sum;
}

// The hub has more open: the payment is under way. We have more open: the hub received it, or gave
// it up, and our books do not know.
DifferenceKind Explain(Money ours, const HubItem& item, Money in_transit) {
  if (item.open > ours && item.open - ours == in_transit) return DifferenceKind::kInTransit;
  if (ours > item.open) {
    const Money more = ours - item.open;
    if (more == item.applied) return DifferenceKind::kPaidAtHub;
    if (more == item.relinquished) return DifferenceKind::kGivenUp;
  }
  return ours.is_zero() ? DifferenceKind::kNotInOurBooks : DifferenceKind::kUnexplained;
}

}  // namespace

std::string_view ToString(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kUnknownReference:
      return "UNKNOWN_REFERENCE";
    case DifferenceKind::kNotInOurBooks:
      return "NOT_IN_OUR_BOOKS";
    case DifferenceKind::kInTransit:
      return "IN_TRANSIT";
    case DifferenceKind::kPaidAtHub:
      return "PAID_AT_HUB";
    case DifferenceKind::kGivenUp:
      return "GIVEN_UP";
    case DifferenceKind::kUnexplained:
      return "UNEXPLAINED";
  }
  RECOUP_CHECK(false);
}

std::string_view InChinese(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::kUnknownReference:
      return "平台账户中无此付款参考号";
    case DifferenceKind::kNotInOurBooks:
      return "本公司未列";
    case DifferenceKind::kInTransit:
      return "已通知付款，基金银行尚未见到";
    case DifferenceKind::kPaidAtHub:
      return "平台已到账，本公司未销账";
    case DifferenceKind::kGivenUp:
      return "基金已放弃，本公司未销账";
    case DifferenceKind::kUnexplained:
      return "未能解释";
  }
  RECOUP_CHECK(false);
}

absl::StatusOr<std::vector<OwnItem>> OwnItemsFromCsv(std::string_view bytes) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<ScheduleLine> lines, OpenItemsFromCsv(bytes));
  Faults faults;
  std::set<std::string> seen;
  std::vector<OwnItem> items;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto reference = domain::CreditorReference::Parse(lines[i].demand);
    if (!reference.ok()) {
      faults.Add(PathOf(lines[i]), "is no payment reference (ISO 11649)");
    } else if (!seen.insert(reference->text()).second) {
      faults.Add(PathOf(lines[i]), "this reference stands twice");
    } else {
      items.push_back({reference->text(), lines[i].amount.value_or(Money())});
    }
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return items;
}

std::map<std::string, Money> InTransit(const std::vector<v1::RemittanceAdvice>& advices) {
  std::map<std::string, Money> in_transit;
  for (const v1::RemittanceAdvice& advice : advices) {
    if (advice.state() != v1::REMITTANCE_ADVICE_STATE_SENT) continue;
    for (const v1::RemittanceLine& line : advice.lines()) {
      const auto amount = Money::Create(line.amount_fen());
      if (!amount.ok()) continue;
      std::string key = line.demand();
      if (key.empty()) {
        const auto reference = domain::CreditorReference::Parse(line.reference());
        key = reference.ok() ? reference->text() : line.reference();
      }
      const auto sum = in_transit[key].Add(*amount);
      if (sum.ok()) in_transit[key] = *sum;
    }
  }
  return in_transit;
}

absl::StatusOr<AccountComparison> Compare(const std::vector<OwnItem>& ours,
                                          const v1::StatementOfAccountReceipt& account,
                                          const std::map<std::string, Money>& in_transit) {
  RECOUP_ASSIGN_OR_RETURN(const auto items, HubItems(account));
  AccountComparison comparison;
  RECOUP_ASSIGN_OR_RETURN(comparison.hub, Money::Create(account.closing_fen()));
  std::map<std::string, Money> own;
  for (const OwnItem& item : ours) {
    own[item.reference] = item.open;
    RECOUP_ASSIGN_OR_RETURN(comparison.ours, comparison.ours.Add(item.open));
    if (items.contains(item.reference) || item.open.is_zero()) continue;
    comparison.differences.push_back(
        {item.reference, DifferenceKind::kUnknownReference, item.open, Money()});
  }
  for (const auto& [reference, item] : items) {
    const auto found = own.find(reference);
    const Money open = found == own.end() ? Money() : found->second;
    if (open == item.open) {
      if (!open.is_zero()) ++comparison.agreeing;
      continue;
    }
    const Money under_way = InTransitFor(in_transit, reference, item.name);
    comparison.differences.push_back({reference, Explain(open, item, under_way), open, item.open});
  }
  std::sort(comparison.differences.begin(), comparison.differences.end(),
            [](const Difference& a, const Difference& b) { return a.reference < b.reference; });
  return comparison;
}

}  // namespace recoup::insurer::mapping
