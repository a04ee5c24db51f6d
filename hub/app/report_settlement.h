// A hospital reports what the fund paid in one settlement, or takes it back.
//
// Every settlement is recorded. It is an advance on the books when its visit is flagged; else it
// stays a candidate until a flag or a confirmed lead claims it. A reversal (2305) of an advance of
// which part is already claimed becomes a break for the fund's officer, because a demand stands on
// it: the hospital's fact is never refused.
#ifndef RECOUP_HUB_APP_REPORT_SETTLEMENT_H_
#define RECOUP_HUB_APP_REPORT_SETTLEMENT_H_

#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"

namespace recoup::app {

struct ReportSettlement {
  domain::PoolId pool;
  domain::Advance settlement;  // As reported; id, hospital, state, stages are the use case's.
};

// Why an advance is on the books or not. Numbers equal recoup.v1.BooksDecision.
enum class BooksDecision {
  kFlagged = 1,
  kClaimedByLead = 2,
  kNotFlagged = 3,
  kFlagCleared = 4,
  kNothingPaid = 5,
  kReversed = 6,
};
BooksDecision DecisionOf(const domain::Advance& advance, bool flag_cleared);
std::string ChineseText(BooksDecision decision);

struct SettlementAnswer {
  // Without an id when a split alone was taken back.
  domain::Advance advance;
  BooksDecision decision = BooksDecision::kNotFlagged;
};

struct ReverseSettlement {
  domain::PoolId pool;
  std::string settlement_id;
  std::string sender_message_id;
  absl::Time reversed_time;
  std::string reason;
};

absl::StatusOr<SettlementAnswer> ReportSettlementOf(const ReportSettlement& command,
                                                    UnitOfWork& work);
absl::StatusOr<SettlementAnswer> ReverseSettlementOf(const ReverseSettlement& command,
                                                     UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_REPORT_SETTLEMENT_H_
