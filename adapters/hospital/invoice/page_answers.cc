#include "adapters/hospital/invoice/page_answers.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "adapters/hospital/invoice/labels.h"
#include "adapters/hospital/invoice/related_bill.h"
#include "adapters/hospital/invoice/text_lines.h"
#include "adapters/hospital/invoice/values.h"

namespace recoup::hospital::invoice {
namespace {

// Of the line's height: how far below its head a column's value may stand.
constexpr double kBelowMax = 4.0;
// What a value below, one within a sentence, one whose label is guessed, and a label read with
// one character wrong take from the confidence.
constexpr int kBelowFactor = 90;
constexpr int kSentenceFactor = 90;
constexpr int kGuessedFactor = 70;
constexpr int kInexactFactor = 90;
constexpr int kPenaltyFactor = 80;
constexpr int kContradictedMax = 50;

class PageQuestions {
 public:
  PageQuestions(const adapters::Page& page, std::size_t page_number, const FieldTable& table)
      : page_number_(page_number),
        table_(table),
        lines_(LinesOf(page)),
        labels_(LabelsOn(lines_, table)) {}

  Candidates Ask() {
    for (std::size_t i = 0; i < labels_.size(); ++i) Answer(i);
    AskForTitle();
    AskForRelatedBill();
    AskForNumberBesideCode();
    for (auto& [field, readings] : candidates_) {
      std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
        return a.answer.confidence_percent > b.answer.confidence_percent;
      });
    }
    return std::move(candidates_);
  }

 private:
  const LabelSpot* NextOnLine(std::size_t index) const {
    const bool more = index + 1 < labels_.size() && labels_[index + 1].line == labels_[index].line;
    return more ? &labels_[index + 1] : nullptr;
  }

  bool HasColon(const LabelSpot& label) const {
    const std::vector<Glyph>& glyphs = lines_[label.line].glyphs;
    return label.to < glyphs.size() && glyphs[label.to].folded == ":";
  }

  bool GoesOn(const LabelSpot& label, std::size_t end) const {
    if (label.to >= end) return false;
    const Glyph& next = lines_[label.line].glyphs[label.to];
    return IsHan(next) && !next.apart;
  }

  void Answer(std::size_t index) {
    const LabelSpot& label = labels_[index];
    const FieldSpec& spec = table_.Spec(label.field);
    const TextLine& line = lines_[label.line];
    const LabelSpot* next = NextOnLine(index);
    const std::size_t end = next == nullptr ? line.glyphs.size() : next->from;
    std::vector<Reading> readings = ReadingsOf(spec, line, label.to, end);
    if (!readings.empty()) {
      Keep(label, line, std::move(readings), 100);
      if (spec.field == Field::kAdmittedOn) AnswerSecondDay(line, label, end);
      return;
    }
    // A label with a colon and nothing behind it has an empty value, and one that goes on is part
    // of other words: 基金支付比例.
    // 备注 heads the last column of the items, too: what is below it there is no remark.
    if (spec.field == Field::kRemark) return;
    if (!HasColon(label) && !GoesOn(label, end)) AnswerBelow(label, spec);
  }

  // "住院时间：2026-03-01 至 2026-03-09": one label, two days.
  void AnswerSecondDay(const TextLine& line, const LabelSpot& label, std::size_t end) {
    const auto first = candidates_.find(Field::kAdmittedOn);
    if (first == candidates_.end()) return;
    std::size_t from = first->second.back().to;
    while (from < end && (IsHan(line.glyphs[from]) || line.glyphs[from].folded == "-" ||
                          line.glyphs[from].folded == "~" || line.glyphs[from].folded == "—")) {
      ++from;
    }
    std::vector<Reading> readings = ReadingsOf(table_.Spec(Field::kDischargedOn), line, from, end);
    if (!readings.empty()) Keep(label, line, std::move(readings), 100);
  }

  // The head of a column: the nearest line below, where it overlaps the head.
  void AnswerBelow(const LabelSpot& label, const FieldSpec& spec) {
    const TextLine& head = lines_[label.line];
    const adapters::Box box = BoxOf(head, label.from, label.to);
    for (std::size_t l = label.line + 1; l < lines_.size(); ++l) {
      const TextLine& line = lines_[l];
      if (line.glyphs.front().box.top > box.bottom + kBelowMax * head.height) return;
      for (std::size_t from = 0; from < line.glyphs.size();) {
        std::size_t to = from + 1;
        while (to < line.glyphs.size() && !line.glyphs[to].apart) ++to;
        const adapters::Box group = BoxOf(line, from, to);
        if (group.left < box.right && group.right > box.left && group.top >= box.middle()) {
          // Another label in the way: the column is empty, or this is no table.
          if (IsLabelled(l, from, to)) return;
          std::vector<Reading> readings = ReadingsOf(spec, line, from, to);
          if (!readings.empty()) Keep(label, line, std::move(readings), kBelowFactor);
          return;
        }
        from = to;
      }
    }
  }

  bool IsLabelled(std::size_t line, std::size_t from, std::size_t to) const {
    return std::any_of(labels_.begin(), labels_.end(), [&](const LabelSpot& label) {
      return label.line == line && label.from < to && label.to > from;
    });
  }

  void Keep(const LabelSpot& label, const TextLine& line, std::vector<Reading> readings,
            int factor) {
    for (Reading& reading : readings) {
      int confidence = ConfidenceOf(line, reading.from, reading.to) * factor / 100;
      if (!label.exact) confidence = confidence * kInexactFactor / 100;
      for (int i = 0; i < reading.penalty; ++i) confidence = confidence * kPenaltyFactor / 100;
      reading.answer.confidence_percent = confidence;
      reading.answer.spot = Spot{page_number_, BoxOf(line, reading.from, reading.to)};
      candidates_[reading.answer.field].push_back(std::move(reading));
    }
  }

  // The name of the bill has no label: it heads the page.
  void AskForTitle() {
    if (candidates_.count(Field::kTitle) > 0) return;
    constexpr std::size_t kLinesMax = 6;
    for (std::size_t l = 0; l < std::min(kLinesMax, lines_.size()); ++l) {
      const TextLine& line = lines_[l];
      const std::string folded = FoldedOf(line, 0, line.glyphs.size());
      if (!absl::StrContains(folded, "票据") && !absl::StrContains(folded, "收据")) continue;
      if (IsLabelled(l, 0, line.glyphs.size())) continue;
      Reading reading;
      const auto answer =
          AnswerFrom(table_.Spec(Field::kTitle), TextOf(line, 0, line.glyphs.size()));
      if (!answer) continue;
      reading.answer = *answer;
      reading.answer.confidence_percent = ConfidenceOf(line, 0, line.glyphs.size());
      reading.answer.spot = Spot{page_number_, BoxOf(line, 0, line.glyphs.size())};
      candidates_[Field::kTitle].push_back(std::move(reading));
      return;
    }
  }

  // A red bill may name the one it takes back in a sentence instead of behind a label.
  void AskForRelatedBill() {
    if (candidates_.count(Field::kRelatedNumber) > 0) return;
    for (const TextLine& line : lines_) {
      const std::size_t end = line.glyphs.size();
      const std::optional<RelatedBill> related = RelatedBillIn(FoldedOf(line, 0, end));
      if (!related) continue;
      PutSaid(Field::kRelatedNumber, related->number, line);
      if (!related->code.empty()) PutSaid(Field::kRelatedCode, related->code, line);
      return;
    }
  }

  void PutSaid(Field field, const std::string& text, const TextLine& line) {
    PutFound(field, text, line, 0, line.glyphs.size(), kSentenceFactor);
  }

  void PutFound(Field field, const std::string& text, const TextLine& line, std::size_t from,
                std::size_t to, int factor) {
    Reading reading;
    reading.answer.field = field;
    reading.answer.text = text;
    reading.answer.confidence_percent = ConfidenceOf(line, from, to) * factor / 100;
    reading.answer.spot = Spot{page_number_, BoxOf(line, from, to)};
    candidates_[field].push_back(std::move(reading));
  }

  // All forms print 票据号码 beside 票据代码. Where its label was recognised beyond recognition,
  // four characters, a colon and the ten digits of a number are still that.
  void AskForNumberBesideCode() {
    constexpr std::size_t kLabelLength = 4, kNumberLength = 10;
    if (candidates_.count(Field::kNumber) > 0) return;
    for (const LabelSpot& label : labels_) {
      const TextLine& line = lines_[label.line];
      if (label.field != Field::kCode || !line.recognised) continue;
      for (std::size_t from = label.to; from < line.glyphs.size(); ++from) {
        const std::size_t digits = from + kLabelLength + 1, end = digits + kNumberLength;
        if (!line.glyphs[from].apart || end > line.glyphs.size()) continue;
        if (end < line.glyphs.size() && !line.glyphs[end].apart) continue;
        if (IsLabelled(label.line, from, digits) || !AllHan(line, from, digits - 1)) continue;
        const std::string number = FoldedOf(line, digits, end);
        if (line.glyphs[digits - 1].folded != ":" || !AllDigits(number)) continue;
        PutFound(Field::kNumber, number, line, digits, end, kGuessedFactor);
        return;
      }
    }
  }

  static bool AllHan(const TextLine& line, std::size_t from, std::size_t to) {
    return std::all_of(line.glyphs.begin() + static_cast<std::ptrdiff_t>(from),
                       line.glyphs.begin() + static_cast<std::ptrdiff_t>(to), IsHan);
  }

  static bool AllDigits(const std::string& text) {
    return text.find_first_not_of("0123456789") == std::string::npos;
  }

  const std::size_t page_number_;
  const FieldTable& table_;
  const std::vector<TextLine> lines_;
  const std::vector<LabelSpot> labels_;
  Candidates candidates_;
};

// The figures that a check is about. Those of the sum are left out of the other checks: the sum
// confirms them.
std::vector<Field> FieldsOf(const std::string& check) {
  if (check == "TOTAL_IS_SUM_OF_PAYMENTS") return {kFieldsOfTheSum.begin(), kFieldsOfTheSum.end()};
  if (check == "OWN_PARTS") return {Field::kSelfPaid, Field::kOwnCost};
  if (check == "DEPOSITS") return {Field::kPrepaid, Field::kToppedUp, Field::kRefunded};
  return {};
}

// Of figures that contradict one another at least one was read wrongly, however clear its print.
void DoubtWhatContradicts(Invoice& invoice) {
  for (const Check& check : invoice.checks) {
    if (check.result != CheckResult::kFails) continue;
    for (const Field field : FieldsOf(check.key)) {
      const Answer* answer = invoice.Find(field);
      if (answer == nullptr || answer->confidence_percent <= kContradictedMax) continue;
      Answer doubted = *answer;
      doubted.confidence_percent = kContradictedMax;
      invoice.Put(std::move(doubted));
    }
  }
}

}  // namespace

Candidates CandidatesOn(const adapters::Page& page, std::size_t page_number,
                        const FieldTable& table) {
  return PageQuestions(page, page_number, table).Ask();
}

std::optional<Invoice> InvoiceOn(const adapters::Page& page, std::size_t page_number,
                                 const FieldTable& table, Source source) {
  Invoice invoice;
  invoice.source = source;
  Choose(CandidatesOn(page, page_number, table), table, invoice);
  const auto found = [&invoice](Field field) { return invoice.Find(field) != nullptr; };
  const bool is_invoice =
      found(Field::kNumber) || (found(Field::kTotal) && found(Field::kCode)) ||
      (found(Field::kFundPaid) &&
       (found(Field::kTotal) || found(Field::kCode) || found(Field::kRelatedNumber)));
  if (!is_invoice) return std::nullopt;
  CheckInvoice(table, invoice);
  if (page.source == adapters::PageSource::kRecognised) DoubtWhatContradicts(invoice);
  return invoice;
}

}  // namespace recoup::hospital::invoice
