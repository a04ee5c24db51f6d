#include "hub/app/court_cases.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/demands.h"
#include "hub/app/link_court_case.h"
#include "hub/app/people.h"
#include "hub/app/recoveries.h"
#include "hub/app/timeline.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/signing.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::CourtCaseCommand;
using domain::CourtCaseState;
using domain::Grade;
using domain::Money;

absl::Status CheckSignature(UnitOfWork& work, const CourtCase& court_case) {
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> party,
                          work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                     domain::Key({work.caller().party.value})));
  if (party) {
    for (const domain::PartyKey& key : party->keys) {
      crypto::VerifyKey::Bytes bytes;
      if (key.key_id != court_case.signing_key_id || key.revoked ||
          key.public_key.size() != bytes.size()) {
        continue;
      }
      std::copy(key.public_key.begin(), key.public_key.end(), bytes.begin());
      if (crypto::VerifyKey(bytes).Verify(absl::StrCat(kCourtCasePrefix, court_case.elements),
                                          court_case.signature)) {
        return absl::OkStatus();
      }
    }
  }
  return MakeError(Reason::kSignatureInvalid,
                   "the signature is not one of this court's registered keys over the elements");
}

void Blind(UnitOfWork& work, CourtCase& court_case) {
  court_case.case_number_token = work.blinder().CaseNumber(court_case.case_number);
  for (domain::Person& person : court_case.injured) app::Blind(work.blinder(), person);
}

// The elements alone: did the fund pay, and has that come back?
Grade GradeOf(const CourtCase& court_case) {
  if (court_case.grade == Grade::kAdvanceRepaid) return Grade::kAdvanceRepaid;
  const bool fund_paid = (court_case.fund_paid && court_case.fund_paid->is_positive()) ||
                         court_case.grade == Grade::kAdvanceOutstanding;
  if (!fund_paid) return Grade::kNoAdvance;
  Money returned;
  for (const domain::Performance& performance : court_case.performances) {
    if (performance.to_fund) returned += performance.amount;
  }
  const bool repaid = court_case.fund_paid && court_case.fund_paid->is_positive() &&
                      returned >= *court_case.fund_paid;
  return repaid ? Grade::kAdvanceRepaid : Grade::kAdvanceOutstanding;
}

absl::StatusOr<CourtCaseAnswer> LinkAndPut(UnitOfWork& work, CourtCase& court_case) {
  RECOUP_ASSIGN_OR_RETURN(const LinkResult linked, LinkCourtCase(work, court_case));
  work.Put(court_case);
  return CourtCaseAnswer{court_case, court_case.grade, linked.persons_with_lead};
}

absl::StatusOr<CourtCase> Find(UnitOfWork& work, const domain::PartyId& court,
                               domain::CourtCaseId id) {
  if (court != work.caller().party) return NotFound("no such court case");
  return work.Get<CourtCase>(court.value, id.value);
}

absl::StatusOr<std::vector<domain::Recovery>> RecoveriesOf(UnitOfWork& work,
                                                           const CourtCase& court_case) {
  return work.FindAllBy<domain::Recovery>(domain::LookupKind::kRecoveryOfCourtCase,
                                          domain::Key({court_case.id.value.ToBytes()}));
}

// Leads of a case that no longer holds: those nobody acted on are replaced.
absl::Status SupersedeLeads(UnitOfWork& work, const CourtCase& court_case) {
  RECOUP_ASSIGN_OR_RETURN(
      std::vector<domain::Lead> leads,
      work.FindAllBy<domain::Lead>(domain::LookupKind::kLeadOfCourtCase,
                                   domain::Key({court_case.id.value.ToBytes()})));
  for (domain::Lead& lead : leads) {
    if (lead.state != domain::LeadState::kReview) continue;
    RECOUP_ASSIGN_OR_RETURN(lead.state, domain::Next(lead.state, domain::LeadCommand::kSupersede));
    work.Put(lead);
  }
  return absl::OkStatus();
}

// What a fund reads when elements change: which ones, and from what to what.
std::string WhatChanged(const CourtCase& before, const CourtCase& after) {
  std::string text;
  if (before.case_number != after.case_number) {
    text = absl::StrCat("案号由 ", before.case_number, " 改为 ", after.case_number);
  }
  const auto money = [](const std::optional<Money>& amount) {
    return amount ? absl::StrCat(amount->ToYuanGrouped(), " 元") : std::string("未载明");
  };
  const auto add = [&](const char* what, const std::string& from, const std::string& to) {
    if (from != to)
      absl::StrAppend(&text, text.empty() ? "" : "；", what, "由 ", from, " 改为 ", to);
  };
  add("基金支付", money(before.fund_paid), money(after.fund_paid));
  add("个人支付", money(before.self_paid), money(after.self_paid));
  add("判决医疗赔偿", money(before.medical_awarded), money(after.medical_awarded));
  add("判决口径", std::string(ChineseName(before.basis)), std::string(ChineseName(after.basis)));
  return text.empty() ? "其他要素" : text;
}

// Recoveries of the earlier version go on with the new one.
absl::Status MoveRecoveries(UnitOfWork& work, const CourtCase& before, const CourtCase& after,
                            const std::string& reason) {
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::Recovery> recoveries, RecoveriesOf(work, before));
  for (domain::Recovery& recovery : recoveries) {
    if (recovery.state == domain::RecoveryState::kClosed) continue;
    recovery.court_case = after.id;
    recovery.basis = after.basis;
    recovery.accident_on = after.accident_on;
    recovery.case_number = after.case_number;  // A retrial has one of its own.
    if (after.state != CourtCaseState::kNotified) {
      // Without consent the fund is told nothing further.
      work.Put(recovery);
      continue;
    }
    AddTimeline(work, recovery, work.now(),
                absl::StrCat("法院更正案件要素：", WhatChanged(before, after), "。理由：", reason));
    std::string person = recovery.injured.name;
    if (recovery.lead) {
      RECOUP_ASSIGN_OR_RETURN(domain::Lead lead,
                              work.Get<domain::Lead>(recovery.pool.value, recovery.lead->value));
      person = lead.person_name;
      lead.court_case = after.id;
      work.Put(lead);
    }
    RECOUP_RETURN_IF_ERROR(ApportionByJudgment(work, recovery, after, person));
    work.Put(recovery);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CourtCaseAnswer> PushCourtCaseOf(const PushCourtCase& command, UnitOfWork& work) {
  CourtCase court_case = command.court_case;
  court_case.court = work.caller().party;
  RECOUP_RETURN_IF_ERROR(CheckSignature(work, court_case));
  Blind(work, court_case);
  RECOUP_ASSIGN_OR_RETURN(
      std::optional<CourtCase> known,
      work.FindBy<CourtCase>(domain::UniqueKeyKind::kCourtCaseOfNumber,
                             domain::Key({court_case.court.value, court_case.case_number_token})));
  if (known) {
    if (known->elements == court_case.elements) {
      return CourtCaseAnswer{*known, known->grade, 0};
    }
    return MakeError(Reason::kAlreadyExistsWithOtherContent,
                     "this case was pushed before with other elements; amend it");
  }
  court_case.id = work.NewId<domain::CourtCaseId>();
  court_case.grade = GradeOf(court_case);
  court_case.recorded_time = work.now();
  court_case.first_recorded_time = work.now();
  if (command.consent) {
    court_case.state = CourtCaseState::kNotified;
    court_case.consented_time = work.now();
    court_case.consent_changed_time = work.now();
    court_case.consented_by = work.caller().actor;
  }
  return LinkAndPut(work, court_case);
}

absl::StatusOr<CourtCaseAnswer> AmendCourtCaseOf(const AmendCourtCase& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(CourtCase before, Find(work, command.court, command.id));
  CourtCase after = command.court_case;
  after.court = before.court;
  RECOUP_RETURN_IF_ERROR(CheckSignature(work, after));
  const CourtCaseState state = before.state;
  RECOUP_ASSIGN_OR_RETURN(before.state, domain::Next(state, CourtCaseCommand::kSupersede));
  Blind(work, after);
  after.id = work.NewId<domain::CourtCaseId>();
  after.state = state;
  after.performances = before.performances;
  after.grade = GradeOf(after);
  after.recorded_time = work.now();
  after.first_recorded_time = before.first_recorded_time;
  after.consented_time = before.consented_time;
  after.consented_by = before.consented_by;
  after.consent_changed_time = before.consent_changed_time;
  after.case_version = before.case_version + 1;
  before.superseded_by = after.id;
  work.Put(before);
  RECOUP_RETURN_IF_ERROR(SupersedeLeads(work, before));
  work.Put(after);
  RECOUP_RETURN_IF_ERROR(MoveRecoveries(work, before, after, command.reason));
  return LinkAndPut(work, after);
}

absl::StatusOr<CourtCaseAnswer> GiveConsentOf(const ChangeCourtCase& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(CourtCase court_case, Find(work, command.court, command.id));
  RECOUP_ASSIGN_OR_RETURN(court_case.state,
                          domain::Next(court_case.state, CourtCaseCommand::kConsent));
  court_case.consented_time = work.now();
  court_case.consent_changed_time = work.now();
  court_case.consented_by = work.caller().actor;
  return LinkAndPut(work, court_case);
}

absl::StatusOr<CourtCaseAnswer> WithdrawConsentOf(const ChangeCourtCase& command,
                                                  UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(CourtCase court_case, Find(work, command.court, command.id));
  RECOUP_ASSIGN_OR_RETURN(court_case.state,
                          domain::Next(court_case.state, CourtCaseCommand::kWithdrawConsent));
  court_case.consented_time.reset();
  court_case.consent_changed_time = work.now();
  RECOUP_RETURN_IF_ERROR(SupersedeLeads(work, court_case));
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::Recovery> recoveries, RecoveriesOf(work, court_case));
  for (domain::Recovery& recovery : recoveries) {
    AddTimeline(work, recovery, work.now(), "法院撤回同意：不再向外发出新的函件，已发出的不受影响");
    work.Put(recovery);
  }
  work.Put(court_case);
  return CourtCaseAnswer{court_case, court_case.grade, 0};
}

absl::StatusOr<CourtCaseAnswer> WithdrawCourtCaseOf(const ChangeCourtCase& command,
                                                    UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(CourtCase court_case, Find(work, command.court, command.id));
  RECOUP_ASSIGN_OR_RETURN(court_case.state,
                          domain::Next(court_case.state, CourtCaseCommand::kWithdraw));
  RECOUP_RETURN_IF_ERROR(SupersedeLeads(work, court_case));
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Recovery> recoveries,
                          RecoveriesOf(work, court_case));
  for (const domain::Recovery& found : recoveries) {
    // Demands stand on this case alone; those on which money has moved are for a person.
    bool kept = false;
    for (const domain::DemandId id : found.demands) {
      RECOUP_ASSIGN_OR_RETURN(LoadedDemand loaded, LoadDemand(work, found.pool, id));
      const auto allowed = domain::Allowed(loaded.demand.state);
      const bool possible = std::find(allowed.begin(), allowed.end(),
                                      domain::DemandCommand::kWithdraw) != allowed.end();
      const bool moved = (loaded.demand.applied() + loaded.demand.relinquished()).is_positive();
      if (loaded.demand.state == domain::DemandState::kWithdrawn) continue;
      if (!possible || moved) {
        kept = true;
        continue;
      }
      RECOUP_RETURN_IF_ERROR(Withdraw(work, loaded, "法院撤回案件"));
      StoreDemand(work, loaded);
    }
    RECOUP_ASSIGN_OR_RETURN(domain::Recovery recovery,
                            work.Get<domain::Recovery>(found.pool.value, found.id.value));
    recovery.obstacle = kept ? "法院已撤回案件，但部分追偿已有款项或者在调解中，须人工处理"
                             : "法院已撤回案件，追偿依据消失，须人工决定是否结案";
    AddTimeline(work, recovery, work.now(), absl::StrCat("法院撤回案件：", command.reason));
    work.Put(recovery);
  }
  work.Put(court_case);
  return CourtCaseAnswer{court_case, court_case.grade, 0};
}

absl::StatusOr<CourtCaseAnswer> ReportPerformanceOf(const ReportPerformance& command,
                                                    UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(CourtCase court_case, Find(work, command.court, command.id));
  RECOUP_ASSIGN_OR_RETURN(court_case.state,
                          domain::Next(court_case.state, CourtCaseCommand::kReportPerformance));
  domain::Performance performance = command.performance;
  performance.recorded_time = work.now();
  court_case.performances.push_back(performance);
  court_case.grade = GradeOf(court_case);
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::Recovery> recoveries, RecoveriesOf(work, court_case));
  // Without consent the fund is told nothing further.
  if (court_case.state != CourtCaseState::kNotified) recoveries.clear();
  for (domain::Recovery& recovery : recoveries) {
    AddTimeline(work, recovery, absl::FromCivil(performance.reported_on, ChinaTimeZone()),
                absl::StrCat("法院报告履行情况：", performance.debtor, "向",
                             performance.to_fund ? "医保基金" : performance.payee, "支付 ",
                             performance.amount.ToYuanGrouped(), " 元",
                             performance.complete ? "，判决已履行完毕" : ""));
    if (recovery.state != domain::RecoveryState::kClosed) {
      std::string person = recovery.injured.name;
      if (recovery.lead) {
        RECOUP_ASSIGN_OR_RETURN(const domain::Lead* lead,
                                work.Find<domain::Lead>(recovery.pool.value, recovery.lead->value));
        if (lead != nullptr) person = lead->person_name;
      }
      RECOUP_RETURN_IF_ERROR(ApportionByJudgment(work, recovery, court_case, person));
    }
    work.Put(recovery);
  }
  work.Put(court_case);
  return CourtCaseAnswer{court_case, court_case.grade, 0};
}

}  // namespace recoup::app
