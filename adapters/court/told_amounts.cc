#include "adapters/court/told_amounts.h"

namespace recoup::court {

namespace {

// Far beyond any real document; keeps a hostile text from costing time.
constexpr std::size_t kToldMax = 600;

}  // namespace

std::vector<ToldAmount> AmountsTold(const Reading& reading) {
  std::vector<ToldAmount> told;
  const auto& sentences = reading.document.outline.sentences;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const Sentence& sentence = sentences[i];
    if (sentence.section < Section::kClaims || sentence.section > Section::kRuling) continue;
    std::size_t from = sentence.span.begin;
    for (const Amount& amount : reading.Amounts(sentence.span)) {
      if (told.size() == kToldMax) return {};
      const auto clauses = Clauses(reading.text(), {amount.span.end, sentence.span.end});
      const bool touches = !clauses.empty() && clauses.front().begin == amount.span.end;
      const std::size_t end = touches ? clauses.front().end : amount.span.end;
      told.push_back({amount,
                      {from, amount.span.begin},
                      {amount.span.end, end},
                      sentence.section,
                      i,
                      sentence.by_party || sentence.section == Section::kClaims});
      from = amount.span.end;
    }
  }
  return told;
}

}  // namespace recoup::court
