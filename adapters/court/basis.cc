// What the judgment means for the fund: basis, and the medical expense it awards (B).
#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/court/basis_sums.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;
using domain::Ratio;

bool FundPaid(const JudgmentElements& elements) {
  return elements.fund_paid.has_value() && elements.fund_paid->is_positive();
}

Money AwardedToFund(const Reading& reading) {
  Money sum;
  for (const Obligation& o : reading.elements.obligations) {
    if (IsFund(reading, o.creditor)) sum += o.amount;
  }
  return sum;
}

// One sign of what the court counts as the loss.
struct Sign {
  Basis basis = Basis::kNone;
  Span span;
  std::string rule;
  bool in_list = false;  // Among the other items of the loss: the court's final word.
};

// "项目│原告主张│本院认定": of two figures side by side the first is what the plaintiff asks for.
bool IsClaimed(const Reading& reading, const Amount& amount, const std::vector<Amount>& amounts) {
  constexpr std::string_view kBorder = "│";
  const bool beside = std::ranges::any_of(amounts, [&](const Amount& next) {
    return next.span.begin == amount.span.end + kBorder.size() &&
           reading.view({amount.span.end, next.span.begin}) == kBorder;
  });
  const Outline& outline = reading.document.outline;
  return beside && reading.Has("basis.claimed_column", {outline.facts.begin, outline.reasons.end});
}

// "医疗费总额26700元，减去新农合补偿的14100元，认定12600元": the rest, where the court takes what
// the fund paid off the total.
std::optional<Amount> RestAfterDeduction(const Reading& reading,
                                         const std::vector<Amount>& amounts) {
  const JudgmentElements& elements = reading.elements;
  const Amount* total = nullptr;
  const Amount* fund = nullptr;
  for (const Amount& amount : amounts) {
    if (fund != nullptr && amount.money == elements.self_paid) {
      const bool rejected = reading.Has("basis.no_deduction", {total->span.end, amount.span.end});
      return rejected ? std::nullopt : std::optional(amount);
    }
    if (total == nullptr && amount.money == elements.medical_expense_total) {
      total = &amount;
    } else if (total != nullptr && amount.money == elements.fund_paid &&
               reading.Has("basis.deduct", {total->span.end, amount.span.begin})) {
      fund = &amount;
    }
  }
  return std::nullopt;
}

// The total as 医疗费 means GROSS, the own part NET. "医疗费88640元，其中新农合补偿35120元" only
// tells how the total was paid.
void SignsOfAmounts(const Reading& reading, Span sentence, std::vector<Sign>& signs) {
  const JudgmentElements& elements = reading.elements;
  const auto has = [&](std::string_view group, Span within) { return reading.Has(group, within); };
  const bool in_list = has("basis.list", sentence) || has("basis.list_item", sentence);
  const auto amounts = reading.Amounts(sentence);
  const bool tells_parts = std::ranges::any_of(
      amounts, [&](const Amount& a) { return a.money == elements.medical_expense_total; });
  if (const auto rest = RestAfterDeduction(reading, amounts)) {
    signs.push_back({Basis::kNet, rest->span, "basis.loss.after_deduction", true});
    return;
  }
  std::size_t from = sentence.begin;
  for (const Amount& amount : amounts) {
    if (IsClaimed(reading, amount, amounts)) continue;
    const Span label = BehindLastSign(reading.text(), {from, amount.span.begin});
    const Span after{amount.span.end, sentence.end};
    from = amount.span.end;
    // "医疗费经医保报销后为18000元，本院予以确认"
    if (amount.money == elements.self_paid && has("basis.left_after", label) &&
        has("medical.admitted", after)) {
      signs.push_back({Basis::kNet, amount.span, "basis.loss.own", in_list});
    }
    if (has("basis.other_item", label)) continue;
    const bool named = has("basis.medical", label) || has("medical.total_after", after);
    const bool parted = has("basis.parts", after) && !(in_list && has("basis.parts_within", after));
    if (amount.money == elements.medical_expense_total && named && !parted) {
      signs.push_back({Basis::kGross, amount.span, "basis.loss.total", in_list});
    } else if (amount.money == elements.self_paid && !(tells_parts && has("medical.self", label))) {
      signs.push_back({Basis::kNet, amount.span, "basis.loss.own", in_list && named});
    }
  }
}

// "鲁大川关于医保部分的抗辩与立法精神相悖，不予采纳": whose view of the fund's part it is, and
// whether the court follows it, whatever the reasons are.
std::optional<Sign> SignOfPlea(const Reading& reading, Span sentence) {
  const auto plea = reading.Leftmost("basis.plea", sentence);
  if (!plea.has_value() || reading.Has("basis.not_of_fund", sentence)) return std::nullopt;
  const auto mentions = reading.document.parties.MentionsIn({sentence.begin, plea->span.begin});
  if (mentions.empty() || mentions.back().parties.empty()) return std::nullopt;
  const Side side = reading.document.parties[mentions.back().parties.front()].side;
  if (side != Side::kClaimant && side != Side::kRespondent) return std::nullopt;
  const auto refused = reading.Leftmost("liability.refused", {plea->span.end, sentence.end});
  const auto granted = reading.Leftmost("basis.plea_granted", {plea->span.end, sentence.end});
  if (refused.has_value() == granted.has_value()) return std::nullopt;
  // "二原告主张自付部分医疗费，予以准许"
  const bool own_part = reading.Has("table.self", {plea->span.end, sentence.end});
  const bool for_whole = side == Side::kClaimant && !own_part;
  const Basis basis = for_whole == granted.has_value() ? Basis::kGross : Basis::kNet;
  const Hit& outcome = granted.has_value() ? *granted : *refused;
  return Sign{basis, outcome.span, "basis.plea", false};
}

void SignOfWords(const Reading& reading, Span sentence, std::vector<Sign>& signs) {
  if (!reading.Has("basis.about_fund", sentence)) return;
  if (reading.Has("basis.question", sentence)) return;
  const auto gross = reading.First("basis.gross", sentence);
  const auto net = reading.First("basis.net", sentence);
  if (gross.has_value()) {
    signs.push_back({Basis::kGross, gross->span, gross->rule->name, false});
  } else if (net.has_value()) {
    signs.push_back({Basis::kNet, net->span, net->rule->name, false});
  } else if (const auto plea = SignOfPlea(reading, sentence)) {
    signs.push_back(*plea);
  }
}

const Sign* Last(const std::vector<Sign>& signs, Basis basis, bool in_list) {
  for (auto sign = signs.rbegin(); sign != signs.rend(); ++sign) {
    if (sign->in_list >= in_list && (basis == Basis::kNone || sign->basis == basis)) return &*sign;
  }
  return nullptr;
}

// Amounts outweigh words, and the list of the losses outweighs what is said on the way to it.
const Sign* Weigh(const std::vector<Sign>& amounts, const std::vector<Sign>& words) {
  if (const Sign* sign = Last(amounts, Basis::kNone, true)) return sign;
  const Sign* gross = Last(amounts, Basis::kGross, false);
  const Sign* net = Last(amounts, Basis::kNet, false);
  if ((gross == nullptr) != (net == nullptr)) return gross != nullptr ? gross : net;
  const auto count = [&](Basis basis) { return std::ranges::count(words, basis, &Sign::basis); };
  if (count(Basis::kGross) > count(Basis::kNet)) return Last(words, Basis::kGross, false);
  if (count(Basis::kNet) > count(Basis::kGross)) return Last(words, Basis::kNet, false);
  if (!amounts.empty()) return Last(amounts, Basis::kNone, false);
  return Last(words, Basis::kNone, false);
}

// What a part of the document says in the court's own voice.
Basis SignIn(const Reading& reading, Span part, bool list_only) {
  std::vector<Sign> amounts;
  std::vector<Sign> words;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.span.begin < part.begin || sentence.span.end > part.end) continue;
    SignOfWords(reading, sentence.span, words);
    if (!sentence.by_party) SignsOfAmounts(reading, sentence.span, amounts);
  }
  if (list_only) {
    words.clear();
    std::erase_if(amounts, [](const Sign& sign) { return !sign.in_list; });
  }
  // What the court adds up to a total says as much as the list itself.
  if (Last(amounts, Basis::kNone, true) == nullptr) {
    if (const auto sum = LossBySums(reading, part)) {
      amounts.push_back({sum->basis, sum->span, "basis.loss.by_sums", true});
    }
  }
  const Sign* sign = Weigh(amounts, words);
  if (sign == nullptr) return Basis::kNone;
  const bool agree =
      std::ranges::all_of(words, [&](const Sign& s) { return s.basis == sign->basis; });
  const bool two_ways = !words.empty() && !amounts.empty();
  reading.Note("basis", sign->span, sign->rule, !agree ? 80 : two_ways ? 98 : 90);
  return sign->basis;
}

// Where the court itself counts another medical expense than the total or what is left of it, one
// of the sums is not understood: a further bill, or one that the court leaves out.
void DoubtOtherLoss(const Reading& reading) {
  const JudgmentElements& elements = reading.elements;
  bool confirmed = false;
  bool other = false;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kReasons || sentence.by_party) continue;
    if (!reading.Has("basis.list", sentence.span)) continue;
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading.Amounts(sentence.span)) {
      const Span label = BehindLastSign(reading.text(), {from, amount.span.begin});
      from = amount.span.end;
      const bool named =
          reading.Has("basis.medical", label) && !reading.Has("basis.other_item", label);
      if (!named) continue;
      const bool known = amount.money == elements.medical_expense_total ||
                         amount.money == elements.self_paid || amount.money == elements.fund_paid;
      confirmed = confirmed || known;
      other = other || !known;
    }
  }
  if (confirmed || !other) return;
  for (const char* field : {"medical_expense_total", "fund_paid", "self_paid", "basis"}) {
    reading.Doubt(field, 88);
  }
}

// The reasons of the first court, as a later instance recites them.
Span RecitedReasons(const Reading& reading) {
  Span facts = reading.document.outline.facts;
  const auto recited = reading.First("basis.recited_reasons", facts);
  facts.begin = recited.has_value() ? recited->span.begin : facts.end;
  return facts;
}

// Whether anything is awarded: by this document, or by one that it lets stand without telling its
// items.
bool Judged(const JudgmentElements& elements) {
  return !elements.obligations.empty() || elements.outcome == CaseOutcome::kUpheld;
}

Basis Decide(const Reading& reading) {
  if (AwardedToFund(reading).is_positive()) {
    reading.Derive("basis", "obligations", "basis.fund_is_creditor", 97);
    return Basis::kFundAwarded;
  }
  const bool stated = reading.elements.fund_paid.has_value();
  if (!FundPaid(reading.elements) || !Judged(reading.elements)) {
    // That nothing was awarded may be what was not understood.
    const int confidence = FundPaid(reading.elements) ? 85 : stated ? 94 : 88;
    reading.Derive("basis", stated ? "fund_paid" : "medical_expense_total", "basis.no_fund_payment",
                   confidence);
    return Basis::kNone;
  }
  const Outline& outline = reading.document.outline;
  const Span recited = RecitedReasons(reading);
  // What a later court lets stand is what the first court counted.
  if (reading.elements.outcome == CaseOutcome::kUpheld) {
    if (const Basis basis = SignIn(reading, recited, true); basis != Basis::kNone) return basis;
  }
  for (const Span part : {outline.reasons, outline.ruling, recited}) {
    if (const Basis basis = SignIn(reading, part, false); basis != Basis::kNone) return basis;
  }
  // Some courts settle the losses, and what belongs to them, among their findings.
  for (const bool list_only : {true, false}) {
    const Basis basis = SignIn(reading, outline.facts, list_only);
    if (basis != Basis::kNone) return basis;
  }
  reading.Warn("未能判断判决的医疗费是否包含基金支付部分，请人工核对。");
  reading.Derive("basis", "fund_paid", "basis.undecided", 30);
  return Basis::kNone;
}

// "损失为：医疗费9293.54元、营养费2700元": the item of the list, which the findings tell as well
// unless it is nothing ("医疗费0元"); not what a cover pays of it.
std::optional<Amount> ListedLoss(const Reading& reading, Span sentence) {
  if (!reading.Has("basis.list", sentence) || reading.Has("award.of_cover", sentence)) {
    return std::nullopt;
  }
  const auto amounts = reading.Amounts(sentence);
  if (amounts.empty()) return std::nullopt;
  const Amount& first = amounts.front();
  const Span label = BehindLastSign(reading.text(), {sentence.begin, first.span.begin});
  if (!reading.Has("basis.medical", label) || reading.Has("basis.other_item", label)) {
    return std::nullopt;
  }
  const auto told = reading.Amounts(reading.document.outline.facts);
  const bool known =
      first.money.is_zero() || std::ranges::find(told, first.money, &Amount::money) != told.end();
  return known ? std::optional(first) : std::nullopt;
}

// "医疗费支持10786.52元": what the court counts as the loss where that is less than what was spent,
// because the work injury fund has paid, or some bills are not of this event.
std::optional<Amount> RecognisedLoss(const Reading& reading) {
  if (reading.elements.basis != Basis::kNone) return std::nullopt;
  std::optional<Amount> recognised;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section != Section::kReasons || sentence.by_party) continue;
    for (const Hit& hit : reading.All("award.loss", sentence.span)) {
      const auto amounts = reading.Amounts(hit.span);
      if (!amounts.empty()) recognised = amounts.back();
    }
    if (const auto listed = ListedLoss(reading, sentence.span)) recognised = listed;
  }
  return recognised;
}

// Of several who were hurt each may bear a share, or all of them one together.
bool IsInjured(const JudgmentElements& elements, std::string_view party) {
  const auto& injured = elements.injured_persons;
  const std::vector<std::string> names = absl::StrSplit(std::string(party), "、");
  return std::ranges::all_of(names, [&](const std::string& name) {
    return std::ranges::find(injured, name, &InjuredPerson::name) != injured.end();
  });
}

// B by the law's order of payment (民法典 1213): what fits into the compulsory medical cover is
// borne in full, the rest by the shares, rounded for each debtor. Where others bear all of it,
// nothing is left to divide.
std::optional<Money> Computed(const Reading& reading, std::optional<Money> loss) {
  const JudgmentElements& elements = reading.elements;
  if (!loss.has_value() || elements.injured_persons.empty()) return std::nullopt;
  const Money cover = CompulsoryMedicalCover(reading);
  // Within the compulsory cover no share matters.
  if (elements.liability.empty()) return *loss <= cover ? loss : std::nullopt;
  Money awarded = std::min(*loss, cover);
  const Money rest = *loss - awarded;
  std::int64_t shares = 0;
  for (const LiabilityShare& share : elements.liability) {
    if (IsInjured(elements, share.party)) continue;
    shares += share.share_percent.hundredths;
    const auto part = rest.Times(Ratio{share.share_percent.hundredths, 100 * 100});
    if (part.ok()) awarded += *part;
  }
  // Only the injured person's own share is known: the others bear what it leaves.
  if (shares == 0) {
    const std::int64_t others = 100 * 100 - elements.liability.front().share_percent.hundredths;
    const auto part = rest.Times(Ratio{others, 100 * 100});
    return part.ok() && elements.liability.size() == 1 ? awarded + *part : awarded;
  }
  return shares == 100 * 100 ? loss : awarded;
}

// What goes to the fund and what goes to the injured person are rounded apart.
Money RoundedApart(const Reading& reading, Money computed, Money to_fund) {
  const auto apart = Computed(reading, reading.elements.self_paid);
  if (!to_fund.is_positive() || !apart.has_value()) return computed;
  const Money sum = *apart + to_fund;
  const Money gap = sum > computed ? sum - computed : computed - sum;
  return gap <= Money::Fen(1) ? sum : computed;
}

// B as the court states it, the last time it does; not what one cover pays of it ("在公众责任险限额
// 内，就医疗费赔偿20000元").
std::optional<Amount> StatedAward(const Reading& reading, Span part) {
  std::optional<Amount> stated;
  for (const Hit& hit : reading.All("award.medical", part)) {
    const auto amounts = reading.Amounts(hit.span);
    const auto clauses = Clauses(reading.text(), {part.begin, hit.span.begin});
    const Span before = clauses.empty() ? part : clauses.back();
    if (reading.Has("award.by_cover", {before.begin, hit.span.end})) continue;
    if (!amounts.empty()) stated = amounts.back();
  }
  return stated;
}

// "赔偿原告医疗费12000元、误工费9000元": what the items of an agreement call so, the first of each
// item, since what follows may be its instalments.
std::optional<Amount> AgreedMedical(const Reading& reading) {
  std::optional<Amount> agreed;
  for (const Span item : ItemsInForce(reading)) {
    std::size_t from = item.begin;
    for (const Amount& amount : reading.Amounts(item)) {
      const Span label = BehindLastSign(reading.text(), {from, amount.span.begin});
      from = amount.span.end;
      if (!reading.Has("medical.total", label) || reading.Has("basis.other_item", label)) continue;
      if (!reading.Has("ruling.pay", {item.begin, amount.span.begin})) continue;
      if (reading.Has("sums.fund", label)) continue;  // "医保支付的医疗费14000元由原告协助追偿"
      if (!agreed.has_value()) {
        agreed = amount;
      } else {
        agreed->money += amount.money;
      }
      break;
    }
  }
  return agreed;
}

// Whether an agreement says what it counts as medical expense; a lump sum tells of no order of
// payment.
bool AgreementNamesMedical(const Reading& reading) {
  for (const Span item : ItemsInForce(reading)) {
    std::size_t from = item.begin;
    for (const Amount& amount : reading.Amounts(item)) {
      const Span label = BehindLastSign(reading.text(), {from, amount.span.begin});
      from = amount.span.end;
      if (reading.Has("medical.total", label) && !reading.Has("sums.fund", label)) return true;
    }
  }
  return false;
}

// Not where a rescue fund or an employer recovers what it has advanced.
bool InjuredOrFundSues(const Reading& reading) {
  const auto& parties = reading.document.parties.all();
  return std::ranges::any_of(parties, [](const Party& p) {
    return p.kind == PartyKind::kFund ||
           (p.side == Side::kClaimant && p.kind == PartyKind::kPerson);
  });
}

}  // namespace

std::string AwardComputedWarning(const Reading& reading) {
  const bool covered = CompulsoryMedicalCover(reading).is_positive();
  return absl::StrCat("文书未单独载明医疗费赔偿额，已按", covered ? "交强险医疗费用限额和" : "",
                      "责任比例推算，请核对。");
}

bool IsFund(const Reading& reading, std::string_view name) {
  const auto party = reading.document.parties.Find(name);
  return party.has_value() && reading.document.parties[*party].kind == PartyKind::kFund;
}

std::optional<Money> CountedMedicalLoss(const Reading& reading) {
  const JudgmentElements& elements = reading.elements;
  const auto loss =
      elements.basis == Basis::kNet ? elements.self_paid : elements.medical_expense_total;
  const auto recognised = RecognisedLoss(reading);
  if (recognised.has_value() && loss.has_value() && recognised->money < *loss) {
    return recognised->money;
  }
  return loss;
}

void ReadBasis(const Reading& reading) {
  reading.elements.basis = Decide(reading);
  if (FundPaid(reading.elements)) DoubtOtherLoss(reading);
}

void ReadAwardedMedicalExpense(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  if (!Judged(elements)) return;
  if (!elements.obligations.empty() && !InjuredOrFundSues(reading)) return;
  const Outline& outline = reading.document.outline;
  const Money to_fund = AwardedToFund(reading);
  if (!to_fund.is_positive() && reading.Has("award.not_claimed", outline.reasons)) return;
  const bool recovery_case = to_fund.is_positive() && elements.obligations.size() > 0 &&
                             std::ranges::all_of(elements.obligations, [&](const Obligation& o) {
                               return IsFund(reading, o.creditor);
                             });
  if (recovery_case) {
    elements.medical_expense_awarded = to_fund;
    reading.Derive("medical_expense_awarded", "obligations", "award.fund", 96);
    return;
  }
  auto stated = StatedAward(reading, outline.reasons);
  if (!stated.has_value()) stated = StatedAward(reading, outline.ruling);
  const bool mediated = elements.document_type == DocumentType::kMediation;
  auto computed = Computed(reading, CountedMedicalLoss(reading));
  if (computed.has_value()) computed = RoundedApart(reading, *computed, to_fund);
  if (mediated && to_fund.is_positive() && !AgreementNamesMedical(reading)) computed.reset();
  if (stated.has_value()) {
    elements.medical_expense_awarded = stated->money;
    reading.Note("medical_expense_awarded", stated->span, "award.medical",
                 computed == stated->money ? 98 : 75);
    if (computed.has_value() && computed != stated->money) {
      reading.Warn(kAwardDiffersWarning);
    }
    return;
  }
  if (!computed.has_value() && mediated && !to_fund.is_positive()) {
    if (const auto agreed = AgreedMedical(reading)) {
      elements.medical_expense_awarded = agreed->money;
      reading.Note("medical_expense_awarded", agreed->span, "award.agreed", 85);
    }
    return;
  }
  elements.medical_expense_awarded = computed;
  if (computed.has_value()) {
    reading.Derive("medical_expense_awarded", "medical_expense_total", "award.computed", 85);
    const bool whole = computed == elements.medical_expense_total || computed == elements.self_paid;
    if (!whole) {
      reading.Warn(AwardComputedWarning(reading));
    }
  }
}

}  // namespace recoup::court
