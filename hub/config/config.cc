#include "hub/config/config.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/check.h"
#include "hub/config/value.h"

namespace recoup::config {
namespace {

template <typename T>
const T& Get(const Config& config, std::string_view key) {
  const Setting* setting = config.Find(key);
  RECOUP_CHECK(setting != nullptr);
  const T* value = std::get_if<T>(&setting->value);
  RECOUP_CHECK(value != nullptr);
  return *value;
}

}  // namespace

bool Config::Has(std::string_view key) const { return Find(key) != nullptr; }
const std::string& Config::String(std::string_view key) const {
  return Get<std::string>(*this, key);
}
std::int64_t Config::Integer(std::string_view key) const { return Get<std::int64_t>(*this, key); }
bool Config::Boolean(std::string_view key) const { return Get<bool>(*this, key); }
absl::Duration Config::Duration(std::string_view key) const {
  return Get<absl::Duration>(*this, key);
}
std::filesystem::path Config::Path(std::string_view key) const {
  return Get<std::string>(*this, key);
}
const std::vector<std::string>& Config::List(std::string_view key) const {
  return Get<std::vector<std::string>>(*this, key);
}

const Setting* Config::Find(std::string_view key) const {
  const auto it = settings_.find(key);
  return it == settings_.end() ? nullptr : &it->second;
}

void Config::Set(const KeyRow& row, Setting setting) {
  settings_.insert_or_assign(std::string(row.name), std::move(setting));
}

std::string Config::Print(const Schema& schema) const {
  // A file names a section once, so the rows are gathered by section first.
  std::vector<std::pair<std::string, std::string>> sections;
  for (const KeyRow& row : schema.rows()) {
    const std::size_t dot = row.name.find('.');
    const std::string section(row.name.substr(0, dot));
    const std::string name(row.name.substr(dot + 1));
    auto it = sections.begin();
    while (it != sections.end() && it->first != section) ++it;
    if (it == sections.end()) it = sections.insert(it, {section, ""});
    const Setting* setting = Find(row.name);
    if (setting == nullptr) {
      absl::StrAppend(&it->second, "# ", name, " is not set\n");
    } else if (row.show == Show::kRedacted) {
      absl::StrAppend(&it->second, "# ", name, " = [redacted]  # ", setting->origin, "\n");
    } else {
      absl::StrAppend(&it->second, name, " = ", ValueToToml(setting->value), "  # ",
                      setting->origin, "\n");
    }
  }
  std::string text;
  for (const auto& [section, lines] : sections) {
    absl::StrAppend(&text, text.empty() ? "" : "\n", "[", section, "]\n", lines);
  }
  return text;
}

}  // namespace recoup::config
