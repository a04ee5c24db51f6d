#include "hub/app/remittance_advices.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/names.h"
#include "hub/app/settlement_lines.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::AdviceLine;
using domain::Demand;
using domain::Money;
using domain::RemittanceAdvice;

bool SaysTheSame(const RemittanceAdvice& a, const RemittanceAdvice& b) {
  return a.paid_on == b.paid_on && a.total == b.total && a.payer_account == b.payer_account &&
         a.bank_reference == b.bank_reference && a.end_to_end_id == b.end_to_end_id &&
         std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(),
                    [](const AdviceLine& x, const AdviceLine& y) {
                      return x.demand == y.demand && x.amount == y.amount;
                    });
}

absl::StatusOr<std::optional<Demand>> DemandOf(UnitOfWork& work, const domain::PoolId& pool,
                                               const AdviceLine& line) {
  if (line.demand.is_nil())
    return work.FindBy<Demand>(domain::UniqueKeyKind::kDemandOfReference,
                               domain::Key({line.reference}));
  RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(pool.value, line.demand.value));
  if (demand == nullptr) return std::nullopt;
  return *demand;
}

// Completes each line with the demand and its reference.
absl::Status ResolveLines(UnitOfWork& work, RemittanceAdvice& advice) {
  Faults faults;
  std::set<domain::DemandId> named;
  Reason reason = Reason::kInvalidArgument;
  Money sum;
  for (std::size_t i = 0; i < advice.lines.size(); ++i) {
    AdviceLine& line = advice.lines[i];
    const std::string path = absl::StrCat("remittance_advice.lines[", i, "]");
    RECOUP_ASSIGN_OR_RETURN(const std::optional<Demand> demand, DemandOf(work, advice.pool, line));
    RECOUP_ASSIGN_OR_RETURN(sum, sum.Add(line.amount));
    if (!demand || !demand->is_issued() || demand->debtor_party != advice.payer) {
      faults.Add(path, "no such demand");
      reason = Reason::kNotFound;
      continue;
    }
    if (demand->pool != advice.pool) {
      faults.Add(path, absl::StrCat("is of ", PoolName(demand->pool), ", not of ",
                                    PoolName(advice.pool), ": send one advice per pool"));
    }
    if (!line.reference.empty() && line.reference != demand->reference)
      faults.Add(absl::StrCat(path, ".reference"), "is not the reference of the demand");
    if (!named.insert(demand->id).second) faults.Add(path, "names its demand a second time");
    line.demand = demand->id;
    line.reference = demand->reference;
  }
  if (sum != advice.total) {
    faults.Add(
        "remittance_advice.amount_fen",
        absl::StrCat("is ", advice.total.ToYuan(), " yuan, the lines sum to ", sum.ToYuan()));
  }
  return faults.ToStatus(reason);
}

// What a closed batch pays may not be paid by a payment of its own as well.
absl::Status CheckNotReserved(UnitOfWork& work, const RemittanceAdvice& advice) {
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  for (const AdviceLine& line : advice.lines) {
    RECOUP_ASSIGN_OR_RETURN(const Demand demand,
                            work.Get<Demand>(advice.pool.value, line.demand.value));
    RECOUP_ASSIGN_OR_RETURN(const Money reserved, ReservedOf(work, demand));
    if (reserved.is_zero() || line.amount <= demand.open() - reserved) continue;
    detail.preconditions.push_back(
        {"SETTLEMENT_BATCH", NameOf(demand.pool, demand.id),
         absl::StrCat("其中 ", reserved.ToYuanGrouped(),
                      " 元已列入截止的结算批次，由该批次一并支付，不得另行付款")});
  }
  if (detail.preconditions.empty()) return absl::OkStatus();
  return MakeError("a settlement batch that is closed pays what the advice names",
                   std::move(detail));
}

}  // namespace

absl::StatusOr<RemittanceAdvice> SendRemittanceAdviceOf(const SendRemittanceAdvice& command,
                                                        UnitOfWork& work) {
  RemittanceAdvice advice = command.advice;
  advice.pool = command.pool;
  advice.payer = work.caller().party;
  RECOUP_RETURN_IF_ERROR(ResolveLines(work, advice));
  advice.id = work.NewId<domain::RemittanceAdviceId>();
  advice.advice_number = !advice.end_to_end_id.empty()    ? advice.end_to_end_id
                         : !advice.bank_reference.empty() ? advice.bank_reference
                                                          : advice.id.ToString();
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<RemittanceAdvice> known,
      work.FindBy<RemittanceAdvice>(
          domain::UniqueKeyKind::kAdviceOfSender,
          domain::Key({advice.pool.value, advice.payer.value, advice.advice_number})));
  if (known) {
    if (SaysTheSame(*known, advice)) return *known;
    return MakeError(Reason::kAlreadyExistsWithOtherContent,
                     "an advice with this reference says something else");
  }
  RECOUP_RETURN_IF_ERROR(CheckNotReserved(work, advice));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> party,
                          work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                     domain::Key({advice.payer.value})));
  advice.payer_name = party ? party->display_name : advice.payer.value;
  advice.recorded_time = work.now();
  work.Put(advice);
  return advice;
}

}  // namespace recoup::app
