#include "adapters/court/paragraphs.h"

#include <algorithm>

#include "adapters/court/letters.h"

namespace recoup::court {
namespace {

// A longer line is parted.
constexpr std::size_t kParagraphMax = 150;
// Court, kind of document and number stand within so many signs.
constexpr std::size_t kHeadMax = 200;
// A full stop of half width behind fewer digits may be that of a list or a decimal point.
constexpr std::size_t kIdDigitsMin = 15;

// Whether the text goes on with one of the words, which may be spaced: "审 判 长".
template <std::size_t count>
bool GoesOnWith(std::u32string_view text, const std::u32string_view (&words)[count]) {
  return std::ranges::any_of(words, [&](std::u32string_view word) {
    std::size_t at = 0;
    for (const char32_t c : word) {
      while (at < text.size() && IsSpace(text[at])) ++at;
      if (at >= text.size() || Fold(text[at]) != c) return false;
      ++at;
    }
    return true;
  });
}

constexpr std::u32string_view kDocuments[] = {U"民事",   U"刑事",   U"行政",
                                              U"判决书", U"裁定书", U"调解书"};
constexpr std::u32string_view kRoles[] = {U"原告",       U"被告",       U"上诉人",
                                          U"再审申请人", U"申请",       U"申诉人",
                                          U"公诉机关",   U"原公诉机关", U"案由"};
// A sentence that begins with them goes on with what the one before tells.
constexpr std::u32string_view kGoingOn[] = {U"公民身份", U"身份证", U"统一社会", U"住", U"当日",
                                            U"当晚",     U"同日",   U"其",       U"该", U"此"};
constexpr std::u32string_view kSignatures[] = {
    U"审判长",   U"审判员", U"代理审判员", U"助理审判员", U"人民陪审员", U"陪审员", U"法官助理",
    U"代书记员", U"书记员", U"执行员",     U"调解员",     U"二〇",       U"二零",   U"二O"};

enum class Announced { kNothing, kAgreement, kRuling };

// What the colon at the end of the text announces: "达成如下协议：", "判决如下：".
Announced AnnouncedBy(std::u32string_view text) {
  constexpr std::size_t kAnnouncementMax = 12;
  std::size_t begin = text.size() - 1;
  while (begin > 0 && text.size() - begin < kAnnouncementMax && IsHan(text[begin - 1])) --begin;
  const std::u32string_view words = text.substr(begin);
  const auto has = [&](std::u32string_view word) { return words.find(word) != words.npos; };
  if (has(U"协议")) return Announced::kAgreement;
  const bool ruling = has(U"如下") && (has(U"判决") || has(U"裁定") || has(U"决定"));
  const bool bare = words.substr(0, words.size() - 1) == U"判决";  // "依照…第三十条，判决："
  return ruling || bare ? Announced::kRuling : Announced::kNothing;
}

// Goes along a line and tells before which of its signs a paragraph begins.
class Walk {
 public:
  explicit Walk(std::u32string_view line) : line_(line) {
    for (std::size_t i = line.size(); i > 0 && ruling_ == 0; --i) {
      const bool colon = Fold(line[i - 1]) == U':';
      if (colon && AnnouncedBy(line.substr(0, i)) == Announced::kRuling) ruling_ = i;
    }
  }

  bool BeginsAt(std::size_t i) {
    const std::u32string_view rest = line_.substr(i);
    const char32_t c = Fold(rest.front());
    const bool closing = stopped_ && IsIn(U"”’\")」』", c);
    const bool sentence = stopped_ && !closing && !GoesOnWith(rest, kGoingOn);
    const bool item = listing_ && IsIn(U";:", last_) && BeginsItem(rest);
    const bool amid_date = IsIn(U"〇零O", last_);  // "二〇|二〇年"
    const bool signature = (signing_ || sentence) && !amid_date && GoesOnWith(rest, kSignatures);
    signing_ = signature || (signing_ && !stopped_);
    stopped_ = closing || c == U'。' || (c == U'.' && (IsHan(last_) || digits_ >= kIdDigitsMin));
    digits_ = IsDigit(c) ? digits_ + 1 : 0;
    if (c == U':') listing_ = listing_ || Lists(i + 1);
    const bool begins = sentence || item || signature || EndsCause() || BeginsInHead(i, rest);
    if (begins) begin_ = i;
    before_last_ = last_;
    last_ = c;
    return begins;
  }

 private:
  // Whether the items behind the colon are in force. What is told of the ruling of another court
  // stays one paragraph with its items.
  bool Lists(std::size_t end) const {
    return end == ruling_ || AnnouncedBy(line_.substr(0, end)) == Announced::kAgreement;
  }

  // "案由：追偿权纠纷|原告…"
  bool EndsCause() const { return last_ == U'纷' && line_.substr(begin_).starts_with(U"案由"); }

  // "某某人民法院|民事判决书|(2024)某01民初1号|原告…"
  bool BeginsInHead(std::size_t i, std::u32string_view rest) const {
    if (i >= kHeadMax) return false;
    if (last_ == U'院') return GoesOnWith(rest, kDocuments);
    if (last_ == U'书') return IsIn(U"(〔[【", Fold(rest.front()));
    const bool numbered = last_ == U'号' || before_last_ == U'之';  // "…号", "…号之一"
    return numbered && GoesOnWith(rest, kRoles);
  }

  std::u32string_view line_;
  std::size_t ruling_ = 0;  // Where the last ruling begins.
  std::size_t begin_ = 0;   // Of the paragraph.
  char32_t before_last_ = 0;
  char32_t last_ = 0;
  std::size_t digits_ = 0;  // In a row up to here.
  bool stopped_ = false;    // The last sign ends a sentence.
  bool listing_ = false;    // Items begin paragraphs.
  bool signing_ = false;    // Behind a signature.
};

}  // namespace

bool BeginsItem(std::u32string_view line) {
  std::size_t i = 0;
  const bool bracket = !line.empty() && Fold(line.front()) == U'(';
  if (bracket) ++i;
  const std::size_t begin = i;
  while (i < line.size() && IsIn(U"一二三四五六七八九十", line[i])) ++i;
  const bool chinese = i > begin;
  if (!chinese) {
    while (i < line.size() && IsDigit(Fold(line[i]))) ++i;
  }
  if (i == begin || i > begin + 3 || i >= line.size()) return false;
  const char32_t sign = Fold(line[i]);
  if (bracket) return sign == U')';
  const bool number = i + 1 < line.size() && IsDigit(Fold(line[i + 1]));
  return sign == U'、' || (!chinese && sign == U'.' && !number);
}

std::vector<std::u32string_view> PartParagraphs(const std::vector<std::u32string_view>& lines) {
  std::vector<std::u32string_view> paragraphs;
  for (const std::u32string_view line : lines) {
    if (line.size() <= kParagraphMax) {
      paragraphs.push_back(line);
      continue;
    }
    std::size_t begin = 0;
    Walk walk(line);
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (IsSpace(line[i]) || !walk.BeginsAt(i) || i == 0) continue;
      paragraphs.push_back(line.substr(begin, i - begin));
      begin = i;
    }
    paragraphs.push_back(line.substr(begin));
  }
  return paragraphs;
}

}  // namespace recoup::court
