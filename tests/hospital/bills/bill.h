// Invented medical bills for tests and measurements: people, places and figures that do not exist,
// with right check digits and sums. Deterministic by seed.
#ifndef RECOUP_TESTS_HOSPITAL_BILLS_BILL_H_
#define RECOUP_TESTS_HOSPITAL_BILLS_BILL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "hub/domain/money.h"

namespace recoup::hospital::bills {

struct BillItem {
  std::string name;
  domain::Money amount;
};

struct Bill {
  std::string province;
  std::string code, number, check_code;
  std::string issued_on;  // "2026-03-12"
  std::string payer, payer_id, gender;
  std::string hospital, institution_type;
  std::string insurance_type, insurance_number;
  std::string outpatient_number, case_number, inpatient_number, department;
  std::string business_number;
  std::string admitted_on, discharged_on;
  domain::Money total, fund, other, account, cash, self_paid, own_cost;
  domain::Money prepaid, topped_up, refunded;
  std::vector<BillItem> items;
  std::string reviewer, cashier;
};

Bill MakeBill(std::uint64_t seed);

}  // namespace recoup::hospital::bills

#endif  // RECOUP_TESTS_HOSPITAL_BILLS_BILL_H_
