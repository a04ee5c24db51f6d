#include "hub/reconcile/reference_scan.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "hub/reconcile/check_digits.h"

namespace recoup::reconcile {
namespace {

constexpr bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// The ASCII form of the character at text[at], and how many bytes it takes; 0 when it has none.
std::pair<char, std::size_t> Folded(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    const char c = text[at];
    if (c >= 'a' && c <= 'z') return {static_cast<char>(c - 'a' + 'A'), 1};
    if (c == '[') return {'(', 1};
    if (c == ']') return {')', 1};
    return {c, 1};
  }
  if (byte != 0xE3 && byte != 0xEF) return {'\0', 0};
  static constexpr std::array<std::pair<std::string_view, char>, 5> kOthers = {
      {{"　", ' '}, {"〔", '('}, {"〕", ')'}, {"【", '('}, {"】", ')'}}};
  for (const auto& [wide, narrow] : kOthers) {
    if (text.substr(at, wide.size()) == wide) return {narrow, wide.size()};
  }
  // U+FF01 to U+FF5E are the full-width forms of 0x21 to 0x7E.
  if (byte != 0xEF || at + 2 >= text.size()) return {'\0', 0};
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const auto third = static_cast<unsigned char>(text[at + 2]);
  if ((second != 0xBC && second != 0xBD) || (third & 0xC0) != 0x80) return {'\0', 0};
  const int code = ((second & 0x3F) << 6 | (third & 0x3F)) - 0xF00;
  if (code <= 0 || code > 0x5E) return {'\0', 0};
  const char ascii[] = {static_cast<char>(code + 0x20), '\0'};
  return {Folded(ascii, 0).first, 3};
}

// Of each byte, whether a character that begins with it may have another form, and whether it may
// or is a blank.
struct Bytes {
  std::array<bool, 256> may_fold{};
  std::array<bool, 256> may_fold_or_blank{};
};
constexpr Bytes kBytes = [] {
  Bytes bytes;
  for (std::size_t i = 0; i < bytes.may_fold.size(); ++i) {
    const auto c = static_cast<char>(i);
    const bool may_fold = (c >= 'a' && c <= 'z') || c == '[' || c == ']' || i == 0xE3 || i == 0xEF;
    bytes.may_fold[i] = may_fold;
    bytes.may_fold_or_blank[i] = may_fold || IsBlank(c);
  }
  return bytes;
}();

std::size_t FirstOf(const std::array<bool, 256>& bytes, std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && !bytes[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

void SortOnce(std::vector<std::string>& found) {
  if (found.size() < 2) return;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

}  // namespace

void AppendFolded(std::string_view text, std::string& to) {
  while (!text.empty()) {
    // Most texts are folded already.
    const std::size_t same = FirstOf(kBytes.may_fold, text);
    to.append(text.substr(0, same));
    text.remove_prefix(same);
    if (text.empty()) return;
    const auto [c, bytes] = Folded(text, 0);
    to.push_back(bytes == 0 ? text.front() : c);
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
}

bool IsCompact(std::string_view text) {
  return FirstOf(kBytes.may_fold_or_blank, text) == text.size() || Compact(text) == text;
}

void AppendCompact(std::string_view text, std::string& to) {
  if (FirstOf(kBytes.may_fold_or_blank, text) == text.size()) {
    to.append(text);
    return;
  }
  const auto from = static_cast<std::ptrdiff_t>(to.size());
  AppendFolded(text, to);
  to.erase(std::remove_if(to.begin() + from, to.end(), IsBlank), to.end());
}

std::string Fold(std::string_view text) {
  std::string folded;
  AppendFolded(text, folded);
  return folded;
}

std::string Compact(std::string_view text) {
  std::string compact;
  AppendCompact(text, compact);
  return compact;
}

std::string NormaliseReference(std::string_view text) {
  std::string compact = Compact(text);
  return HasValidCheckDigits(compact) ? compact : std::string();
}

std::vector<std::string> FindReferences(std::string_view text) {
  return FindReferencesInFolded(Fold(text));
}

std::vector<std::string> FindReferencesInFolded(std::string_view folded) {
  std::vector<std::string> found;
  for (std::size_t start = folded.find("RF"); start != std::string_view::npos;
       start = folded.find("RF", start + 1)) {
    if (start > 0 && IsWordByte(folded[start - 1])) continue;
    std::string reading;
    for (std::size_t at = start; at < folded.size();) {
      if (IsWordByte(folded[at])) {
        reading.push_back(folded[at++]);
        if (reading.size() > kReferenceLengthMax) break;
        const bool group_ends = at == folded.size() || !IsWordByte(folded[at]);
        if (group_ends && HasValidCheckDigits(reading)) found.push_back(reading);
      } else if (folded[at] == ' ' && at + 1 < folded.size() && IsWordByte(folded[at + 1])) {
        ++at;  // Printed in groups of four.
      } else {
        break;
      }
    }
  }
  SortOnce(found);
  return found;
}

std::vector<std::string> FindDamagedReferences(std::string_view text) {
  return FindDamagedInFolded(Fold(text));
}

std::vector<std::string> FindDamagedInFolded(std::string_view folded) {
  // Shorter words are near too much.
  constexpr std::size_t kLengthMin = 10;
  std::vector<std::string> found;
  for (std::size_t start = 0; start < folded.size();) {
    if (!IsWordByte(folded[start])) {
      ++start;
      continue;
    }
    std::size_t end = start;
    while (end < folded.size() && IsWordByte(folded[end])) ++end;
    const std::string_view word = folded.substr(start, end - start);
    start = end;
    if (word.size() < kLengthMin || word.size() > kReferenceLengthMax + 1) continue;
    // One slip leaves R or F near the start.
    if (word.find_first_of("RF") > 1) continue;
    const auto digits = std::count_if(word.begin(), word.end(), [](char c) { return c <= '9'; });
    if (2 * static_cast<std::size_t>(digits) < word.size() || HasValidCheckDigits(word)) continue;
    found.emplace_back(word);
  }
  SortOnce(found);
  return found;
}

bool StandsAlone(std::string_view folded, std::size_t at, std::size_t length) {
  const std::size_t end = at + length;
  const bool starts = at == 0 || !IsWordByte(folded[at - 1]) || !IsWordByte(folded[at]);
  const bool ends =
      end == folded.size() || !IsWordByte(folded[end]) || !IsWordByte(folded[end - 1]);
  return starts && ends;
}

bool ContainsWord(std::string_view text, std::string_view word) {
  if (word.empty()) return false;
  const std::string folded = Fold(text);
  for (std::size_t at = folded.find(word); at != std::string::npos;
       at = folded.find(word, at + 1)) {
    if (StandsAlone(folded, at, word.size())) return true;
  }
  return false;
}

}  // namespace recoup::reconcile
