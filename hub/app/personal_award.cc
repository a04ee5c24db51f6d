#include "hub/app/personal_award.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "hub/app/judged_apportionment.h"
#include "hub/base/error.h"
#include "hub/domain/identity.h"

namespace recoup::app {
namespace {

using domain::Basis;
using domain::CourtCase;
using domain::CourtObligation;
using domain::Money;

// Whether the sum goes back to somebody who answers for the injury and has paid before ("返还垫付
// 款"): nothing that the injured person receives.
bool ReturnsPrepayment(const CourtCase& court_case, const std::string& person,
                       const CourtObligation& obligation) {
  if (obligation.creditor.empty() || obligation.creditor == person) return false;
  const auto is_liable = [&](const domain::LiabilityShare& share) {
    return share.party == obligation.creditor && share.basis_points > 0;
  };
  const auto owes = [&](const CourtObligation& other) {
    return other.debtor == obligation.creditor;
  };
  return std::ranges::any_of(court_case.liability, is_liable) ||
         std::ranges::any_of(court_case.obligations, owes);
}

std::ptrdiff_t InjuredOfName(const CourtCase& court_case, const std::string& name) {
  const std::string wanted = domain::NormalisePersonName(name);
  return std::ranges::count_if(court_case.injured, [&](const domain::Person& injured) {
    return domain::NormalisePersonName(injured.name) == wanted;
  });
}

// To whom of several injured persons a sum goes.
enum class Payee { kPerson, kOthers, kNotTold };

Payee PayeeOf(const CourtCase& court_case, const std::string& person,
              const CourtObligation& obligation) {
  const std::string own = domain::NormalisePersonName(person);
  const std::vector<std::string> names = absl::StrSplit(obligation.creditor, "、");
  bool names_person = false;
  bool all_known = true;
  for (const std::string& name : names) {
    names_person = names_person || domain::NormalisePersonName(name) == own;
    all_known = all_known && InjuredOfName(court_case, name) == 1;
  }
  if (all_known && !names_person) return Payee::kOthers;
  if (all_known && names.size() == 1) return Payee::kPerson;
  const bool returned = !names_person && ReturnsPrepayment(court_case, person, obligation);
  return returned ? Payee::kOthers : Payee::kNotTold;
}

// B of one of several injured persons; absent where the elements do not tell.
std::optional<Money> MedicalTo(const CourtCase& court_case, const std::string& person) {
  Money medical;
  bool any = false;
  for (const CourtObligation& obligation : court_case.obligations) {
    if (NamesFund(obligation.creditor)) continue;
    const Payee payee = PayeeOf(court_case, person, obligation);
    if (payee == Payee::kOthers) continue;
    if (!obligation.medical) return std::nullopt;
    const Money part = *obligation.medical + obligation.medical_set_off.value_or(Money());
    if (payee == Payee::kNotTold) {
      if (part.is_zero()) continue;
      return std::nullopt;
    }
    medical += part;
    any = true;
  }
  if (!any) return std::nullopt;
  return medical;
}

// One list of shares for the losses of several: what one of them bears of the own loss is not what
// the others' payers bear less.
std::string DoubtOfShares(const CourtCase& court_case, const std::string& person) {
  const bool other = std::ranges::any_of(court_case.liability, [&](const auto& share) {
    return share.basis_points > 0 && share.party != person &&
           BearsOnlyOwnLoss(court_case, share.party, person);
  });
  if (!other) return "";
  return "判决要素的责任比例没有按受害人分列，其中有另一受害人自负的部分；按其余责任人的比例计算，"
         "请复核";
}

// The B of the elements and what they award to all persons one by one.
std::string DoubtOf(const CourtCase& court_case) {
  if (!court_case.medical_awarded) return "";
  Money sum;
  for (const domain::Person& injured : court_case.injured) {
    const std::optional<Money> part = MedicalTo(court_case, injured.name);
    if (!part) return "";
    sum += *part;
  }
  if (sum == *court_case.medical_awarded) return "";
  return absl::StrCat("判决要素的医疗赔偿为 ", court_case.medical_awarded->ToYuanGrouped(),
                      " 元，判给各受害人的医疗费合计 ", sum.ToYuanGrouped(),
                      " 元，二者不一致；按判给本人的医疗费计算，请复核");
}

absl::Status Untold(const char* field, const char* description) {
  Faults faults;
  faults.Add(field, description);
  return faults.ToStatus();
}

// Whether the judgment awards nobody else anything, so that its B is this person's.
bool IsOnlyPayee(const CourtCase& court_case, const std::string& person) {
  bool paid = false;
  for (const CourtObligation& obligation : court_case.obligations) {
    if (NamesFund(obligation.creditor)) continue;
    const std::ptrdiff_t injured = InjuredOfName(court_case, obligation.creditor);
    if (injured == 0 && ReturnsPrepayment(court_case, person, obligation)) continue;
    if (PayeeOf(court_case, person, obligation) != Payee::kPerson) return false;
    paid = true;
  }
  return paid;
}

PersonalAward AwardOfOnly(const CourtCase& court_case, const std::string& person) {
  PersonalAward award;
  award.medical = court_case.medical_awarded;
  const bool fund_awarded = court_case.basis == Basis::kFundAwarded;
  for (const CourtObligation& obligation : court_case.obligations) {
    const bool to_fund = NamesFund(obligation.creditor);
    if (to_fund != fund_awarded) continue;
    if (!to_fund && ReturnsPrepayment(court_case, person, obligation)) continue;
    award.obligations.push_back(obligation);
  }
  return award;
}

// All that a fund was awarded is this person's where it is what the fund paid for them.
PersonalAward AwardToFund(const CourtCase& court_case, Money fund_paid) {
  PersonalAward award;
  Money sum;
  for (const CourtObligation& obligation : court_case.obligations) {
    if (!NamesFund(obligation.creditor)) continue;
    sum += obligation.amount;
    award.obligations.push_back(obligation);
  }
  if (sum.is_positive() && sum != fund_paid) {
    award.told = Untold("obligations", "award the fund one sum for several injured persons");
  }
  return award;
}

}  // namespace

PersonalRepayments RepaymentsFor(const CourtCase& court_case, const std::string& person,
                                 Money fund_paid) {
  const bool alone = !HasSeveralInjured(court_case) || court_case.fund_paid == fund_paid;
  PersonalRepayments repayments;
  for (const domain::Performance& performance : court_case.performances) {
    if (!performance.to_fund) continue;
    if (performance.injured_person.empty()) {
      (alone ? repayments.own : repayments.untold).push_back(performance);
    } else if (domain::NormalisePersonName(performance.injured_person) ==
               domain::NormalisePersonName(person)) {
      repayments.own.push_back(performance);
    }
  }
  return repayments;
}

absl::Status ToldOf(const std::vector<domain::Performance>& untold) {
  return untold.empty() ? absl::OkStatus()
                        : Untold("repayments", "are one sum for several injured persons");
}

bool IsInjured(const CourtCase& court_case, const std::string& name) {
  return InjuredOfName(court_case, name) == 1;
}

bool HasSeveralInjured(const CourtCase& court_case) { return court_case.injured.size() > 1; }

bool AwardsSeveral(const CourtCase& court_case) {
  return HasSeveralInjured(court_case) &&
         std::ranges::none_of(court_case.injured, [&](const domain::Person& injured) {
           return IsOnlyPayee(court_case, injured.name);
         });
}

bool BearsOnlyOwnLoss(const CourtCase& court_case, const std::string& party,
                      const std::string& person) {
  if (InjuredOfName(court_case, party) == 0) return false;
  if (domain::NormalisePersonName(party) == domain::NormalisePersonName(person)) return true;
  return std::ranges::none_of(court_case.obligations, [&](const CourtObligation& obligation) {
    return obligation.debtor == party && PayeeOf(court_case, person, obligation) == Payee::kPerson;
  });
}

PersonalAward AwardOf(const CourtCase& court_case, const std::string& person, Money fund_paid) {
  if (!HasSeveralInjured(court_case)) return AwardOfOnly(court_case, person);
  if (court_case.basis == Basis::kFundAwarded) return AwardToFund(court_case, fund_paid);
  PersonalAward award;
  if (court_case.basis != Basis::kGross) {
    award.doubt = DoubtOfShares(court_case, person);
    return award;
  }
  if (IsOnlyPayee(court_case, person)) return AwardOfOnly(court_case, person);
  award.medical = MedicalTo(court_case, person);
  if (!award.medical) {
    award.told = Untold("judged_medical", "is one sum for several injured persons");
    return award;
  }
  award.doubt = DoubtOf(court_case);
  for (const CourtObligation& obligation : court_case.obligations) {
    const bool own = !NamesFund(obligation.creditor) &&
                     PayeeOf(court_case, person, obligation) == Payee::kPerson;
    if (own) award.obligations.push_back(obligation);
  }
  return award;
}

}  // namespace recoup::app
