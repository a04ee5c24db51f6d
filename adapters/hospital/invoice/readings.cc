#include "adapters/hospital/invoice/readings.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "adapters/hospital/field_text.h"
#include "adapters/hospital/invoice/values.h"

namespace recoup::hospital::invoice {
namespace {

using domain::Money;

bool IsDigit(const std::string& text) {
  return text.size() == 1 && text.front() >= '0' && text.front() <= '9';
}

bool IsOneOf(const std::string& text, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// What stands between a label and its value.
bool IsLead(const std::string& folded) {
  return IsOneOf(folded, {":", ";", ")", "(", "¥", "|", "[", "]", "_", "=", "'", "\"", "•", "·"});
}

// What recognition makes of digits beside real ones.
char LikelyDigit(const std::string& folded) {
  if (folded == "o" || folded == "〇") return '0';
  if (folded == "l" || folded == "i" || folded == "|" || folded == "!") return '1';
  return 0;
}

bool IsSeparator(const std::string& folded) {
  return IsOneOf(folded, {".", ",", "。", "、", "·", "'", "`"});
}

// Recognition takes the comma of thousands for a semicolon; a sentence's own has no three digits
// right behind it, and then none.
bool IsMisreadComma(const TextLine& line, std::size_t at, std::size_t to) {
  constexpr std::size_t kGroup = 3;
  if (!line.recognised || line.glyphs[at].folded != ";" || line.glyphs[at].apart) return false;
  std::size_t digits = 0;
  for (std::size_t i = at + 1; i < to && digits <= kGroup; ++i, ++digits) {
    if (line.glyphs[i].apart || !IsDigit(line.glyphs[i].folded)) break;
  }
  return digits == kGroup;
}

// A run of digits and separators as it stands in the line.
struct Run {
  std::string digits;
  std::vector<std::size_t> separators;  // Each by the number of digits before it.
  std::string separator_text;
  bool negative = false;
  bool repaired = false;  // A letter was taken for a digit.
  std::size_t from = 0, to = 0;
};

Run NumberRun(const TextLine& line, std::size_t from, std::size_t to) {
  Run run;
  std::size_t i = from;
  while (i < to && IsLead(line.glyphs[i].folded)) ++i;
  if (i < to && IsOneOf(line.glyphs[i].folded, {"-", "—", "–", "一"}) && i + 1 < to &&
      (IsDigit(line.glyphs[i + 1].folded) || line.glyphs[i + 1].folded == "¥")) {
    run.negative = true;
    ++i;
    if (line.glyphs[i].folded == "¥") ++i;
  }
  run.from = i;
  for (; i < to; ++i) {
    const std::string& folded = line.glyphs[i].folded;
    // Two numbers that stand apart are two numbers, unless a separator ties them.
    if (line.glyphs[i].apart && i > run.from && !IsSeparator(line.glyphs[i - 1].folded) &&
        !IsSeparator(folded)) {
      break;
    }
    if (IsDigit(folded)) {
      run.digits += folded;
    } else if (const char likely = LikelyDigit(folded); likely != 0 && !run.digits.empty()) {
      run.digits += likely;
      run.repaired = true;
    } else if (IsSeparator(folded) && !run.digits.empty()) {
      run.separators.push_back(run.digits.size());
      run.separator_text += folded == "," || folded == "、" ? ',' : '.';
    } else if (!run.digits.empty() && IsMisreadComma(line, i, to)) {
      run.separators.push_back(run.digits.size());
      run.separator_text += ',';
      run.repaired = true;
    } else {
      break;
    }
  }
  run.to = i;
  // A separator at the end belongs to the sentence.
  while (!run.separators.empty() && run.separators.back() == run.digits.size()) {
    run.separators.pop_back();
    run.separator_text.pop_back();
  }
  return run;
}

void AddAmount(const FieldSpec& spec, const Run& run, std::size_t decimals, int penalty,
               std::vector<Reading>& readings) {
  if (run.digits.size() <= decimals || run.digits.size() > 14) return;
  const std::size_t whole = run.digits.size() - decimals;
  const std::string text = absl::StrCat(run.negative ? "-" : "", run.digits.substr(0, whole),
                                        decimals > 0 ? "." : "", run.digits.substr(whole));
  const absl::StatusOr<Money> amount = Money::FromYuan(text);
  if (!amount.ok()) return;
  for (const Reading& known : readings) {
    if (known.answer.amount == *amount) return;
  }
  Reading reading;
  reading.answer.field = spec.field;
  reading.answer.amount = *amount;
  reading.answer.text = amount->ToYuan();
  reading.penalty = penalty + (run.repaired ? 1 : 0);
  reading.from = run.from;
  reading.to = run.to;
  readings.push_back(std::move(reading));
}

// Whether the separators before the last one part thousands.
bool GroupsThousands(const Run& run, std::size_t count, std::size_t whole) {
  for (std::size_t i = 0; i < count; ++i) {
    if ((whole - run.separators[i]) % 3 != 0) return false;
  }
  return true;
}

std::vector<Reading> Amounts(const FieldSpec& spec, const TextLine& line, std::size_t from,
                             std::size_t to) {
  std::vector<Reading> readings;
  const Run run = NumberRun(line, from, to);
  if (run.digits.empty()) return readings;
  if (!run.separators.empty()) {
    const std::size_t behind = run.digits.size() - run.separators.back();
    const std::size_t before = run.separators.size() - 1;
    const bool point = run.separator_text.back() == '.';
    if (behind <= 2) {
      // One point and two decimals: as bills print it. Everything else is a liberty.
      const bool plain = point && GroupsThousands(run, before, run.separators.back());
      AddAmount(spec, run, behind, (plain ? 0 : 1) + (behind == 1 ? 1 : 0), readings);
      if (behind == 1) AddAmount(spec, run, 2, 2, readings);
      return readings;
    }
    if (GroupsThousands(run, run.separators.size(), run.digits.size())) {
      AddAmount(spec, run, 0, point ? 2 : 0, readings);
    }
    AddAmount(spec, run, 2, 2, readings);
    return readings;
  }
  // Without a separator: the point was lost in recognition, or there never was one.
  if (run.digits == "0" || !line.recognised) {
    AddAmount(spec, run, 0, 0, readings);
    return readings;
  }
  if (run.digits.size() >= 3) AddAmount(spec, run, 2, 1, readings);
  AddAmount(spec, run, 0, 1, readings);
  return readings;
}

std::vector<Reading> Days(const FieldSpec& spec, const TextLine& line, std::size_t from,
                          std::size_t to) {
  std::size_t start = from;
  while (start < to && !IsDigit(line.glyphs[start].folded)) {
    if (!IsLead(line.glyphs[start].folded)) return {};
    ++start;
  }
  std::size_t end = start;
  while (end < to && (IsDigit(line.glyphs[end].folded) ||
                      IsOneOf(line.glyphs[end].folded, {"-", "/", ".", "年", "月", "日", "—"}))) {
    ++end;
  }
  if (start == end) return {};
  std::string text = FoldedOf(line, start, end);
  text = absl::StrReplaceAll(text, {{"—", "-"}});
  std::optional<Answer> answer = AnswerFrom(spec, text);
  if (!answer) return {};
  Reading reading;
  reading.answer = *std::move(answer);
  reading.from = start;
  reading.to = end;
  return {reading};
}

bool IsCodeCharacter(const std::string& folded) {
  if (folded.size() != 1) return false;
  return absl::ascii_isalnum(static_cast<unsigned char>(folded.front())) || folded == "*";
}

// Check codes are hexadecimal on most bills: where one sign alone is none and looks like a digit,
// it is that digit. Empty where the code is as it should be, or is of another kind.
std::string HexadecimalOf(const TextLine& line, std::size_t from, std::size_t to) {
  constexpr std::size_t kCheckCodeLength = 6;
  if (to - from != kCheckCodeLength) return "";
  std::string text;
  int mended = 0;
  for (std::size_t i = from; i < to; ++i) {
    const std::string& folded = line.glyphs[i].folded;
    if (IsDigit(folded) || (folded.size() == 1 && folded[0] >= 'a' && folded[0] <= 'f')) {
      text += TextOf(line, i, i + 1);
      continue;
    }
    const char likely = LikelyDigit(folded);
    if (likely == 0) return "";
    text.push_back(likely);
    ++mended;
  }
  return mended == 1 ? text : "";
}

std::vector<Reading> Codes(const FieldSpec& spec, const TextLine& line, std::size_t from,
                           std::size_t to) {
  std::size_t start = from;
  while (start < to && IsLead(line.glyphs[start].folded)) ++start;
  std::size_t end = start;
  while (end < to && IsCodeCharacter(line.glyphs[end].folded) &&
         (end == start || !line.glyphs[end].apart)) {
    ++end;
  }
  const std::size_t length = end - start;
  // The bill's own numbers have known lengths; a code of two characters is noise.
  if (length < 2 || (spec.field == Field::kNumber && length < 6) ||
      (spec.field == Field::kCode && length < 6)) {
    return {};
  }
  std::string text = TextOf(line, start, end);
  int penalty = 0;
  // Codes and numbers of bills are digits; what looks like a letter there is a digit misread.
  if (spec.field == Field::kCode || spec.field == Field::kNumber) {
    std::string digits;
    for (std::size_t i = start; i < end; ++i) {
      const std::string& folded = line.glyphs[i].folded;
      const char likely = LikelyDigit(folded);
      if (!IsDigit(folded) && likely == 0) return {};
      if (!IsDigit(folded)) penalty = 1;
      digits.push_back(IsDigit(folded) ? folded.front() : likely);
    }
    text = std::move(digits);
  }
  if (spec.field == Field::kCheckCode) {
    if (std::string mended = HexadecimalOf(line, start, end); !mended.empty()) {
      text = std::move(mended);
      penalty = 1;
    }
  }
  std::optional<Answer> answer = AnswerFrom(spec, text);
  if (!answer) return {};
  return {{*std::move(answer), penalty, start, end}};
}

// "收款单位(章):云渡医院" whose 章 was misread: the rest of the label's bracket is no part of the
// value.
std::size_t AfterRestOfBracket(const TextLine& line, std::size_t from, std::size_t to) {
  constexpr std::size_t kRestMax = 4;
  for (std::size_t i = from; i < std::min(to, from + kRestMax); ++i) {
    if (line.glyphs[i].folded == "(") break;
    if (line.glyphs[i].folded != ")") continue;
    std::size_t start = i + 1;
    while (start < to && IsLead(line.glyphs[start].folded)) ++start;
    return start < to ? start : from;
  }
  return from;
}

std::vector<Reading> Texts(const FieldSpec& spec, const TextLine& line, std::size_t from,
                           std::size_t to) {
  std::size_t start = from;
  while (start < to && IsLead(line.glyphs[start].folded)) ++start;
  start = AfterRestOfBracket(line, start, to);
  std::size_t end = start;
  while (end < to && (end == start || !line.glyphs[end].apart) &&
         !IsOneOf(line.glyphs[end].folded, {";", ",", "。", "|"})) {
    ++end;
  }
  if (start == end) return {};
  bool says = false;
  for (std::size_t i = start; i < end; ++i) {
    const Glyph& glyph = line.glyphs[i];
    says = says || IsHan(glyph) || IsCodeCharacter(glyph.folded);
  }
  std::optional<Answer> answer;
  if (says) answer = AnswerFrom(spec, TextOf(line, start, end));
  if (!answer) return {};
  return {{*std::move(answer), 0, start, end}};
}

struct Numeral {
  std::string_view seen;
  std::string_view meant;
};

// Capitals are rare in what engines learn from; these are what they make of them.
constexpr std::array kMistakenNumerals = {
    Numeral{"参", "叁"}, Numeral{"叄", "叁"}, Numeral{"僚", "叁"}, Numeral{"什", "仟"},
    Numeral{"任", "仟"}, Numeral{"阡", "仟"}, Numeral{"拥", "捌"}, Numeral{"制", "捌"},
    Numeral{"扒", "捌"}, Numeral{"未", "柒"}, Numeral{"沫", "柒"}, Numeral{"染", "柒"},
    Numeral{"漆", "柒"}, Numeral{"伯", "佰"}, Numeral{"式", "贰"}, Numeral{"贷", "贰"},
    Numeral{"贡", "贰"}, Numeral{"武", "贰"}, Numeral{"士", "壹"}, Numeral{"宣", "壹"},
    Numeral{"肄", "肆"}, Numeral{"捞", "拾"}, Numeral{"玫", "玖"}, Numeral{"院", "陆"},
    Numeral{"陵", "陆"}, Numeral{"团", "圆"}, Numeral{"雾", "零"}, Numeral{"抽", "捌"},
    Numeral{"撞", "捌"}, Numeral{"过", "柒"}, Numeral{"迷", "柒"}, Numeral{"仔", "仟"},
};

constexpr std::array<std::string_view, 36> kNumerals = {
    "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖", "拾", "佰",
    "仟", "万", "亿", "元", "圆", "角", "分", "整", "正", "负", "〇", "一",
    "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "两"};

bool IsNumeral(std::string_view text) {
  return std::find(kNumerals.begin(), kNumerals.end(), text) != kNumerals.end();
}

std::vector<Reading> Words(const FieldSpec& spec, const TextLine& line, std::size_t from,
                           std::size_t to) {
  std::string text;
  int penalty = 0;
  std::size_t first = to, last = from;
  for (std::size_t i = from; i < to; ++i) {
    const std::string& folded = line.glyphs[i].folded;
    if (!text.empty() && line.glyphs[i].apart) break;
    if (IsLead(folded)) continue;
    std::string_view numeral = folded;
    for (const Numeral& row : kMistakenNumerals) {
      if (row.seen != folded) continue;
      numeral = row.meant;
      ++penalty;
    }
    if (!IsNumeral(numeral)) {
      // A stray character between numerals; before the first one it is of something else.
      if (text.empty() || ++penalty > 4) break;
      continue;
    }
    text += numeral;
    first = std::min(first, i);
    last = i + 1;
  }
  std::optional<Answer> answer = AnswerFrom(spec, text);
  if (!answer) return {};
  return {{*std::move(answer), penalty, first, last}};
}

}  // namespace

std::vector<Reading> ReadingsOf(const FieldSpec& spec, const TextLine& line, std::size_t from,
                                std::size_t to) {
  switch (spec.type) {
    case FieldType::kAmount:
      return Amounts(spec, line, from, to);
    case FieldType::kDate:
      return Days(spec, line, from, to);
    case FieldType::kDigits:
      return Codes(spec, line, from, to);
    case FieldType::kText:
      return Texts(spec, line, from, to);
    case FieldType::kWords:
      return Words(spec, line, from, to);
  }
  return {};
}

}  // namespace recoup::hospital::invoice
