#include "hub/reconcile/verify.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

absl::Status Broken(const std::string& subject, std::string_view law) {
  return MakeError(Reason::kInternal, absl::StrCat(subject, ": ", std::string(law)));
}

std::string Plain(std::string_view text) {
  std::string plain = Compact(text);
  for (std::size_t at = plain.find("第"); at != std::string::npos; at = plain.find("第")) {
    plain.erase(at, std::string_view("第").size());
  }
  return plain;
}

bool Contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

bool IsCalled(const OpenDemand& demand, const std::string& token) {
  const auto same = [&](const std::string& name) { return Plain(name) == token; };
  return !token.empty() &&
         (same(demand.reference) ||
          std::any_of(demand.case_numbers.begin(), demand.case_numbers.end(), same) ||
          std::any_of(demand.recovery_numbers.begin(), demand.recovery_numbers.end(), same));
}

bool IsPayer(const OpenDemand& demand, const BankEntry& entry) {
  if (!entry.counterparty_account.empty() &&
      Contains(demand.debtor_accounts, entry.counterparty_account)) {
    return true;
  }
  const std::string name = Plain(entry.counterparty_name);
  return !name.empty() &&
         std::any_of(demand.debtor_names.begin(), demand.debtor_names.end(),
                     [&](const std::string& debtor) { return Plain(debtor) == name; });
}

// The facts as they stood when an application was decided.
struct Standing {
  std::map<std::string, const BankEntry*> credits;
  std::map<std::string, OpenDemand> demands;  // `open` and instalments moved on.
  std::map<std::string, Money> left;          // By entry key.

  void Take(const Application& application) {
    left[application.entry_key] -= application.amount;
    const auto it = demands.find(application.demand_key);
    if (it == demands.end()) return;
    it->second.open -= application.amount;
    Money rest = application.amount;
    for (Instalment& instalment : it->second.instalments) {
      const Money part = std::min(rest, instalment.open);
      instalment.open -= part;
      rest -= part;
    }
  }

  void GiveBack(const Undo& undo) {
    if (undo.demand_key.empty()) {
      left[undo.original_entry_key] -= undo.amount;
      return;
    }
    const auto it = demands.find(undo.demand_key);
    if (it == demands.end()) return;
    it->second.open += undo.amount;
    Money rest = undo.amount;
    std::vector<Instalment>& instalments = it->second.instalments;
    for (auto last = instalments.rbegin(); last != instalments.rend(); ++last) {
      const Money part = std::min(rest, last->amount - last->open);
      last->open += part;
      rest -= part;
    }
  }
};

Standing StandingBefore(const Facts& facts, const Result& result, std::size_t index) {
  Standing standing;
  for (const BankEntry& entry : facts.entries) {
    if (entry.direction != Direction::kCredit) continue;
    standing.credits[entry.key] = &entry;
    standing.left[entry.key] = entry.amount - entry.returned_before;
  }
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    standing.left[earlier.entry_key] -= earlier.amount;
  }
  for (const OpenDemand& demand : facts.demands) {
    OpenDemand& copy = standing.demands[demand.key] = demand;
    std::stable_sort(copy.instalments.begin(), copy.instalments.end(),
                     [](const Instalment& a, const Instalment& b) { return a.due_on < b.due_on; });
  }
  for (const Undo& undo : result.undone) standing.GiveBack(undo);
  for (std::size_t i = 0; i < index; ++i) standing.Take(result.applications[i]);
  return standing;
}

bool Fits(const OpenDemand& demand, Money amount) {
  if (!demand.open.is_positive() || amount > demand.open) return false;
  return demand.open == amount ||
         std::any_of(demand.instalments.begin(), demand.instalments.end(),
                     [&](const Instalment& instalment) { return instalment.open == amount; });
}

// How many sets of amounts have this sum; counting stops at 2. By dynamic programming over sums,
// which the engine does not use.
int CountSets(const std::vector<Money>& amounts, Money sum) {
  std::map<Money, int> ways = {{Money(), 1}};
  for (const Money amount : amounts) {
    std::map<Money, int> next = ways;
    for (const auto& [reached, count] : ways) {
      if (reached + amount <= sum) {
        int& total = next[reached + amount];
        total = std::min(2, total + count);
      }
    }
    ways = std::move(next);
  }
  const auto it = ways.find(sum);
  return it == ways.end() ? 0 : it->second;
}

absl::Status ProveText(const Standing& standing, const BankEntry& entry,
                       const Application& application) {
  const std::string& token = application.certificate.token;
  const std::string text = Plain(absl::StrCat(entry.end_to_end_id, "|", entry.free_text));
  if (text.find(token) == std::string::npos) return Broken(token, "does not stand in the text");
  const OpenDemand& demand = standing.demands.at(application.demand_key);
  if (!IsCalled(demand, token)) return Broken(token, "does not name the demand");
  int called = 0;
  int paying = 0;
  int exact = 0;
  for (const auto& [key, other] : standing.demands) {
    if (!IsCalled(other, token)) continue;
    ++called;
    if (IsPayer(other, entry)) ++paying;
    if (other.open == application.certificate.entry_before) ++exact;
  }
  const bool payer_tells = paying == 1 && IsPayer(demand, entry);
  const bool amount_tells =
      demand.open == application.certificate.entry_before && (exact == 1 || IsPayer(demand, entry));
  if (called == 1 || payer_tells || amount_tells) return absl::OkStatus();
  return Broken(token, "names several demands and nothing singles one out");
}

absl::Status ProveAdvice(const Facts& facts, const Standing& standing, const BankEntry& entry,
                         const Application& application) {
  const auto advice =
      std::find_if(facts.advices.begin(), facts.advices.end(),
                   [&](const Advice& a) { return a.key == application.certificate.advice_key; });
  if (advice == facts.advices.end()) return Broken(application.entry_key, "no such advice");
  const bool by_id = !entry.end_to_end_id.empty() && entry.end_to_end_id == advice->end_to_end_id;
  const bool by_payer =
      (!advice->payer_account.empty() && advice->payer_account == entry.counterparty_account) ||
      Plain(advice->payer_name) == Plain(entry.counterparty_name);
  if (!by_id && !by_payer) return Broken(advice->key, "is not of this payment");
  Money total;
  Money lines;
  const OpenDemand& demand = standing.demands.at(application.demand_key);
  for (const AdviceLine& line : advice->lines) {
    total += line.amount;
    const bool names = line.demand_key.empty() ? IsCalled(demand, Plain(line.reference))
                                               : line.demand_key == demand.key;
    if (names) lines += line.amount;
  }
  if (total != advice->total || total != entry.amount)
    return Broken(advice->key, "does not add up");
  if (application.amount > lines) return Broken(advice->key, "gives the demand less");
  return absl::OkStatus();
}

absl::Status ProveSeveral(const Facts& facts, const Standing& standing, const Result& result,
                          const Application& application) {
  Money sum;
  std::size_t first = result.applications.size();
  std::map<std::string, Money> amounts;
  for (std::size_t i = 0; i < result.applications.size(); ++i) {
    const Application& other = result.applications[i];
    if (other.entry_key != application.entry_key ||
        other.certificate.rule != application.certificate.rule) {
      continue;
    }
    first = std::min(first, i);
    sum += other.amount;
    amounts[other.demand_key] += other.amount;
  }
  const Standing then = StandingBefore(facts, result, first);
  const Money before = then.left.at(application.entry_key);
  if (application.certificate.rule == Rule::kPayerAndSum) {
    if (sum != before) return Broken(application.entry_key, "the sum is not the payment");
    std::vector<Money> pool;
    for (const auto& [key, demand] : then.demands) {
      if (IsPayer(demand, *standing.credits.at(application.entry_key)) &&
          demand.open.is_positive()) {
        pool.push_back(demand.open);
      }
      if (amounts.contains(key) && amounts.at(key) != demand.open) {
        return Broken(key, "is not paid in full");
      }
    }
    if (CountSets(pool, before) == 1) return absl::OkStatus();
    return Broken(application.entry_key, "more than one set of demands has this sum");
  }
  const bool in_full = std::all_of(amounts.begin(), amounts.end(), [&](const auto& paid) {
    return then.demands.at(paid.first).open == paid.second;
  });
  if (in_full || sum == before) return absl::OkStatus();
  return Broken(application.entry_key, "the payment neither fits nor covers what it names");
}

absl::Status ProveAmount(const Standing& standing, const BankEntry& entry,
                         const Application& application) {
  const OpenDemand& demand = standing.demands.at(application.demand_key);
  if (!IsPayer(demand, entry)) return Broken(demand.key, "is not of this payer");
  if (application.amount != standing.left.at(entry.key)) return Broken(entry.key, "is not used up");
  std::set<std::string> debtors;
  int fitting = 0;
  for (const auto& [key, other] : standing.demands) {
    if (!IsPayer(other, entry) || !other.open.is_positive()) continue;
    debtors.insert(other.debtor_key);
    if (Fits(other, application.amount)) ++fitting;
  }
  if (debtors.size() != 1) return Broken(entry.key, "several debtors have this name");
  if (fitting != 1 || !Fits(demand, application.amount)) {
    return Broken(entry.key, "the amount does not fit exactly one demand");
  }
  return absl::OkStatus();
}

absl::Status Prove(const Facts& facts, const Standing& standing, const Result& result,
                   const Application& application) {
  const BankEntry& entry = *standing.credits.at(application.entry_key);
  const OpenDemand& demand = standing.demands.at(application.demand_key);
  switch (application.certificate.rule) {
    case Rule::kStructuredReference:
      if (Plain(entry.creditor_reference) != Plain(demand.reference) || demand.reference.empty()) {
        return Broken(entry.key, "the creditor reference is not the demand's");
      }
      return absl::OkStatus();
    case Rule::kReferenceInText:
      return ProveText(standing, entry, application);
    case Rule::kAdvice:
      return ProveAdvice(facts, standing, entry, application);
    case Rule::kSeveralReferences:
      RECOUP_RETURN_IF_ERROR(ProveText(standing, entry, application));
      return ProveSeveral(facts, standing, result, application);
    case Rule::kPayerAndAmount:
      return ProveAmount(standing, entry, application);
    case Rule::kPayerAndSum:
      if (!IsPayer(demand, entry)) return Broken(demand.key, "is not of this payer");
      return ProveSeveral(facts, standing, result, application);
  }
  return Broken(entry.key, "the rule is unknown");
}

absl::Status VerifyUndone(const Facts& facts, const Result& result) {
  std::map<std::string, Money> by_return;
  std::map<std::string, Money> by_original;
  std::map<std::pair<std::string, std::string>, Money> applied;
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    applied[{earlier.entry_key, earlier.demand_key}] += earlier.amount;
  }
  for (const Undo& undo : result.undone) {
    if (!undo.amount.is_positive()) return Broken(undo.return_entry_key, "undoes nothing");
    by_return[undo.return_entry_key] += undo.amount;
    by_original[undo.original_entry_key] += undo.amount;
    if (undo.demand_key.empty()) continue;
    Money& rest = applied[{undo.original_entry_key, undo.demand_key}];
    rest -= undo.amount;
    if (rest.is_negative()) return Broken(undo.return_entry_key, "undoes more than was applied");
  }
  for (const BankEntry& entry : facts.entries) {
    const auto it = by_return.find(entry.key);
    if (it == by_return.end()) continue;
    if (entry.direction != Direction::kDebit) return Broken(entry.key, "is no debit");
    if (it->second != entry.amount) return Broken(entry.key, "undoes another amount");
  }
  for (const std::vector<BankEntry>* all : {&facts.entries, &facts.earlier_entries}) {
    for (const BankEntry& entry : *all) {
      const auto it = by_original.find(entry.key);
      if (it != by_original.end() && it->second + entry.returned_before > entry.amount) {
        return Broken(entry.key, "goes back more than once");
      }
    }
  }
  return absl::OkStatus();
}

bool ExplainsUnappliedMoney(BreakKind kind) {
  switch (kind) {
    case BreakKind::kOverpaid:
    case BreakKind::kDuplicatePayment:
    case BreakKind::kUnknownPayment:
    case BreakKind::kAmbiguousPayment:
      return true;
    case BreakKind::kUnderpaid:
    case BreakKind::kReturnedPayment:
    case BreakKind::kLatePayment:
    case BreakKind::kAdviceWithoutMoney:
      return false;
  }
  return false;
}

}  // namespace

absl::Status VerifyCertificate(const Facts& facts, const ReconcilePolicy& policy,
                               const Result& result, std::size_t index) {
  const Application& application = result.applications[index];
  const Certificate& certificate = application.certificate;
  const Standing standing = StandingBefore(facts, result, index);
  const auto entry = standing.credits.find(application.entry_key);
  const auto demand = standing.demands.find(application.demand_key);
  if (entry == standing.credits.end()) return Broken(application.entry_key, "is no credit");
  if (demand == standing.demands.end()) return Broken(application.demand_key, "is no demand");
  if (entry->second->reversal) return Broken(application.entry_key, "is a reversal");
  const Money left = standing.left.at(application.entry_key);
  if (!application.amount.is_positive()) return Broken(application.entry_key, "applies nothing");
  if (application.amount > left) return Broken(application.entry_key, "applies more than came");
  if (application.amount > demand->second.open) {
    return Broken(application.demand_key, "receives more than is open");
  }
  if (certificate.entry_before != left || certificate.open_before != demand->second.open) {
    return Broken(application.entry_key, "the certificate states other amounts");
  }
  if (certificate.rule_version != policy.rule_version) {
    return Broken(application.entry_key, "was decided by another version of the rules");
  }
  if (!Contains(certificate.chosen, application.demand_key)) {
    return Broken(application.demand_key, "is not among the chosen");
  }
  return Prove(facts, standing, result, application);
}

absl::Status VerifyResult(const Facts& facts, const ReconcilePolicy& policy, const Result& result) {
  RECOUP_RETURN_IF_ERROR(VerifyUndone(facts, result));
  for (std::size_t i = 0; i < result.applications.size(); ++i) {
    RECOUP_RETURN_IF_ERROR(VerifyCertificate(facts, policy, result, i));
  }
  Standing end = StandingBefore(facts, result, result.applications.size());
  for (const Break& b : result.breaks) {
    if (ExplainsUnappliedMoney(b.kind)) end.left[b.entry_key] -= b.amount;
  }
  for (const auto& [key, entry] : end.credits) {
    if (!end.left.at(key).is_zero()) return Broken(key, "some of its money is not explained");
  }
  for (const auto& [key, demand] : end.demands) {
    if (demand.open.is_negative() || demand.open > demand.amount) {
      return Broken(key, "its open amount is out of range");
    }
  }
  return absl::OkStatus();
}

}  // namespace recoup::reconcile
