// Standing and laws; the rules are proven in prove.cc and prove_sums.cc.
#include "hub/reconcile/checker.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/reconcile/for_lookup.h"
#include "hub/reconcile/plain.h"

namespace recoup::reconcile {
namespace {

using domain::Money;

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

// Applications with the same key, one after another, were decided together; empty when each stands
// for itself.
std::string GroupKey(const Application& application) {
  const Certificate& certificate = application.certificate;
  const std::string rule(RuleName(certificate.rule));
  switch (certificate.rule) {
    case Rule::kStructuredReference:
    case Rule::kReferenceInText:
    case Rule::kDamagedReference:
    case Rule::kAdvice:
    case Rule::kPayerAndAmount:
      return "";
    case Rule::kSeveralReferences:
    case Rule::kPayerAndSum:
      return absl::StrCat(rule, "|", ForLookup(application.entry_key));
    case Rule::kPayerAndParts:
      return absl::StrCat(rule, "|", ForLookup(application.demand_key));
    case Rule::kPayerAndDates:
    case Rule::kPayerAndTotals:
      return absl::StrCat(
          rule, "|",
          absl::StrJoin(certificate.payments, ",",
                        [](std::string* out, std::string_view key) { out->append(key); }));
  }
  return "";
}

}  // namespace

absl::Status Broken(std::string_view subject, std::string_view law) {
  return MakeError(Reason::kInternal, absl::StrCat(ForLookup(subject), ": ", ForLookup(law)));
}

Checker::Checker(const Facts& facts, const ReconcilePolicy& policy, const Result& result)
    : facts_(facts), policy_(policy), result_(result) {
  for (const BankEntry& entry : facts.entries) {
    if (entry.direction != Direction::kCredit) continue;
    credits_[entry.key] = &entry;
    left_[entry.key] = entry.amount - entry.returned_before;
  }
  for (const EarlierApplication& earlier : facts.earlier_applications) {
    left_[earlier.entry_key] -= earlier.amount;
  }
  for (std::size_t i = 0; i < facts.demands.size(); ++i) {
    const OpenDemand& demand = facts.demands[i];
    demand_of_key_[demand.key] = i;
    Standing& standing = now_.emplace_back(Standing{demand.open, demand.instalments});
    std::stable_sort(standing.instalments.begin(), standing.instalments.end(),
                     [](const Instalment& a, const Instalment& b) { return a.due_on < b.due_on; });
    const auto add = [i](auto& to, const std::string& key) {
      if (key.empty()) return;
      Positions& positions = to[key];
      if (positions.empty() || positions.back() != i) positions.push_back(i);
    };
    const std::string reference = Plain(demand.reference);
    add(called_, reference);
    if (reference.size() >= kEndLength) {
      by_end_["<" + reference.substr(0, kEndLength)].push_back(reference);
      by_end_[">" + reference.substr(reference.size() - kEndLength)].push_back(reference);
    }
    for (const std::string& number : demand.case_numbers) add(called_, Plain(number));
    for (const std::string& number : demand.recovery_numbers) add(called_, Plain(number));
    for (const std::string& name : demand.debtor_names) add(of_name_, Plain(name));
    for (const std::string& account : demand.debtor_accounts) add(of_account_, account);
  }
  for (const Undo& undo : result.undone) GiveBack(undo);
  start_ = now_;
  taken_by_.resize(now_.size());
}

void Checker::GiveBack(const Undo& undo) {
  if (undo.demand_key.empty()) {
    left_[ForLookup(undo.original_entry_key)] -= undo.amount;
    return;
  }
  const auto it = demand_of_key_.find(ForLookup(undo.demand_key));
  if (it == demand_of_key_.end()) return;
  Standing& standing = now_[it->second];
  standing.open += undo.amount;
  Money rest = undo.amount;
  for (auto last = standing.instalments.rbegin(); last != standing.instalments.rend(); ++last) {
    const Money part = std::min(rest, last->amount - last->open);
    last->open += part;
    rest -= part;
  }
}

void Checker::Take(const Application& application) {
  left_[ForLookup(application.entry_key)] -= application.amount;
  const auto it = demand_of_key_.find(ForLookup(application.demand_key));
  if (it == demand_of_key_.end()) return;
  Standing& standing = now_[it->second];
  if (!before_amounts_) taken_by_[it->second] = application.entry_key;
  standing.open -= application.amount;
  Money rest = application.amount;
  for (Instalment& instalment : standing.instalments) {
    const Money part = std::min(rest, instalment.open);
    instalment.open -= part;
    rest -= part;
  }
}

std::vector<const Application*> Checker::Group() const {
  std::vector<const Application*> group;
  const std::string key = GroupKey(result_.applications[next_]);
  for (std::size_t i = next_; i < result_.applications.size(); ++i) {
    if (GroupKey(result_.applications[i]) != key) break;
    group.push_back(&result_.applications[i]);
  }
  return group;
}

absl::Status Checker::Step(bool prove) {
  const Application& application = result_.applications[next_];
  const Certificate& certificate = application.certificate;
  if (certificate.rule >= Rule::kPayerAndAmount && !before_amounts_) before_amounts_ = now_;
  const std::string group = GroupKey(application);
  const bool begins = group.empty() || group != group_;
  if (prove) {
    const auto entry = credits_.find(ForLookup(application.entry_key));
    const auto demand = demand_of_key_.find(ForLookup(application.demand_key));
    if (entry == credits_.end()) return Broken(application.entry_key, "is no credit");
    if (demand == demand_of_key_.end()) return Broken(application.demand_key, "is no demand");
    if (entry->second->reversal) return Broken(application.entry_key, "is a reversal");
    const Money left = left_.at(ForLookup(application.entry_key));
    const Money open = now_[demand->second].open;
    if (!application.amount.is_positive()) return Broken(application.entry_key, "applies nothing");
    if (application.amount > left) return Broken(application.entry_key, "applies more than came");
    if (application.amount > open) {
      return Broken(application.demand_key, "receives more than is open");
    }
    if (certificate.entry_before != left || certificate.open_before != open) {
      return Broken(application.entry_key, "the certificate states other amounts");
    }
    if (certificate.rule_version != policy_.rule_version) {
      return Broken(application.entry_key, "was decided by another version of the rules");
    }
    const auto lists = [](const std::vector<std::string_view>& all, std::string_view one) {
      return all.empty() || std::find(all.begin(), all.end(), one) != all.end();
    };
    if (!lists(certificate.chosen, application.demand_key)) {
      return Broken(application.demand_key, "is not among the chosen");
    }
    if (!lists(certificate.payments, application.entry_key)) {
      return Broken(application.entry_key, "is not among the payments");
    }
    const bool excludes =
        certificate.rule >= Rule::kPayerAndAmount && certificate.rule <= Rule::kPayerAndParts;
    if (!excludes && !certificate.taken.empty()) {
      return Broken(application.entry_key, "names demands that this rule does not exclude");
    }
    RECOUP_RETURN_IF_ERROR(Prove(application));
    if (begins && !group.empty()) RECOUP_RETURN_IF_ERROR(ProveGroup(Group()));
  }
  group_ = group;
  Take(application);
  ++next_;
  return absl::OkStatus();
}

absl::Status Checker::Whole() const {
  auto left = left_;
  for (const Break& b : result_.breaks) {
    if (ExplainsUnappliedMoney(b.kind)) left[ForLookup(b.entry_key)] -= b.amount;
  }
  for (const auto& [key, entry] : credits_) {
    if (!left.at(key).is_zero()) return Broken(entry->key, "some of its money is not explained");
  }
  for (std::size_t i = 0; i < now_.size(); ++i) {
    if (now_[i].open.is_negative() || now_[i].open > facts_.demands[i].amount) {
      return Broken(facts_.demands[i].key, "its open amount is out of range");
    }
  }
  return absl::OkStatus();
}

}  // namespace recoup::reconcile
