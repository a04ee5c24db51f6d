#include "hub/app/names.h"

namespace recoup::app {
namespace {

constexpr std::string_view kPools = "pools/";

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::pair<domain::PartyId, Id>> ParsePartyResource(std::string_view name,
                                                                 std::string_view collection,
                                                                 std::string_view kind) {
  if (!TakePrefix(name, collection)) return std::nullopt;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto party = domain::PartyId::Parse(
      absl::StrCat(std::string(kind), "/", std::string(name.substr(0, dot))));
  const auto id = Id::FromBase32(name.substr(dot + 1));
  if (!party || !id) return std::nullopt;
  return std::make_pair(*party, *id);
}

}  // namespace

std::optional<domain::PoolId> ParsePoolName(std::string_view name) {
  if (!TakePrefix(name, kPools)) return std::nullopt;
  return domain::PoolId::Parse(name);
}

std::optional<domain::PartyId> ParsePartyName(std::string_view name) {
  if (!TakePrefix(name, "parties/")) return std::nullopt;
  return domain::PartyId::Parse(name);
}

std::optional<std::pair<domain::PartyId, domain::CourtCaseId>> ParseCourtCaseName(
    std::string_view name) {
  const auto parsed = ParsePartyResource(name, "courtCases/", "court");
  if (!parsed) return std::nullopt;
  return std::make_pair(parsed->first, domain::CourtCaseId{parsed->second});
}

std::optional<std::pair<domain::PartyId, domain::PolicyId>> ParsePolicyName(std::string_view name) {
  const auto parsed = ParsePartyResource(name, "policies/", "insurer");
  if (!parsed) return std::nullopt;
  return std::make_pair(parsed->first, domain::PolicyId{parsed->second});
}

std::optional<std::pair<domain::PartyId, domain::SettlementBatchId>> ParseSettlementBatchName(
    std::string_view name) {
  const auto parsed = ParsePartyResource(name, "settlementBatches/", "insurer");
  if (!parsed) return std::nullopt;
  return std::make_pair(parsed->first, domain::SettlementBatchId{parsed->second});
}

std::optional<std::pair<domain::PoolId, Id>> ParsePoolResource(std::string_view name,
                                                               std::string_view collection) {
  if (!TakePrefix(name, kPools)) return std::nullopt;
  const std::size_t slash = name.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto pool = domain::PoolId::Parse(name.substr(0, slash));
  name.remove_prefix(slash + 1);
  if (!pool || !TakePrefix(name, collection) || !TakePrefix(name, "/")) return std::nullopt;
  const auto id = Id::FromBase32(name);
  if (!id) return std::nullopt;
  return std::make_pair(*pool, *id);
}

}  // namespace recoup::app
