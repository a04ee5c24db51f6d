#include "hub/app/dispute_answers.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/demands.h"
#include "hub/app/etag.h"
#include "hub/app/finished.h"
#include "hub/app/names.h"
#include "hub/app/relinquish.h"
#include "hub/app/stage_moves.h"
#include "hub/app/timeline.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::DemandCommand;
using domain::DisputeAnswer;
using domain::DisputeDecision;
using domain::Money;
using domain::Stage;

// What is yielded by line, after checking every answer.
absl::StatusOr<std::vector<Money>> YieldedByLine(const Demand& demand,
                                                 const std::vector<DisputeAnswer>& answers) {
  std::vector<Money> yielded(demand.lines.size());
  std::set<domain::AdvanceId> named;
  Faults faults;
  const domain::DemandLine* exceeded = nullptr;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const DisputeAnswer& answer = answers[i];
    const std::string path = absl::StrCat("answers[", i, "].advance");
    const auto line =
        std::find_if(demand.lines.begin(), demand.lines.end(),
                     [&](const domain::DemandLine& one) { return one.advance == answer.advance; });
    if (line == demand.lines.end() || !line->stages.at(Stage::kDisputed).is_positive()) {
      faults.Add(path, "not a disputed line of this demand");
      continue;
    }
    if (!named.insert(answer.advance).second) faults.Add(path, "named twice");
    if (answer.yielded > line->stages.at(Stage::kDisputed)) exceeded = &*line;
    yielded[static_cast<std::size_t>(line - demand.lines.begin())] = answer.yielded;
  }
  if (!faults.empty()) return faults.ToStatus();
  if (exceeded != nullptr) {
    return MakeError(Reason::kAmountExceedsOpen,
                     absl::StrCat("more than the ", exceeded->stages.at(Stage::kDisputed).ToYuan(),
                                  " yuan disputed for ", NameOf(demand.pool, exceeded->advance)));
  }
  return yielded;
}

// A demand of which nothing is disputed any more is AGREED for the rest, or closed.
absl::Status ResolveIfOver(Demand& demand) {
  if (demand.Sum(Stage::kDisputed).is_positive()) return absl::OkStatus();
  const DemandCommand command =
      demand.open().is_zero() ? DemandCommand::kRelinquishAll : DemandCommand::kResolveDispute;
  RECOUP_ASSIGN_OR_RETURN(demand.state, domain::Next(demand.state, command));
  return absl::OkStatus();
}

absl::Status Yield(UnitOfWork& work, LoadedDemand& loaded, const std::vector<Money>& yielded) {
  if (SumOf(yielded).is_zero()) return absl::OkStatus();
  RECOUP_RETURN_IF_ERROR(MoveLines(work, loaded, Stage::kDisputed, Stage::kRelinquished, yielded));
  RECOUP_RETURN_IF_ERROR(ResolveIfOver(loaded.demand));
  return SettleFinished(work, loaded.advance_pointers(), &loaded.demand, loaded.recovery);
}

// One sentence per answer, so that the file shows what was said to what.
void NoteAnswers(UnitOfWork& work, LoadedDemand& loaded,
                 const std::vector<DisputeAnswer>& answers) {
  for (const DisputeAnswer& answer : answers) {
    std::string sentence = absl::StrCat("答复", loaded.demand.debtor_name, "对 ",
                                        NameOf(loaded.demand.pool, answer.advance), " 的异议：",
                                        std::string(ChineseName(answer.decision)));
    if (answer.yielded.is_positive()) {
      absl::StrAppend(&sentence, "，放弃 ", answer.yielded.ToYuanGrouped(), " 元");
    }
    if (!answer.text.empty()) absl::StrAppend(&sentence, "：", answer.text);
    AddTimeline(
        work, loaded.recovery,
        {domain::TimelineKind::kDisputeAnswered, NameOf(loaded.demand.pool, loaded.demand.id),
         answer.yielded.is_positive() ? std::optional(answer.yielded) : std::nullopt},
        work.now(), std::move(sentence));
  }
}

// The answers as they go into the demand and, when a second officer is needed, into the approval.
std::vector<DisputeAnswer> Signed(const UnitOfWork& work, std::vector<DisputeAnswer> answers) {
  for (DisputeAnswer& answer : answers) {
    answer.answered_by = work.caller().actor;
    answer.answered_time = work.now();
  }
  return answers;
}

domain::Approval ApprovalOfYield(UnitOfWork& work, const Demand& demand, Money yielded, Money limit,
                                 std::vector<DisputeAnswer> yields) {
  domain::Approval approval;
  approval.id = work.NewId<domain::ApprovalId>();
  approval.pool = demand.pool;
  approval.action = domain::ApprovalAction::kDisputeYield;
  approval.subject = NameOf(demand.pool, demand.id);
  approval.demand = demand.id;
  approval.amount = yielded;
  approval.threshold = limit;
  for (const DisputeAnswer& answer : yields) {
    absl::StrAppend(&approval.reason, approval.reason.empty() ? "" : "；", answer.text);
  }
  approval.yields = std::move(yields);
  approval.requested_by = work.caller().actor;
  approval.requested_time = work.now();
  return approval;
}

absl::Status CheckDisputed(const Demand& demand) {
  // Asked of the machine, so that the refusal says what must happen first.
  return domain::Next(demand.state, DemandCommand::kResolveDispute).status();
}

}  // namespace

absl::StatusOr<DisputeAnswered> AnswerDisputeOf(const AnswerDispute& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, command.pool, command.demand));
  RECOUP_RETURN_IF_ERROR(CheckEtag(command.etag, loaded.demand.version));
  RECOUP_RETURN_IF_ERROR(CheckDisputed(loaded.demand));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> yielded,
                          YieldedByLine(loaded.demand, command.answers));
  std::vector<DisputeAnswer> answers = Signed(work, command.answers);
  RECOUP_ASSIGN_OR_RETURN(const Money limit, OnePersonsLimit(work, command.pool));
  DisputeAnswered answered;
  if (IsAboveOnePersonsLimit(loaded.demand.relinquished(), SumOf(yielded), limit)) {
    // Upholding and asking hold at once; what is given up waits.
    const auto yields = std::stable_partition(
        answers.begin(), answers.end(),
        [](const DisputeAnswer& answer) { return answer.decision != DisputeDecision::kYield; });
    domain::Approval approval =
        ApprovalOfYield(work, loaded.demand, SumOf(yielded), limit, {yields, answers.end()});
    answers.erase(yields, answers.end());
    answered.approval = approval.id;
    work.Put(approval);
    AddTimeline(work, loaded.recovery,
                About(domain::TimelineKind::kApprovalAsked, loaded.demand, SumOf(yielded)),
                work.now(),
                absl::StrCat("拟就异议向", loaded.demand.debtor_name, "让步 ",
                             SumOf(yielded).ToYuanGrouped(), " 元，待第二人审批"));
  } else {
    RECOUP_RETURN_IF_ERROR(Yield(work, loaded, yielded));
  }
  NoteAnswers(work, loaded, answers);
  Demand& demand = loaded.demand;
  demand.dispute_answers.insert(demand.dispute_answers.end(), answers.begin(), answers.end());
  if (!answers.empty()) {
    RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.dispute_answered"));
  }
  StoreDemand(work, loaded);
  answered.demand = std::move(loaded.demand);
  return answered;
}

absl::Status CompleteYield(UnitOfWork& work, const domain::Approval& approval) {
  RECOUP_CHECK(approval.demand.has_value());
  RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, approval.pool, *approval.demand));
  RECOUP_RETURN_IF_ERROR(CheckDisputed(loaded.demand));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Money> yielded,
                          YieldedByLine(loaded.demand, approval.yields));
  RECOUP_RETURN_IF_ERROR(Yield(work, loaded, yielded));
  NoteAnswers(work, loaded, approval.yields);
  Demand& demand = loaded.demand;
  demand.dispute_answers.insert(demand.dispute_answers.end(), approval.yields.begin(),
                                approval.yields.end());
  RECOUP_RETURN_IF_ERROR(NotifyDebtor(work, demand, "demand.dispute_answered"));
  StoreDemand(work, loaded);
  return absl::OkStatus();
}

}  // namespace recoup::app
