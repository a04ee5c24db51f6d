#include "hub/app/ageing.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <utility>

#include "hub/app/record_scan.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/records/open_parts.h"
#include "hub/ledger/accounts.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::Money;
using domain::Stage;

absl::StatusOr<Money> HeldOpen(RecordReader& reader, const domain::PoolId& pool) {
  RECOUP_ASSIGN_OR_RETURN(const ledger::Balances balances, reader.view().BalancesOf(pool.value));
  Money held;
  for (const Stage stage : {Stage::kClaimed, Stage::kDisputed, Stage::kMediating, Stage::kAgreed}) {
    held += balances.at(ledger::AccountOf(stage));
  }
  return held;
}

// One group for each debtor. Persons without a party are told apart by nothing but kind and name,
// which is enough for a sum and would not be for a letter.
std::tuple<std::string, int, std::string> KeyOf(const Demand& demand, AgeingDimension dimension) {
  const int kind = static_cast<int>(demand.debtor_kind);
  if (dimension == AgeingDimension::kKind) return {"", kind, ""};
  if (!demand.debtor_party.empty()) return {demand.debtor_party.value, 0, ""};
  return {"", kind, demand.debtor_name};
}

bool Larger(const AgeingGroup& a, const AgeingGroup& b) {
  return std::tuple(b.total(), a.name, a.debtor) < std::tuple(a.total(), b.name, b.debtor);
}

}  // namespace

std::size_t AgeBucketOf(std::int64_t days) {
  return static_cast<std::size_t>(std::lower_bound(kAgeDays.begin(), kAgeDays.end(), days) -
                                  kAgeDays.begin());
}

Money AgeingGroup::total() const { return std::accumulate(open.begin(), open.end(), Money()); }

void AgeingGroup::Add(const AgeingGroup& other) {
  demands += other.demands;
  for (std::size_t i = 0; i < kAgeBuckets; ++i) open[i] += other.open[i];
}

std::array<Money, kAgeBuckets> AgesOf(const Demand& demand, absl::CivilDay today,
                                      AgeingBasis basis) {
  std::array<Money, kAgeBuckets> ages;
  const auto add = [&](const std::optional<absl::CivilDay>& since, Money amount) {
    ages[since ? AgeBucketOf(today - *since) : 0] += amount;
  };
  if (basis == AgeingBasis::kIssued) {
    add(demand.issued_on, demand.open());
    return ages;
  }
  for (const domain::OpenPart& part :
       domain::OpenPartsOf(demand, demand.open(), absl::InfiniteFuture())) {
    add(part.due_on, part.open);
  }
  return ages;
}

absl::StatusOr<Ageing> AgeingOf(RecordReader& reader, const domain::PoolId& pool,
                                absl::CivilDay today, AgeingBasis basis,
                                AgeingDimension dimension) {
  std::map<std::tuple<std::string, int, std::string>, AgeingGroup> groups;
  RECOUP_RETURN_IF_ERROR(ForEachBy<Demand>(
      reader, domain::LookupKind::kDemandOpen, domain::Key({pool.value}),
      [&](const Demand& demand) {
        if (!demand.open().is_positive()) return absl::OkStatus();
        AgeingGroup& group = groups[KeyOf(demand, dimension)];
        if (group.demands == 0) {
          group.kind = demand.debtor_kind;
          const bool named = dimension == AgeingDimension::kDebtor;
          if (named) group.debtor = demand.debtor_party;
          group.name =
              named ? demand.debtor_name : std::string(domain::ChineseName(demand.debtor_kind));
        }
        AgeingGroup one;
        one.demands = 1;
        one.open = AgesOf(demand, today, basis);
        group.Add(one);
        return absl::OkStatus();
      }));
  Ageing out;
  for (auto& [key, group] : groups) {
    out.total.Add(group);
    out.groups.push_back(std::move(group));
  }
  out.total.name = "合计";
  std::sort(out.groups.begin(), out.groups.end(), Larger);
  RECOUP_ASSIGN_OR_RETURN(const Money held, HeldOpen(reader, pool));
  if (out.total.total() != held) {
    return MakeError(Reason::kLedgerLawBroken, absl::StrCat("the open demands of ", pool.value,
                                                            " sum to ", out.total.total().ToYuan(),
                                                            ", the ledger holds ", held.ToYuan()));
  }
  return out;
}

void FoldSmall(Ageing& ageing, std::size_t rows_max) {
  RECOUP_CHECK(rows_max > 0);
  if (ageing.groups.size() <= rows_max) return;
  AgeingGroup others;
  const auto first = ageing.groups.begin() + static_cast<std::ptrdiff_t>(rows_max) - 1;
  for (auto it = first; it != ageing.groups.end(); ++it) others.Add(*it);
  others.name = absl::StrCat("其余 ", ageing.groups.end() - first, " 户");
  ageing.groups.erase(first, ageing.groups.end());
  ageing.groups.push_back(std::move(others));
}

}  // namespace recoup::app
