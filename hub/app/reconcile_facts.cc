#include "hub/app/reconcile_facts.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/payments.h"
#include "hub/app/settlement_lines.h"
#include "hub/base/status.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/registry.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Direction;
using domain::LookupKind;
using domain::Money;
using domain::StatementEntry;
using domain::StatementEntryState;

class Loader {
 public:
  Loader(UnitOfWork& work, const domain::PoolId& pool,
         const std::set<domain::StatementEntryId>& other_rule)
      : work_(work), pool_(pool), other_rule_(other_rule) {}

  absl::StatusOr<LoadedFacts> Load() {
    out_.facts.as_of = work_.today();
    RECOUP_RETURN_IF_ERROR(LoadEntries());
    RECOUP_RETURN_IF_ERROR(LoadAdvices());
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> open,
                            work_.FindAll(LookupKind::kDemandOpen, domain::Key({pool_.value})));
    for (const RecordKey& key : open) demands_.insert({key.id});
    RECOUP_RETURN_IF_ERROR(LoadDemands());
    return std::move(out_);
  }

 private:
  absl::Status LoadEntries() {
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<StatementEntry> entries,
        work_.FindAllBy<StatementEntry>(LookupKind::kEntryUnsettled, domain::Key({pool_.value})));
    for (const StatementEntry& entry : entries) {
      if (!IsDecidedOn(entry)) continue;
      decided_.insert(entry.id);
      out_.facts.entries.push_back(BankEntryOf(entry));
    }
    for (const StatementEntry& entry : entries) {
      if (!IsDecidedOn(entry)) continue;
      if (entry.direction == Direction::kCredit) {
        RECOUP_RETURN_IF_ERROR(LoadNamed(entry));
      } else {
        RECOUP_RETURN_IF_ERROR(LoadReturnable(entry));
      }
    }
    return absl::OkStatus();
  }

  bool IsDecidedOn(const StatementEntry& entry) const {
    return entry.state != StatementEntryState::kPartiallyApplied && !entry.held &&
           !other_rule_.contains(entry.id);
  }

  absl::StatusOr<std::optional<Demand>> DemandOfReference(const std::string& reference) {
    if (reference.empty()) return std::nullopt;
    RECOUP_ASSIGN_OR_RETURN(
        std::optional<Demand> demand,
        work_.FindBy<Demand>(domain::UniqueKeyKind::kDemandOfReference, domain::Key({reference})));
    if (demand && demand->pool != pool_) return std::nullopt;
    return demand;
  }

  // Paid demands that this credit may be meant for: without them a second payment cannot be told
  // from an unknown one.
  absl::Status LoadNamed(const StatementEntry& entry) {
    std::vector<std::string> references =
        reconcile::FindReferences(absl::StrCat(entry.end_to_end_id, " | ", entry.remittance_text));
    references.push_back(reconcile::NormaliseReference(entry.creditor_reference));
    for (const std::string& reference : references) {
      RECOUP_ASSIGN_OR_RETURN(const std::optional<Demand> demand, DemandOfReference(reference));
      if (demand) demands_.insert(demand->id);
    }
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<StatementEntry> alike,
        EntriesBy(LookupKind::kEntryOfAmount, absl::StrCat(entry.amount.fen())));
    for (const StatementEntry& other : alike) {
      for (const domain::Application& application : other.applications) {
        demands_.insert(application.demand);
      }
    }
    return absl::OkStatus();
  }

  // Credits that this debit may take back: of the same amount, or named by it.
  absl::Status LoadReturnable(const StatementEntry& debit) {
    std::vector<StatementEntry> candidates;
    const auto add = [&](std::vector<StatementEntry> found) {
      std::move(found.begin(), found.end(), std::back_inserter(candidates));
    };
    RECOUP_ASSIGN_OR_RETURN(
        std::vector<StatementEntry> found,
        EntriesBy(LookupKind::kEntryOfAmount, absl::StrCat(debit.amount.fen())));
    add(std::move(found));
    if (!debit.end_to_end_id.empty()) {
      RECOUP_ASSIGN_OR_RETURN(found, EntriesBy(LookupKind::kEntryOfPaymentId, debit.end_to_end_id));
      add(std::move(found));
    }
    RECOUP_ASSIGN_OR_RETURN(
        const std::optional<Demand> demand,
        DemandOfReference(reconcile::NormaliseReference(debit.creditor_reference)));
    if (demand) {
      RECOUP_ASSIGN_OR_RETURN(
          found, work_.FindAllBy<StatementEntry>(LookupKind::kEntryOfDemand,
                                                 domain::Key({demand->id.value.ToBytes()})));
      add(std::move(found));
    }
    for (const StatementEntry& credit : candidates) {
      if (decided_.contains(credit.id) || credit.booked_on > debit.booked_on) continue;
      RECOUP_ASSIGN_OR_RETURN(const bool undoable, AddEarlier(credit));
      if (!undoable) out_.passed_on.insert(debit.id.ToString());
    }
    return absl::OkStatus();
  }

  // False when money of it was passed on: what the account no longer holds cannot go back from it.
  absl::StatusOr<bool> AddEarlier(const StatementEntry& credit) {
    if (earlier_.contains(credit.id)) return true;
    if (credit.batched.is_positive()) return false;  // Its demands do not know it one by one.
    std::map<domain::DemandId, Money> applied;
    for (const domain::Application& application : credit.applications) {
      if (application.effective().is_positive()) {
        applied[application.demand] += application.effective();
      }
    }
    for (const auto& [demand, amount] : applied) {
      RECOUP_ASSIGN_OR_RETURN(const Money undoable, Undoable(work_, credit, demand));
      if (undoable < amount) return false;
    }
    earlier_.insert(credit.id);
    out_.facts.earlier_entries.push_back(BankEntryOf(credit));
    for (const auto& [demand, amount] : applied) {
      demands_.insert(demand);
      out_.facts.earlier_applications.push_back({credit.id.ToString(), demand.ToString(), amount});
    }
    return true;
  }

  // The youngest only: thousands of credits share an amount such as a limit of compulsory
  // insurance, and banks return payments within days.
  absl::StatusOr<std::vector<StatementEntry>> EntriesBy(LookupKind kind, const std::string& value) {
    constexpr std::size_t kAlikeMax = 200;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> keys,
                            work_.FindAll(kind, domain::Key({pool_.value, value})));
    std::vector<StatementEntry> entries;
    // Ids are in order of time.
    for (std::size_t i = keys.size() - std::min(keys.size(), kAlikeMax); i < keys.size(); ++i) {
      RECOUP_ASSIGN_OR_RETURN(StatementEntry entry,
                              work_.Get<StatementEntry>(keys[i].partition, keys[i].id));
      entries.push_back(std::move(entry));
    }
    return entries;
  }

  absl::Status LoadAdvices() {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::RemittanceAdvice> advices,
                            work_.FindAllBy<domain::RemittanceAdvice>(LookupKind::kAdviceOpen,
                                                                      domain::Key({pool_.value})));
    for (const domain::RemittanceAdvice& advice : advices) {
      if (advice.state != domain::RemittanceAdviceState::kSent) continue;
      reconcile::Advice fact;
      fact.key = advice.id.ToString();
      fact.payer_name = advice.payer_name;
      fact.total = advice.total;
      fact.paid_on = advice.paid_on;
      fact.end_to_end_id = advice.end_to_end_id;
      for (const domain::AdviceLine& line : advice.lines) {
        const std::string demand = line.demand.is_nil() ? "" : line.demand.ToString();
        if (!line.demand.is_nil()) demands_.insert(line.demand);
        fact.lines.push_back({demand, line.reference, line.amount});
        RECOUP_ASSIGN_OR_RETURN(const std::optional<Demand> named,
                                DemandOfReference(reconcile::NormaliseReference(line.reference)));
        if (named) demands_.insert(named->id);
      }
      out_.facts.advices.push_back(std::move(fact));
    }
    return absl::OkStatus();
  }

  // The names under which judgments and banks know the debtor.
  absl::StatusOr<std::vector<std::string>> NamesOf(const Demand& demand) {
    std::vector<std::string> names = {demand.debtor_name};
    if (demand.debtor_party.empty()) return names;
    const auto [known, added] = names_.try_emplace(demand.debtor_party.value);
    if (added) {
      RECOUP_ASSIGN_OR_RETURN(
          const std::optional<domain::Party> party,
          work_.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                      domain::Key({demand.debtor_party.value})));
      if (party) {
        known->second = party->aliases;
        known->second.push_back(party->display_name);
      }
    }
    names.insert(names.end(), known->second.begin(), known->second.end());
    return names;
  }

  absl::Status LoadDemands() {
    for (const domain::DemandId& id : demands_) {
      RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work_.Find<Demand>(pool_.value, id.value));
      if (demand == nullptr || !demand->is_issued()) continue;
      RECOUP_ASSIGN_OR_RETURN(std::vector<std::string> names, NamesOf(*demand));
      reconcile::OpenDemand fact = OpenDemandOf(*demand, std::move(names));
      RECOUP_ASSIGN_OR_RETURN(const Money reserved, ReservedOf(work_, *demand));
      if (reserved.is_positive()) {
        fact.open = Money();
        fact.instalments.clear();
      }
      out_.facts.demands.push_back(std::move(fact));
    }
    return absl::OkStatus();
  }

  UnitOfWork& work_;
  const domain::PoolId& pool_;
  const std::set<domain::StatementEntryId>& other_rule_;
  LoadedFacts out_;
  std::set<domain::StatementEntryId> decided_;
  std::set<domain::StatementEntryId> earlier_;
  std::set<domain::DemandId> demands_;
  std::map<std::string, std::vector<std::string>> names_;
};

}  // namespace

reconcile::BankEntry BankEntryOf(const StatementEntry& entry) {
  reconcile::BankEntry fact;
  fact.key = entry.id.ToString();
  fact.amount = entry.amount;
  fact.direction = entry.direction == Direction::kCredit ? reconcile::Direction::kCredit
                                                         : reconcile::Direction::kDebit;
  fact.reversal = entry.reversal;
  fact.booked_on = entry.booked_on;
  fact.valued_on = entry.valued_on;
  fact.bank_reference = entry.bank_reference;
  fact.end_to_end_id = entry.end_to_end_id;
  fact.creditor_reference = entry.creditor_reference;
  fact.free_text = entry.remittance_text;
  fact.counterparty_name = entry.counterparty_name;
  fact.counterparty_account = entry.counterparty_account;
  fact.return_info.is_return = !entry.return_reason.empty();
  fact.return_info.reason_code = entry.return_reason;
  // What went back to the payer, or is marked to.
  if (entry.direction == Direction::kCredit) {
    fact.returned_before = entry.amount - entry.applied() - entry.unapplied;
  }
  return fact;
}

reconcile::OpenDemand OpenDemandOf(const Demand& demand, std::vector<std::string> names) {
  reconcile::OpenDemand fact;
  fact.key = demand.id.ToString();
  fact.debtor_key = demand.debtor_party.empty() ? demand.debtor_name : demand.debtor_party.value;
  fact.reference = demand.reference;
  if (!demand.case_number.empty()) fact.case_numbers.push_back(demand.case_number);
  fact.debtor_names = std::move(names);
  fact.amount = demand.amount;
  fact.open = demand.open();
  if (demand.issued_on) fact.issued_on = *demand.issued_on;
  fact.due_on = demand.due_on;
  for (const domain::Instalment& instalment : demand.instalments) {
    fact.instalments.push_back(
        {instalment.due_on, instalment.amount, instalment.amount - instalment.paid});
  }
  return fact;
}

absl::StatusOr<LoadedFacts> LoadReconcileFacts(
    UnitOfWork& work, const domain::PoolId& pool,
    const std::set<domain::StatementEntryId>& other_rule) {
  return Loader(work, pool, other_rule).Load();
}

}  // namespace recoup::app
