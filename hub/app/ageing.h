// Open amounts by age (账龄): of each debtor or kind of debtor, what is not due, and what has been
// due, or asked, for how many days.
//
// Read from the open demands of one snapshot and held against the tracking ledger: their sum is
// what the ledger holds as claimed, disputed, in mediation and agreed, else the ageing is refused.
#ifndef RECOUP_HUB_APP_AGEING_H_
#define RECOUP_HUB_APP_AGEING_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/app/record_reader.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {

// Numbers equal recoup.v1.AgeingBasis and AgeingDimension.
enum class AgeingBasis { kDue = 1, kIssued = 2 };
enum class AgeingDimension { kDebtor = 1, kKind = 2 };

// Bucket 0 holds what is not due; bucket n what is more than kAgeDays[n - 1] days old and at most
// kAgeDays[n], the last one everything older.
inline constexpr std::array<std::int64_t, 6> kAgeDays = {0, 30, 60, 90, 180, 365};
inline constexpr std::size_t kAgeBuckets = kAgeDays.size() + 1;
std::size_t AgeBucketOf(std::int64_t days);

struct AgeingGroup {
  domain::PartyId debtor;  // Empty when the group is not one party.
  domain::DebtorKind kind = domain::DebtorKind::kPerson;
  std::string name;
  std::int64_t demands = 0;
  std::array<domain::Money, kAgeBuckets> open;

  domain::Money total() const;
  void Add(const AgeingGroup& other);
};

struct Ageing {
  std::vector<AgeingGroup> groups;  // The largest open amount first.
  AgeingGroup total;
};

absl::StatusOr<Ageing> AgeingOf(RecordReader& reader, const domain::PoolId& pool,
                                absl::CivilDay today, AgeingBasis basis, AgeingDimension dimension);

// The age of each part of what is open of a demand; they sum to demand.open(). Instalments age by
// their own due dates, what they do not cover by that of the demand.
std::array<domain::Money, kAgeBuckets> AgesOf(const domain::Demand& demand, absl::CivilDay today,
                                              AgeingBasis basis);

// All but the `rows_max` - 1 largest groups become one, so that the sum stays what it is.
void FoldSmall(Ageing& ageing, std::size_t rows_max);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_AGEING_H_
