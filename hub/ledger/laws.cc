#include "hub/ledger/laws.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace recoup::ledger {
namespace {

using domain::Money;
using domain::Stage;

constexpr bool IsStage(Account account) { return static_cast<int>(account) <= 8; }

}  // namespace

void LawCheck::Broken(int law, std::string subject, std::string description) {
  violations_.push_back({law, std::move(subject), std::move(description)});
}

void LawCheck::Add(const Transfer& transfer) {
  const std::string subject = absl::StrCat("transfers/", transfer.sequence);
  const Posting& posting = transfer.posting;
  if (transfer.sequence != last_sequence_ + 1) {
    Broken(5, subject, absl::StrCat("follows transfer ", last_sequence_));
  }
  last_sequence_ = transfer.sequence;
  if (transfer.event_sequence <= 0) Broken(5, subject, "belongs to no event");
  if (!posting.amount.is_positive() || posting.debit == posting.credit ||
      IsTracking(posting.debit) != IsTracking(posting.credit)) {
    Broken(5, subject, "is no transfer between two accounts of one ledger");
    return;
  }
  Transfer recomputed;
  if (const absl::Status posted = Post(posting, computed_, recomputed); !posted.ok()) {
    Broken(1, subject, std::string(posted.message()));
    return;
  }
  if (recomputed.debit_balance != transfer.debit_balance ||
      recomputed.credit_balance != transfer.credit_balance) {
    Broken(5, subject, "carries balances that do not follow from the transfers before it");
  }
  if (IsStage(posting.debit)) {
    advances_[posting.advance][static_cast<std::size_t>(posting.debit) - 1] += posting.amount;
  }
  if (IsStage(posting.credit)) {
    advances_[posting.advance][static_cast<std::size_t>(posting.credit) - 1] -= posting.amount;
  }
  if (!posting.demand.is_nil()) {
    DemandSums& sums = demands_[posting.demand];
    if (posting.credit == Account::kApplied) sums.applied_cash += posting.amount;
    if (posting.debit == Account::kApplied) sums.applied_cash -= posting.amount;
    if (posting.debit == Account::kRecovered) sums.recovered += posting.amount;
    if (posting.credit == Account::kRecovered) sums.recovered -= posting.amount;
    if (posting.credit == Account::kPassedOnToPool) sums.passed_on_cash += posting.amount;
    if (posting.debit == Account::kPassedOnToPool) sums.passed_on_cash -= posting.amount;
    if (posting.debit == Account::kPassedOn) sums.passed_on += posting.amount;
    if (posting.credit == Account::kPassedOn) sums.passed_on -= posting.amount;
  }
}

void LawCheck::Add(const domain::Advance& advance) {
  const std::string subject = absl::StrCat("advances/", advance.id.ToString());
  const bool on_books = advance.state != domain::AdvanceState::kCandidate &&
                        advance.state != domain::AdvanceState::kReversed;
  if (advance.stages.total() != (on_books ? advance.amount : Money())) {
    Broken(1, subject,
           absl::StrCat("stages sum to ", advance.stages.total().ToYuan(), ", advanced were ",
                        advance.amount.ToYuan()));
  }
  const auto found = advances_.find(advance.id);
  for (const Stage stage : domain::AllOf<Stage>()) {
    const Money held = advance.stages.at(stage);
    const Money moved =
        found == advances_.end() ? Money() : found->second[static_cast<std::size_t>(stage) - 1];
    if (held.is_negative())
      Broken(1, subject, absl::StrCat("stage ", std::string(ToString(stage)), " is negative"));
    if (held != moved) {
      Broken(1, subject,
             absl::StrCat("stage ", std::string(ToString(stage)), " holds ", held.ToYuan(),
                          ", its transfers give ", moved.ToYuan()));
    }
  }
  if (found != advances_.end()) advances_.erase(found);
}

void LawCheck::Add(const domain::Demand& demand) {
  const std::string subject = absl::StrCat("demands/", demand.id.ToString());
  Money lines;
  for (const domain::DemandLine& line : demand.lines) {
    lines += line.amount;
    const Money in_stages = line.stages.total();
    if (in_stages != (demand.is_issued() ? line.amount : Money())) {
      Broken(4, subject,
             absl::StrCat("a line of ", line.amount.ToYuan(), " has ", in_stages.ToYuan(),
                          " in stages"));
    }
  }
  if (lines != demand.amount) Broken(4, subject, "the lines do not sum to the amount");
  if (demand.is_issued() &&
      demand.open() != demand.amount - demand.applied() - demand.relinquished()) {
    Broken(4, subject, "the open amount is not amount less applied less relinquished");
  }
  if (demand.open().is_negative()) Broken(4, subject, "the open amount is negative");
  const DemandSums sums = demands_[demand.id];
  demands_.erase(demand.id);
  if (sums.applied_cash != sums.recovered || sums.recovered != demand.Sum(Stage::kRecovered)) {
    Broken(3, subject,
           absl::StrCat("applied in cash ", sums.applied_cash.ToYuan(), ", recovered ",
                        sums.recovered.ToYuan(), ", the demand says ",
                        demand.Sum(Stage::kRecovered).ToYuan()));
  }
  if (sums.passed_on_cash != sums.passed_on || sums.passed_on != demand.Sum(Stage::kPassedOn)) {
    Broken(3, subject, "passed on in cash, in tracking and in the demand differ");
  }
}

std::vector<Violation> LawCheck::Finish() {
  for (const auto& [id, stages] : advances_) {
    for (const Money amount : stages) {
      if (!amount.is_zero()) {
        Broken(1, absl::StrCat("advances/", id.ToString()), "has transfers but no record");
        break;
      }
    }
  }
  for (const auto& [id, sums] : demands_) {
    if (!sums.recovered.is_zero() || !sums.applied_cash.is_zero()) {
      Broken(3, absl::StrCat("demands/", id.ToString()), "has transfers but no record");
    }
  }
  const Balances& b = computed_;
  if (b.at(Account::kBank) !=
      b.at(Account::kUnapplied) + b.at(Account::kApplied) + b.at(Account::kRefundable)) {
    Broken(2, "cash:bank",
           absl::StrCat("bank ", b.at(Account::kBank).ToYuan(), " is not unapplied ",
                        b.at(Account::kUnapplied).ToYuan(), " + applied ",
                        b.at(Account::kApplied).ToYuan(), " + refundable ",
                        b.at(Account::kRefundable).ToYuan()));
  }
  if (b.at(Account::kApplied) != b.at(Account::kRecovered))
    Broken(3, "cash:applied", "differs from tracking:recovered");
  if (b.at(Account::kPassedOnToPool) != b.at(Account::kPassedOn)) {
    Broken(3, "cash:passed-on", "differs from tracking:passed-on");
  }
  for (const Account account : domain::AllOf<Account>()) {
    if (stored_.at(account) != b.at(account)) {
      Broken(5, std::string(ToString(account)),
             absl::StrCat("stored balance ", stored_.at(account).ToYuan(), ", the transfers give ",
                          b.at(account).ToYuan()));
    }
  }
  return std::move(violations_);
}

}  // namespace recoup::ledger
