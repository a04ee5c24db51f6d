#include "hub/domain/presented_bills.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "hub/base/clock.h"

namespace recoup::domain {
namespace {

// Bills are issued at the settlement, or when the person comes for them.
constexpr int kIssuedLaterDaysMax = 7;

bool Names(const Advance& advance, const std::string& number, const std::string& code) {
  return std::find(advance.invoice_numbers.begin(), advance.invoice_numbers.end(), number) !=
             advance.invoice_numbers.end() &&
         MayBeOneCode(CodeOf(advance, number), code);
}

std::optional<std::size_t> DecidedOn(const std::vector<Advance>& advances,
                                     const PresentedBill& bill) {
  for (std::size_t i = 0; i < advances.size() && !bill.settlement_id.empty(); ++i) {
    if (advances[i].settlement_id == bill.settlement_id) return i;
  }
  return std::nullopt;
}

bool FitsByAmounts(const Advance& advance, const PresentedBill& bill) {
  if (!bill.total || !bill.fund_paid || !bill.total->is_positive()) return false;
  if (*bill.total != advance.total || *bill.fund_paid != advance.amount) return false;
  if (!bill.issued_on) return true;
  return *bill.issued_on >= DayOf(advance) &&
         *bill.issued_on <= ChinaDate(advance.settled_time) + kIssuedLaterDaysMax;
}

// The settlement that names the number; of several that of the bill's amounts, else the first.
std::optional<std::size_t> NamedBy(const std::vector<Advance>& advances, const PresentedBill& bill,
                                   const std::string& number, const std::string& code) {
  std::vector<std::size_t> named;
  for (std::size_t i = 0; i < advances.size(); ++i) {
    if (Names(advances[i], number, code)) named.push_back(i);
  }
  if (named.empty()) return std::nullopt;
  const auto fitting = std::find_if(
      named.begin(), named.end(), [&](std::size_t i) { return FitsByAmounts(advances[i], bill); });
  return fitting == named.end() ? named.front() : *fitting;
}

bool IsUnsure(const PresentedBill& bill, std::int64_t confidence_min) {
  return bill.confidence_percent && *bill.confidence_percent < confidence_min;
}

// `red` may take back `bill`: it says so, or it says nothing of which and has its amount.
bool MayTakeBack(const PresentedBill& red, const PresentedBill& bill) {
  if (red.state != BillState::kRed || bill.state == BillState::kRed) return false;
  if (!red.related_number.empty()) return red.related_number == bill.invoice_number;
  return red.total && red.total == bill.total;
}

// A paper bill says which bill it replaces; where it does not, the same figures of the same day.
bool Replaces(const PresentedBill& paper, const PresentedBill& bill) {
  if (bill.state != BillState::kExchanged || paper.state != BillState::kNormal) return false;
  if (!paper.related_number.empty()) return paper.related_number == bill.invoice_number;
  return paper.total && paper.total == bill.total && paper.fund_paid == bill.fund_paid &&
         paper.issued_on && paper.issued_on == bill.issued_on;
}

// A copy of a copy is a copy of the first. A copy whose code was not read joins no other bills.
std::optional<std::size_t> FirstCopy(const std::vector<PresentedBill>& bills,
                                     const BillRelations& relations, std::size_t index) {
  for (std::size_t i = 0; i < index; ++i) {
    if (!relations.copy_of[i] && SameBill(bills[i], bills[index])) return i;
  }
  return std::nullopt;
}

std::string WhyVoidByItself(const std::vector<PresentedBill>& bills, const BillRelations& relations,
                            std::size_t index) {
  const PresentedBill& bill = bills[index];
  if (relations.copy_of[index]) {
    return absl::StrCat("与另一份（", bills[*relations.copy_of[index]].source,
                        "）是同一张票据，不重复计算");
  }
  if (bill.state == BillState::kReversed) return "票据载明已冲红，不计入";
  if (bill.state != BillState::kRed) return "";
  return bill.related_number.empty()
             ? "红字票据，不计入"
             : absl::StrCat("红字票据，冲销票据 ", bill.related_number, "，不计入");
}

void TakeBack(const std::vector<PresentedBill>& bills, std::size_t red, BillRelations& relations) {
  std::vector<std::size_t> fitting;
  for (std::size_t i = 0; i < bills.size(); ++i) {
    if (!relations.copy_of[i] && MayTakeBack(bills[red], bills[i])) fitting.push_back(i);
  }
  for (const std::size_t i : fitting) {
    if (fitting.size() > 1) {
      relations.undecided_red[i] = red;
    } else {
      relations.void_reasons[i] =
          absl::StrCat("已被红字票据 ", bills[red].invoice_number, " 冲销，不计入");
    }
  }
}

void Replace(const std::vector<PresentedBill>& bills, std::size_t exchanged,
             BillRelations& relations) {
  for (const PresentedBill& paper : bills) {
    if (!Replaces(paper, bills[exchanged])) continue;
    relations.void_reasons[exchanged] =
        absl::StrCat("已换开为票据 ", paper.invoice_number, "，以其为准，不重复计算");
    return;
  }
}

}  // namespace

absl::CivilDay DayOf(const Advance& advance) {
  return advance.admitted_on == absl::CivilDay() ? ChinaDate(advance.settled_time)
                                                 : advance.admitted_on;
}

std::optional<Money> PresentedBill::own() const {
  if (self_paid) return self_paid;
  if (!total || !fund_paid) return std::nullopt;
  return *total - *fund_paid;
}

bool SameBill(const PresentedBill& a, const PresentedBill& b) {
  return !a.invoice_number.empty() && a.invoice_number == b.invoice_number &&
         MayBeOneCode(a.code, b.code);
}

bool MayBeOneCode(const std::string& a, const std::string& b) {
  return a == b || a.empty() || b.empty();
}

std::string CodeOf(const Advance& advance, const std::string& number) {
  for (const AttachedBill& bill : advance.bills) {
    if (bill.number == number && !bill.code.empty()) return bill.code;
  }
  return "";
}

BillRelations RelateBills(const std::vector<PresentedBill>& bills) {
  BillRelations relations;
  relations.void_reasons.resize(bills.size());
  relations.undecided_red.resize(bills.size());
  for (std::size_t i = 0; i < bills.size(); ++i) {
    relations.copy_of.push_back(FirstCopy(bills, relations, i));
    relations.void_reasons[i] = WhyVoidByItself(bills, relations, i);
  }
  for (std::size_t i = 0; i < bills.size(); ++i) {
    if (relations.copy_of[i]) continue;
    if (bills[i].state == BillState::kRed) TakeBack(bills, i, relations);
    if (bills[i].state == BillState::kExchanged) Replace(bills, i, relations);
  }
  return relations;
}

std::vector<BillPlace> PlaceBills(const std::vector<Advance>& advances,
                                  const std::vector<PresentedBill>& bills,
                                  const BillRelations& relations, std::int64_t confidence_min) {
  std::vector<BillPlace> places(bills.size());
  std::vector<bool> taken(advances.size(), false);
  for (std::size_t i = 0; i < bills.size(); ++i) {
    if (bills[i].state == BillState::kRed) continue;
    if (const auto decided = DecidedOn(advances, bills[i])) {
      places[i] = {BillMatch::kDecided, *decided, {}};
      taken[*decided] = true;
      continue;
    }
    std::optional<std::size_t> named =
        NamedBy(advances, bills[i], bills[i].invoice_number, bills[i].code);
    // The bill that this one replaces may have another code.
    if (!named) named = NamedBy(advances, bills[i], bills[i].related_number, "");
    if (!named) continue;
    places[i] = {BillMatch::kNumber, *named, {}};
    taken[*named] = true;
  }
  for (std::size_t i = 0; i < bills.size(); ++i) {
    const PresentedBill& bill = bills[i];
    if (places[i].match != BillMatch::kNone || !relations.void_reasons[i].empty()) continue;
    std::vector<std::size_t> fitting;
    for (std::size_t n = 0; n < advances.size(); ++n) {
      // A settlement whose bills are known by other numbers is not this one's, unless this number
      // is doubtful.
      const bool other_bills =
          !advances[n].invoice_numbers.empty() && !IsUnsure(bill, confidence_min);
      if (!taken[n] && !other_bills && FitsByAmounts(advances[n], bill)) fitting.push_back(n);
    }
    if (fitting.size() > 1) places[i].candidates = fitting;
    if (fitting.size() != 1) continue;
    places[i] = {BillMatch::kAmounts, fitting.front(), {}};
    taken[fitting.front()] = true;
  }
  return places;
}

}  // namespace recoup::domain
