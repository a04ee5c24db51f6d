// Which earlier decisions of the same dispute (原审) the document speaks of, and what becomes of
// them.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "adapters/court/readers.h"

namespace recoup::court {
namespace {

// What stands before the court's name in the sentences that name a decision.
constexpr std::array<std::string_view, 9> kBeforeCourt = {"不服", "撤销", "维持", "变更", "一案",
                                                          "纠纷", "因",   "对",   "由"};

std::string CourtName(std::string_view text, const Reading& reading) {
  if (text == "本院") return reading.elements.court.value_or("");
  for (const std::string_view word : kBeforeCourt) {
    const std::size_t at = text.rfind(word);
    if (at != std::string_view::npos) text.remove_prefix(at + word.size());
  }
  return std::string(text);
}

// Brackets are folded on one side and kept as typed on the other.
std::string WithoutBrackets(std::string text) {
  for (const std::string_view bracket : {"(", ")", "（", "）", "〔", "〕", "[", "]"}) {
    for (std::size_t at = text.find(bracket); at != std::string::npos; at = text.find(bracket)) {
      text.erase(at, bracket.size());
    }
  }
  return text;
}

void ReadNamed(const Reading& reading, Span within) {
  const std::string own = WithoutBrackets(reading.elements.case_number.value_or(""));
  for (const Hit& hit : reading.All("earlier.named", within)) {
    EarlierCase earlier;
    earlier.case_number = std::string(reading.view(hit.groups[2]));
    earlier.court = CourtName(reading.view(hit.groups[1]), reading);
    if (WithoutBrackets(earlier.case_number) == own) continue;
    std::vector<EarlierCase>& all = reading.elements.earlier_cases;
    const auto known = std::ranges::find(all, earlier.case_number, &EarlierCase::case_number);
    if (known != all.end()) {
      if (known->court.empty()) known->court = earlier.court;
      continue;
    }
    reading.Note(absl::StrCat("earlier_cases[", all.size(), "]"), hit);
    all.push_back(std::move(earlier));
  }
}

std::optional<CaseOutcome> ByName(std::string_view name) {
  for (const CaseOutcome outcome :
       {CaseOutcome::kUpheld, CaseOutcome::kChanged, CaseOutcome::kRemanded,
        CaseOutcome::kSuitWithdrawn, CaseOutcome::kAppealWithdrawn, CaseOutcome::kCorrected}) {
    if (Name(outcome) == name) return outcome;
  }
  return std::nullopt;
}

void ReadOutcome(const Reading& reading) {
  JudgmentElements& elements = reading.elements;
  const Span ruling = reading.document.outline.ruling;
  if (elements.document_type == DocumentType::kRuling) {
    if (const auto hit = reading.First("earlier.corrected", ruling)) {
      elements.outcome = CaseOutcome::kCorrected;
      reading.Note("outcome", *hit);
      return;
    }
  }
  if (elements.earlier_cases.empty()) return;
  if (const auto hit = reading.First("earlier.outcome", ruling)) {
    elements.outcome = ByName(hit->rule->value);
    reading.Note("outcome", *hit);
  }
}

}  // namespace

void ReadEarlierCases(const Reading& reading) {
  const Outline& outline = reading.document.outline;
  const Span head{0, std::max(outline.claims.begin, outline.procedure.end)};
  // A first judgment speaks of other cases too; only one that was sent back has an earlier one.
  const bool later = reading.elements.instance == Instance::kSecond ||
                     reading.elements.instance == Instance::kRetrial ||
                     reading.elements.document_type == DocumentType::kRuling ||
                     reading.Has("earlier.again", head);
  if (!later) return;
  ReadNamed(reading, head);
  if (reading.elements.instance != Instance::kFirst ||
      reading.elements.document_type == DocumentType::kRuling) {
    ReadNamed(reading, outline.ruling);
  }
  ReadOutcome(reading);
}

}  // namespace recoup::court
