#include "hub/domain/records/ids.h"

#include <algorithm>
#include <array>

#include "hub/base/check.h"

namespace recoup::domain {
namespace {

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

constexpr std::array kPartyKinds = {PartyKind::kFund,     PartyKind::kHospital,
                                    PartyKind::kCourt,    PartyKind::kInsurer,
                                    PartyKind::kMediator, PartyKind::kOperator};

}  // namespace

std::optional<PoolId> PoolId::Parse(std::string_view text) {
  if (text.size() != 10 || text[6] != '-') return std::nullopt;
  if (!AllDigits(text.substr(0, 6)) || !AllDigits(text.substr(7))) return std::nullopt;
  return PoolId{std::string(text)};
}

std::string_view ToString(PartyKind kind) {
  switch (kind) {
    case PartyKind::kFund:
      return "fund";
    case PartyKind::kHospital:
      return "hospital";
    case PartyKind::kCourt:
      return "court";
    case PartyKind::kInsurer:
      return "insurer";
    case PartyKind::kMediator:
      return "mediator";
    case PartyKind::kOperator:
      return "operator";
  }
  RECOUP_CHECK(false);
}

std::optional<PartyKind> PartyKindFromString(std::string_view text) {
  for (const PartyKind kind : kPartyKinds) {
    if (ToString(kind) == text) return kind;
  }
  return std::nullopt;
}

std::optional<PartyKind> PartyId::kind() const {
  return PartyKindFromString(std::string_view(value).substr(0, value.find('/')));
}

std::optional<PartyId> PartyId::Parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || !PartyKindFromString(text.substr(0, slash)))
    return std::nullopt;
  const std::string_view slug = text.substr(slash + 1);
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  if (slug.size() < 2 || slug.size() > 40 || !std::all_of(slug.begin(), slug.end(), allowed)) {
    return std::nullopt;
  }
  return PartyId{std::string(text)};
}

}  // namespace recoup::domain
