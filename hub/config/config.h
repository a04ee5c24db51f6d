// Config: the validated settings of a program, each with where it came from.
//
// Precedence: flags, then environment, then file, then default. Loading reports every fault at once
// (hub/base/error.h, Faults), naming the place: "recoup.toml:12 hub.target", "environment
// RECOUP_HUB_TARGET", "--hub-target". Keys that the schema does not know are refused, with the
// nearest known one. Values of secret keys appear in no fault and in no print-out. Immutable and
// thread-safe after loading.
#ifndef RECOUP_HUB_CONFIG_CONFIG_H_
#define RECOUP_HUB_CONFIG_CONFIG_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "hub/config/schema.h"

namespace recoup::config {

using Value =
    std::variant<std::string, std::int64_t, bool, absl::Duration, std::vector<std::string>>;

struct Setting {
  Value value;
  std::string origin;  // "default", "recoup.toml:12", "environment RECOUP_…", "flag --…"
};

class Config {
 public:
  // Not set: optional, without a default, and given nowhere.
  bool Has(std::string_view key) const;
  // The key must be in the schema with this type, and be set; else it is a programmer error.
  const std::string& String(std::string_view key) const;
  std::int64_t Integer(std::string_view key) const;
  bool Boolean(std::string_view key) const;
  absl::Duration Duration(std::string_view key) const;
  std::filesystem::path Path(std::string_view key) const;
  const std::vector<std::string>& List(std::string_view key) const;

  const Setting* Find(std::string_view key) const;
  // Overrides what is set; used by the loader, in order of precedence.
  void Set(const KeyRow& row, Setting setting);

  // A valid file of these settings with the origin of each as a comment; secrets are redacted.
  std::string Print(const Schema& schema) const;

 private:
  std::map<std::string, Setting, std::less<>> settings_;
};

struct Sources {
  std::string file_name;  // For messages; empty: no file.
  std::string file_text;
  std::map<std::string, std::string> environment;          // Only RECOUP_… is looked at.
  std::vector<std::pair<std::string, std::string>> flags;  // {"hub.target", "hub:8443"}
};

absl::StatusOr<Config> Load(const Schema& schema, const Sources& sources);

// Reads the file named by `file`, else by the environment variable RECOUP_CONFIG, else none.
absl::StatusOr<Config> LoadFromFile(const Schema& schema, std::optional<std::string> file,
                                    std::map<std::string, std::string> environment,
                                    std::vector<std::pair<std::string, std::string>> flags);

// The process's environment.
std::map<std::string, std::string> ProcessEnvironment();

}  // namespace recoup::config

#endif  // RECOUP_HUB_CONFIG_CONFIG_H_
