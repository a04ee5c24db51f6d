// Several were hurt and are paid apart: each one's medical award, and B as the sum of them. Limits
// and shares do not give it, since each has a bill, and may have a share, of their own.
#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/court/medical_covers.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

constexpr std::string_view kAwarded = "medical_expense_awarded";

// "甲的医疗费赔偿额为28000元，乙的医疗费赔偿额为48000元": by the person named before it in the
// clause; the last word of the court counts. Absent: the sum is nobody's, or that of several.
class AwardsInReasons {
 public:
  explicit AwardsInReasons(const Reading& reading) : reading_(reading) {
    for (const Sentence& sentence : reading.document.outline.sentences) {
      if (sentence.section != Section::kReasons || sentence.by_party) continue;
      for (const Span clause : Clauses(reading.text(), sentence.span)) Read(clause);
    }
  }

  std::optional<Money> Of(const std::string& person) const {
    const auto found = of_.find(person);
    return found == of_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  void Read(Span clause) {
    for (const Hit& hit : reading_.All("award.medical", clause)) {
      const auto amounts = reading_.Amounts(hit.span);
      if (amounts.empty()) continue;
      std::set<std::size_t> named;
      for (const Mention& mention :
           reading_.document.parties.MentionsIn({clause.begin, hit.span.begin})) {
        named.insert(mention.parties.begin(), mention.parties.end());
      }
      if (named.size() != 1) continue;
      of_[reading_.document.parties[*named.begin()].name] = amounts.back().money;
    }
  }

  const Reading& reading_;
  std::map<std::string, Money> of_;
};

const std::string& PayeeOf(const JudgmentElements& elements, const Cover& cover) {
  return elements.obligations[cover.direct.front()].creditor;
}

// The one sum of a person whose head says nothing holds what the court awarded them for treatment.
void TakeFromReasons(const JudgmentElements& elements, const AwardsInReasons& reasons,
                     std::vector<Cover>& covers) {
  for (Cover& cover : covers) {
    if (cover.direct.empty() || cover.medical.has_value() || !cover.paid_before.has_value()) {
      continue;
    }
    const std::string& person = PayeeOf(elements, cover);
    const auto awarded = reasons.Of(person);
    if (!awarded.has_value()) continue;
    Money rest = *awarded;
    bool only = true;
    for (const Cover& other : covers) {
      if (&other == &cover || other.direct.empty() || PayeeOf(elements, other) != person) continue;
      only = only && other.medical.has_value();
      rest -= other.medical.value_or(Money());
    }
    if (!only || rest.is_negative() || rest > *cover.whole()) continue;
    cover.medical = rest;
    cover.stated = true;
    cover.how = absl::StrCat("文书载明", person, "的医疗费赔偿额为", awarded->ToYuan(), "元");
  }
}

// Whether what the reasons award to a person and what the ruling orders for it differ.
bool Contradicts(const JudgmentElements& elements, const AwardsInReasons& reasons,
                 const std::vector<Cover>& covers) {
  std::map<std::string, Money> ordered;
  for (const Cover& cover : covers) {
    if (!cover.direct.empty()) ordered[PayeeOf(elements, cover)] += *cover.medical;
  }
  return std::ranges::any_of(ordered, [&](const auto& row) {
    return reasons.Of(row.first).value_or(row.second) != row.second;
  });
}

bool NamesInjured(const JudgmentElements& elements, std::string_view creditor) {
  const std::vector<std::string> names = absl::StrSplit(std::string(creditor), "、");
  return std::ranges::any_of(names, [&](const std::string& name) {
    const auto& injured = elements.injured_persons;
    return std::ranges::find(injured, name, &InjuredPerson::name) != injured.end();
  });
}

void ForgetAward(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  std::erase_if(elements.evidence, [](const Evidence& e) { return e.field == kAwarded; });
  std::erase(elements.warnings, AwardComputedWarning(reading));
  std::erase(elements.warnings, kAwardDiffersWarning);
  elements.medical_expense_awarded.reset();
}

// Nothing tells each one's award. What limits and shares make of all the bills together is B where
// the same shares hold for everybody; what the court calls an award may be that of one of them.
void DoubtSum(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  const bool computed = std::ranges::any_of(elements.evidence, [](const Evidence& e) {
    return e.field == kAwarded && e.rule == "award.computed";
  });
  if (computed) {
    reading.Doubt(kAwarded, kContradictedPercent);
  } else {
    ForgetAward(reading);
  }
  reading.Warn("判决对几名受害人分别给付，未能按人确定医疗费赔偿额，请按受害人核对各项给付。");
}

}  // namespace

bool TellsAwardOfEach(const JudgmentElements& elements) {
  if (elements.injured_persons.size() < 2) return true;
  std::set<std::string> payees;
  bool apart = true;  // No sum for treatment is to several together, and each is known.
  for (std::size_t i = 0; i < elements.obligations.size(); ++i) {
    const std::string& creditor = elements.obligations[i].creditor;
    if (!NamesInjured(elements, creditor)) continue;
    payees.insert(creditor);
    const auto share = std::ranges::find(elements.medical_shares, i, &MedicalShare::obligation);
    const bool known = share != elements.medical_shares.end() && share->amount.has_value();
    const bool joint = creditor.find("、") != std::string::npos;
    apart = apart && known && (!joint || share->amount->is_zero());
  }
  if (payees.size() == 1 && payees.begin()->find("、") == std::string::npos) return true;
  return apart && !payees.empty();
}

void ReadAwardsByPerson(const Reading& reading, const std::vector<ToldAmount>& told,
                        Covers& covers) {
  JudgmentElements& elements = reading.elements;
  // Whose sum what was paid before has been taken off from is not told.
  const bool returned =
      std::ranges::any_of(covers.covers, [](const Cover& c) { return !c.returns.empty(); });
  covers.covers = SumBySum(elements, covers.covers);
  const AwardsInReasons reasons(reading);
  if (!returned) {
    ReadPrepayments(reading, told, covers);
    ReadStatedMedical(reading, told, covers);
    TakeFromReasons(elements, reasons, covers.covers);
  }
  Money sum;
  bool known = !returned;
  for (Cover& cover : covers.covers) {
    if (!cover.medical.has_value() && cover.how.empty()) {
      cover.how = "判决对几名受害人分别给付，文书未写明本项中的医疗费";
    }
    known = known && cover.medical.has_value();
    sum += cover.medical.value_or(Money());
  }
  for (const std::size_t i : covers.to_fund) sum += elements.obligations[i].amount;
  if (!known) return DoubtSum(reading);
  ForgetAward(reading);
  elements.medical_expense_awarded = sum;
  reading.Derive(std::string(kAwarded), "obligations", "award.sum_of_persons", 94);
  if (!Contradicts(elements, reasons, covers.covers)) return;
  reading.Doubt(kAwarded, kContradictedPercent);
  reading.Warn("说理部分写明的各受害人医疗费赔偿额与判项不一致，请核对。");
}

}  // namespace recoup::court
