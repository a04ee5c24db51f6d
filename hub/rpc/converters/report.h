// Reports for a fund's people, as the API shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_REPORT_H_
#define RECOUP_HUB_RPC_CONVERTERS_REPORT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "hub/app/ageing.h"
#include "hub/app/debtor_account.h"
#include "hub/app/funnel.h"
#include "hub/app/limitation_clocks.h"
#include "hub/app/worklist.h"
#include "recoup/v1/fund_service.pb.h"

namespace recoup::rpc {

struct ReportMaker {
  std::string title;
  std::string actor;
  absl::Time now;
};

// The cut of each pool is that of the snapshot.
absl::Status HeadingToProto(app::ReadView& view, const std::vector<domain::PoolId>& pools,
                            const ReportMaker& maker, v1::ReportHeading* out);

void FunnelToProto(const app::Funnel& funnel, v1::GetFunnelResponse* out);
void AgeingToProto(const app::Ageing& ageing, v1::GetAgeingResponse* out);
void LimitationClockToProto(const domain::PoolId& pool, const app::LimitationClock& clock,
                            absl::CivilDay today, v1::LimitationRow* out);
void WorklistToProto(const app::Worklist& worklist, absl::CivilDay today,
                     v1::GetWorklistResponse* out);
void DebtorAccountToProto(const app::DebtorAccountOrder& order, const app::DebtorAccount& account,
                          v1::GetDebtorStatementResponse* out);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_REPORT_H_
