#include "hub/config/schema.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "hub/base/check.h"

namespace recoup::config {
namespace {

bool IsWord(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool IsWellFormed(std::string_view name) {
  const std::size_t dot = name.find('.');
  return dot != std::string_view::npos && IsWord(name.substr(0, dot)) &&
         IsWord(name.substr(dot + 1));
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, substituted}));
    }
  }
  return row.back();
}

std::string_view SectionOf(std::string_view key) { return key.substr(0, key.find('.')); }
std::string_view NameIn(std::string_view key) {
  const std::size_t dot = key.find('.');
  return dot == std::string_view::npos ? key : key.substr(dot + 1);
}

// Two letters changed places, one is missing, one too many: that is what fingers do. Longer keys
// leave room for one more.
std::size_t EditsThatAreSlips(std::string_view key) { return NameIn(key).size() >= 8 ? 3 : 2; }
// "certificate" for "certificate_file": so much of a name is no accident.
constexpr std::size_t kBeginningMin = 4;

std::string DefaultCell(const KeyRow& row) {
  if (row.need == Need::kRequired) return "required";
  if (!row.default_text.has_value()) return "not set";
  if (row.default_text->empty()) return "empty";
  return absl::StrCat("`", std::string(*row.default_text), "`");
}

std::string HelpCell(const KeyRow& row) {
  std::string help(row.help);
  if (!row.choices.empty()) {
    absl::StrAppend(&help, " One of ",
                    absl::StrJoin(row.choices, ", ",
                                  [](std::string* out, std::string_view choice) {
                                    absl::StrAppend(out, "`", std::string(choice), "`");
                                  }),
                    ".");
  }
  const bool has_min = row.min != std::numeric_limits<std::int64_t>::min();
  const bool has_max = row.max != std::numeric_limits<std::int64_t>::max();
  if (has_min && has_max) {
    absl::StrAppend(&help, " From ", row.min, " to ", row.max, ".");
  } else if (has_min) {
    absl::StrAppend(&help, " At least ", row.min, ".");
  } else if (has_max) {
    absl::StrAppend(&help, " At most ", row.max, ".");
  }
  return absl::StrReplaceAll(help, {{"|", "\\|"}});
}

}  // namespace

Schema::Schema(std::vector<KeyRow> rows) : rows_(std::move(rows)) {
  RECOUP_CHECK(!rows_.empty());
  std::set<std::string> environment_names;
  for (const KeyRow& row : rows_) {
    RECOUP_CHECK(IsWellFormed(row.name));
    RECOUP_CHECK(environment_names.insert(EnvironmentName(row.name)).second);
    RECOUP_CHECK(!(row.need == Need::kRequired && row.default_text.has_value()));
  }
}

const KeyRow* Schema::Find(std::string_view name) const {
  for (const KeyRow& row : rows_) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::optional<std::string> Schema::NearestTo(std::string_view name) const {
  const auto nearest =
      std::min_element(rows_.begin(), rows_.end(), [&](const KeyRow& a, const KeyRow& b) {
        return EditDistance(name, a.name) < EditDistance(name, b.name);
      });
  if (EditDistance(name, nearest->name) <= EditsThatAreSlips(name)) {
    return std::string(nearest->name);
  }
  if (NameIn(name).size() < kBeginningMin) return std::nullopt;
  for (const KeyRow& row : rows_) {
    if (row.name.starts_with(name)) return std::string(row.name);
  }
  return std::nullopt;
}

std::vector<std::string> Schema::KeysOf(std::string_view section) const {
  std::vector<std::string> keys;
  for (const KeyRow& row : rows_) {
    if (SectionOf(row.name) == section) keys.emplace_back(row.name);
  }
  return keys;
}

std::string_view TypeName(KeyType type) {
  switch (type) {
    case KeyType::kString:
      return "string";
    case KeyType::kInteger:
      return "integer";
    case KeyType::kBoolean:
      return "boolean";
    case KeyType::kDuration:
      return "duration";
    case KeyType::kPath:
      return "path";
    case KeyType::kList:
      return "list";
  }
  return "string";
}

std::string EnvironmentName(std::string_view key) {
  return absl::StrCat("RECOUP_",
                      absl::AsciiStrToUpper(absl::StrReplaceAll(std::string(key), {{".", "_"}})));
}

std::string FlagName(std::string_view key) {
  return absl::StrCat("--", absl::StrReplaceAll(std::string(key), {{".", "-"}, {"_", "-"}}));
}

std::string UnknownKey(const Schema& schema, std::string_view key,
                       std::string (*as_given)(std::string_view)) {
  if (const std::optional<std::string> nearest = schema.NearestTo(key)) {
    return absl::StrCat("unknown key; the nearest known one is ", as_given(*nearest));
  }
  const std::string section(SectionOf(key));
  const std::vector<std::string> keys = schema.KeysOf(section);
  if (!keys.empty()) {
    return absl::StrCat("unknown key; known in [", section, "] are ",
                        absl::StrJoin(keys, ", ", [&](std::string* out, const std::string& known) {
                          out->append(as_given(known));
                        }));
  }
  std::vector<std::string> sections;
  for (const KeyRow& row : schema.rows()) {
    const std::string known = absl::StrCat("[", std::string(SectionOf(row.name)), "]");
    if (std::find(sections.begin(), sections.end(), known) == sections.end()) {
      sections.push_back(known);
    }
  }
  return absl::StrCat("unknown key; the known sections are ", absl::StrJoin(sections, ", "));
}

std::string DocumentationTable(const Schema& schema) {
  std::string table = "| key | type | default | meaning |\n|---|---|---|---|\n";
  for (const KeyRow& row : schema.rows()) {
    absl::StrAppend(&table, "| `", std::string(row.name), "` | ", std::string(TypeName(row.type)),
                    " | ", DefaultCell(row), " | ", HelpCell(row), " |\n");
  }
  return table;
}

}  // namespace recoup::config
