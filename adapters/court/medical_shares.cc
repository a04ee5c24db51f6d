// The medical part of each sum that the ruling awards, where the ruling gives only totals: worked
// out by the order of payment of 民法典 1213, before prepayments are set off, and told as a
// warning.
#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;
using domain::Ratio;

bool ToInjured(const JudgmentElements& elements, const Obligation& obligation) {
  return obligation.creditor == elements.injured_persons.front().name;
}

std::optional<Money> RemainingOf(const JudgmentElements& elements, const Obligation& obligation) {
  for (const Policy& policy : elements.policies) {
    if (policy.insurer == obligation.debtor && policy.kind == PolicyKind::kCompulsory) {
      return policy.medical_remaining;
    }
  }
  return std::nullopt;
}

std::optional<Percent> ShareOf(const JudgmentElements& elements, const std::string& party) {
  for (const LiabilityShare& share : elements.liability) {
    if (share.party == party) return share.share_percent;
  }
  return std::nullopt;
}

// One part per obligation; absent where it cannot be known.
std::vector<std::optional<Money>> Parts(const JudgmentElements& elements, Money loss) {
  std::vector<std::optional<Money>> parts(elements.obligations.size());
  Money rest = loss;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Obligation& o = elements.obligations[i];
    if (o.policy_kind != PolicyKind::kCompulsory || !ToInjured(elements, o)) continue;
    const auto remaining = RemainingOf(elements, o);
    if (!remaining.has_value()) return {};
    parts[i] = std::min({rest, *remaining, o.amount});
    rest = rest - *parts[i];
  }
  std::vector<std::size_t> open;
  Money assigned = loss - rest;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Obligation& o = elements.obligations[i];
    if (parts[i].has_value() || !ToInjured(elements, o)) continue;
    const auto share = ShareOf(elements, o.debtor);
    const auto part = share ? rest.Times(Ratio{share->hundredths, 100 * 100}) : Money();
    if (!share.has_value() || !part.ok()) {
      open.push_back(i);
      continue;
    }
    parts[i] = *part;
    assigned += *part;
  }
  // What is left of the award is borne by the only debtor without a share of its own: an insurer.
  if (open.size() == 1 && *elements.medical_expense_awarded >= assigned) {
    parts[open.front()] = *elements.medical_expense_awarded - assigned;
  }
  return parts;
}

}  // namespace

void TellMedicalShares(const Reading& reading) {
  const JudgmentElements& elements = reading.elements;
  if (elements.basis == Basis::kFundAwarded || elements.injured_persons.size() != 1) return;
  const auto loss =
      elements.basis == Basis::kNet ? elements.self_paid : elements.medical_expense_total;
  if (!loss.has_value() || !elements.medical_expense_awarded.has_value()) return;
  if (elements.obligations.size() < 2 && *elements.medical_expense_awarded == *loss) return;
  const auto parts = Parts(elements, *loss);
  std::string told;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].has_value()) continue;
    absl::StrAppend(&told, told.empty() ? "" : "，", elements.obligations[i].debtor, "给付的",
                    elements.obligations[i].amount.ToYuan(), "元中", parts[i]->ToYuan(), "元");
  }
  if (told.empty()) return;
  reading.Warn(
      absl::StrCat("按交强险限额、责任比例推算各项给付中的医疗费（抵扣已付款之前）：", told, "。"));
}

}  // namespace recoup::court
