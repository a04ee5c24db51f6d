// Sums that could not be read as numbers: what was to be read from them is doubted and told, so
// that no sum counts as absent, or as zero, because of how it is written.
#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "adapters/court/medical_visits.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

constexpr std::size_t kUnreadWarningsMax = 5;
constexpr int kSuppliedUnitPercent = 85;
constexpr std::size_t kWordsBytesMax = 60;  // What is quoted of a sum's words.

// The values that a sum in this place would have been, first the one that decides.
std::vector<std::string_view> ValuesOf(const Reading& reading, const Sentence& sentence, Span label,
                                       Span after) {
  const bool other =
      reading.Has("medical.not_fund", label) || reading.Has("medical.other_payer", label);
  const bool fund = reading.Has("medical.fund", label) ||
                    reading.Has("medical.fund_after", after) ||
                    reading.Has("medical.fund_across", label);
  if (fund && !other) return {"fund_paid", "basis", "grade", "self_paid"};
  if (reading.Has("medical.total", label)) return {"medical_expense_total", "self_paid"};
  if (reading.Has("medical.self", label)) return {"self_paid"};
  if (sentence.section == Section::kRuling && reading.Has("ruling.pay", sentence.span)) {
    return {"obligations", "medical_expense_awarded"};
  }
  return {};
}

void DoubtUnread(const Reading& reading, const Sentence& sentence, std::size_t& warnings) {
  const auto unread = reading.document.figures.Unread(sentence.span);
  if (unread.empty()) return;
  for (const Span sum : unread) {
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading.Amounts({from, sum.begin})) from = amount.span.end;
    const Span label = LabelOf(reading, from, sum.begin);
    const auto values = ValuesOf(reading, sentence, label, {sum.end, sentence.span.end});
    if (values.empty()) continue;
    for (const std::string_view value : values) reading.Doubt(value, kContradictedPercent);
    if (++warnings > kUnreadWarningsMax) continue;
    reading.Warn(absl::StrCat("金额“", std::string(reading.view({label.begin, sum.end})),
                              "”不能确定是多少，未按数额采用，请核对。"));
  }
}

// Whether anything was read from a sum whose 元 is not in the text.
bool DoubtSupplied(const Reading& reading, Span unit) {
  const Span original = reading.document.normalised.InOriginal(unit);
  bool used = false;
  for (Evidence& evidence : reading.elements.evidence) {
    if (evidence.begin >= original.end || evidence.end <= original.begin) continue;
    evidence.confidence_percent = std::min(evidence.confidence_percent, kSuppliedUnitPercent);
    used = true;
  }
  return used;
}

}  // namespace

void DoubtUnreadSums(const Reading& reading) {
  std::size_t warnings = 0;
  for (const Sentence& sentence : reading.document.outline.sentences) {
    if (sentence.section < Section::kFacts || sentence.section > Section::kRuling) continue;
    if (!sentence.by_party) DoubtUnread(reading, sentence, warnings);
  }
  for (const Span unit : reading.document.normalised.supplied) {
    if (DoubtSupplied(reading, unit) && ++warnings <= kUnreadWarningsMax) {
      const Span words = BehindLastSign(
          reading.text(), {unit.begin - std::min(unit.begin, kWordsBytesMax), unit.begin});
      reading.Warn(absl::StrCat("金额“", std::string(reading.view(words)),
                                "”没有写单位，按元读取，请核对。"));
    }
  }
}

}  // namespace recoup::court
