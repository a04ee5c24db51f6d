#include "hub/app/reconcile.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/app/advice_finder.h"
#include "hub/app/at_once.h"
#include "hub/app/batch_entries.h"
#include "hub/app/books.h"
#include "hub/app/breaks.h"
#include "hub/app/match_certificate.h"
#include "hub/app/payments.h"
#include "hub/app/reconcile_facts.h"
#include "hub/app/settlement_receipts.h"
#include "hub/app/settlement_returns.h"
#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/domain/records/recovery.h"
#include "hub/reconcile/reconcile.h"
#include "hub/reconcile/reference_scan.h"
#include "hub/reconcile/verify.h"

namespace recoup::app {
namespace {

using domain::BreakKind;
using domain::Demand;
using domain::Direction;
using domain::LookupKind;
using domain::Money;
using domain::RemittanceAdvice;
using domain::StatementEntry;
using domain::StatementEntryCommand;
using domain::StatementEntryState;

constexpr std::string_view kFindingPrefix = "reconcile:";

template <typename TypedIdT>
TypedIdT IdOf(std::string_view key) {
  const auto id = Id::FromBase32(key);
  RECOUP_CHECK(id.has_value());  // Keys of facts are ids.
  return TypedIdT{*id};
}

BreakKind KindOf(reconcile::BreakKind kind) {
  switch (kind) {
    case reconcile::BreakKind::kOverpaid:
      return BreakKind::kOverpaid;
    case reconcile::BreakKind::kUnderpaid:
      return BreakKind::kUnderpaid;
    case reconcile::BreakKind::kDuplicatePayment:
      return BreakKind::kDuplicatePayment;
    case reconcile::BreakKind::kUnknownPayment:
      return BreakKind::kUnknownPayment;
    case reconcile::BreakKind::kReturnedPayment:
      return BreakKind::kReturnedPayment;
    case reconcile::BreakKind::kLatePayment:
      return BreakKind::kLatePayment;
    case reconcile::BreakKind::kAmbiguousPayment:
      return BreakKind::kAmbiguousPayment;
    case reconcile::BreakKind::kAdviceWithoutMoney:
      return BreakKind::kAdviceWithoutMoney;
  }
  RECOUP_CHECK(false);
}

// "RuleName: facts. 核销前未核销…，追偿函未付…": enough to follow the decision by hand.
std::string CertificateText(const reconcile::Application& application) {
  const reconcile::Certificate& c = application.certificate;
  return absl::StrCat(std::string(reconcile::RuleName(c.rule)), "/", std::string(c.rule_version),
                      c.token.empty() ? "" : absl::StrCat("；依据：", std::string(c.token)), "；",
                      absl::StrJoin(reconcile::FactsOf(c), "；"), "；核销前到账余额 ",
                      c.entry_before.ToYuanGrouped(), " 元，追偿函未付 ",
                      c.open_before.ToYuanGrouped(), " 元；另有 ", c.rivals, " 笔追偿函被排除");
}

std::string FindingOf(const reconcile::Break& b) {
  // A demand is underpaid whichever entry paid part of it.
  const std::string entry(b.kind == reconcile::BreakKind::kUnderpaid ? "" : b.entry_key);
  return absl::StrCat(std::string(kFindingPrefix), std::string(reconcile::BreakKindName(b.kind)),
                      ":", entry, ":", std::string(b.demand_key), ":", std::string(b.advice_key));
}

class Reconciliation {
 public:
  Reconciliation(UnitOfWork& work, const Reconcile& command)
      : work_(work), pool_(command.pool), verify_(command.verify) {}

  absl::StatusOr<ReconcileAnswer> Run() {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> before, OpenBreaks());
    answer_.pool = pool_;
    RECOUP_RETURN_IF_ERROR(PayRefunds());
    RECOUP_RETURN_IF_ERROR(SettleBatches());
    // Each round settles at least one entry, so this ends.
    for (bool progress = true; progress;) {
      RECOUP_ASSIGN_OR_RETURN(progress, Round());
    }
    for (auto& [finding, found] : found_) {
      // A later round may have paid what an earlier one found missing.
      if ((found.kind == BreakKind::kUnderpaid && found.demand) ||
          (found.kind == BreakKind::kReturnedPayment && found.demand)) {
        RECOUP_ASSIGN_OR_RETURN(const bool paid, NothingOpen(*found.demand));
        if (paid) continue;
      }
      RECOUP_ASSIGN_OR_RETURN(const Money spoken_for, SpokenForByParts(work_, found));
      if (spoken_for.is_positive() && spoken_for >= found.amount) continue;
      found.amount -= spoken_for;
      if (IsAboutMoneyOf(found)) RECOUP_RETURN_IF_ERROR(Succeed(found));
      RECOUP_RETURN_IF_ERROR(OpenBreak(work_, found));
    }
    RECOUP_RETURN_IF_ERROR(CloseStale());
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> after, OpenBreaks());
    for (const RecordKey& key : after) {
      if (std::binary_search(before.begin(), before.end(), key)) continue;
      RECOUP_ASSIGN_OR_RETURN(domain::Break opened,
                              work_.Get<domain::Break>(key.partition, key.id));
      answer_.opened.push_back(std::move(opened));
    }
    for (const RecordKey& key : before) {
      if (!std::binary_search(after.begin(), after.end(), key)) answer_.closed.push_back({key.id});
    }
    RECOUP_ASSIGN_OR_RETURN(const ledger::Balances balances, work_.BalancesOf(pool_.value));
    answer_.unapplied = balances.at(ledger::Account::kUnapplied);
    return std::move(answer_);
  }

 private:
  absl::StatusOr<std::vector<RecordKey>> OpenBreaks() {
    return work_.FindAll(LookupKind::kBreakOpen, domain::Key({pool_.value}));
  }

  // Payments of settlement batches and their returns, what the account hands on for them, and one
  // page of lines.
  absl::Status SettleBatches() {
    RECOUP_ASSIGN_OR_RETURN(ReturnedBatches returned, FindBatchReturns(work_, pool_));
    RECOUP_RETURN_IF_ERROR(PostReturned(returned).status());
    RECOUP_ASSIGN_OR_RETURN(BatchReceipts receipts,
                            TakeBatchPayments(work_, pool_, returned, verify_));
    of_batches_ = std::move(receipts.entries);
    for (domain::Break& found : receipts.breaks) {
      found_.emplace(found.finding, std::move(found));
    }
    RECOUP_ASSIGN_OR_RETURN(const std::int32_t forwarded, PostForwards(work_, pool_));
    answer_.explained_count += forwarded;
    RECOUP_ASSIGN_OR_RETURN(answer_.settlement, WorkOffPage(work_, pool_));
    answer_.applied += answer_.settlement.paid;
    RECOUP_ASSIGN_OR_RETURN(const PostedReturns posted, PostReturned(returned));
    for (const domain::Break& found : posted.breaks) found_.emplace(found.finding, found);
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
    touched_.insert(debit.id);
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
    for (const reconcile::Break& b : result.breaks) Found(b, loaded.passed_on);
    for (const std::string_view key : result.outgoing) {
      RECOUP_RETURN_IF_ERROR(FoundOutgoing(key, loaded.passed_on));
    }
    return false;
  }

  absl::Status Undo(const reconcile::Result& result) {
    std::map<std::string_view, std::vector<const reconcile::Undo*>> by_debit;
    for (const reconcile::Undo& undo : result.undone)
      by_debit[undo.return_entry_key].push_back(&undo);
    for (const auto& [debit_key, parts] : by_debit) {
      RECOUP_ASSIGN_OR_RETURN(const bool undone, TakeBack(debit_key, parts));
      if (!undone) continue;
      for (const reconcile::Break& b : result.breaks) {
        if (b.entry_key == debit_key && !b.demand_key.empty()) Found(b, {});
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
    touched_.insert(original.id);
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
      touched_.insert(entry.id);
      applied.insert(application.entry_key);
      ++answer_.applied_count;
      answer_.applied += application.amount;
      const std::string advice =
          advices.Of(*entries.at(std::string(application.entry_key)), application);
      if (!advice.empty()) advised[advice] += application.amount;
    }
    for (const auto& [key, amount] : advised) RECOUP_RETURN_IF_ERROR(Match(key, amount));
    for (const reconcile::Break& b : result.breaks) {
      if (applied.contains(b.entry_key)) Found(b, {});
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

  void Found(const reconcile::Break& b, const std::set<std::string>& passed_on) {
    const std::string finding = FindingOf(b);
    const auto [it, added] = found_.try_emplace(finding);
    domain::Break& found = it->second;
    if (!added && b.kind == reconcile::BreakKind::kUnderpaid) {
      found.amount = b.amount;  // Of the last round.
      found.explanation = b.explanation;
      return;
    }
    // Several lines of one advice, for instance.
    found.amount += b.amount;
    found.explanation += b.explanation;
    if (!added) return;
    found.pool = pool_;
    found.kind = KindOf(b.kind);
    found.finding = finding;
    found.suggestion = b.suggestion;
    if (!b.entry_key.empty()) found.entry = IdOf<domain::StatementEntryId>(b.entry_key);
    if (!b.demand_key.empty()) found.demand = IdOf<domain::DemandId>(b.demand_key);
    if (!b.advice_key.empty()) found.advice = IdOf<domain::RemittanceAdviceId>(b.advice_key);
    if (b.kind == reconcile::BreakKind::kReturnedPayment) {
      // Its candidates are entries, not demands.
      if (!b.candidates.empty() && b.demand_key.empty()) {
        const std::vector<std::string> candidates(b.candidates.begin(), b.candidates.end());
        absl::StrAppend(&found.explanation, "可能的原到账：", absl::StrJoin(candidates, "、"),
                        "。");
      }
      if (passed_on.contains(std::string(b.entry_key))) NotePassedOn(found);
      return;
    }
    for (const std::string_view candidate : b.candidates) {
      found.candidates.push_back(IdOf<domain::DemandId>(candidate));
    }
  }

  static void NotePassedOn(domain::Break& found) {
    absl::StrAppend(&found.explanation,
                    "有一笔到账与之相符，但其款项已上解基金，账户内已无此款可退。");
    found.suggestion =
        "以 --kind apply 指明退回的是哪些追偿函的付款：款项自下次上解中扣回，追偿函恢复未付。";
  }

  absl::Status FoundOutgoing(std::string_view key, const std::set<std::string>& passed_on) {
    RECOUP_ASSIGN_OR_RETURN(const StatementEntry debit, EntryOf(key));
    domain::Break found;
    found.pool = pool_;
    found.kind = BreakKind::kUnknownPayment;
    found.finding = absl::StrCat(std::string(kFindingPrefix), "OUTGOING:", std::string(key));
    found.entry = debit.id;
    found.amount = debit.amount;
    found.explanation = absl::StrCat("银行账户支出 ", debit.amount.ToYuanGrouped(),
                                     " 元，不是退回，也不对应待退款项，未入账。");
    found.suggestion = "核对是否为上解基金或其他本方支出，并说明去向。";
    if (passed_on.contains(std::string(key))) NotePassedOn(found);
    found_.emplace(found.finding, std::move(found));
    return absl::OkStatus();
  }

  // About money of an entry that nobody has decided on: of that a run knows one thing at a time.
  static bool IsAboutMoneyOf(const domain::Break& b) {
    switch (b.kind) {
      case BreakKind::kOverpaid:
      case BreakKind::kDuplicatePayment:
      case BreakKind::kUnknownPayment:
      case BreakKind::kAmbiguousPayment:
        return b.entry.has_value();
      case BreakKind::kUnderpaid:
      case BreakKind::kReturnedPayment:
        return b.entry.has_value() && !b.demand.has_value();
      case BreakKind::kLatePayment:
      case BreakKind::kAdviceWithoutMoney:
      case BreakKind::kSettlementReversed:
      case BreakKind::kStatementGap:
      case BreakKind::kPolicyLimitMismatch:
      case BreakKind::kSplitMismatch:
      case BreakKind::kCaseChanged:
      case BreakKind::kStatementOverlap:
      case BreakKind::kOpeningUnchecked:
        return false;
    }
    RECOUP_CHECK(false);
  }

  // The same money was another kind of break before: that one ends, and who has it goes on with
  // this one.
  absl::Status Succeed(domain::Break& found) {
    if (!former_) {
      former_.emplace();
      RECOUP_ASSIGN_OR_RETURN(
          const std::vector<domain::Break> open,
          work_.FindAllBy<domain::Break>(LookupKind::kBreakOpen, domain::Key({pool_.value})));
      for (const domain::Break& b : open) {
        if (!absl::StartsWith(b.finding, std::string(kFindingPrefix)) || !IsAboutMoneyOf(b) ||
            found_.contains(b.finding)) {
          continue;
        }
        (*former_)[*b.entry].push_back(b);
      }
    }
    const auto former = former_->find(*found.entry);
    if (former == former_->end()) return absl::OkStatus();
    for (const domain::Break& b : former->second) {
      if (!b.owner.empty()) {
        found.owner = b.owner;
        found.state = b.state;
      }
      found.grace_until = b.grace_until;
      found.evidence.insert(found.evidence.end(), b.evidence.begin(), b.evidence.end());
      RECOUP_RETURN_IF_ERROR(
          CloseBreak(work_, pool_, b.finding,
                     absl::StrCat("同一笔款项改列为“", std::string(ChineseName(found.kind)), "”")));
    }
    former_->erase(former);
    return absl::OkStatus();
  }

  absl::Status CloseStale() {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> open, OpenBreaks());
    for (const RecordKey& key : open) {
      RECOUP_ASSIGN_OR_RETURN(const domain::Break b,
                              work_.Get<domain::Break>(key.partition, key.id));
      if (absl::StartsWith(b.finding, kSplitFinding)) {
        RECOUP_ASSIGN_OR_RETURN(const bool gone, IsPartGone(b));
        if (gone) RECOUP_RETURN_IF_ERROR(CloseBreak(work_, pool_, b.finding, "已无差异"));
        continue;
      }
      if (!absl::StartsWith(b.finding, std::string(kFindingPrefix)) || found_.contains(b.finding))
        continue;
      RECOUP_ASSIGN_OR_RETURN(const bool gone, IsGone(b));
      if (gone) RECOUP_RETURN_IF_ERROR(CloseBreak(work_, pool_, b.finding, "已无差异"));
    }
    return absl::OkStatus();
  }

  // Of a part of a split break: no money is left to decide on.
  absl::StatusOr<bool> IsPartGone(const domain::Break& part) {
    if (part.kind == BreakKind::kUnderpaid && part.demand) return NothingOpen(*part.demand);
    if (!IsAboutMoneyOf(part)) return false;
    RECOUP_ASSIGN_OR_RETURN(const StatementEntry* entry,
                            work_.Find<StatementEntry>(pool_.value, part.entry->value));
    return entry->direction == Direction::kCredit ? entry->unapplied.is_zero()
                                                  : entry->state != StatementEntryState::kUnmatched;
  }

  // Whether what the break is about no longer holds, given that this run did not find it.
  absl::StatusOr<bool> IsGone(const domain::Break& b) {
    switch (b.kind) {
      case BreakKind::kOverpaid:
      case BreakKind::kDuplicatePayment:
      case BreakKind::kUnknownPayment:
      case BreakKind::kAmbiguousPayment: {
        RECOUP_ASSIGN_OR_RETURN(const StatementEntry* entry,
                                work_.Find<StatementEntry>(pool_.value, b.entry->value));
        // The rest of a credit that an earlier run applied in part is not looked at again.
        if (entry->held) return entry->unapplied.is_zero();
        return entry->state != StatementEntryState::kPartiallyApplied ||
               touched_.contains(*b.entry);
      }
      case BreakKind::kReturnedPayment: {
        if (!b.demand) {
          RECOUP_ASSIGN_OR_RETURN(const StatementEntry* debit,
                                  work_.Find<StatementEntry>(pool_.value, b.entry->value));
          return debit->state != StatementEntryState::kUnmatched;
        }
        return NothingOpen(*b.demand);
      }
      case BreakKind::kUnderpaid:
        // Of a settlement batch where it names no demand: found again as long as it holds.
        return b.demand ? NothingOpen(*b.demand) : absl::StatusOr<bool>(true);
      case BreakKind::kAdviceWithoutMoney:
        return true;
      case BreakKind::kLatePayment:  // Stays what it is; whether interest is claimed a person says.
      case BreakKind::kSettlementReversed:
      case BreakKind::kStatementGap:
      case BreakKind::kPolicyLimitMismatch:
      case BreakKind::kSplitMismatch:
      case BreakKind::kCaseChanged:
      case BreakKind::kStatementOverlap:
      case BreakKind::kOpeningUnchecked:
        return false;
    }
    RECOUP_CHECK(false);
  }

  absl::StatusOr<bool> NothingOpen(domain::DemandId id) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work_.Find<Demand>(pool_.value, id.value));
    return demand == nullptr || !demand->is_issued() || demand->open().is_zero();
  }

  UnitOfWork& work_;
  const domain::PoolId pool_;
  const bool verify_;
  ReconcileAnswer answer_;
  std::map<std::string, domain::Break> found_;
  // Open breaks that this run did not find again, by entry; read when first needed.
  std::optional<std::map<domain::StatementEntryId, std::vector<domain::Break>>> former_;
  std::set<domain::StatementEntryId> of_batches_;  // Entries that name a settlement batch.
  std::set<domain::StatementEntryId> touched_;     // Entries this run has moved.
};

}  // namespace

absl::StatusOr<ReconcileAnswer> ReconcileOf(const Reconcile& command, UnitOfWork& work) {
  return Reconciliation(work, command).Run();
}

}  // namespace recoup::app
