#include "hub/rpc/handlers/fund_reports.h"

#include <algorithm>
#include <string>
#include <vector>

#include "hub/app/policy_book.h"
#include "hub/rpc/converters/report.h"

namespace recoup::rpc {
namespace {

constexpr std::int32_t kRowsMax = 10'000;

std::size_t RowsMax(FieldReader& in, std::int32_t asked, std::int32_t otherwise) {
  if (asked < 0 || asked > kRowsMax) in.Add("rows_max", absl::StrCat("not 0 to ", kRowsMax));
  return static_cast<std::size_t>(asked <= 0 ? otherwise : asked);
}

absl::Status MakeHeading(QueryContext& context, const std::vector<domain::PoolId>& pools,
                         std::string title, v1::ReportHeading* out) {
  return HeadingToProto(context.reader.view(), pools,
                        {std::move(title), context.admitted.caller.actor, context.now}, out);
}

// Faults of the request first, then whether the pool is the caller's.
absl::Status CheckRequest(QueryContext& context, const Faults& faults, const domain::PoolId& pool) {
  if (!faults.empty()) return faults.ToStatus();
  return CheckPool(context.admitted, pool);
}

}  // namespace

absl::Status GetDebtorStatement(const v1::GetDebtorStatementRequest& request, QueryContext& context,
                                v1::GetDebtorStatementResponse* response) {
  Faults faults;
  FieldReader in(faults);
  app::DebtorAccountOrder order;
  order.today = ChinaDate(context.now);
  order.sender = context.admitted.party->display_name;
  if (request.debtor().empty() == request.demand().empty()) {
    in.Add(request.debtor().empty() ? "demand" : "debtor", "either debtor or demand");
  }
  if (!request.demand().empty()) {
    const auto demand = in.Name<domain::DemandId>("demand", request.demand());
    order.pool = demand.pool;
    order.demand = demand.id;
  } else {
    order.debtor = in.Party("debtor", request.debtor(), Need::kOptional);
  }
  if (!request.pool().empty()) {
    const domain::PoolId pool = in.Pool("pool", request.pool());
    if (order.demand && pool != order.pool) in.Add("pool", "is not the pool of the demand");
    order.pool = pool;
  } else if (!order.demand) {
    in.Add("pool", "missing");
  }
  order.from = in.OptionalDay("from_on", request.from_on());
  order.until = in.OptionalDay("until_on", request.until_on()).value_or(order.today);
  if (order.until > order.today) in.Add("until_on", "is in the future");
  if (order.from && *order.from > order.until) in.Add("from_on", "is after until_on");
  RECOUP_RETURN_IF_ERROR(CheckRequest(context, faults, order.pool));
  RECOUP_ASSIGN_OR_RETURN(const app::DebtorAccount account,
                          app::DebtorAccountOf(context.reader, order));
  DebtorAccountToProto(order, account, response);
  return MakeHeading(context, {order.pool}, "追偿款对账单", response->mutable_heading());
}

absl::Status GetAgeing(const v1::GetAgeingRequest& request, QueryContext& context,
                       v1::GetAgeingResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool = in.Pool("pool", request.pool());
  const std::size_t rows_max = RowsMax(in, request.rows_max(), 500);
  const auto basis = request.age_basis() == v1::AGEING_BASIS_ISSUED ? app::AgeingBasis::kIssued
                                                                    : app::AgeingBasis::kDue;
  const auto dimension = request.dimension() == v1::AGEING_DIMENSION_KIND
                             ? app::AgeingDimension::kKind
                             : app::AgeingDimension::kDebtor;
  RECOUP_RETURN_IF_ERROR(CheckRequest(context, faults, pool));
  RECOUP_ASSIGN_OR_RETURN(
      app::Ageing ageing,
      app::AgeingOf(context.reader, pool, ChinaDate(context.now), basis, dimension));
  app::FoldSmall(ageing, rows_max);
  AgeingToProto(ageing, response);
  response->set_age_basis(static_cast<v1::AgeingBasis>(basis));
  return MakeHeading(context, {pool}, "应收追偿款账龄表", response->mutable_heading());
}

absl::Status GetFunnel(const v1::GetFunnelRequest& request, QueryContext& context,
                       v1::GetFunnelResponse* response) {
  Faults faults;
  FieldReader in(faults);
  std::vector<domain::PoolId> pools;
  for (int i = 0; i < request.pools_size(); ++i) {
    pools.push_back(in.Pool(absl::StrCat("pools[", i, "]"), request.pools(i)));
  }
  if (!faults.empty()) return faults.ToStatus();
  if (pools.empty()) pools = context.admitted.party->pools;
  for (std::size_t i = 0; i < pools.size(); ++i) {
    RECOUP_RETURN_IF_ERROR(CheckPool(context.admitted, pools[i]));
    if (std::find(pools.begin(), pools.begin() + static_cast<std::ptrdiff_t>(i), pools[i]) !=
        pools.begin() + static_cast<std::ptrdiff_t>(i)) {
      in.Add(absl::StrCat("pools[", i, "]"), "is there twice");
    }
  }
  if (!faults.empty()) return faults.ToStatus();
  const auto dimension = request.dimension() == v1::FUNNEL_DIMENSION_UNSPECIFIED
                             ? app::FunnelDimension::kPool
                             : static_cast<app::FunnelDimension>(request.dimension());
  RECOUP_ASSIGN_OR_RETURN(const app::Funnel funnel,
                          app::FunnelOf(context.reader, pools, dimension));
  FunnelToProto(funnel, response);
  response->set_dimension(static_cast<v1::FunnelDimension>(dimension));
  return MakeHeading(context, pools, "追偿漏斗", response->mutable_heading());
}

absl::Status GetLimitationClocks(const v1::GetLimitationClocksRequest& request,
                                 QueryContext& context, v1::GetLimitationClocksResponse* response) {
  Faults faults;
  FieldReader in(faults);
  const domain::PoolId pool = in.Pool("pool", request.pool());
  const auto until = in.OptionalDay("until_on", request.until_on());
  const std::size_t rows_max = RowsMax(in, request.rows_max(), 1'000);
  RECOUP_RETURN_IF_ERROR(CheckRequest(context, faults, pool));
  const absl::CivilDay today = ChinaDate(context.now);
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData data, app::LoadPolicyData(context.reader));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<app::LimitationClock> clocks,
                          app::LimitationClocksOf(context.reader, pool, today, data));
  domain::Money open;
  domain::Money expired;
  std::size_t count = 0;
  for (const app::LimitationClock& clock : clocks) {
    // One that stands still stays on the list: nobody knows its end.
    if (until && clock.expires_on && *clock.expires_on > *until) continue;
    open += clock.open;
    if (clock.state == domain::LimitationState::kExpired) expired += clock.open;
    if (++count <= rows_max) LimitationClockToProto(pool, clock, today, response->add_clocks());
  }
  response->set_clock_count(static_cast<std::int64_t>(count));
  response->set_open_fen(open.fen());
  response->set_expired_fen(expired.fen());
  return MakeHeading(context, {pool}, "诉讼时效清单", response->mutable_heading());
}

absl::Status GetWorklist(const v1::GetWorklistRequest& request, QueryContext& context,
                         v1::GetWorklistResponse* response) {
  Faults faults;
  FieldReader in(faults);
  app::WorklistOrder order;
  order.pool = in.Pool("pool", request.pool());
  order.today = ChinaDate(context.now);
  order.actor = context.admitted.caller.actor;
  order.items_max = RowsMax(in, request.rows_max(), 200);
  for (const int kind : request.kinds()) order.kinds.insert(static_cast<app::WorkKind>(kind));
  RECOUP_RETURN_IF_ERROR(CheckRequest(context, faults, order.pool));
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData data, app::LoadPolicyData(context.reader));
  RECOUP_ASSIGN_OR_RETURN(const app::Worklist worklist,
                          app::WorklistOf(context.reader, order, data));
  WorklistToProto(worklist, order.today, response);
  return MakeHeading(context, {order.pool}, "今日待办", response->mutable_heading());
}

}  // namespace recoup::rpc
