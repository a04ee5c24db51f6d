// Splits at discharge (出院分账): who should pay which part of a bill, before it is settled.
//
// Two phases. QuoteSplit asks the insurers of the vehicle on the visit's flag; what they accept is
// reserved of their limits. SettleSplit makes the reserved parts due and the fund advances the
// rest. A quote that expires reserves nothing any more, by its time alone; nobody has to sweep.
// Nobody waits for an insurer: a bill may be settled at any moment, and who has not answered by
// then pays nothing through the split, so the fund pays as before and recovers as before.
//
// What insurers owe by a split they owe the hospital: it never passes the recovery account, so no
// ledger moves; the advance is smaller from the start. A settlement that says otherwise opens a
// break SPLIT_MISMATCH.
#ifndef RECOUP_HUB_APP_SPLITS_H_
#define RECOUP_HUB_APP_SPLITS_H_

#include <optional>
#include <string>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/admission.h"
#include "hub/domain/records/split.h"

namespace recoup::app {

struct QuoteSplit {
  domain::PoolId pool;
  std::string visit_id;
  domain::Money total;
  domain::Money fund_paid;
  domain::Money self_paid;
};

struct AnswerSplit {
  domain::PoolId pool;
  domain::SplitQuoteId split;
  domain::PartyId insurer;  // Whose policy the name says it is.
  domain::PolicyId policy;
  bool accept = false;
  std::int64_t share_basis_points = 0;
  std::optional<domain::Money> amount_max;
  std::string claim_number;
  std::string text;
};

struct SettleSplit {
  domain::PoolId pool;
  domain::SplitQuoteId split;
  std::string settlement_id;
};

absl::StatusOr<domain::SplitQuote> QuoteSplitOf(const QuoteSplit& command, UnitOfWork& work);
// The quote as it is after the answer of one insurer.
struct AnsweredSplit {
  domain::SplitQuote quote;
  domain::PartyId insurer;
};
absl::StatusOr<AnsweredSplit> AnswerSplitOf(const AnswerSplit& command, UnitOfWork& work);
absl::StatusOr<domain::SplitQuote> SettleSplitOf(const SettleSplit& command, UnitOfWork& work);

// A settlement was reported: its split learns of it, and what differs opens a break.
absl::Status TellSplit(UnitOfWork& work, const domain::Advance& advance);
// A settlement of the caller was taken back: nothing is due by its split any more. False when it
// has none.
absl::StatusOr<bool> ReverseSplit(UnitOfWork& work, const domain::PoolId& pool,
                                  const std::string& settlement_id);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_SPLITS_H_
