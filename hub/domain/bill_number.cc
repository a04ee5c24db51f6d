#include "hub/domain/bill_number.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "hub/domain/text_width.h"

namespace recoup::domain {
namespace {

constexpr std::array<std::string_view, 22> kNoNumber = {
    "无",     "无票",   "无票据", "无发票", "无票号", "无号",   "暂无", "没有",
    "待开",   "待开票", "未开",   "未开票", "未打印", "待打印", "不详", "未知",
    "未提供", "NA",     "NULL",   "NONE",   "NIL",    "UNKNOWN"};

}  // namespace

bool IsBillNumber(std::string_view text) {
  const std::string folded =
      absl::StrReplaceAll(FoldWidth(text), {{"—", ""}, {"–", ""}, {"·", ""}});
  std::string written;
  for (const char c : folded) {
    const auto byte = static_cast<unsigned char>(c);
    if (!absl::ascii_isspace(byte) && !absl::ascii_ispunct(byte)) {
      written.push_back(absl::ascii_toupper(byte));
    }
  }
  if (written.find_first_not_of('0') == std::string::npos) return false;
  return std::find(kNoNumber.begin(), kNoNumber.end(), written) == kNoNumber.end();
}

}  // namespace recoup::domain
