#include "hub/app/revise_demands.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/amend_demand.h"
#include "hub/app/breaks.h"
#include "hub/app/draft_demands.h"
#include "hub/app/finished.h"
#include "hub/app/names.h"
#include "hub/app/timeline.h"
#include "hub/base/status.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {
namespace {

using domain::Debtor;
using domain::Demand;
using domain::DemandState;
using domain::Money;
using domain::Recovery;

// What one debtor owes now, and what it was asked for.
struct Claim {
  std::size_t debtor = 0;  // In the recovery.
  Money owed;
  std::vector<Money> per_advance;
  std::vector<Demand> issued;  // Oldest first.

  Money asked() const {
    Money sum;
    for (const Demand& demand : issued) sum += demand.amount;
    return sum;
  }
};

// Among the debtors so far; behind them when it is none of them. One that may be another is only
// taken for it where nothing else of this computation is.
std::size_t PlaceOf(const Debtor& debtor, const Recovery& recovery,
                    const std::vector<Claim>& claims) {
  for (std::size_t i = 0; i < recovery.debtors.size(); ++i) {
    if (IsSameDebtor(recovery.debtors[i], debtor)) return i;
  }
  for (std::size_t i = 0; i < recovery.debtors.size(); ++i) {
    if (MayBeSameDebtor(recovery.debtors[i], debtor) && claims[i].owed.is_zero()) return i;
  }
  return recovery.debtors.size();
}

// The debtors a demand points to keep their places; who owes nothing any more stays with zero.
std::vector<Claim> MergeDebtors(const domain::Apportionment& apportionment,
                                const std::vector<Debtor>& insurers, Recovery& recovery) {
  std::vector<Claim> claims(recovery.debtors.size());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    claims[i].debtor = i;
    recovery.debtors[i].amount = Money();
    recovery.debtors[i].share_basis_points.reset();
  }
  for (const domain::DebtorAmount& found : apportionment.debtors) {
    Debtor debtor;
    if (found.policy) debtor = insurers[*found.policy];
    debtor.kind = found.kind;
    debtor.name = found.name;
    debtor.amount = found.amount;
    debtor.jointly_with = found.jointly_with;
    debtor.share_basis_points = found.share_basis_points;
    const std::size_t index = PlaceOf(debtor, recovery, claims);
    if (index == recovery.debtors.size()) {
      recovery.debtors.push_back(std::move(debtor));
      claims.emplace_back().debtor = index;
    } else {
      debtor.interruptions = recovery.debtors[index].interruptions;
      recovery.debtors[index] = std::move(debtor);
    }
    claims[index].owed += found.amount;
    claims[index].per_advance = found.per_advance;
  }
  return claims;
}

absl::Status AddIssued(UnitOfWork& work, const Recovery& recovery, std::vector<Claim>& claims) {
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(Demand demand, work.Get<Demand>(recovery.pool.value, id.value));
    const auto debtor = static_cast<std::size_t>(demand.debtor_index);
    if (!demand.is_issued() || debtor >= claims.size()) continue;
    const Debtor& known = recovery.debtors[debtor];
    const bool cover_told = !demand.policy_kind && known.policy_kind;
    if (cover_told || (!demand.policy && known.policy)) {  // Registered, or told, since.
      demand.policy = known.policy;
      demand.policy_kind = known.policy_kind;
      work.Put(demand);
    }
    claims[debtor].issued.push_back(std::move(demand));
  }
  return absl::OkStatus();
}

std::string FindingOf(const Demand& demand) {
  return absl::StrCat("case-changed:", demand.id.ToString());
}

// `in_question` is what a person decides on.
absl::Status AskAboutDemand(UnitOfWork& work, const Demand& demand, Money owed, Money in_question,
                            const std::string& why, const std::string& reason) {
  domain::Break finding;
  finding.pool = demand.pool;
  finding.kind = domain::BreakKind::kCaseChanged;
  finding.finding = FindingOf(demand);
  finding.demand = demand.id;
  finding.amount = in_question;
  finding.explanation =
      absl::StrCat(reason, "，", demand.debtor_name, "按新案情应退 ", owed.ToYuanGrouped(),
                   " 元，追偿函请求 ", demand.amount.ToYuanGrouped(), " 元；", why);
  finding.suggestion =
      demand.state == DemandState::kMediating
          ? "请先结束调解，再以“按新案情更正”（AMEND）处理；维持原请求的，以“已说明”结束"
          : "以“按新案情更正”（AMEND）处理；维持原请求的，以“已说明”结束";
  return OpenBreak(work, finding);
}

// What is asked beyond what is owed comes off the youngest demand first.
absl::Status Lower(UnitOfWork& work, const Recovery& recovery, const Claim& claim,
                   const DemandsRevision& revision) {
  Money cut = claim.asked() - claim.owed;
  for (auto it = claim.issued.rbegin(); it != claim.issued.rend() && cut.is_positive(); ++it) {
    const Demand& demand = *it;
    Money to = demand.amount > cut ? demand.amount - cut : Money();
    cut -= demand.amount - to;
    const bool decided = revision.decided == demand.id;
    const std::string why = NeedsPersonToAmend(demand);
    if (!why.empty() && !decided) {
      RECOUP_RETURN_IF_ERROR(
          AskAboutDemand(work, demand, to, demand.amount - to, why, revision.reason));
      continue;
    }
    const bool asks = revision.keep_paid && !decided && demand.applied() > to;
    if (asks) {
      RECOUP_RETURN_IF_ERROR(AskAboutDemand(
          work, demand, to, demand.applied() - to,
          absl::StrCat("已付 ", demand.applied().ToYuanGrouped(), " 元是否退还须人工决定"),
          revision.reason));
      to = demand.applied();
      if (to >= demand.amount) continue;
    }
    RECOUP_RETURN_IF_ERROR(LowerDemandOf(
        work,
        {.pool = recovery.pool,
         .demand = demand.id,
         .amount = to,
         .explanation = ExplanationFor(recovery.explanation, recovery.debtors[claim.debtor], to),
         .reason = revision.reason}));
    if (asks) continue;
    RECOUP_RETURN_IF_ERROR(
        CloseBreak(work, recovery.pool, FindingOf(demand), "追偿函已按新案情更正"));
  }
  return absl::OkStatus();
}

// Over the advances of which this debtor is asked too little.
absl::StatusOr<std::vector<Money>> Missing(const Recovery& recovery, const Claim& claim) {
  std::vector<std::int64_t> weights;
  for (std::size_t i = 0; i < claim.per_advance.size(); ++i) {
    Money asked;
    for (const Demand& demand : claim.issued) {
      for (const domain::DemandLine& line : demand.lines) {
        if (line.advance == recovery.advances[i]) asked += line.amount;
      }
    }
    weights.push_back(std::max(claim.per_advance[i] - asked, Money()).fen());
  }
  return domain::Split(claim.owed - claim.asked(), weights);
}

absl::Status Raise(UnitOfWork& work, Recovery& recovery, const Claim& claim,
                   const DemandsRevision& revision) {
  if (claim.issued.empty()) {
    return DraftDemand(work, recovery, claim.debtor, claim.per_advance, std::nullopt);
  }
  const Demand& latest = claim.issued.back();
  const std::string why = NeedsPersonToAmend(latest);
  if (!why.empty() && revision.decided != latest.id) {
    return AskAboutDemand(work, latest, latest.amount + claim.owed - claim.asked(),
                          claim.owed - claim.asked(), why, revision.reason);
  }
  RECOUP_RETURN_IF_ERROR(
      CloseBreak(work, recovery.pool, FindingOf(latest), "已按新案情拟补充追偿"));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> missing, Missing(recovery, claim));
  return DraftDemand(work, recovery, claim.debtor, missing, latest.id);
}

}  // namespace

std::string NeedsPersonToAmend(const Demand& demand) {
  if (demand.state == DemandState::kMediating) return "追偿函正在调解";
  if (!demand.instalments.empty() || (demand.mediation && demand.state == DemandState::kAgreed)) {
    return "义务人已就此达成协议";
  }
  if (demand.relinquished().is_positive()) return "此前已放弃其中一部分";
  return "";
}

std::string FindingOfRecovery(const Recovery& recovery) {
  return absl::StrCat("case-changed:", recovery.id.ToString());
}

absl::Status AskPerson(UnitOfWork& work, const Recovery& recovery, const std::string& what) {
  domain::Break finding;
  finding.pool = recovery.pool;
  finding.kind = domain::BreakKind::kCaseChanged;
  finding.finding = FindingOfRecovery(recovery);
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(recovery.pool.value, id.value));
    if (demand == nullptr || !demand->is_issued()) continue;
    finding.amount += demand->open();
    finding.candidates.push_back(id);
  }
  finding.explanation = what;
  finding.suggestion = absl::StrCat("查看追偿案 ", NameOf(recovery.pool, recovery.id),
                                    "，必要时撤回追偿函；办结后以“已说明”结束本差异");
  return OpenBreak(work, finding);
}

absl::Status ReviseDemands(UnitOfWork& work, Recovery& recovery,
                           const domain::Apportionment& apportionment,
                           const std::vector<Debtor>& insurers, const DemandsRevision& revision) {
  RECOUP_RETURN_IF_ERROR(WithdrawDrafts(work, recovery));
  std::vector<Claim> claims = MergeDebtors(apportionment, insurers, recovery);
  RECOUP_RETURN_IF_ERROR(AddIssued(work, recovery, claims));
  recovery.explanation = apportionment.explanation;
  recovery.obstacle.clear();
  work.Put(recovery);
  // What is given back first is there to be asked of others.
  for (const Claim& claim : claims) {
    if (claim.asked() > claim.owed) {
      RECOUP_RETURN_IF_ERROR(Lower(work, recovery, claim, revision));
    } else if (claim.asked() == claim.owed) {
      for (const Demand& demand : claim.issued) {
        RECOUP_RETURN_IF_ERROR(
            CloseBreak(work, recovery.pool, FindingOf(demand), "追偿函与案情一致"));
      }
    }
  }
  RECOUP_ASSIGN_OR_RETURN(recovery, work.Get<Recovery>(recovery.pool.value, recovery.id.value));
  for (const Claim& claim : claims) {
    if (claim.owed > claim.asked()) RECOUP_RETURN_IF_ERROR(Raise(work, recovery, claim, revision));
  }
  if (recovery.demands.empty()) return absl::OkStatus();
  return SettleFinished(work, {}, nullptr, recovery);
}

}  // namespace recoup::app
