// What an approval (审批) is about, for those who decide it: the records in question as they are
// now, and one line that says so.
#ifndef RECOUP_HUB_APP_APPROVAL_MATTER_H_
#define RECOUP_HUB_APP_APPROVAL_MATTER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/app/record_reader.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/records/agreement.h"
#include "hub/domain/records/approval.h"
#include "hub/domain/records/demand.h"
#include "hub/domain/records/mediation.h"
#include "hub/domain/records/receipts.h"
#include "hub/domain/records/settlement.h"

namespace recoup::app {

// Each kind of approval fills what it is about.
struct ApprovalMatter {
  std::vector<domain::Demand> demands;  // Of a mediation in the order of its terms.
  std::optional<domain::Advance> advance;
  std::optional<domain::Break> finding;
  std::optional<domain::StatementEntry> entry;  // The payment that is to be returned.
  std::optional<domain::Mediation> mediation;
  std::optional<domain::Agreement> agreement;
  std::optional<domain::Agreement> replaced;  // The one that `agreement` takes the place of.
  std::string insurer_name;                   // Of `agreement`.
  // What holds on the first day of what shall hold, as long as that is undecided.
  std::optional<domain::PolicyRule> rule_now;
};

absl::StatusOr<ApprovalMatter> MatterOf(RecordReader& reader, const domain::Approval& approval);

// One line in Chinese, without a full stop: what would be done to whom, and its figures.
std::string AboutOf(const domain::Approval& approval, const ApprovalMatter& matter);

// The offer that the approval would accept; nullptr where there is none.
const domain::SettlementOffer* OfferOf(const domain::Approval& approval,
                                       const ApprovalMatter& matter);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_APPROVAL_MATTER_H_
