#include "hub/app/splits.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/breaks.h"
#include "hub/app/policies.h"
#include "hub/app/share_limits.h"
#include "hub/app/split_room.h"
#include "hub/app/standing_liability.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::Flag;
using domain::Money;
using domain::RegisteredPolicy;
using domain::SplitAnswer;
using domain::SplitCommand;
using domain::SplitPart;
using domain::SplitQuote;
using domain::SplitState;
using domain::UniqueKeyKind;

absl::Status TooLate(const char* what_first) {
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  detail.preconditions = {{"STATE", "split", what_first}};
  return MakeError("the time for this split is over", std::move(detail));
}

absl::StatusOr<Flag> FlagOfVisit(UnitOfWork& work, const QuoteSplit& command) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::optional<Flag> flag,
      work.FindBy<Flag>(
          UniqueKeyKind::kFlagOfVisit,
          domain::Key({command.pool.value, work.caller().party.value, command.visit_id})));
  if (!flag) return NotFound("the visit has no flag, so nobody but fund and patient can pay");
  if (flag->state != domain::FlagState::kCleared) return *flag;
  ErrorDetail detail;
  detail.reason = Reason::kIllegalTransition;
  detail.metadata = {{"state", std::string(ToString(flag->state))}};
  detail.preconditions = {{"STATE", "flag", "the flag of the visit must be raised again first"}};
  return MakeError("the visit's flag is cleared: no third party is involved", std::move(detail));
}

absl::StatusOr<SplitPart> PartOf(UnitOfWork& work, const RegisteredPolicy& policy,
                                 const SplitQuote& quote) {
  SplitPart part;
  part.insurer = policy.insurer;
  RECOUP_ASSIGN_OR_RETURN(part.insurer_name, InsurerName(work, policy.insurer));
  part.policy = policy.id;
  part.kind = policy.kind;
  RECOUP_ASSIGN_OR_RETURN(const std::optional<StandingLiability> standing,
                          StandingLiabilityOf(work, policy, quote));
  if (standing) TakeStanding(*standing, part);
  return part;
}

absl::Status NotifyInsurers(UnitOfWork& work, const SplitQuote& quote, const std::string& what) {
  std::vector<domain::PartyId> told;
  for (const SplitPart& part : quote.parts) {
    if (std::find(told.begin(), told.end(), part.insurer) != told.end()) continue;
    told.push_back(part.insurer);
    RECOUP_RETURN_IF_ERROR(work.Notify(part.insurer, KeyOf(quote), what));
  }
  return absl::OkStatus();
}

absl::Status SetTimes(UnitOfWork& work, SplitQuote& quote) {
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(const std::int64_t answer_seconds,
                          data->Integer("split.answer_seconds", quote.pool.value, work.today()));
  RECOUP_ASSIGN_OR_RETURN(
      const std::int64_t reservation_minutes,
      data->Integer("split.reservation_minutes", quote.pool.value, work.today()));
  quote.quoted_time = work.now();
  quote.expires_time = work.now() + absl::Minutes(reservation_minutes);
  const bool asked = std::any_of(quote.parts.begin(), quote.parts.end(), [](const SplitPart& part) {
    return part.answer == SplitAnswer::kAsked;
  });
  if (asked) {
    quote.answer_due_time =
        std::min(work.now() + absl::Seconds(answer_seconds), quote.expires_time);
  }
  return absl::OkStatus();
}

absl::Status CompareWithAdvance(UnitOfWork& work, const SplitQuote& quote, const Advance& advance) {
  domain::Break finding;
  finding.pool = quote.pool;
  finding.kind = domain::BreakKind::kSplitMismatch;
  finding.finding = absl::StrCat("split:", quote.id.ToString());
  if (advance.amount == quote.fund_part) {
    return CloseBreak(work, quote.pool, finding.finding, "结算金额已与分账相符");
  }
  finding.advance = advance.id;
  finding.amount = advance.amount > quote.fund_part ? advance.amount - quote.fund_part
                                                    : quote.fund_part - advance.amount;
  finding.explanation = absl::StrCat("出院分账约定基金支付 ", quote.fund_part.ToYuanGrouped(),
                                     " 元，而结算显示基金支付 ", advance.amount.ToYuanGrouped(),
                                     " 元（结算 ", advance.settlement_id, "）");
  finding.suggestion = "请医院核对结算；保险公司应付部分已由其直接支付医院的，不应再由基金垫付";
  return OpenBreak(work, std::move(finding));
}

// What is accepted without an answer: liability that was accepted elsewhere since the insurer was
// asked, and, where the pool's rule says so, the silence of a compulsory insurer whose time is
// over.
absl::StatusOr<bool> AcceptUnanswered(UnitOfWork& work, SplitQuote& quote) {
  RECOUP_ASSIGN_OR_RETURN(const domain::PolicyData* data, work.policy_data());
  RECOUP_ASSIGN_OR_RETURN(
      const std::int64_t silence_accepts,
      data->Integer("split.silence_accepts_ctp", quote.pool.value, work.today()));
  const bool time_is_over = quote.answer_due_time && work.now() >= *quote.answer_due_time;
  bool accepted = false;
  for (SplitPart& part : quote.parts) {
    if (part.answer != SplitAnswer::kAsked) continue;
    RECOUP_ASSIGN_OR_RETURN(const RegisteredPolicy policy,
                            work.Get<RegisteredPolicy>(part.insurer.value, part.policy.value));
    RECOUP_ASSIGN_OR_RETURN(const std::optional<StandingLiability> standing,
                            StandingLiabilityOf(work, policy, quote));
    if (standing) {
      TakeStanding(*standing, part);
    } else if (time_is_over && silence_accepts != 0 && part.kind == domain::PolicyKind::kCtp) {
      part.answer = SplitAnswer::kAccepted;
      part.by_silence = true;
      part.text = "逾期未答复，按当地规则视为接受";
    }
    accepted = accepted || part.answer == SplitAnswer::kAccepted;
  }
  if (accepted) RECOUP_RETURN_IF_ERROR(ShareOut(work, quote));
  return accepted;
}

// Room that others freed since the quote is reserved as well. What was reserved before is promised,
// so nothing is taken from it. True when there is more now.
absl::StatusOr<bool> TakeFreedRoom(UnitOfWork& work, SplitQuote& quote) {
  SplitQuote anew = quote;
  RECOUP_RETURN_IF_ERROR(ShareOut(work, anew));
  bool more = false;
  for (std::size_t i = 0; i < quote.parts.size(); ++i) {
    if (anew.parts[i].amount < quote.parts[i].amount) return false;
    more = more || anew.parts[i].amount > quote.parts[i].amount;
  }
  if (more) quote = std::move(anew);
  return more;
}

// The same question again: shows, and records, what holds since.
absl::Status AskAgain(UnitOfWork& work, SplitQuote& quote) {
  RECOUP_ASSIGN_OR_RETURN(bool changed, AcceptUnanswered(work, quote));
  if (!changed) {
    RECOUP_ASSIGN_OR_RETURN(changed, TakeFreedRoom(work, quote));
  }
  if (!changed) return absl::OkStatus();
  work.Put(quote);
  return NotifyInsurers(work, quote, "split.reserved");
}

SplitPart* PartOfInsurer(SplitQuote& quote, const AnswerSplit& command,
                         const domain::PartyId& caller) {
  for (SplitPart& part : quote.parts) {
    if (part.policy == command.policy && part.insurer == command.insurer &&
        part.insurer == caller) {
      return &part;
    }
  }
  return nullptr;
}

// What is paid by a split is gone for those who recover from the same limits.
absl::Status TellSharers(UnitOfWork& work, const SplitQuote& quote) {
  for (const SplitPart& part : quote.parts) {
    if (part.amount.is_zero()) continue;
    RECOUP_RETURN_IF_ERROR(ShareLimitOf(work,
                                        {.insurer = {},
                                         .kind = part.kind,
                                         .party = part.insurer,
                                         .policy = part.policy,
                                         .accident_on = quote.accident_on},
                                        kSplitSettled));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SplitQuote> QuoteSplitOf(const QuoteSplit& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(const Flag flag, FlagOfVisit(work, command));
  SplitQuote quote;
  quote.pool = command.pool;
  quote.hospital = work.caller().party;
  quote.visit_id = command.visit_id;
  quote.patient = flag.patient;
  quote.flag = flag.id;
  quote.plate = flag.plate;
  quote.accident_on = flag.accident_on.value_or(ChinaDate(flag.admitted_time));
  quote.total = command.total;
  quote.fund_paid = command.fund_paid;
  quote.self_paid = command.self_paid;

  RECOUP_ASSIGN_OR_RETURN(
      std::optional<SplitQuote> open,
      work.FindBy<SplitQuote>(
          UniqueKeyKind::kSplitOpenOfVisit,
          domain::Key({quote.pool.value, quote.hospital.value, quote.visit_id})));
  if (open) {
    const bool same = open->StateAt(work.now()) == SplitState::kQuoted &&
                      open->total == quote.total && open->fund_paid == quote.fund_paid &&
                      open->self_paid == quote.self_paid && open->plate == quote.plate &&
                      open->accident_on == quote.accident_on;
    if (same) {
      RECOUP_RETURN_IF_ERROR(AskAgain(work, *open));
      return *open;
    }
    RECOUP_ASSIGN_OR_RETURN(open->state, domain::Next(open->state, SplitCommand::kRelease));
    work.Put(*open);
    RECOUP_RETURN_IF_ERROR(NotifyInsurers(work, *open, "split.released"));
  }
  quote.id = work.NewId<domain::SplitQuoteId>();
  RECOUP_ASSIGN_OR_RETURN(const std::vector<RegisteredPolicy> policies,
                          PoliciesInForce(work, quote.plate, quote.accident_on));
  for (const RegisteredPolicy& policy : policies) {
    RECOUP_ASSIGN_OR_RETURN(SplitPart part, PartOf(work, policy, quote));
    quote.parts.push_back(std::move(part));
  }
  RECOUP_RETURN_IF_ERROR(SetTimes(work, quote));
  RECOUP_RETURN_IF_ERROR(ShareOut(work, quote));
  work.Put(quote);
  RECOUP_RETURN_IF_ERROR(
      NotifyInsurers(work, quote, quote.answer_due_time ? "split.asked" : "split.reserved"));
  return quote;
}

absl::StatusOr<AnsweredSplit> AnswerSplitOf(const AnswerSplit& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(SplitQuote quote,
                          work.Get<SplitQuote>(command.pool.value, command.split.value));
  SplitPart* const part = PartOfInsurer(quote, command, work.caller().party);
  if (part == nullptr) return NotFound("no such split of this insurer");
  RECOUP_RETURN_IF_ERROR(domain::Next(quote.StateAt(work.now()), SplitCommand::kAnswer).status());
  if (!quote.answer_due_time || work.now() >= *quote.answer_due_time) {
    return TooLate("the insurer must answer before answer_due_time; the fund pays as before");
  }
  Faults faults;
  if (command.accept && part->kind == domain::PolicyKind::kCommercial &&
      (command.share_basis_points < 1 || command.share_basis_points > 10'000)) {
    faults.Add("share_bp", "not between 1 and 10000");
  }
  if (command.accept && part->kind == domain::PolicyKind::kCtp && command.share_basis_points != 0) {
    faults.Add("share_bp", "a compulsory policy pays without regard to fault");
  }
  if (!command.accept && command.text.empty()) faults.Add("text", "missing: why it is declined");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  part->answer = command.accept ? SplitAnswer::kAccepted : SplitAnswer::kDeclined;
  part->share_basis_points = command.accept ? command.share_basis_points : 0;
  part->by_silence = false;
  part->amount_max = command.accept ? command.amount_max : std::nullopt;
  part->claim_number = command.claim_number;
  part->text = command.text;
  part->answered_time = work.now();
  RECOUP_RETURN_IF_ERROR(ShareOut(work, quote));
  work.Put(quote);
  RECOUP_RETURN_IF_ERROR(
      NotifyInsurers(work, quote, command.accept ? "split.reserved" : "split.declined"));
  return AnsweredSplit{std::move(quote), work.caller().party};
}

absl::StatusOr<SplitQuote> SettleSplitOf(const SettleSplit& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(SplitQuote quote,
                          work.Get<SplitQuote>(command.pool.value, command.split.value));
  if (quote.hospital != work.caller().party) return NotFound("no such split of this hospital");
  if (quote.state == SplitState::kSettled && quote.settlement_id == command.settlement_id) {
    return quote;
  }
  RECOUP_ASSIGN_OR_RETURN(quote.state,
                          domain::Next(quote.StateAt(work.now()), SplitCommand::kSettle));
  RECOUP_RETURN_IF_ERROR(AcceptUnanswered(work, quote).status());
  quote.settlement_id = command.settlement_id;
  quote.settled_time = work.now();
  for (SplitPart& part : quote.parts) {
    if (part.answer == SplitAnswer::kAsked) part.answer = SplitAnswer::kLapsed;
  }
  RECOUP_ASSIGN_OR_RETURN(const std::optional<Advance> advance,
                          work.FindBy<Advance>(UniqueKeyKind::kAdvanceOfSettlement,
                                               domain::Key({quote.pool.value, quote.hospital.value,
                                                            quote.settlement_id})));
  if (advance) {
    quote.advance = advance->id;
    RECOUP_RETURN_IF_ERROR(CompareWithAdvance(work, quote, *advance));
  }
  work.Put(quote);
  RECOUP_RETURN_IF_ERROR(NotifyInsurers(work, quote, "split.settled"));
  RECOUP_RETURN_IF_ERROR(TellSharers(work, quote));
  return quote;
}

absl::Status TellSplit(UnitOfWork& work, const Advance& advance) {
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<SplitQuote> quote,
      work.FindBy<SplitQuote>(
          UniqueKeyKind::kSplitOfSettlement,
          domain::Key({advance.pool.value, advance.hospital.value, advance.settlement_id})));
  if (!quote) return absl::OkStatus();
  quote->advance = advance.id;
  work.Put(*quote);
  return CompareWithAdvance(work, *quote, advance);
}

absl::StatusOr<bool> ReverseSplit(UnitOfWork& work, const domain::PoolId& pool,
                                  const std::string& settlement_id) {
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<SplitQuote> quote,
      work.FindBy<SplitQuote>(UniqueKeyKind::kSplitOfSettlement,
                              domain::Key({pool.value, work.caller().party.value, settlement_id})));
  if (!quote) return false;
  RECOUP_ASSIGN_OR_RETURN(quote->state, domain::Next(quote->state, SplitCommand::kReverse));
  work.Put(*quote);
  RECOUP_RETURN_IF_ERROR(NotifyInsurers(work, *quote, "split.reversed"));
  RECOUP_RETURN_IF_ERROR(CloseBreak(work, pool, absl::StrCat("split:", quote->id.ToString()),
                                    "结算已撤销，分账随之撤销"));
  return true;
}

}  // namespace recoup::app
