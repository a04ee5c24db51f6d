// What is asked of an invoice: the questions, and the table of names and labels under which the
// answers stand (data/invoice_fields.toml, built in).
//
// The table is immutable after loading; safe to share between threads.
#ifndef RECOUP_ADAPTERS_HOSPITAL_INVOICE_FIELDS_H_
#define RECOUP_ADAPTERS_HOSPITAL_INVOICE_FIELDS_H_

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace recoup::hospital::invoice {

// In the order of the data file.
enum class Field {
  kTitle,
  kCode,
  kNumber,
  kCheckCode,
  kIssuedOn,
  kIssuedAt,
  kPayerName,
  kPayerCode,
  kGender,
  kPayee,
  kPayeeCode,
  kInstitutionType,
  kMedicalType,
  kInsuranceType,
  kInsuranceNumber,
  kOutpatientNumber,
  kVisitedOn,
  kCaseNumber,
  kInpatientNumber,
  kDepartment,
  kAdmittedOn,
  kDischargedOn,
  kBusinessNumber,
  kTotal,
  kTotalInWords,
  kFundPaid,
  kOtherPaid,
  kAccountPaid,
  kCashPaid,
  kSelfPaid,
  kOwnCost,
  kPrepaid,
  kToppedUp,
  kRefunded,
  kMajorIllnessPaid,
  kOtherInsurancePaid,
  kMedicalAidPaid,
  kCivilServantPaid,
  kRoadRescuePaid,
  kRelatedCode,
  kRelatedNumber,
  kReversed,
  kReversedOn,
  kExchanged,
  kPaperCode,
  kPaperNumber,
  kRemark,
  kReviewer,
  kCashier,
};
inline constexpr std::size_t kFieldCount = 49;

// Total, and what it is made of.
inline constexpr std::array kFieldsOfTheSum = {Field::kTotal, Field::kFundPaid, Field::kOtherPaid,
                                               Field::kAccountPaid, Field::kCashPaid};

enum class FieldType { kAmount, kDate, kDigits, kText, kWords };

struct FieldSpec {
  Field field = Field::kTitle;
  std::string key;
  std::string question;
  FieldType type = FieldType::kText;
  std::vector<std::string> names;   // Folded; the standard's first.
  std::vector<std::string> labels;  // Folded; the longest first.
};

class LabelBook;  // label_book.h

class FieldTable {
 public:
  static absl::StatusOr<FieldTable> BuiltIn();
  // Every key must be there once, in the order of Field.
  static absl::StatusOr<FieldTable> FromToml(const std::string& text);

  const FieldSpec& Spec(Field field) const { return specs_[static_cast<std::size_t>(field)]; }
  const std::array<FieldSpec, kFieldCount>& specs() const { return specs_; }
  const LabelBook& label_book() const { return *label_book_; }

 private:
  std::array<FieldSpec, kFieldCount> specs_;
  std::shared_ptr<const LabelBook> label_book_;
};

// Lower case, without "_" and "-": how names are compared.
std::string FoldedName(std::string_view name);
// Without spaces, full-width punctuation and letters as ASCII: how printed text is compared.
std::string FoldedText(std::string_view text);

}  // namespace recoup::hospital::invoice

#endif  // RECOUP_ADAPTERS_HOSPITAL_INVOICE_FIELDS_H_
