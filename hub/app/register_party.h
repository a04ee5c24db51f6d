// Registers a party, or changes one: its names, the keys it signs with, the pools it may use.
#ifndef RECOUP_HUB_APP_REGISTER_PARTY_H_
#define RECOUP_HUB_APP_REGISTER_PARTY_H_

#include <string>
#include <vector>

#include "hub/app/unit_of_work.h"
#include "hub/domain/records/registry.h"

namespace recoup::app {

struct RegisterParty {
  domain::Party party;
  std::vector<std::string> fields;  // Empty: a new party. Else what changes, by proto field name.
  std::string etag;                 // Of the party as last read; needed to change one.
};

// The fields that can be changed.
const std::vector<std::string>& ChangeablePartyFields();

// ALREADY_EXISTS_WITH_OTHER_CONTENT also when another party has one of its names; NOT_FOUND when
// there is nothing to change. Keys are revoked, never removed: what they signed stays provable.
absl::StatusOr<domain::Party> RegisterPartyOf(const RegisterParty& command, UnitOfWork& work);

}  // namespace recoup::app

#endif  // RECOUP_HUB_APP_REGISTER_PARTY_H_
