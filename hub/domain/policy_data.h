// Policy data: rules that differ by region and date, as data instead of code.
//
// A rule says: for this key, in this pool (or in every pool, "*"), from this date on, this value
// holds; here is its source. Every computed figure names the rule and version it used. Immutable
// after creation and so thread-safe.
#ifndef RECOUP_HUB_DOMAIN_POLICY_DATA_H_
#define RECOUP_HUB_DOMAIN_POLICY_DATA_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace recoup::domain {

inline constexpr std::string_view kEveryPool = "*";

struct PolicyRule {
  std::string key;  // "ctp.medical_limit_fen"
  std::string pool = std::string(kEveryPool);
  absl::CivilDay effective_from;
  std::variant<std::int64_t, std::string> value;
  std::string source;   // The law or decision it comes from, for people.
  std::string version;  // Names this row in explanations.
  bool operator==(const PolicyRule&) const = default;
};

class PolicyData final {
 public:
  // Refuses, naming all of them: empty keys, pools, sources or versions, and two rules for the same
  // key, pool and date.
  static absl::StatusOr<PolicyData> Create(std::vector<PolicyRule> rules);

  // The rule that holds: one of the pool before one of every pool, and of those the latest that is
  // effective on `date`. None: Reason::kPolicyDataMissing with metadata key, pool and date. The
  // pointer lives as long as this object and is never null.
  absl::StatusOr<const PolicyRule*> Find(std::string_view key, std::string_view pool,
                                         absl::CivilDay date) const;
  // The value of such a rule; Reason::kInternal when the rule holds text.
  absl::StatusOr<std::int64_t> Integer(std::string_view key, std::string_view pool,
                                       absl::CivilDay date) const;

  // Sorted by key, pool and date.
  const std::vector<PolicyRule>& rules() const { return rules_; }

 private:
  explicit PolicyData(std::vector<PolicyRule> rules) : rules_(std::move(rules)) {}

  std::vector<PolicyRule> rules_;
};

// What a value may be, by what its key ends in: "_fen" is money, "_days" a number of days.
struct PolicyBounds {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
PolicyBounds BoundsOfPolicyValue(std::string_view key);

// Rules that say what one person of a fund may decide alone: each fund sets its own, and no single
// person changes them.
bool GuardsTwoPersons(std::string_view key);

// The rules of national law that ship with the hub; a fund adds its own to them.
std::vector<PolicyRule> NationalPolicyRules();
const PolicyData& NationalPolicyData();

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_POLICY_DATA_H_
