#include "hub/app/agreement_settlement.h"

#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/finished.h"
#include "hub/app/letters.h"
#include "hub/app/names.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/status.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/flat_quota.h"

namespace recoup::app {
namespace {

using domain::Agreement;
using domain::Demand;
using domain::DemandState;
using domain::Money;
using domain::QuotaCover;
using domain::Stage;

absl::StatusOr<Money> AskedOfDebtor(UnitOfWork& work, const LoadedDemand& loaded) {
  Money sum;
  for (const domain::DemandId id : loaded.recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand,
                            work.Find<Demand>(loaded.recovery.pool.value, id.value));
    const bool counts = demand != nullptr && demand->state != DemandState::kWithdrawn &&
                        demand->debtor_party == loaded.demand.debtor_party;
    if (counts) sum += demand->amount;
  }
  return sum;
}

absl::StatusOr<domain::QuotaFacts> QuotaFactsOf(UnitOfWork& work, const LoadedDemand& loaded) {
  domain::QuotaFacts facts;
  facts.third_party_kind = loaded.recovery.third_party_kind;
  facts.policy_kind =
      loaded.recovery.debtors[static_cast<std::size_t>(loaded.demand.debtor_index)].policy_kind;
  facts.judged = loaded.recovery.court_case.has_value();
  facts.accident_on = loaded.recovery.accident_on;
  facts.amount = loaded.demand.amount;
  RECOUP_ASSIGN_OR_RETURN(facts.asked_of_insurer, AskedOfDebtor(work, loaded));
  return facts;
}

void ExplainQuota(const Agreement& agreement, const domain::QuotaShare& share, Demand& demand) {
  const std::string name = NameOf(agreement.pool, agreement.id);
  const domain::Ratio quota{agreement.terms.quota_basis_points, domain::kBasisPoints};
  demand.explanation.steps.push_back({.label = "定额分摊协议：保险公司承担",
                                      .formula = "追偿金额 × 定额比例，四舍五入到分",
                                      .inputs = {domain::AmountInput("追偿金额", demand.amount),
                                                 domain::RatioInput("定额比例", quota)},
                                      .rule_id = "agreement.quota",
                                      .rule_version = "1",
                                      .source = name,
                                      .result = share.accepted,
                                      .result_text = {}});
  demand.explanation.steps.push_back(
      {.label = "定额分摊协议：基金放弃",
       .formula = "追偿金额 − 保险公司承担",
       .inputs = {domain::AmountInput("追偿金额", demand.amount),
                  domain::AmountInput("保险公司承担", share.accepted)},
       .rule_id = "agreement.rest",
       .rule_version = "1",
       .source = name,
       .result = share.relinquished,
       .result_text = {}});
}

absl::StatusOr<std::string> Settle(UnitOfWork& work, Agreement agreement, LoadedDemand& loaded) {
  Demand& demand = loaded.demand;
  RECOUP_ASSIGN_OR_RETURN(const domain::QuotaShare share,
                          domain::ShareOf(agreement.terms, demand.amount));
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, domain::DemandCommand::kAccept));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> accepted,
                          Spread(share.accepted, Held(demand, Stage::kClaimed)));
  RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kClaimed, Stage::kAgreed, accepted));
  RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kClaimed, Stage::kRelinquished,
                                   Held(demand, Stage::kClaimed)));
  ExplainQuota(agreement, share, demand);
  demand.agreement = agreement.id;
  ++agreement.settled_demands;
  agreement.accepted += share.accepted;
  agreement.relinquished += share.relinquished;
  work.Put(agreement);
  return absl::StrCat(
      "按定额分摊协议 ", NameOf(agreement.pool, agreement.id), " 结清：", demand.debtor_name,
      " 按 ", RatioText({agreement.terms.quota_basis_points, domain::kBasisPoints}), " 支付 ",
      share.accepted.ToYuanGrouped(), " 元，基金放弃 ", share.relinquished.ToYuanGrouped(), " 元");
}

// Nobody has answered it, paid on it or offered anything for it.
bool IsUntouched(const Demand& demand) {
  return (demand.state == DemandState::kIssued || demand.state == DemandState::kAcknowledged) &&
         demand.Sum(Stage::kClaimed) == demand.amount && demand.offers.empty();
}

}  // namespace

absl::StatusOr<std::string> SettleByAgreement(UnitOfWork& work, LoadedDemand& loaded) {
  const Demand& demand = loaded.demand;
  if (demand.debtor_kind != domain::DebtorKind::kInsurer || demand.debtor_party.empty()) return "";
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<Agreement> agreements,
      work.FindAllBy<Agreement>(domain::LookupKind::kAgreementOf,
                                domain::Key({demand.pool.value, demand.debtor_party.value})));
  if (agreements.empty()) return "";
  RECOUP_ASSIGN_OR_RETURN(const domain::QuotaFacts facts, QuotaFactsOf(work, loaded));
  std::string above_cap;
  for (Agreement& agreement : agreements) {
    const QuotaCover cover = domain::CoverOf(agreement.terms, facts);
    if (cover == QuotaCover::kCovered) return Settle(work, std::move(agreement), loaded);
    if (cover == QuotaCover::kAboveCap) {
      above_cap = absl::StrCat("向", demand.debtor_name, "主张合计 ",
                               facts.asked_of_insurer.ToYuanGrouped(), " 元，超过定额分摊协议 ",
                               NameOf(agreement.pool, agreement.id), " 的上限 ",
                               agreement.terms.cap.ToYuanGrouped(), " 元，按一般程序处理");
    }
  }
  return above_cap;
}

absl::Status RecordSettlement(UnitOfWork& work, LoadedDemand& loaded, std::string sentence) {
  if (!sentence.empty())
    AddTimeline(work, loaded.recovery,
                About(domain::TimelineKind::kAgreementApplied, loaded.demand, loaded.demand.open()),
                work.now(), std::move(sentence));
  if (!loaded.demand.agreement) return absl::OkStatus();
  // The insurer has acknowledged its quota of every such case beforehand (民法典 195).
  Interrupt(loaded, domain::InterruptionKind::kAcknowledgement, work.today(),
            NameOf(loaded.demand.pool, *loaded.demand.agreement));
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, loaded.demand, "demand.agreed"));
  return SettleFinished(work, loaded.advance_pointers(), &loaded.demand, loaded.recovery);
}

absl::Status SettleSentDemands(UnitOfWork& work, const Agreement& agreement) {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> keys,
                          work.FindAll(domain::LookupKind::kDemandOfDebtorParty,
                                       domain::Key({agreement.insurer.value})));
  for (const RecordKey& key : keys) {
    if (key.partition != agreement.pool.value) continue;
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(key.partition, key.id));
    if (demand == nullptr || !IsUntouched(*demand)) continue;
    RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded,
                            LoadDemand(work, agreement.pool, domain::DemandId{key.id}));
    RECOUP_ASSIGN_OR_RETURN(std::string sentence, SettleByAgreement(work, loaded));
    // Above the cap nothing changes for a demand that was sent long ago.
    if (!loaded.demand.agreement) continue;
    RECOUP_RETURN_IF_ERROR(RecordSettlement(work, loaded, std::move(sentence)));
    StoreDemand(work, loaded);
  }
  return absl::OkStatus();
}

}  // namespace recoup::app
