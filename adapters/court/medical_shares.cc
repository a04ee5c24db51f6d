// medical_shares: of each obligation the part that is medical expense, as the text says or as the
// law's order of payment gives it, after what was paid before is set off.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "adapters/court/medical_covers.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

class ShareWriter {
 public:
  explicit ShareWriter(const Reading& reading) : elements_(reading.elements) {}

  void Add(std::size_t obligation, Money amount, Money set_off, bool stated, std::string how) {
    const auto source = stated ? MedicalShare::Source::kStated : MedicalShare::Source::kWorkedOut;
    shares_.push_back({obligation, amount, set_off, source, std::move(how)});
  }
  void AddUnknown(std::size_t obligation, std::string why) {
    shares_.push_back({obligation, std::nullopt, std::nullopt, std::nullopt, std::move(why)});
  }

  void Finish(const Reading& reading) {
    std::ranges::sort(shares_, {}, &MedicalShare::obligation);
    std::string told;
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      const MedicalShare& share = shares_[i];
      if (!share.amount.has_value()) continue;
      const bool stated = share.source == MedicalShare::Source::kStated;
      const std::string obligation = absl::StrCat("obligations[", share.obligation, "]");
      reading.Derive(absl::StrCat("medical_shares[", i, "].amount"), obligation,
                     stated ? "share.stated" : "share.worked_out", stated ? 94 : 80);
      if (stated) continue;
      const Obligation& of = elements_.obligations[share.obligation];
      absl::StrAppend(&told, told.empty() ? "" : "，", of.debtor, "给付", of.creditor, "的",
                      of.amount.ToYuan(), "元中", share.amount->ToYuan(), "元");
    }
    if (!told.empty()) {
      reading.Warn(absl::StrCat(
          "各项给付中的医疗费系按判项、",
          CompulsoryMedicalCover(reading).is_zero() && elements_.policies.empty() ? "" : "限额、",
          "责任比例推算，请核对：", told, "。"));
    }
    reading.elements.medical_shares = std::move(shares_);
  }

 private:
  const JudgmentElements& elements_;
  std::vector<MedicalShare> shares_;
};

// What of the sums of one cover is left for treatment once what was paid before is taken off.
void AddShares(const JudgmentElements& elements, const Cover& cover, ShareWriter& writer) {
  const auto unknown = [&](const std::string& why) {
    for (const auto* list : {&cover.direct, &cover.returns}) {
      for (const std::size_t i : *list) writer.AddUnknown(i, why);
    }
  };
  if (!cover.paid_before.has_value()) {
    return unknown("文书提到判决前已付的款项，未写明本项给付是否已将其扣除");
  }
  if (!cover.medical.has_value()) {
    return unknown(cover.how.empty() ? "文书未写明其中的医疗费，按限额、责任比例也无法确定"
                                     : cover.how);
  }
  const Money medical = *cover.medical;
  if (cover.without_medical) {
    writer.Add(cover.direct.front(), Money(), medical, true,
               absl::StrCat("本项为伤残、财产损失限额内的赔偿；", cover.how, "，判决前已付"));
    return;
  }
  const Money paid = *cover.paid_before;
  const Money whole = *cover.whole();
  if (medical > whole) return unknown("推算的医疗费多于本项给付，请核对文书");
  Money paid_for_treatment;
  if (paid.is_positive() && medical.is_positive()) {
    if (medical == whole || cover.paid_for == PaidFor::kTreatment) {
      paid_for_treatment = std::min(paid, medical);
    } else if (cover.paid_for == PaidFor::kNotSaid) {
      const Money least = medical > paid ? medical - paid : Money();
      return unknown(absl::StrCat(cover.how, "；判决前已付的", paid.ToYuan(),
                                  "元未写明是否用于医疗费，本项给付中的医疗费在", least.ToYuan(),
                                  "元至", std::min(medical, cover.ordered).ToYuan(),
                                  "元之间，不能确定"));
    }
  }
  const Money left = std::min(medical - paid_for_treatment, cover.ordered);
  std::string how = cover.how;
  if (paid_for_treatment.is_positive()) {
    absl::StrAppend(&how, "；其中判决前已付", paid_for_treatment.ToYuan(), "元，尚应给付",
                    left.ToYuan(), "元");
  }
  const bool exact = cover.stated && paid_for_treatment.is_zero();
  // Who gets back what he has paid takes it out of the same cover.
  const Money set_off = cover.returns.empty() ? paid_for_treatment : Money();
  if (cover.direct.size() == 1) {
    writer.Add(cover.direct.front(), left, set_off, exact, how);
  } else {
    for (const std::size_t i : cover.direct) {
      if (left.is_zero() || left == cover.ordered) {
        const Money all = left.is_zero() ? Money() : elements.obligations[i].amount;
        writer.Add(i, all, Money(), exact, how);
      } else {
        writer.AddUnknown(i, absl::StrCat(how, "；分几项给付，各项中的医疗费不能确定"));
      }
    }
  }
  if (cover.returns.size() == 1 && paid == cover.returned) {
    writer.Add(
        cover.returns.front(), paid_for_treatment, Money(), false,
        absl::StrCat("返还判决前所付款项，其中用于医疗费", paid_for_treatment.ToYuan(), "元"));
  } else {
    for (const std::size_t i : cover.returns) {
      writer.AddUnknown(i, "返还判决前所付的几笔款项，其中的医疗费不能确定");
    }
  }
}

// Where the ruling names every sum as medical expense or as something else, these sums are the
// award, whatever limits and shares would have made of it.
void TakeStatedAward(const Reading& reading, const Covers& covers) {
  JudgmentElements& elements = reading.elements;
  const auto evidence =
      std::ranges::find(elements.evidence, "medical_expense_awarded", &Evidence::field);
  if (evidence == elements.evidence.end() || evidence->rule != "award.computed") return;
  if (covers.covers.empty() || !covers.to_fund.empty()) return;
  Money stated;
  for (const Cover& cover : covers.covers) {
    if (!cover.stated || !cover.returns.empty()) return;
    stated += *cover.medical;
  }
  if (!stated.is_positive()) return;
  const Money computed = *elements.medical_expense_awarded;
  evidence->rule = "award.stated_sums";
  evidence->confidence_percent = stated == computed ? 94 : kContradictedPercent;
  std::erase(elements.warnings, AwardComputedWarning(reading));
  if (stated == computed) return;
  elements.medical_expense_awarded = stated;
  reading.Warn(absl::StrCat("判项写明的医疗费合计", stated.ToYuan(), "元，按限额、责任比例计算为",
                            computed.ToYuan(), "元，以判项为准，请核对。"));
}

// Several sue for what they suffered, and one sum, or none, is awarded: what limits and shares make
// of all their bills, or what the court says of one of them, need not be B.
void DoubtAwardOfSeveral(const Reading& reading) {
  const JudgmentElements& elements = reading.elements;
  if (!elements.medical_expense_awarded.has_value()) return;
  const auto suing = std::ranges::count_if(elements.injured_persons, [&](const auto& injured) {
    const auto party = reading.document.parties.Find(injured.name);
    return party.has_value() && reading.document.parties[*party].side == Side::kClaimant;
  });
  if (suing < 2) return;
  reading.Doubt("medical_expense_awarded", kContradictedPercent);
  reading.Warn("几名受害人的赔偿没有按人分别判决，判决医疗费可能不是各人之和，请按受害人核对。");
}

}  // namespace

void ReadMedicalShares(const Reading& reading) {
  const JudgmentElements& elements = reading.elements;
  Covers covers = CoversOf(reading);
  const bool by_person = elements.injured_persons.size() > 1 && !covers.one_claimant;
  if (by_person) {
    ReadAwardsByPerson(reading, AmountsTold(reading), covers);
  } else {
    DoubtAwardOfSeveral(reading);
  }
  if (elements.obligations.empty()) return;
  const auto& awarded = elements.medical_expense_awarded;
  if (!by_person && (!awarded.has_value() || awarded->is_zero())) return;
  ShareWriter writer(reading);
  for (const std::size_t i : covers.to_fund) {
    writer.Add(i, elements.obligations[i].amount, Money(), true, "返还医保基金支付的医疗费");
  }
  for (const std::size_t i : covers.by_injured) {
    writer.AddUnknown(i, "受害人对他人的给付，不是对受害人的赔偿");
  }
  if (by_person) {
    for (const Cover& cover : covers.covers) AddShares(elements, cover, writer);
    return writer.Finish(reading);
  }
  if (!covers.one_claimant || elements.injured_persons.empty()) {
    for (Cover& cover : covers.covers) cover.how = "受领人不止一人，各人的医疗费不能分开";
  } else {
    const std::vector<ToldAmount> told = AmountsTold(reading);
    ReadPrepayments(reading, told, covers);
    ReadStatedMedical(reading, told, covers);
    TakeStatedAward(reading, covers);
    WorkOutMedical(reading, told, covers);
  }
  for (const Cover& cover : covers.covers) AddShares(elements, cover, writer);
  writer.Finish(reading);
}

}  // namespace recoup::court
