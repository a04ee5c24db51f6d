// Flat-quota agreements (定额分摊协议): proposed, consented to by both sides, ended or replaced.
//
// On the fund's side two officers take part in every agreement, because it gives up money of cases
// that nobody has seen yet: a fund's proposal is shown to the insurer only after a second officer
// approved it, and an insurer's is in force only after one officer consented and a second one
// approved. What an agreement in force does to demands is in agreement_settlement.h.
#ifndef RECOUP_HUB_APP_AGREEMENTS_H_
#define RECOUP_HUB_APP_AGREEMENTS_H_

#include <optional>
#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/agreement.h"
#include "hub/domain/records/approval.h"

namespace recoup::app {

struct CreateAgreement {
  domain::PoolId pool;
  domain::PartyId insurer;  // Empty: the caller.
  domain::AgreementTerms terms;
  std::optional<domain::AgreementId> replaces;
  std::string text;
};

struct AnswerAgreement {
  domain::PoolId pool;
  domain::AgreementId agreement;
  std::string etag;
  domain::AgreementAnswer answer = domain::AgreementAnswer::kAccept;
  std::string text;
};

struct EndAgreement {
  domain::PoolId pool;
  domain::AgreementId agreement;
  std::string etag;
  absl::CivilDay last_day;
  std::string text;
};

// Whether the party may know of the agreement, once it may use the pool.
bool MaySeeAgreement(const domain::PartyId& party, const domain::Agreement& agreement);

absl::StatusOr<domain::Agreement> CreateAgreementOf(const CreateAgreement& command,
                                                    UnitOfWork& work);
absl::StatusOr<domain::Agreement> AnswerAgreementOf(const AnswerAgreement& command,
                                                    UnitOfWork& work);
absl::StatusOr<domain::Agreement> EndAgreementOf(const EndAgreement& command, UnitOfWork& work);

// What the second officer's decision does.
absl::Status ApproveProposal(UnitOfWork& work, const domain::Approval& approval);
absl::Status RejectProposal(UnitOfWork& work, const domain::Approval& approval,
                            const std::string& reason);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_AGREEMENTS_H_
