// A JSON document as written: numbers keep their text, so that amounts never pass through a double.
//
// Parsing is tolerant where senders are known to err (byte order mark, GB18030 bytes, commas before
// a closing bracket, line ends inside
// texts, a key given twice) and tells each repair to `notes`. Everything else malformed
// is refused. Values are owned by their parent.
#ifndef RECOUP_ADAPTERS_HOSPITAL_NATIONAL_JSON_VALUE_H_
#define RECOUP_ADAPTERS_HOSPITAL_NATIONAL_JSON_VALUE_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/hospital/documents.h"

namespace recoup::hospital::national {

struct JsonValue {
  enum class Kind { kNull, kBool, kNumber, kString, kArray, kObject };

  Kind kind = Kind::kNull;
  std::string text;  // The string, the number as written, "true" or "false".
  std::vector<JsonValue> items;
  std::vector<std::pair<std::string, JsonValue>> members;

  // Defined where the type is complete: a pair of it is not before.
  JsonValue();
  JsonValue(Kind value_kind, std::string value_text);
  JsonValue(const JsonValue&);
  JsonValue(JsonValue&&) noexcept;
  JsonValue& operator=(const JsonValue&);
  JsonValue& operator=(JsonValue&&) noexcept;
  ~JsonValue();

  // As written: the order of members counts, and 1 is not 1.0.
  bool operator==(const JsonValue& other) const;

  bool is_object() const { return kind == Kind::kObject; }
  bool is_array() const { return kind == Kind::kArray; }
  // Null or a blank string: what senders write for "nothing".
  bool is_blank() const;
  // The member of exactly this name; null when there is none.
  const JsonValue* Find(std::string_view name) const;
};

// `path` is where the text stands in its document: empty for a whole one.
absl::StatusOr<JsonValue> ParseJson(std::string_view bytes, const std::string& path,
                                    std::vector<QualityNote>& notes);

}  // namespace recoup::hospital::national

#endif  // RECOUP_ADAPTERS_HOSPITAL_NATIONAL_JSON_VALUE_H_
