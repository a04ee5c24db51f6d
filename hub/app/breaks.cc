#include "hub/app/breaks.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hub/app/event_of_pool.h"
#include "hub/base/check.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

absl::StatusOr<std::optional<domain::Break>> FindBreak(UnitOfWork& work, const domain::PoolId& pool,
                                                       const std::string& finding) {
  return work.FindBy<domain::Break>(domain::UniqueKeyKind::kBreakOfFinding,
                                    domain::Key({pool.value, finding}));
}

domain::BreakVersion VersionOf(const domain::Break& finding, std::int64_t event_sequence) {
  return {.event_sequence = event_sequence,
          .open = finding.state != domain::BreakState::kResolved,
          .amount = finding.amount,
          .owner = finding.owner};
}

bool SameStanding(const domain::BreakVersion& a, const domain::BreakVersion& b) {
  return a.open == b.open && a.amount == b.amount && a.owner == b.owner;
}

std::string FindingOfPart(const domain::Break& whole, std::size_t part) {
  return absl::StrCat(kSplitFinding, whole.id.ToString(), ":", part);
}

// Of all parts of a split break, and of parts that were split again.
absl::StatusOr<domain::Money> LeftOfParts(UnitOfWork& work, const domain::Break& whole) {
  domain::Money left;
  for (std::size_t i = 0;; ++i) {
    RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Break> part,
                            FindBreak(work, whole.pool, FindingOfPart(whole, i)));
    if (!part) return left;
    RECOUP_ASSIGN_OR_RETURN(const domain::Money undecided, UndecidedMoneyOf(work, *part));
    const bool explained = part->resolution == domain::BreakResolution::kExplained;
    if (part->state != domain::BreakState::kResolved || (explained && undecided.is_zero())) {
      left += part->amount;
    } else if (part->resolution == domain::BreakResolution::kSplit) {
      RECOUP_ASSIGN_OR_RETURN(const domain::Money of_part, LeftOfParts(work, *part));
      left += of_part;
    }
  }
}

}  // namespace

BreakSubject SubjectOf(domain::BreakKind kind) {
  using domain::BreakKind;
  switch (kind) {
    case BreakKind::kOverpaid:
    case BreakKind::kDuplicatePayment:
    case BreakKind::kUnknownPayment:
    case BreakKind::kUnknownDebit:
    case BreakKind::kAmbiguousPayment:
      return BreakSubject::kMoney;
    case BreakKind::kReturnedPayment:
      return BreakSubject::kReturn;
    case BreakKind::kUnderpaid:
      return BreakSubject::kShortfall;
    case BreakKind::kAdviceWithoutMoney:
    case BreakKind::kUnpaidDelivery:
      return BreakSubject::kExpectation;
    case BreakKind::kLatePayment:  // Whether interest is claimed a person says.
    case BreakKind::kSettlementReversed:
    case BreakKind::kStatementGap:
    case BreakKind::kPolicyLimitMismatch:
    case BreakKind::kSplitMismatch:
    case BreakKind::kCaseChanged:
    case BreakKind::kStatementOverlap:
    case BreakKind::kOpeningUnchecked:
      return BreakSubject::kFact;
  }
  RECOUP_CHECK(false);
}

bool IsAboutMoneyOf(const domain::Break& finding) {
  switch (SubjectOf(finding.kind)) {
    case BreakSubject::kMoney:
      return finding.entry.has_value();
    case BreakSubject::kReturn:
    case BreakSubject::kShortfall:
      return finding.entry.has_value() && !finding.demand.has_value();
    case BreakSubject::kExpectation:
    case BreakSubject::kFact:
      return false;
  }
  RECOUP_CHECK(false);
}

absl::StatusOr<domain::Money> UndecidedMoneyOf(UnitOfWork& work, const domain::Break& finding) {
  if (!IsAboutMoneyOf(finding)) return domain::Money();
  RECOUP_ASSIGN_OR_RETURN(
      const domain::StatementEntry entry,
      work.Get<domain::StatementEntry>(finding.pool.value, finding.entry->value));
  return entry.direction == domain::Direction::kCredit ? entry.unapplied : domain::Money();
}

absl::StatusOr<domain::Money> SpokenForByParts(UnitOfWork& work, const domain::Break& finding) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Break> known,
                          FindBreak(work, finding.pool, finding.finding));
  if (known && known->resolution == domain::BreakResolution::kSplit) {
    return LeftOfParts(work, *known);
  }
  domain::Money spoken;
  if (!finding.entry) return spoken;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Break> open,
                          work.FindAllBy<domain::Break>(domain::LookupKind::kBreakOpen,
                                                        domain::Key({finding.pool.value})));
  for (const domain::Break& one : open) {
    if (one.entry == finding.entry && absl::StartsWith(one.finding, kSplitFinding)) {
      spoken += one.amount;
    }
  }
  return spoken;
}

absl::Status PutBreak(UnitOfWork& work, domain::Break finding) {
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t event, EventOfPool(work, finding.pool));
  std::vector<domain::BreakVersion>& history = finding.history;
  if (history.empty()) {
    // From before histories were kept: how it stood until now is known still.
    RECOUP_ASSIGN_OR_RETURN(const domain::Break* stored,
                            work.Find<domain::Break>(finding.pool.value, finding.id.value));
    if (stored != nullptr) history.push_back(VersionOf(*stored, 0));
  }
  domain::BreakVersion now = VersionOf(finding, event);
  if (!history.empty() && history.back().event_sequence == event) history.pop_back();
  if (history.empty() || !SameStanding(history.back(), now)) history.push_back(std::move(now));
  work.Put(finding);
  return absl::OkStatus();
}

std::optional<domain::BreakVersion> BreakAsOf(const domain::Break& finding,
                                              std::int64_t event_sequence) {
  if (finding.history.empty()) return VersionOf(finding, 0);
  for (auto version = finding.history.rbegin(); version != finding.history.rend(); ++version) {
    if (version->event_sequence <= event_sequence) return *version;
  }
  return std::nullopt;
}

absl::Status OpenBreak(UnitOfWork& work, domain::Break finding) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<domain::Break> known,
                          FindBreak(work, finding.pool, finding.finding));
  if (!known) {
    finding.id = work.NewId<domain::BreakId>();
    finding.opened_time = work.now();
    RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* rules, work.policy_data());
    RECOUP_ASSIGN_OR_RETURN(const std::int64_t days,
                            rules->Integer("break.grace_days", finding.pool.value, work.today()));
    if (!finding.grace_until) finding.grace_until = work.today() + days;
    return PutBreak(work, std::move(finding));
  }
  const bool same = known->state != domain::BreakState::kResolved &&
                    known->amount == finding.amount && known->explanation == finding.explanation &&
                    known->candidates == finding.candidates;
  if (same) return absl::OkStatus();
  if (known->state == domain::BreakState::kResolved) {
    // What a person has resolved stays resolved while the amount is the same; but money that a run
    // finds unapplied again was never decided on.
    RECOUP_ASSIGN_OR_RETURN(const domain::Money undecided, UndecidedMoneyOf(work, finding));
    const bool only_words =
        known->resolution == domain::BreakResolution::kExplained && undecided.is_positive();
    if (known->amount == finding.amount && known->resolved_by != kResolvedByHub && !only_words) {
      return absl::OkStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(known->state,
                            domain::Next(known->state, domain::BreakCommand::kReopen));
    known->resolved_time.reset();
    known->resolution.reset();
  }
  known->amount = finding.amount;
  known->explanation = std::move(finding.explanation);
  known->suggestion = std::move(finding.suggestion);
  known->candidates = std::move(finding.candidates);
  return PutBreak(work, *std::move(known));
}

absl::Status CloseBreak(UnitOfWork& work, const domain::PoolId& pool, const std::string& finding,
                        std::string reason) {
  RECOUP_ASSIGN_OR_RETURN(std::optional<domain::Break> known, FindBreak(work, pool, finding));
  if (!known || known->state == domain::BreakState::kResolved) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(known->state, domain::Next(known->state, domain::BreakCommand::kResolve));
  known->resolved_time = work.now();
  known->resolution = domain::BreakResolution::kExplained;
  known->resolved_by = kResolvedByHub;
  known->resolution_reason = std::move(reason);
  return PutBreak(work, *std::move(known));
}

}  // namespace recoup::app
