#include "adapters/insurer/bank/mt_message.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "adapters/insurer/bank/read_faults.h"
#include "adapters/insurer/bank/text.h"
#include "hub/base/status.h"

namespace recoup::insurer::bank {
namespace {

// Fields of MT940, MT942 and MT950, and NS, in which German savings banks continue :25: and :61:.
constexpr std::array<std::string_view, 19> kTags = {"20",  "21", "25",  "25P", "28",  "28C", "60F",
                                                    "60M", "61", "86",  "62F", "62M", "64",  "65",
                                                    "34F", "13", "13D", "90C", "90D"};
constexpr std::string_view kBankTag = "NS";

struct TaggedLine {
  std::string_view tag;
  std::string_view rest;
};

std::optional<TaggedLine> TagOf(std::string_view line) {
  if (line.size() < 4 || line.front() != ':') return std::nullopt;
  const std::size_t end = line.find(':', 1);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view tag = line.substr(1, end - 1);
  const bool known = tag == kBankTag || std::find(kTags.begin(), kTags.end(), tag) != kTags.end();
  return known ? std::optional(TaggedLine{tag, line.substr(end + 1)}) : std::nullopt;
}

// "-}", "-}{5:…}", "-" alone, or with what transmission programs put after it. A text that begins
// with a dash is none of these.
bool EndsMessage(std::string_view line) {
  if (!line.starts_with('-')) return false;
  line.remove_prefix(1);
  return line.empty() || line.front() == '}' || line == "XXX" ||
         absl::ascii_iscntrl(static_cast<unsigned char>(line.front()));
}

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = text.find_first_of("\r\n");
  const std::string_view line = text.substr(0, end);
  if (end == std::string_view::npos) {
    text = {};
  } else {
    const bool pair = text[end] == '\r' && end + 1 < text.size() && text[end + 1] == '\n';
    text.remove_prefix(end + (pair ? 2 : 1));
  }
  return line;
}

}  // namespace

bool LooksLikeMt(std::string_view text) {
  constexpr int kHeaderLinesMax = 10;  // Of transmission programs, before the first field.
  text = Trim(text);
  if (text.starts_with("{1:")) return true;
  if (TagOf(text.substr(0, text.find_first_of("\r\n"))).has_value()) return true;
  for (int i = 0; i < kHeaderLinesMax && !text.empty(); ++i) {
    if (TakeLine(text).starts_with(":20:")) return true;
  }
  return false;
}

absl::StatusOr<std::vector<MtMessage>> SplitMt(std::string_view text) {
  ReadFaults faults;
  std::vector<MtMessage> messages;
  bool inside = false;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::string_view line = TakeLine(text);
    ++number;
    if (EndsMessage(line)) {
      inside = false;
      continue;
    }
    const std::optional<TaggedLine> tagged = TagOf(line);
    if (tagged && tagged->tag == "20") {
      messages.emplace_back();
      inside = true;
    }
    if (!inside) {
      if (tagged) {
        faults.Add(absl::StrCat("line ", number),
                   absl::StrCat("the field ", std::string(tagged->tag),
                                " outside a message, which begins with :20:"));
      }
      continue;
    }
    std::vector<MtField>& fields = messages.back().fields;
    if (tagged) {
      fields.push_back({std::string(tagged->tag), {std::string(tagged->rest)}, number});
    } else {
      fields.back().lines.emplace_back(line);
    }
  }
  if (messages.empty() && faults.count() == 0) faults.Add("line 1", "no field :20: in the text");
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return messages;
}

}  // namespace recoup::insurer::bank
