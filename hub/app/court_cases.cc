#include "hub/app/court_cases.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/app/case_links.h"
#include "hub/app/link_court_case.h"
#include "hub/app/people.h"
#include "hub/app/performance.h"
#include "hub/app/share_limits.h"
#include "hub/app/timeline.h"
#include "hub/base/clock.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/crypto/sha256.h"
#include "hub/crypto/signing.h"
#include "hub/domain/case_number.h"
#include "hub/domain/records/recovery.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::CourtCase;
using domain::CourtCaseCommand;
using domain::CourtCaseState;
using domain::Grade;
using domain::Money;
using domain::Performance;

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
  const auto token = [&](const std::string& number) {
    return work.blinder().CaseNumber(domain::NormaliseCaseNumber(number));
  };
  court_case.case_number_token = token(court_case.case_number);
  for (domain::EarlierCase& earlier : court_case.earlier_cases) {
    earlier.case_number_token = token(earlier.case_number);
  }
  for (domain::Person& person : court_case.injured) app::Blind(work.blinder(), person);
}

absl::StatusOr<CourtCaseAnswer> LinkAndPut(UnitOfWork& work, CourtCase& court_case) {
  RECOUP_RETURN_IF_ERROR(SucceedEarlierCases(work, court_case));
  RECOUP_ASSIGN_OR_RETURN(const LinkResult linked, LinkCourtCase(work, court_case));
  work.Put(court_case);
  RECOUP_RETURN_IF_ERROR(ShareLimitsOfCase(work, court_case, kAnotherVictim));
  CourtCaseAnswer answer{court_case, court_case.grade, linked.persons_with_lead, 0};
  if (court_case.state != CourtCaseState::kNotified) return answer;
  RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::Recovery> recoveries,
                          RecoveriesOf(work, court_case));
  answer.recoveries_without_amount = static_cast<int>(
      std::ranges::count_if(recoveries, [](const auto& one) { return !one.obstacle.empty(); }));
  return answer;
}

// The case of this court with the same number. Cases from before numbers were compared in one form
// are found as they were typed.
absl::StatusOr<std::optional<CourtCase>> KnownCase(UnitOfWork& work, const CourtCase& court_case) {
  for (const std::string& token :
       {court_case.case_number_token, work.blinder().CaseNumber(court_case.case_number)}) {
    RECOUP_ASSIGN_OR_RETURN(std::optional<CourtCase> known,
                            work.FindBy<CourtCase>(domain::UniqueKeyKind::kCourtCaseOfNumber,
                                                   domain::Key({court_case.court.value, token})));
    if (known) return known;
  }
  return std::nullopt;
}

absl::StatusOr<CourtCase> Find(UnitOfWork& work, const domain::PartyId& court,
                               domain::CourtCaseId id) {
  if (court != work.caller().party) return NotFound("no such court case");
  return work.Get<CourtCase>(court.value, id.value);
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

// A correction ruling (补正裁定) has the number of the case it corrects and holds no elements of
// its own: the case stands, and the fund's officers are told to look until the court amends it.
absl::StatusOr<CourtCaseAnswer> RecordCorrection(UnitOfWork& work, CourtCase known,
                                                 const CourtCase& ruling) {
  const std::string sentence =
      absl::StrCat("补正裁定，文书 SHA-256 ", crypto::ToHex(ruling.document_sha256));
  const bool again = std::any_of(
      known.evidence.begin(), known.evidence.end(),
      [&](const domain::ElementEvidence& evidence) { return evidence.sentence == sentence; });
  if (again) return CourtCaseAnswer{known, known.grade, 0, 0};
  known.evidence.push_back(
      {.element = "outcome", .sentence = sentence, .rule = "hub.correction_ruling"});
  if (known.state == CourtCaseState::kNotified) {
    RECOUP_RETURN_IF_ERROR(TellOfCorrection(work, known, ruling));
  }
  work.Put(known);
  return CourtCaseAnswer{known, known.grade, 0, 0};
}

}  // namespace

absl::StatusOr<CourtCaseAnswer> PushCourtCaseOf(const PushCourtCase& command, UnitOfWork& work) {
  CourtCase court_case = command.court_case;
  court_case.court = work.caller().party;
  RECOUP_RETURN_IF_ERROR(CheckSignature(work, court_case));
  Blind(work, court_case);
  RECOUP_ASSIGN_OR_RETURN(std::optional<CourtCase> known, KnownCase(work, court_case));
  if (known) {
    if (known->elements == court_case.elements) {
      return CourtCaseAnswer{*known, known->grade, 0, 0};
    }
    if (court_case.outcome == domain::CaseOutcome::kCorrected) {
      return RecordCorrection(work, *std::move(known), court_case);
    }
    return MakeError(Reason::kAlreadyExistsWithOtherContent,
                     "this case was pushed before with other elements; amend it");
  }
  court_case.id = work.NewId<domain::CourtCaseId>();
  court_case.grade_of_elements = court_case.grade;
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
  if (after.outcome == domain::CaseOutcome::kCorrected) {
    Faults faults;
    faults.Add("elements.outcome",
               "a correction ruling holds no elements; amend with those of the corrected document");
    return faults.ToStatus();
  }
  const CourtCaseState state = before.state;
  RECOUP_ASSIGN_OR_RETURN(before.state, domain::Next(state, CourtCaseCommand::kSupersede));
  Blind(work, after);
  after.id = work.NewId<domain::CourtCaseId>();
  after.state = state;
  after.performances = before.performances;
  after.withdrawn_performances = before.withdrawn_performances;
  after.grade_of_elements = after.grade;
  after.grade = GradeOf(after);
  after.recorded_time = work.now();
  after.first_recorded_time = before.first_recorded_time;
  after.consented_time = before.consented_time;
  after.consented_by = before.consented_by;
  after.consent_changed_time = before.consent_changed_time;
  after.case_version = before.case_version + 1;
  before.superseded_by = after.id;
  before.superseded_by_court = after.court;
  work.Put(before);
  RECOUP_RETURN_IF_ERROR(SupersedeLeads(work, before));
  work.Put(after);
  RECOUP_RETURN_IF_ERROR(
      MoveRecoveries(work, before, after,
                     absl::StrCat("法院更正案件要素：", WhatChanged(before, after), "（理由：",
                                  command.reason, "）")));
  RECOUP_RETURN_IF_ERROR(ShareLimitsOfCase(work, before, kAnotherVictim));
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
    AddTimeline(work, recovery, About(domain::TimelineKind::kCaseChanged, court_case), work.now(),
                "法院撤回同意：不再向外发出新的函件，已发出的不受影响");
    work.Put(recovery);
  }
  work.Put(court_case);
  return CourtCaseAnswer{court_case, court_case.grade, 0, 0};
}

absl::StatusOr<CourtCaseAnswer> WithdrawCourtCaseOf(const ChangeCourtCase& command,
                                                    UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(CourtCase court_case, Find(work, command.court, command.id));
  RECOUP_ASSIGN_OR_RETURN(court_case.state,
                          domain::Next(court_case.state, CourtCaseCommand::kWithdraw));
  RECOUP_RETURN_IF_ERROR(SupersedeLeads(work, court_case));
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::Recovery> recoveries, RecoveriesOf(work, court_case));
  for (domain::Recovery& recovery : recoveries) {
    AddTimeline(work, recovery, About(domain::TimelineKind::kCaseChanged, court_case), work.now(),
                absl::StrCat("法院撤回案件：", command.reason));
    RECOUP_RETURN_IF_ERROR(
        Follow(work, recovery, court_case, absl::StrCat("法院撤回案件（", command.reason, "）")));
  }
  work.Put(court_case);
  RECOUP_RETURN_IF_ERROR(ShareLimitsOfCase(work, court_case, kAnotherVictim));
  return CourtCaseAnswer{court_case, court_case.grade, 0, 0};
}

namespace {

std::string ReportText(const Performance& performance) {
  return absl::StrCat(
      performance.debtor, "向", performance.to_fund ? "医保基金" : performance.payee, "支付 ",
      performance.amount.ToYuanGrouped(), " 元", performance.complete ? "，判决已履行完毕" : "");
}

// Recoveries follow the case after a report or its withdrawal.
absl::StatusOr<CourtCaseAnswer> FollowReports(UnitOfWork& work, CourtCase& court_case,
                                              TimelineFact fact, absl::Time at,
                                              const std::string& text, const std::string& why) {
  court_case.grade = GradeOf(court_case);
  RECOUP_ASSIGN_OR_RETURN(std::vector<domain::Recovery> recoveries, RecoveriesOf(work, court_case));
  // Without consent the fund is told nothing further.
  if (court_case.state != CourtCaseState::kNotified) recoveries.clear();
  for (domain::Recovery& recovery : recoveries) {
    AddTimeline(work, recovery, fact, at, text);
    RECOUP_RETURN_IF_ERROR(
        Follow(work, recovery, court_case, absl::StrCat(court_case.court_name, why)));
  }
  work.Put(court_case);
  RECOUP_RETURN_IF_ERROR(ShareLimitsOfCase(work, court_case, kAnotherVictim));
  return CourtCaseAnswer{court_case, court_case.grade, 0, 0};
}

}  // namespace

absl::StatusOr<CourtCaseAnswer> ReportPerformanceOf(const ReportPerformance& command,
                                                    UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(CourtCase court_case, Find(work, command.court, command.id));
  RECOUP_ASSIGN_OR_RETURN(court_case.state,
                          domain::Next(court_case.state, CourtCaseCommand::kReportPerformance));
  Performance performance = command.performance;
  for (const Performance& known : court_case.performances) {
    if (IsSameReport(known, performance))
      return CourtCaseAnswer{court_case, court_case.grade, 0, 0};
  }
  RECOUP_RETURN_IF_ERROR(CheckPerformance(court_case, performance));
  performance.recorded_time = work.now();
  court_case.performances.push_back(performance);
  return FollowReports(work, court_case,
                       About(domain::TimelineKind::kCasePerformed, court_case, performance.amount),
                       absl::FromCivil(performance.reported_on, ChinaTimeZone()),
                       absl::StrCat("法院报告履行情况：", ReportText(performance)), "报告履行情况");
}

absl::StatusOr<CourtCaseAnswer> WithdrawPerformanceOf(const WithdrawPerformance& command,
                                                      UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(CourtCase court_case, Find(work, command.court, command.id));
  RECOUP_ASSIGN_OR_RETURN(court_case.state,
                          domain::Next(court_case.state, CourtCaseCommand::kWithdrawPerformance));
  const auto report = std::find_if(
      court_case.performances.begin(), court_case.performances.end(),
      [&](const Performance& known) { return IsSameReport(known, command.performance); });
  if (report == court_case.performances.end()) {
    return NotFound("the case has no such report of performance");
  }
  const Performance withdrawn = *report;
  court_case.performances.erase(report);
  court_case.withdrawn_performances.push_back(
      {.performance = withdrawn, .reason = command.reason, .withdrawn_time = work.now()});
  // What the elements call repaid stays so; what reports made repaid is judged again.
  if (court_case.grade == Grade::kAdvanceRepaid &&
      court_case.grade_of_elements != Grade::kAdvanceRepaid) {
    court_case.grade = Grade::kAdvanceOutstanding;
  }
  return FollowReports(
      work, court_case, About(domain::TimelineKind::kCaseChanged, court_case), work.now(),
      absl::StrCat("法院撤回履行情况报告（", absl::FormatCivilTime(withdrawn.reported_on), "，",
                   ReportText(withdrawn), "）：", command.reason),
      "撤回履行情况报告");
}

}  // namespace recoup::app
