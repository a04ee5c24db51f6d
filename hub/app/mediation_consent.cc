#include "hub/app/mediation_consent.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/mediation_terms.h"
#include "hub/app/names.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::AgreedDemand;
using domain::Demand;
using domain::Mediation;
using domain::Money;
using domain::PartyKind;

// Of two shares the shares are compared: their amounts follow what is open, which a payment
// changes.
bool SameTerms(const AgreedDemand& a, const AgreedDemand& b) {
  if (a.instalments != b.instalments) return false;
  if (a.ratio_bp && b.ratio_bp) return a.ratio_bp == b.ratio_bp;
  return a.agreed == b.agreed && a.relinquished == b.relinquished;
}

// Whether the last offer of one of `is_side` that names the demand offers these terms and stands on
// the day.
template <typename IsSide>
bool HasOffered(const Mediation& mediation, const AgreedDemand& term, absl::CivilDay day,
                const IsSide& is_side) {
  for (auto offer = mediation.offers.rbegin(); offer != mediation.offers.rend(); ++offer) {
    if (!is_side(domain::PartyId{offer->by})) continue;
    const auto of_demand =
        std::find_if(offer->terms.begin(), offer->terms.end(),
                     [&](const AgreedDemand& one) { return one.demand == term.demand; });
    if (of_demand == offer->terms.end()) continue;
    const bool stands = ChinaDate(offer->offered_time) <= day &&
                        (!offer->valid_until || *offer->valid_until >= day);
    return stands && SameTerms(*of_demand, term);
  }
  return false;
}

bool IsOfficerOfFund(const Caller& caller) {
  return caller.party.kind() == PartyKind::kFund && caller.actor != caller.party.value;
}

}  // namespace

absl::Status CheckConsent(UnitOfWork& work, const Mediation& mediation,
                          const AgreeMediation& command) {
  const bool by_mediator = work.caller().party.kind() == PartyKind::kMediator;
  if (command.protocol && !by_mediator) {
    return FaultOf("protocol", "only the mediation body records what its protocol proves");
  }
  if (command.protocol) return absl::OkStatus();
  const auto is_fund = [](const domain::PartyId& party) {
    return party.kind() == PartyKind::kFund;
  };
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  for (const AgreedDemand& term : command.terms) {
    RECOUP_ASSIGN_OR_RETURN(const Demand demand,
                            work.Get<Demand>(mediation.pool.value, term.demand.value));
    const std::string name = NameOf(mediation.pool, term.demand);
    const domain::PartyId& debtor = demand.debtor_party;
    if (!debtor.empty()) {
      const auto is_debtor = [&](const domain::PartyId& party) { return party == debtor; };
      if (!HasOffered(mediation, term, command.agreed_on, is_debtor)) {
        detail.preconditions.push_back(
            {"CONSENT", name,
             absl::StrCat(demand.debtor_name, " 尚未以相同条件提出或接受方案；",
                          by_mediator ? "或须登记双方签字的调解协议书（protocol）"
                                      : "由其在系统中提出相同方案后再登记")});
      }
    } else if (by_mediator) {
      detail.preconditions.push_back(
          {"CONSENT", name,
           absl::StrCat(demand.debtor_name,
                        " 不是系统参与方，其同意须以签字的调解协议书（protocol）证明")});
    } else if (!HasOffered(mediation, term, command.agreed_on, [](const domain::PartyId& party) {
                 return party.kind() == PartyKind::kFund || party.kind() == PartyKind::kMediator;
               })) {
      detail.preconditions.push_back({"CONSENT", name, "没有仍然有效的相同方案"});
    }
    if (by_mediator && !HasOffered(mediation, term, command.agreed_on, is_fund)) {
      detail.preconditions.push_back(
          {"CONSENT", name,
           "基金尚未以相同条件提出方案；或须登记双方签字的调解协议书（protocol）"});
    }
  }
  if (detail.preconditions.empty()) return absl::OkStatus();
  return MakeError("not every side has consented to these terms", std::move(detail));
}

absl::StatusOr<int> OfficersNeeded(UnitOfWork& work, const Mediation& mediation,
                                   std::int64_t limit_fen) {
  Money given_up;
  for (const AgreedDemand& term : mediation.agreement) {
    if (!term.relinquished.is_positive()) continue;
    RECOUP_ASSIGN_OR_RETURN(const Demand demand,
                            work.Get<Demand>(mediation.pool.value, term.demand.value));
    given_up += term.relinquished + demand.relinquished();
  }
  if (given_up.is_zero()) return 0;
  const int persons = given_up.fen() > limit_fen ? 2 : 1;
  return IsOfficerOfFund(work.caller()) ? persons - 1 : persons;
}

}  // namespace recoup::app
