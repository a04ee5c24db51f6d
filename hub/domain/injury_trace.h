// Tracing an injury: which settlements it caused, what persons (A) and funds (C) paid for it, what
// is owed and to which fund it goes back, and what was claimed or paid twice.
//
// Presented bills are laid beside the settlements (presented_bills.h); those of which no settlement
// is found add what they say. A settlement counts when it is of the injured person, not before the
// injury and not after the last day asked for, and nobody has said that the injury did not cause
// it. Two settlements of one bill number are of one bill when its code does not contradict, total
// and fund part are the same, and so is visit or day: then the earlier one counts. Where only the
// number is the same a person decides; until then both count, and the explanation says so. What
// says that there is no number (bill_number.h) is none. The sum owed is that of apportionment.h
// over all that counts, shared over the funds that paid (a fund is a kind of fund money of a pool),
// each once for all its settlements, in proportion, by largest remainder. What is missing to
// compute it is a gap, and everything found is told all the same. Pure; every statement is a
// Chinese sentence for people.
#ifndef RECOUP_HUB_DOMAIN_INJURY_TRACE_H_
#define RECOUP_HUB_DOMAIN_INJURY_TRACE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "hub/domain/apportionment.h"
#include "hub/domain/explanation.h"
#include "hub/domain/money.h"
#include "hub/domain/policy_data.h"
#include "hub/domain/presented_bills.h"
#include "hub/domain/records/admission.h"

namespace recoup::domain {

struct TraceExclusion {
  std::string visit_id;        // Or, when empty,
  std::string invoice_number;  // the bill.
  std::string reason;
};

struct InjuryQuestion {
  absl::CivilDay injured_on;
  std::optional<absl::CivilDay> until_on;
  Basis basis = Basis::kNone;
  std::optional<Money> judged_medical;  // B
  std::int64_t liable_share_basis_points = 0;
  std::string liable_name;
  bool paid_to_injured_person = false;
  std::string injured_person;
  std::vector<PresentedBill> bills;
  std::vector<TraceExclusion> exclusions;
  // Settlements of a bill number that an earlier one has too, as somebody has decided: of the same
  // bill, which counts once; or of another bill.
  std::vector<std::string> same_bill;
  std::vector<std::string> other_bill;
  // The compulsory covers of the accident, of the one liable party. Empty: none is known.
  std::vector<InsurancePolicy> covers;

  // Whether what compulsory cover pays is part of the sum: by a waterfall, not by a judged sum.
  bool needs_cover() const;
};

struct TracedVisit {
  std::size_t advance = 0;  // Index into the advances given.
  absl::CivilDay on;
  bool included = false;
  std::string reason;
  Money recovered;  // Already come back, whether or not passed on.
};

// Numbers equal recoup.v1.TraceFindingKind.
enum class TraceFindingKind {
  kBillTwice = 1,
  kSettledTwice = 2,
  kPaidTwice = 3,
  kNotFound = 4,
  kAmountDiffers = 5,
  kUnsure = 6,
  kOtherPerson = 7,
};

struct TraceFinding {
  TraceFindingKind kind = TraceFindingKind::kNotFound;
  std::string subject;
  std::string text;
  Money amount;
};

// What became of one presented bill, in the order of the question.
struct TracedBill {
  std::size_t bill = 0;
  BillPlace place;
  bool included = false;  // By its settlement, or by itself.
  std::string reason;
  std::optional<bool> fund_paid;  // Absent: neither bill nor settlement says.
  Money own_amount;               // What it adds by itself.
  Money fund_amount;
};

struct TraceShare {
  PoolId pool;  // Empty: of bills without a settlement.
  std::string fund_pay_type;
  std::string name;
  Money paid;
  Money amount;
};

// Why nothing is computed although the funds paid. Numbers equal recoup.v1.TraceGap.
enum class TraceGap {
  kNone = 0,
  kBasis = 1,
  kLiability = 2,
  kJudged = 3,
  kMoreThanFound = 4,
  kOther = 5,
};

struct InjuryTrace {
  std::vector<TracedVisit> visits;  // The oldest first.
  std::vector<TraceFinding> findings;
  Money own_paid;
  Money fund_paid;
  Money owed;
  Explanation explanation;
  std::vector<TraceShare> shares;  // Sum to `owed`.
  std::vector<TracedBill> bills;
  TraceGap gap = TraceGap::kNone;  // Else nothing is owed and nothing shared.
  std::string gap_text;
};

// `advances`: every settlement found for the person. Nothing owed where the funds paid nothing.
// Faults: exclusions and decisions that name no visit, bill or settlement found, with what was
// found. POLICY_DATA_MISSING as Apportion.
absl::StatusOr<InjuryTrace> TraceInjury(const std::vector<Advance>& advances,
                                        const InjuryQuestion& question,
                                        const PolicyData& policy_data);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_INJURY_TRACE_H_
