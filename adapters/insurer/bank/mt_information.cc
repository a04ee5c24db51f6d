#include "adapters/insurer/bank/mt_information.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/ascii.h"

namespace recoup::insurer::bank {
namespace {

using Marks = std::map<std::string, std::string, std::less<>>;

void Append(std::string& text, std::string_view more) {
  more = Trim(more);
  if (more.empty()) return;
  if (!text.empty()) text += ' ';
  text += more;
}

std::string Value(const Marks& marks, std::string_view key) {
  const auto found = marks.find(key);
  return found == marks.end() ? std::string() : std::string(Trim(found->second));
}

// ISO 20022 Max35Text.
constexpr std::size_t kEndToEndIdMax = 35;

std::string EndToEndId(const Marks& marks) {
  std::string id = Value(marks, "EREF");
  if (id == "NOTPROVIDED" || id == "NONREF") id.clear();
  return id;
}

// ---- Subfields ---------------------------------------------------------------------------------

// "166?": three digits of the kind of transaction and a separator, which two digits follow. Some
// banks leave the kind out and begin with "?20".
std::optional<char> SubfieldSeparator(std::string_view text) {
  text = Trim(text);
  if (text.size() > 3 && text[0] == '?' && IsDigit(text[1]) && IsDigit(text[2])) return '?';
  if (text.size() < 6 || !std::all_of(text.begin(), text.begin() + 3, IsDigit)) return std::nullopt;
  const char separator = text[3];
  const bool marks = !absl::ascii_isalnum(static_cast<unsigned char>(separator)) &&
                     !absl::ascii_isspace(static_cast<unsigned char>(separator));
  return marks && IsDigit(text[4]) && IsDigit(text[5]) ? std::optional(separator) : std::nullopt;
}

struct Subfield {
  int number = 0;
  std::string text;
};

std::vector<Subfield> SplitSubfields(std::string_view text, char separator) {
  std::vector<Subfield> subfields;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins =
        text[i] == separator && i + 2 < text.size() && IsDigit(text[i + 1]) && IsDigit(text[i + 2]);
    if (begins) {
      subfields.push_back({(text[i + 1] - '0') * 10 + (text[i + 2] - '0'), ""});
      i += 2;
    } else if (!subfields.empty()) {
      subfields.back().text += text[i];
    }
  }
  return subfields;
}

// What a German bank says to the one whose payment comes back; it ends the mark before it.
constexpr std::string_view kBankMessage = "MTLG:";

// Marks that SEPA banks put into the purpose. SVWZ is the purpose itself.
constexpr std::array<std::string_view, 14> kPurposeMarks = {"EREF", "KREF", "MREF", "CRED", "DEBT",
                                                            "COAM", "OAMT", "SVWZ", "ABWA", "ABWE",
                                                            "IBAN", "BREF", "RREF", "PURP"};

std::optional<std::string_view> PurposeMarkAt(std::string_view text) {
  for (const std::string_view mark : kPurposeMarks) {
    if (text.starts_with(mark) && text.substr(mark.size()).starts_with('+')) return mark;
  }
  return std::nullopt;
}

// The text before the first mark has the key "".
Marks SplitPurpose(std::string_view text) {
  Marks marks;
  std::string* value = &marks[""];
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto mark = PurposeMarkAt(text.substr(i))) {
      value = &marks[std::string(*mark)];
      i += mark->size();
    } else if (text.substr(i).starts_with(kBankMessage)) {
      value = &marks[std::string(kBankMessage)];
      *value += text[i];
    } else {
      *value += text[i];
    }
  }
  return marks;
}

// A subfield holds 27 characters; a full one runs on into the next. In purposes with marks all run
// on, since banks cut trailing blanks there as they please but never put one of their own.
std::string JoinPurpose(const std::vector<Subfield>& subfields) {
  constexpr std::size_t kFull = 27;
  std::string all;
  for (const Subfield& subfield : subfields) all += subfield.text;
  const bool has_marks = SplitPurpose(all).size() > 1;
  if (has_marks) return all;
  std::string text;
  bool runs_on = true;
  for (const Subfield& subfield : subfields) {
    if (!runs_on && !text.ends_with(' ') && !subfield.text.starts_with(' ')) text += ' ';
    text += subfield.text;
    runs_on = CountCodePoints(subfield.text) >= kFull;
  }
  return text;
}

bool IsPurpose(int number) {
  return (number >= 20 && number <= 29) || (number >= 60 && number <= 63);
}

void ReadPurpose(const std::vector<Subfield>& subfields, StatementEntry& entry) {
  const Marks marks = SplitPurpose(JoinPurpose(subfields));
  Append(entry.remittance_text, Value(marks, ""));
  Append(entry.remittance_text, Value(marks, "SVWZ"));
  Append(entry.remittance_text, Value(marks, kBankMessage));
  entry.end_to_end_id = EndToEndId(marks);
  // What is too long for one has run on into text that no mark begins.
  if (CountCodePoints(entry.end_to_end_id) > kEndToEndIdMax) {
    Append(entry.remittance_text, std::exchange(entry.end_to_end_id, ""));
  }
  entry.references.payment_information_id = Value(marks, "KREF");
  entry.references.mandate_id = Value(marks, "MREF");
  entry.purpose_code = Value(marks, "PURP");
  entry.ultimate_party_name = Value(marks, "ABWA");
  if (entry.ultimate_party_name.empty()) entry.ultimate_party_name = Value(marks, "ABWE");
}

// Kinds of transaction (Geschäftsvorfallcode) that send a payment back: 108, 109 returned direct
// debits, 159 returned transfer, 181 to 184 their business variants. ?34 then gives the reason.
bool IsReturn(std::string_view kind) {
  constexpr std::array<std::string_view, 7> kReturns = {"108", "109", "159", "181",
                                                        "182", "183", "184"};
  return std::find(kReturns.begin(), kReturns.end(), kind) != kReturns.end();
}

void ReadSubfields(std::string_view text, char separator, StatementEntry& entry) {
  const std::string kind(Trim(text).substr(0, 3));
  std::vector<Subfield> purpose;
  std::string name;
  std::string iban;
  std::string reason;
  for (Subfield& subfield : SplitSubfields(text, separator)) {
    if (IsPurpose(subfield.number)) {
      purpose.push_back(std::move(subfield));
    } else if (subfield.number == 0) {
      Append(entry.additional_info, subfield.text);
    } else if (subfield.number == 31) {
      entry.counterparty_account = std::string(Trim(subfield.text));
    } else if (subfield.number == 32 || subfield.number == 33) {
      name += subfield.text;
    } else if (subfield.number == 34) {
      reason = std::string(Trim(subfield.text));
    } else if (subfield.number == 38) {
      iban = std::string(Trim(subfield.text));
    }
  }
  ReadPurpose(purpose, entry);
  entry.counterparty_name = std::string(Trim(name));
  if (!iban.empty()) entry.counterparty_account = iban;
  if (IsReturn(kind)) {
    entry.returned = true;
    entry.return_reason_code = reason;
  }
}

// ---- Marks between slashes ---------------------------------------------------------------------

constexpr std::array<std::string_view, 24> kSlashMarks = {
    "EREF", "KREF", "PREF", "MARF", "CSID", "TRTP", "IBAN", "BIC",  "NAME", "REMI", "RTRN", "ISDT",
    "ORDP", "BENM", "CNTP", "ULTD", "ULTC", "ULTB", "PURP", "ADDR", "TRCD", "OCMT", "UETR", "INST"};

std::optional<std::string_view> SlashMarkAt(std::string_view text) {
  if (!text.starts_with('/')) return std::nullopt;
  for (const std::string_view mark : kSlashMarks) {
    if (text.substr(1).starts_with(mark) && text.substr(1 + mark.size()).starts_with('/')) {
      return mark;
    }
  }
  return std::nullopt;
}

Marks SplitSlashMarks(std::string_view text) {
  Marks marks;
  std::string* value = &marks[""];
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto mark = SlashMarkAt(text.substr(i))) {
      value = &marks[std::string(*mark)];
      if (!value->empty()) *value += ' ';
      i += mark->size() + 1;
      // A mark may follow at once, with the slash of this one as its own.
      if (SlashMarkAt(text.substr(i))) --i;
    } else {
      *value += text[i];
    }
  }
  for (auto& [mark, text_of_mark] : marks) {
    while (text_of_mark.ends_with('/')) text_of_mark.pop_back();
  }
  return marks;
}

// "account/bic/name/city" of the other side.
void ReadCounterparty(std::string_view text, StatementEntry& entry) {
  std::array<std::string, 3> parts;
  for (std::string& part : parts) {
    const std::size_t slash = text.find('/');
    part = std::string(Trim(text.substr(0, slash)));
    text = slash == std::string_view::npos ? std::string_view() : text.substr(slash + 1);
  }
  entry.counterparty_account = parts[0];
  entry.counterparty_name = parts[2];
}

// The text of REMI may say its form: "USTD//text", "STRD/CUR/reference".
void ReadRemittance(std::string text, StatementEntry& entry) {
  constexpr std::string_view kUnstructured = "USTD//";
  constexpr std::string_view kStructured = "STRD/";
  if (text.starts_with(kUnstructured)) {
    text.erase(0, kUnstructured.size());
  } else if (text.starts_with(kStructured)) {
    entry.creditor_reference = text.substr(text.find_last_of('/') + 1);
  }
  Append(entry.remittance_text, text);
}

void ReadSlashMarks(const Marks& marks, StatementEntry& entry) {
  if (const std::string other = Value(marks, "CNTP"); !other.empty())
    ReadCounterparty(other, entry);
  if (const std::string name = Value(marks, "NAME"); !name.empty()) entry.counterparty_name = name;
  if (const std::string iban = Value(marks, "IBAN"); !iban.empty()) {
    entry.counterparty_account = iban;
  }
  entry.ultimate_party_name = Value(marks, "ULTD");
  entry.end_to_end_id = EndToEndId(marks);
  entry.references.payment_information_id = Value(marks, "KREF");
  if (entry.references.payment_information_id.empty()) {
    entry.references.payment_information_id = Value(marks, "PREF");
  }
  entry.references.mandate_id = Value(marks, "MARF");
  entry.references.uetr = Value(marks, "UETR");
  entry.purpose_code = Value(marks, "PURP");
  if (const auto reason = marks.find("RTRN"); reason != marks.end()) {
    entry.returned = true;
    entry.return_reason_code = std::string(Trim(reason->second));
  }
  Append(entry.remittance_text, Value(marks, ""));
  ReadRemittance(Value(marks, "REMI"), entry);
  Append(entry.additional_info, Value(marks, "TRTP"));
}

std::string Concatenated(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

}  // namespace

std::string JoinMtLines(const std::vector<std::string>& lines) {
  constexpr std::size_t kFull = 65;  // SWIFT: six lines of 65 characters.
  std::string text;
  bool runs_on = true;
  for (const std::string& line : lines) {
    if (!runs_on && !text.empty() && !Trim(line).empty()) text += ' ';
    runs_on = CountCodePoints(line) >= kFull;
    text += runs_on ? std::string_view(line) : Trim(line);
  }
  return std::string(Trim(text));
}

void ReadMtInformation(const std::vector<std::string>& lines, StatementEntry& entry) {
  const std::string text = Concatenated(lines);
  if (const auto separator = SubfieldSeparator(text)) {
    ReadSubfields(text, *separator, entry);
  } else if (SlashMarkAt(Trim(text))) {
    ReadSlashMarks(SplitSlashMarks(Trim(text)), entry);
  } else {
    Append(entry.remittance_text, JoinMtLines(lines));
  }
}

void ReadMtBankLines(const std::vector<std::string>& lines, StatementEntry& entry) {
  for (const std::string_view line : lines) {
    if (line.size() < 2 || !IsDigit(line[0]) || !IsDigit(line[1])) continue;
    const int number = (line[0] - '0') * 10 + (line[1] - '0');
    const std::string_view text = line.substr(2);
    if (number >= 1 && number <= 14) {
      Append(entry.remittance_text, text);
    } else if (number == 15 || number == 16) {
      Append(entry.counterparty_name, text);
    } else if (number == 17) {
      Append(entry.additional_info, text);
    }
  }
}

}  // namespace recoup::insurer::bank
