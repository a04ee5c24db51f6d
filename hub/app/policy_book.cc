#include "hub/app/policy_book.h"

#include <utility>

#include "hub/domain/records/registry.h"

namespace recoup::app {
namespace {

void AddRule(const domain::PolicyDatum& row, std::vector<domain::PolicyRule>& rules) {
  domain::PolicyRule rule{
      .key = row.key,
      .pool = row.pool,
      .effective_from = row.effective_from,
      .value = row.value,
      .source = row.source,
      .version = absl::StrCat(absl::FormatCivilTime(row.effective_from), ".", row.version)};
  for (domain::PolicyRule& known : rules) {
    if (known.key == rule.key && known.pool == rule.pool &&
        known.effective_from == rule.effective_from) {
      known = std::move(rule);
      return;
    }
  }
  rules.push_back(std::move(rule));
}

}  // namespace

absl::StatusOr<domain::PolicyData> LoadPolicyData(RecordReader& reader) {
  constexpr std::size_t kPage = 1000;
  std::vector<domain::PolicyRule> rules = domain::NationalPolicyRules();
  Id after;
  for (;;) {
    RECOUP_ASSIGN_OR_RETURN(const std::vector<domain::PolicyDatum> rows,
                            reader.Scan<domain::PolicyDatum>(domain::kHubPartition, after, kPage));
    for (const domain::PolicyDatum& row : rows) AddRule(row, rules);
    if (rows.size() < kPage) break;
    after = rows.back().id.value;
  }
  return domain::PolicyData::Create(std::move(rules));
}

}  // namespace recoup::app
