// What courts do with their cases: push, amend, consent, withdraw, report performance (履行情况)
// and take such a report back.
//
// A case is signed by the court over its elements; the hub keeps bytes and signature. It lives in
// the court's own partition, and nothing of it reaches a fund before the court consents: then it is
// linked. Case number and court name a case: the same content again finds the first one.
#ifndef RECOUP_HUB_APP_COURT_CASES_H_
#define RECOUP_HUB_APP_COURT_CASES_H_

#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/court_case.h"

namespace recoup::app {

// What the court signs is this text followed by the elements.
inline constexpr char kCourtCasePrefix[] = "recoup court case v1\n";

struct PushCourtCase {
  domain::CourtCase
      court_case;  // As read from the elements; id, court and state are the use case's.
  bool consent = false;
};

struct CourtCaseAnswer {
  domain::CourtCase court_case;
  domain::Grade grade = domain::Grade::kNoAdvance;  // What the court may be told.
  int persons_with_lead = 0;
  int recoveries_without_amount = 0;  // Those with an obstacle.
};

struct AmendCourtCase {
  domain::PartyId court;
  domain::CourtCaseId id;
  domain::CourtCase court_case;
  std::string reason;
};

// Consent, its withdrawal, and withdrawal of the case itself.
struct ChangeCourtCase {
  domain::PartyId court;
  domain::CourtCaseId id;
  std::string reason;
};

struct ReportPerformance {
  domain::PartyId court;
  domain::CourtCaseId id;
  domain::Performance performance;
};

struct WithdrawPerformance {
  domain::PartyId court;
  domain::CourtCaseId id;
  domain::Performance performance;  // As it was reported.
  std::string reason;
};

absl::StatusOr<CourtCaseAnswer> PushCourtCaseOf(const PushCourtCase& command, UnitOfWork& work);
absl::StatusOr<CourtCaseAnswer> AmendCourtCaseOf(const AmendCourtCase& command, UnitOfWork& work);
absl::StatusOr<CourtCaseAnswer> GiveConsentOf(const ChangeCourtCase& command, UnitOfWork& work);
absl::StatusOr<CourtCaseAnswer> WithdrawConsentOf(const ChangeCourtCase& command, UnitOfWork& work);
absl::StatusOr<CourtCaseAnswer> WithdrawCourtCaseOf(const ChangeCourtCase& command,
                                                    UnitOfWork& work);
absl::StatusOr<CourtCaseAnswer> ReportPerformanceOf(const ReportPerformance& command,
                                                    UnitOfWork& work);
absl::StatusOr<CourtCaseAnswer> WithdrawPerformanceOf(const WithdrawPerformance& command,
                                                      UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_COURT_CASES_H_
