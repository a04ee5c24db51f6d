// Who may do what: one table, RPC × party kind. A test enumerates every method of every service of
// the API, so a new RPC without a row fails the build.
//
// The table says who may call at all. Whose things a call may touch is decided per call: a fund's
// own pools, a hospital's own flags, an insurer's own demands; everything else answers "not found".
#ifndef RECOUP_HUB_RPC_ACCESS_H_
#define RECOUP_HUB_RPC_ACCESS_H_

#include <span>
#include <string_view>

#include "hub/domain/records/ids.h"

namespace recoup::rpc {

// A set of party kinds, one bit each.
using PartyKinds = unsigned;
constexpr PartyKinds Bit(domain::PartyKind kind) { return 1u << static_cast<unsigned>(kind); }

struct AccessRow {
  std::string_view method;  // "HospitalService/FlagAdmission"
  PartyKinds allowed = 0;
};

std::span<const AccessRow> AccessTable();
// nullptr for a method that has no row: nobody may call it.
const AccessRow* FindAccess(std::string_view method);

}  // namespace recoup::rpc

#endif  // RECOUP_HUB_RPC_ACCESS_H_
