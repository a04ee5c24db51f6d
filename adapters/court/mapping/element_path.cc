#include "adapters/court/mapping/element_path.h"

#include <algorithm>

namespace recoup::court::mapping {
namespace {

constexpr std::string_view kAmounts[] = {
    "medical_expense_total", "medical_expense_awarded", "fund_paid", "self_paid", "amount", "limit",
    "medical_remaining",     "uninsured_medical"};

}  // namespace

std::string ElementPath(std::string_view field) {
  const std::size_t dot = field.rfind('.');
  const std::string_view name = dot == std::string_view::npos ? field : field.substr(dot + 1);
  std::string path(field);
  if (std::ranges::find(kAmounts, name) != std::end(kAmounts)) path += "_fen";
  return path;
}

}  // namespace recoup::court::mapping
