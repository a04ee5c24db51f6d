// Presented bills against settlements: which belongs to which, and what each bill adds by itself.
//
// A bill belongs to the settlement that somebody has decided on, else to that which names its
// number (of several that of its amounts) without another code, or the number of the bill it was
// issued in place of; else to the only settlement of the
// same total and fund part on its day, because hospitals often report settlements without bill
// numbers. What belongs to a settlement counts with the settlement's figures: they are the fund's
// own record, so a doubtful reading does no harm. A bill without a settlement counts by itself, in
// A and C, if it was read surely; otherwise somebody is asked. Never counted: bills that are taken
// back and those that take back, the second copy of one bill, the bill in whose place another one
// is here, bills of somebody else. Pure.
#ifndef RECOUP_HUB_DOMAIN_PRESENTED_BILLS_H_
#define RECOUP_HUB_DOMAIN_PRESENTED_BILLS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "hub/domain/money.h"
#include "hub/domain/records/admission.h"

namespace recoup::domain {

struct PresentedBill {
  std::string invoice_number;
  std::optional<Money> total;
  std::optional<Money> fund_paid;
  std::string source;
  std::string code;
  std::optional<Money> self_paid;
  std::optional<absl::CivilDay> issued_on;
  BillState state = BillState::kNormal;
  std::string related_number;
  std::string payer_name;
  std::optional<std::int64_t> confidence_percent;  // Absent: certain.
  std::string evidence;
  std::string settlement_id;  // Somebody has decided that it belongs there; empty: nobody has.

  // What the person bore: as stated, else what the fund did not pay.
  std::optional<Money> own() const;
};

// Numbers are unique within a code; a code that is not known may be any.
bool MayBeOneCode(const std::string& a, const std::string& b);

// The code of the settlement's bill of this number; empty: nobody has told it.
std::string CodeOf(const Advance& advance, const std::string& number);

// Same number, and codes that do not contradict: a scan may leave the code unread.
bool SameBill(const PresentedBill& a, const PresentedBill& b);

// Numbers equal recoup.v1.BillMatch.
enum class BillMatch { kNone = 0, kNumber = 1, kAmounts = 2, kDecided = 3 };

struct BillPlace {
  BillMatch match = BillMatch::kNone;
  std::size_t advance = 0;  // Index; of no meaning without a match.
  // Several settlements would fit: their indices; else empty.
  std::vector<std::size_t> candidates;
};

// What the bills say of one another, for each of them.
struct BillRelations {
  std::vector<std::optional<std::size_t>> copy_of;  // The first copy of the same bill.
  // Why it is not a cost of anything, whatever settlement it belongs to; empty: it may count.
  std::vector<std::string> void_reasons;
  // A red bill that does not say which bill it takes back; this is one of several that fit.
  std::vector<std::optional<std::size_t>> undecided_red;
};
BillRelations RelateBills(const std::vector<PresentedBill>& bills);

// For each bill the settlement it belongs to. `confidence_min`: a number read less surely may be a
// misread one.
std::vector<BillPlace> PlaceBills(const std::vector<Advance>& advances,
                                  const std::vector<PresentedBill>& bills,
                                  const BillRelations& relations, std::int64_t confidence_min);

// The day of a settlement: of the admission, else (outpatients) of the settlement itself.
absl::CivilDay DayOf(const Advance& advance);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_PRESENTED_BILLS_H_
