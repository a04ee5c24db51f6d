#include "adapters/hospital/national/json_value.h"

#include <cstdint>
#include <optional>

#include "absl/strings/str_cat.h"
#include "adapters/hospital/charset.h"
#include "adapters/hospital/field_text.h"
#include "hub/base/error.h"
#include "nlohmann/json.hpp"

namespace recoup::hospital::national {
namespace {

// Deeper than any interface document; bounds the recursion of readers and destructors.
constexpr std::size_t kDepthMax = 32;

// Builds the tree from the parser's events. The number's text is taken as written.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  JsonValue& root() { return root_; }
  const std::vector<std::string>& repeated_keys() const { return repeated_keys_; }
  const std::string& problem() const { return problem_; }

  bool null() override { return Put({}); }
  bool boolean(bool value) override {
    return Put({JsonValue::Kind::kBool, value ? "true" : "false"});
  }
  bool number_integer(number_integer_t value) override {
    return Put({JsonValue::Kind::kNumber, std::to_string(value)});
  }
  bool number_unsigned(number_unsigned_t value) override {
    return Put({JsonValue::Kind::kNumber, std::to_string(value)});
  }
  bool number_float(number_float_t, const string_t& as_written) override {
    return Put({JsonValue::Kind::kNumber, as_written});
  }
  bool string(string_t& value) override {
    return Put({JsonValue::Kind::kString, std::move(value)});
  }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(JsonValue::Kind::kObject); }
  bool start_array(std::size_t) override { return Open(JsonValue::Kind::kArray); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception&) override {
    problem_ = absl::StrCat("从第 ", position, " 字节起不是 JSON");
    return false;
  }

 private:
  bool Put(JsonValue value) {
    Attach(std::move(value));
    return true;
  }
  bool Open(JsonValue::Kind kind) {
    if (open_.size() >= kDepthMax) {
      problem_ = absl::StrCat("嵌套超过 ", kDepthMax, " 层");
      return false;
    }
    JsonValue* added = Attach({kind, {}});
    // The address stays good: nothing is added to the parent while the child is open.
    open_.push_back(added);
    return true;
  }
  bool Close() {
    open_.pop_back();
    return true;
  }
  JsonValue* Attach(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    JsonValue& parent = *open_.back();
    if (parent.is_array()) return &parent.items.emplace_back(std::move(value));
    for (auto& [name, old] : parent.members) {
      if (name != key_) continue;
      repeated_keys_.push_back(name);
      old = std::move(value);
      return &old;
    }
    return &parent.members.emplace_back(std::move(key_), std::move(value)).second;
  }

  JsonValue root_;
  std::vector<JsonValue*> open_;
  std::string key_;
  std::string problem_;
  std::vector<std::string> repeated_keys_;
};

// Drops commas that stand, outside strings, before a closing bracket. Returns how many.
std::size_t DropTrailingCommas(std::string& text) {
  std::string kept;
  kept.reserve(text.size());
  std::size_t dropped = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\' && i + 1 < text.size()) {
      kept.push_back(c);
      kept.push_back(text[++i]);
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (!in_string && c == ',') {
      const std::size_t next = text.find_first_not_of(" \t\r\n", i + 1);
      if (next != std::string::npos && (text[next] == '}' || text[next] == ']')) {
        ++dropped;
        continue;
      }
    }
    kept.push_back(c);
  }
  text = std::move(kept);
  return dropped;
}

// Writes line ends, tabs and other control characters inside strings as JSON wants them. Returns
// how many there were.
std::size_t EscapeControlCharacters(std::string& text) {
  std::string kept;
  std::size_t escaped = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string && c == '\\' && i + 1 < text.size()) {
      kept.push_back(c);
      kept.push_back(text[++i]);
      continue;
    }
    if (c == '"') in_string = !in_string;
    if (in_string && static_cast<unsigned char>(c) < 0x20u) {
      ++escaped;
      kept.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : " ");
      continue;
    }
    kept.push_back(c);
  }
  if (escaped > 0) text = std::move(kept);
  return escaped;
}

}  // namespace

JsonValue::JsonValue() = default;
JsonValue::JsonValue(Kind value_kind, std::string value_text)
    : kind(value_kind), text(std::move(value_text)) {}
JsonValue::JsonValue(const JsonValue&) = default;
JsonValue::JsonValue(JsonValue&&) noexcept = default;
JsonValue& JsonValue::operator=(const JsonValue&) = default;
JsonValue& JsonValue::operator=(JsonValue&&) noexcept = default;
JsonValue::~JsonValue() = default;

bool JsonValue::operator==(const JsonValue&) const = default;

bool JsonValue::is_blank() const {
  return kind == Kind::kNull || (kind == Kind::kString && Trimmed(text).empty());
}

const JsonValue* JsonValue::Find(std::string_view name) const {
  for (const auto& [member, value] : members) {
    if (member == name) return &value;
  }
  return nullptr;
}

absl::StatusOr<JsonValue> ParseJson(std::string_view bytes, const std::string& path,
                                    std::vector<QualityNote>& notes) {
  const auto repaired = [&](std::string text) {
    notes.push_back({NoteKind::kRepaired, path, std::move(text)});
  };
  const auto refuse = [&](std::string why) {
    Faults faults;
    faults.Add(path, std::move(why));
    return faults.ToStatus();
  };
  const std::string_view unmarked = WithoutByteOrderMark(bytes);
  if (unmarked.size() != bytes.size()) repaired("去掉了字节顺序标记");

  std::string text(unmarked);
  if (!IsValidUtf8(text)) {
    std::optional<std::string> decoded = Utf8FromGb18030(text);
    if (!decoded) return refuse("既不是 UTF-8 也不是 GB18030");
    text = *std::move(decoded);
    repaired("文字是 GB18030，不是 UTF-8");
  }
  if (const std::size_t dropped = DropTrailingCommas(text); dropped > 0) {
    repaired(absl::StrCat("去掉了右括号前的 ", dropped, " 个逗号"));
  }

  if (const std::size_t escaped = EscapeControlCharacters(text); escaped > 0) {
    repaired(absl::StrCat("转义了文本中的 ", escaped, " 个控制字符"));
  }

  TreeBuilder builder;
  bool parsed = false;
  try {
    parsed = nlohmann::json::sax_parse(text, &builder);
  } catch (const nlohmann::json::exception&) {
    // Some lexer faults are thrown in spite of the handler; they are the input's fault all the
    // same.
    return refuse("不是 JSON");
  }
  if (!parsed) return refuse(builder.problem().empty() ? "不是 JSON" : builder.problem());
  for (const std::string& key : builder.repeated_keys()) {
    repaired(absl::StrCat("\"", key, "\" 在同一对象中出现两次，以最后一次为准"));
  }
  return std::move(builder.root());
}

}  // namespace recoup::hospital::national
