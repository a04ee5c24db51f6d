#include "hub/domain/policy_data.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "hub/base/error.h"
#include "hub/base/status.h"
#include "hub/domain/calendar.h"

namespace recoup::domain {
namespace {

auto SortKey(const PolicyRule& rule) { return std::tie(rule.key, rule.pool, rule.effective_from); }

}  // namespace

absl::StatusOr<PolicyData> PolicyData::Create(std::vector<PolicyRule> rules) {
  Faults faults;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto require = [&](const std::string& text, const char* field) {
      if (text.empty()) faults.Add(absl::StrCat("rules[", i, "].", field), "is required");
    };
    require(rules[i].key, "key");
    require(rules[i].pool, "pool");
    require(rules[i].source, "source");
    require(rules[i].version, "version");
  }
  std::stable_sort(rules.begin(), rules.end(), [](const PolicyRule& a, const PolicyRule& b) {
    return SortKey(a) < SortKey(b);
  });
  for (std::size_t i = 1; i < rules.size(); ++i) {
    if (SortKey(rules[i - 1]) != SortKey(rules[i])) continue;
    faults.Add("rules", absl::StrCat("two rules for ", rules[i].key, " in pool ", rules[i].pool,
                                     " from ", absl::FormatCivilTime(rules[i].effective_from)));
  }
  RECOUP_RETURN_IF_ERROR(faults.ToStatus());
  return PolicyData(std::move(rules));
}

absl::StatusOr<const PolicyRule*> PolicyData::Find(std::string_view key, std::string_view pool,
                                                   absl::CivilDay date) const {
  for (const std::string_view scope : {pool, kEveryPool}) {
    const auto wanted = std::make_tuple(key, scope, date);
    // The first rule that starts after `date`; the one before it is the latest in effect.
    const auto after = std::upper_bound(
        rules_.begin(), rules_.end(), wanted, [](const auto& bound, const PolicyRule& rule) {
          return bound < std::make_tuple(std::string_view(rule.key), std::string_view(rule.pool),
                                         rule.effective_from);
        });
    if (after == rules_.begin()) continue;
    const PolicyRule& rule = *std::prev(after);
    if (rule.key == key && rule.pool == scope) return &rule;
  }
  const std::string day = absl::FormatCivilTime(date);
  ErrorDetail detail;
  detail.reason = Reason::kPolicyDataMissing;
  detail.metadata = {{"key", std::string(key)}, {"pool", std::string(pool)}, {"date", day}};
  return MakeError(
      absl::StrCat("no rule says ", std::string(key), " for pool ", std::string(pool), " on ", day),
      std::move(detail));
}

absl::StatusOr<std::int64_t> PolicyData::Integer(std::string_view key, std::string_view pool,
                                                 absl::CivilDay date) const {
  RECOUP_ASSIGN_OR_RETURN(const PolicyRule* rule, Find(key, pool, date));
  if (const auto* number = std::get_if<std::int64_t>(&rule->value)) return *number;
  return MakeError(Reason::kInternal,
                   absl::StrCat("the rule ", rule->key, " is text, not a number"));
}

PolicyBounds BoundsOfPolicyValue(std::string_view key) {
  struct Row {
    std::string_view ending;
    PolicyBounds bounds;
  };
  static constexpr Row kRows[] = {
      {"_fen", {0, 1'000'000'000'000}},
      {"_days", {0, 3'660}},
      {"_days_before", {-1, 3'660}},
      {"_years", {1, 100}},
      {".years", {1, 100}},
      {"_months", {1, 600}},
      {"_months_max", {1, 600}},
      {"_minutes", {1, 43'200}},
      {"_seconds", {1, 86'400}},
      {"_basis_points", {0, 10'000}},
      {"_percent", {0, 100}},
      {"_millionths_per_day", {0, 1'000'000}},
      {".silence_accepts", {0, 1}},
      {".silence_accepts_ctp", {0, 1}},
      {kCalendarDayKey, {0, 2}},
  };
  for (const Row& row : kRows) {
    if (key.ends_with(row.ending)) return row.bounds;
  }
  return {0, 1};  // fund_pay_type.<code>: whether it is a fund's.
}

bool GuardsTwoPersons(std::string_view key) { return key.ends_with(".two_person_limit_fen"); }

}  // namespace recoup::domain
