// The recovery funnel (追偿漏斗): how much was advanced, flagged, demanded, agreed, recovered and
// passed on, and at which stage each fen on the books stands now.
//
// Computed from the records of one snapshot and held against the balances of the tracking ledger in
// the same snapshot: a funnel that differs from the books by a fen is refused, never shown. Records
// are read one after another; memory grows with the rows and, for courts and kinds, by a few bytes
// with the recoveries.
#ifndef RECOUP_HUB_APP_FUNNEL_H_
#define RECOUP_HUB_APP_FUNNEL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/app/record_reader.h"
#include "hub/domain/records/ids.h"
#include "hub/domain/stage.h"

namespace recoup::app {

// Numbers equal recoup.v1.FunnelDimension.
enum class FunnelDimension { kPool = 1, kHospital = 2, kCourt = 3, kDebtor = 4, kKind = 5 };

struct FunnelGroup {
  std::string key;  // A party, a pool, or the name of an enumerator; empty: belongs to none.
  std::string name;
  domain::Money reported;  // In settlements that were not reversed, on the books or not.
  domain::StageAmounts stages;
  domain::Money given_up_asked;  // Of the relinquished: what was asked of a debtor before.

  // Each amount is part of the one before it.
  domain::Money flagged() const { return stages.total(); }
  domain::Money demanded() const;
  domain::Money agreed() const;
  domain::Money recovered() const;
  domain::Money passed_on() const { return stages.at(domain::Stage::kPassedOn); }
};

struct Funnel {
  std::vector<FunnelGroup> groups;  // The largest reported amount first.
  FunnelGroup total;
};

// LEDGER_LAW_BROKEN when the stages of a pool are not what its tracking ledger holds.
absl::StatusOr<Funnel> FunnelOf(RecordReader& reader, const std::vector<domain::PoolId>& pools,
                                FunnelDimension dimension);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_FUNNEL_H_
