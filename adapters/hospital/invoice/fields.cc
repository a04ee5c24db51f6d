#include "adapters/hospital/invoice/fields.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/hospital/embedded_data.h"
#include "adapters/hospital/invoice/label_book.h"
#include "hub/base/error.h"
#include "hub/base/toml_text.h"

namespace recoup::hospital::invoice {
namespace {

std::optional<FieldType> TypeFrom(const std::string& name) {
  if (name == "amount") return FieldType::kAmount;
  if (name == "date") return FieldType::kDate;
  if (name == "digits") return FieldType::kDigits;
  if (name == "text") return FieldType::kText;
  if (name == "words") return FieldType::kWords;
  return std::nullopt;
}

// The keys in the order of Field: what the data file must say, and what programs rely on.
constexpr std::array<std::string_view, kFieldCount> kKeys = {
    "title",
    "code",
    "number",
    "check_code",
    "issued_on",
    "issued_at",
    "payer_name",
    "payer_code",
    "gender",
    "payee",
    "payee_code",
    "institution_type",
    "medical_type",
    "insurance_type",
    "insurance_number",
    "outpatient_number",
    "visited_on",
    "case_number",
    "inpatient_number",
    "department",
    "admitted_on",
    "discharged_on",
    "business_number",
    "total",
    "total_in_words",
    "fund_paid",
    "other_paid",
    "account_paid",
    "cash_paid",
    "self_paid",
    "own_cost",
    "prepaid",
    "topped_up",
    "refunded",
    "major_illness_paid",
    "other_insurance_paid",
    "medical_aid_paid",
    "civil_servant_paid",
    "road_rescue_paid",
    "related_code",
    "related_number",
    "reversed",
    "reversed_on",
    "exchanged",
    "paper_code",
    "paper_number",
    "remark",
    "reviewer",
    "cashier",
};

// Brackets of other shapes, which forms use and recognition confuses; 0 where there is none.
char BracketAt(std::string_view text) {
  for (const char* open : {"〈", "〔", "【", "《", "「"}) {
    if (text.starts_with(open)) return '(';
  }
  for (const char* close : {"〉", "〕", "】", "》", "」"}) {
    if (text.starts_with(close)) return ')';
  }
  return 0;
}

absl::Status Refuse(std::string why) {
  return MakeError(Reason::kInvalidArgument, absl::StrCat("票据字段表有误：", why));
}

}  // namespace

std::string FoldedName(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (c == '_' || c == '-') continue;
    folded.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

std::string FoldedText(std::string_view text) {
  std::string folded;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const std::string_view rest = text.substr(i);
    if (byte < 0x80) {
      if (absl::ascii_isspace(byte) == 0) folded.push_back(absl::ascii_tolower(byte));
      ++i;
    } else if (rest.starts_with("\xE3\x80\x80")) {  // The full-width space.
      i += 3;
    } else if (byte == 0xEF && rest.size() >= 3) {  // U+FF01 … U+FF5E are ASCII, wider.
      const unsigned code = ((byte & 0x0Fu) << 12) |
                            ((static_cast<unsigned char>(rest[1]) & 0x3Fu) << 6) |
                            (static_cast<unsigned char>(rest[2]) & 0x3Fu);
      if (code >= 0xFF01 && code <= 0xFF5E) {
        folded.push_back(absl::ascii_tolower(static_cast<unsigned char>(code - 0xFF01 + 0x21)));
      } else if (code == 0xFFE5) {  // ￥
        folded += "¥";
      } else {
        folded += rest.substr(0, 3);
      }
      i += 3;
    } else if (const char bracket = BracketAt(rest); bracket != 0) {
      folded.push_back(bracket);
      i += 3;
    } else {
      folded.push_back(text[i++]);
    }
  }
  return folded;
}

absl::StatusOr<FieldTable> FieldTable::BuiltIn() {
  return FromToml(std::string(kInvoiceFieldsToml));
}

absl::StatusOr<FieldTable> FieldTable::FromToml(const std::string& text) {
  FieldTable table;
  try {
    const toml::value data = ParseToml(text, "invoice_fields");
    const auto& rows = toml::find<toml::array>(data, "field");
    if (rows.size() != kFieldCount) return Refuse("并非每个字段恰好列出一次");
    for (std::size_t i = 0; i < rows.size(); ++i) {
      FieldSpec& spec = table.specs_[i];
      spec.field = static_cast<Field>(i);
      spec.key = toml::find<std::string>(rows[i], "key");
      if (spec.key != kKeys[i]) return Refuse(absl::StrCat(spec.key, " 未知或位置不对"));
      spec.question = toml::find<std::string>(rows[i], "question");
      const auto type = TypeFrom(toml::find<std::string>(rows[i], "type"));
      if (!type) return Refuse(absl::StrCat(spec.key, " 的类型未知"));
      spec.type = *type;
      for (const auto& name : toml::find<std::vector<std::string>>(rows[i], "names")) {
        spec.names.push_back(FoldedName(name));
      }
      for (const auto& label : toml::find<std::vector<std::string>>(rows[i], "labels")) {
        spec.labels.push_back(FoldedText(label));
      }
      std::stable_sort(
          spec.labels.begin(), spec.labels.end(),
          [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
      spec.labels.erase(std::unique(spec.labels.begin(), spec.labels.end()), spec.labels.end());
    }
  } catch (const std::exception& error) {  // toml11 throws; its text names the line.
    return Refuse(error.what());
  }
  table.label_book_ = std::make_shared<const LabelBook>(table.specs_);
  return table;
}

}  // namespace recoup::hospital::invoice
