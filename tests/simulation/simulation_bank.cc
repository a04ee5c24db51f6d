// What the bank reports in the simulation, and what officers make of it.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/app/decide_approval.h"
#include "hub/app/pass_on.h"
#include "hub/app/reconcile.h"
#include "hub/app/resolve_break.h"
#include "tests/app/payment_story.h"
#include "tests/simulation/simulation.h"

namespace recoup::testing {

StatementEntry Simulation::NextEntry(UnitOfWork& work, Words& w, int number) {
  const std::string bank_reference = absl::StrCat("B", number);
  StatementEntry entry =
      Credit(work.today(), Money::Fen(1 + static_cast<std::int64_t>(w.Below(3000))), bank_reference,
             "不明单位", "往来");
  entry.end_to_end_id = absl::StrCat("E", number);
  const auto unsettled = [&](LookupKind kind) {
    return *work.FindAllBy<StatementEntry>(kind, domain::Key({pool_.value}));
  };
  const std::uint64_t dice = w.Below(100);
  if (dice < 65 && !live_.empty()) {
    const auto demand = work.Get<Demand>(pool_.value, w.Pick(live_).value);
    if (!demand.ok()) return entry;
    const Money open = demand->open();
    entry.amount = open.is_positive() ? w.Part(open) : w.Part(demand->amount);
    if (w.Chance(15)) entry.amount += Money::Fen(1 + static_cast<std::int64_t>(w.Below(500)));
    entry.counterparty_name = kInsurer;
    if (w.Chance(40)) {
      entry.creditor_reference = demand->reference;
    } else if (w.Chance(70)) {
      entry.remittance_text = absl::StrCat("赔款", demand->reference, w.Chance(20) ? "结清" : "");
    }
  } else if (dice < 80 && !credits_.empty()) {
    const auto paid = work.Get<StatementEntry>(pool_.value, w.Pick(credits_).value);
    if (!paid.ok()) return entry;
    entry = Debit(work.today(), w.Chance(80) ? paid->amount : w.Part(paid->amount), bank_reference,
                  paid->counterparty_name, "退汇");
    entry.end_to_end_id = paid->end_to_end_id;
    entry.return_reason = "AC04";
  } else if (dice < 92) {
    const std::vector<StatementEntry> refundable = unsettled(LookupKind::kEntryRefundable);
    if (refundable.empty()) return entry;
    const StatementEntry& paid = w.Pick(refundable);
    entry = Debit(work.today(), paid.refundable, bank_reference, paid.counterparty_name, "退款");
  } else if (dice < 95) {
    entry = Debit(work.today(), entry.amount, bank_reference, "某银行", "手续费");
  } else if (dice < 98) {
    const auto unpaid =
        *work.FindAllBy<domain::Delivery>(LookupKind::kDeliveryUnpaid, domain::Key({pool_.value}));
    if (unpaid.empty()) return entry;
    entry = Debit(work.today(), w.Pick(unpaid).payable(), bank_reference, "财政专户", "往来");
  } else if (!credits_.empty()) {
    const auto paid = work.Get<StatementEntry>(pool_.value, w.Pick(credits_).value);
    if (!paid.ok() || paid->delivery_event == 0) return entry;
    entry = Credit(work.today(), paid->amount, bank_reference, paid->counterparty_name, "退回");
    entry.end_to_end_id = paid->bank_reference;
    entry.return_reason = "AC01";
  }
  return entry;
}

void Simulation::Import() {
  if (random_.Next() % 10 == 0 && last_import_) {
    Do("import again", fund_, [this](UnitOfWork& work, Words) {
      return app::ImportStatementOf(*last_import_, work).status();
    });
    return;
  }
  if (imports_ % 40 == 0) balance_ = Money();  // Another account.
  const int number = ++imports_;
  std::optional<app::ImportStatement> sent;
  std::vector<domain::StatementEntryId> credits;
  const bool ok = Do("import", fund_, [&](UnitOfWork& work, Words w) -> absl::Status {
    std::vector<StatementEntry> entries;
    const std::uint64_t count = 1 + w.Below(2);
    for (std::uint64_t i = 0; i < count; ++i) {
      entries.push_back(NextEntry(work, w, number * 10 + static_cast<int>(i)));
    }
    app::ImportStatement command = StatementOf(pool_, absl::StrCat(number), balance_, work.today(),
                                               work.today(), std::move(entries));
    command.statement.account = absl::StrCat("A", (number - 1) / 40);
    if (w.Chance(3)) command.statement.closing += Money::Fen(1);
    sent = command;
    RECOUP_ASSIGN_OR_RETURN(const app::ImportAnswer answer, app::ImportStatementOf(command, work));
    RECOUP_ASSIGN_OR_RETURN(const std::vector<app::RecordKey> keys,
                            work.FindAll(LookupKind::kEntryOfStatementId,
                                         domain::Key({answer.statement.id.value.ToBytes()})));
    for (const app::RecordKey& key : keys) credits.push_back({key.id});
    return absl::OkStatus();
  });
  if (!ok) return;
  last_import_ = sent;
  balance_ = sent->statement.closing;
  for (const auto& id : credits) credits_.push_back(id);
  if (credits_.size() > 15) credits_.erase(credits_.begin(), credits_.end() - 15);
}

void Simulation::Reconcile() {
  const auto run = [this](app::ReconcileAnswer* out) {
    return [this, out](UnitOfWork& work, Words w) -> absl::Status {
      const app::Reconcile command{.pool = pool_, .verify = w.Chance(25)};
      RECOUP_ASSIGN_OR_RETURN(*out, app::ReconcileOf(command, work));
      return absl::OkStatus();
    };
  };
  app::ReconcileAnswer first;
  if (!Do("reconcile", fund_, run(&first))) return;
  if (random_.Next() % 10 != 0) return;
  const std::int64_t before = watch_.transfers();
  app::ReconcileAnswer second;
  Do("reconcile again", fund_, run(&second));
  EXPECT_EQ(watch_.transfers(), before) << "a second run moved money";
  EXPECT_EQ(second.opened.size() + second.closed.size(), 0u) << "a second run found something";
}

domain::BreakResolution Simulation::KindFor(const domain::Break& finding, Words& w) {
  using R = domain::BreakResolution;
  if (w.Chance(15)) return w.Pick(std::vector<R>{R::kApply, R::kRefund, R::kWriteOff, R::kNotOurs});
  switch (finding.kind) {
    case domain::BreakKind::kUnderpaid:
      return R::kWriteOff;
    case domain::BreakKind::kOverpaid:
    case domain::BreakKind::kDuplicatePayment:
    case domain::BreakKind::kUnknownPayment:
    case domain::BreakKind::kUnknownDebit:
    case domain::BreakKind::kAmbiguousPayment:
      return w.Pick(std::vector<R>{R::kApply, R::kRefund, R::kRefund, R::kNotOurs,
                                   w.Chance(4) ? R::kExplained : R::kRefund});
    case domain::BreakKind::kReturnedPayment:
    case domain::BreakKind::kLatePayment:
    case domain::BreakKind::kAdviceWithoutMoney:
    case domain::BreakKind::kSettlementReversed:
    case domain::BreakKind::kStatementGap:
    case domain::BreakKind::kPolicyLimitMismatch:
    case domain::BreakKind::kSplitMismatch:
    case domain::BreakKind::kStatementOverlap:
    case domain::BreakKind::kOpeningUnchecked:
    case domain::BreakKind::kUnpaidDelivery:
      return R::kExplained;
    case domain::BreakKind::kCaseChanged:
      return w.Chance(50) ? R::kAmend : R::kExplained;
  }
  return R::kExplained;
}

void Simulation::Resolve() {
  Do("resolve", fund_, [this](UnitOfWork& work, Words w) -> absl::Status {
    RECOUP_ASSIGN_OR_RETURN(
        std::vector<domain::Break> open,
        work.FindAllBy<domain::Break>(LookupKind::kBreakOpen, domain::Key({pool_.value})));
    if (!w.Chance(5)) {
      RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Approval> pending, Pending(work));
      std::erase_if(open, [&](const domain::Break& finding) {
        return std::any_of(pending.begin(), pending.end(), [&](const domain::Approval& approval) {
          return approval.finding == finding.id;
        });
      });
    }
    if (open.empty()) return app::NotFound("no break is open");
    // The oldest first, mostly, so that they do not pile up.
    const domain::Break& finding = w.Chance(70) ? open.front() : w.Pick(open);
    app::ResolveBreak command;
    command.pool = pool_;
    command.finding = finding.id;
    command.reason = "已核实";
    command.kind = KindFor(finding, w);
    if (finding.entry && !w.Chance(10)) {
      RECOUP_ASSIGN_OR_RETURN(const StatementEntry* entry,
                              work.Find<StatementEntry>(pool_.value, finding.entry->value));
      const bool credit = entry->direction == domain::Direction::kCredit;
      if (!credit) command.kind = domain::BreakResolution::kExplained;
    }
    if (command.kind == domain::BreakResolution::kApply && !live_.empty()) {
      const auto demand = work.Get<Demand>(pool_.value, w.Pick(live_).value);
      if (demand.ok() && demand->open().is_positive()) {
        const Money most = std::min(demand->open(), finding.amount);
        command.applications = {{demand->id, w.Part(std::max(most, Money::Fen(1)))}};
      }
      if (command.applications.empty()) command.kind = domain::BreakResolution::kRefund;
    }
    return app::ResolveBreakOf(command, work).status();
  });
}

void Simulation::PassOn() {
  Do("pass on", fund_, [this](UnitOfWork& work, Words w) -> absl::Status {
    app::PassOn command{pool_, {}, work.today(), ""};
    if (w.Chance(70) && !live_.empty()) command.demands = {w.Pick(live_)};
    return app::PassOnOf(command, work).status();
  });
}

void Simulation::Approve() {
  Do("approve", chief_, [this](UnitOfWork& work, Words w) -> absl::Status {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Approval> pending, Pending(work));
    if (pending.empty()) return app::NotFound("nothing waits");
    // Too late is an answer too: the demand may have been paid since.
    const domain::Approval& approval = w.Chance(70) ? pending.front() : w.Pick(pending);
    return app::DecideApprovalOf({pool_, approval.id, w.Chance(60), "复核"}, work).status();
  });
}

absl::StatusOr<std::vector<domain::Approval>> Simulation::Pending(UnitOfWork& work) const {
  return work.FindAllBy<domain::Approval>(LookupKind::kApprovalPending, domain::Key({pool_.value}));
}

}  // namespace recoup::testing
