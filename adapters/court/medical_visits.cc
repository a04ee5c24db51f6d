#include "adapters/court/medical_visits.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// Far beyond any real case; keeps a hostile text from costing time.
constexpr std::size_t kVisitsMax = 200;
// One after the last of Payer.
constexpr std::size_t kPayers = static_cast<std::size_t>(Payer::kNone) + 1;

// "统筹基金（职工医保）40771.06元": what stands before a bracket that ends at the amount.
std::optional<Span> LabelBeforeBracket(const Reading& reading, std::size_t from,
                                       std::size_t amount_begin) {
  const std::string_view before = reading.view({from, amount_begin});
  if (!before.ends_with(')')) return std::nullopt;
  const std::size_t open = before.rfind('(');
  if (open == std::string_view::npos) return std::nullopt;
  return LabelOf(reading, from, from + open);
}

// "其中第三人支付19886.40元", where the third party is the fund.
const Rule* PaidByFundParty(const Reading& reading, Span label) {
  const Parties& parties = reading.document.parties;
  const auto mentions = parties.MentionsIn(label);
  if (mentions.empty() || mentions.back().parties.size() != 1) return nullptr;
  if (parties[mentions.back().parties.front()].kind != PartyKind::kFund) return nullptr;
  const auto hit = reading.First("medical.fund_party", {mentions.back().span.end, label.end});
  return hit.has_value() ? hit->rule : nullptr;
}

// What the words around an amount say it is. Words before it outweigh words behind it, except that
// "7820元由新农合报销" tells of this amount and "其中经新农合报销7820元" of the next one.
// `item`: the words of the sentence before the amount.
Figure Classify(const Reading& reading, Span item, Span label, const Amount& amount, Span after) {
  const auto is = [&](std::string_view group, Span within) { return reading.First(group, within); };
  if (is("medical.no_figure", label)) return {Payer::kNone, amount, {}};
  if (is("medical.other_payer", label)) return {Payer::kNone, amount, {}};
  if (const auto hit = is("medical.account", label)) return {Payer::kSelf, amount, hit->rule->name};
  // "余下的医疗费用25118.32元，医院已与医保经办机构结算"
  if (is("medical.rest_label", label)) {
    if (const auto hit = is("medical.rest_settled", after)) {
      return {Payer::kFund, amount, hit->rule->name};
    }
  }
  const bool not_fund = is("medical.not_fund", label).has_value() ||
                        is("medical.after_fund", label).has_value() ||
                        is("medical.not_fund_after", after).has_value();
  if (!not_fund) {
    const auto hit_after = is("medical.fund_after", after);
    // "18226.73元经新农合报销后，原告支出10322.6元": the amount is the whole bill.
    // "43286.57元通过医保系统结算，统筹基金支付25118.32元": so is what the fund pays a part of.
    const bool of_whole = hit_after.has_value() &&
                          (is("medical.afterwards", {hit_after->span.end, after.end}) ||
                           (is("medical.total", label) && is("medical.settled_through", after) &&
                            is("sums.fund", {hit_after->span.end, after.end})));
    if (const auto hit = hit_after; hit.has_value() && hit->span.end < after.end && !of_whole) {
      return {Payer::kFund, amount, hit->rule->name};
    }
    if (const auto hit = is("medical.fund", label)) return {Payer::kFund, amount, hit->rule->name};
    if (const Rule* rule = PaidByFundParty(reading, label)) {
      return {Payer::kFund, amount, rule->name};
    }
  }
  // "余33456.16元付原告": what is left of an award.
  if (const auto hit = is("medical.self", label); hit && !is("medical.to_victim", after)) {
    return {Payer::kSelf, amount, hit->rule->name};
  }
  if (is("medical.paid", label)) return {Payer::kNone, amount, {}};
  if (const auto hit = is("medical.total", label)) return {Payer::kTotal, amount, hit->rule->name};
  if (const auto hit = is("medical.total_after", after)) {
    return {Payer::kTotal, amount, hit->rule->name};
  }
  // "某医院住院9天：费用38993.70元", "在该院产生的费用38993.70元"
  const Span place{item.begin, label.end};
  if (const auto hit = is("medical.total_bare", label);
      hit.has_value() &&
      (is("hospital.kind", place) || is("medical.bill", place) || is("medical.stay", place))) {
    return {Payer::kTotal, amount, hit->rule->name};
  }
  return {Payer::kNone, amount, {}};
}

// The words a figure stands behind, since the figure before it.
using Words = Span;

// The day or the hospital that words name; none: empty.
std::string_view PlaceIn(const Reading& reading, Words words) {
  const auto place = reading.First("medical.place", words);
  return place.has_value() ? reading.view(place->groups[1]) : std::string_view();
}

// Whether two names may be of one hospital: "县医院" is "云浦县医院", but "云浦市人民医院" is not
// "石桥县人民医院". What stands before a name may be taken for its begin: "原告在县医院".
bool MayBeOnePlace(std::string_view first, std::string_view second) {
  if (first.size() > second.size()) std::swap(first, second);
  if (second.ends_with(first)) return true;
  constexpr std::size_t kFullNameBytes = 18;  // "云浦县人民医院" has 21.
  constexpr std::size_t kHospitalBytes = 9;   // "县医院"
  const auto tail = [](std::string_view place, std::size_t bytes) {
    return place.substr(place.size() - std::min(place.size(), bytes));
  };
  const std::size_t bytes = first.size() < kFullNameBytes ? kHospitalBytes : kFullNameBytes;
  return tail(first, bytes) == tail(second, bytes);
}

// "县医院的医保支付6000元，市医院的医保支付6000元", "…又支付6000元": the words tell of another
// payment or bill than those before them.
bool ToldApart(const Reading& reading, Words before, Words words) {
  if (reading.Has("medical.paid_again", words)) return true;
  const std::string_view first = PlaceIn(reading, before);
  const std::string_view second = PlaceIn(reading, words);
  if (first.empty() || second.empty()) return false;
  return !MayBeOnePlace(first, second);
}

// What is told once more counts once; `another`: it is the same sum of another payment.
void AddOnce(std::vector<Figure>& figures, const Figure& figure, bool another) {
  const bool known = std::ranges::any_of(
      figures, [&](const Figure& f) { return f.amount.money == figure.amount.money; });
  if (known && !another) return;
  // "统筹71344.06元、大病25076.12元，医保共计支付96420.18元": the sum of what is known.
  if (figures.size() > 1 && figure.amount.money == SumOfFigures(figures)) return;
  figures.push_back(figure);
  // "医保共支付96420.18元，其中统筹71344.06元、大病25076.12元": the parts replace their sum.
  const Money whole = figures.front().amount.money;
  if (figures.size() > 2 && SumOfFigures(figures) == whole + whole) figures.erase(figures.begin());
}

class VisitReader {
 public:
  explicit VisitReader(const Reading& reading)
      : reading_(reading), others_(reading.document.names_of_other_cases), unpaid_(reading) {}

  void ReadSentence(Span sentence) {
    if (IsOfOther(sentence)) return;
    const bool unrelated = reading_.Has("medical.unrelated", sentence);
    const auto amounts = reading_.Amounts(sentence);
    if (unrelated && !visits_.empty()) TakeRelatedPart(reading_, sentence, visits_.back());
    std::size_t from = sentence.begin;
    std::size_t cover_from = sentence.begin;
    std::size_t part_until = 0;
    Figure previous;
    Span previous_label;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      const Amount& amount = amounts[i];
      const Span after{amount.span.end,
                       i + 1 < amounts.size() ? amounts[i + 1].span.begin : sentence.end};
      const std::size_t words_from = from;
      // "报销102300元(其中大病保险21000元)": a part of the part.
      if (amount.span.begin < part_until) {
        from = amount.span.end;
        continue;
      }
      Span label = LabelOf(reading_, from, amount.span.begin);
      Figure figure;
      if (const auto outer = LabelBeforeBracket(reading_, from, amount.span.begin)) {
        figure = Classify(reading_, {sentence.begin, outer->begin}, *outer, amount, after);
      }
      if (figure.payer == Payer::kNone) {
        figure = Classify(reading_, {sentence.begin, label.begin}, label, amount, after);
      }
      // "医保报销65%，即9347元": the words stand before the comma.
      if (const auto hit = reading_.First("medical.fund_across", {from, amount.span.begin});
          hit.has_value() && hit->span.end == amount.span.begin) {
        figure = {Payer::kFund, amount, hit->rule->name};
      }
      // "医疗费凭证8张，计59870.15元"
      if (figure.payer == Payer::kNone) {
        const auto hit = reading_.First("medical.total_across", {from, amount.span.begin});
        if (hit.has_value()) figure = {Payer::kTotal, amount, hit->rule->name};
      }
      if (IsNoPayment(figure, after)) figure = {Payer::kNone, amount, {}};
      if (SplitsOwnPart(figure, amounts, i)) figure = {Payer::kNone, amount, {}};
      // "分别支付93650.77元、40000元": the words stand before the first of them.
      if (figure.payer == Payer::kNone && i > 0 &&
          reading_.Has("medical.in_turn", previous_label) &&
          reading_.rules.Fits("medical.next", reading_.view({from, amount.span.begin}))) {
        figure = {previous.payer, amount, previous.rule};
        label = previous_label;
      }
      // "医疗费18000元(已扣除医保支付的12000元)": what is left of a bill is the own part.
      if (figure.payer == Payer::kTotal) {
        if (const auto rest = reading_.First("medical.without_fund", after)) {
          figure = {Payer::kSelf, amount, rest->rule->name};
        }
      }
      previous = figure;
      previous_label = label;
      figure.about = reading_.Has("medical.about", label);
      // "投保交强险（医疗费用10000元…）": what a policy covers is no expense.
      const bool cover = reading_.Has("medical.cover", {cover_from, amount.span.begin});
      if (!cover) cover_from = amount.span.end;
      from = amount.span.end;
      if (figure.payer == Payer::kFund) {
        const auto part = reading_.First("medical.part_of", {amount.span.end, sentence.end});
        if (part.has_value()) part_until = part->span.end;
      }
      if ((unrelated || cover) && figure.payer == Payer::kTotal) continue;
      // "已付清赔偿款（其中医疗费73000元）": a part of what was awarded or paid.
      if (figure.payer == Payer::kTotal &&
          reading_.Has("medical.of_award", {sentence.begin, amount.span.begin})) {
        continue;
      }
      if (figure.payer == Payer::kTotal && IsOfRespondent(label)) continue;
      if (TakeSumOfBills(amounts, i, sentence.begin)) continue;
      if (figure.payer == Payer::kTotal && TakeFormula(figure, {amount.span.end, sentence.end})) {
        continue;
      }
      if (figure.payer == Payer::kTotal && TakeWhole(figure)) continue;
      if (figure.payer == Payer::kFund && reading_.Has("medical.besides", label)) AddBeside(figure);
      const bool total = figure.payer == Payer::kTotal;
      const bool another = total && reading_.Has("medical.another_visit", label);
      const bool whole = another || (total && IsMadeOfNext(amounts, i));
      TakeTimes(figure, label, {sentence.begin, amount.span.begin});
      Keep(figure, {words_from, amount.span.begin}, sentence, reading_.Has("medical.stay", label),
           another, whole);
      if (figure.payer == Payer::kTotal) {
        // "现金支付18000元": the words next to another sum are about that one.
        const auto self = reading_.First("medical.all_self", after);
        if (self.has_value() && (self->span.end < after.end || i + 1 == amounts.size())) {
          Keep({Payer::kSelf, amount, self->rule->name}, {amount.span.end, amount.span.end},
               sentence);
        }
      }
    }
    ReadFundShare(sentence);
  }

  Visits Take() && { return {std::move(visits_), std::move(parts_)}; }

 private:
  // "申请报销12000元，被告知不予报销"; "另因感冒就诊，医保支付500元，与本案无关".
  bool IsNoPayment(const Figure& figure, Span after) const {
    if (figure.payer != Payer::kFund) return false;
    return unpaid_.Has(figure.amount) || reading_.Has("medical.no_matter", after);
  }

  // "30000元，其中统筹支付10000元，个人支付20000元": a bill with parts of its own is no part of
  // another, unless the same bill is told again.
  bool IsMadeOfNext(const std::vector<Amount>& amounts, std::size_t i) const {
    if (i + 2 >= amounts.size()) return false;
    const Amount& first = amounts[i + 1];
    const Amount& second = amounts[i + 2];
    if (first.money + second.money != amounts[i].money) return false;
    const bool fund =
        reading_.Has("medical.fund", LabelOf(reading_, amounts[i].span.end, first.span.begin));
    const bool self =
        reading_.Has("medical.self", LabelOf(reading_, first.span.end, second.span.begin));
    const bool known = std::ranges::any_of(
        visits_, [&](const Visit& visit) { return visit.total.money == amounts[i].money; });
    return fund && self && !known;
  }

  // "个人支付18000元；预缴款2000元，补缴16000元": how the own part was paid, told in its parts.
  bool SplitsOwnPart(const Figure& figure, const std::vector<Amount>& amounts,
                     std::size_t i) const {
    if (figure.payer != Payer::kSelf || i == 0) return false;
    const Money both = amounts[i - 1].money + amounts[i].money;
    const auto& own = visits_.empty() ? parts_.self : visits_.back().self;
    return std::ranges::any_of(own, [&](const Figure& f) { return f.amount.money == both; });
  }

  // "两次住院费用各15000元，两次均由医保基金支付6000元": one sum paid several times, as long as the
  // bill has room for it.
  void TakeTimes(Figure& figure, Span label, Span before) const {
    if (figure.payer == Payer::kNone || !reading_.Has("medical.each", label)) return;
    const auto times = reading_.First("medical.times", before);
    if (!times.has_value()) return;
    const auto count = ParseChineseNumeral(reading_.view(times->groups[1]));
    if (!count.has_value()) return;
    const Money once = figure.amount.money;
    Money all;
    for (std::int64_t i = 0; i < *count; ++i) all += once;
    const bool part = figure.payer != Payer::kTotal;
    if (part && !visits_.empty() && visits_.back().total.money < all) return;
    figure.amount.money = all;
  }

  // Of a sum that is known whether these words tell of another one: of the same sentence, for a
  // later one tells it again.
  bool IsAnother(const Figure& figure, const Words& words, Span sentence) const {
    const Told& last = told_[static_cast<std::size_t>(figure.payer)];
    return last.money == figure.amount.money && last.words.begin >= sentence.begin &&
           ToldApart(reading_, last.words, words);
  }

  void AddPart(std::vector<Figure>& parts, const Figure& figure, bool another, const Visit* visit) {
    const bool fits =
        visit == nullptr || SumOfFigures(parts) + figure.amount.money <= visit->total.money;
    AddOnce(parts, figure, another && fits);
  }

  void Keep(const Figure& figure, Words words, Span sentence, bool stay = false,
            bool another = false, bool whole = false) {
    if (settled_ || figure.payer == Payer::kNone) return;
    const bool known_apart = IsAnother(figure, words, sentence);
    told_[static_cast<std::size_t>(figure.payer)] = {figure.amount.money, words};
    if (figure.payer == Payer::kTotal) {
      another = another || known_apart;
      if (visits_.size() < kVisitsMax && (whole || another || !IsKnown(figure.amount.money))) {
        visits_.push_back({figure.amount, figure.rule, figure.about, {}, {}, stay, another});
      }
      return;
    }
    const bool fund = figure.payer == Payer::kFund;
    if (visits_.empty()) {
      AddPart(fund ? parts_.fund : parts_.self, figure, known_apart, nullptr);
      return;
    }
    Visit& visit = visits_.back();
    visit.about |= figure.about;
    if (!AddsUp(visit)) AddPart(fund ? visit.fund : visit.self, figure, known_apart, &visit);
  }

  // "医疗费用门诊786.30元，住院8400.00元，合计9186.30元": of bills that are told one by one, and of
  // which the words may not be known, the sum.
  bool TakeSumOfBills(const std::vector<Amount>& amounts, std::size_t sum, std::size_t begin) {
    if (sum < 2 || settled_ || visits_.empty()) return false;
    const auto label_of = [&](std::size_t i) {
      return LabelOf(reading_, i == 0 ? begin : amounts[i - 1].span.end, amounts[i].span.begin);
    };
    if (!reading_.Has("ruling.sum", label_of(sum))) return false;
    Money bills;
    std::size_t first = sum;
    while (first > 0 && bills < amounts[sum].money) {
      const Span label = label_of(--first);
      if (!reading_.Has("sums.bill", label) || reading_.Has("sums.other_item", label)) return false;
      bills += amounts[first].money;
    }
    Visit& visit = visits_.back();
    const bool of_one = std::ranges::any_of(
        amounts.begin() + static_cast<std::ptrdiff_t>(first),
        amounts.begin() + static_cast<std::ptrdiff_t>(sum),
        [&](const Amount& amount) { return amount.money == visit.total.money; });
    const bool bare = visit.fund.empty() && visit.self.empty() && visits_.size() == 1;
    if (bills != amounts[sum].money || first + 1 == sum || !of_one || !bare) return false;
    visit.total = amounts[sum];
    return true;
  }

  // "被告门诊治疗花费2000元": who is sued was hurt as well, and it is not their loss that is
  // judged.
  bool IsOfRespondent(Span label) const {
    const Parties& parties = reading_.document.parties;
    const auto mentions = parties.MentionsIn(label);
    if (mentions.empty() || mentions.front().parties.size() != 1) return false;
    const Party& party = parties[mentions.front().parties.front()];
    const auto& injured = reading_.elements.injured_persons;
    return party.side == Side::kRespondent && party.kind == PartyKind::kPerson &&
           std::ranges::find(injured, party.name, &InjuredPerson::name) == injured.end() &&
           reading_.Has("medical.treated", {mentions.front().span.end, label.end});
  }

  // "董某在该案中的医疗费为11862.35元": of somebody whose loss another document judges.
  bool IsOfOther(Span sentence) const {
    if (others_.empty()) return false;
    const std::string_view text = reading_.view(sentence);
    const auto named = [&](const std::string& name) {
      return text.find(name) != std::string_view::npos;
    };
    const auto& injured = reading_.elements.injured_persons;
    return std::ranges::any_of(others_, named) && text.find("原告") == std::string_view::npos &&
           std::ranges::none_of(injured, [&](const InjuredPerson& p) { return named(p.name); });
  }

  // "医疗费损失为152538.80元（312046.88元-118300.45元-41207.63元）", where the court takes off what
  // it has found the fund to have paid.
  bool TakeFormula(const Figure& figure, Span after) {
    const auto formula = reading_.First("medical.formula", after);
    if (!formula.has_value() || formula->span.begin != after.begin) return false;
    const auto terms = reading_.Amounts(formula->span);
    if (terms.size() < 2) return false;
    Visit visit{terms.front(), formula->rule->name, false, {}, {}, false, false};
    for (std::size_t i = 1; i < terms.size(); ++i) {
      visit.fund.push_back({Payer::kFund, terms[i], formula->rule->name});
    }
    visit.self.push_back({Payer::kSelf, figure.amount, formula->rule->name});
    const bool known = std::ranges::any_of(
        parts_.fund, [&](const Figure& f) { return f.amount.money == SumOfFigures(visit.fund); });
    if (!AddsUp(visit) || !known || !visits_.empty()) return false;
    visits_.push_back(std::move(visit));
    settled_ = true;  // What follows divides the loss.
    return true;
  }

  // "原告支付医疗费18000元，另有12000元由医保支付": what was called the bill is the own part of it.
  void AddBeside(const Figure& figure) {
    if (settled_ || visits_.size() != 1) return;
    Visit& visit = visits_.front();
    if (!visit.fund.empty() || !visit.self.empty()) return;
    visit.self.push_back({Payer::kSelf, visit.total, visit.rule});
    visit.total.money += figure.amount.money;
  }

  // "经医保报销12000元后，原告花费医疗费18000元，医疗费总额30000元": the bill told last is the sum
  // of what the fund paid and of what was called the bill before.
  bool TakeWhole(const Figure& figure) {
    if (settled_ || visits_.size() != 1 || parts_.fund.empty()) return false;
    Visit& visit = visits_.front();
    const Money whole = SumOfFigures(parts_.fund) + visit.total.money;
    if (!visit.fund.empty() || !visit.self.empty() || whole != figure.amount.money) return false;
    visit.self.push_back({Payer::kSelf, visit.total, visit.rule});
    visit.fund = parts_.fund;
    visit.total = figure.amount;
    visit.rule = figure.rule;
    return true;
  }

  // The visit a share of the bill is told of: the stay where the words say so.
  Visit* VisitOf(Span sentence) {
    if (visits_.empty()) return nullptr;
    if (!reading_.Has("medical.stay", sentence)) return &visits_.back();
    const auto last = std::ranges::find_if(visits_.rbegin(), visits_.rend(), &Visit::stay);
    return last == visits_.rend() ? &visits_.back() : &*last;
  }

  // "住院费102450元，门诊费3550元，其中原告支付51200元，其余由医保支付": what the patient has not
  // paid of all bills together. Nothing where the patient's part is not told or a fund's is.
  Money RestOfAll() const {
    Money rest, paid;
    for (const Visit& visit : visits_) {
      if (!visit.fund.empty()) return Money();
      paid += SumOfFigures(visit.self);
      rest += visit.total.money;
    }
    return paid.is_positive() ? rest - paid : Money();
  }

  // The fund's part told as a share of the bill, or as what the patient did not pay of it.
  void ReadFundShare(Span sentence) {
    Visit* const told = VisitOf(sentence);
    if (told == nullptr || !told->fund.empty()) return;
    Visit& visit = *told;
    if (reading_.Has("medical.not_fund", sentence)) return;
    if (const auto ratio = reading_.First("medical.fund_ratio", sentence)) {
      const auto shares = reading_.Shares(ratio->span);
      if (shares.empty() || visit.total.span.begin > ratio->span.begin) return;
      const auto part =
          visit.total.money.Times(domain::Ratio{shares.back().percent.hundredths, 100 * 100});
      if (part.ok()) {
        visit.fund.push_back({Payer::kFund, {ratio->span, *part}, ratio->rule->name});
      }
    } else if (const auto rest = reading_.First("medical.rest_by_fund", sentence)) {
      // "原告支付18000元，其余由医保支付": the words make the payer the patient.
      const Span before{sentence.begin, rest->span.begin};
      if (const auto paid = reading_.First("medical.self_party", before);
          paid && visit.self.empty()) {
        const auto amounts = reading_.Amounts(paid->span);
        if (amounts.empty()) return;
        visit.self.push_back({Payer::kSelf, amounts.back(), paid->rule->name});
      }
      const Money part =
          visit.self.empty() ? RestOfAll() : visit.total.money - SumOfFigures(visit.self);
      if (!part.is_positive()) return;
      visit.fund.push_back({Payer::kFund, {rest->span, part}, rest->rule->name});
    } else if (const auto acts = reading_.First("medical.fund_acts", sentence)) {
      ReadUntoldPart(visit, sentence, *acts);
    }
  }

  // "医疗费30000元，经医保结算，原告本人交纳18000元": a fund has paid, and who else could have paid
  // what is left of the bill is not told.
  void ReadUntoldPart(Visit& visit, Span sentence, const Hit& acts) {
    const auto amounts = reading_.Amounts(sentence);
    const auto told = [&](Money money) {
      return std::ranges::any_of(amounts, [&](const Amount& a) { return a.money == money; });
    };
    const Money part = visit.total.money - SumOfFigures(visit.self);
    const bool whole_told = !visit.self.empty() && told(visit.self.front().amount.money);
    if (!whole_told || !part.is_positive() || told(part)) return;
    visit.fund.push_back({Payer::kFund, {acts.span, part}, acts.rule->name});
  }

  // A later sentence repeats the total or the fund's part ("退款收据，金额12000元"), or calls the
  // own part "医疗费" once the fund's is deducted.
  bool IsKnown(Money money) const {
    return std::ranges::any_of(visits_, [&](const Visit& visit) {
      return visit.total.money == money ||
             (!visit.self.empty() && SumOfFigures(visit.self) == money) ||
             (AddsUp(visit) && SumOfFigures(visit.fund) == money) ||
             (!visit.fund.empty() && visit.total.money - SumOfFigures(visit.fund) == money);
    });
  }

  // The sum last told of a payer, and its words.
  struct Told {
    Money money;
    Words words;
  };

  const Reading& reading_;
  const std::set<std::string>& others_;
  const Unpaid unpaid_;
  std::array<Told, kPayers> told_ = {};
  std::vector<Visit> visits_;
  Visit parts_;
  bool settled_ = false;
};

}  // namespace

Money SumOfFigures(const std::vector<Figure>& figures) {
  return std::accumulate(figures.begin(), figures.end(), Money(),
                         [](Money sum, const Figure& f) { return sum + f.amount.money; });
}

bool AddsUp(const Visit& visit) {
  return !visit.fund.empty() && !visit.self.empty() &&
         SumOfFigures(visit.fund) + SumOfFigures(visit.self) == visit.total.money;
}

Span LabelOf(const Reading& reading, std::size_t from, std::size_t amount_begin) {
  constexpr std::string_view kColon = "：";
  Span label{from, amount_begin};
  // "统筹基金支付：12000元"
  if (reading.view(label).ends_with(kColon)) label.end -= kColon.size();
  return BehindLastSign(reading.text(), label);
}

Visits ReadVisits(const Reading& reading, const std::vector<Span>& sentences) {
  VisitReader reader(reading);
  for (const Span sentence : sentences) reader.ReadSentence(sentence);
  return std::move(reader).Take();
}

}  // namespace recoup::court
