// Arithmetic that the document itself does is checked: products, shares, lists with their total. A
// contradiction is a warning, and what was read from that sentence is believed less.
#include <algorithm>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

using domain::Money;
using domain::Ratio;

constexpr int kDoubtedPercent = 60;
constexpr std::size_t kWarningsMax = 5;
// Courts round each step to a fen, or the product to whole yuan.
constexpr std::int64_t kToleranceFen = 100;

bool Near(Money a, Money b) {
  const std::int64_t difference = a.fen() - b.fen();
  return difference <= kToleranceFen && difference >= -kToleranceFen;
}

class Checker {
 public:
  explicit Checker(const Reading& reading) : reading_(reading) {}

  void Check(Span sentence) {
    CheckShares(sentence);
    CheckDays(sentence);
    CheckList(sentence);
  }

 private:
  std::optional<Money> MoneyOf(Span group) const {
    const auto amounts = reading_.Amounts(group);
    if (amounts.size() != 1) return std::nullopt;
    return amounts.front().money;
  }

  // "11422.46元×50%，即5711.23元"
  void CheckShares(Span sentence) {
    for (const Hit& hit : reading_.All("arithmetic.share", sentence)) {
      const auto whole = MoneyOf(hit.groups[1]);
      const auto shares = reading_.Shares(hit.groups[2]);
      const auto part = MoneyOf(hit.groups[3]);
      if (!whole || !part || shares.size() != 1) continue;
      const auto computed = whole->Times(Ratio{shares.front().percent.hundredths, 100 * 100});
      if (computed.ok() && !Near(*computed, *part)) Contradiction(hit.span);
    }
  }

  // "950元(50元/天×19天)"
  void CheckDays(Span sentence) {
    for (const Hit& hit : reading_.All("arithmetic.days", sentence)) {
      const auto product = MoneyOf(hit.groups[1]);
      std::string rate(reading_.view(hit.groups[2]));
      const auto per_day = FindAmounts(rate, {0, rate.size()});
      const auto days = ParseDigits(reading_.view(hit.groups[3]));
      if (!product || per_day.size() != 1 || !days) continue;
      const auto computed = per_day.front().money.Times(Ratio{*days, 1});
      if (computed.ok() && !Near(*computed, *product)) Contradiction(hit.span);
    }
  }

  // "医疗费77707.34元、住院伙食补助费2000元、…，合计257059.14元": only where everything before the
  // total is an item of the list.
  void CheckList(Span sentence) {
    std::vector<Money> items;
    std::size_t from = sentence.begin;
    for (const Amount& amount : reading_.Amounts(sentence)) {
      const Span label{from, amount.span.begin};
      from = amount.span.end;
      if (InBracket(sentence, amount.span)) continue;
      if (reading_.Has("ruling.sum", label)) {
        const Money sum = std::accumulate(items.begin(), items.end(), Money());
        const bool more = reading_.Has("arithmetic.more", label);
        const bool list = items.size() > 1 && !more;
        if (list && !Near(sum, amount.money)) Contradiction({sentence.begin, amount.span.end});
        items.clear();
      } else if (reading_.Has("arithmetic.item", label)) {
        items.push_back(amount.money);
      } else {
        return;
      }
    }
  }

  bool InBracket(Span sentence, Span span) const {
    const std::string_view before = reading_.view({sentence.begin, span.begin});
    const std::size_t open = before.rfind('(');
    const std::size_t close = before.rfind(')');
    return open != std::string_view::npos && (close == std::string_view::npos || close < open);
  }

  static std::optional<std::int64_t> ParseDigits(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9' || value > 100'000) return std::nullopt;
      value = value * 10 + (c - '0');
    }
    return value;
  }

  void Contradiction(Span span) {
    if (++count_ > kWarningsMax) return;
    const std::string_view quoted = reading_.view(span);
    reading_.Warn(absl::StrCat("文书中的计算不一致，请核对：", std::string(quoted)));
    const Span original = reading_.document.normalised.InOriginal(span);
    for (Evidence& evidence : reading_.elements.evidence) {
      if (evidence.begin >= original.end || evidence.end <= original.begin) continue;
      evidence.confidence_percent = std::min(evidence.confidence_percent, kDoubtedPercent);
    }
  }

  const Reading& reading_;
  std::size_t count_ = 0;
};

}  // namespace

void CheckArithmetic(const Reading& reading) {
  Checker checker(reading);
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.section > Section::kRuling) continue;
    if (!sentence.by_party) checker.Check(sentence.span);
  }
}

}  // namespace recoup::court
