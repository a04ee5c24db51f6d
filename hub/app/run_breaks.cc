#include "hub/app/run_breaks.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "hub/app/breaks.h"
#include "hub/app/reconcile_facts.h"
#include "hub/base/check.h"
#include "hub/base/status.h"
#include "hub/domain/records/demand.h"

namespace recoup::app {
namespace {

using domain::BreakKind;
using domain::Demand;
using domain::Direction;
using domain::LookupKind;
using domain::Money;
using domain::StatementEntry;
using domain::StatementEntryState;

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

std::string FindingOf(const reconcile::Break& b) {
  // A demand is underpaid whichever entry paid part of it.
  const std::string entry(b.kind == reconcile::BreakKind::kUnderpaid ? "" : b.entry_key);
  return absl::StrCat(kRunFinding, std::string(reconcile::BreakKindName(b.kind)), ":", entry, ":",
                      std::string(b.demand_key), ":", std::string(b.advice_key));
}

void NotePassedOn(domain::Break& found) {
  absl::StrAppend(&found.explanation,
                  "有一笔到账与之相符，但其款项已上解基金或由结算批次分配，不能自动冲回。");
  found.suggestion =
      "以 --kind apply "
      "指明退回的是哪些追偿函的付款：款项自下次上解中扣回，追偿函恢复未付；是结算批次"
      "的付款的，以 --settlement-batch 指明批次。";
}

}  // namespace

absl::StatusOr<std::vector<RecordKey>> RunBreaks::Open() {
  return work_.FindAll(LookupKind::kBreakOpen, domain::Key({pool_.value}));
}

absl::Status RunBreaks::Begin() {
  RECOUP_ASSIGN_OR_RETURN(before_, Open());
  return absl::OkStatus();
}

void RunBreaks::Add(domain::Break found) {
  std::string finding = found.finding;
  found_.emplace(std::move(finding), std::move(found));
}

void RunBreaks::Add(const reconcile::Break& b, const std::set<std::string>& passed_on) {
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
      absl::StrAppend(&found.explanation, "可能的原到账：", absl::StrJoin(candidates, "、"), "。");
    }
    if (passed_on.contains(std::string(b.entry_key))) NotePassedOn(found);
    return;
  }
  for (const std::string_view candidate : b.candidates) {
    found.candidates.push_back(IdOf<domain::DemandId>(candidate));
  }
}

void RunBreaks::AddOutgoing(const StatementEntry& debit, const std::set<std::string>& passed_on,
                            std::string_view doubt) {
  const std::string key = debit.id.ToString();
  domain::Break found;
  found.pool = pool_;
  found.kind = BreakKind::kUnknownDebit;
  found.finding = absl::StrCat(kRunFinding, "OUTGOING:", key);
  found.entry = debit.id;
  found.amount = debit.amount;
  found.explanation = absl::StrCat("银行账户支出 ", debit.amount.ToYuanGrouped(),
                                   " 元，不是退回，也不对应待退款项，未入账。", std::string(doubt));
  found.suggestion =
      "核对去向：付的是上解款的，以 --kind apply --pays-delivery "
      "认定；银行退回某结算批次付款的，以 "
      "--kind apply --settlement-batch 指明批次；其他本方支出，以 --kind explained 说明。";
  if (passed_on.contains(key)) NotePassedOn(found);
  Add(std::move(found));
}

absl::Status RunBreaks::OpenFound() {
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
  return absl::OkStatus();
}

absl::Status RunBreaks::Finish(std::vector<domain::Break>& opened,
                               std::vector<domain::BreakId>& closed) {
  RECOUP_RETURN_IF_ERROR(OpenFound());
  RECOUP_RETURN_IF_ERROR(CloseStale());
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> after, Open());
  for (const RecordKey& key : after) {
    if (std::binary_search(before_.begin(), before_.end(), key)) continue;
    RECOUP_ASSIGN_OR_RETURN(domain::Break found, work_.Get<domain::Break>(key.partition, key.id));
    opened.push_back(std::move(found));
  }
  for (const RecordKey& key : before_) {
    if (!std::binary_search(after.begin(), after.end(), key)) closed.push_back({key.id});
  }
  return absl::OkStatus();
}

// The same money was another kind of break before: that one ends, and who has it goes on with
// this one.
absl::Status RunBreaks::Succeed(domain::Break& found) {
  if (!former_) {
    former_.emplace();
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<domain::Break> open,
        work_.FindAllBy<domain::Break>(LookupKind::kBreakOpen, domain::Key({pool_.value})));
    for (const domain::Break& b : open) {
      if (!absl::StartsWith(b.finding, kRunFinding) || !IsAboutMoneyOf(b) ||
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

absl::Status RunBreaks::CloseStale() {
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RecordKey> open, Open());
  for (const RecordKey& key : open) {
    RECOUP_ASSIGN_OR_RETURN(const domain::Break b, work_.Get<domain::Break>(key.partition, key.id));
    if (absl::StartsWith(b.finding, kSplitFinding)) {
      RECOUP_ASSIGN_OR_RETURN(const bool gone, IsPartGone(b));
      if (gone) RECOUP_RETURN_IF_ERROR(CloseBreak(work_, pool_, b.finding, "已无差异"));
      continue;
    }
    if (!absl::StartsWith(b.finding, kRunFinding) || found_.contains(b.finding)) continue;
    RECOUP_ASSIGN_OR_RETURN(const bool gone, IsGone(b));
    if (gone) RECOUP_RETURN_IF_ERROR(CloseBreak(work_, pool_, b.finding, "已无差异"));
  }
  return absl::OkStatus();
}

// Of a part of a split break: no money is left to decide on.
absl::StatusOr<bool> RunBreaks::IsPartGone(const domain::Break& part) {
  if (part.kind == BreakKind::kUnderpaid && part.demand) return NothingOpen(*part.demand);
  if (!IsAboutMoneyOf(part)) return false;
  RECOUP_ASSIGN_OR_RETURN(const StatementEntry* entry,
                          work_.Find<StatementEntry>(pool_.value, part.entry->value));
  return entry->direction == Direction::kCredit ? entry->unapplied.is_zero()
                                                : entry->state != StatementEntryState::kUnmatched;
}

// Whether what the break is about no longer holds, given that this run did not find it.
absl::StatusOr<bool> RunBreaks::IsGone(const domain::Break& b) {
  switch (SubjectOf(b.kind)) {
    case BreakSubject::kMoney: {
      RECOUP_ASSIGN_OR_RETURN(const StatementEntry* entry,
                              work_.Find<StatementEntry>(pool_.value, b.entry->value));
      // The rest of a credit that an earlier run applied in part is not looked at again.
      if (entry->held) return entry->unapplied.is_zero();
      return entry->state != StatementEntryState::kPartiallyApplied || moved_.contains(*b.entry);
    }
    case BreakSubject::kReturn: {
      if (!b.demand) {
        RECOUP_ASSIGN_OR_RETURN(const StatementEntry* debit,
                                work_.Find<StatementEntry>(pool_.value, b.entry->value));
        return debit->state != StatementEntryState::kUnmatched;
      }
      return NothingOpen(*b.demand);
    }
    case BreakSubject::kShortfall:
      // Of a settlement batch where it names no demand: found again as long as it holds.
      return b.demand ? NothingOpen(*b.demand) : absl::StatusOr<bool>(true);
    case BreakSubject::kExpectation:
      return true;
    case BreakSubject::kFact:
      return false;
  }
  RECOUP_CHECK(false);
}

absl::StatusOr<bool> RunBreaks::NothingOpen(domain::DemandId id) {
  RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work_.Find<Demand>(pool_.value, id.value));
  return demand == nullptr || !demand->is_issued() || demand->open().is_zero();
}

}  // namespace recoup::app
