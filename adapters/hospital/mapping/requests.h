// From documents to the requests of HospitalService. Pure; request ids are set when sending.
//
// The pool of a message is the fund's area and the insurance type ("pools/310115-310"); a message
// that does not repeat them (2403, 2305) takes them from its visit. What a settlement or reversal
// lacks is a fault with the field's national name, and all faults are told; a flag waits until
// nothing is missing from it (visit_facts.h).
#ifndef RECOUP_ADAPTERS_HOSPITAL_MAPPING_REQUESTS_H_
#define RECOUP_ADAPTERS_HOSPITAL_MAPPING_REQUESTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/mapping/visit_facts.h"
#include "adapters/hospital/triage/triage.h"
#include "recoup/v1/hospital_service.pb.h"

namespace recoup::hospital::mapping {

v1::ThirdPartyKind KindToProto(triage::ThirdPartyKind kind);

// What the message says, completed by its visit's pool. The pool stays empty where both do not know
// it. Only a message without a visit is a fault.
absl::StatusOr<v1::Flag> FlagFrom(const AdmissionDocument& admission,
                                  const triage::TriageResult& triage, const VisitFacts& visit);
// CONFIRMED when the hospital itself states a third party (rel_ttp_flag 1), else SUSPECTED.
v1::FlagState FlagStateFrom(const AdmissionDocument& admission);
// When the hospital said so: the message's time, else the admission's; else unknown.
absl::Time TimeOf(const AdmissionDocument& admission);

v1::FlagAdmissionRequest ToFlagAdmission(const v1::Flag& flag, v1::FlagState state,
                                         absl::Time flagged);
// `known` is the flag as last sent. Fields on which `flag` is silent stay; without a difference and
// without a state the mask is empty, and there is nothing to send. The time of the admission
// identifies and is not amended.
v1::AmendFlagRequest ToAmendFlag(const v1::Flag& flag, const v1::Flag& known, v1::FlagState state,
                                 absl::Time changed, const std::string& reason);
// What one fact of a visit says, with the codes and evidence that are known beside it: an amendment
// replaces these lists, and a single fact does not speak for the rest of them.
v1::Flag WithKnown(v1::Flag said, const v1::Flag& known);

// What the message says, with the known evidence of which it does not speak (SpeaksOf).
v1::Flag WithGroundsKept(v1::Flag said, const v1::Flag& known, const AdmissionDocument& admission);
// `known` with the amended fields.
v1::Flag Amended(const v1::Flag& known, const v1::AmendFlagRequest& request);
v1::ClearFlagRequest ToClearFlag(const v1::Flag& known, absl::Time cleared,
                                 const std::string& reason);

// C, what the hub is told that the fund paid: fund_pay_sumamt. The sum of the rows that are the
// fund's own, where that makes the bill add up and fund_pay_sumamt does not, or where rows of
// others are the difference. A fault where the rows leave the range of amounts.
absl::StatusOr<domain::Money> FundPaid(const SettlementDocument& settlement);
absl::StatusOr<v1::ReportSettlementRequest> ToReportSettlement(const SettlementDocument& settlement,
                                                               const VisitFacts& visit);
absl::StatusOr<v1::ReverseSettlementRequest> ToReverseSettlement(const ReversalDocument& reversal,
                                                                 const VisitFacts& visit);

}  // namespace recoup::hospital::mapping

#endif  // RECOUP_ADAPTERS_HOSPITAL_MAPPING_REQUESTS_H_
