// Leads as the API shows them.
#ifndef RECOUP_HUB_RPC_CONVERTERS_LEAD_H_
#define RECOUP_HUB_RPC_CONVERTERS_LEAD_H_

#include "hub/domain/records/court_case.h"
#include "recoup/v1/lead.pb.h"

namespace recoup::rpc {

void LeadToProto(const domain::Lead& lead, recoup::v1::Lead* out);
// The candidate's identifier within its lead: its place in the list, from 1.
std::string CandidateIdOf(std::size_t index);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_CONVERTERS_LEAD_H_
