// Arithmetic that the document itself does is checked: sums and products, shares of a rest, lists
// with their total, a sum in two writings. A contradiction is a warning that names both figures,
// and what was read from that sentence is for a person to look at.
#include <re2/re2.h>

#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "adapters/court/formula.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;
using domain::Ratio;

constexpr std::size_t kWarningsMax = 5;
// Courts round each step to a fen, or the product to whole yuan.
constexpr std::int64_t kToleranceFen = 100;

bool Near(Money a, Money b) {
  const std::int64_t difference = a.fen() - b.fen();
  return difference <= kToleranceFen && difference >= -kToleranceFen;
}

bool Matches(const re2::RE2& pattern, std::string_view words) {
  return re2::RE2::FullMatch(re2::StringPiece(words.data(), words.size()), pattern);
}

class Checker {
 public:
  explicit Checker(const Reading& reading) : reading_(reading) {}

  void Check(const Sentence& sentence) {
    CheckFormulas(sentence.span);
    CheckWritings(sentence.span);
    CheckShareOfRest(sentence.span);
    CheckList(sentence);
  }

 private:
  // "11422.46元×50%，即5711.23元", "80,000元(50,000元+30,000元)", "950元(50元/天×19天)"
  void CheckFormulas(Span sentence) {
    const std::string_view words = reading_.view(sentence);
    const bool may = words.find("×") != words.npos || words.find('+') != words.npos ||
                     words.find('*') != words.npos || words.find("元-") != words.npos;
    if (!may) return;
    const auto amounts = reading_.Amounts(sentence);
    for (std::size_t at = sentence.begin; at < sentence.end;) {
      const char c = reading_.text()[at];
      const bool begins = c == '(' || (c >= '0' && c <= '9');
      const auto formula =
          begins ? FormulaAt(reading_.text().substr(0, sentence.end), at) : std::nullopt;
      if (formula.has_value()) {
        CompareWithFormula(sentence, *formula, amounts);
        at = formula->end;
      } else {
        at += 1;
        while (begins && c != '(' && at < sentence.end && IsOfNumber(reading_.text()[at])) ++at;
      }
    }
  }

  static bool IsOfNumber(char c) { return (c >= '0' && c <= '9') || c == '.' || c == ','; }

  void CompareWithFormula(Span sentence, const Formula& formula,
                          const std::vector<Amount>& amounts) {
    static const re2::RE2* const result =
        new re2::RE2("\\)?，?(?:=|≈|即|计|为|计为|计算为|合计|共计|总计|得)+(?:人民币)?");
    const std::string_view text = reading_.text();
    for (const Amount& amount : amounts) {
      // The bracket may have been read as one of the formula.
      const bool whole = amount.span.end == formula.begin && text[formula.end - 1] == ')';
      const bool before = amount.span.end + 1 == formula.begin && text[amount.span.end] == '(';
      const bool closed = whole || (formula.end < sentence.end &&
                                    (text[formula.end] == ')' || text[formula.end] == '='));
      const bool after =
          amount.span.begin >= formula.end &&
          Matches(*result, text.substr(formula.end, amount.span.begin - formula.end));
      if (!((before || whole) && closed) && !after) continue;
      const std::int64_t tolerance =
          formula.divides ? std::max(kToleranceFen, formula.result.fen() / 1000) : kToleranceFen;
      const std::int64_t difference = formula.result.fen() - amount.money.fen();
      if (difference <= tolerance && difference >= -tolerance) continue;
      Contradiction(
          {std::min(formula.begin, amount.span.begin), std::max(formula.end, amount.span.end)},
          formula.result, amount.money);
    }
  }

  // "叁万元整(30,100元)": one sum in two writings.
  void CheckWritings(Span sentence) {
    static const re2::RE2* const between = new re2::RE2("[整正]?\\((?:人民币|小写|大写|：)*");
    const auto amounts = reading_.Amounts(sentence);
    for (std::size_t i = 1; i < amounts.size(); ++i) {
      const Amount& first = amounts[i - 1];
      const Amount& second = amounts[i];
      const bool words = !IsOfNumber(reading_.text()[first.span.begin]);
      const bool digits = IsOfNumber(reading_.text()[second.span.begin]);
      if (!words || !digits || first.money == second.money) continue;
      if (!Matches(*between, reading_.view({first.span.end, second.span.begin}))) continue;
      if (!reading_.text().substr(second.span.end).starts_with(")")) continue;
      Contradiction({first.span.begin, second.span.end}, first.money, second.money);
    }
  }

  // "超出部分62,000元，由甲按70%赔偿43,400元，由乙按30%赔偿18,600元"
  void CheckShareOfRest(Span sentence) {
    std::optional<Amount> rest;
    std::size_t from = sentence.begin;
    for (const Amount& amount : reading_.Amounts(sentence)) {
      const Span label{from, amount.span.begin};
      from = amount.span.end;
      const auto share = reading_.First("arithmetic.share_of_rest", label);
      if (rest.has_value() && share.has_value()) {
        const auto shares = reading_.Shares(share->span);
        if (shares.size() != 1) return;
        const auto part = rest->money.Times(Ratio{shares.front().percent.hundredths, 100 * 100});
        if (part.ok() && !Near(*part, amount.money)) {
          Contradiction({rest->span.begin, amount.span.end}, *part, amount.money);
        }
      } else {
        rest.reset();
        if (reading_.Has("arithmetic.rest", label)) rest = amount;
      }
    }
  }

  // "医疗费77707.34元、住院伙食补助费2000元、…，合计257059.14元" in one sentence, or "以上合计" of
  // all since the last total: only where everything before the total is an item of the list.
  void CheckList(const Sentence& sentence) {
    if (sentence.section != section_) above_ = {};
    section_ = sentence.section;
    List here;
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading_.Amounts(sentence.span)) {
      const Span label{from, amount.span.begin};
      from = amount.span.end;
      if (InBracket(sentence.span, amount.span)) continue;
      if (reading_.Has("ruling.sum", label)) {
        if (!reading_.Has("arithmetic.more", label)) {
          const bool all = reading_.Has("arithmetic.all_above", label);
          CompareWithTotal(here, all ? above_ : List{}, amount);
        }
        here.items.clear();
        above_ = {};
      } else if (reading_.Has("arithmetic.item", label)) {
        here.Add(amount, sentence.span.begin);
        above_.Add(amount, sentence.span.begin);
      } else {
        here.clean = above_.clean = false;
      }
    }
  }

  struct List {
    std::vector<Money> items;
    std::size_t begin = 0;
    bool clean = true;  // Nothing but items.

    void Add(const Amount& amount, std::size_t sentence_begin) {
      if (items.empty()) begin = sentence_begin;
      items.push_back(amount.money);
    }
    bool IsList() const { return clean && items.size() > 1; }
    Money Sum() const { return std::accumulate(items.begin(), items.end(), Money()); }
  };

  void CompareWithTotal(const List& here, const List& above, const Amount& total) {
    const List& list = above.IsList() ? above : here;
    const auto fits = [&](const List& l) { return l.IsList() && Near(l.Sum(), total.money); };
    if (!list.IsList() || fits(here) || fits(above)) return;
    Contradiction({list.begin, total.span.end}, list.Sum(), total.money);
  }

  bool InBracket(Span sentence, Span span) const {
    const std::string_view before = reading_.view({sentence.begin, span.begin});
    const std::size_t open = before.rfind('(');
    const std::size_t close = before.rfind(')');
    return open != std::string_view::npos && (close == std::string_view::npos || close < open);
  }

  void Contradiction(Span span, Money computed, Money told) {
    if (++count_ > kWarningsMax) return;
    const std::string_view quoted = reading_.view(span);
    reading_.Warn(absl::StrCat("文书中的计算不一致，请核对：", std::string(quoted), "（算得",
                               computed.ToYuan(), "元，文书写作", told.ToYuan(), "元）"));
    const Span original = reading_.document.normalised.InOriginal(span);
    for (Evidence& evidence : reading_.elements.evidence) {
      if (evidence.begin >= original.end || evidence.end <= original.begin) continue;
      evidence.confidence_percent = std::min(evidence.confidence_percent, kContradictedPercent);
    }
    // What was worked out from the sums of that sentence, or awarded in these sums, shares the
    // doubt.
    for (std::size_t i = 0; i < reading_.elements.obligations.size(); ++i) {
      if (reading_.elements.obligations[i].amount != told) continue;
      reading_.Doubt(absl::StrCat("obligations[", i, "]"), kContradictedPercent);
    }
  }

  const Reading& reading_;
  std::size_t count_ = 0;
  Section section_ = Section::kFacts;
  List above_;  // Since the last total.
};

}  // namespace

void CheckArithmetic(const Reading& reading) {
  Checker checker(reading);
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.section > Section::kRuling) continue;
    if (!sentence.by_party) checker.Check(sentence);
  }
}

}  // namespace recoup::court
