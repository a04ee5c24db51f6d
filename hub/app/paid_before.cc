#include "hub/app/paid_before.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/reconcile_facts.h"
#include "hub/base/status.h"
#include "hub/domain/records/registry.h"
#include "hub/reconcile/reference_scan.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::LookupKind;
using domain::Money;

class PaidDemands {
 public:
  PaidDemands(UnitOfWork& work, const domain::PoolId& pool) : work_(work), pool_(pool) {}

  // Whether the payer has paid any.
  absl::StatusOr<bool> Add(const std::string& payer, Money amount) {
    const auto [it, added] = asked_.try_emplace({payer, amount}, false);
    if (!added) return it->second;
    const std::string token = work_.blinder().Name(reconcile::NormaliseName(payer));
    const std::string fen = absl::StrCat(amount.fen());
    RECOUP_ASSIGN_OR_RETURN(
        std::vector<RecordKey> keys,
        Youngest(LookupKind::kDemandPaidBy, domain::Key({pool_.value, token, fen})));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> others,
                            Youngest(LookupKind::kDemandPaidBy, domain::Key({pool_.value, token})));
    keys.insert(keys.end(), others.begin(), others.end());
    RECOUP_ASSIGN_OR_RETURN(
        const std::optional<domain::Party> party,
        work_.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfAlias, domain::Key({payer})));
    if (party) {
      const std::string& name = party->party.value;
      RECOUP_ASSIGN_OR_RETURN(
          std::vector<RecordKey> of_party,
          Youngest(LookupKind::kDemandPaidBy, domain::Key({pool_.value, name, fen})));
      if (of_party.empty()) {
        RECOUP_ASSIGN_OR_RETURN(of_party,
                                Youngest(LookupKind::kDemandOfDebtorParty, domain::Key({name})));
      }
      keys.insert(keys.end(), of_party.begin(), of_party.end());
    }
    for (const RecordKey& key : keys) {
      RECOUP_ASSIGN_OR_RETURN(const bool paid, AddDemand(key, payer));
      it->second = it->second || paid;
    }
    return it->second;
  }

  std::vector<reconcile::OpenDemand> Take() && {
    std::vector<reconcile::OpenDemand> facts;
    for (auto& [id, fact] : facts_) facts.push_back(std::move(fact));
    return facts;
  }

 private:
  // A few are enough to say what was paid before. An insurer has many demands and may have many
  // unknown payments: its keys are read once.
  absl::StatusOr<std::vector<RecordKey>> Youngest(LookupKind kind, const std::string& key) {
    constexpr std::size_t kMost = 20;
    const auto [known, added] = youngest_.try_emplace({kind, key});
    if (!added) return known->second;
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> all, work_.FindAll(kind, key));
    std::vector<RecordKey>& found = known->second;
    // Ids are in order of time.
    for (auto it = all.rbegin(); it != all.rend() && found.size() < kMost; ++it) {
      if (it->partition == pool_.value) found.push_back(*it);
    }
    return found;
  }

  absl::StatusOr<bool> AddDemand(const RecordKey& key, const std::string& payer) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work_.Find<Demand>(key.partition, key.id));
    if (demand == nullptr || demand->state != domain::DemandState::kPaid ||
        !demand->applied().is_positive()) {
      return false;
    }
    reconcile::OpenDemand& fact = facts_[demand->id];
    if (fact.key.empty()) fact = OpenDemandOf(*demand, {demand->debtor_name});
    if (std::find(fact.debtor_names.begin(), fact.debtor_names.end(), payer) ==
        fact.debtor_names.end()) {
      fact.debtor_names.push_back(payer);
    }
    return true;
  }

  UnitOfWork& work_;
  const domain::PoolId& pool_;
  std::map<std::pair<std::string, Money>, bool> asked_;
  std::map<std::pair<LookupKind, std::string>, std::vector<RecordKey>> youngest_;
  std::map<domain::DemandId, reconcile::OpenDemand> facts_;
};

}  // namespace

absl::StatusOr<reconcile::Facts> LoadPaidBefore(UnitOfWork& work, const domain::PoolId& pool,
                                                const reconcile::Facts& facts,
                                                const reconcile::Result& result) {
  reconcile::Facts paid;
  paid.as_of = facts.as_of;
  std::set<std::string_view> unknown;
  for (const reconcile::Break& found : result.breaks) {
    if (found.kind == reconcile::BreakKind::kUnknownPayment) unknown.insert(found.entry_key);
  }
  if (unknown.empty()) return paid;
  PaidDemands demands(work, pool);
  for (const reconcile::BankEntry& entry : facts.entries) {
    if (entry.reversal || entry.counterparty_name.empty() || !unknown.contains(entry.key)) continue;
    RECOUP_ASSIGN_OR_RETURN(
        const bool any, demands.Add(entry.counterparty_name, entry.amount - entry.returned_before));
    if (any) paid.entries.push_back(entry);
  }
  paid.demands = std::move(demands).Take();
  return paid;
}

}  // namespace recoup::app
