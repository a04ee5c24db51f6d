#include "hub/domain/fund_pay_type.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <variant>

namespace recoup::domain {
namespace {

constexpr std::size_t kCodeSizeMin = 4;
constexpr std::size_t kCodeSizeMax = 6;

}  // namespace

bool IsFundPayTypeKey(std::string_view key) {
  if (!key.starts_with(kFundPayTypeKey)) return false;
  key.remove_prefix(kFundPayTypeKey.size());
  return key.size() >= kCodeSizeMin && key.size() <= kCodeSizeMax &&
         std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<bool> IsFundPayType(std::string_view fund_pay_type, std::string_view pool,
                                  absl::CivilDay date, const PolicyData& policy_data) {
  const std::vector<PolicyRule>& rules = policy_data.rules();
  auto row =
      std::lower_bound(rules.begin(), rules.end(), kFundPayTypeKey,
                       [](const PolicyRule& rule, std::string_view key) { return rule.key < key; });
  const PolicyRule* best = nullptr;
  const auto rank = [&](const PolicyRule& rule) {
    return std::tuple(rule.key.size(), rule.pool == pool, rule.effective_from);
  };
  for (; row != rules.end() && row->key.starts_with(kFundPayTypeKey); ++row) {
    const std::string_view code = std::string_view(row->key).substr(kFundPayTypeKey.size());
    if (!fund_pay_type.starts_with(code) || row->effective_from > date) continue;
    if (row->pool != pool && row->pool != kEveryPool) continue;
    if (best == nullptr || rank(*row) > rank(*best)) best = &*row;
  }
  if (best == nullptr) return std::nullopt;
  const auto* value = std::get_if<std::int64_t>(&best->value);
  if (value == nullptr) return std::nullopt;
  return *value != 0;
}

bool IsCommercialInsurance(std::string_view fund_pay_type) {
  return fund_pay_type.starts_with("6201");
}

}  // namespace recoup::domain
