#include "hub/app/amend_demand.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/books.h"
#include "hub/app/breaks.h"
#include "hub/app/demands.h"
#include "hub/app/finished.h"
#include "hub/app/letters.h"
#include "hub/app/payments.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/status.h"
#include "hub/domain/records/receipts.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::DemandCommand;
using domain::DemandState;
using domain::Money;
using domain::Stage;
using domain::StatementEntry;

absl::Status OpenRefund(UnitOfWork& work, const LowerDemand& command, const StatementEntry& entry,
                        const std::string& debtor, Money amount) {
  domain::Break finding;
  finding.pool = command.pool;
  finding.kind = domain::BreakKind::kOverpaid;
  finding.finding =
      absl::StrCat("case-refund:", entry.id.ToString(), ":", command.demand.ToString());
  finding.entry = entry.id;
  finding.demand = command.demand;
  finding.amount = amount;
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<domain::Break> known,
      work.FindBy<domain::Break>(domain::UniqueKeyKind::kBreakOfFinding,
                                 domain::Key({command.pool.value, finding.finding})));
  // Lowered twice: the break goes on speaking of the whole.
  if (known && known->state != domain::BreakState::kResolved) finding.amount += known->amount;
  finding.explanation = absl::StrCat(command.reason, "，", debtor, "已付款中有 ",
                                     finding.amount.ToYuanGrouped(), " 元超过应退金额。");
  finding.suggestion = "退还付款人；付款人同意抵付其他追偿函的，改为核销到该函。";
  return OpenBreak(work, finding);
}

absl::Status OpenPassedOn(UnitOfWork& work, const LowerDemand& command, const Demand& demand,
                          Money amount) {
  domain::Break finding;
  finding.pool = command.pool;
  finding.kind = domain::BreakKind::kCaseChanged;
  finding.finding = absl::StrCat("case-passed-on:", command.demand.ToString());
  finding.demand = command.demand;
  finding.amount = amount;
  finding.explanation =
      absl::StrCat(command.reason, "，", demand.debtor_name, "已付款中有 ", amount.ToYuanGrouped(),
                   " 元超过应退金额，但该款已上解基金，账户内已无此款可退。");
  finding.suggestion = "由基金拨回该款后退还付款人，办结后以“已说明”结束本差异。";
  return OpenBreak(work, finding);
}

// Youngest payment first. Returns what could not be taken back because it was passed on.
absl::StatusOr<Money> FreeOverpaid(UnitOfWork& work, const LowerDemand& command,
                                   const Demand& demand, Money overpaid) {
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<StatementEntry> entries,
      work.FindAllBy<StatementEntry>(domain::LookupKind::kEntryOfDemand,
                                     domain::Key({command.demand.value.ToBytes()})));
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.booked_on > b.booked_on; });
  for (StatementEntry& entry : entries) {
    RECOUP_ASSIGN_OR_RETURN(const Money undoable, Undoable(work, entry, command.demand));
    const Money part = std::min(undoable, overpaid);
    if (!part.is_positive()) continue;
    RECOUP_RETURN_IF_ERROR(UndoPayment(work, entry, command.demand, part, command.reason));
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(entry, domain::StatementEntryCommand::kUnapply));
    entry.held = true;
    work.Put(entry);
    RECOUP_RETURN_IF_ERROR(OpenRefund(work, command, entry, demand.debtor_name, part));
    overpaid -= part;
  }
  if (overpaid.is_positive()) {
    RECOUP_RETURN_IF_ERROR(OpenPassedOn(work, command, demand, overpaid));
  }
  return overpaid;
}

// A plan asks for the last instalments last, so a lower sum drops those.
void ShortenInstalments(Demand& demand, Money cut) {
  std::vector<domain::Instalment*> by_date;
  for (domain::Instalment& instalment : demand.instalments) by_date.push_back(&instalment);
  std::stable_sort(by_date.begin(), by_date.end(),
                   [](const auto* a, const auto* b) { return a->due_on > b->due_on; });
  for (domain::Instalment* instalment : by_date) {
    const Money part = std::min(cut, instalment->amount - instalment->paid);
    instalment->amount -= part;
    cut -= part;
  }
  std::erase_if(demand.instalments,
                [](const domain::Instalment& one) { return one.amount.is_zero(); });
}

absl::Status TakeBackOpen(UnitOfWork& work, LoadedDemand& loaded, Money cut) {
  Demand& demand = loaded.demand;
  std::vector<Money> open;
  for (const domain::DemandLine& line : demand.lines) open.push_back(line.stages.open());
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> parts, Spread(cut, open));
  ledger::Postings postings;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].is_zero()) continue;
    RECOUP_RETURN_IF_ERROR(
        ledger::UnclaimPart(loaded.advances[i], demand.lines[i], demand.id, parts[i], postings));
    demand.lines[i].amount -= parts[i];
  }
  demand.amount -= cut;
  RECOUP_RETURN_IF_ERROR(
      PostMovement(work, demand.pool, postings, loaded.advance_pointers(), {&demand}));
  return CompleteReversals(work, loaded);
}

// What was disputed was the old amount; the debtor may dispute the new one.
absl::Status EndDispute(UnitOfWork& work, LoadedDemand& loaded) {
  Demand& demand = loaded.demand;
  RECOUP_RETURN_IF_ERROR(
      MoveLines(work, loaded, Stage::kDisputed, Stage::kClaimed, Held(demand, Stage::kDisputed)));
  demand.disputed_time.reset();
  demand.dispute_reason.clear();
  for (domain::DemandLine& line : demand.lines) {
    line.dispute_ground.reset();
    line.dispute_reason.clear();
  }
  return absl::OkStatus();
}

absl::Status TellDebtor(UnitOfWork& work, LoadedDemand& loaded, Money before,
                        const LowerDemand& command) {
  Demand& demand = loaded.demand;
  std::string text =
      absl::StrCat(command.reason, "，对", demand.debtor_name, "的追偿由 ", before.ToYuanGrouped(),
                   " 元更正为 ", demand.amount.ToYuanGrouped(), " 元");
  if (demand.open().is_positive()) {
    std::optional<domain::CourtCase> court_case;
    if (loaded.recovery.court_case) {
      RECOUP_ASSIGN_OR_RETURN(court_case,
                              work.Get<domain::CourtCase>(loaded.recovery.court.value,
                                                          loaded.recovery.court_case->value));
    }
    RECOUP_ASSIGN_OR_RETURN(domain::Letter letter, WriteLetter(work, loaded, court_case));
    demand.letter = letter.id;
    absl::StrAppend(&text, "，尚欠 ", demand.open().ToYuanGrouped(), " 元，发出", letter.number,
                    "，付款参考号不变",
                    demand.debtor_party.empty() ? "；须送达义务人" : "；已电子送达");
    work.Put(letter);
  } else {
    absl::StrAppend(&text, "，已付清，不再请求付款",
                    demand.debtor_party.empty() ? "；须告知义务人" : "");
  }
  AddTimeline(work, loaded.recovery,
              About(domain::TimelineKind::kDemandAmended, demand, demand.amount), work.now(), text);
  return NotifyDebtor(work, demand, "demand.amended");
}

}  // namespace

absl::Status LowerDemandOf(UnitOfWork& work, const LowerDemand& command) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  const Money before = loaded.demand.amount;
  // Before any money moves: a mediation ends first.
  if (loaded.demand.state != DemandState::kPaid) {
    RECOUP_RETURN_IF_ERROR(domain::Next(loaded.demand.state, DemandCommand::kAmendToPaid).status());
  }
  Money floor = loaded.demand.relinquished();
  if (loaded.demand.applied() > command.amount) {
    const Money overpaid = loaded.demand.applied() - command.amount;
    RECOUP_ASSIGN_OR_RETURN(const Money kept, FreeOverpaid(work, command, loaded.demand, overpaid));
    RECOUP_ASSIGN_OR_RETURN(loaded, LoadDemand(work, command.pool, command.demand));
    floor += command.amount + kept;
  } else {
    floor += loaded.demand.applied();
  }
  const Money amount = std::max(command.amount, floor);
  if (amount.is_zero()) {
    RECOUP_RETURN_IF_ERROR(Withdraw(work, loaded, command.reason));
    StoreDemand(work, loaded);
    return absl::OkStatus();
  }
  Demand& demand = loaded.demand;
  if (amount >= demand.amount) return absl::OkStatus();  // All of it was passed on or given up.
  const Money cut = demand.amount - amount;
  const DemandCommand by =
      demand.open() == cut ? DemandCommand::kAmendToPaid : DemandCommand::kAmend;
  const bool disputed = demand.state == DemandState::kDisputed;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, by));
  if (!demand.instalments.empty()) demand.KeepTerms(work.now());
  RECOUP_RETURN_IF_ERROR(TakeBackOpen(work, loaded, cut));
  if (disputed) RECOUP_RETURN_IF_ERROR(EndDispute(work, loaded));
  ShortenInstalments(demand, cut);
  demand.revisions.push_back(
      {.amount = before, .until_time = work.now(), .reason = command.reason});
  demand.explanation = command.explanation;
  demand.case_number = loaded.recovery.case_number;
  RECOUP_RETURN_IF_ERROR(TellDebtor(work, loaded, before, command));
  RECOUP_RETURN_IF_ERROR(SettleFinished(work, loaded.advance_pointers(), &demand, loaded.recovery));
  StoreDemand(work, loaded);
  return absl::OkStatus();
}

}  // namespace recoup::app
