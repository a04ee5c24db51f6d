#include "hub/app/reconcile.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/app/advice_finder.h"
#include "hub/app/at_once.h"
#include "hub/app/batch_entries.h"
#include "hub/app/books.h"
#include "hub/app/deliveries.h"
#include "hub/app/match_certificate.h"
#include "hub/app/paid_before.h"
#include "hub/app/payments.h"
#include "hub/app/reconcile_facts.h"
#include "hub/app/run_breaks.h"
#include "hub/app/settlement_receipts.h"
#include "hub/app/settlement_returns.h"
#include "hub/base/status.h"
#include "hub/reconcile/reconcile.h"
#include "hub/reconcile/reference_scan.h"
#include "hub/reconcile/verify.h"

namespace recoup::app {
namespace {

using domain::Direction;
using domain::LookupKind;
using domain::Money;
using domain::RemittanceAdvice;
using domain::StatementEntry;
using domain::StatementEntryCommand;
using domain::StatementEntryState;

// "RuleName: facts. 核销前未核销…，追偿函未付…": enough to follow the decision by hand.
std::string CertificateText(const reconcile::Application& application) {
  const reconcile::Certificate& c = application.certificate;
  return absl::StrCat(std::string(reconcile::RuleName(c.rule)), "/", std::string(c.rule_version),
                      c.token.empty() ? "" : absl::StrCat("；依据：", std::string(c.token)), "；",
                      absl::StrJoin(reconcile::FactsOf(c), "；"), "；核销前到账余额 ",
                      c.entry_before.ToYuanGrouped(), " 元，追偿函未付 ",
                      c.open_before.ToYuanGrouped(), " 元；另有 ", c.rivals, " 笔追偿函被排除");
}

class Reconciliation {
 public:
  Reconciliation(UnitOfWork& work, const Reconcile& command)
      : work_(work), pool_(command.pool), verify_(command.verify), breaks_(work, command.pool) {}

  absl::StatusOr<ReconcileAnswer> Run() {
    answer_.pool = pool_;
    RECOUP_RETURN_IF_ERROR(breaks_.Begin());
    RECOUP_RETURN_IF_ERROR(PayRefunds());
    RECOUP_RETURN_IF_ERROR(SettleBatches());
    RECOUP_RETURN_IF_ERROR(SettleDeliveries());
    // Each round settles at least one entry, so this ends.
    for (bool progress = true; progress;) {
      RECOUP_ASSIGN_OR_RETURN(progress, Round());
    }
    RECOUP_RETURN_IF_ERROR(breaks_.Finish(answer_.opened, answer_.closed));
    RECOUP_ASSIGN_OR_RETURN(const ledger::Balances balances, work_.BalancesOf(pool_.value));
    answer_.unapplied = balances.at(ledger::Account::kUnapplied);
    return std::move(answer_);
  }

 private:
  // Payments of settlement batches and their returns, what the account hands on for them, and one
  // page of lines.
  absl::Status SettleBatches() {
    RECOUP_ASSIGN_OR_RETURN(ReturnedBatches returned, FindBatchReturns(work_, pool_));
    RECOUP_RETURN_IF_ERROR(PostReturned(returned).status());
    RECOUP_ASSIGN_OR_RETURN(BatchReceipts receipts,
                            TakeBatchPayments(work_, pool_, returned, verify_));
    of_batches_ = std::move(receipts.entries);
    for (domain::Break& found : receipts.breaks) breaks_.Add(std::move(found));
    RECOUP_ASSIGN_OR_RETURN(const std::int32_t forwarded, PostForwards(work_, pool_));
    answer_.explained_count += forwarded;
    RECOUP_ASSIGN_OR_RETURN(answer_.settlement, WorkOffPage(work_, pool_));
    answer_.applied += answer_.settlement.paid;
    RECOUP_ASSIGN_OR_RETURN(const PostedReturns posted, PostReturned(returned));
    for (const domain::Break& found : posted.breaks) breaks_.Add(found);
    return absl::OkStatus();
  }

  // Debits that pay out what was passed on, and what the bank sent back of it.
  absl::Status SettleDeliveries() {
    RECOUP_ASSIGN_OR_RETURN(PostedDeliveries deliveries, PostDeliveries(work_, pool_, verify_));
    for (const domain::StatementEntryId& entry : deliveries.posted) breaks_.Moved(entry);
    answer_.explained_count += static_cast<std::int32_t>(deliveries.posted.size());
    for (domain::Break& found : deliveries.breaks) breaks_.Add(std::move(found));
    doubtful_deliveries_ = std::move(deliveries.doubtful);
    return absl::OkStatus();
  }

  // What the bank took back of settlement batches; what the account cannot pay yet is a break.
  absl::StatusOr<PostedReturns> PostReturned(ReturnedBatches& returned) {
    RECOUP_ASSIGN_OR_RETURN(PostedReturns posted, PostBatchReturns(work_, pool_, returned));
    answer_.explained_count += posted.posted;
    return posted;
  }

  absl::StatusOr<StatementEntry> EntryOf(std::string_view key) {
    return work_.Get<StatementEntry>(pool_.value, IdOf<domain::StatementEntryId>(key).value);
  }

  absl::Status Settle(StatementEntry& debit) {
    RECOUP_RETURN_IF_ERROR(SettleDebit(work_, debit));
    work_.Put(debit);
    breaks_.Moved(debit.id);
    ++answer_.explained_count;
    return absl::OkStatus();
  }

  // A debit that the bank does not call a return and that pays exactly what one entry is to give
  // back, to the one who had paid it.
  absl::Status PayRefunds() {
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<RecordKey> refundable,
        work_.FindAll(LookupKind::kEntryRefundable, domain::Key({pool_.value})));
    if (refundable.empty()) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(
        std::vector<StatementEntry> entries,
        work_.FindAllBy<StatementEntry>(LookupKind::kEntryUnsettled, domain::Key({pool_.value})));
    for (StatementEntry& debit : entries) {
      if (debit.direction != Direction::kDebit || debit.reversal || !debit.return_reason.empty())
        continue;
      std::vector<StatementEntry> fitting;
      for (const RecordKey& key : refundable) {
        RECOUP_ASSIGN_OR_RETURN(const StatementEntry* credit,
                                work_.Find<StatementEntry>(key.partition, key.id));
        if (credit->refundable == debit.amount && SamePayer(debit, *credit))
          fitting.push_back(*credit);
      }
      if (fitting.size() != 1) continue;
      StatementEntry& credit = fitting.front();
      ledger::Postings postings;
      ledger::Refund(credit.id, debit.amount, postings);
      RECOUP_RETURN_IF_ERROR(PostMovement(work_, pool_, postings, {}, {}));
      credit.refundable -= debit.amount;
      RECOUP_RETURN_IF_ERROR(UpdateEntryState(credit, StatementEntryCommand::kRefund));
      work_.Put(credit);
      debit.returns = credit.id;
      RECOUP_RETURN_IF_ERROR(Settle(debit));
    }
    return absl::OkStatus();
  }

  // True when something moved.
  absl::StatusOr<bool> Round() {
    RECOUP_ASSIGN_OR_RETURN(const LoadedFacts loaded,
                            LoadReconcileFacts(work_, pool_, of_batches_));
    const reconcile::ReconcilePolicy policy;
    constexpr std::size_t kForTwoThreads = 10'000;
    const std::size_t size = loaded.facts.entries.size() + loaded.facts.demands.size();
    RECOUP_ASSIGN_OR_RETURN(
        const reconcile::Result result,
        reconcile::Reconcile(reconcile::Pack(loaded.facts), policy,
                             size < kForTwoThreads ? reconcile::InTurn : AtOnce));
    if (verify_) RECOUP_RETURN_IF_ERROR(reconcile::VerifyResult(loaded.facts, policy, result));
    if (!result.undone.empty()) {
      // What a return opens again may be applied to in the next round.
      RECOUP_RETURN_IF_ERROR(Undo(result));
      return true;
    }
    if (!result.applications.empty()) {
      RECOUP_RETURN_IF_ERROR(Apply(loaded.facts, result));
      return true;
    }
    RECOUP_RETURN_IF_ERROR(AddBreaks(loaded, policy, result));
    for (const std::string_view key : result.outgoing) {
      RECOUP_ASSIGN_OR_RETURN(const StatementEntry debit, EntryOf(key));
      const auto doubt = doubtful_deliveries_.find(debit.id);
      breaks_.AddOutgoing(debit, loaded.passed_on,
                          doubt == doubtful_deliveries_.end() ? "" : doubt->second);
    }
    return false;
  }

  // Money that found no demand may be meant for one that its payer has paid.
  absl::Status AddBreaks(const LoadedFacts& loaded, const reconcile::ReconcilePolicy& policy,
                         const reconcile::Result& result) {
    RECOUP_ASSIGN_OR_RETURN(const reconcile::Facts paid,
                            LoadPaidBefore(work_, pool_, loaded.facts, result));
    reconcile::Result again;
    std::map<std::string_view, const reconcile::Break*> of_entry;
    if (!paid.entries.empty()) {
      RECOUP_ASSIGN_OR_RETURN(again, reconcile::Reconcile(paid, policy));
      if (verify_) RECOUP_RETURN_IF_ERROR(reconcile::VerifyResult(paid, policy, again));
      for (const reconcile::Break& b : again.breaks) of_entry.emplace(b.entry_key, &b);
    }
    for (const reconcile::Break& b : result.breaks) {
      const auto known = b.kind == reconcile::BreakKind::kUnknownPayment
                             ? of_entry.find(b.entry_key)
                             : of_entry.end();
      breaks_.Add(known == of_entry.end() ? b : *known->second, loaded.passed_on);
    }
    return absl::OkStatus();
  }

  absl::Status Undo(const reconcile::Result& result) {
    std::map<std::string_view, std::vector<const reconcile::Undo*>> by_debit;
    for (const reconcile::Undo& undo : result.undone)
      by_debit[undo.return_entry_key].push_back(&undo);
    for (const auto& [debit_key, parts] : by_debit) {
      RECOUP_ASSIGN_OR_RETURN(const bool undone, TakeBack(debit_key, parts));
      if (!undone) continue;
      for (const reconcile::Break& b : result.breaks) {
        if (b.entry_key == debit_key && !b.demand_key.empty()) breaks_.Add(b, {});
      }
    }
    return absl::OkStatus();
  }

  // False when another return of this round has taken money that this one needs: two payments of
  // one demand, of which part was passed on. The next round will not offer it again.
  absl::StatusOr<bool> TakeBack(std::string_view debit_key,
                                const std::vector<const reconcile::Undo*>& parts) {
    RECOUP_ASSIGN_OR_RETURN(StatementEntry debit, EntryOf(debit_key));
    RECOUP_ASSIGN_OR_RETURN(StatementEntry original, EntryOf(parts.front()->original_entry_key));
    for (const reconcile::Undo* part : parts) {
      if (part->demand_key.empty()) continue;
      RECOUP_ASSIGN_OR_RETURN(const Money undoable,
                              Undoable(work_, original, IdOf<domain::DemandId>(part->demand_key)));
      if (undoable < part->amount) return false;
    }
    for (const reconcile::Undo* part : parts) {
      if (part->demand_key.empty()) continue;
      RECOUP_RETURN_IF_ERROR(UndoPayment(work_, original, IdOf<domain::DemandId>(part->demand_key),
                                         part->amount, std::string(part->evidence)));
    }
    ledger::Postings postings;
    ledger::TakeBack(debit.id, debit.amount, postings);
    RECOUP_RETURN_IF_ERROR(PostMovement(work_, pool_, postings, {}, {}));
    original.unapplied -= debit.amount;
    RECOUP_RETURN_IF_ERROR(UpdateEntryState(original, StatementEntryCommand::kReturn));
    work_.Put(original);
    breaks_.Moved(original.id);
    debit.returns = original.id;
    RECOUP_RETURN_IF_ERROR(Settle(debit));
    return true;
  }

  absl::Status Apply(const reconcile::Facts& facts, const reconcile::Result& result) {
    std::set<std::string_view> applied;
    std::map<std::string, Money> advised;
    const AdviceFinder advices(facts);
    absl::flat_hash_map<std::string, const reconcile::BankEntry*> entries;
    for (const reconcile::BankEntry& entry : facts.entries) entries[entry.key] = &entry;
    std::int64_t order = 0;
    for (const reconcile::Application& application : result.applications) {
      RECOUP_ASSIGN_OR_RETURN(StatementEntry entry, EntryOf(application.entry_key));
      RECOUP_RETURN_IF_ERROR(ApplyPayment(
          work_, entry, IdOf<domain::DemandId>(application.demand_key), application.amount,
          std::string(reconcile::RuleName(application.certificate.rule)),
          CertificateText(application), MatchOf(application, order++)));
      work_.Put(entry);
      breaks_.Moved(entry.id);
      applied.insert(application.entry_key);
      ++answer_.applied_count;
      answer_.applied += application.amount;
      const std::string advice =
          advices.Of(*entries.at(std::string(application.entry_key)), application);
      if (!advice.empty()) advised[advice] += application.amount;
    }
    for (const auto& [key, amount] : advised) RECOUP_RETURN_IF_ERROR(Match(key, amount));
    for (const reconcile::Break& b : result.breaks) {
      if (applied.contains(b.entry_key)) breaks_.Add(b, {});
    }
    return absl::OkStatus();
  }

  absl::Status Match(const std::string& key, Money amount) {
    RECOUP_ASSIGN_OR_RETURN(
        RemittanceAdvice advice,
        work_.Get<RemittanceAdvice>(pool_.value, IdOf<domain::RemittanceAdviceId>(key).value));
    advice.matched = std::min(advice.matched + amount, advice.total);
    RECOUP_ASSIGN_OR_RETURN(
        advice.state,
        domain::Next(advice.state, advice.matched == advice.total
                                       ? domain::RemittanceAdviceCommand::kMatchAll
                                       : domain::RemittanceAdviceCommand::kMatchPart));
    work_.Put(advice);
    return absl::OkStatus();
  }

  UnitOfWork& work_;
  const domain::PoolId pool_;
  const bool verify_;
  ReconcileAnswer answer_;
  RunBreaks breaks_;
  std::set<domain::StatementEntryId> of_batches_;  // Entries that name a settlement batch.
  // Debits that may pay out what was passed on, with why that is not certain.
  std::map<domain::StatementEntryId, std::string> doubtful_deliveries_;
};

}  // namespace

absl::StatusOr<ReconcileAnswer> ReconcileOf(const Reconcile& command, UnitOfWork& work) {
  return Reconciliation(work, command).Run();
}

}  // namespace recoup::app
