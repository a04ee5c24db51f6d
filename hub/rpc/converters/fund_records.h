// Parties and policy data as the API shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_FUND_RECORDS_H_
#define RECOUP_HUB_RPC_CONVERTERS_FUND_RECORDS_H_

#include "hub/domain/policy_data.h"
#include "hub/domain/records/registry.h"
#include "recoup/v1/party.pb.h"
#include "recoup/v1/policy_data.pb.h"

namespace recoup::rpc {

void PartyToProto(const domain::Party& party, v1::Party* out);
void PolicyDatumToProto(const domain::PolicyDatum& datum, v1::PolicyDatum* out);
// A built-in rule: has no name, because nobody put it.
void PolicyRuleToProto(const domain::PolicyRule& rule, v1::PolicyDatum* out);

v1::PartyKind PartyKindToProto(domain::PartyKind kind);
// nullopt for UNSPECIFIED and for kinds this hub does not know.
std::optional<domain::PartyKind> PartyKindFromProto(v1::PartyKind kind);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_FUND_RECORDS_H_
