#include "hub/app/demands.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/agreement_settlement.h"
#include "hub/app/books.h"
#include "hub/app/breaks.h"
#include "hub/app/debtor_clock.h"
#include "hub/app/etag.h"
#include "hub/app/letters.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/app/share_limits.h"
#include "hub/app/timeline.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::AdvanceCommand;
using domain::AdvanceState;
using domain::Demand;
using domain::DemandCommand;
using domain::DemandState;
using domain::Money;
using domain::Stage;

absl::Status ClaimLines(UnitOfWork& work, LoadedDemand& loaded) {
  ledger::Postings postings;
  for (std::size_t i = 0; i < loaded.demand.lines.size(); ++i) {
    Advance& advance = loaded.advances[i];
    if (advance.state != AdvanceState::kOpen) {
      return Refuse(Reason::kIllegalTransition, "an advance of this demand is not open", "STATE",
                    NameOf(advance.pool, advance.id),
                    "the advance was reversed or settled; withdraw the demand");
    }
    RECOUP_RETURN_IF_ERROR(
        ledger::Claim(advance, loaded.demand.lines[i], loaded.demand.id, postings));
  }
  return PostMovement(work, loaded.demand.pool, postings, loaded.advance_pointers(),
                      {&loaded.demand});
}

}  // namespace

absl::StatusOr<std::optional<domain::CourtCase>> ConsentedCase(UnitOfWork& work,
                                                               const domain::Recovery& recovery) {
  if (!recovery.court_case) return std::nullopt;
  RECOUP_ASSIGN_OR_RETURN(
      domain::CourtCase court_case,
      work.Get<domain::CourtCase>(recovery.court.value, recovery.court_case->value));
  if (court_case.state != domain::CourtCaseState::kNotified) {
    return Refuse(Reason::kIllegalTransition, "the court does not consent to notices of this case",
                  "CONSENT", CourtCaseName(recovery.court, *recovery.court_case),
                  "the court must consent again, or push the case anew");
  }
  return court_case;
}

absl::StatusOr<absl::CivilDay> DueOn(UnitOfWork& work, const domain::PoolId& pool,
                                     const std::optional<absl::CivilDay>& given) {
  if (given) {
    if (*given >= work.today()) return *given;
    Faults faults;
    faults.Add("due_on", "in the past");
    return faults.ToStatus();
  }
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t days,
                          policy_data->Integer("demand.due_days", pool.value, work.today()));
  return work.today() + days;
}

std::vector<Advance*> LoadedDemand::advance_pointers() {
  std::vector<Advance*> pointers;
  for (Advance& advance : advances) pointers.push_back(&advance);
  return pointers;
}

absl::StatusOr<LoadedDemand> LoadDemand(UnitOfWork& work, const domain::PoolId& pool,
                                        domain::DemandId id) {
  LoadedDemand loaded;
  RECOUP_ASSIGN_OR_RETURN(loaded.demand, work.Get<Demand>(pool.value, id.value));
  RECOUP_ASSIGN_OR_RETURN(loaded.recovery,
                          work.Get<domain::Recovery>(pool.value, loaded.demand.recovery.value));
  for (const domain::DemandLine& line : loaded.demand.lines) {
    RECOUP_ASSIGN_OR_RETURN(Advance advance, work.Get<Advance>(pool.value, line.advance.value));
    loaded.advances.push_back(std::move(advance));
  }
  return loaded;
}

void StoreDemand(UnitOfWork& work, LoadedDemand& loaded) {
  for (Advance& advance : loaded.advances) work.Put(advance);
  work.Put(loaded.recovery);
  work.Put(loaded.demand);
}

absl::Status CompleteReversals(UnitOfWork& work, LoadedDemand& loaded) {
  for (Advance& advance : loaded.advances) {
    const bool done = advance.state == AdvanceState::kReversalPending &&
                      advance.stages.at(Stage::kAdvanced) == advance.amount;
    if (!done) continue;
    RECOUP_ASSIGN_OR_RETURN(const AdvanceState to,
                            domain::Next(advance.state, AdvanceCommand::kCompleteReversal));
    RECOUP_RETURN_IF_ERROR(TakeOffBooks(work, advance, to));
    RECOUP_RETURN_IF_ERROR(CloseBreak(work, advance.pool,
                                      absl::StrCat("settlement-reversed:", advance.id.ToString()),
                                      "追偿函已撤回，结算撤销完成"));
    AddTimeline(work, loaded.recovery,
                About(domain::TimelineKind::kSettlementReversed, advance, advance.amount),
                work.now(),
                absl::StrCat("医院撤销的结算 ", advance.settlement_id, " 已完成撤销，垫付 ",
                             advance.amount.ToYuanGrouped(), " 元不再在账"));
  }
  return absl::OkStatus();
}

absl::StatusOr<IssuedDemand> IssueDemandOf(const IssueDemand& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  Demand& demand = loaded.demand;
  RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, demand.version));
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kIssue));
  RECOUP_ASSIGN_OR_RETURN(loaded.recovery.state,
                          domain::Next(loaded.recovery.state, domain::RecoveryCommand::kDemand));
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::CourtCase> court_case,
                          ConsentedCase(work, loaded.recovery));
  RECOUP_ASSIGN_OR_RETURN(demand.due_on, DueOn(work, command.pool, command.due_on));
  demand.issued_on = work.today();
  RECOUP_RETURN_IF_ERROR(ClaimLines(work, loaded));
  // Before the letter: it asks for what is then still open.
  RECOUP_ASSIGN_OR_RETURN(std::string by_agreement, SettleByAgreement(work, loaded));

  RECOUP_ASSIGN_OR_RETURN(domain::Letter letter, WriteLetter(work, loaded, court_case));
  demand.letter = letter.id;
  if (!demand.debtor_party.empty()) {
    RECOUP_RETURN_IF_ERROR(work.Notify(demand.debtor_party, KeyOf(demand), "demand.issued"));
    domain::Debtor& debtor = loaded.recovery.debtors[static_cast<std::size_t>(demand.debtor_index)];
    debtor.interruptions.push_back({.kind = domain::InterruptionKind::kDemand,
                                    .date = work.today(),
                                    .ended_on = std::nullopt,
                                    .debtor = demand.debtor_name,
                                    .evidence = absl::StrCat("电子送达，函号 ", letter.number)});
  }
  AddTimeline(work, loaded.recovery,
              About(domain::TimelineKind::kDemandIssued, demand, demand.amount), work.now(),
              absl::StrCat("向", demand.debtor_name, "发出", letter.number, "，金额 ",
                           demand.amount.ToYuanGrouped(), " 元，",
                           absl::FormatCivilTime(*demand.due_on), " 前付清",
                           demand.debtor_party.empty() ? "；送达后请登记送达证明，以中断诉讼时效"
                                                       : "；已电子送达，诉讼时效中断"));
  RECOUP_RETURN_IF_ERROR(RecordSettlement(work, loaded, std::move(by_agreement)));
  StoreDemand(work, loaded);
  work.Put(letter);
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* policy_data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(
      domain::Limitation limitation,
      ReadLimitationOfDebtor(work, loaded.recovery, static_cast<std::size_t>(demand.debtor_index),
                             work.today(), *policy_data));
  return IssuedDemand{std::move(loaded.demand), std::move(letter), std::move(limitation)};
}

absl::Status Withdraw(UnitOfWork& work, LoadedDemand& loaded, const std::string& reason) {
  Demand& demand = loaded.demand;
  const bool issued = demand.is_issued();
  const Money gone = demand.applied() + demand.relinquished();
  if (issued && gone.is_positive()) {
    return Refuse(Reason::kIllegalTransition, "money was paid or relinquished on this demand",
                  "AMOUNT", NameOf(demand.pool, demand.id),
                  absl::StrCat(gone.ToYuanGrouped(), " 元已核销或已放弃；先取消核销"));
  }
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, DemandCommand::kWithdraw));
  if (issued) {
    ledger::Postings postings;
    for (std::size_t i = 0; i < demand.lines.size(); ++i) {
      RECOUP_RETURN_IF_ERROR(
          ledger::Unclaim(loaded.advances[i], demand.lines[i], demand.id, postings));
    }
    RECOUP_RETURN_IF_ERROR(
        PostMovement(work, demand.pool, postings, loaded.advance_pointers(), {&demand}));
    if (!demand.debtor_party.empty()) {
      RECOUP_RETURN_IF_ERROR(work.Notify(demand.debtor_party, KeyOf(demand), "demand.withdrawn"));
    }
  }
  AddTimeline(work, loaded.recovery,
              About(domain::TimelineKind::kDemandWithdrawn, demand, demand.amount), work.now(),
              absl::StrCat("撤回对", demand.debtor_name, "的追偿 ", demand.amount.ToYuanGrouped(),
                           " 元：", reason));
  return CompleteReversals(work, loaded);
}

absl::StatusOr<Demand> WithdrawDemandOf(const WithdrawDemand& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, loaded.demand.version));
  RECOUP_RETURN_IF_ERROR(Withdraw(work, loaded, command.reason));
  StoreDemand(work, loaded);
  if (loaded.demand.debtor_kind == domain::DebtorKind::kInsurer) {
    RECOUP_RETURN_IF_ERROR(ShareLimitsOf(work, loaded.recovery, kAnotherVictim));
  }
  return std::move(loaded.demand);
}

}  // namespace recoup::app
