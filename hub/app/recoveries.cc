#include "hub/app/recoveries.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/agreed_shares.h"
#include "hub/app/books.h"
#include "hub/app/draft_demands.h"
#include "hub/app/inquiries.h"
#include "hub/app/judged_apportionment.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/app/share_limits.h"
#include "hub/app/timeline.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"
#include "hub/domain/plate.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::Advance;
using domain::AdvanceState;
using domain::Debtor;
using domain::Demand;
using domain::DemandState;
using domain::Flag;
using domain::Money;
using domain::Recovery;

absl::Status ConfirmFlag(UnitOfWork& work, const Advance& advance, const std::string& reason) {
  if (!advance.flag) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(Flag flag, work.Get<Flag>(advance.pool.value, advance.flag->value));
  if (flag.state != domain::FlagState::kSuspected) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(flag.state, domain::Next(flag.state, domain::FlagCommand::kConfirm));
  flag.history.push_back({.recorded_time = work.now(),
                          .happened_time = work.now(),
                          .to = flag.state,
                          .third_party_kind = flag.third_party_kind,
                          .actor = work.caller().actor,
                          .reason = reason,
                          .changed_fields = {"state"}});
  work.Put(flag);
  return absl::OkStatus();
}

absl::Status TakePlates(UnitOfWork& work, Recovery& recovery,
                        const std::vector<Advance>& advances) {
  std::set<std::string> plates;
  for (const Advance& advance : advances) {
    if (!advance.flag) continue;
    RECOUP_ASSIGN_OR_RETURN(const Flag flag,
                            work.Get<Flag>(advance.pool.value, advance.flag->value));
    if (!flag.plate.empty()) plates.insert(domain::NormalisePlate(flag.plate));
  }
  recovery.plates.assign(plates.begin(), plates.end());
  return absl::OkStatus();
}

// The shares are of C itself: what is agreed is not apportioned again.
absl::Status TakeShares(UnitOfWork& work, Recovery& recovery, const OpenRecovery& command) {
  recovery.agreed_on = command.reason;
  recovery.agreed_shares.clear();
  for (const OpenRecovery::Share& share : command.shares) {
    Debtor debtor = share.debtor;
    debtor.share_basis_points = share.basis_points;
    if (debtor.kind == domain::DebtorKind::kInsurer && debtor.party.empty()) {
      RECOUP_ASSIGN_OR_RETURN(debtor.party, InsurerNamed(work, debtor.name));
    }
    recovery.agreed_shares.push_back(std::move(debtor));
  }
  Faults faults;
  RECOUP_RETURN_IF_ERROR(BindShares(work, recovery, faults));
  if (!faults.empty()) return faults.ToStatus();
  return FollowShares(work, recovery, {});
}

// That of the advances, when its case does not tell the amount and nothing of it is asked for yet;
// else a new one.
absl::StatusOr<Recovery> RecoveryOfShares(UnitOfWork& work, const OpenRecovery& command) {
  const Advance* first = nullptr;
  if (!command.advances.empty()) {
    RECOUP_ASSIGN_OR_RETURN(first,
                            work.Find<Advance>(command.pool.value, command.advances.front().value));
  }
  if (first != nullptr && first->recovery) {
    RECOUP_ASSIGN_OR_RETURN(Recovery known,
                            work.Get<Recovery>(command.pool.value, first->recovery->value));
    RECOUP_ASSIGN_OR_RETURN(const bool issued, HasIssuedDemand(work, known));
    const bool all = std::ranges::is_permutation(known.advances, command.advances);
    if (known.court_case && !known.obstacle.empty() && !issued && all) {
      known.limit_claims.clear();  // The shares claim anew.
      if (!known.accident_on) known.accident_on = command.accident_on;
      return known;
    }
  }
  Recovery recovery;
  recovery.id = work.NewId<domain::RecoveryId>();
  recovery.pool = command.pool;
  recovery.accident_on = command.accident_on;
  recovery.known_on = work.today();
  recovery.third_party_kind = command.third_party_kind;
  recovery.opened_time = work.now();
  return recovery;
}

}  // namespace

absl::StatusOr<std::vector<Advance>> AdvancesOf(UnitOfWork& work, const Recovery& recovery) {
  std::vector<Advance> advances;
  for (const domain::AdvanceId id : recovery.advances) {
    RECOUP_ASSIGN_OR_RETURN(Advance advance, work.Get<Advance>(recovery.pool.value, id.value));
    advances.push_back(std::move(advance));
  }
  return advances;
}

absl::StatusOr<bool> HasIssuedDemand(UnitOfWork& work, const Recovery& recovery) {
  for (const domain::DemandId id : recovery.demands) {
    RECOUP_ASSIGN_OR_RETURN(const Demand* demand, work.Find<Demand>(recovery.pool.value, id.value));
    if (demand != nullptr && demand->is_issued()) return true;
  }
  return false;
}

absl::Status TakeAdvances(UnitOfWork& work, Recovery& recovery,
                          const std::vector<domain::AdvanceId>& advances) {
  for (const domain::AdvanceId id : advances) {
    RECOUP_ASSIGN_OR_RETURN(Advance advance, work.Get<Advance>(recovery.pool.value, id.value));
    if (advance.recovery == recovery.id) continue;
    if (advance.recovery || advance.state == AdvanceState::kReversed ||
        advance.state == AdvanceState::kReversalPending) {
      return Refuse(Reason::kIllegalTransition, "an advance cannot be taken into this recovery",
                    "STATE", NameOf(advance.pool, id),
                    advance.recovery ? "垫付已在另一追偿案中" : "结算已撤销");
    }
    advance.recovery = recovery.id;
    if (advance.state == AdvanceState::kCandidate && advance.amount.is_positive()) {
      RECOUP_RETURN_IF_ERROR(PutOnBooks(work, advance));
    }
    RECOUP_RETURN_IF_ERROR(ConfirmFlag(work, advance, "追偿案已确认第三方责任"));
    recovery.advances.push_back(id);
    work.Put(advance);
  }
  return absl::OkStatus();
}

absl::StatusOr<Recovery> OpenRecoveryOfLead(UnitOfWork& work, domain::Lead& lead,
                                            const domain::CourtCase& court_case) {
  const domain::LeadCandidate& candidate =
      lead.candidates[static_cast<std::size_t>(lead.chosen.value_or(0))];
  Recovery recovery;
  recovery.id = work.NewId<domain::RecoveryId>();
  recovery.pool = lead.pool;
  recovery.injured = candidate.person;
  recovery.accident_on = court_case.accident_on;
  recovery.known_on = work.today();
  recovery.third_party_kind = court_case.third_party_kind;
  recovery.basis = court_case.basis;
  recovery.court = court_case.court;
  recovery.court_case = court_case.id;
  recovery.case_number = court_case.case_number;
  recovery.lead = lead.id;
  recovery.opened_time = work.now();
  lead.recovery = recovery.id;
  AddTimeline(work, recovery, About(domain::TimelineKind::kCaseClosed, court_case),
              absl::FromCivil(court_case.closed_on, ChinaTimeZone()),
              absl::StrCat(court_case.court_name, " ", court_case.case_number, " 结案"));
  AddTimeline(work, recovery,
              {domain::TimelineKind::kRecoveryOpened, NameOf(lead.pool, lead.id), candidate.amount},
              work.now(),
              absl::StrCat("追偿线索已确认，立案追偿，垫付 ", candidate.advances.size(), " 笔，共 ",
                           candidate.amount.ToYuanGrouped(), " 元：", lead.decision_reason));
  RECOUP_RETURN_IF_ERROR(TakeAdvances(work, recovery, candidate.advances));
  RECOUP_RETURN_IF_ERROR(FollowCase(work, recovery, court_case, lead.person_name, {}));
  return recovery;
}

absl::StatusOr<RecoveryView> OpenRecoveryOf(const OpenRecovery& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Recovery recovery, RecoveryOfShares(work, command));
  const bool of_case = recovery.court_case.has_value();
  AddTimeline(
      work, recovery,
      {of_case ? domain::TimelineKind::kRecoveryRecomputed : domain::TimelineKind::kRecoveryOpened},
      work.now(),
      absl::StrCat(
          of_case ? "案件不能计算，按约定或者认可的责任比例追偿：" : "无判决立案追偿：",
          command.reason,
          command.document_sha256.empty()
              ? ""
              : absl::StrCat("；证明文件 SHA-256 ", crypto::ToHex(command.document_sha256))));
  RECOUP_RETURN_IF_ERROR(
      EndInquiries(work, recovery, domain::InquiryCommand::kSupersede,
                   "已按约定或者认可的责任比例起草追偿函；收件人不是义务人的，须告知"));
  RECOUP_RETURN_IF_ERROR(TakeAdvances(work, recovery, command.advances));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<Advance> advances, AdvancesOf(work, recovery));
  Faults faults;
  Money fund;
  for (std::size_t i = 0; i < advances.size(); ++i) {
    const bool same_person = advances[i].patient.id_token == advances[0].patient.id_token &&
                             advances[i].patient.name_token == advances[0].patient.name_token;
    if (!same_person) faults.Add(absl::StrCat("advances[", i, "]"), "of another insured person");
    fund += advances[i].amount;
  }
  if (fund.is_zero()) faults.Add("advances", "the fund paid nothing");
  if (!faults.empty()) return faults.ToStatus();
  recovery.injured = advances.front().patient;
  RECOUP_RETURN_IF_ERROR(TakePlates(work, recovery, advances));
  RECOUP_RETURN_IF_ERROR(TakeShares(work, recovery, command));
  work.Put(recovery);
  RECOUP_RETURN_IF_ERROR(ShareLimitsOf(work, recovery, kAnotherVictim));
  RECOUP_ASSIGN_OR_RETURN(recovery, work.Get<Recovery>(recovery.pool.value, recovery.id.value));
  return ViewOf(work, std::move(recovery));
}

}  // namespace recoup::app
