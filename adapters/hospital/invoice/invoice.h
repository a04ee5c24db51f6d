// A medical invoice (医疗收费电子票据) as read: answers to questions, each with its place and its
// confidence, and what the arithmetic says of them.
//
// Plain values. An answer that is not there was not found; nothing is filled in.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_INVOICE_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_INVOICE_H_

#include <optional>
#include <string>
#include <vector>

#include "adapters/common/pages/page.h"
#include "adapters/hospital/documents.h"
#include "adapters/hospital/invoice/fields.h"
#include "hub/domain/money.h"

namespace recoup::hospital::invoice {

enum class Source { kXml, kJson, kOfdData, kOfdPage, kPdfText, kText, kScan };

// Where on paper (a bill that is plain text has paths instead, "第 3 行"): the page from 1, and the
// box in points from its top left corner.
struct Spot {
  std::size_t page = 0;
  adapters::Box box;
};

struct Answer {
  Field field = Field::kTitle;
  std::string text;  // Amounts as "1234.50", dates as "2026-03-05", the rest as written.
  std::optional<domain::Money> amount;
  std::string path;          // Of data: "/EInvoice/EInvoiceData/Main/TotalAmount".
  std::optional<Spot> spot;  // Of pages.
  int confidence_percent = 100;
};

struct Item {
  std::string name;
  std::optional<domain::Money> amount;
};

enum class State {
  kNormal,
  kRed,        // This bill takes another one back.
  kReversed,   // Another bill has taken this one back.
  kExchanged,  // A paper bill was issued in its place.
};

enum class CheckResult { kHolds, kFails, kNotPossible };

struct Check {
  std::string key;       // Stable: "TOTAL_IS_SUM_OF_PAYMENTS".
  std::string question;  // In Chinese, for people.
  CheckResult result = CheckResult::kNotPossible;
  std::string explanation;  // The figures.
};

struct Invoice {
  Source source = Source::kXml;
  State state = State::kNormal;
  std::vector<Answer> answers;  // At most one per field, in the order of Field.
  std::vector<Item> items;
  std::vector<Check> checks;
  std::vector<QualityNote> notes;

  const Answer* Find(Field field) const;
  std::string Text(Field field) const;
  std::optional<domain::Money> Amount(Field field) const;
  // Replaces an earlier answer to the same question.
  void Put(Answer answer);
  // Whether a public fund paid some of it; nullopt when the bill does not say.
  std::optional<bool> FundPaid() const;
};

// Fills `checks` and, where the answers tell it, `state`. Call after the last answer.
void CheckInvoice(const FieldTable& table, Invoice& invoice);

// "壹佰叁拾叁元整" → 133.00. nullopt where it is no such amount.
std::optional<domain::Money> AmountFromWords(std::string_view text);
// 133.00 → "壹佰叁拾叁元整". Not negative, less than a trillion yuan.
std::string AmountInWords(domain::Money amount);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_INVOICE_H_
