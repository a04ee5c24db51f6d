// Names of things: typed identifiers, pools and parties.
#ifndef RECOUP_HUB_DOMAIN_RECORDS_IDS_H_
#define RECOUP_HUB_DOMAIN_RECORDS_IDS_H_

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "hub/base/ids.h"

namespace recoup::domain {

// An Id that cannot be taken for another kind of id.
template <typename Tag>
struct TypedId {
  Id value;
  auto operator<=>(const TypedId&) const = default;
  bool is_nil() const { return value.is_nil(); }
  std::string ToString() const { return value.ToBase32(); }
  template <typename H>
  friend H AbslHashValue(H h, const TypedId& id) {
    return H::combine(std::move(h), id.value);
  }
};

using FlagId = TypedId<struct FlagTag>;
using AdvanceId = TypedId<struct AdvanceTag>;
using CourtCaseId = TypedId<struct CourtCaseTag>;
using LeadId = TypedId<struct LeadTag>;
using RecoveryId = TypedId<struct RecoveryTag>;
using DemandId = TypedId<struct DemandTag>;
using MediationId = TypedId<struct MediationTag>;
using RemittanceAdviceId = TypedId<struct RemittanceAdviceTag>;
using StatementId = TypedId<struct StatementTag>;
using StatementEntryId = TypedId<struct StatementEntryTag>;
using BreakId = TypedId<struct BreakTag>;
using PolicyId = TypedId<struct PolicyTag>;
using LetterId = TypedId<struct LetterTag>;
using ApprovalId = TypedId<struct ApprovalTag>;
using PolicyDatumId = TypedId<struct PolicyDatumTag>;
using DayCloseId = TypedId<struct DayCloseTag>;
using PartyRecordId = TypedId<struct PartyRecordTag>;
using SplitQuoteId = TypedId<struct SplitQuoteTag>;
using SettlementBatchId = TypedId<struct SettlementBatchTag>;
using SettlementPartId = TypedId<struct SettlementPartTag>;
using AgreementId = TypedId<struct AgreementTag>;
using EvidenceId = TypedId<struct EvidenceTag>;
using EvidenceChunkId = TypedId<struct EvidenceChunkTag>;
using SignedAccountId = TypedId<struct SignedAccountTag>;
using DeliveryId = TypedId<struct DeliveryTag>;

// One fund (统筹区基金) of one region and insurance type: "310115-310".
struct PoolId {
  std::string value;
  auto operator<=>(const PoolId&) const = default;
  // Six digits of area code, a dash, three digits of insurance type.
  static std::optional<PoolId> Parse(std::string_view text);
  template <typename H>
  friend H AbslHashValue(H h, const PoolId& id) {
    return H::combine(std::move(h), id.value);
  }
};

enum class PartyKind {
  kFund = 1,
  kHospital = 2,
  kCourt = 3,
  kInsurer = 4,
  kMediator = 5,
  kOperator = 6,
};
std::string_view ToString(PartyKind kind);  // "fund"
std::optional<PartyKind> PartyKindFromString(std::string_view text);

// An organisation that talks to the hub: kind and a short name, "insurer/huaan".
struct PartyId {
  std::string value;
  auto operator<=>(const PartyId&) const = default;
  bool empty() const { return value.empty(); }
  std::optional<PartyKind> kind() const;
  // kind "/" slug; the slug is 2 to 40 of a-z 0-9 and dashes.
  static std::optional<PartyId> Parse(std::string_view text);
  template <typename H>
  friend H AbslHashValue(H h, const PartyId& id) {
    return H::combine(std::move(h), id.value);
  }
};

}  // namespace recoup::domain

#endif  // RECOUP_HUB_DOMAIN_RECORDS_IDS_H_
