#include "adapters/court/medical_sums.h"

#include <algorithm>
#include <vector>

#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;

// Far beyond any real case; keeps a hostile text from costing time.
constexpr std::size_t kSumsMax = 200;
constexpr std::size_t kFundPartsMax = 40;
constexpr std::size_t kPartsMax = 5;

// An amount as the text tells it.
struct Told {
  Amount amount;
  std::size_t sentence = 0;
  Section section = Section::kFacts;
  bool of_fund = false;
  bool of_bill = false;  // Called the medical expense, or the rest of it.
  bool by_party = false;
};

// The end of the clause behind an amount.
std::size_t ClauseEnd(const Reading& reading, const Amount& amount, std::size_t end) {
  const auto clauses = Clauses(reading.text(), {amount.span.end, end});
  const bool touches = !clauses.empty() && clauses.front().begin == amount.span.end;
  return touches ? clauses.front().end : amount.span.end;
}

// "25118.32元，系居民医保基金承担，": a clause that goes on about the amount before it.
std::optional<Span> Apposition(const Reading& reading, Span rest) {
  const auto more = reading.First("sums.apposition", rest);
  return more.has_value() ? std::optional(more->groups[1]) : std::nullopt;
}

// "14100元（该款由新农合处理），认定12600元": the bracket speaks of the sum before it.
Span BehindBracket(const Reading& reading, Span before) {
  const std::string_view words = reading.view(before);
  const std::size_t close = words.find(')');
  const bool bracket = words.starts_with('(') && close != std::string_view::npos;
  return bracket ? Span{before.begin + close + 1, before.end} : before;
}

bool IsByParty(const Sentence& sentence) {
  return sentence.section == Section::kClaims || sentence.by_party;
}

std::vector<Told> ToldSums(const Reading& reading) {
  std::vector<Told> told;
  const Unpaid unpaid(reading);
  const auto& sentences = reading.document.outline.sentences;
  for (std::size_t i = 0; i < sentences.size() && told.size() < kSumsMax; ++i) {
    const Sentence& sentence = sentences[i];
    if (sentence.section < Section::kClaims || sentence.section > Section::kReasons) continue;
    const auto amounts = reading.Amounts(sentence.span);
    // "一、医疗费。原告主张…": the heading is a sentence of its own.
    const bool headed = i > 0 && sentences[i - 1].span.size() < 40 &&
                        reading.Has("sums.bill", sentences[i - 1].span);
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : amounts) {
      const Span before = BehindBracket(reading, {from, amount.span.begin});
      Span after{amount.span.end, ClauseEnd(reading, amount, sentence.span.end)};
      from = amount.span.end;
      if (const auto more = Apposition(reading, {after.end, sentence.span.end})) {
        after.end = from = more->end;
      }
      Told sum{amount, i, sentence.section, false, false, IsByParty(sentence)};
      // Where its own clause calls it the medical expense, or says who pays, what is said before is
      // another matter.
      const Span own = BehindLastSign(reading.text(), before);
      const bool told_apart =
          reading.Has("basis.medical", own) || reading.Has("sums.own_payer", own);
      const Span about = told_apart ? own : before;
      const bool other = reading.Has("sums.not_fund", about) || reading.Has("sums.not_fund", after);
      sum.of_fund = !other && !unpaid.Has(amount) && !reading.Has("sums.rest", about) &&
                    (reading.Has("sums.fund", about) || reading.Has("sums.fund_behind", after));
      // "分别为9981.3元、4207.46元": what is said of the first is said of those joined to it.
      constexpr std::string_view kJoint = "、";
      if (!told.empty() && told.back().sentence == i && reading.view(before) == kJoint) {
        sum.of_fund = told.back().of_fund;
      }
      sum.of_bill = !reading.Has("sums.other_item", about) &&
                    (headed || reading.Has("sums.bill", {sentence.span.begin, amount.span.begin}) ||
                     reading.Has("sums.bill", after));
      told.push_back(sum);
    }
  }
  return told;
}

// The fund's parts: one sum, or several of one sentence.
struct FundParts {
  Money sum;
  std::vector<const Told*> parts;
};

// What a party calls the fund's while the court finds that somebody else has paid it.
void DropContradicted(const Reading& reading, std::vector<Told>& told) {
  for (Told& sum : told) {
    if (!sum.of_fund || !sum.by_party) continue;
    sum.of_fund = !CourtNamesOtherPayer(reading, sum.amount.money);
  }
}

std::vector<FundParts> FundPartsOf(const std::vector<Told>& told) {
  std::vector<FundParts> found;
  for (std::size_t first = 0; first < told.size(); ++first) {
    if (!told[first].of_fund) continue;
    FundParts parts;
    for (std::size_t i = first; i < told.size() && told[i].sentence == told[first].sentence; ++i) {
      if (!told[i].of_fund) continue;
      if (parts.parts.size() == kPartsMax || found.size() == kFundPartsMax) break;
      parts.sum += told[i].amount.money;
      parts.parts.push_back(&told[i]);
      found.push_back(parts);
    }
  }
  return found;
}

struct Triangle {
  const Told* total = nullptr;
  const FundParts* fund = nullptr;
  const Told* rest = nullptr;
  bool in_reasons = false;

  bool SameSums(const Triangle& other) const {
    return total->amount.money == other.total->amount.money && fund->sum == other.fund->sum;
  }
};

constexpr std::string_view kSumsRule = "medical.by_sums";

Visit ToVisit(const Triangle& triangle) {
  Visit visit{triangle.total->amount, kSumsRule, false, {}, {}, false, false};
  for (const Told* part : triangle.fund->parts) {
    visit.fund.push_back({Payer::kFund, part->amount, kSumsRule});
  }
  visit.self.push_back({Payer::kSelf, triangle.rest->amount, kSumsRule});
  return visit;
}

std::vector<Triangle> TrianglesOf(const std::vector<Told>& told,
                                  const std::vector<FundParts>& funds) {
  std::vector<Triangle> found;
  for (const Told& total : told) {
    if (!total.of_bill || total.of_fund) continue;
    for (const FundParts& fund : funds) {
      const Money rest = total.amount.money - fund.sum;
      if (!rest.is_positive()) continue;
      const auto told_rest = std::ranges::find_if(told, [&](const Told& sum) {
        return sum.amount.money == rest && !sum.of_fund && sum.of_bill;
      });
      if (told_rest == told.end()) continue;
      Triangle triangle{&total, &fund, &*told_rest, false};
      triangle.in_reasons = total.section == Section::kReasons &&
                            fund.parts.front()->section == Section::kReasons &&
                            std::ranges::any_of(told, [&](const Told& sum) {
                              return sum.section == Section::kReasons && sum.amount.money == rest;
                            });
      found.push_back(triangle);
    }
  }
  return found;
}

// The one bill that all of them tell of, in the court's words where it has some; several bills are
// none.
std::optional<Visit> OnlyOf(std::vector<Triangle> triangles) {
  if (triangles.empty()) return std::nullopt;
  const bool one = std::ranges::all_of(
      triangles, [&](const Triangle& triangle) { return triangle.SameSums(triangles.front()); });
  if (!one) return std::nullopt;
  const auto of_court = std::ranges::find_if(
      triangles, [](const Triangle& triangle) { return !triangle.fund->parts.front()->by_party; });
  return ToVisit(of_court != triangles.end() ? *of_court : triangles.front());
}

// Whether a sum is one the bill is known by.
bool IsPartOf(const Visit& known, Money money) {
  const auto is = [&](const Figure& figure) { return figure.amount.money == money; };
  return money == known.total.money || money == SumOfFigures(known.fund) ||
         money == SumOfFigures(known.self) || std::ranges::any_of(known.fund, is) ||
         std::ranges::any_of(known.self, is);
}

// Whether a loss is the known bill, or its rest, with a further bill.
bool Extends(const Visit& known, Money loss, Money bill) {
  const Money base = loss - bill;
  return bill.is_positive() && !IsPartOf(known, loss) && !IsPartOf(known, bill) &&
         (base == known.total.money || base == SumOfFigures(known.self));
}

// Whether the sums alone leave room for one: a look that costs little.
bool MayHaveFurtherBill(const Reading& reading, const Visit& known) {
  const Outline& outline = reading.document.outline;
  const auto bills = reading.Amounts(outline.facts);
  const auto losses = reading.Amounts(outline.reasons);
  return std::ranges::any_of(losses, [&](const Amount& loss) {
    return std::ranges::any_of(
        bills, [&](const Amount& bill) { return Extends(known, loss.money, bill.money); });
  });
}

}  // namespace

namespace {

// "系鲁大川支付", who is sued and no fund.
bool RespondentPays(const Reading& reading, Span words) {
  const Parties& parties = reading.document.parties;
  const auto is_sued = [&](std::size_t party) {
    return parties[party].side == Side::kRespondent && parties[party].kind != PartyKind::kFund;
  };
  return std::ranges::any_of(parties.MentionsIn(words), [&](const Mention& mention) {
    return !mention.parties.empty() && std::ranges::all_of(mention.parties, is_sued) &&
           reading.Has("sums.paying", {mention.span.end, words.end});
  });
}

}  // namespace

bool CourtNamesOtherPayer(const Reading& reading, Money money) {
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (IsByParty(sentence) || sentence.section < Section::kFacts) continue;
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading.Amounts(sentence.span)) {
      const Span label = LabelOf(reading, from, amount.span.begin);
      from = amount.span.end;
      if (amount.money != money) continue;
      const Span after{amount.span.end, ClauseEnd(reading, amount, sentence.span.end)};
      if (reading.Has("sums.other_payer", label)) return true;
      if (reading.Has("sums.other_payer_behind", after)) return true;
      if (RespondentPays(reading, label) || RespondentPays(reading, after)) return true;
    }
  }
  return false;
}

bool ToldByParty(const Reading& reading, const Amount& amount) {
  return std::ranges::any_of(reading.document.outline.sentences, [&](const Sentence& sentence) {
    return amount.span.begin >= sentence.span.begin && amount.span.begin < sentence.span.end &&
           IsByParty(sentence);
  });
}

std::optional<Visit> VisitBySums(const Reading& reading, const std::optional<Visit>& known) {
  const Outline& outline = reading.document.outline;
  if (!reading.Has("sums.fund", {outline.claims.begin, outline.ruling.begin})) return std::nullopt;
  std::vector<Told> told = ToldSums(reading);
  DropContradicted(reading, told);
  const std::vector<FundParts> funds = FundPartsOf(told);
  const std::vector<Triangle> all = TrianglesOf(told, funds);
  const auto with = [&](auto fits) {
    std::vector<Triangle> chosen;
    std::ranges::copy_if(all, std::back_inserter(chosen), fits);
    return OnlyOf(std::move(chosen));
  };
  if (!known.has_value()) return with([](const Triangle&) { return true; });
  const Money total = known->total.money;
  if (auto visit = with([&](const Triangle& t) { return t.total->amount.money == total; })) {
    return visit;
  }
  if (auto visit = with([](const Triangle& t) { return t.in_reasons; })) return visit;
  // What the court awards was taken for the whole bill.
  if (!known->fund.empty() || !known->self.empty()) return std::nullopt;
  return with([&](const Triangle& t) { return t.rest->amount.money == total; });
}

std::optional<Visit> VisitWithFurtherBill(const Reading& reading, const Visit& known) {
  if (!MayHaveFurtherBill(reading, known)) return std::nullopt;
  const std::vector<Told> told = ToldSums(reading);
  for (const Told& loss : told) {
    if (loss.section != Section::kReasons || !loss.of_bill || loss.of_fund) continue;
    const auto further = std::ranges::find_if(told, [&](const Told& bill) {
      return bill.section == Section::kFacts && bill.of_bill && !bill.of_fund &&
             Extends(known, loss.amount.money, bill.amount.money);
    });
    if (further == told.end()) continue;
    Visit whole = known;
    whole.total = {loss.amount.span, known.total.money + further->amount.money};
    whole.rule = kSumsRule;
    whole.self.push_back({Payer::kSelf, further->amount, kSumsRule});
    return whole;
  }
  return std::nullopt;
}

}  // namespace recoup::court
