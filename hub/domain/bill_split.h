// Who bears which part of a hospital bill when insurers have accepted liability before it is
// settled.
//
// Compulsory motor cover pays first and without regard to fault; commercial cover pays its share of
// what that leaves (民法典 1213). Each pays at most what is left of its limit and what it set as
// its maximum. What insurers pay relieves fund and patient in the proportion in which they would
// have paid: the fund by D = B × C ÷ (A + C), the patient by the rest. What the hospital bears
// itself (total − A − C) is nobody else's. Parts sum to the total to the fen. Pure.
#ifndef RECOUP_HUB_DOMAIN_BILL_SPLIT_H_
#define RECOUP_HUB_DOMAIN_BILL_SPLIT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/domain/enums.h"
#include "hub/domain/explanation.h"
#include "hub/domain/money.h"

namespace recoup::domain {

// Cover that its insurer accepted to use for this bill.
struct AcceptedCover {
  std::string insurer;  // For the explanation.
  PolicyKind kind = PolicyKind::kCtp;
  std::int64_t share_basis_points = 0;  // COMMERCIAL only: of what CTP leaves.
  Money room;                           // Left of the limit for this accident.
  std::optional<Money> amount_max;
};

struct Bill {
  Money total;
  Money fund_paid;  // C
  Money self_paid;  // A
};

struct BillSplit {
  std::vector<Money> covers;  // In the order given.
  Money fund;
  Money patient;
  Money hospital;
  Explanation explanation;
};

// INVALID_ARGUMENT, all faults: negative amounts, A + C above the total, shares outside 1 to 10000.
absl::StatusOr<BillSplit> SplitBill(const Bill& bill, const std::vector<AcceptedCover>& covers);

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_BILL_SPLIT_H_
