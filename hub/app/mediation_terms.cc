#include "hub/app/mediation_terms.h"

#include <algorithm>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "hub/app/names.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::AgreedDemand;
using domain::Money;

// The same day of the month, or the month's last.
absl::CivilDay MonthsAfter(absl::CivilDay day, std::int64_t months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(last, absl::CivilDay(month) + (day.day() - 1));
}

void CheckInstalments(const AgreedDemand& term, absl::CivilDay from, absl::CivilDay until,
                      const std::string& path, Faults& faults) {
  if (term.instalments.empty()) return;
  Money sum;
  absl::CivilDay earliest = from;
  for (std::size_t i = 0; i < term.instalments.size(); ++i) {
    const domain::Instalment& one = term.instalments[i];
    const std::string of_one = absl::StrCat(path, ".instalments[", i, "]");
    if (one.due_on < earliest) {
      faults.Add(absl::StrCat(of_one, ".due_on"),
                 i == 0 ? "before the agreement" : "not after the instalment before it");
    }
    if (one.due_on > until) {
      faults.Add(
          absl::StrCat(of_one, ".due_on"),
          absl::StrCat("after ", absl::FormatCivilTime(until), ", the last day this pool allows"));
    }
    earliest = one.due_on + 1;
    sum += one.amount;
  }
  if (sum != term.agreed) {
    faults.Add(absl::StrCat(path, ".instalments"),
               absl::StrCat("sum to ", sum.ToYuan(), " yuan, not to ", term.agreed.ToYuan()));
  }
}

}  // namespace

absl::Status FaultOf(std::string field, std::string description) {
  Faults faults;
  faults.Add(std::move(field), std::move(description));
  return faults.ToStatus();
}

absl::Status ComputeShares(UnitOfWork& work, const domain::PoolId& pool,
                           std::vector<AgreedDemand>& terms) {
  constexpr std::int64_t kWhole = 10'000;
  for (AgreedDemand& term : terms) {
    if (!term.ratio_bp) continue;
    RECOUP_ASSIGN_OR_RETURN(const domain::Demand* demand,
                            work.Find<domain::Demand>(pool.value, term.demand.value));
    if (demand == nullptr) continue;
    RECOUP_ASSIGN_OR_RETURN(term.agreed, demand->open().Times({*term.ratio_bp, kWhole}));
    term.relinquished = demand->open() - term.agreed;
  }
  return absl::OkStatus();
}

absl::Status CheckTerms(UnitOfWork& work, const domain::Mediation& mediation,
                        const std::vector<AgreedDemand>& terms, absl::CivilDay from, TermsOf kind) {
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(
      const std::int64_t months,
      policy_data->Integer("mediation.instalment_months_max", mediation.pool.value, from));
  Faults faults;
  std::set<domain::DemandId> named;
  std::optional<domain::DemandId> over;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const AgreedDemand& term = terms[i];
    const std::string path = absl::StrCat("terms[", i, "]");
    if (std::find(mediation.demands.begin(), mediation.demands.end(), term.demand) ==
        mediation.demands.end()) {
      faults.Add(absl::StrCat(path, ".demand"), "not a demand of this mediation");
      continue;
    }
    if (!named.insert(term.demand).second) faults.Add(absl::StrCat(path, ".demand"), "named twice");
    CheckInstalments(term, from, MonthsAfter(from, months), path, faults);
    RECOUP_ASSIGN_OR_RETURN(const domain::Demand demand,
                            work.Get<domain::Demand>(mediation.pool.value, term.demand.value));
    RECOUP_ASSIGN_OR_RETURN(const Money together, term.agreed.Add(term.relinquished));
    if (together > demand.open()) {
      over = term.demand;
    } else if (kind == TermsOf::kAgreement && together != demand.open()) {
      faults.Add(path, absl::StrCat("agreed and relinquished are ", together.ToYuan(),
                                    " yuan together, open are ", demand.open().ToYuan()));
    }
  }
  if (kind == TermsOf::kAgreement && named.size() < mediation.demands.size())
    faults.Add("terms", "every demand of the mediation needs terms");
  if (!faults.empty()) return faults.ToStatus();
  if (over) {
    return MakeError(
        Reason::kAmountExceedsOpen,
        absl::StrCat("the terms give more than is open for ", NameOf(mediation.pool, *over)));
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
