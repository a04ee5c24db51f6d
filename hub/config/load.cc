#include <cstring>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/read_file.h"
#include "hub/base/status.h"
#include "hub/config/config.h"
#include "hub/config/toml_file.h"
#include "hub/config/value.h"

extern "C" char** environ;

namespace recoup::config {
namespace {

constexpr char kFileVariable[] = "RECOUP_CONFIG";
// Where tests find documents of other senders: a shell that has it also starts programs.
constexpr char kSamplesVariable[] = "RECOUP_SAMPLES";

void SetFromText(const KeyRow& row, const std::string& text, const std::string& origin,
                 Config& config, Faults& faults) {
  std::variant<Value, Fault> value = ValueFromText(row, text);
  if (const Fault* fault = std::get_if<Fault>(&value)) {
    faults.Add(origin, *fault);
    return;
  }
  config.Set(row, {std::get<Value>(std::move(value)), origin});
}

const KeyRow* FindByEnvironmentName(const Schema& schema, const std::string& name) {
  for (const KeyRow& row : schema.rows()) {
    if (EnvironmentName(row.name) == name) return &row;
  }
  return nullptr;
}

// RECOUP_HUB_TARGTE → "hub.targte", to look for the nearest key; the section ends at the first '_'.
std::string KeyLike(const std::string& variable) {
  std::string key = absl::AsciiStrToLower(variable.substr(std::strlen("RECOUP_")));
  const std::size_t underscore = key.find('_');
  if (underscore != std::string::npos) key[underscore] = '.';
  return key;
}

void ReadEnvironment(const Schema& schema, const std::map<std::string, std::string>& environment,
                     Config& config, Faults& faults) {
  for (const auto& [name, text] : environment) {
    if (!absl::StartsWith(name, "RECOUP_")) continue;
    if (name == kFileVariable || name == kSamplesVariable) continue;
    const KeyRow* row = FindByEnvironmentName(schema, name);
    if (row == nullptr) {
      faults.Add(absl::StrCat("environment ", name),
                 UnknownKey(schema, KeyLike(name), EnvironmentName));
      continue;
    }
    SetFromText(*row, text, absl::StrCat("environment ", name), config, faults);
  }
}

void ReadFlags(const Schema& schema, const std::vector<std::pair<std::string, std::string>>& flags,
               Config& config, Faults& faults) {
  for (const auto& [key, text] : flags) {
    const KeyRow* row = schema.Find(key);
    if (row == nullptr) {
      faults.Add(FlagName(key), UnknownKey(schema, key, FlagName));
      continue;
    }
    SetFromText(*row, text, absl::StrCat("flag ", FlagName(key)), config, faults);
  }
}

}  // namespace

absl::StatusOr<Config> Load(const Schema& schema, const Sources& sources) {
  Config config;
  Faults faults;
  for (const KeyRow& row : schema.rows()) {
    if (row.default_text.has_value()) {
      SetFromText(row, std::string(*row.default_text), "default", config, faults);
    }
  }
  if (!sources.file_name.empty()) {
    ReadTomlFile(schema, sources.file_name, sources.file_text, config, faults);
  }
  ReadEnvironment(schema, sources.environment, config, faults);
  ReadFlags(schema, sources.flags, config, faults);
  for (const KeyRow& row : schema.rows()) {
    if (row.need == Need::kRequired && !config.Has(row.name)) {
      faults.Add(std::string(row.name),
                 absl::StrCat("is required; set it in the file, as ", EnvironmentName(row.name),
                              " or as ", FlagName(row.name)));
    }
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return config;
}

absl::StatusOr<Config> LoadFromFile(const Schema& schema, std::optional<std::string> file,
                                    std::map<std::string, std::string> environment,
                                    std::vector<std::pair<std::string, std::string>> flags) {
  const auto variable = environment.find(kFileVariable);
  if (!file.has_value() && variable != environment.end()) file = variable->second;
  Sources sources;
  sources.environment = std::move(environment);
  sources.flags = std::move(flags);
  if (file.has_value()) {
    absl::StatusOr<std::string> text = ReadFile(*file);
    if (!text.ok()) {
      Faults faults;
      faults.Add(*file, absl::StrCat("the configuration file cannot be read: ",
                                     std::string(text.status().message())));
      return faults.ToStatus();
    }
    sources.file_text = *std::move(text);
    sources.file_name = *file;
  }
  return Load(schema, sources);
}

std::map<std::string, std::string> ProcessEnvironment() {
  std::map<std::string, std::string> environment;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

}  // namespace recoup::config
