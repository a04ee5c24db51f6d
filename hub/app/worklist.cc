#include "hub/app/worklist.h"

#include <algorithm>
#include <tuple>

#include "hub/app/limitation_clocks.h"
#include "hub/app/mediation.h"
#include "hub/app/names.h"
#include "hub/app/record_scan.h"
#include "hub/app/recoveries.h"
#include "hub/base/clock.h"
#include "hub/base/status.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/court_case.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/letter.h"
#include "hub/domain/records/mediation.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/recovery.h"

namespace recoup::app {
namespace {

using domain::Demand;
using domain::LookupKind;
using domain::Money;

// The last days of the thirty in which a ruling can be asked for (民事诉讼法 205): collecting
// both sides' papers takes a week.
constexpr std::int64_t kConfirmationPressingDays = 7;

auto OrderOf(const WorkItem& item) {
  return std::tuple(item.urgency, item.due_on.value_or(item.since), -item.amount, item.kind,
                    std::string_view(item.subject));
}
bool MoreUrgent(const WorkItem& a, const WorkItem& b) { return OrderOf(a) < OrderOf(b); }

// Counts everything and keeps the most urgent, so that memory does not grow with what waits.
class WorkCollector {
 public:
  explicit WorkCollector(const WorklistOrder& order) : order_(order) {}

  bool Wants(WorkKind kind) const { return order_.kinds.empty() || order_.kinds.contains(kind); }

  void Add(WorkItem item) {
    if (!Wants(item.kind)) return;
    WorkSum& sum = out_.sums[{item.urgency, item.kind}];
    ++sum.items;
    sum.amount += item.amount;
    if (item.due_on) sum.due_on = std::min(sum.due_on.value_or(*item.due_on), *item.due_on);
    std::vector<WorkItem>& items = out_.items;
    const bool full = items.size() == order_.items_max;
    if (full && !MoreUrgent(item, items.front())) return;
    if (full) {
      std::pop_heap(items.begin(), items.end(), MoreUrgent);
      items.pop_back();
    }
    items.push_back(std::move(item));
    std::push_heap(items.begin(), items.end(), MoreUrgent);
  }

  Worklist Take() {
    std::sort_heap(out_.items.begin(), out_.items.end(), MoreUrgent);
    return std::move(out_);
  }

 private:
  const WorklistOrder& order_;
  Worklist out_;
};

// One answer for each line of which something is disputed.
std::string AnswersAsked(const Demand& demand) {
  std::string options;
  for (const domain::DemandLine& line : demand.lines) {
    if (!line.stages.at(domain::Stage::kDisputed).is_positive()) continue;
    absl::StrAppend(&options, " --answers advance=", NameOf(demand.pool, line.advance),
                    ",decision=答复,text=理由");
  }
  return options;
}

class WorklistBuilder {
 public:
  WorklistBuilder(RecordReader& reader, const WorklistOrder& order,
                  const domain::PolicyData& policy_data)
      : reader_(reader), order_(order), policy_data_(policy_data), out_(order) {}

  absl::StatusOr<Worklist> Build() {
    RECOUP_ASSIGN_OR_RETURN(delivery_days_, policy_data_.Integer("demand.delivery_days",
                                                                 order_.pool.value, order_.today));
    const std::string key = domain::Key({order_.pool.value});
    RECOUP_RETURN_IF_ERROR(
        ForEachBy<Demand>(reader_, LookupKind::kDemandOpen, key, [&](const Demand& demand) {
          AddDemand(demand);
          return absl::OkStatus();
        }));
    RECOUP_RETURN_IF_ERROR(ForEachBy<domain::Recovery>(
        reader_, LookupKind::kRecoveryOpen, key,
        [&](const domain::Recovery& recovery) { return AddRecovery(recovery); }));
    RECOUP_RETURN_IF_ERROR(ForEachBy<domain::Break>(reader_, LookupKind::kBreakOpen, key,
                                                    [&](const domain::Break& found) {
                                                      AddBreak(found);
                                                      return absl::OkStatus();
                                                    }));
    RECOUP_RETURN_IF_ERROR(ForEachBy<domain::Approval>(reader_, LookupKind::kApprovalPending, key,
                                                       [&](const domain::Approval& approval) {
                                                         AddApproval(approval);
                                                         return absl::OkStatus();
                                                       }));
    RECOUP_RETURN_IF_ERROR(ForEachBy<domain::Lead>(reader_, LookupKind::kLeadInReview, key,
                                                   [&](const domain::Lead& lead) {
                                                     AddLead(lead);
                                                     return absl::OkStatus();
                                                   }));
    if (out_.Wants(WorkKind::kJudicialConfirmation)) {
      RECOUP_RETURN_IF_ERROR(ForEach<domain::Mediation>(
          reader_, order_.pool.value,
          [&](const domain::Mediation& mediation) { return AddMediation(mediation); }));
    }
    return out_.Take();
  }

 private:
  void AddDemand(const Demand& demand) {
    AddOpenDemand(demand, open_);
    const std::string subject = NameOf(demand.pool, demand.id);
    Money overdue;
    std::optional<absl::CivilDay> since;
    const auto add_due = [&](absl::CivilDay due_on, Money amount) {
      if (due_on >= order_.today || !amount.is_positive()) return;
      overdue += amount;
      since = std::min(since.value_or(due_on), due_on);
    };
    for (const domain::Instalment& instalment : demand.instalments) {
      add_due(instalment.due_on, instalment.amount - instalment.paid);
    }
    if (demand.instalments.empty() && demand.due_on) add_due(*demand.due_on, demand.open());
    if (since) {
      out_.Add({.urgency = WorkUrgency::kLate,
                .kind = WorkKind::kOverdue,
                .due_on = since,
                .since = *since,
                .amount = overdue,
                .debtor_name = demand.debtor_name,
                .subject = subject,
                .command = absl::StrCat("recoupctl reports statement ", demand.reference,
                                        " --pdf 对账单.pdf")});
    }
    // While a mediation runs, it is the answer; once a suit is filed, the court is.
    const Money disputed = demand.Sum(domain::Stage::kDisputed);
    if (!disputed.is_positive() || demand.lawsuit) return;
    if (demand.mediation_failed_on) {
      out_.Add({.urgency = WorkUrgency::kWaiting,
                .kind = WorkKind::kLitigation,
                .due_on = std::nullopt,
                .since = *demand.mediation_failed_on,
                .amount = disputed,
                .debtor_name = demand.debtor_name,
                .subject = subject,
                .command = absl::StrCat("recoupctl demands sue ", subject,
                                        " --court-name 法院 --case-number 案号 --filed 起诉日 "
                                        "--evidence 受理案件通知书")});
    } else if (demand.state != domain::DemandState::kMediating) {
      const absl::CivilDay day =
          demand.disputed_time ? ChinaDate(*demand.disputed_time) : *demand.issued_on;
      out_.Add({.urgency = WorkUrgency::kWaiting,
                .kind = WorkKind::kDispute,
                .due_on = std::nullopt,
                .since = day,
                .amount = disputed,
                .debtor_name = demand.debtor_name,
                .subject = subject,
                .command = absl::StrCat("recoupctl demands answer-dispute ", subject,
                                        AnswersAsked(demand))});
    }
  }

  absl::Status AddRecovery(const domain::Recovery& recovery) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<Demand> drafts, DraftsOf(reader_, recovery, open_));
    for (const Demand& draft : drafts) AddDraft(recovery, draft);
    const std::string subject = NameOf(recovery.pool, recovery.id);
    if (!recovery.obstacle.empty() && out_.Wants(WorkKind::kObstacle)) {
      RECOUP_RETURN_IF_ERROR(AddObstacle(recovery));
    }
    if (const auto demands = open_.find(recovery.id); demands != open_.end()) {
      for (const OpenDemand& demand : demands->second) AddDelivery(recovery, demand);
    }
    if (!out_.Wants(WorkKind::kLimitation)) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(const std::vector<LimitationClock> clocks,
                            ClocksOfRecovery(recovery, open_, drafts, order_.today, policy_data_));
    for (const LimitationClock& clock : clocks) AddClock(subject, clock);
    return absl::OkStatus();
  }

  // Those who can tell are asked first; while they may still answer in time, nobody is called.
  absl::Status AddObstacle(const domain::Recovery& recovery) {
    RECOUP_ASSIGN_OR_RETURN(
        const std::vector<domain::Letter> inquiries,
        reader_.FindAllBy<domain::Letter>(LookupKind::kInquiryOfRecovery,
                                          domain::Key({recovery.id.value.ToBytes()})));
    bool waits = false;
    for (const domain::Letter& letter : inquiries) {
      if (letter.inquiry->state != domain::InquiryState::kOpen) continue;
      waits = true;
      if (letter.content->due_on < order_.today) AddLateAnswer(letter);
    }
    if (waits) return absl::OkStatus();
    RECOUP_ASSIGN_OR_RETURN(const bool may_ask, MayAsk(recovery));
    const std::string subject = NameOf(recovery.pool, recovery.id);
    out_.Add({.urgency = WorkUrgency::kWaiting,
              .kind = WorkKind::kObstacle,
              .due_on = std::nullopt,
              .since = ChinaDate(recovery.opened_time),
              .amount = Money(),
              .debtor_name = "",
              .subject = subject,
              .command = absl::StrCat(inquiries.empty() && may_ask ? "recoupctl inquiries issue "
                                                                   : "recoupctl recoveries show ",
                                      subject)});
    return absl::OkStatus();
  }

  absl::StatusOr<bool> MayAsk(const domain::Recovery& recovery) {
    if (!recovery.court_case || recovery.state != domain::RecoveryState::kOpen) return false;
    RECOUP_ASSIGN_OR_RETURN(
        const domain::CourtCase court_case,
        reader_.Get<domain::CourtCase>(recovery.court.value, recovery.court_case->value));
    return court_case.state == domain::CourtCaseState::kNotified && IsBasis(court_case);
  }

  void AddLateAnswer(const domain::Letter& letter) {
    const std::string subject = NameOf(letter.pool, letter.id);
    out_.Add({.urgency = WorkUrgency::kLate,
              .kind = WorkKind::kObstacle,
              .due_on = letter.content->due_on,
              .since = letter.issued_on,
              .amount = Money(),
              .debtor_name = letter.addressee,
              .subject = subject,
              .command = absl::StrCat("recoupctl inquiries answer ", subject, " --note 答复")});
  }

  void AddDraft(const domain::Recovery& recovery, const Demand& draft) {
    const std::string subject = NameOf(draft.pool, draft.id);
    out_.Add({.urgency = WorkUrgency::kWaiting,
              .kind = WorkKind::kDraft,
              .due_on = std::nullopt,
              .since = ChinaDate(recovery.opened_time),
              .amount = draft.amount,
              .debtor_name = draft.debtor_name,
              .subject = subject,
              .command = absl::StrCat("recoupctl demands issue ", subject)});
  }

  // A party acknowledges what reached it; of another debtor only a recorded proof of service says
  // that the letter arrived, and without it the limitation period was not interrupted.
  void AddDelivery(const domain::Recovery& recovery, const OpenDemand& demand) {
    const auto index = static_cast<std::size_t>(demand.debtor_index);
    if (!demand.issued_on || index >= recovery.debtors.size()) return;
    const absl::CivilDay expected = *demand.issued_on + delivery_days_;
    if (expected >= order_.today || demand.acknowledged) return;
    const domain::Debtor& debtor = recovery.debtors[index];
    const bool served = std::any_of(debtor.interruptions.begin(), debtor.interruptions.end(),
                                    [&](const domain::Interruption& interruption) {
                                      return interruption.date >= *demand.issued_on;
                                    });
    if (debtor.party.empty() && served) return;
    out_.Add({.urgency = WorkUrgency::kLate,
              .kind = WorkKind::kDelivery,
              .due_on = expected,
              .since = *demand.issued_on,
              .amount = demand.open,
              .debtor_name = debtor.name,
              .subject = NameOf(recovery.pool, demand.id),
              .command = debtor.party.empty()
                             ? absl::StrCat("recoupctl interruption record ", demand.reference,
                                            " --kind demand-served --happened 送达日 --evidence "
                                            "送达回证")
                             : absl::StrCat("recoupctl demands show ", demand.reference)});
  }

  void AddClock(const std::string& recovery, const LimitationClock& clock) {
    const bool expired = clock.state == domain::LimitationState::kExpired;
    if (!expired && clock.state != domain::LimitationState::kSoonDue) return;
    std::string command = absl::StrCat("recoupctl recoveries show ", recovery);
    if (!clock.reference.empty()) {
      command = expired ? absl::StrCat("recoupctl relinquish ", clock.reference, " --amount ",
                                       clock.open.ToYuan(),
                                       " --reason-kind limitation-expired --reason 理由")
                        : absl::StrCat("recoupctl interruption record ", clock.reference,
                                       " --kind suit --happened 起诉日 --evidence 立案通知书");
    }
    // After its end nothing is lost by another day.
    out_.Add({.urgency = expired ? WorkUrgency::kLate : WorkUrgency::kRightAtRisk,
              .kind = WorkKind::kLimitation,
              .due_on = clock.expires_on,
              .since = clock.known_on,
              .amount = clock.open,
              .debtor_name = clock.debtor_name,
              .subject = recovery,
              .command = std::move(command)});
  }

  void AddBreak(const domain::Break& found) {
    const absl::CivilDay opened = ChinaDate(found.opened_time);
    const absl::CivilDay grace = found.grace_until.value_or(opened);
    if (grace >= order_.today) return;
    const std::string subject = NameOf(found.pool, found.id);
    out_.Add({.urgency = WorkUrgency::kLate,
              .kind = WorkKind::kBreak,
              .due_on = grace,
              .since = opened,
              .amount = found.amount,
              .debtor_name = "",
              .subject = subject,
              .command = absl::StrCat("recoupctl breaks resolve ", subject,
                                      " --kind 处理方式 --reason 理由")});
  }

  void AddApproval(const domain::Approval& approval) {
    if (approval.requested_by == order_.actor || approval.first_approved_by == order_.actor) return;
    const std::string subject = NameOf(approval.pool, approval.id);
    // It is due the day it is asked for: it holds up somebody else.
    const absl::CivilDay asked = ChinaDate(approval.requested_time);
    out_.Add({.urgency = WorkUrgency::kWaiting,
              .kind = WorkKind::kApproval,
              .due_on = asked,
              .since = asked,
              .amount = approval.amount,
              .debtor_name = "",
              .subject = subject,
              .command = absl::StrCat("recoupctl approvals show ", subject)});
  }

  void AddLead(const domain::Lead& lead) {
    const std::string subject = NameOf(lead.pool, lead.id);
    out_.Add({.urgency = WorkUrgency::kWaiting,
              .kind = WorkKind::kLead,
              .due_on = std::nullopt,
              .since = ChinaDate(lead.created_time),
              .amount = lead.candidates.empty() ? Money() : lead.candidates.front().amount,
              .debtor_name = "",
              .subject = subject,
              .command = absl::StrCat("recoupctl leads show ", subject)});
  }

  // Once the day has passed nobody can apply any more, so nobody is called.
  absl::Status AddMediation(const domain::Mediation& mediation) {
    if (mediation.state != domain::MediationState::kEffective || mediation.ruling ||
        !mediation.confirmation_due_on || *mediation.confirmation_due_on < order_.today) {
      return absl::OkStatus();
    }
    RECOUP_ASSIGN_OR_RETURN(const bool superseded, IsSuperseded(reader_, mediation));
    if (superseded) return absl::OkStatus();
    const std::int64_t left = *mediation.confirmation_due_on - order_.today;
    const std::string subject = NameOf(mediation.pool, mediation.id);
    out_.Add({.urgency = left <= kConfirmationPressingDays ? WorkUrgency::kRightAtRisk
                                                           : WorkUrgency::kWaiting,
              .kind = WorkKind::kJudicialConfirmation,
              .due_on = mediation.confirmation_due_on,
              .since = mediation.agreed_on.value_or(ChinaDate(mediation.opened_time)),
              .amount = mediation.agreed(),
              .debtor_name = "",
              .subject = subject,
              .command = absl::StrCat("recoupctl mediations confirm ", subject,
                                      " --case-number 案号 --court-name 法院 --decided 裁定日 "
                                      "--confirmed true")});
    return absl::OkStatus();
  }

  RecordReader& reader_;
  const WorklistOrder& order_;
  const domain::PolicyData& policy_data_;
  std::int64_t delivery_days_ = 0;
  OpenDemands open_;
  WorkCollector out_;
};

}  // namespace

absl::StatusOr<Worklist> WorklistOf(RecordReader& reader, const WorklistOrder& order,
                                    const domain::PolicyData& policy_data) {
  return WorklistBuilder(reader, order, policy_data).Build();
}

}  // namespace recoup::app
