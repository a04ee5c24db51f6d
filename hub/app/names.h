// Resource names: "pools/310115-310/advances/01j9…". Made and read here only.
#ifndef RECOUP_HUB_APP_NAMES_H_
#define RECOUP_HUB_APP_NAMES_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "hub/domain/records/ids.h"

namespace recoup::app {

// The collection of each kind of resource; the top-level ones are not inside a pool.
template <typename Id>
struct Collection;
#define RECOUP_POOL_COLLECTION(IdType, text)        \
  template <>                                       \
  struct Collection<domain::IdType> {               \
    static constexpr std::string_view kName = text; \
    static constexpr bool kInPool = true;           \
  };
#define RECOUP_TOP_COLLECTION(IdType, text)         \
  template <>                                       \
  struct Collection<domain::IdType> {               \
    static constexpr std::string_view kName = text; \
    static constexpr bool kInPool = false;          \
  };
RECOUP_POOL_COLLECTION(FlagId, "flags")
RECOUP_POOL_COLLECTION(AdvanceId, "advances")
RECOUP_POOL_COLLECTION(LeadId, "leads")
RECOUP_POOL_COLLECTION(RecoveryId, "recoveries")
RECOUP_POOL_COLLECTION(DemandId, "demands")
RECOUP_POOL_COLLECTION(MediationId, "mediations")
RECOUP_POOL_COLLECTION(RemittanceAdviceId, "remittanceAdvices")
RECOUP_POOL_COLLECTION(StatementId, "statements")
RECOUP_POOL_COLLECTION(StatementEntryId, "statementEntries")
RECOUP_POOL_COLLECTION(BreakId, "breaks")
RECOUP_POOL_COLLECTION(LetterId, "letters")
RECOUP_POOL_COLLECTION(ApprovalId, "approvals")
RECOUP_POOL_COLLECTION(SplitQuoteId, "splits")
RECOUP_POOL_COLLECTION(DayCloseId, "dayCloses")
RECOUP_POOL_COLLECTION(AgreementId, "agreements")
RECOUP_POOL_COLLECTION(SignedAccountId, "signedAccounts")
RECOUP_TOP_COLLECTION(PolicyDatumId, "policyData")
#undef RECOUP_POOL_COLLECTION
#undef RECOUP_TOP_COLLECTION

inline std::string PoolName(const domain::PoolId& pool) {
  return absl::StrCat("pools/", pool.value);
}
inline std::string PartyName(const domain::PartyId& party) {
  return party.empty() ? "" : absl::StrCat("parties/", party.value);
}
// Court cases and policies carry the party they belong to, so that they can be found without a
// search: "courtCases/pudong.01j9…", "policies/huaan.01j9…".
inline std::string CourtCaseName(const domain::PartyId& court, domain::CourtCaseId id) {
  return absl::StrCat("courtCases/", court.value.substr(court.value.find('/') + 1), ".",
                      id.ToString());
}
inline std::string PolicyName(const domain::PartyId& insurer, domain::PolicyId id) {
  return absl::StrCat("policies/", insurer.value.substr(insurer.value.find('/') + 1), ".",
                      id.ToString());
}

inline std::string PolicyDatumName(domain::PolicyDatumId id) {
  return absl::StrCat(std::string(Collection<domain::PolicyDatumId>::kName), "/", id.ToString());
}

// "settlementBatches/huaan.01j9…"
inline std::string SettlementBatchName(const domain::PartyId& insurer,
                                       domain::SettlementBatchId id) {
  return absl::StrCat("settlementBatches/", insurer.value.substr(insurer.value.find('/') + 1), ".",
                      id.ToString());
}

template <typename Id>
std::string NameOf(const domain::PoolId& pool, const Id& id) {
  static_assert(Collection<Id>::kInPool);
  return absl::StrCat("pools/", pool.value, "/", std::string(Collection<Id>::kName), "/",
                      id.ToString());
}

template <typename Id>
struct PoolResource {
  domain::PoolId pool;
  Id id;
};

std::optional<domain::PoolId> ParsePoolName(std::string_view name);
std::optional<domain::PartyId> ParsePartyName(std::string_view name);
std::optional<std::pair<domain::PartyId, domain::CourtCaseId>> ParseCourtCaseName(
    std::string_view name);
std::optional<std::pair<domain::PartyId, domain::PolicyId>> ParsePolicyName(std::string_view name);
std::optional<std::pair<domain::PartyId, domain::SettlementBatchId>> ParseSettlementBatchName(
    std::string_view name);
// "pools/P/COLLECTION/ID" into pool and id; nullopt when it is not such a name.
std::optional<std::pair<domain::PoolId, Id>> ParsePoolResource(std::string_view name,
                                                               std::string_view collection);

template <typename TypedIdT>
std::optional<PoolResource<TypedIdT>> ParseName(std::string_view name) {
  const auto parsed = ParsePoolResource(name, Collection<TypedIdT>::kName);
  if (!parsed) return std::nullopt;
  return PoolResource<TypedIdT>{parsed->first, TypedIdT{parsed->second}};
}

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_NAMES_H_
