// Schema: every configuration key of a program, one row per key.
//
// A key's full name is "section.name". It is set in the file as `name` under `[section]`, in the
// environment as RECOUP_SECTION_NAME, on the command line as --section-name.
#ifndef RECOUP_HUB_CONFIG_SCHEMA_H_
#define RECOUP_HUB_CONFIG_SCHEMA_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recoup::config {

enum class KeyType { kString, kInteger, kBoolean, kDuration, kPath, kList };
enum class Need { kOptional, kRequired };
enum class Show { kValue, kRedacted };

// All texts are literals.
struct KeyRow {
  std::string_view name;  // "hub.target"; lower case, digits and '_'.
  KeyType type = KeyType::kString;
  std::string_view help;
  std::optional<std::string_view> default_text = std::nullopt;  // As it would be given by a flag.
  Need need = Need::kOptional;
  Show show = Show::kValue;
  // For integers, both inclusive.
  std::int64_t min = std::numeric_limits<std::int64_t>::min();
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
  std::vector<std::string_view> choices = {};  // For strings; empty: any text.
  std::string_view zh = {};                    // `help` in Chinese, for the command line.
};

class Schema {
 public:
  // Names that are malformed, double, or the same in the environment are programmer errors.
  explicit Schema(std::vector<KeyRow> rows);

  const std::vector<KeyRow>& rows() const { return rows_; }
  const KeyRow* Find(std::string_view name) const;
  // The known key that somebody who typed `name` will have meant: few edits away for its length, or
  // of the same section and begun alike. Nothing when that would be guessing.
  std::optional<std::string> NearestTo(std::string_view name) const;
  // The names of all keys of a section; empty when there is no such section.
  std::vector<std::string> KeysOf(std::string_view section) const;

 private:
  std::vector<KeyRow> rows_;
};

std::string_view TypeName(KeyType type);
std::string EnvironmentName(std::string_view key);  // "hub.ca_file" → "RECOUP_HUB_CA_FILE"
std::string FlagName(std::string_view key);         // "hub.ca_file" → "--hub-ca-file"

// What is said of a key that is not known: the one that was meant, else the keys of its section,
// else the sections; each in the way in which it is given here (`FlagName`, for instance).
std::string UnknownKey(const Schema& schema, std::string_view key,
                       std::string (*as_given)(std::string_view));

// The table of the documentation, in Markdown.
std::string DocumentationTable(const Schema& schema);

}  // namespace recoup::config

#endif  // RECOUP_HUB_CONFIG_SCHEMA_H_
