#include "hub/config/toml_file.h"

#include <map>
#include <sstream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/toml_text.h"
#include "hub/config/value.h"

namespace recoup::config {
namespace {

// Tables in order, so that faults come in the same order each time.
using Toml = toml::basic_value<toml::discard_comments, std::map, std::vector>;

constexpr std::size_t kFileBytesMax = 256 * 1024;

std::variant<Value, Fault> ListOf(const KeyRow& row, const Toml& toml) {
  std::vector<std::string> items;
  for (const Toml& item : toml.as_array()) {
    if (!item.is_string()) return Fault("must be a list of strings");
    items.push_back(item.as_string().str);
  }
  return CheckValue(row, std::move(items));
}

std::variant<Value, Fault> ValueOf(const KeyRow& row, const Toml& toml) {
  switch (row.type) {
    case KeyType::kInteger:
      if (toml.is_integer()) return CheckValue(row, std::int64_t{toml.as_integer()});
      break;
    case KeyType::kBoolean:
      if (toml.is_boolean()) return CheckValue(row, toml.as_boolean());
      break;
    case KeyType::kList:
      if (toml.is_array()) return ListOf(row, toml);
      break;
    case KeyType::kString:
    case KeyType::kPath:
    case KeyType::kDuration:
      if (toml.is_string()) return ValueFromText(row, toml.as_string().str);
      break;
  }
  if (row.type == KeyType::kDuration) return Fault("must be a text such as \"30s\"");
  return Fault(absl::StrCat("must be of type ", std::string(TypeName(row.type))));
}

class Reader {
 public:
  Reader(const Schema& schema, const std::string& file_name, Config& config, Faults& faults)
      : schema_(schema), file_name_(file_name), config_(config), faults_(faults) {}

  void Read(const Toml& root) {
    for (const auto& [section, table] : root.as_table()) {
      if (!table.is_table()) {
        Unknown(section, table);
        continue;
      }
      for (const auto& [name, value] : table.as_table()) {
        ReadKey(absl::StrCat(section, ".", name), value);
      }
    }
  }

 private:
  std::string Place(const Toml& toml) const {
    return absl::StrCat(file_name_, ":", toml.location().line());
  }
  void Unknown(const std::string& key, const Toml& toml) {
    faults_.Add(
        absl::StrCat(Place(toml), " ", key),
        UnknownKey(schema_, key, [](std::string_view known) { return std::string(known); }));
  }
  void ReadKey(const std::string& key, const Toml& toml) {
    const KeyRow* row = schema_.Find(key);
    if (row == nullptr) {
      Unknown(key, toml);
      return;
    }
    std::variant<Value, Fault> value = ValueOf(*row, toml);
    if (const Fault* fault = std::get_if<Fault>(&value)) {
      faults_.Add(absl::StrCat(Place(toml), " ", key), *fault);
      return;
    }
    config_.Set(*row, {std::get<Value>(std::move(value)), Place(toml)});
  }

  const Schema& schema_;
  const std::string& file_name_;
  Config& config_;
  Faults& faults_;
};

}  // namespace

void ReadTomlFile(const Schema& schema, const std::string& file_name, const std::string& text,
                  Config& config, Faults& faults) {
  if (text.size() > kFileBytesMax) {
    faults.Add(file_name, absl::StrCat("is larger than ", kFileBytesMax, " bytes"));
    return;
  }
  if (const std::size_t line = LineNotUtf8(text); line > 0) {
    faults.Add(absl::StrCat(file_name, ":", line), std::string(kIsNotUtf8));
    return;
  }
  try {
    std::istringstream stream(text);
    const Toml root = toml::parse<toml::discard_comments, std::map, std::vector>(stream, file_name);
    Reader(schema, file_name, config, faults).Read(root);
  } catch (const toml::exception& error) {
    // The parser's own message quotes the line, which may hold a secret.
    faults.Add(absl::StrCat(file_name, ":", error.location().line()), "is not valid TOML");
  } catch (const std::exception&) {
    faults.Add(file_name, "is not valid TOML");
  }
}

}  // namespace recoup::config
