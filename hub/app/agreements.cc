#include "hub/app/agreements.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "hub/app/agreement_settlement.h"
#include "hub/app/etag.h"
#include "hub/app/mediation_terms.h"
#include "hub/app/names.h"
#include "hub/app/refusal.h"
#include "hub/base/check.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/flat_quota.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

using domain::Agreement;
using domain::AgreementAnswer;
using domain::AgreementCommand;
using domain::AgreementState;

bool IsFundOffice(const domain::PartyId& party) { return party.kind() == domain::PartyKind::kFund; }

absl::StatusOr<Agreement> LoadAgreement(UnitOfWork& work, const domain::PoolId& pool,
                                        domain::AgreementId id, const std::string& etag) {
  RECOUP_ASSIGN_OR_RETURN(Agreement agreement, work.Get<Agreement>(pool.value, id.value));
  if (!MaySeeAgreement(work.caller().party, agreement)) return NotFound("no such agreement");
  RECOUP_RETURN_IF_ERROR(CheckEtag(etag, agreement.version));
  return agreement;
}

absl::Status Step(const UnitOfWork& work, Agreement& agreement, AgreementCommand command,
                  std::string text) {
  RECOUP_ASSIGN_OR_RETURN(agreement.state, domain::Next(agreement.state, command));
  agreement.changes.push_back({agreement.state, work.caller().actor, work.now(), std::move(text)});
  return absl::OkStatus();
}

// One accident falls under one agreement at most; `replaced` ends before this one starts.
absl::Status CheckAlone(UnitOfWork& work, const Agreement& agreement) {
  RECOUP_ASSIGN_OR_RETURN(
      const std::vector<Agreement> others,
      work.FindAllBy<Agreement>(domain::LookupKind::kAgreementOf,
                                domain::Key({agreement.pool.value, agreement.insurer.value})));
  for (const Agreement& other : others) {
    domain::AgreementTerms terms = other.terms;
    if (other.id == agreement.replaces) terms.effective_until = agreement.terms.effective_from - 1;
    if (other.id == agreement.id || !domain::Overlap(terms, agreement.terms)) continue;
    return Refuse(Reason::kIllegalTransition, "another agreement covers the same accidents",
                  "OVERLAP", NameOf(other.pool, other.id),
                  "先终止或替代该协议，或改变期间、第三方情形、保单种类");
  }
  return absl::OkStatus();
}

absl::Status CheckReplaced(UnitOfWork& work, const Agreement& agreement) {
  if (!agreement.replaces) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(const Agreement* replaced,
                          work.Find<Agreement>(agreement.pool.value, agreement.replaces->value));
  if (replaced == nullptr || replaced->insurer != agreement.insurer || !replaced->is_binding()) {
    return NotFound("no such agreement to replace");
  }
  if (agreement.terms.effective_from > replaced->terms.effective_from) return absl::OkStatus();
  return FaultOf("terms.effective_from_on",
                 "must lie after the first day of the agreement that is replaced");
}

void AskSecondOfficer(UnitOfWork& work, Agreement& agreement, const std::string& reason) {
  domain::Approval approval;
  approval.id = work.NewId<domain::ApprovalId>();
  approval.pool = agreement.pool;
  approval.action = domain::ApprovalAction::kAgreement;
  approval.subject = NameOf(agreement.pool, agreement.id);
  approval.agreement = agreement.id;
  approval.amount = agreement.terms.cap;
  approval.reason = reason;
  approval.requested_by = work.caller().actor;
  approval.requested_time = work.now();
  agreement.approval = approval.id;
  work.Put(approval);
}

absl::Status EndReplaced(UnitOfWork& work, const Agreement& by) {
  if (!by.replaces) return absl::OkStatus();
  RECOUP_ASSIGN_OR_RETURN(Agreement replaced,
                          work.Get<Agreement>(by.pool.value, by.replaces->value));
  const absl::CivilDay last_day = by.terms.effective_from - 1;
  // It may have been ended for an earlier day meanwhile; then it stays so.
  if (replaced.terms.effective_until && *replaced.terms.effective_until <= last_day) {
    return absl::OkStatus();
  }
  replaced.terms.effective_until = last_day;
  const std::string text = absl::StrCat("由 ", NameOf(by.pool, by.id), " 替代");
  if (replaced.state == AgreementState::kInForce) {
    RECOUP_RETURN_IF_ERROR(Step(work, replaced, AgreementCommand::kEnd, text));
  } else {
    replaced.changes.push_back({replaced.state, work.caller().actor, work.now(), text});
  }
  work.Put(replaced);
  return absl::OkStatus();
}

// `agreement` has just reached IN_FORCE: what it covers of the demands already sent is settled.
absl::StatusOr<Agreement> PutIntoForce(UnitOfWork& work, Agreement agreement) {
  RECOUP_RETURN_IF_ERROR(CheckReplaced(work, agreement));
  RECOUP_RETURN_IF_ERROR(CheckAlone(work, agreement));
  RECOUP_RETURN_IF_ERROR(EndReplaced(work, agreement));
  work.Put(agreement);
  RECOUP_RETURN_IF_ERROR(SettleSentDemands(work, agreement));
  return work.Get<Agreement>(agreement.pool.value, agreement.id.value);
}

absl::Status NotYours(const Agreement& agreement, bool own_side_wanted) {
  return Refuse(Reason::kIllegalTransition,
                own_side_wanted ? "only the side that proposed may withdraw"
                                : "who proposed cannot also answer",
                "SIDE", NameOf(agreement.pool, agreement.id),
                own_side_wanted ? "由提出方撤回；对方可以不同意" : "须由对方答复");
}

}  // namespace

bool MaySeeAgreement(const domain::PartyId& party, const Agreement& agreement) {
  return IsFundOffice(party) || (agreement.insurer == party && agreement.shown_to_insurer);
}

absl::StatusOr<Agreement> CreateAgreementOf(const CreateAgreement& command, UnitOfWork& work) {
  Agreement agreement;
  agreement.id = work.NewId<domain::AgreementId>();
  agreement.pool = command.pool;
  agreement.proposed_by_fund = IsFundOffice(work.caller().party);
  agreement.insurer = command.insurer.empty() ? work.caller().party : command.insurer;
  agreement.terms = command.terms;
  agreement.replaces = command.replaces;
  RECOUP_ASSIGN_OR_RETURN(const std::optional<domain::Party> insurer,
                          work.FindBy<domain::Party>(domain::UniqueKeyKind::kPartyOfName,
                                                     domain::Key({agreement.insurer.value})));
  const bool foreign = !agreement.proposed_by_fund && agreement.insurer != work.caller().party;
  if (!insurer || foreign || agreement.insurer.kind() != domain::PartyKind::kInsurer) {
    return NotFound("no such insurer");
  }
  RECOUP_RETURN_IF_ERROR(CheckReplaced(work, agreement));
  RECOUP_RETURN_IF_ERROR(CheckAlone(work, agreement));
  agreement.state =
      agreement.proposed_by_fund ? AgreementState::kDrafted : AgreementState::kProposed;
  agreement.shown_to_insurer = !agreement.proposed_by_fund;
  agreement.changes.push_back({agreement.state, work.caller().actor, work.now(), command.text});
  if (agreement.proposed_by_fund) AskSecondOfficer(work, agreement, command.text);
  work.Put(agreement);
  return agreement;
}

absl::StatusOr<Agreement> AnswerAgreementOf(const AnswerAgreement& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Agreement agreement,
                          LoadAgreement(work, command.pool, command.agreement, command.etag));
  const bool by_fund = IsFundOffice(work.caller().party);
  const bool withdraws = command.answer == AgreementAnswer::kWithdraw;
  if ((by_fund == agreement.proposed_by_fund) != withdraws) return NotYours(agreement, withdraws);
  switch (command.answer) {
    case AgreementAnswer::kWithdraw:
      RECOUP_RETURN_IF_ERROR(Step(work, agreement, AgreementCommand::kWithdraw, command.text));
      break;
    case AgreementAnswer::kDecline:
      RECOUP_RETURN_IF_ERROR(Step(work, agreement, AgreementCommand::kDecline, command.text));
      break;
    case AgreementAnswer::kAccept:
      if (!by_fund) {
        RECOUP_RETURN_IF_ERROR(Step(work, agreement, AgreementCommand::kConfirm, command.text));
        return PutIntoForce(work, std::move(agreement));
      }
      RECOUP_RETURN_IF_ERROR(Step(work, agreement, AgreementCommand::kConsent, command.text));
      RECOUP_RETURN_IF_ERROR(CheckAlone(work, agreement));
      AskSecondOfficer(work, agreement, command.text);
      break;
  }
  work.Put(agreement);
  return agreement;
}

absl::StatusOr<Agreement> EndAgreementOf(const EndAgreement& command, UnitOfWork& work) {
  RECOUP_ASSIGN_OR_RETURN(Agreement agreement,
                          LoadAgreement(work, command.pool, command.agreement, command.etag));
  RECOUP_RETURN_IF_ERROR(Step(work, agreement, AgreementCommand::kEnd, command.text));
  const absl::CivilDay earliest = work.today() + agreement.terms.notice_days;
  if (command.last_day < earliest) {
    return FaultOf("last_day_on", absl::StrCat("before ", absl::FormatCivilTime(earliest),
                                               ", the earliest day by the agreed notice"));
  }
  if (command.last_day < agreement.terms.effective_from) {
    return FaultOf("last_day_on", "before the first day of the agreement");
  }
  if (agreement.terms.effective_until && command.last_day > *agreement.terms.effective_until) {
    return FaultOf("last_day_on", "after the last day that was agreed");
  }
  agreement.terms.effective_until = command.last_day;
  work.Put(agreement);
  return agreement;
}

absl::Status ApproveProposal(UnitOfWork& work, const domain::Approval& approval) {
  RECOUP_CHECK(approval.agreement.has_value());
  RECOUP_ASSIGN_OR_RETURN(Agreement agreement,
                          work.Get<Agreement>(approval.pool.value, approval.agreement->value));
  RECOUP_RETURN_IF_ERROR(
      Step(work, agreement, AgreementCommand::kApprove, approval.decision_reason));
  if (agreement.state == AgreementState::kInForce) {
    return PutIntoForce(work, std::move(agreement)).status();
  }
  agreement.shown_to_insurer = true;
  work.Put(agreement);
  return absl::OkStatus();
}

absl::Status RejectProposal(UnitOfWork& work, const domain::Approval& approval,
                            const std::string& reason) {
  RECOUP_CHECK(approval.agreement.has_value());
  RECOUP_ASSIGN_OR_RETURN(Agreement agreement,
                          work.Get<Agreement>(approval.pool.value, approval.agreement->value));
  // A draft that its own side withdrew meanwhile has nothing left to reject.
  if (agreement.state == AgreementState::kDeclined) return absl::OkStatus();
  RECOUP_RETURN_IF_ERROR(Step(work, agreement, AgreementCommand::kReject, reason));
  work.Put(agreement);
  return absl::OkStatus();
}

}  // namespace recoup::app
