#include "hub/config/value.h"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace recoup::config {
namespace {

std::string TomlString(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppend(&quoted, "\\u", absl::Hex(byte, absl::kZeroPad4));
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> items;
  for (absl::string_view item : absl::StrSplit(std::string(text), ',')) {
    item = absl::StripAsciiWhitespace(item);
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

}  // namespace

std::variant<Value, Fault> CheckValue(const KeyRow& row, Value value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    if (*integer < row.min) return Fault(absl::StrCat("must be at least ", row.min));
    if (*integer > row.max) return Fault(absl::StrCat("must be at most ", row.max));
  }
  if (const auto* duration = std::get_if<absl::Duration>(&value)) {
    if (*duration < absl::ZeroDuration() || *duration == absl::InfiniteDuration()) {
      return Fault("must be a finite duration that is not negative");
    }
  }
  if (const auto* text = std::get_if<std::string>(&value)) {
    const bool known = row.choices.empty() || std::find(row.choices.begin(), row.choices.end(),
                                                        *text) != row.choices.end();
    if (!known) {
      return Fault(absl::StrCat(
          "must be one of ",
          absl::StrJoin(row.choices, ", ",
                        [](std::string* out, std::string_view choice) { out->append(choice); })));
    }
    if (row.type == KeyType::kPath && text->empty()) return Fault("must not be an empty path");
  }
  return value;
}

std::variant<Value, Fault> ValueFromText(const KeyRow& row, std::string_view text_view) {
  const std::string text(text_view);
  switch (row.type) {
    case KeyType::kString:
    case KeyType::kPath:
      return CheckValue(row, text);
    case KeyType::kList:
      return CheckValue(row, SplitList(text));
    case KeyType::kInteger: {
      std::int64_t integer = 0;
      if (!absl::SimpleAtoi(text, &integer)) return Fault("must be an integer");
      return CheckValue(row, integer);
    }
    case KeyType::kBoolean:
      if (text == "true") return CheckValue(row, true);
      if (text == "false") return CheckValue(row, false);
      return Fault("must be true or false");
    case KeyType::kDuration: {
      absl::Duration duration;
      if (!absl::ParseDuration(text, &duration)) {
        return Fault("must be a duration such as 500ms, 30s, 5m or 2h");
      }
      return CheckValue(row, duration);
    }
  }
  return Fault("has no type");
}

std::string ValueToToml(const Value& value) {
  return std::visit(
      [](const auto& content) -> std::string {
        using T = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return TomlString(content);
        } else if constexpr (std::is_same_v<T, bool>) {
          return content ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return absl::StrCat(content);
        } else if constexpr (std::is_same_v<T, absl::Duration>) {
          return TomlString(absl::FormatDuration(content));
        } else {
          return absl::StrCat("[",
                              absl::StrJoin(content, ", ",
                                            [](std::string* out, const std::string& item) {
                                              out->append(TomlString(item));
                                            }),
                              "]");
        }
      },
      value);
}

}  // namespace recoup::config
